package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

const (
	tabHeight  = 40
	tabPadding = 14
	tabSize    = 15
)

// tab is the name of a page, to be pressed.
type tab struct {
	widget.BaseWidget

	p                *Panel
	index            int
	label            string
	hovered, focused bool
}

var (
	_ fyne.Tappable      = (*tab)(nil)
	_ fyne.Focusable     = (*tab)(nil)
	_ fyne.Accessible    = (*tab)(nil)
	_ desktop.Hoverable  = (*tab)(nil)
	_ desktop.Cursorable = (*tab)(nil)
)

func newTab(p *Panel, index int) *tab {
	t := &tab{p: p, index: index}
	t.ExtendBaseWidget(t)
	return t
}

func (t *tab) Tapped(*fyne.PointEvent) { t.p.turn(t.index) }

func (t *tab) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		t.p.turn(t.index)
	default:
		t.p.TypedKey(e)
	}
}

func (t *tab) TypedRune(rune) {}

func (t *tab) FocusGained() { t.focused = true; t.Refresh() }
func (t *tab) FocusLost()   { t.focused = false; t.Refresh() }

func (t *tab) MouseIn(*desktop.MouseEvent)    { t.hovered = true; t.Refresh() }
func (t *tab) MouseOut()                      { t.hovered = false; t.Refresh() }
func (t *tab) MouseMoved(*desktop.MouseEvent) {}

func (t *tab) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (t *tab) CreateRenderer() fyne.WidgetRenderer {
	r := &tabRenderer{t: t, ring: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil), text: canvas.NewText(t.label, nil)}
	r.text.Alignment, r.text.TextSize = fyne.TextAlignCenter, tabSize
	r.text.TextStyle.Bold = true
	r.ring.CornerRadius = 6
	r.paint()
	return r
}

// AccessibilityLabel implements fyne.Accessible, for screen readers.
func (t *tab) AccessibilityLabel() string { return t.label }

// AccessibilityRole implements fyne.Accessible.
func (t *tab) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

type tabRenderer struct {
	t          *tab
	ring, line *canvas.Rectangle
	text       *canvas.Text
}

func (r *tabRenderer) Destroy() {}

func (r *tabRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ring, r.text, r.line}
}

func (r *tabRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.text.MinSize().Width+2*tabPadding, tabHeight)
}

func (r *tabRenderer) Layout(s fyne.Size) {
	r.ring.Move(fyne.NewPos(2, 2))
	r.ring.Resize(s.SubtractWidthHeight(4, 8))
	r.text.Move(fyne.NewPos(0, -2))
	r.text.Resize(s)
	r.line.Move(fyne.NewPos(tabPadding, s.Height-3))
	r.line.Resize(fyne.NewSize(s.Width-2*tabPadding, 3))
}

func (r *tabRenderer) Refresh() {
	r.paint()
	canvas.Refresh(r.t)
}

func (r *tabRenderer) paint() {
	t, l := r.t, r.t.p.look
	r.text.Text = t.label
	r.text.Color, r.line.FillColor = l.Muted, l.Ground
	if t.p.at == t.index {
		r.text.Color, r.line.FillColor = l.Text, l.Primary
	}
	r.ring.FillColor, r.ring.StrokeWidth, r.ring.StrokeColor = l.Ground, 0, nil
	if t.hovered {
		r.ring.FillColor = l.Hover
	}
	if t.focused {
		r.ring.StrokeWidth, r.ring.StrokeColor = 2, l.Ring
	}
}
