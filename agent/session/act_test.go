package session

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/ledger"
	"handrail/detect"
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
		if now := time.Now(); p.Values != 1 || p.ValuesEnd.Before(now.Add(7*time.Hour)) || p.BackUntil.Before(now) || p.BackUntil.After(now.Add(keepOriginal)) {
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

// reported has a batch with an answer end, so that the person's ledger has an
// entry, and returns the panel that shows it.
func (d *desk) reported() card.Panel {
	d.t.Helper()
	c := d.shownCard()
	d.windows.answer(c.ID, card.OpenApproved)
	synctest.Wait()
	time.Sleep(3 * time.Hour) // without a panel, which would be renewed all the time
	synctest.Wait()
	p := d.open(card.TabLedger)
	if len(p.Pages) == 0 || p.Pages[len(p.Pages)-1].Seq != 1 {
		d.t.Fatalf("the pages are %+v", p.Pages)
	}
	return p
}

func (d *desk) ledgerPath() string { return filepath.Join(d.options.Paths.UserState, ledger.Name) }

func TestExactBytesInThePanel(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.reported()
		var want string
		if err := ledger.Entries(d.ledgerPath(), func(x ledger.Entry) error {
			if x.Seq == 1 {
				want = string(x.Bytes)
			}
			return nil
		}); err != nil || len(want) != 2048 {
			t.Fatalf("the ledger's first entry has %d bytes, %v", len(want), err)
		}
		shown := func() (bytes string) {
			for _, q := range d.told().Pages {
				if q.Seq == 1 {
					bytes = q.Bytes
				} else if q.Bytes != "" || q.Cut {
					t.Errorf("entry %d is shown, too", q.Seq)
				}
			}
			return bytes
		}
		d.act(card.ShowBytes, 1, "")
		if got := shown(); got != want {
			t.Errorf("got %q\nwant %q", got, want)
		}
		d.act(card.ShowBytes, 1, "")
		if got := shown(); got != "" {
			t.Errorf("hidden, it is %q", got)
		}
		d.act(card.ShowBytes, 1, "")
		shown()
		d.windows.events <- card.Event{Kind: card.EventPanelShut}
		synctest.Wait()
		if p := d.open(card.TabLedger); p.Pages[len(p.Pages)-1].Bytes != "" {
			t.Error("it is still shown in a new panel")
		}
		for _, item := range []uint32{0, 99, 1 << 31} {
			d.act(card.ShowBytes, item, "")
		}
		if p := d.windows.told(); len(p) != 0 {
			t.Errorf("entries that are not there show %+v", p)
		}
	})
}

func TestExact(t *testing.T) {
	for b, want := range map[string]string{
		`{"v":1,"tool":"münchen"}`: `{"v":1,"tool":"münchen"}`,
		"\x00\n\xff é\u200b":       `\x00\x0a\xff é\xe2\x80\x8b`,
		"�":                        `�`,
	} {
		if got, cut := exact([]byte(b)); got != want || cut {
			t.Errorf("%q: got %q, %v", b, got, cut)
		}
	}
	long := strings.Repeat("x", card.MaxBytes)
	if got, cut := exact([]byte(long)); got != long || cut {
		t.Error("what just fits is cut")
	}
	if got, cut := exact([]byte(long + "y")); got != long || !cut {
		t.Error("what doesn't fit is not cut, or not said so")
	}
}

// Check says how the ledger stands, whatever was done to it.
func TestCheckInThePanel(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		checked := func() card.Checked {
			t.Helper()
			d.act(card.CheckLedger, 0, "")
			all := d.windows.told()
			if len(all) == 0 {
				t.Fatalf("nothing was told; log:\n%s", d.log)
			}
			c := all[len(all)-1].Checked
			if c.At.IsZero() {
				t.Errorf("%+v does not say when", c)
			}
			c.At = time.Time{}
			time.Sleep(time.Second) // else the next check is as old as this one
			return c
		}
		d.open(card.TabLedger)
		if got := checked(); got != (card.Checked{Found: card.FoundWhole}) {
			t.Errorf("empty: %+v", got)
		}
		shut := func() {
			d.windows.events <- card.Event{Kind: card.EventPanelShut}
			synctest.Wait()
		}
		shut()
		if p := d.reported(); p.Checked != (card.Checked{}) {
			t.Errorf("a new panel still says %+v", p.Checked)
		}
		shut()
		d.service.deliver()
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		d.open(card.TabLedger)
		whole := checked()
		if whole.Found != card.FoundWhole || whole.Sent < 2 || whole.Receipts < 1 || whole.Unmarked || whole.Unfinished {
			t.Errorf("whole: %+v", whole)
		}
		good, err := os.ReadFile(d.ledgerPath())
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(strings.TrimSuffix(string(good), "\n"), "\n")
		for name, c := range map[string]struct {
			now  string
			want card.Found
			line int
		}{
			"edited":    {strings.Replace(string(good), `"kind":"behaviour"`, `"kind":"health"`, 1), card.FoundEdited, 1},
			"removed":   {strings.Join(lines[1:], ""), card.FoundRemoved, 1},
			"truncated": {lines[0], card.FoundTruncated, 2},
		} {
			if err := os.WriteFile(d.ledgerPath(), []byte(c.now), 0o600); err != nil {
				t.Fatal(err)
			}
			if got := checked(); got.Found != c.want || got.Line != c.line {
				t.Errorf("%s: %+v", name, got)
			}
		}
		if err := os.Remove(d.ledgerPath()); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(d.ledgerPath(), 0o700); err != nil {
			t.Fatal(err)
		}
		if got := checked(); got.Found != card.FoundUnreadable {
			t.Errorf("unreadable: %+v", got)
		}
		if err := os.Remove(d.ledgerPath()); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(d.ledgerPath(), good, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := checked(); got != whole {
			t.Errorf("as it was: %+v, want %+v", got, whole)
		}
	})
}

func TestReportsAreSwitchedInThePanel(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		dir := d.options.Paths.UserState
		if p := d.open(card.TabLedger); p.ReportsOff {
			t.Fatal("off at first")
		}
		for range 2 { // twice the same is the same
			d.act(card.SwitchReports, card.Off, "")
		}
		if p := d.told(); !p.ReportsOff || !ReportsOff(dir) {
			t.Errorf("switched off, the panel says %v and the file %v", p.ReportsOff, ReportsOff(dir))
		}
		d.act(card.SwitchReports, 3, "")
		d.act(card.SwitchReports, 0, "")
		if !ReportsOff(dir) || len(d.windows.told()) != 0 {
			t.Error("neither on nor off switched them")
		}
		d.act(card.SwitchReports, card.On, "")
		if p := d.told(); p.ReportsOff || p.Failed || ReportsOff(dir) {
			t.Errorf("switched on: %+v", p)
		}
		// What can't be done is said, until something can.
		if err := os.MkdirAll(filepath.Join(dir, offFile, "in the way"), 0o700); err != nil {
			t.Fatal(err)
		}
		d.act(card.SwitchReports, card.On, "")
		if p := d.told(); !p.Failed {
			t.Error("a switch that can't be moved is not told of")
		}
		d.act(card.CheckLedger, 0, "")
		if all := d.windows.told(); len(all) == 0 || all[len(all)-1].Failed {
			t.Error("it is still told of")
		}
		os.RemoveAll(filepath.Join(dir, offFile))
	})
}

// The learned list is shown without text, and what is removed can come back, in
// the list, in the file and as what nudges go by.
func TestLearnedInThePanel(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		d.windows.answer(c.ID, card.NotSensitive)
		synctest.Wait()
		name := d.e.learned.Mark("own:x", []byte("Larch"))
		d.e.learned.Add(name, time.Now().AddDate(0, 0, -3))
		p := d.open(card.TabKept)
		if len(p.List) != 2 || p.Learned != 2 || p.List[0].Class != detect.ClassCard || p.List[1].Class != detect.ClassOwn ||
			p.List[0].On.Format(time.DateOnly) != time.Now().Format(time.DateOnly) || p.List[0].Gone || p.List[1].Gone {
			t.Fatalf("the list is %+v", p.List)
		}
		number, own := p.List[0].Item, p.List[1].Item
		kept := func() (in string) {
			l, err := OpenLearned(d.options.Paths.UserState)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range l.Entries() {
				in += string(x.Detector) + " " + x.Added + ";"
			}
			return in
		}
		d.act(card.Unlearn, own, "") // also writes what was added behind its back
		d.act(card.Relearn, own, "")
		d.windows.told()
		all := kept()

		d.act(card.Unlearn, number, "")
		if p := d.told(); len(p.List) != 2 || !p.List[0].Gone || p.List[0].Item != number || p.List[1].Gone || p.Learned != 1 {
			t.Errorf("after one is removed: %+v", p.List)
		}
		if got := kept(); strings.Contains(got, "card") || got == "" {
			t.Errorf("the file holds %q", got)
		}
		d.act(card.Unlearn, number, "") // it is gone already
		d.act(card.Unlearn, 99, "")
		d.act(card.Relearn, own, "") // it is not gone
		if p := d.windows.told(); len(p) != 0 {
			t.Errorf("items that are not there: %+v", p)
		}
		d.act(card.Relearn, number, "")
		if p := d.told(); len(p.List) != 2 || p.List[0].Gone || p.List[0].Item != number || p.Learned != 2 {
			t.Errorf("after it came back: %+v", p.List)
		}
		if got := kept(); got != all {
			t.Errorf("the file holds %q, want %q", got, all)
		}

		d.act(card.Unlearn, 0, "")
		if p := d.told(); len(p.List) != 2 || !p.List[0].Gone || !p.List[1].Gone || p.Learned != 0 || kept() != "" {
			t.Errorf("after all are removed: %+v, and the file holds %q", p.List, kept())
		}
		d.act(card.Relearn, 0, "")
		if p := d.told(); p.Learned != 2 || kept() != all {
			t.Errorf("after all came back: %+v, and the file holds %q", p.List, kept())
		}
		// A panel that was closed takes nothing back.
		d.act(card.Unlearn, number, "")
		d.windows.events <- card.Event{Kind: card.EventPanelShut}
		synctest.Wait()
		d.windows.told()
		if p := d.open(card.TabKept); len(p.List) != 1 || p.List[0].Item != own {
			t.Errorf("in a new panel: %+v", p.List)
		}
		d.act(card.Relearn, number, "")
		if got := kept(); strings.Contains(got, "card") {
			t.Errorf("the file holds %q", got)
		}
	})
}
