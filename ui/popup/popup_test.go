package popup

import (
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"handrail/agent/card"
	"handrail/detect"
	"handrail/ui/text"
	"handrail/ui/view"
)

var nudge = card.Card{ID: 1, Tool: "ChatGPT", Domain: "chatgpt.com", Class: detect.ClassContacts, Count: 14, Hotkey: "Ctrl+Alt+H",
	Instead: "Microsoft 365 Copilot", Because: "These people have not agreed that their details go to this tool."}

func advice() card.Card {
	c := nudge
	c.Instead, c.Because = "", "Nobody has checked yet what it does."
	c.Advice = "Remove the personal details first, or ask your IT team which AI tool is approved."
	return c
}

// held is a card with every button there is.
func held() card.Card {
	c := nudge
	c.Held, c.Safe = true, true
	return c
}

// heldSafe is one without a tool to go to.
func heldSafe() card.Card {
	c := held()
	c.Instead = ""
	return c
}

// request is a card of a tool that can be asked for.
func request(c card.Card) card.Card {
	c.Request = true
	return c
}

// stretched has labels as long as other languages make them.
func stretched() view.View {
	v := view.Nudge(held())
	for i := range v.Buttons[1:] {
		v.Buttons[i+1].Label += " ~~~~~~~~"
	}
	return v
}

// stage shows a card in a window without a screen.
func stage(t *testing.T, c card.Card, l *Look) (*Popup, fyne.Window, *[]card.Answer) {
	t.Helper()
	return stageView(t, view.Nudge(c), l)
}

func stageView(t *testing.T, v view.View, l *Look) (*Popup, fyne.Window, *[]card.Answer) {
	t.Helper()
	test.NewTempApp(t)
	var said []card.Answer
	p := New(v, l, func(a card.Answer) { said = append(said, a) })
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(p.MinSize())
	w.Canvas().SetOnTypedKey(p.TypedKey)
	return p, w, &said
}

func TestPictures(t *testing.T) {
	block := nudge
	block.Block, block.Class, block.Count, block.Hotkey = true, detect.ClassCard, 1, ""
	record := held()
	record.Logged, record.Until = "Microsoft keeps chats for 30 days and does not train on them.", "2027-03-31"
	long := nudge
	long.Tool, long.Domain = "GitHub Copilot Chat in Visual Studio Code", "a-very-long-name-of-a-host.with.many.labels.example.com"
	for name, c := range map[string]card.Card{"nudge": nudge, "advice": advice(), "block": block, "long": long, "held": held(), "held-safe": heldSafe(), "record": record, "request": request(nudge), "request-no-hint": request(block), "key-out": {ID: 3, Tool: "ChatGPT", Domain: "chatgpt.com", About: card.KeyOut}, "check": {ID: 4, System: "Kestrel Recruiting", Asks: true}, "why": {ID: 3, Tool: "ChatGPT", Domain: "chatgpt.com", Asks: true}} {
		for variant, l := range map[string]*Look{"light": Light, "dark": Dark} {
			t.Run(name+" "+variant, func(t *testing.T) {
				_, w, _ := stage(t, c, l)
				test.AssertImageMatches(t, name+"-"+variant+".png", w.Canvas().Capture())
			})
		}
	}
	for _, lang := range []string{"de", text.PseudoLocale} {
		t.Run("request "+lang, func(t *testing.T) {
			_, w, _ := stageView(t, view.NudgeIn(request(held()), text.For(lang)), Light)
			test.AssertImageMatches(t, "request-"+lang+".png", w.Canvas().Capture())
			_, w, _ = stageView(t, view.NudgeIn(card.Card{Tool: "ChatGPT", About: card.KeyOut}, text.For(lang)), Light)
			test.AssertImageMatches(t, "key-out-"+lang+".png", w.Canvas().Capture())
		})
	}
	t.Run("stretched", func(t *testing.T) {
		_, w, _ := stageView(t, stretched(), Light)
		test.AssertImageMatches(t, "stretched.png", w.Canvas().Capture())
	})
	t.Run("focused", func(t *testing.T) {
		p, w, _ := stage(t, nudge, Light)
		p.Focus(w.Canvas())
		test.AssertImageMatches(t, "focused.png", w.Canvas().Capture())
		w.Canvas().FocusNext()
		p.buttons[2].MouseIn(&desktop.MouseEvent{})
		test.AssertImageMatches(t, "focused-second.png", w.Canvas().Capture())
	})
}

// Whatever has the focus, the same keys work.
func TestKeysInEveryFocusState(t *testing.T) {
	order := []card.Answer{card.OpenApproved, card.NotSensitive, card.Allowed, card.PasteAnyway, card.Dismiss}
	press := func(w fyne.Window, k fyne.KeyName) {
		if f := w.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: k})
		} else {
			w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k})
		}
	}
	for tabs := range 6 {
		for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyEscape, fyne.KeyA} {
			_, w, said := stage(t, nudge, Light)
			for range tabs {
				w.Canvas().FocusNext()
			}
			press(w, k)
			var want []card.Answer
			switch {
			case k == fyne.KeyEscape:
				want = []card.Answer{card.Dismiss}
			case k != fyne.KeyA && tabs > 0:
				want = []card.Answer{order[tabs-1]}
			}
			if len(*said) != len(want) || len(want) > 0 && (*said)[0] != want[0] {
				t.Errorf("%d tabs, then %s: answers %v, want %v", tabs, k, *said, want)
			}
		}
	}
}

func TestOneAnswerOnly(t *testing.T) {
	p, w, said := stage(t, nudge, Light)
	test.Tap(p.buttons[3])
	test.Tap(p.buttons[0])
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(*said) != 1 || (*said)[0] != card.PasteAnyway {
		t.Errorf("answers %v, want paste_anyway alone", *said)
	}
}

// The safe way is the easy one: it is bigger, and first.
func TestTheSafeButtonIsTheBigOne(t *testing.T) {
	for _, c := range []card.Card{nudge, advice(), held(), heldSafe()} {
		p, _, _ := stage(t, c, Dark)
		area := func(b *button) float32 { return b.Size().Width * b.Size().Height }
		for _, b := range p.buttons[1:] {
			if area(b)*3 > area(p.buttons[0]) {
				t.Errorf("%q is %v big, %q only %v", b.label, area(b), p.buttons[0].label, area(p.buttons[0]))
			}
		}
	}
}

func TestNothingSticksOut(t *testing.T) {
	for _, v := range []view.View{view.Nudge(nudge), view.Nudge(advice()), view.Nudge(held()), view.Nudge(heldSafe()), stretched()} {
		p, _, _ := stageView(t, v, Light)
		whole(t, p)
	}
}

func TestContrast(t *testing.T) {
	for name, l := range map[string]*Look{"light": Light, "dark": Dark, "strong light": StrongLight, "strong dark": StrongDark} {
		more := 1.0
		if strings.HasPrefix(name, "strong") {
			more = 7 / 4.5
		}
		for _, c := range []struct {
			what     string
			fg, bg   color.NRGBA
			contrast float64
		}{
			{"text", l.Text, l.Ground, 4.5}, {"text, hovered", l.Text, l.Hover, 4.5},
			{"muted", l.Muted, l.Ground, 4.5}, {"muted, hovered", l.Muted, l.Hover, 4.5},
			{"primary", l.OnPrimary, l.Primary, 4.5}, {"primary, hovered", l.OnPrimary, l.PrimaryHover, 4.5},
			{"outline", l.Outline, l.Ground, 3}, {"ring", l.Ring, l.Ground, 3}, {"button", l.Primary, l.Ground, 3},
		} {
			if got := contrast(c.fg, c.bg); got < c.contrast*more {
				t.Errorf("%s, %s: contrast %.2f, want %.1f", name, c.what, got, c.contrast*more)
			}
		}
	}
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}
