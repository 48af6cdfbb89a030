// Package panel draws the panel: what Handrail sees, what IT saw and so on, with
// Handrail's own look. It knows neither windows nor the protocol; it is given a
// view, and says which control the person used and when they want it away.
//
// It works from the keyboard: Tab goes to the pages' names and Return opens
// one, Left and Right do so too; behind them it goes to the controls of the page,
// which Return and Space press, and Left and Right go to those beside. Up, Down,
// Page Up, Page Down, Home and End move the page, Esc closes.
//
// A page is drawn anew whenever something on it has changed. The controls are
// not: they are known by their page, action and item, so the one that has the
// keyboard keeps it, and a field its text. If it has gone, the next one gets the
// keyboard.
package panel

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"handrail/agent/card"
	"handrail/ui/popup"
	"handrail/ui/view"
)

// The size of a new panel, and the least it can be made, in Fyne's units.
const (
	Width, Height       = 660, 640
	minWidth, minHeight = 320, 260
)

// Panel is the panel as a Fyne object.
type Panel struct {
	widget.BaseWidget

	view  view.PanelView
	look  *popup.Look
	close func()
	act   func(a card.Action, item uint32, text string)

	at     int // the page that is shown
	parts  map[partKey]part
	tabs   []*tab
	page   *page
	scroll *container.Scroll
	footer []*canvas.Text // lines
}

var _ fyne.Widget = (*Panel)(nil)

// New returns the panel of a view. Both functions are called on Fyne's goroutine:
// close when the person presses Esc, act when they use a control.
func New(v view.PanelView, l *popup.Look, close func(), act func(a card.Action, item uint32, text string)) *Panel {
	p := &Panel{look: l, close: close, act: act, page: &page{}, parts: map[partKey]part{}}
	p.page.panel = p
	for i := range v.Pages {
		p.tabs = append(p.tabs, newTab(p, i))
	}
	p.page.ExtendBaseWidget(p.page)
	p.scroll = container.NewVScroll(p.page)
	p.ExtendBaseWidget(p)
	p.Set(v, l)
	return p
}

// Set shows another view of as many pages. The page that is open stays where
// it is.
func (p *Panel) Set(v view.PanelView, l *popup.Look) {
	p.view, p.look = v, l
	for i, t := range p.tabs {
		t.label = v.Pages[i].Label
	}
	p.fill()
}

// Clear forgets what was typed, for a panel that is closed.
func (p *Panel) Clear() {
	p.focus(nil)
	p.parts = map[partKey]part{}
}

// Open turns to a page.
func (p *Panel) Open(t card.Tab) {
	for i, q := range p.view.Pages {
		if q.Tab == t {
			p.turn(i)
		}
	}
}

// Field returns the search field of the page that is shown, nil if it has none:
// whoever opens such a page wants to type.
func (p *Panel) Field() fyne.Focusable {
	for _, row := range p.page.rows {
		for _, c := range row {
			if f, ok := c.(*field); ok {
				return f
			}
		}
	}
	return nil
}

func (p *Panel) turn(i int) {
	if i < 0 || i >= len(p.view.Pages) || i == p.at {
		return
	}
	p.at = i
	p.fill()
	p.scroll.ScrollToTop()
}

// fill puts the page that is shown into the scrolled area.
func (p *Panel) fill() {
	lost, before := p.focused(), p.page.parts()
	p.page.set(p.view.Pages[p.at], p.look)
	p.Refresh()
	if lost == nil || slices.Contains(p.page.parts(), lost) {
		return
	}
	if next := p.inPlaceOf(lost, before); next != nil {
		p.focus(next)
	} else {
		p.focus(nil)
	}
}

// inPlaceOf returns the control that gets the keyboard when another has gone: the
// one about the same item, such as its undo, else the next of those that were
// there before, else the one before it, else the first.
func (p *Panel) inPlaceOf(lost part, before []part) part {
	now, k := p.page.parts(), lost.id()
	for _, n := range now {
		if o := n.id(); k.item != 0 && o.tab == k.tab && o.kind == k.kind && o.item == k.item {
			return n
		}
	}
	at := slices.Index(before, lost)
	if at < 0 {
		at = 0
	}
	for _, n := range before[at:] {
		if slices.Contains(now, n) {
			return n
		}
	}
	for _, n := range slices.Backward(before[:at]) {
		if slices.Contains(now, n) {
			return n
		}
	}
	if len(now) > 0 {
		return now[0]
	}
	return nil
}

// part returns the control of a page, the same as before if there was one, and
// what is drawn for it.
func (p *Panel) part(tab card.Tab, b view.Block, c view.Control) (part, fyne.CanvasObject) {
	k := partKey{tab, b.Kind, c.Action, c.Item}
	if b.Kind == view.Field {
		f, ok := p.parts[k].(*field)
		if !ok {
			f = newField(p, k)
			p.parts[k] = f
		}
		f.shown, f.title = c, b.Title
		if f.PlaceHolder != b.Text {
			f.SetPlaceHolder(b.Text)
		}
		f.lay(0)
		return f, f.themed
	}
	x, ok := p.parts[k].(*control)
	if !ok {
		x = &control{p: p, key: k, kind: b.Kind}
		x.ExtendBaseWidget(x)
		p.parts[k] = x
	}
	x.shown, x.many = c, b.Many
	return x, x
}

// focused returns the control that has the keyboard, nil if none has.
func (p *Panel) focused() part {
	c := fyne.CurrentApp().Driver().CanvasForObject(p)
	if c == nil {
		return nil
	}
	f, _ := c.Focused().(part)
	return f
}

func (p *Panel) focus(f fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		c.Focus(f)
	}
}

// beside moves the keyboard to the control beside one, if there is one.
func (p *Panel) beside(c part, by int) {
	for _, r := range p.page.rows {
		if i := slices.Index(r, c); i >= 0 && i+by >= 0 && i+by < len(r) {
			p.focus(r[i+by])
		}
	}
}

// reveal moves the page so that a control is to be seen.
func (p *Panel) reveal(c part) {
	o := fyne.CanvasObject(c)
	if f, ok := c.(*field); ok {
		o = f.themed
	}
	top, seen := o.Position().Y, p.scroll.Size().Height
	switch end := top + o.Size().Height; {
	case top-step < p.scroll.Offset.Y:
		p.move(top - step - p.scroll.Offset.Y)
	case end+step > p.scroll.Offset.Y+seen:
		p.move(end + step - seen - p.scroll.Offset.Y)
	}
}

// TypedKey is for keys that arrive while nothing has the focus: hand it to the
// canvas with SetOnTypedKey.
func (p *Panel) TypedKey(e *fyne.KeyEvent) {
	seen := p.scroll.Size().Height
	switch e.Name {
	case fyne.KeyEscape:
		p.close()
	case fyne.KeyLeft:
		p.turn(p.at - 1)
	case fyne.KeyRight:
		p.turn(p.at + 1)
	case fyne.KeyUp:
		p.move(-step)
	case fyne.KeyDown:
		p.move(step)
	case fyne.KeyPageUp:
		p.move(step - seen)
	case fyne.KeyPageDown, fyne.KeySpace:
		p.move(seen - step)
	case fyne.KeyHome:
		p.scroll.ScrollToTop()
	case fyne.KeyEnd:
		p.scroll.ScrollToBottom()
	}
}

func (p *Panel) move(by float32) {
	most := max(0, p.page.MinSize().Height-p.scroll.Size().Height)
	p.scroll.ScrollToOffset(fyne.NewPos(0, min(most, max(0, p.scroll.Offset.Y+by))))
}

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{p: p, ground: canvas.NewRectangle(nil), head: canvas.NewRectangle(nil), foot: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type renderer struct {
	p                  *Panel
	ground, head, foot *canvas.Rectangle // head and foot are lines
}

func (r *renderer) Destroy() {}

func (r *renderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.ground}
	for _, t := range r.p.tabs {
		o = append(o, t)
	}
	o = append(o, r.head, r.p.scroll, r.foot)
	for _, line := range r.p.footer {
		o = append(o, line)
	}
	return o
}

func (r *renderer) MinSize() fyne.Size { return fyne.NewSize(minWidth, minHeight) }

func (r *renderer) Layout(s fyne.Size) {
	p := r.p
	r.ground.Resize(s)
	// Names that don't fit beside each other go below.
	x, top := float32(edge-tabPadding), float32(6)
	for i, t := range p.tabs {
		w := t.MinSize().Width
		if i > 0 && x+w > s.Width {
			x, top = edge-tabPadding, top+tabHeight
		}
		t.Move(fyne.NewPos(x, top))
		t.Resize(fyne.NewSize(w, tabHeight))
		x += w
	}
	top += tabHeight
	r.head.Move(fyne.NewPos(0, top))
	r.head.Resize(fyne.NewSize(s.Width, 1))
	p.footer = popup.Lines(p.view.Footer, footerSize, fyne.TextStyle{}, p.look.Muted, max(s.Width, minWidth)-2*edge)
	line := p.footer[0].MinSize().Height
	foot := s.Height - footerHeight - line*float32(len(p.footer)-1)
	p.scroll.Move(fyne.NewPos(0, top+1))
	p.page.wrap(s.Width)
	p.scroll.Resize(fyne.NewSize(s.Width, foot-top-1))
	r.foot.Move(fyne.NewPos(0, foot))
	r.foot.Resize(fyne.NewSize(s.Width, 1))
	for i, t := range p.footer {
		t.Move(fyne.NewPos(edge, foot+(footerHeight-line)/2+line*float32(i)))
		t.Resize(t.MinSize())
	}
}

func (r *renderer) Refresh() {
	r.paint()
	r.Layout(r.p.Size())
	for _, t := range r.p.tabs {
		t.Refresh()
	}
	r.p.scroll.Refresh()
	canvas.Refresh(r.p)
}

func (r *renderer) paint() {
	l := r.p.look
	r.ground.FillColor, r.head.FillColor, r.foot.FillColor = l.Ground, l.Border, l.Border
}
