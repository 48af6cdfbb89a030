package panel

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/ui/popup"
	"handrail/ui/view"
)

// Measures, in Fyne's units.
const (
	edge         = 22
	footerHeight = 30
	footerSize   = 11
	leadSize     = 14
	headingSize  = 15
	titleSize    = 14
	textSize     = 13
	smallSize    = 12
	lineGap      = 2
	dot          = 11
	indent       = 22 // of what stands beside a dot
	step         = 48 // that an arrow key moves the page
)

// page is the blocks of a page below each other, as wide as it is told to be:
// its height follows from that, and a scroller asks for the height first.
type page struct {
	widget.BaseWidget

	panel   *Panel
	tab     card.Tab
	blocks  []view.Block
	look    *popup.Look
	width   float32
	height  float32
	objects []fyne.CanvasObject
	rows    [][]part // the controls, as they lie beside each other
}

func (p *page) set(q view.PanelPage, l *popup.Look) {
	p.tab, p.blocks, p.look = q.Tab, q.Blocks, l
	width := p.width
	p.width = 0
	p.wrap(width)
}

// wrap makes the page fit a width.
func (p *page) wrap(width float32) {
	if width == p.width || width <= 2*edge {
		return
	}
	p.width = width
	d := drawing{page: p, look: p.look, width: width, y: 14}
	for i, b := range p.blocks {
		before := view.BlockKind(0)
		if i > 0 {
			before = p.blocks[i-1].Kind
		}
		d.block(b, before)
	}
	p.objects, p.rows, p.height = d.objects, d.rows, d.y+16
	p.Refresh()
}

// parts are the controls in their order.
func (p *page) parts() []part { return slices.Concat(p.rows...) }

func (p *page) CreateRenderer() fyne.WidgetRenderer { return pageRenderer{p} }

type pageRenderer struct{ p *page }

func (r pageRenderer) Destroy()                     {}
func (r pageRenderer) Layout(fyne.Size)             {}
func (r pageRenderer) Refresh()                     { canvas.Refresh(r.p) }
func (r pageRenderer) Objects() []fyne.CanvasObject { return r.p.objects }
func (r pageRenderer) MinSize() fyne.Size           { return fyne.NewSize(minWidth, r.p.height) }

// drawing is a page while it is made, from the top down.
type drawing struct {
	page    *page
	look    *popup.Look
	width   float32
	y       float32
	objects []fyne.CanvasObject
	rows    [][]part
}

func (d *drawing) block(b view.Block, before view.BlockKind) {
	l := d.look
	switch b.Kind {
	case view.Lead:
		d.text(b.Text, leadSize, fyne.TextStyle{}, l.Text, edge)
		d.y += 8
	case view.Warning:
		d.warning(b.Text)
	case view.Heading:
		d.y += 14
		d.line()
		d.y += 12
		d.text(b.Title, headingSize, fyne.TextStyle{Bold: true}, l.Text, edge)
		d.y += 4
	case view.Row:
		d.y += 7
		d.row(b)
	case view.Entry:
		d.y += 5
		d.text(b.Title, titleSize, fyne.TextStyle{Bold: true}, l.Text, edge)
		d.y += 2
		for _, line := range b.Lines {
			d.bullet(line, l.Text)
		}
		if b.Text != "" {
			d.text(b.Text, smallSize, fyne.TextStyle{}, l.Muted, edge)
		}
		d.y += 5
		d.controls(b)
	case view.Bullet:
		d.bullet(b.Text, l.Text)
	case view.Note:
		if before == view.Row {
			d.y += 10
		}
		d.text(b.Text, textSize, fyne.TextStyle{}, l.Text, edge)
		d.y += 3
	case view.Code:
		d.code(b.Text)
	case view.Buttons:
		d.y += 5
		d.controls(b)
	case view.Choice, view.Field:
		d.y += 7
		d.text(b.Title, titleSize, fyne.TextStyle{Bold: true}, l.Text, edge)
		d.y += 5
		d.controls(b)
	case view.Switch:
		d.y += 5
		d.controls(b)
		d.text(b.Text, textSize, fyne.TextStyle{}, l.Muted, edge)
		d.y += 3
	}
}

// controls puts a block's controls beside each other, as many as fit.
func (d *drawing) controls(b view.Block) {
	if len(b.Controls) == 0 {
		return
	}
	// Their faces are in line with the words, their rings stand out.
	const out = controlRing + 1
	wide := d.width - 2*(edge-out)
	x, row, high := float32(0), []part(nil), float32(0)
	for _, c := range b.Controls {
		p, o := d.page.panel.part(d.page.tab, b, c)
		size := p.lay(wide)
		if x > 0 && x+size.Width > wide {
			d.y += high + controlGap
			x, high = 0, 0
		}
		o.Move(fyne.NewPos(edge-out+x, d.y))
		x, high = x+size.Width+controlGap, max(high, size.Height)
		d.objects, row = append(d.objects, o), append(row, p)
	}
	d.y += high + 7
	d.rows = append(d.rows, row)
}

// row is a surface: dot and word say the same, so that nobody needs colours.
func (d *drawing) row(b view.Block) {
	l := d.look
	word := canvas.NewText(b.Word, l.Text)
	word.TextSize, word.TextStyle.Bold = smallSize, true
	size := word.MinSize()
	pill := canvas.NewRectangle(l.Hover)
	pill.CornerRadius = 9
	pill.StrokeWidth, pill.StrokeColor = 1, tone(b.State, l)

	w := max(62, size.Width+20)
	top := d.y
	d.width -= w + 8 // beside the word
	d.text(b.Title, titleSize, fyne.TextStyle{Bold: true}, l.Text, edge+indent)
	d.width += w + 8
	middle := top + (d.y-top)/2
	mark := canvas.NewCircle(tone(b.State, l))
	mark.Resize(fyne.NewSize(dot, dot))
	mark.Move(fyne.NewPos(edge, middle-dot/2))
	pill.Resize(fyne.NewSize(w, 20))
	pill.Move(fyne.NewPos(d.width-edge-w, middle-10))
	word.Resize(size)
	word.Move(fyne.NewPos(d.width-edge-w/2-size.Width/2, middle-size.Height/2))
	d.objects = append(d.objects, mark, pill, word)

	d.y += 1
	d.text(b.Text, textSize, fyne.TextStyle{}, l.Muted, edge+indent)
	d.y += 4
}

func (d *drawing) warning(s string) {
	box := canvas.NewRectangle(d.look.Hover)
	bar := canvas.NewRectangle(d.look.Bar)
	d.objects = append(d.objects, box, bar)
	top := d.y
	d.y += 9
	d.width -= 10 // inside of the box
	d.text(s, leadSize, fyne.TextStyle{Bold: true}, d.look.Text, edge+16)
	d.width += 10
	d.y += 9
	box.Move(fyne.NewPos(edge, top))
	box.Resize(fyne.NewSize(d.width-2*edge, d.y-top))
	bar.Move(fyne.NewPos(edge, top))
	bar.Resize(fyne.NewSize(5, d.y-top))
	d.y += 8
}

func (d *drawing) line() {
	r := canvas.NewRectangle(d.look.Border)
	r.Move(fyne.NewPos(edge, d.y))
	r.Resize(fyne.NewSize(d.width-2*edge, 1))
	d.objects = append(d.objects, r)
}

func (d *drawing) bullet(s string, c color.Color) {
	top := d.y
	d.text(s, textSize, fyne.TextStyle{}, c, edge+14)
	mark := canvas.NewCircle(d.look.Muted)
	mark.Resize(fyne.NewSize(4, 4))
	first := fyne.MeasureText("M", textSize, fyne.TextStyle{}).Height
	mark.Move(fyne.NewPos(edge+3, top+first/2-2))
	d.objects = append(d.objects, mark)
	d.y += 3
}

// text puts lines below what is there, from x to the right edge.
func (d *drawing) text(s string, size float32, style fyne.TextStyle, c color.Color, x float32) {
	for i, t := range popup.Lines(s, size, style, c, d.width-edge-x) {
		if i > 0 {
			d.y += lineGap
		}
		t.Move(fyne.NewPos(x, d.y))
		t.Resize(t.MinSize())
		d.y += t.MinSize().Height
		d.objects = append(d.objects, t)
	}
}

// code puts a text that is broken anywhere, because each letter counts, into a
// box.
func (d *drawing) code(s string) {
	style := fyne.TextStyle{Monospace: true}
	letter := fyne.MeasureText("M", smallSize, style)
	box := canvas.NewRectangle(d.look.Hover)
	box.Move(fyne.NewPos(edge, d.y))
	d.objects = append(d.objects, box)
	d.y += 8
	letters := []rune(s)
	for n := max(1, int((d.width-2*edge-20)/letter.Width)); len(letters) > 0; letters = letters[min(n, len(letters)):] {
		t := canvas.NewText(string(letters[:min(n, len(letters))]), d.look.Text)
		t.TextSize, t.TextStyle = smallSize, style
		t.Move(fyne.NewPos(edge+10, d.y))
		t.Resize(t.MinSize())
		d.objects = append(d.objects, t)
		d.y += letter.Height + lineGap
	}
	d.y += 8
	box.Resize(fyne.NewSize(d.width-2*edge, d.y-box.Position().Y))
	d.y += 8
}

// tone is the colour of a state. Blind is grey and not red: it is no alarm, and
// nobody's fault.
func tone(s coverage.State, l *popup.Look) color.Color {
	switch s {
	case coverage.Seen:
		return l.Primary
	case coverage.Partly:
		return l.Bar
	default:
		return l.Outline
	}
}
