package popup

import (
	"image"
	"image/draw"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"handrail/agent/card"
	"handrail/detect"
	"handrail/detect/policy"
	"handrail/ui/text"
	"handrail/ui/view"
)

// Every kind of nudge in German, in the pseudo-locale and with high contrast,
// as one picture: a column a language or look, a row a kind.
func TestSheet(t *testing.T) {
	de, pseudo := text.For("de"), text.For(text.PseudoLocale)
	columns := []struct {
		p    text.Printer
		look *Look
	}{{de, Light}, {de, StrongDark}, {pseudo, Dark}, {pseudo, StrongLight}}
	const rowHeight = 350
	sheet := image.NewNRGBA(image.Rect(0, 0, len(columns)*Width, 5*rowHeight))
	for x, c := range columns {
		said := func(class detect.Class) policy.Rule {
			for _, r := range policy.Default().Speak(view.Speech(c.p)).Rules {
				if len(r.When.Classes) == 1 && r.When.Classes[0] == class {
					return r
				}
			}
			t.Fatalf("the default policy has no rule for %s", class)
			return policy.Rule{}
		}
		alone, kept, both, safe := advice(), nudge, held(), heldSafe()
		alone.Because, alone.Advice = said(alone.Class).Because.Text, said(alone.Class).Instead.Advice.Text
		kept.Block, kept.Class, kept.Count, kept.Hotkey, kept.Because = true, detect.ClassCard, 1, "", said(detect.ClassCard).Because.Text
		both.Class, both.Because = detect.ClassSecret, said(detect.ClassSecret).Because.Text
		safe.Class, safe.Because = detect.ClassHealth, said(detect.ClassHealth).Because.Text
		redacted := nudge
		redacted.Because = said(redacted.Class).Because.Text
		redacted.Held, redacted.Safe, redacted.Redacted = true, true, true
		for y, card := range []card.Card{redacted, alone, kept, both, safe} {
			p, w, _ := stageView(t, view.NudgeIn(card, c.p), c.look)
			if card == both {
				p.Focus(w.Canvas()) // the ring is seen in every look
			}
			whole(t, p)
			at := image.Pt(x*Width, y*rowHeight)
			img := w.Canvas().Capture()
			if h := img.Bounds().Dy(); h > rowHeight {
				t.Errorf("%s is %d high", card.Class, h)
			}
			draw.Draw(sheet, img.Bounds().Add(at), img, image.Point{}, draw.Src)
		}
	}
	test.AssertImageMatches(t, "sheet.png", few(sheet))
}

// few makes a picture a small file: 16 tones of each colour are enough to see
// what has changed.
func few(img *image.NRGBA) image.Image {
	for i, v := range img.Pix {
		img.Pix[i] = v&^0xf | v>>4
	}
	return img
}

// whole says that nothing sticks out, and no button is narrower than its words.
func whole(t *testing.T, p *Popup) {
	t.Helper()
	size := p.Size()
	for _, o := range test.WidgetRenderer(p).Objects() {
		end := o.Position().AddXY(o.Size().Width, o.Size().Height)
		if o.Position().X < 0 || o.Position().Y < 0 || end.X > size.Width || end.Y > size.Height {
			t.Errorf("%T at %v to %v sticks out of %v", o, o.Position(), end, size)
		}
	}
	for i, a := range p.buttons {
		if r := test.WidgetRenderer(a).(*buttonRenderer); r.text.MinSize().Width > a.Size().Width {
			t.Errorf("%q is cut off", a.label)
		}
		for _, b := range p.buttons[:i] {
			if x, y := a.Position(), b.Position(); x.X < y.X+b.Size().Width && y.X < x.X+a.Size().Width && x.Y < y.Y+b.Size().Height && y.Y < x.Y+a.Size().Height {
				t.Errorf("%q lies on %q", a.label, b.label)
			}
		}
	}
}

// A window on a screen of 200 % has the same layout: only its pixels double.
func TestTwiceTheScale(t *testing.T) {
	p, w, _ := stageView(t, view.NudgeIn(held(), text.For("de")), Light)
	once := w.Canvas().Capture().Bounds().Size()
	w.Canvas().(interface{ SetScale(float32) }).SetScale(2)
	w.Resize(fyne.NewSize(Width, p.MinSize().Height))
	whole(t, p)
	if twice := w.Canvas().Capture().Bounds().Size(); twice != once.Mul(2) {
		t.Errorf("%v at 200 %%, %v at 100 %%", twice, once)
	}
}
