package session

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/agent/focus"
	"handrail/agent/nudge"
	"handrail/detect/catalog"
)

// ask asks for the panel, as the command line does.
func (d *desk) ask(tab card.Tab) error {
	done := make(chan error, 1)
	d.e.post(d.ctx, panelAsked{tab, done})
	err := <-done
	synctest.Wait()
	return err
}

// told is the one panel that was sent since the last time.
func (d *desk) told() card.Panel {
	d.t.Helper()
	p := d.windows.told()
	if len(p) != 1 {
		d.t.Fatalf("%d panels were sent, want one; log:\n%s", len(p), d.log)
	}
	return p[0]
}

// shut closes the panel.
func (d *desk) shut() {
	d.windows.events <- card.Event{Kind: card.EventPanelShut}
	synctest.Wait()
}

func TestPanelSaysWhatIsSeenAndSent(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		d.windows.answer(c.ID, card.OpenApproved)
		synctest.Wait()
		if err := d.ask(card.TabLedger); err != nil {
			t.Fatal(err)
		}
		const told = "Nudge about payment cards going to ChatGPT in the browser: you opened the approved tool (once)"
		p := d.told()
		if p.Tab != card.TabLedger || p.Version != "1.2.3" || p.Policy != card.PolicyManaged || p.Serial != 7 || !p.Service || !p.Server ||
			p.Clips != 1 || p.Nudges != 1 || len(p.Pages) != 0 || p.Coverage.Of(coverage.Windows).State != coverage.Seen {
			t.Errorf("the panel says %+v", p)
		}
		if len(p.Counts) != 1 || !slices.Contains(p.Counts[0].Lines, told) {
			t.Errorf("counted so far: %+v", p.Counts)
		}

		// An open panel tells what is new, and nothing while there is nothing.
		time.Sleep(10 * renewPanel)
		synctest.Wait()
		if p := d.windows.told(); len(p) != 0 {
			t.Errorf("%d panels were sent without news", len(p))
		}
		d.e.post(d.ctx, paused{on: true, done: make(chan struct{})})
		time.Sleep(2 * renewPanel)
		synctest.Wait()
		if p := d.told(); p.Tab != 0 || !p.Paused {
			t.Errorf("after a pause it says %+v", p)
		}
		d.e.post(d.ctx, paused{done: make(chan struct{})})
		time.Sleep(2 * renewPanel)
		synctest.Wait()
		d.told()

		// The batch ends: what was counted has become a report, and is sent. Hours
		// of an open panel would take the test minutes.
		later := func() card.Panel {
			t.Helper()
			d.shut()
			time.Sleep(3 * time.Hour)
			if err := d.ask(card.TabLedger); err != nil {
				t.Fatal(err)
			}
			return d.told()
		}
		p = later()
		if n := len(p.Pages); n == 0 || p.Pages[n-1].Seq != 1 || !slices.Contains(p.Pages[n-1].Lines, told) || p.Pages[n-1].Receipt != card.NoReceipt ||
			p.Pages[n-1].Size == 0 || p.Pages[n-1].At.IsZero() || !strings.HasPrefix(p.Pages[n-1].Title, "Report about ") {
			t.Errorf("the pages are %+v", p.Pages)
		}
		d.service.deliver()
		if p = later(); p.Pages[len(p.Pages)-1].Receipt != card.Received {
			t.Errorf("after the receipt the pages are %+v", p.Pages)
		}

		// A panel that was closed is left alone.
		d.shut()
		d.service.away(true)
		time.Sleep(10 * renewPanel)
		synctest.Wait()
		if p := d.windows.told(); len(p) != 0 {
			t.Errorf("%d panels were sent to a closed one", len(p))
		}
		if err := d.ask(card.TabCoverage); err != nil {
			t.Fatal(err)
		}
		if p := d.told(); p.Tab != card.TabCoverage || p.Service {
			t.Errorf("without a service it says %+v", p)
		}
	})
}

func TestPanelWhereNoWindowOpens(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.e.post(d.ctx, openPanel{card.TabCoverage})
		synctest.Wait()
		d.told()
		d.mu.Lock()
		d.broken["windows"] = errEnded
		d.mu.Unlock()
		d.windows.die()
		synctest.Wait()
		if err := d.ask(card.TabCoverage); err == nil || !strings.Contains(err.Error(), "handrail status") {
			t.Errorf("without windows: %v", err)
		}
	})
}

// With the panel in front it is not the AI tool behind it that has the
// keyboard, so nothing is read.
func TestNothingIsReadBehindThePanel(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.chatgpt()
		d.focus.changes <- focus.Change{At: time.Now(), Window: focus.Window{ID: 2, PID: windowsPID, Target: catalog.Target{Title: "Handrail"}}}
		time.Sleep(nudge.Grace)
		synctest.Wait()
		d.copy("pay with " + cardNumber)
		if n := d.clipboard.asked(); n != 0 {
			t.Errorf("the clipboard was read %d times", n)
		}
		d.chatgpt()
		if _, up := d.windows.up(); !up {
			t.Errorf("back at the tool there is no nudge; log:\n%s", d.log)
		}
	})
}
