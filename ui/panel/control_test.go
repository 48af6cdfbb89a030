package panel

import (
	"image"
	"image/draw"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"handrail/agent/card"
	"handrail/detect"
	"handrail/ui/popup"
	"handrail/ui/text"
	"handrail/ui/view"
)

// Actions of the tests' controls; the panel does not look at what they mean.
const (
	buttonAct card.Action = 200 + iota
	otherAct
	chooseAct
	pickAct
	switchAct
	fieldAct
)

// tools is a page with each kind of control, long enough to be moved.
func tools(edit func(*view.PanelPage)) view.PanelView {
	c := func(a card.Action, item uint32, label string) view.Control {
		return view.Control{Action: a, Item: item, Label: label}
	}
	on := func(c view.Control, word string) view.Control { c.On, c.Word = true, word; return c }
	big := c(buttonAct, 0, "Check the list")
	big.Style = view.Primary
	second := view.PanelPage{Tab: card.TabLedger, Label: "What IT saw", Blocks: []view.Block{
		{Kind: view.Field, Title: "Search", Text: "A tool or a kind of data", Controls: []view.Control{c(fieldAct, 0, "")}},
		{Kind: view.Buttons, Controls: []view.Control{big, c(otherAct, 0, "Forget")}},
		{Kind: view.Choice, Title: "What is it for?", Controls: []view.Control{c(chooseAct, 1, "writing"), on(c(chooseAct, 2, "translating"), "chosen"), c(chooseAct, 3, "code")}},
		{Kind: view.Choice, Many: true, Title: "What do the approved tools lack?", Controls: []view.Control{
			on(c(pickAct, 1, "a language"), "chosen"), c(pickAct, 2, "files of this kind"), c(pickAct, 3, "access for everybody who works on this"), on(c(pickAct, 4, "speed"), "chosen")}},
		{Kind: view.Switch, Text: "Off means that nothing is counted.", Controls: []view.Control{on(c(switchAct, 0, "Reports about what you do"), "on")}},
		{Kind: view.Switch, Controls: []view.Control{{Action: otherAct, Label: "A weekly question", Word: "off"}}},
	}}
	for i, name := range []string{"A card number", "A name", "A contract"} {
		second.Blocks = append(second.Blocks, view.Block{Kind: view.Entry, Title: name, Text: "24 November 2026",
			Controls: []view.Control{{Action: buttonAct, Item: uint32(i + 1), Label: "Remove", Name: "Remove: " + name}}})
	}
	if edit != nil {
		edit(&second)
	}
	return view.PanelView{Title: "Handrail", Footer: "Handrail 1.2.3", Pages: []view.PanelPage{
		{Tab: card.TabCoverage, Label: "What Handrail sees", Blocks: []view.Block{{Kind: view.Note, Text: "Nothing to press."}}}, second}}
}

// name is what a screen reader says of what has the keyboard.
func name(w fyne.Window) string {
	if a, ok := w.Canvas().Focused().(fyne.Accessible); ok {
		return a.AccessibilityLabel()
	}
	return ""
}

// tabTo presses Tab until that has the keyboard.
func tabTo(t *testing.T, w fyne.Window, want string) {
	t.Helper()
	for range 40 {
		if name(w) == want {
			return
		}
		w.Canvas().FocusNext()
	}
	t.Fatalf("Tab does not lead to %q", want)
}

func toolsStage(t *testing.T, size fyne.Size) (*Panel, fyne.Window, *int) {
	t.Helper()
	p, w, closed := stageView(t, tools(nil), popup.Light, size)
	p.Open(card.TabLedger)
	return p, w, closed
}

// Tab leads to everything in the order in which it is read, and to be seen.
func TestTabOrder(t *testing.T) {
	p, w, _ := toolsStage(t, fyne.NewSize(Width, minHeight))
	var got []string
	for range 19 {
		w.Canvas().FocusNext()
		got = append(got, name(w))
		f := p.focused()
		if f == nil {
			continue // a page's name
		}
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(f).Y - p.scroll.Position().Y
		if top < 0 || top+f.Size().Height > p.scroll.Size().Height {
			t.Errorf("%q has the keyboard at %v, out of sight", name(w), top)
		}
	}
	want := "What Handrail sees|What IT saw|Search|Check the list|Forget|writing|translating, chosen|code|" +
		"a language, chosen|files of this kind|access for everybody who works on this|speed, chosen|" +
		"Reports about what you do, on|A weekly question, off|Remove: A card number|Remove: A name|Remove: A contract|What Handrail sees|What IT saw"
	if strings.Join(got, "|") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "|"), want)
	}
}

// Each kind says what was done to it, by the keyboard and by the pointer alike.
func TestControlsSayWhatWasDone(t *testing.T) {
	_, w, closed := toolsStage(t, fyne.NewSize(Width, Height))
	want := func(what string, m ...card.Message) {
		t.Helper()
		if len(acts) != len(m) {
			t.Fatalf("%s: said %+v, want %+v", what, acts, m)
		}
		for i := range m {
			if acts[i] != m[i] {
				t.Errorf("%s: said %+v, want %+v", what, acts[i], m[i])
			}
		}
		acts = nil
	}
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		tabTo(t, w, "Check the list")
		key(w, k)
		want(string(k), card.Message{Action: buttonAct})
	}
	key(w, fyne.KeyRight)
	key(w, fyne.KeyRight) // there is none
	key(w, fyne.KeyReturn)
	want("Right and Return", card.Message{Action: otherAct})
	key(w, fyne.KeyLeft)
	key(w, fyne.KeyReturn)
	want("Left and Return", card.Message{Action: buttonAct})
	tabTo(t, w, "code")
	key(w, fyne.KeySpace)
	want("one of them", card.Message{Action: chooseAct, Item: 3})
	tabTo(t, w, "speed, chosen")
	key(w, fyne.KeySpace)
	want("any of them", card.Message{Action: pickAct, Item: 4})
	tabTo(t, w, "Reports about what you do, on")
	key(w, fyne.KeySpace)
	want("a switch that is on", card.Message{Action: switchAct, Item: card.Off})
	tabTo(t, w, "A weekly question, off")
	key(w, fyne.KeyReturn)
	want("a switch that is off", card.Message{Action: otherAct, Item: card.On})
	test.Tap(w.Canvas().Focused().(fyne.Tappable))
	want("a click", card.Message{Action: otherAct, Item: card.On})
	tabTo(t, w, "Remove: A name")
	key(w, fyne.KeyReturn)
	want("one of a list", card.Message{Action: buttonAct, Item: 2})

	tabTo(t, w, "Search")
	test.Type(w.Canvas().Focused(), "gpt")
	want("typing", card.Message{Action: fieldAct, Text: "g"}, card.Message{Action: fieldAct, Text: "gp"}, card.Message{Action: fieldAct, Text: "gpt"})
	key(w, fyne.KeyBackspace)
	want("Backspace", card.Message{Action: fieldAct, Text: "gp"})
	f := w.Canvas().Focused().(*field)
	acts = nil
	f.SetText(strings.Repeat("é", card.MaxText) + "\n")
	want("too much", card.Message{Action: fieldAct, Text: strings.Repeat("é", card.MaxText/2)})
	if f.Text != strings.Repeat("é", card.MaxText/2) {
		t.Errorf("the field keeps %d bytes", len(f.Text))
	}
	key(w, fyne.KeyEscape)
	if *closed != 1 {
		t.Errorf("Esc in a field closed the panel %d times", *closed)
	}
}

// A renewal takes neither keyboard, nor text, nor place; what has gone hands the
// keyboard to what is in its place.
func TestRenewalKeepsWhatThePersonDoes(t *testing.T) {
	p, w, _ := toolsStage(t, fyne.NewSize(Width, minHeight))
	without := func(title string) view.PanelView {
		return tools(func(q *view.PanelPage) {
			for i, b := range q.Blocks {
				if b.Title == title {
					q.Blocks = append(q.Blocks[:i:i], q.Blocks[i+1:]...)
					return
				}
			}
		})
	}
	tabTo(t, w, "Search")
	test.Type(w.Canvas().Focused(), "gpt")
	f := w.Canvas().Focused().(*field)
	f.CursorColumn = 1
	acts = nil
	p.Set(tools(func(q *view.PanelPage) {
		q.Blocks = append([]view.Block{{Kind: view.Warning, Text: "Something new."}}, q.Blocks...)
	}), popup.Dark)
	if w.Canvas().Focused() != f || f.Text != "gpt" || f.CursorColumn != 1 || len(acts) != 0 {
		t.Errorf("after a renewal %q has the keyboard, with %q at %d; said %v", name(w), f.Text, f.CursorColumn, acts)
	}
	p.Open(card.TabCoverage)
	p.Open(card.TabLedger)
	if f.Text != "gpt" {
		t.Errorf("after a look at another page the text is %q", f.Text)
	}

	tabTo(t, w, "Remove: A name")
	at := p.scroll.Offset.Y
	p.Set(tools(nil), popup.Light)
	if name(w) != "Remove: A name" || p.scroll.Offset.Y != at || at == 0 {
		t.Errorf("after a renewal %q has the keyboard, at %v and before at %v", name(w), p.scroll.Offset.Y, at)
	}
	p.Set(without("A name"), popup.Light)
	if name(w) != "Remove: A contract" {
		t.Errorf("after the removal of it %q has the keyboard", name(w))
	}
	p.Set(without("A contract"), popup.Light)
	if name(w) != "Remove: A card number" { // what it was before, and still is
		t.Errorf("after the removal of the last %q has the keyboard", name(w))
	}
	p.Set(tools(func(q *view.PanelPage) { q.Blocks = q.Blocks[:1] }), popup.Light)
	if name(w) != "Search" {
		t.Errorf("after the removal of nearly all %q has the keyboard", name(w))
	}
	p.Set(tools(func(q *view.PanelPage) { q.Blocks = nil }), popup.Light)
	if w.Canvas().Focused() != nil {
		t.Errorf("with nothing left %q has the keyboard", name(w))
	}
	// What is about the same item comes first, wherever it is.
	p.Set(tools(nil), popup.Light)
	tabTo(t, w, "Remove: A name")
	p.Set(tools(func(q *view.PanelPage) {
		q.Blocks[7].Controls[0].Action, q.Blocks[7].Controls[0].Name = otherAct, "Undo: A name"
		q.Blocks = q.Blocks[2:]
	}), popup.Light)
	if name(w) != "Undo: A name" {
		t.Errorf("after it was made undoable %q has the keyboard", name(w))
	}
	p.Clear()
	p.Set(tools(nil), popup.Light)
	tabTo(t, w, "Search")
	if f := w.Canvas().Focused().(*field); f.Text != "" {
		t.Errorf("after it was closed the text is %q", f.Text)
	}
}

// Every state of a control, in each look, at the usual and the least width. The
// keyboard is at another control in each.
func TestControlPictures(t *testing.T) {
	for name, c := range map[string]struct {
		look  *popup.Look
		width float32
		at    string
	}{
		"light":        {popup.Light, Width, "Search"},
		"dark":         {popup.Dark, Width, "Check the list"},
		"strong light": {popup.StrongLight, minWidth, "files of this kind"},
		"strong dark":  {popup.StrongDark, minWidth, "Reports about what you do, on"},
	} {
		t.Run(name, func(t *testing.T) {
			p, w, _ := stageView(t, tools(nil), c.look, fyne.NewSize(c.width, Height))
			p.Open(card.TabLedger)
			w.Resize(fyne.NewSize(c.width, Height+p.page.MinSize().Height-p.scroll.Size().Height))
			tabTo(t, w, c.at)
			whole(t, p)
			test.AssertImageMatches(t, "controls-"+strings.ReplaceAll(name, " ", "-")+".png", w.Canvas().Capture())
		})
	}
}

// busy is a panel in which everything was used.
func busy() card.Panel {
	c := usual()
	c.Values, c.ValuesEnd, c.BackUntil = 3, c.HealthAt.Add(8*time.Hour), c.HealthAt.Add(10*time.Minute)
	c.Learned, c.List = 2, []card.Learned{
		{Item: 3, Class: detect.ClassCard, On: c.HealthAt}, {Item: 2, Class: detect.ClassContacts, On: c.HealthAt, Gone: true},
		{Item: 1, Class: detect.ClassOwn, On: c.HealthAt.AddDate(0, 0, -9)}}
	c.Checked = card.Checked{Found: card.FoundWhole, At: c.HealthAt, Sent: 2, Receipts: 1}
	c.Pages[0].Bytes = `{"v":1,"batch":"w2026-46","cohort":"c3","policy":7,"cells":[{"kind":"use","tool":"chatgpt"}],"pad":"` + strings.Repeat("0", 400) + `"}`
	return c
}

func sheetOf(img image.Image) *image.NRGBA {
	sheet := image.NewNRGBA(img.Bounds())
	draw.Draw(sheet, sheet.Rect, img, image.Point{}, draw.Src)
	return sheet
}

// The pages with controls, with everything on them.
func TestBusyPictures(t *testing.T) {
	damaged := busy()
	damaged.Broken, damaged.Failed, damaged.ReportsOff = true, true, true
	damaged.Checked = card.Checked{Found: card.FoundEdited, At: damaged.HealthAt, Sent: 1, Line: 2}
	for name, c := range map[string]struct {
		panel card.Panel
		words text.Printer
		look  *popup.Look
		width float32
	}{
		"light":              {busy(), text.Printer{}, popup.Light, Width},
		"dark de":            {damaged, text.For("de"), popup.Dark, Width},
		"strong dark de":     {busy(), text.For("de"), popup.StrongDark, minWidth},
		"strong light en-XA": {damaged, text.For(text.PseudoLocale), popup.StrongLight, minWidth},
	} {
		for _, tab := range []card.Tab{card.TabLedger, card.TabKept, card.TabWelcome} {
			t.Run(tab.String()+" "+name, func(t *testing.T) {
				p, w, _ := stageView(t, view.PanelIn(c.panel, c.words, time.UTC), c.look, fyne.NewSize(c.width, Height))
				p.Open(tab)
				w.Resize(fyne.NewSize(c.width, Height+p.page.MinSize().Height-p.scroll.Size().Height))
				whole(t, p)
				file := "busy-" + tab.String() + "-" + strings.ReplaceAll(name, " ", "-") + ".png"
				test.AssertImageMatches(t, file, few(sheetOf(w.Canvas().Capture())))
			})
		}
	}
}
