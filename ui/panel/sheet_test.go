package panel

import (
	"image"
	"image/draw"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/ui/popup"
	"handrail/ui/text"
	"handrail/ui/view"
)

// Every page, whole, in German, and as narrow as it gets in German and in the
// pseudo-locale, as one picture.
func TestSheet(t *testing.T) {
	de, pseudo := text.For("de"), text.For(text.PseudoLocale)
	blind := usual()
	blind.Coverage, blind.Service = coverage.All(coverage.Blind, coverage.SensorFailed), false
	blind.Broken, blind.PolicyBroken = true, true
	columns := []struct {
		p     text.Printer
		look  *popup.Look
		width float32
		panel card.Panel
	}{{de, popup.Light, Width, usual()}, {de, popup.StrongDark, minWidth, blind}, {pseudo, popup.Dark, minWidth, usual()}}
	sheet := image.NewNRGBA(image.Rect(0, 0, Width+2*minWidth, 0))
	x := 0
	for _, c := range columns {
		y := 0
		for _, page := range view.PanelIn(c.panel, c.p, time.UTC).Pages {
			p, w, _ := stageView(t, view.PanelIn(c.panel, c.p, time.UTC), c.look, fyne.NewSize(c.width, Height))
			p.Open(page.Tab)
			w.Resize(fyne.NewSize(c.width, Height+p.page.MinSize().Height-p.scroll.Size().Height))
			whole(t, p)
			img := w.Canvas().Capture()
			end := image.Pt(x, y).Add(img.Bounds().Size())
			if end.Y > sheet.Rect.Dy() {
				higher := image.NewNRGBA(image.Rect(0, 0, sheet.Rect.Dx(), end.Y))
				draw.Draw(higher, sheet.Rect, sheet, image.Point{}, draw.Src)
				sheet = higher
			}
			draw.Draw(sheet, img.Bounds().Add(image.Pt(x, y)), img, image.Point{}, draw.Src)
			y = end.Y
		}
		x += int(c.width)
	}
	test.AssertImageMatches(t, "sheet.png", few(sheet))
}

// whole says that no word of a panel is cut off at its right.
func whole(t *testing.T, p *Panel) {
	t.Helper()
	for _, o := range p.page.objects {
		if end := o.Position().X + o.Size().Width; end > p.Size().Width {
			t.Errorf("%T ends at %v of %v", o, end, p.Size().Width)
		}
	}
	for _, tab := range p.tabs {
		if end := tab.Position().X + tab.Size().Width; end > p.Size().Width {
			t.Errorf("the name of %q ends at %v of %v", tab.label, end, p.Size().Width)
		}
	}
	for _, line := range p.footer {
		if w := line.MinSize().Width; w > p.Size().Width-2*edge {
			t.Errorf("the footer is %v wide", w)
		}
	}
}

// few makes a picture a small file: 16 tones of each colour are enough to see
// what has changed.
func few(img *image.NRGBA) image.Image {
	for i, v := range img.Pix {
		img.Pix[i] = v&^0xf | v>>4
	}
	return img
}
