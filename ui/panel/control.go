package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"handrail/agent/card"
	"handrail/ui/popup"
	"handrail/ui/view"
)

const (
	controlSize = 13 // of its letters
	controlRing = 2  // the focus ring, inside of the control's size
	controlGap  = 6  // between controls
	padding     = 12
	padHeight   = 8
	markSize    = 14 // of an option's circle or square
	trackWidth  = 34 // of a switch
)

// partKey tells the controls of a panel apart, so that the one that has the
// keyboard still has it when its page is renewed.
type partKey struct {
	tab    card.Tab
	kind   view.BlockKind
	action card.Action
	item   uint32
}

// part is a control as a page handles it: a *control or a *field.
type part interface {
	fyne.Widget
	fyne.Focusable
	fyne.Accessible
	id() partKey
	// lay makes it fit a width and returns its size.
	lay(width float32) fyne.Size
}

// control is what can be pressed: a button, an option or a switch, by the kind
// of its block.
type control struct {
	widget.BaseWidget

	p                *Panel
	key              partKey
	kind             view.BlockKind
	many             bool
	shown            view.Control
	hovered, focused bool
	width            float32
	lines            []*canvas.Text
	size             fyne.Size
}

var (
	_ part               = (*control)(nil)
	_ fyne.Tappable      = (*control)(nil)
	_ desktop.Hoverable  = (*control)(nil)
	_ desktop.Cursorable = (*control)(nil)
)

func (c *control) id() partKey { return c.key }

// press tells the session.
func (c *control) press() {
	item := c.shown.Item
	if c.kind == view.Switch {
		item = card.On
		if c.shown.On {
			item = card.Off
		}
	}
	c.p.act(c.shown.Action, item, "")
}

func (c *control) Tapped(*fyne.PointEvent) { c.press() }

// TypedKey presses it, or goes to the next one of its row with the arrows; other
// keys are the page's.
func (c *control) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.press()
	case fyne.KeyLeft:
		c.p.beside(c, -1)
	case fyne.KeyRight:
		c.p.beside(c, 1)
	default:
		c.p.TypedKey(e)
	}
}

func (c *control) TypedRune(rune) {}

func (c *control) FocusGained() { c.focused = true; c.p.reveal(c); c.Refresh() }
func (c *control) FocusLost()   { c.focused = false; c.Refresh() }

func (c *control) MouseIn(*desktop.MouseEvent)    { c.hovered = true; c.Refresh() }
func (c *control) MouseOut()                      { c.hovered = false; c.Refresh() }
func (c *control) MouseMoved(*desktop.MouseEvent) {}

func (c *control) Cursor() desktop.Cursor { return desktop.PointerCursor }

// AccessibilityLabel implements fyne.Accessible, for screen readers.
func (c *control) AccessibilityLabel() string {
	name := c.shown.Name
	if name == "" {
		name = c.shown.Label
	}
	if c.shown.Word != "" {
		name += ", " + c.shown.Word
	}
	return name
}

// AccessibilityRole implements fyne.Accessible.
func (c *control) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// lead is the room for what stands before the label, and trail for what stands
// behind it.
func (c *control) lead() float32 {
	if c.kind == view.Choice {
		return markSize + 7
	}
	return 0
}

func (c *control) trail() float32 {
	if c.kind == view.Switch {
		return trackWidth + 12 + fyne.MeasureText(c.shown.Word, smallSize, fyne.TextStyle{Bold: true}).Width
	}
	return 0
}

func (c *control) lay(width float32) fyne.Size {
	beside := 2*padding + c.lead() + c.trail()
	c.width = width
	style := fyne.TextStyle{Bold: c.shown.Style == view.Primary || c.kind == view.Switch}
	c.lines = popup.Lines(c.shown.Label, controlSize, style, nil, max(width-beside, 40))
	var size fyne.Size
	for _, t := range c.lines {
		size = fyne.NewSize(max(size.Width, t.MinSize().Width), size.Height+t.MinSize().Height)
	}
	c.size = size.AddWidthHeight(beside, 2*padHeight)
	if c.kind == view.Switch {
		c.size.Width = width
	}
	c.Resize(c.size)
	c.Refresh()
	return c.size
}

func (c *control) CreateRenderer() fyne.WidgetRenderer {
	r := &controlRenderer{
		c: c, ring: canvas.NewRectangle(nil), face: canvas.NewRectangle(nil),
		mark: canvas.NewRectangle(nil), dot: canvas.NewRectangle(nil), word: canvas.NewText("", nil),
	}
	for i := range r.tick {
		r.tick[i] = canvas.NewLine(nil)
		r.tick[i].StrokeWidth = 2
	}
	r.word.TextSize, r.word.TextStyle.Bold = smallSize, true
	r.Refresh()
	return r
}

// controlRenderer draws a control. mark is an option's circle or square, or a
// switch's track; dot is what is in it, and tick the check mark of one of many.
type controlRenderer struct {
	c                     *control
	ring, face, mark, dot *canvas.Rectangle
	tick                  [2]*canvas.Line
	word                  *canvas.Text
}

func (r *controlRenderer) Destroy()           {}
func (r *controlRenderer) MinSize() fyne.Size { return r.c.size }

func (r *controlRenderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.ring, r.face}
	if r.c.kind != view.Entry && r.c.kind != view.Buttons {
		o = append(o, r.mark, r.dot, r.tick[0], r.tick[1], r.word)
	}
	for _, t := range r.c.lines {
		o = append(o, t)
	}
	return o
}

func (r *controlRenderer) Layout(s fyne.Size) {
	c := r.c
	r.ring.Resize(s)
	r.face.Move(fyne.NewPos(controlRing+1, controlRing+1))
	r.face.Resize(s.SubtractWidthHeight(2*controlRing+2, 2*controlRing+2))
	y := float32(padHeight)
	for _, t := range c.lines {
		t.Resize(t.MinSize())
		t.Move(fyne.NewPos(padding+c.lead(), y))
		y += t.MinSize().Height
	}
	switch c.kind {
	case view.Choice:
		top := (s.Height - markSize) / 2
		r.mark.Move(fyne.NewPos(padding, top))
		r.mark.Resize(fyne.NewSize(markSize, markSize))
		r.dot.Move(fyne.NewPos(padding+4, top+4))
		r.dot.Resize(fyne.NewSize(markSize-8, markSize-8))
		r.tick[0].Position1, r.tick[0].Position2 = fyne.NewPos(padding+3, top+7), fyne.NewPos(padding+6, top+10)
		r.tick[1].Position1, r.tick[1].Position2 = fyne.NewPos(padding+6, top+10), fyne.NewPos(padding+11, top+4)
	case view.Switch:
		const high = 18
		left, top := s.Width-padding-trackWidth, (s.Height-high)/2
		r.mark.Move(fyne.NewPos(left, top))
		r.mark.Resize(fyne.NewSize(trackWidth, high))
		knob := left + 3
		if c.shown.On {
			knob = left + trackWidth - high + 3
		}
		r.dot.Move(fyne.NewPos(knob, top+3))
		r.dot.Resize(fyne.NewSize(high-6, high-6))
		r.word.Move(fyne.NewPos(left-6-r.word.MinSize().Width, (s.Height-r.word.MinSize().Height)/2))
		r.word.Resize(r.word.MinSize())
	}
}

func (r *controlRenderer) Refresh() {
	r.paint()
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
}

func (r *controlRenderer) paint() {
	c, l := r.c, r.c.p.look
	primary := c.shown.Style == view.Primary
	r.face.CornerRadius, r.ring.CornerRadius = 6, 8
	r.face.FillColor, r.face.StrokeWidth, r.face.StrokeColor = l.Ground, 1, l.Outline
	text := l.Text
	switch {
	case primary:
		r.face.FillColor, r.face.StrokeWidth, text = l.Primary, 0, l.OnPrimary
		if c.hovered {
			r.face.FillColor = l.PrimaryHover
		}
	case c.hovered:
		r.face.FillColor = l.Hover
	}
	if c.kind == view.Switch && !c.hovered {
		r.face.StrokeColor = l.Border
	}
	for _, t := range c.lines {
		t.Color = text
	}
	r.ring.FillColor, r.ring.StrokeWidth, r.ring.StrokeColor = l.Ground, 0, nil
	if c.focused {
		r.ring.StrokeWidth, r.ring.StrokeColor = controlRing, l.Ring
	}
	r.word.Text, r.word.Color = "", l.Text
	r.mark.StrokeWidth, r.mark.StrokeColor, r.mark.FillColor = 2, l.Outline, l.Ground
	r.dot.FillColor = l.Ground
	r.dot.Hide()
	r.tick[0].Hide()
	r.tick[1].Hide()
	switch {
	case c.kind == view.Switch:
		r.word.Text = c.shown.Word
		r.mark.CornerRadius, r.dot.CornerRadius = 9, 6
		r.dot.FillColor = l.Outline
		r.dot.Show()
		if c.shown.On {
			r.mark.FillColor, r.mark.StrokeColor, r.dot.FillColor = l.Primary, l.Primary, l.OnPrimary
		}
	case c.kind == view.Choice && c.many:
		r.mark.CornerRadius = 3
		if c.shown.On {
			r.mark.FillColor, r.mark.StrokeColor = l.Primary, l.Primary
			for _, t := range r.tick {
				t.StrokeColor = l.OnPrimary
				t.Show()
			}
		}
	case c.kind == view.Choice:
		r.mark.CornerRadius = markSize / 2
		if c.shown.On {
			r.mark.StrokeColor, r.dot.FillColor, r.dot.CornerRadius = l.Primary, l.Primary, (markSize-8)/2
			r.dot.Show()
		}
	}
}
