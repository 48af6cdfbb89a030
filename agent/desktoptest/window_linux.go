package desktoptest

import (
	"context"
	"strings"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// WindowOptions says what a window looks like to others.
type WindowOptions struct {
	Title string // _NET_WM_NAME and WM_NAME
	Class string // both parts of WM_CLASS; "Test" if empty
	PID   int    // _NET_WM_PID, left away if 0
}

// EventKind is something that happened to a window.
type EventKind uint8

// What a Window records.
const (
	FocusIn EventKind = iota + 1
	FocusOut
	KeyPress
	Closed // the window manager asked it to close
)

// Event is one thing that happened to a window, in order.
type Event struct {
	Kind EventKind
	Key  byte // KeyPress: the letter without modifiers, 0 for other keys
}

// Window is a plain top-level window in the test's process, on a connection of
// its own. It records who has the keyboard and what is typed.
type Window struct {
	ID uint32

	d    *Desktop
	conn *xgb.Conn
	win  xproto.Window
	keys []xproto.Keysym
	min  xproto.Keycode
	per  int
	gone chan struct{} // closed when the connection is

	mu      sync.Mutex
	events  []Event
	mapped  bool
	has     bool          // the keyboard, by the last focus event
	changed chan struct{} // replaced at each event
}

// Window opens a window and waits until it is on the screen. With a window
// manager it will usually get the keyboard; use Focus to be sure.
func (d *Desktop) Window(t TB, o WindowOptions) *Window {
	t.Helper()
	conn, err := xgb.NewConnDisplay(d.Display)
	if err != nil {
		t.Fatalf("connecting to %s: %v", d.Display, err)
	}
	setup := xproto.Setup(conn)
	screen := setup.DefaultScreen(conn)
	w := &Window{d: d, conn: conn, gone: make(chan struct{}), changed: make(chan struct{})}
	if w.win, err = xproto.NewWindowId(conn); err != nil {
		t.Fatal(err)
	}
	w.ID = uint32(w.win)
	w.min = setup.MinKeycode
	m, err := xproto.GetKeyboardMapping(conn, setup.MinKeycode, byte(setup.MaxKeycode-setup.MinKeycode+1)).Reply()
	if err != nil {
		t.Fatal(err)
	}
	w.keys, w.per = m.Keysyms, int(m.KeysymsPerKeycode)
	err = xproto.CreateWindowChecked(conn, screen.RootDepth, w.win, screen.Root, 40, 40, 400, 300, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwBackPixel|xproto.CwEventMask,
		[]uint32{screen.WhitePixel, xproto.EventMaskFocusChange | xproto.EventMaskKeyPress | xproto.EventMaskStructureNotify}).Check()
	if err != nil {
		t.Fatal(err)
	}
	if o.Class == "" {
		o.Class = "Test"
	}
	w.set(xproto.AtomWmClass, xproto.AtomString, 8, []byte(strings.ToLower(o.Class)+"\x00"+o.Class+"\x00"))
	hints := make([]byte, 9*4) // WM_HINTS: flags InputHint, input true
	xgb.Put32(hints, 1)
	xgb.Put32(hints[4:], 1)
	w.set(xproto.AtomWmHints, xproto.AtomWmHints, 32, hints)
	w.set(d.atom(t, "WM_PROTOCOLS"), xproto.AtomAtom, 32, le32(uint32(d.atom(t, "WM_DELETE_WINDOW"))))
	if o.PID != 0 {
		w.set(d.atom(t, "_NET_WM_PID"), xproto.AtomCardinal, 32, le32(uint32(o.PID)))
	}
	w.SetTitle(t, o.Title)
	go w.listen()
	t.Cleanup(func() {
		conn.Close()
		<-w.gone
	})
	xproto.MapWindow(conn, w.win)
	w.Wait(t, "being mapped", func([]Event) bool { return w.mapped })
	return w
}

func le32(v uint32) []byte {
	b := make([]byte, 4)
	xgb.Put32(b, v)
	return b
}

func (w *Window) set(property, typ xproto.Atom, format byte, data []byte) {
	xproto.ChangeProperty(w.conn, xproto.PropModeReplace, w.win, property, typ, format,
		uint32(len(data)/int(format/8)), data)
}

func (w *Window) listen() {
	defer close(w.gone)
	for {
		ev, xerr := w.conn.WaitForEvent()
		if ev == nil && xerr == nil {
			return
		}
		switch e := ev.(type) {
		case xproto.MapNotifyEvent:
			w.note(Event{})
		case xproto.FocusInEvent:
			if e.Mode != xproto.NotifyModeGrab && e.Mode != xproto.NotifyModeUngrab {
				w.note(Event{Kind: FocusIn})
			}
		case xproto.FocusOutEvent:
			if e.Mode != xproto.NotifyModeGrab && e.Mode != xproto.NotifyModeUngrab {
				w.note(Event{Kind: FocusOut})
			}
		case xproto.KeyPressEvent:
			w.note(Event{Kind: KeyPress, Key: w.letter(e.Detail)})
		case xproto.ClientMessageEvent:
			w.note(Event{Kind: Closed})
			xproto.DestroyWindow(w.conn, w.win)
		}
	}
}

func (w *Window) letter(code xproto.Keycode) byte {
	if i := int(code-w.min) * w.per; i < len(w.keys) && w.keys[i] < 0x80 {
		return byte(w.keys[i])
	}
	return 0
}

func (w *Window) note(e Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e.Kind == 0 {
		w.mapped = true
	} else {
		w.events = append(w.events, e)
		if e.Kind == FocusIn || e.Kind == FocusOut {
			w.has = e.Kind == FocusIn
		}
	}
	close(w.changed)
	w.changed = make(chan struct{})
}

// Events returns what happened so far.
func (w *Window) Events() []Event {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Event(nil), w.events...)
}

// Typed returns the letters that arrived so far, without modifiers.
func (w *Window) Typed() string {
	var b strings.Builder
	for _, e := range w.Events() {
		if e.Kind == KeyPress && e.Key != 0 {
			b.WriteByte(e.Key)
		}
	}
	return b.String()
}

// Forget drops what was recorded.
func (w *Window) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = nil
}

// Wait waits until ok says so of what happened; what names it in the failure.
func (w *Window) Wait(t TB, what string, ok func([]Event) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	for {
		w.mu.Lock()
		done, changed := ok(w.events), w.changed
		w.mu.Unlock()
		if done {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			t.Fatalf("window %#x: waited in vain for %s; events: %v", w.ID, what, w.Events())
		}
	}
}

// Focus gives the window the keyboard and waits until it has it.
func (w *Window) Focus(t TB) {
	t.Helper()
	if len(w.d.windows(w.d.root, w.d.atom(t, "_NET_SUPPORTING_WM_CHECK"))) == 1 {
		w.d.Activate(t, w.ID)
	} else {
		xproto.SetInputFocus(w.conn, xproto.InputFocusPointerRoot, w.win, xproto.TimeCurrentTime)
	}
	w.Wait(t, "the focus", func([]Event) bool { return w.has })
}

// SetTitle changes the title.
func (w *Window) SetTitle(t TB, title string) {
	t.Helper()
	w.set(w.d.atom(t, "_NET_WM_NAME"), w.d.atom(t, "UTF8_STRING"), 8, []byte(title))
	w.set(xproto.AtomWmName, xproto.AtomString, 8, []byte(title))
	w.conn.Sync()
}

// Fullscreen asks the window manager to make the window cover the screen, or
// to stop that.
func (w *Window) Fullscreen(t TB, on bool) {
	t.Helper()
	action := uint32(0)
	if on {
		action = 1
	}
	w.d.tellWM(t, w.ID, "_NET_WM_STATE", action, uint32(w.d.atom(t, "_NET_WM_STATE_FULLSCREEN")), 0, 1)
}

// Close destroys the window, without asking anybody.
func (w *Window) Close() {
	xproto.DestroyWindow(w.conn, w.win)
	w.conn.Sync()
}
