package popup

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"handrail/ui/view"
)

const (
	quietStyle = view.Quiet
	linkStyle  = view.Link
)

const (
	primaryHeight   = 42
	secondaryHeight = 32
	quietHeight     = 26
	smallest        = 10
	ring            = 2 // the focus ring, inside of the button's size
)

// button is a button that Return presses, which Fyne's own leaves out, and
// that hands Esc on.
type button struct {
	widget.BaseWidget

	label            string
	textSize         float32 // 0: the style's
	style            view.Style
	look             *Look
	press, escape    func()
	hovered, focused bool
}

var (
	_ fyne.Tappable      = (*button)(nil)
	_ fyne.Focusable     = (*button)(nil)
	_ fyne.Accessible    = (*button)(nil)
	_ desktop.Hoverable  = (*button)(nil)
	_ desktop.Cursorable = (*button)(nil)
)

func newButton(label string, style view.Style, l *Look, press, escape func()) *button {
	b := &button{label: label, style: style, look: l, press: press, escape: escape}
	b.ExtendBaseWidget(b)
	return b
}

func (b *button) Tapped(*fyne.PointEvent) { b.press() }

func (b *button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.press()
	case fyne.KeyEscape:
		b.escape()
	}
}

func (b *button) TypedRune(rune) {}

func (b *button) FocusGained() { b.focused = true; b.Refresh() }
func (b *button) FocusLost()   { b.focused = false; b.Refresh() }

func (b *button) MouseIn(*desktop.MouseEvent)    { b.hovered = true; b.Refresh() }
func (b *button) MouseOut()                      { b.hovered = false; b.Refresh() }
func (b *button) MouseMoved(*desktop.MouseEvent) {}

// AccessibilityLabel implements fyne.Accessible, for screen readers.
func (b *button) AccessibilityLabel() string { return b.label }

// AccessibilityRole implements fyne.Accessible.
func (b *button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (b *button) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (b *button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{b: b, ring: canvas.NewRectangle(nil), face: canvas.NewRectangle(nil), text: canvas.NewText(b.label, nil)}
	r.text.Alignment = fyne.TextAlignCenter
	switch b.style {
	case view.Primary:
		r.text.TextSize, r.text.TextStyle.Bold = 15, true
	case view.Secondary:
		r.text.TextSize = 13
	default:
		r.text.TextSize = 12
	}
	if b.textSize != 0 {
		r.text.TextSize = b.textSize
	}
	r.face.CornerRadius, r.ring.CornerRadius = 6, 8
	r.paint()
	return r
}

type buttonRenderer struct {
	b          *button
	ring, face *canvas.Rectangle
	text       *canvas.Text
}

func (r *buttonRenderer) Destroy() {}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.face, r.text}
}

func (r *buttonRenderer) MinSize() fyne.Size {
	w := r.text.MinSize().Width
	switch r.b.style {
	case view.Primary:
		return fyne.NewSize(w+32, primaryHeight)
	case view.Secondary:
		return fyne.NewSize(w+28, secondaryHeight)
	default:
		return fyne.NewSize(w+16, quietHeight)
	}
}

func (r *buttonRenderer) Layout(s fyne.Size) {
	r.ring.Resize(s)
	r.face.Move(fyne.NewPos(ring, ring))
	r.face.Resize(s.SubtractWidthHeight(2*ring, 2*ring))
	// Words that are long in a language get smaller and aren't cut off.
	for r.text.MinSize().Width > s.Width-4*ring && r.text.TextSize > smallest {
		r.text.TextSize--
	}
	r.text.Resize(s)
}

func (r *buttonRenderer) Refresh() {
	r.paint()
	canvas.Refresh(r.b)
}

func (r *buttonRenderer) paint() {
	b, l := r.b, r.b.look
	r.face.StrokeWidth, r.face.StrokeColor = 0, nil
	switch b.style {
	case view.Primary:
		r.face.FillColor, r.text.Color = l.Primary, l.OnPrimary
		if b.hovered {
			r.face.FillColor = l.PrimaryHover
		}
	case view.Secondary:
		r.face.FillColor, r.text.Color = l.Ground, l.Text
		r.face.StrokeWidth, r.face.StrokeColor = 1, l.Outline
		if b.hovered {
			r.face.FillColor = l.Hover
		}
	default:
		r.face.FillColor, r.text.Color = l.Ground, l.Muted
		if b.hovered {
			r.face.FillColor = l.Hover
		}
	}
	r.ring.FillColor = l.Ground
	r.ring.StrokeWidth, r.ring.StrokeColor = 0, nil
	if b.focused {
		r.ring.StrokeWidth, r.ring.StrokeColor = ring, l.Ring
	}
}
