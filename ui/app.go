package ui

import (
	"errors"
	"image"
	"io"
	"math"
	"runtime/debug"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"handrail/agent/card"
	"handrail/ui/popup"
	"handrail/ui/text"
	"handrail/ui/view"
)

// Exit codes of the window process.
const (
	ExitOK      = 0
	ExitGarbage = 2 // the parent says what is no message
	ExitVersion = 3 // the parent is of another version
	ExitWindow  = 4 // the window can't be kept off the keyboard
)

const (
	margin   = 16     // between a nudge and the edges of the screen, in Fyne's units
	offstage = -20000 // where nobody sees a window, in pixels
)

// Stage is the desktop, as far as a window needs it that takes no keyboard.
// agent/window's Stage is one; what its methods promise is said there.
type Stage interface {
	Own(window uintptr) error
	Area() (image.Rectangle, error)
	Bounds() (image.Rectangle, error)
	Enter() (hotkey string, err error)
	Leave()
	TakeKeyboard(at uint32) error
}

// Native is what Fyne's portable window leaves out.
type Native interface {
	// Handle is the window's id on the desktop, 0 while it has none.
	Handle() uintptr
	// Move puts the window's upper left corner there, in pixels; before the
	// first Show it is where it will be.
	Move(x, y int)
}

// Options are the parts of the window process.
type Options struct {
	In     io.Reader // the protocol, from the parent
	Out    io.Writer // the protocol, to the parent
	App    fyne.App
	Window fyne.Window
	Native Native
	Stage  Stage
	Words  text.Printer
	// Strong says that the person's desktop has high contrast.
	Strong bool
	Exit   func(code int) // ends the process; may be called on any goroutine
}

// App is the window process. Its fields belong to Fyne's goroutine, but for
// card, which Pressed looks at too.
type App struct {
	Options
	out  *card.Encoder
	in   chan card.Message
	wake chan struct{}

	root  *fyne.Container
	owned bool          // the window is ours alone: it may be shown
	warm  bool          // the window was shown once, where nobody sees it
	card  atomic.Uint64 // the id of the card that is shown, 0 if none
	popup *popup.Popup

	panel desk
}

// Start says hello and begins to listen; Fyne's loop does the rest.
func Start(o Options) *App {
	a := &App{Options: o, out: card.NewEncoder(o.Out), in: make(chan card.Message, 16), wake: make(chan struct{}, 1)}
	a.put(view.NudgeIn(card.Card{Tool: "Handrail", Instead: "Handrail"}, o.Words), 0)
	a.root = container.New(frame{a.own}, a.popup)
	w := o.Window
	w.SetPadded(false)
	w.SetFixedSize(true)
	w.SetContent(a.root)
	w.SetCloseIntercept(func() { a.popup.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { a.popup.TypedKey(e) })
	a.send(card.Message{Kind: card.Hello, Version: card.Protocol})
	go a.read(card.NewDecoder(o.In))
	go func() {
		for range a.wake {
			fyne.Do(a.work)
		}
	}()
	a.again()
	return a
}

// again has work called once more, soon, on Fyne's goroutine.
func (a *App) again() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// read hears the parent. When the parent is gone the process ends from here,
// whatever a graphics driver is doing to the other goroutine.
func (a *App) read(dec *card.Decoder) {
	err := dec.Greet()
	for err == nil {
		var m card.Message
		if m, err = dec.Decode(); err == nil {
			a.in <- m
			a.again()
		}
	}
	switch {
	case errors.Is(err, card.ErrGarbage):
		a.fail(0, card.ReasonGarbage)
		a.Exit(ExitGarbage)
	case errors.Is(err, card.ErrVersion):
		a.fail(0, card.ReasonVersion)
		a.Exit(ExitVersion)
	default:
		a.Exit(ExitOK)
	}
}

// work does what the parent asks for, on Fyne's goroutine. While nothing is
// shown it waits here; Fyne's loop has nothing to do then.
func (a *App) work() {
	for {
		select {
		case m := <-a.in:
			a.do(m)
			continue
		default:
		}
		if a.card.Load() != 0 || a.panel.open.Load() {
			return
		}
		a.ready()
		a.do(<-a.in)
	}
}

// ready has the nudge's window warm, and says so.
func (a *App) ready() {
	if !a.warm {
		a.warmUp()
		a.send(card.Message{Kind: card.Ready})
		go debug.FreeOSMemory()
	}
}

func (a *App) do(m card.Message) {
	switch m.Kind {
	case card.Show:
		a.show(*m.Card)
	case card.Withdraw:
		if m.ID == a.shown() {
			a.hide()
			a.send(card.Message{Kind: card.Closed, ID: m.ID})
		}
	case card.ShowPanel:
		a.showPanel(*m.Panel)
	case card.Quit:
		a.Exit(ExitOK)
	default:
		a.fail(0, card.ReasonGarbage)
		a.Exit(ExitGarbage)
	}
}

// warmUp shows the window for the first time, off the screen: that is when it,
// its graphics context and its letters are made.
func (a *App) warmUp() {
	a.warm = true
	a.Native.Move(offstage, offstage)
	a.Window.Show()
	a.Window.Hide()
}

// own runs when Fyne asks for the size of the content. It does so between
// creating the window and putting it on the screen, which is when the window
// has to be taken from the window manager.
func (a *App) own() {
	if a.owned {
		return
	}
	h := a.Native.Handle()
	if h == 0 {
		return // not created yet
	}
	if err := a.Stage.Own(h); err != nil {
		a.fail(0, card.ReasonWindow)
		a.Exit(ExitWindow)
	}
	a.owned = true
}

func (a *App) show(c card.Card) {
	if !a.warm {
		a.warmUp()
	}
	if old := a.shown(); old != 0 {
		a.card.Store(0)
		a.Stage.Leave()
		a.send(card.Message{Kind: card.Closed, ID: old})
	}
	hotkey, err := a.Stage.Enter()
	if err != nil {
		a.Window.Hide()
		a.fail(c.ID, card.ReasonWindow)
		return
	}
	c.Hotkey = hotkey
	a.put(view.NudgeIn(c, a.Words), c.ID)
	a.root.Objects[0] = a.popup
	size := a.popup.MinSize()
	a.Window.Resize(size)
	a.root.Refresh()
	a.place(size)
	// It counts as shown from here: the hotkey may be pressed as soon as the
	// window can be seen.
	a.card.Store(uint64(c.ID))
	a.Window.Show()
	a.settle()
	a.send(card.Message{Kind: card.Shown, ID: c.ID, Hotkey: hotkey})
}

// put makes the popup of a view.
func (a *App) put(v view.View, id card.ID) {
	a.popup = popup.New(v, a.look(), func(answer card.Answer) {
		if id != 0 && id == a.shown() {
			a.hide()
			a.send(card.Message{Kind: card.Answered, ID: id, Answer: answer})
		}
	})
	a.Window.Canvas().Unfocus()
}

func (a *App) look() *popup.Look {
	return popup.LookFor(a.App.Settings().ThemeVariant(), a.Strong)
}

// corner is where the lower right corner of a nudge belongs, in pixels.
func (a *App) corner() (image.Point, bool) {
	area, err := a.Stage.Area()
	if err != nil {
		return image.Point{}, false
	}
	m := int(margin * a.Window.Canvas().Scale())
	return area.Max.Sub(image.Pt(m, m)), true
}

func (a *App) place(size fyne.Size) {
	if c, ok := a.corner(); ok {
		scale := a.Window.Canvas().Scale()
		px := func(v float32) int { return int(math.Ceil(float64(v * scale))) }
		a.Native.Move(c.X-px(size.Width), c.Y-px(size.Height))
	}
}

// settle puts the window right if it is on a monitor of another scale than
// before, and so of another size than place thought.
func (a *App) settle() {
	c, ok := a.corner()
	b, err := a.Stage.Bounds()
	if ok && err == nil && b.Max != c {
		to := b.Min.Add(c.Sub(b.Max))
		a.Native.Move(to.X, to.Y)
	}
}

func (a *App) shown() card.ID { return card.ID(a.card.Load()) }

func (a *App) hide() {
	a.card.Store(0)
	a.Stage.Leave()
	a.Window.Hide()
	go debug.FreeOSMemory()
	a.again() // to wait for the parent
}

// Pressed is to be called when the hotkey was pressed, at this time of the
// display. It may be called on any goroutine.
func (a *App) Pressed(at uint32) {
	id := a.shown()
	if id == 0 {
		return // pressed just as the nudge went: the next one may not have it
	}
	fyne.Do(func() {
		if a.shown() == id && a.Stage.TakeKeyboard(at) == nil {
			a.popup.Focus(a.Window.Canvas())
		}
	})
}

func (a *App) fail(id card.ID, why card.Reason) {
	a.send(card.Message{Kind: card.Failed, ID: id, Reason: why})
}

// send ends the process if the parent is gone.
func (a *App) send(m card.Message) {
	if a.out.Encode(m) != nil {
		a.Exit(ExitOK)
	}
}

// frame is the layout of the window: its one object fills it.
type frame struct{ asked func() }

func (f frame) MinSize(o []fyne.CanvasObject) fyne.Size {
	f.asked()
	return o[0].MinSize()
}

func (f frame) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(s)
}
