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
	idle    bool           // the server can say for how long there was no input
	alarm   *x11.WakeAlarm // says when there is input again; nil if the server can't
	away    time.Duration  // Away, but in tests

	proofs chan chan<- error // self-tests that are asked for

	wake chan struct{} // there is something in seen
	mu   sync.Mutex
	seen seen // since the loop looked last

	// What follows belongs to the loop.
	window   Window
	watched  xproto.Window // whose properties we are told of
	terminal bool          // which is a terminal
	follows  uint64        // how often another window became active
	timer    *time.Timer
	proving  *proving // the self-test under way, nil for none
}

// seen is what events said. However many there are, it is no more than this,
// so that a program that changes its title all the time can't fill a queue.
type seen struct {
	active bool          // another window may be active
	window xproto.Window // this one has changed
	input  bool          // somebody is back
	proof  bool          // the self-test's own event has come
	ended  bool          // the connection has ended
}

type atoms struct {
	active, name, utf8, state, fullscreen, pid, proof xproto.Atom
}

// Open begins to watch. Where that is not possible the error is a
// *coverage.Unavailable that says why.
func Open() (*Watcher, error) {
	conn, err := x11.Dial()
	if err != nil {
		return nil, err
	}
	return watch(conn, Away)
}

func watch(conn *x11.Conn, away time.Duration) (*Watcher, error) {
	w := &Watcher{conn: conn, away: away, changes: make(chan Change, 1), quit: make(chan struct{}), wake: make(chan struct{}, 1), proofs: make(chan chan<- error), timer: time.NewTimer(time.Hour)}
	w.timer.Stop()
	a, err := conn.Atoms("_NET_ACTIVE_WINDOW", "_NET_WM_NAME", "UTF8_STRING", "_NET_WM_STATE", "_NET_WM_STATE_FULLSCREEN", "_NET_WM_PID", proofName)
	if err == nil {
		w.atoms = atoms{a[0], a[1], a[2], a[3], a[4], a[5], a[6]}
		err = xproto.ChangeWindowAttributesChecked(conn.Conn, conn.Root, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
	}
	if err != nil {
		conn.Close()
		return nil, x11.Unavailable(err)
	}
	_, err = conn.Extension("MIT-SCREEN-SAVER")
	w.idle = err == nil
	if w.alarm, err = conn.NewWakeAlarm(); err != nil {
		w.alarm = nil
	}
	go w.listen()
	go w.loop()
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

// listen notes what events say until the connection ends, and waits for
// nobody: while a question is under way its answer comes by the same wire.
// Errors are answers to questions about windows that have gone meanwhile:
// there is another event for that.
func (w *Watcher) listen() {
	for {
		ev, err := w.conn.WaitForEvent()
		w.mu.Lock()
		before := w.seen
		if p, ok := ev.(xproto.PropertyNotifyEvent); ok {
			switch p.Atom {
			case w.atoms.active:
				w.seen.active = true
			case w.atoms.name, w.atoms.state, xproto.AtomWmName, xproto.AtomWmClass:
				w.seen.window = p.Window
			case w.atoms.proof:
				w.seen.proof = true
			}
		} else if w.alarm != nil && w.alarm.Is(ev) {
			w.seen.input = true
		}
		w.seen.ended = ev == nil && err == nil
		news, ended := w.seen != before, w.seen.ended
		w.mu.Unlock()
		if news {
			select {
			case w.wake <- struct{}{}:
			default:
			}
		}
		if ended {
			return
		}
	}
}

func (w *Watcher) loop() {
	defer close(w.changes)
	defer w.timer.Stop()
	defer w.endProof(errEnded)
	w.follow(time.Now(), true)
	for {
		select {
		case <-w.wake:
			w.mu.Lock()
			s := w.seen
			w.seen = seen{}
			w.mu.Unlock()
			if s.ended {
				return
			}
			if s.active {
				w.follow(time.Now(), false)
			}
			if s.window != 0 && s.window == w.watched {
				w.look(time.Now(), true)
			}
			if s.input && w.terminal {
				// What is typed now starts a program in a moment.
				w.timer.Reset(Look)
			}
			if s.proof {
				w.endProof(nil)
			}
		case p := <-w.proofs:
			w.beginProof(p)
		case <-w.timer.C:
			w.look(time.Now(), false)
		case <-w.quit:
			return
		}
	}
}

// follow looks which window is active, and watches that one from now on.
func (w *Watcher) follow(now time.Time, always bool) {
	active := w.active()
	if active == 0 {
		active = w.unmanaged()
	}
	if active != w.watched {
		w.follows++
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
	w.tell(now, w.describe(active, true))
}

// active returns the window that the window manager says is active, 0 if none.
func (w *Watcher) active() xproto.Window {
	p, err := xproto.GetProperty(w.conn.Conn, false, w.conn.Root, w.atoms.active, xproto.AtomWindow, 0, 1).Reply()
	if err != nil || p.Format != 32 || len(p.Value) < 4 {
		return 0
	}
	return xproto.Window(xgb.Get32(p.Value))
}

// unmanaged returns the window that has the keyboard although the window
// manager knows of none that is active: a menu, or our own nudge. It is 0 if
// that is none either, or is one that nobody sees, where window managers park
// the keyboard.
func (w *Watcher) unmanaged() xproto.Window {
	f, err := xproto.GetInputFocus(w.conn.Conn).Reply()
	if err != nil || f.Focus <= xproto.InputFocusPointerRoot || f.Focus == w.conn.Root {
		return 0
	}
	at, err := xproto.GetWindowAttributes(w.conn.Conn, f.Focus).Reply()
	if err != nil || !at.OverrideRedirect || at.MapState != xproto.MapStateViewable || at.Class != xproto.WindowClassInputOutput {
		return 0
	}
	if g, err := xproto.GetGeometry(w.conn.Conn, xproto.Drawable(f.Focus)).Reply(); err != nil || g.X < 0 || g.Y < 0 || g.Width < 2 {
		return 0
	}
	return f.Focus
}

// look describes the active window again; news says that something happened to
// it.
func (w *Watcher) look(now time.Time, news bool) {
	if next := w.describe(w.watched, news); next != w.window {
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

func (w *Watcher) describe(id xproto.Window, news bool) Window {
	w.timer.Stop()
	w.terminal = false
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
		win.Target.Title = latin1(p.Value)
	}
	if p, err := name.Reply(); err == nil && len(p.Value) > 0 {
		// A long title is cut, perhaps in the middle of a letter.
		win.Target.Title = strings.ToValidUTF8(string(p.Value), "")
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
	w.inFront(&win, news)
	return win
}

// inFront adds the program in front of a terminal, and plans the next look: in
// a moment after news and while somebody is there, and when they come back
// otherwise.
func (w *Watcher) inFront(win *Window, news bool) {
	if win.PID == 0 || !emulator(win.Target) {
		return
	}
	front := pick(tabs(process.Terminals(win.PID)), win.Target.Title)
	win.Target.Foreground, win.Target.ForegroundExe = front.Name, front.Exe
	w.terminal = true
	soon := news || w.somebodyThere()
	if !soon && w.alarm != nil {
		w.alarm.Arm(w.away / 2)
		soon = w.somebodyThere() // they may have come back just before
	}
	if soon {
		w.timer.Reset(Look)
	}
}

// latin1 reads a title of type STRING, which is ISO 8859-1.
func latin1(b []byte) string {
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// somebodyThere tells whether the computer was touched lately. Where the X
// server can't say, it was not: better no look than one a second for ever.
func (w *Watcher) somebodyThere() bool {
	if !w.idle {
		return false
	}
	i, err := screensaver.QueryInfo(w.conn.Conn, xproto.Drawable(w.conn.Root)).Reply()
	return err == nil && time.Duration(i.MsSinceUserInput)*time.Millisecond < w.away
}

// emulators are the terminal emulators by parts of their window class. Wayland
// ones are among them that come with X11 as well.
var emulators = []string{
	"term", "konsole", "alacritty", "kitty", "tilix", "ghostty", "foot", "guake", "yakuake", "hyper", "tabby",
	"rxvt", "st-256color", "tilda", "sakura", "ptyxis", "kgx", "org.gnome.console", "blackbox", "dev.warp.warp", "contour", "rio",
}

// whole are those of them that are too short to be looked for as a part.
var whole = map[string]bool{"foot": true, "rio": true, "kgx": true}

func emulator(t catalog.Target) bool {
	class := strings.ToLower(t.Class)
	for _, e := range emulators {
		if class == e || !whole[e] && strings.Contains(class, e) {
			return true
		}
	}
	return false
}
