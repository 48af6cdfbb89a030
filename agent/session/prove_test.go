package session

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/process"
	"handrail/detect/policy"
)

func (d *desk) wantBrowsers(state coverage.State, why coverage.Why) {
	d.t.Helper()
	synctest.Wait()
	if got := d.status().Coverage.Of(coverage.Browser); got.State != state || got.Why != why {
		d.t.Errorf("AI sites in browsers are %s, %s; want %s, %s", got.State, got.Why, state, why)
	}
}

// Green is shown with a fresh proof only, and leaves with it at once.
func TestBrowsersAreGreenOnlyWithAProof(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		blocked := false
		d.e.RunningBrowsers = nil
		d.e.PasteButtonsBlocked = func(process.BrowserKind, *policy.Policy) bool { return blocked }
		d.wantBrowsers(coverage.Partly, coverage.TitlesOnly)
		x := d.connect()
		d.wantBrowsers(coverage.Partly, coverage.NotProven)
		x.send(map[string]any{"kind": "proof", "nonce": "made-up"})
		d.wantBrowsers(coverage.Partly, coverage.NotProven)
		x.prove()
		d.wantBrowsers(coverage.Partly, coverage.PasteButtons)
		blocked = true
		x.send(map[string]any{"kind": "state", "tabs_unguarded": 2})
		d.wantBrowsers(coverage.Partly, coverage.Unguarded)
		x.send(map[string]any{"kind": "state", "tabs_unguarded": 0})
		d.wantBrowsers(coverage.Seen, coverage.None)

		// The extension is switched off, or the relay dies.
		x.conn.Close()
		d.wantBrowsers(coverage.Partly, coverage.TitlesOnly)
	})
}

// An extension that is connected and no longer answers is found out when the
// person comes to an AI site, and nothing is asked before.
func TestADeadGuardIsFoundOut(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.e.PasteButtonsBlocked = func(process.BrowserKind, *policy.Policy) bool { return true }
		x := d.connect()
		x.prove()
		time.Sleep(3 * proofAge)
		synctest.Wait()
		if len(x.asks) > 0 {
			t.Error("an idle browser is asked for proofs")
		}
		d.wantBrowsers(coverage.Seen, coverage.None)
		d.chatgpt()
		synctest.Wait()
		if len(x.asks) != 1 {
			t.Fatalf("%d proofs were asked for", len(x.asks))
		}
		d.wantBrowsers(coverage.Seen, coverage.None)
		time.Sleep(proofPatience + time.Second)
		d.wantBrowsers(coverage.Partly, coverage.NotProven)
		x.prove()
		d.wantBrowsers(coverage.Seen, coverage.None)
	})
}

func TestABrowserWithoutTheExtensionIsNamed(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		list := []process.Browser{{Kind: process.Firefox}, {Kind: process.Chromium}}
		d.e.RunningBrowsers = func(context.Context) ([]process.Browser, error) { return list, nil }
		x := d.connect()
		x.prove()
		d.wantBrowsers(coverage.Partly, coverage.NoExtension)
		time.Sleep(browsersAge + time.Second)
		list = []process.Browser{{Kind: process.Firefox}, {Kind: process.Chromium, Confined: true}}
		d.chatgpt()
		d.wantBrowsers(coverage.Partly, coverage.Confined)
	})
}
