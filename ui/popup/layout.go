package popup

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Measures, in Fyne's units.
const (
	edge, barWidth = 1, 5
	left, right    = 22, 18
	top, bottom    = 12, 10
	titleSize      = 17
	bodySize       = 14
	hintSize       = 11
	recordSize     = 12
	lineGap        = 3
	gap            = 8
	closerSize     = 24
)

type renderer struct {
	p                   *Popup
	border, ground, bar *canvas.Rectangle
	brand, hint         *canvas.Text
	title, body, advice []*canvas.Text
	record              []*canvas.Text
}

func (r *renderer) Destroy() {}
func (r *renderer) Refresh() { canvas.Refresh(r.p) }

func (r *renderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.border, r.ground, r.bar, r.brand}
	for _, block := range [][]*canvas.Text{r.title, r.body, r.advice, r.record} {
		for _, t := range block {
			o = append(o, t)
		}
	}
	// Tab goes round in this order.
	for _, b := range r.p.buttons {
		o = append(o, b)
	}
	return append(o, r.hint, r.p.closer)
}

func (r *renderer) MinSize() fyne.Size { return fyne.NewSize(Width, r.arrange(Width)) }

func (r *renderer) Layout(s fyne.Size) {
	r.arrange(s.Width)
	r.border.Resize(s)
	r.ground.Move(fyne.NewPos(edge, edge))
	r.ground.Resize(s.SubtractWidthHeight(2*edge, 2*edge))
	r.bar.Move(fyne.NewPos(edge, edge))
	r.bar.Resize(fyne.NewSize(barWidth, s.Height-2*edge))
}

// arrange puts everything below each other and returns the height.
func (r *renderer) arrange(width float32) float32 {
	y := float32(top)

	r.brand.Move(fyne.NewPos(left, y+2))
	r.brand.Resize(r.brand.MinSize())
	r.p.closer.Move(fyne.NewPos(width-right-closerSize+6, y-3))
	r.p.closer.Resize(fyne.NewSize(closerSize, closerSize))
	y += r.brand.MinSize().Height + gap

	y = below(r.title, y) + 5
	y = below(r.body, y)
	if len(r.advice) > 0 {
		y = below(r.advice, y+4)
	}
	y += gap + 4

	y = r.row(y, width)
	if len(r.record) > 0 {
		y = below(r.record, y) + gap
	}
	return r.last(y, width)
}

// last puts the hint, and the link to the right of it or below, and returns the
// height.
func (r *renderer) last(y, width float32) float32 {
	hint := r.hint.MinSize()
	if r.hint.Text == "" {
		hint = fyne.Size{}
	}
	link := slices.IndexFunc(r.p.buttons, func(b *button) bool { return b.style == linkStyle })
	switch {
	case link < 0 && hint.IsZero():
		return y + bottom - gap/2
	case link < 0:
	case left+hint.Width+gap+r.p.buttons[link].MinSize().Width > width-right:
		y = r.link(r.p.buttons[link], y, width) + gap/2
	default:
		h := r.p.buttons[link].MinSize().Height
		r.link(r.p.buttons[link], y-(h-hint.Height)/2, width)
		if hint.IsZero() {
			hint.Height = h / 2
		}
	}
	r.hint.Move(fyne.NewPos(left, y))
	r.hint.Resize(hint)
	return y + hint.Height + bottom
}

func (r *renderer) link(b *button, y, width float32) (end float32) {
	m := b.MinSize()
	m.Width = min(m.Width, width-right-left)
	b.Move(fyne.NewPos(width-right-m.Width, y))
	b.Resize(m)
	return y + m.Height
}

// row puts the big button at y and the others below it from the left, the
// quiet one to the right; what doesn't fit goes on a line of its own. It
// returns where the next thing starts.
func (r *renderer) row(y, width float32) float32 {
	x, end := float32(left), width-right
	inRow := 0
	for i, b := range r.p.buttons {
		if b.style == linkStyle {
			continue
		}
		inRow++
		m := b.MinSize()
		m.Width = min(m.Width, end-left)
		if i == 0 {
			b.Move(fyne.NewPos(x, y))
			b.Resize(fyne.NewSize(end-left, m.Height))
			y += m.Height + gap
			continue
		}
		if x > left && x+m.Width > end {
			x = left
			y += secondaryHeight + gap
		}
		if b.style == quietStyle {
			b.Move(fyne.NewPos(end-m.Width, y+(secondaryHeight-m.Height)/2))
		} else {
			b.Move(fyne.NewPos(x, y))
		}
		b.Resize(m)
		x += m.Width + gap
	}
	if inRow > 1 {
		y += secondaryHeight + gap
	}
	return y
}

func below(block []*canvas.Text, y float32) float32 {
	for i, t := range block {
		if i > 0 {
			y += lineGap
		}
		t.Move(fyne.NewPos(left, y))
		t.Resize(t.MinSize())
		y += t.MinSize().Height
	}
	return y
}

// paragraphs makes the lines of a body; what follows the first line break is
// the advice, which stands out.
func paragraphs(body string, l *Look, width float32) (main, advice []*canvas.Text) {
	first, rest, _ := strings.Cut(body, "\n")
	main = Lines(first, bodySize, fyne.TextStyle{}, l.Text, width)
	if rest != "" {
		advice = Lines(rest, bodySize, fyne.TextStyle{Bold: true}, l.Text, width)
	}
	return main, advice
}

// Lines breaks a text at words so that it fits the width. Fyne's own labels
// know their height only after they were laid out once, which is too late for
// a window that is placed before it is shown.
func Lines(s string, size float32, style fyne.TextStyle, c color.Color, width float32) []*canvas.Text {
	var out []*canvas.Text
	put := func(s string) {
		t := canvas.NewText(s, c)
		t.TextSize, t.TextStyle = size, style
		out = append(out, t)
	}
	line := ""
	for word := range strings.FieldsSeq(s) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if line != "" && fyne.MeasureText(next, size, style).Width > width {
			put(line)
			next = word
		}
		line = next
		// A word longer than the line, such as a long host, is broken anywhere.
		for line != "" && fyne.MeasureText(line, size, style).Width > width {
			n := fit(line, size, style, width)
			put(line[:n])
			line = line[n:]
		}
	}
	put(line)
	return out
}

// fit returns how many bytes of s, whole letters and at least one, fit.
func fit(s string, size float32, style fyne.TextStyle, width float32) int {
	n := 0
	for i, r := range s {
		end := i + len(string(r))
		if n > 0 && fyne.MeasureText(s[:end], size, style).Width > width {
			break
		}
		n = end
	}
	return n
}
