package session

import (
	"context"
	"strings"
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

		// It is not in private windows, which are closed or not.
		x.conn.Close()
		closed := false
		d.e.PrivateClosed = func(process.BrowserKind) bool { return closed }
		x = d.connectAs(false)
		x.prove()
		d.wantBrowsers(coverage.Partly, coverage.Unguarded)
		closed = true
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

// A second browser of the same kind, started with a profile folder of its own
// and without the extension, isn't covered by the first.
func TestASecondBrowserWithoutTheExtensionIsNamed(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.e.PasteButtonsBlocked = func(process.BrowserKind, *policy.Policy) bool { return true }
		list := []process.Browser{{Kind: process.Firefox, PID: 100}}
		d.e.RunningBrowsers = func(context.Context) ([]process.Browser, error) { return list, nil }
		d.connectFrom(100).prove()
		d.wantBrowsers(coverage.Seen, coverage.None)
		time.Sleep(browsersAge + time.Second)
		list = append(list, process.Browser{Kind: process.Firefox, PID: 200})
		d.chatgpt()
		d.wantBrowsers(coverage.Partly, coverage.NoExtension)
		d.connectFrom(200).prove()
		d.wantBrowsers(coverage.Seen, coverage.None)
	})
}

// Who owes a proof is not green for asking again: not after a pause, a new
// policy or a look at the site. It is asked again all the same.
func TestAProofThatIsOwedStaysOwed(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.e.PasteButtonsBlocked = func(process.BrowserKind, *policy.Policy) bool { return true }
		x := d.connect()
		x.prove()
		time.Sleep(proofAge + time.Second)
		d.chatgpt()
		time.Sleep(proofPatience)
		d.wantBrowsers(coverage.Partly, coverage.NotProven)
		d.elsewhere()
		d.chatgpt()
		if n := len(x.asks); n != 2 {
			t.Errorf("asked %d times, want again", n)
		}
		d.elsewhere()
		d.chatgpt()
		d.pause(true)
		d.pause(false)
		d.service.set(strings.Replace(managed, "serial: 7", "serial: 8", 1))
		synctest.Wait()
		if n := len(x.asks); n != 2 {
			t.Errorf("asked %d times while one is under way", n)
		}
		d.wantBrowsers(coverage.Partly, coverage.NotProven)
		x.prove()
		d.wantBrowsers(coverage.Seen, coverage.None)
	})
}

// Each browser's proof is late in its own time, however many others are asked
// meanwhile.
func TestALateProofIsSeenBesideOthers(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.e.PasteButtonsBlocked = func(process.BrowserKind, *policy.Policy) bool { return true }
		dead := d.connect()
		dead.prove()
		time.Sleep(proofAge + time.Second)
		d.chatgpt()
		time.Sleep(proofPatience - time.Second)
		d.connect().prove() // asked a second before the other's time is over
		d.wantBrowsers(coverage.Seen, coverage.None)
		time.Sleep(time.Second)
		d.wantBrowsers(coverage.Partly, coverage.NotProven)
	})
}

// Nothing is guarded in a pause, so nothing is to be proven.
func TestNoProofIsAskedForInAPause(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.pause(true)
		x := d.connect()
		time.Sleep(2 * proofAge)
		d.chatgpt()
		synctest.Wait()
		if len(x.asks) > 0 {
			t.Error("a proof was asked for")
		}
		d.pause(false)
		x.prove()
	})
}

func (d *desk) pause(on bool) {
	done := make(chan struct{})
	d.e.post(d.ctx, paused{on: on, done: done})
	<-done
	synctest.Wait()
}
