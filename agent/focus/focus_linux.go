package focus

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/process"
	"handrail/agent/x11"
	"handrail/detect/catalog"
)

// Watcher watches which window has the keyboard.
type Watcher struct {
	conn    *x11.Conn
	changes chan Change
	quit    chan struct{}
	once    sync.Once
	atoms   atoms
	idle    bool // the server can say for how long there was no input

	// What follows belongs to the loop.
	window  Window
	watched xproto.Window // whose properties we are told of
	front   bool          // a terminal has the keyboard
	timer   *time.Timer
}

type atoms struct {
	active, name, utf8, state, fullscreen, pid xproto.Atom
}

// Open begins to watch. Where that is not possible the error is a
// *coverage.Unavailable that says why.
func Open() (*Watcher, error) {
	conn, err := x11.Dial()
	if err != nil {
		return nil, err
	}
	w := &Watcher{conn: conn, changes: make(chan Change, 1), quit: make(chan struct{}), timer: time.NewTimer(time.Hour)}
	w.timer.Stop()
	a, err := conn.Atoms("_NET_ACTIVE_WINDOW", "_NET_WM_NAME", "UTF8_STRING", "_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN", "_NET_WM_PID")
	if err == nil {
		w.atoms = atoms{a[0], a[1], a[2], a[3], a[4], a[5]}
		err = xproto.ChangeWindowAttributesChecked(conn.Conn, conn.Root, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
	}
	if err != nil {
		conn.Close()
		return nil, x11.Unavailable(err)
	}
	_, err = conn.Extension("MIT-SCREEN-SAVER")
	w.idle = err == nil
	events := make(chan xgb.Event)
	go w.listen(events)
	go w.loop(events)
	return w, nil
}

// Changes returns the channel of changes. Only the latest is kept, so it is
// never necessary to hurry. The channel is closed by Close, and when the
// desktop goes away.
func (w *Watcher) Changes() <-chan Change { return w.changes }

// Close ends the watch.
func (w *Watcher) Close() error {
	w.once.Do(func() {
		close(w.quit)
		w.conn.Close()
	})
	return nil
}

// listen passes events on until the connection ends. Errors are answers to
// questions about windows that have gone meanwhile: there is another event for
// that.
func (w *Watcher) listen(events chan<- xgb.Event) {
	defer close(events)
	for {
		ev, err := w.conn.WaitForEvent()
		if ev == nil && err == nil {
			return
		}
		if ev == nil {
			continue
		}
		select {
		case events <- ev:
		case <-w.quit:
			return
		}
	}
}

func (w *Watcher) loop(events <-chan xgb.Event) {
	defer close(w.changes)
	defer w.timer.Stop()
	w.follow(time.Now(), true)
	for {
		select {
		case ev, ok := <-events:
			if !ok {
				return
			}
			p, ok := ev.(xproto.PropertyNotifyEvent)
			if !ok {
				continue
			}
			switch p.Atom {
			case w.atoms.active:
				w.follow(time.Now(), false)
			case w.atoms.name, w.atoms.state, xproto.AtomWmName, xproto.AtomWmClass:
				if p.Window == w.watched {
					w.look(time.Now())
				}
			}
		case <-w.timer.C:
			if w.somebodyThere() {
				w.look(time.Now())
			}
		case <-w.quit:
			return
		}
	}
}

// follow looks which window is active, and watches that one from now on.
func (w *Watcher) follow(now time.Time, always bool) {
	var active xproto.Window
	if p, err := xproto.GetProperty(w.conn.Conn, false, w.conn.Root, w.atoms.active, xproto.AtomWindow, 0, 1).Reply(); err == nil && p.Format == 32 && len(p.Value) >= 4 {
		active = xproto.Window(xgb.Get32(p.Value))
	}
	if active != w.watched {
		if w.watched != 0 {
			xproto.ChangeWindowAttributes(w.conn.Conn, w.watched, xproto.CwEventMask, []uint32{0})
		}
		w.watched = active
		if active != 0 {
			xproto.ChangeWindowAttributes(w.conn.Conn, active, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange})
		}
	} else if !always {
		return // set again to the same window
	}
	w.tell(now, w.describe(active))
}

// look describes the active window again.
func (w *Watcher) look(now time.Time) {
	if next := w.describe(w.watched); next != w.window {
		w.tell(now, next)
	}
}

// tell replaces the change that nobody has taken yet.
func (w *Watcher) tell(now time.Time, window Window) {
	w.window = window
	select {
	case <-w.changes:
	default:
	}
	w.changes <- Change{At: now, Window: window}
}

func (w *Watcher) describe(id xproto.Window) Window {
	w.timer.Stop()
	if id == 0 {
		return Window{}
	}
	c := w.conn.Conn
	name := xproto.GetProperty(c, false, id, w.atoms.name, w.atoms.utf8, 0, 512)
	old := xproto.GetProperty(c, false, id, xproto.AtomWmName, xproto.AtomString, 0, 512)
	class := xproto.GetProperty(c, false, id, xproto.AtomWmClass, xproto.AtomString, 0, 128)
	state := xproto.GetProperty(c, false, id, w.atoms.state, xproto.AtomAtom, 0, 64)
	win := Window{ID: uint32(id), PID: w.conn.PID(id, w.atoms.pid)}
	if p, err := old.Reply(); err == nil {
		win.Target.Title = string(p.Value)
	}
	if p, err := name.Reply(); err == nil && len(p.Value) > 0 {
		win.Target.Title = string(p.Value)
	}
	if p, err := class.Reply(); err == nil {
		// "instance\0Class\0"
		if parts := strings.Split(string(p.Value), "\x00"); len(parts) > 1 {
			win.Target.Class = parts[1]
		}
	}
	if p, err := state.Reply(); err == nil && p.Format == 32 {
		for v := p.Value; len(v) >= 4; v = v[4:] {
			if xproto.Atom(xgb.Get32(v)) == w.atoms.fullscreen {
				win.Fullscreen = true
			}
		}
	}
	if win.PID != 0 {
		win.Target.Exe, _ = os.Readlink(filepath.Join("/proc", strconv.Itoa(win.PID), "exe"))
		win.Target.Process = filepath.Base(win.Target.Exe)
		if win.Target.Exe == "" {
			win.Target.Process = ""
		}
	}
	w.terminal(&win)
	return win
}

// terminal adds the program in front of a terminal, and plans the next look.
func (w *Watcher) terminal(win *Window) {
	if win.PID == 0 || !emulator(win.Target) {
		return
	}
	front := pick(process.Foregrounds(win.PID), win.Target.Title)
	win.Target.Foreground, win.Target.ForegroundExe = front.Name, front.Exe
	if w.somebodyThere() {
		w.timer.Reset(Look)
	}
}

// somebodyThere tells whether the computer was touched lately. Where the X
// server can't say, it was not: better no look than one a second for ever.
func (w *Watcher) somebodyThere() bool {
	if !w.idle {
		return false
	}
	i, err := screensaver.QueryInfo(w.conn.Conn, xproto.Drawable(w.conn.Root)).Reply()
	return err == nil && time.Duration(i.MsSinceUserInput)*time.Millisecond < Away
}

// emulators are the terminal emulators by parts of their window class.
var emulators = []string{"term", "konsole", "alacritty", "kitty", "tilix", "ghostty", "foot", "guake", "yakuake", "hyper", "tabby"}

func emulator(t catalog.Target) bool {
	class := strings.ToLower(t.Class)
	for _, e := range emulators {
		if strings.Contains(class, e) {
			return true
		}
	}
	return false
}
