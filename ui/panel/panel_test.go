package panel

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/ui/popup"
	"handrail/ui/text"
	"handrail/ui/view"
)

func usual() card.Panel {
	t := coverage.All(coverage.Seen, coverage.None)
	t.Set(coverage.Clipboard, coverage.Partly, coverage.TextOnly)
	t.Set(coverage.Browser, coverage.Partly, coverage.TitlesOnly)
	t.Set(coverage.Terminal, coverage.Partly, coverage.TitlesOnly)
	at := time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)
	return card.Panel{PerDay: 3,
		Version: "0.1.0", Policy: card.PolicyManaged, Serial: 7, Coverage: t, Clips: 12, Nudges: 3, Learned: 1, Service: true, Server: true,
		Pages: []card.Page{
			{Seq: 3, Title: "Report about the week of 9 November 2026", At: at, Size: 4096, Receipt: card.NoReceipt,
				Lines: []string{"In use: ChatGPT in the browser (once)"}},
			{Seq: 1, Title: "Report about the week of 2 November 2026", At: at.AddDate(0, 0, -7), Size: 4096, Receipt: card.Received,
				Lines: []string{"Nudge about contacts going to DeepSeek in the browser: you opened the approved tool (once)", "In use: DeepSeek in the browser (2 to 4 times)"}},
		},
		Counts: []card.Count{{Title: "The week of 23 November 2026", Ends: at.AddDate(0, 0, 6), Lines: []string{"In use: ChatGPT in the browser (5 times or more)"}}},
		Health: 9, HealthAt: at,
		Pulse: card.Pulse{State: card.PulseOpen, Task: uint32(report.Translating), Said: []uint32{uint32(report.SavedUpToHour), uint32(report.CheckedRead)}},
	}
}

// acts are what the controls of the panels of one test did.
var acts []card.Message

func words(p card.Panel) view.PanelView { return view.PanelIn(p, text.Printer{}, time.UTC) }

// stage shows a panel in a window without a screen.
func stage(t *testing.T, c card.Panel, l *popup.Look, size fyne.Size) (p *Panel, w fyne.Window, closed *int) {
	t.Helper()
	return stageView(t, words(c), l, size)
}

func stageView(t *testing.T, v view.PanelView, l *popup.Look, size fyne.Size) (p *Panel, w fyne.Window, closed *int) {
	t.Helper()
	test.NewTempApp(t)
	closed, acts = new(int), nil
	p = New(v, l, func() { *closed++ }, func(a card.Action, item uint32, text string) {
		acts = append(acts, card.Message{Action: a, Item: item, Text: text})
	})
	w = test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(size)
	w.Canvas().SetOnTypedKey(p.TypedKey)
	return p, w, closed
}

func TestPictures(t *testing.T) {
	size := fyne.NewSize(Width, Height)
	paused := usual()
	paused.Paused, paused.Coverage = true, coverage.All(coverage.Blind, coverage.NotWatching)
	blind := card.Panel{Version: "0.1.0", Policy: card.PolicyBuiltIn, Coverage: coverage.All(coverage.Blind, coverage.Wayland)}
	atWork := usual()
	atWork.Role, atWork.CardFor = card.Support, detect.ClassContacts
	for name, c := range map[string]struct {
		panel card.Panel
		tab   card.Tab
		size  fyne.Size
	}{
		"coverage": {usual(), card.TabCoverage, size},
		"ledger":   {usual(), card.TabLedger, size},
		"work":     {atWork, card.TabWork, size},
		"week":     {usual(), card.TabPulse, fyne.NewSize(Width, 830)},
		"paused":   {paused, card.TabCoverage, size},
		"nothing":  {blind, card.TabLedger, size},
		"narrow":   {blind, card.TabCoverage, fyne.NewSize(minWidth, 560)},
	} {
		for variant, l := range map[string]*popup.Look{"light": popup.Light, "dark": popup.Dark} {
			t.Run(name+" "+variant, func(t *testing.T) {
				p, w, _ := stage(t, c.panel, l, c.size)
				p.Open(c.tab)
				test.AssertImageMatches(t, name+"-"+variant+".png", w.Canvas().Capture())
			})
		}
	}
}

func key(w fyne.Window, k fyne.KeyName) {
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: k})
	} else {
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k})
	}
}

// Whatever has the focus, the same keys work.
func TestKeys(t *testing.T) {
	for tabs := range 3 {
		p, w, closed := stage(t, usual(), popup.Light, fyne.NewSize(Width, 300))
		for range tabs {
			w.Canvas().FocusNext()
		}
		last := len(p.tabs) - 1
		for range last + 1 {
			key(w, fyne.KeyRight)
		}
		if p.at != last {
			t.Errorf("%d tabs, Right: page %d, want %d", tabs, p.at, last)
		}
		for range last - 1 {
			key(w, fyne.KeyLeft)
		}
		key(w, fyne.KeyEnd)
		end := p.scroll.Offset.Y
		if end <= 0 {
			t.Fatalf("%d tabs, End: offset %v", tabs, end)
		}
		key(w, fyne.KeyDown)
		if p.scroll.Offset.Y != end {
			t.Errorf("%d tabs: Down moves beyond the end, to %v from %v", tabs, p.scroll.Offset.Y, end)
		}
		key(w, fyne.KeyUp)
		if p.scroll.Offset.Y != end-step {
			t.Errorf("%d tabs, Up: offset %v, want %v", tabs, p.scroll.Offset.Y, end-step)
		}
		key(w, fyne.KeyPageUp)
		key(w, fyne.KeyPageDown)
		key(w, fyne.KeyHome)
		key(w, fyne.KeyPageUp)
		if p.scroll.Offset.Y != 0 {
			t.Errorf("%d tabs, Home: offset %v", tabs, p.scroll.Offset.Y)
		}
		key(w, fyne.KeyLeft)
		if p.at != 0 || *closed != 0 {
			t.Errorf("%d tabs, Left: page %d, closed %d times", tabs, p.at, *closed)
		}
		key(w, fyne.KeyEscape)
		if *closed != 1 {
			t.Errorf("%d tabs, Esc: closed %d times, want once", tabs, *closed)
		}
	}
	p, w, _ := stage(t, usual(), popup.Dark, fyne.NewSize(Width, Height))
	w.Canvas().FocusNext()
	w.Canvas().FocusNext()
	key(w, fyne.KeyReturn)
	if p.at != 1 {
		t.Errorf("Return on the second tab shows page %d", p.at)
	}
	test.Tap(p.tabs[0])
	if p.at != 0 {
		t.Errorf("a click on the first tab shows page %d", p.at)
	}
}

// News do not take the reader away from where they were.
func TestSetKeepsThePlace(t *testing.T) {
	p, w, _ := stage(t, usual(), popup.Light, fyne.NewSize(Width, 300))
	p.Open(card.TabLedger)
	key(w, fyne.KeyPageDown)
	at := p.scroll.Offset.Y
	c := usual()
	c.Clips++
	p.Set(words(c), popup.Dark)
	if p.at != 1 || p.scroll.Offset.Y != at || at == 0 {
		t.Errorf("page %d at %v, want 1 at %v", p.at, p.scroll.Offset.Y, at)
	}
}

func TestNothingSticksOut(t *testing.T) {
	for _, width := range []float32{minWidth, Width, 1400} {
		p, _, _ := stage(t, usual(), popup.Light, fyne.NewSize(width, Height))
		for _, tab := range []card.Tab{card.TabLedger, card.TabCoverage} {
			p.Open(tab)
			bottom := float32(0)
			for _, o := range p.page.objects {
				end := o.Position().AddXY(o.Size().Width, o.Size().Height)
				if o.Position().X < 0 || end.X > width || end.Y > p.page.MinSize().Height {
					t.Errorf("%v wide: %T %v to %v sticks out of a page of %v", width, o, o.Position(), end, p.page.MinSize())
				}
				if x, ok := o.(*canvas.Text); ok && x.Text != "" {
					bottom = max(bottom, end.Y)
				}
			}
			if bottom == 0 {
				t.Errorf("%v wide: there are no words on %v", width, tab)
			}
		}
	}
}

func TestTheIconIsTheLaunchers(t *testing.T) {
	want, err := os.ReadFile("../../installer/linux/handrail.svg")
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(Icon.Content()) {
		t.Error("handrail.svg is not the launcher's: copy it from installer/linux")
	}
}
