package clip

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/x11"
)

// x11Watcher watches by the XFixes extension: the server says when a selection
// gets another owner, and until then nothing happens here at all.
//
// Three goroutines: listen takes events off the wire and never waits for
// anybody; emit hands the latest changes to the receiver; and each Read has
// one, so that a server that hangs does not hang the caller.
type x11Watcher struct {
	conn    *x11.Conn
	atoms   atoms
	fixes   byte // the number of XFixes' first event
	changes chan Change
	wake    chan struct{} // there is a pending change
	done    chan struct{} // closed when the connection has ended
	closing chan struct{} // closed by Close
	slot    chan struct{} // held by the one Read that is under way
	reads   atomic.Uint64
	wg      sync.WaitGroup

	closeOnce sync.Once

	mu        sync.Mutex
	state     [selections]state
	transfers map[xproto.Window]*transfer // by the window they arrive at
	err       error
	ended     bool // no new transfers
}

// state is what is known of one selection.
type state struct {
	seq      uint64
	at       time.Time
	owner    xproto.Window
	pid      int
	time     xproto.Timestamp // when the owner took it, by the server's clock
	pending  bool             // not yet taken from Changes
	replaced chan struct{}    // closed when seq is no longer the latest
	draining <-chan struct{}  // closed when the owner has nothing more to send
}

// idle is the draining of an owner that has nothing to send.
var idle = func() <-chan struct{} { c := make(chan struct{}); close(c); return c }()

var _ watcher = (*x11Watcher)(nil)

func open() (watcher, error) {
	conn, err := x11.Dial()
	if err != nil {
		return nil, err
	}
	w, err := watch(conn)
	if err != nil {
		conn.Close()
		return nil, x11.Unavailable(err)
	}
	return w, nil
}

func watch(conn *x11.Conn) (*x11Watcher, error) {
	w := &x11Watcher{
		conn:      conn,
		changes:   make(chan Change),
		wake:      make(chan struct{}, 1),
		done:      make(chan struct{}),
		closing:   make(chan struct{}),
		slot:      make(chan struct{}, 1),
		transfers: map[xproto.Window]*transfer{},
	}
	for i := range w.state {
		w.state[i].replaced, w.state[i].draining = make(chan struct{}), idle
	}
	var err error
	if w.fixes, err = conn.Extension("XFIXES"); err != nil {
		return nil, err
	}
	if _, err := xfixes.QueryVersion(conn.Conn, 5, 0).Reply(); err != nil {
		return nil, err
	}
	if w.atoms, err = internAtoms(conn); err != nil {
		return nil, err
	}
	const all = xfixes.SelectionEventMaskSetSelectionOwner |
		xfixes.SelectionEventMaskSelectionWindowDestroy |
		xfixes.SelectionEventMaskSelectionClientClose
	for _, s := range []Selection{Clipboard, Primary, proof} {
		if err := xfixes.SelectSelectionInputChecked(conn.Conn, conn.Root, w.atoms.selection[s], all).Check(); err != nil {
			return nil, err
		}
		r, err := xproto.GetSelectionOwner(conn.Conn, w.atoms.selection[s]).Reply()
		if err != nil {
			return nil, err
		}
		if r.Owner != 0 {
			w.note(s, r.Owner, xproto.TimeCurrentTime, time.Time{})
		}
	}
	w.wg.Add(2)
	go w.listen()
	go w.emit()
	return w, nil
}

// listen takes events until the connection ends.
func (w *x11Watcher) listen() {
	defer w.wg.Done()
	defer close(w.done)
	for {
		ev, xerr := w.conn.WaitForEvent()
		if ev == nil && xerr == nil {
			w.end()
			return
		}
		// Errors are of windows that died while they were written to, which is
		// their right; the Read that cares runs into its deadline or ErrGone.
		switch e := ev.(type) {
		case x11.Raw:
			if e.Code() == w.fixes+xfixes.SelectionNotify {
				w.selectionChanged(xfixes.SelectionNotifyEventNew(e).(xfixes.SelectionNotifyEvent))
			}
		case xproto.SelectionNotifyEvent:
			if t := w.transferTo(e.Requestor); t != nil {
				t.answered(e)
			}
		case xproto.PropertyNotifyEvent:
			if e.State == xproto.PropertyNewValue {
				if t := w.transferTo(e.Window); t != nil {
					t.arrived(e.Atom)
				}
			}
		}
	}
}

func (w *x11Watcher) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	select {
	case <-w.closing:
	default:
		w.err = x11.ErrGone
	}
}

func (w *x11Watcher) selectionChanged(e xfixes.SelectionNotifyEvent) {
	for _, s := range []Selection{Clipboard, Primary, proof} {
		if w.atoms.selection[s] == e.Selection {
			owner := e.Owner
			if e.Subtype != xfixes.SelectionEventSetSelectionOwner {
				owner = 0
			}
			w.note(s, owner, e.SelectionTimestamp, time.Now())
		}
	}
}

// note records a change. The owner's process is looked up when the owner is
// another one, so a program that takes PRIMARY again at every move of the
// mouse costs no request.
func (w *x11Watcher) note(s Selection, owner xproto.Window, stamp xproto.Timestamp, at time.Time) {
	w.mu.Lock()
	pid, same := w.state[s].pid, w.state[s].owner == owner
	w.mu.Unlock()
	if !same {
		pid = w.conn.PID(owner, 0)
	}
	w.mu.Lock()
	st := &w.state[s]
	close(st.replaced)
	*st = state{seq: st.seq + 1, at: at, owner: owner, pid: pid, time: stamp,
		replaced: make(chan struct{}), draining: idle}
	st.pending = s != proof
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// emit hands out the latest change of each selection. A receiver that is slow
// gets the newest when it comes back.
func (w *x11Watcher) emit() {
	defer w.wg.Done()
	defer close(w.changes)
	for {
		c, ok := w.next()
		out := w.changes
		if !ok {
			out = nil
		}
		select {
		case out <- c:
			w.taken(c)
		case <-w.wake:
		case <-w.done:
			return
		}
	}
}

func (w *x11Watcher) next() (Change, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, st := range w.state {
		if st.pending {
			return Change{Selection: Selection(i), Seq: st.seq, At: st.at, OwnerPID: st.pid}, true
		}
	}
	return Change{}, false
}

func (w *x11Watcher) taken(c Change) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if st := &w.state[c.Selection]; st.seq == c.Seq {
		st.pending = false
	}
}

func (w *x11Watcher) Changes() <-chan Change { return w.changes }

func (w *x11Watcher) Reads() uint64 { return w.reads.Load() }

func (w *x11Watcher) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

func (w *x11Watcher) Close() {
	w.closeOnce.Do(func() {
		close(w.closing)
		w.conn.Close()
	})
	ended := make(chan struct{})
	go func() {
		w.wg.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(ReadTimeout):
	}
}

// atoms are the numbers of the names that are used.
type atoms struct {
	selection [selections]xproto.Atom

	targets, incr, property xproto.Atom

	utf8, plainUTF8, latin1, plain xproto.Atom

	concealed, images, files []xproto.Atom
}

// concealedNames are targets by which programs say that a clip is secret:
// KeePassXC and KDE's Klipper; the macOS and Windows conventions, which
// programs that run on all three sometimes offer on Linux as well
// (nspasteboard.org; Microsoft, "Clipboard Formats").
var concealedNames = []string{
	"x-kde-passwordManagerHint",
	"org.nspasteboard.ConcealedType", "application/x-nspasteboard-concealed-type",
	"com.agilebits.onepassword",
	"ExcludeClipboardContentFromMonitorProcessing", "Clipboard Viewer Ignore",
}

var imageNames = []string{"image/png", "image/jpeg", "image/bmp", "image/x-bmp", "image/tiff", "image/gif", "image/webp", "image/svg+xml", "PIXMAP", "BITMAP"}

var fileNames = []string{"text/uri-list", "x-special/gnome-copied-files", "x-special/mate-copied-files", "application/x-kde-cutselection"}

func internAtoms(conn *x11.Conn) (atoms, error) {
	var a atoms
	names := []string{"CLIPBOARD", "PRIMARY", proofName, "TARGETS", "INCR", "HANDRAIL_CLIP", "UTF8_STRING", "text/plain;charset=utf-8", "STRING", "text/plain"}
	fixed := []*xproto.Atom{&a.selection[Clipboard], &a.selection[Primary], &a.selection[proof], &a.targets, &a.incr, &a.property, &a.utf8, &a.plainUTF8, &a.latin1, &a.plain}
	names = append(append(append(names, concealedNames...), imageNames...), fileNames...)
	got, err := conn.Atoms(names...)
	if err != nil {
		return a, err
	}
	for i, p := range fixed {
		*p = got[i]
	}
	got = got[len(fixed):]
	a.concealed, got = got[:len(concealedNames)], got[len(concealedNames):]
	a.images, a.files = got[:len(imageNames)], got[len(imageNames):]
	return a, nil
}

// getProperty asks for the bytes of a property from offset words on. It returns
// the reply as it came off the wire, so that the caller can wipe it: the
// library's own function leaves a second copy in memory.
func (w *x11Watcher) getProperty(win xproto.Window, property xproto.Atom, offset, words uint32) (reply, error) {
	b := make([]byte, 24)
	b[0] = 20 // GetProperty, which deletes nothing
	xgb.Put16(b[2:], uint16(len(b)/4))
	xgb.Put32(b[4:], uint32(win))
	xgb.Put32(b[8:], uint32(property))
	xgb.Put32(b[16:], offset)
	xgb.Put32(b[20:], words)
	cookie := w.conn.NewCookie(true, true)
	w.conn.NewRequest(b, cookie)
	raw, err := cookie.Reply()
	if err != nil {
		return reply{}, err
	}
	return parseReply(raw)
}
