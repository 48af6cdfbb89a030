package session

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
)

// act is what the window process says when a control is used.
func (d *desk) act(a card.Action, item uint32, text string) {
	d.windows.events <- card.Event{Kind: card.EventActed, Action: a, Item: item, Text: text}
	synctest.Wait()
}

// open opens the panel and returns what it shows.
func (d *desk) open(tab card.Tab) card.Panel {
	d.t.Helper()
	if err := d.ask(tab); err != nil {
		d.t.Fatal(err)
	}
	return d.told()
}

// The panel says what Safe Paste holds, wipes it and brings the clip back, each
// seen at once.
func TestForgetAndBringBackInThePanel(t *testing.T) {
	runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
		if p := d.open(card.TabKept); p.Values != 0 || !p.ValuesEnd.IsZero() || !p.BackUntil.IsZero() {
			t.Fatalf("at first: %+v", p)
		}
		answer := "Charge " + tokenIn(x.pasted(1))
		d.chatgpt()
		d.answers(answer)
		offered, _ := d.windows.up()
		d.windows.answer(offered.ID, card.PutBack)
		synctest.Wait()
		time.Sleep(2 * renewPanel)
		synctest.Wait()
		all := d.windows.told()
		p := all[len(all)-1]
		if now := time.Now(); p.Values != 1 || p.ValuesEnd.Before(now.Add(keepValues-time.Hour)) || p.BackUntil.Before(now) || p.BackUntil.After(now.Add(keepOriginal)) {
			t.Fatalf("with a value and a replaced clip: %+v", p)
		}
		d.act(card.BringBack, 0, "")
		if got := d.onClipboard(); got != answer {
			t.Errorf("the clipboard holds %q, want %q", got, answer)
		}
		if p := d.told(); !p.BackUntil.IsZero() || p.Values != 1 || p.Tab != 0 {
			t.Errorf("after it was brought back: %+v", p)
		}
		d.act(card.ForgetValues, 0, "")
		if p := d.told(); p.Values != 0 || !p.ValuesEnd.IsZero() {
			t.Errorf("after forgetting: %+v", p)
		}
		if n, _ := d.e.browsers.redactor.Values(); n != 0 {
			t.Errorf("%d values are left", n)
		}
	})
}

// What can't be meant does nothing, is said in the log without what came, and
// the windows stay.
func TestWhatNoControlAsksFor(t *testing.T) {
	runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
		x.pasted(1)
		const said = "c4n4ry"
		d.act(card.ForgetValues, 0, "") // there is no panel
		d.open(card.TabKept)
		for name, v := range map[string]card.Event{
			"an unknown action":  {},
			"one beyond the end": {Action: 255},
			"an item":            {Action: card.ForgetValues, Item: 7},
			"a text":             {Action: card.ForgetValues, Text: said},
		} {
			before := strings.Count(d.log.String(), "the panel asked for")
			d.act(v.Action, v.Item, v.Text)
			if n, _ := d.e.browsers.redactor.Values(); n != 1 {
				t.Errorf("%s wiped the values", name)
			}
			if strings.Count(d.log.String(), "the panel asked for") != before+1 {
				t.Errorf("%s is not in the log:\n%s", name, d.log)
			}
		}
		if strings.Contains(d.log.String(), said) {
			t.Error("the log repeats what came")
		}
		d.act(card.ForgetValues, 0, "")
		if p := d.told(); p.Values != 0 {
			t.Errorf("afterwards: %+v", p)
		}
	})
}
