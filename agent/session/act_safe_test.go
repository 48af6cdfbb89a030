package session

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/secret"
)

// nudged brings a person with that clip to ChatGPT, in a program that no
// extension is in, and returns the card that is up.
func (d *desk) nudged(text string) card.Card {
	d.t.Helper()
	d.focusOn("Budget - Editor")
	d.copyBy(900, text)
	synctest.Wait()
	d.chatgpt()
	synctest.Wait()
	c, ok := d.windows.up()
	if !ok {
		d.t.Fatalf("no nudge is up; log:\n%s", d.log)
	}
	return c
}

// Where no page holds the paste, Safe Paste puts its text on the clipboard.
func TestSafePasteWithoutAnExtension(t *testing.T) {
	runCopyBack(t, func(t *testing.T, d *desk, _ *extensionEnd) {
		copied := canary + " pay with " + cardNumber
		c := d.nudged(copied)
		if n, _ := d.e.browsers.redactor.Values(); !c.Safe || c.Held || n != 0 {
			t.Fatalf("the card %+v, and %d values are kept before anybody has chosen it", c, n)
		}
		if err := d.answer(card.SafePaste); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		got := d.onClipboard()
		if !strings.HasPrefix(got, canary+" pay with [PAYMENT_CARD_") || strings.Contains(got, cardNumber) {
			t.Errorf("on the clipboard: %q", got)
		}
		if c, ok := d.windows.up(); !ok || c.About != card.IsSafe {
			t.Errorf("up is %+v, %v", c, ok)
		}
		if n, _ := d.e.browsers.redactor.Values(); n != 1 || d.e.trayState().Kept != 1 {
			t.Errorf("%d values are kept, the tray says %d, want 1", n, d.e.trayState().Kept)
		}
		outcome := report.NudgeCell("cards", detect.ClassCard, "chatgpt", catalog.SurfaceBrowser, report.PastedSafely)
		found := false
		for _, x := range d.counted() {
			found = found || x.Kind == report.KindNudge && x.Answer == outcome.Answer && x.Tool == outcome.Tool && x.Class == outcome.Class
		}
		if !found {
			t.Errorf("counted %+v", d.counted())
		}
		// It is no new copy to be asked about.
		d.elsewhere()
		d.chatgpt()
		synctest.Wait()
		if c, ok := d.windows.up(); ok && c.About == card.ANudge {
			t.Errorf("the safe text got a nudge: %+v", c)
		}
		if err := d.answer(card.Undo); err != nil || d.onClipboard() != copied {
			t.Errorf("after undo: %v, %q", err, d.onClipboard())
		}
	})
}

// Where it can't be done, nobody is left to believe that it was.
func TestSafePasteThatFailsIsSaid(t *testing.T) {
	for name, breaks := range map[string]func(d *desk, broken *atomic.Bool){
		"the clipboard can't be set":   func(_ *desk, broken *atomic.Bool) { broken.Store(true) },
		"the clip can't be read again": func(d *desk, _ *atomic.Bool) { d.clipboard.hang(true) },
	} {
		var broken atomic.Bool
		fails := func(set func(*secret.Text) error) func(*secret.Text) error {
			return func(text *secret.Text) error {
				if broken.Load() {
					text.Wipe()
					return errors.New("no")
				}
				return set(text)
			}
		}
		runCopyBackWith(t, fails, func(t *testing.T, d *desk, _ *extensionEnd) {
			copied := canary + " pay with " + cardNumber
			d.nudged(copied)
			breaks(d, &broken)
			if err := d.answer(card.SafePaste); err != nil {
				t.Fatal(err)
			}
			time.Sleep(originalPatience)
			synctest.Wait()
			if c, ok := d.windows.up(); !ok || c.About != card.NotSafe {
				t.Errorf("%s: up is %+v, %v", name, c, ok)
			}
			if got := d.onClipboard(); got != copied {
				t.Errorf("%s: on the clipboard: %q", name, got)
			}
		})
	}
}

// What stays what it is without its sensitive part is offered no Safe Paste, nor
// is what takes too long to find out.
func TestNoSafePasteOfWhatCantBeMadeSafe(t *testing.T) {
	for name, text := range map[string]string{
		"long":                    "pay with " + cardNumber + strings.Repeat(" and so on", maxClipMadeSafe/10),
		"a confidential document": "CONFIDENTIAL - internal use only\n\nThe offer to Northport is 4.2 million.\n",
	} {
		runCopyBack(t, func(t *testing.T, d *desk, _ *extensionEnd) {
			d.service.set(strings.Replace(managed, "[card]", "[card, marking]", 1))
			if c := d.nudged(text); c.Safe {
				t.Errorf("%s: %+v", name, c)
			}
		})
	}
}
