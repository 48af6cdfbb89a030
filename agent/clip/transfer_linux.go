package clip

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"handrail/detect"
	"handrail/detect/secret"
)

const (
	// words is how much of a property is asked for at once, in units of 4 bytes.
	words = 64 << 10
	// maxTargets is how many kinds of a clip are looked at.
	maxTargets = 1024
	// An owner that is slow, or sends piece by piece, is let finish after the
	// reader has enough, and not asked again before that: xclip 0.13 never
	// answers anybody again after a transfer that was broken off, or when two
	// ask at once, and the person's clip would be lost. These bound how long.
	drainQuiet = 5 * time.Second
	drainTotal = time.Minute
)

// transfer is a conversation with the owner of a selection. It has a window of
// its own, so that an answer that comes too late meets nobody.
type transfer struct {
	w         *x11Watcher
	win       xproto.Window
	selection xproto.Atom
	stamp     xproto.Timestamp
	replaced  <-chan struct{}

	answers chan xproto.Atom // the property of a SelectionNotify, 0 if refused
	pieces  chan struct{}    // the property has a new value

	owed   bool // the owner has been asked, and may still have something to send
	pieced bool // and sends it piece by piece

	mu     sync.Mutex
	target xproto.Atom // what was asked for last
}

// Read reads a clip; see Watcher.
func (w *x11Watcher) Read(ctx context.Context, s Selection, seq uint64) (Content, error) {
	if s == 0 || int(s) >= selections {
		return Content{}, fmt.Errorf("reading selection %d: there is no such selection", s)
	}
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, ReadTimeout)
		defer cancel()
	}
	select {
	case w.slot <- struct{}{}:
	case <-ctx.Done():
		return Content{}, ended(ctx)
	}
	type answer struct {
		Content
		error
	}
	got := make(chan answer)
	w.mu.Lock()
	if w.ended {
		w.mu.Unlock()
		<-w.slot
		return Content{}, ErrClosed
	}
	w.wg.Add(1)
	w.mu.Unlock()
	go func() {
		defer w.wg.Done()
		defer func() { <-w.slot }()
		c, err := w.read(ctx, s, seq)
		select {
		case got <- answer{c, err}:
		case <-ctx.Done():
			c.Text.Wipe()
		}
	}()
	select {
	case a := <-got:
		return a.Content, a.error
	case <-ctx.Done():
		return Content{}, ended(ctx)
	}
}

// ended says why a context is done, in this package's words.
func ended(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ErrTimeout
	}
	return ctx.Err()
}

func (w *x11Watcher) read(ctx context.Context, s Selection, seq uint64) (Content, error) {
	w.mu.Lock()
	st := w.state[s]
	w.mu.Unlock()
	switch {
	case st.seq != seq:
		return Content{}, ErrGone
	case st.owner == 0:
		return Content{Kind: Empty}, nil
	}
	t, err := w.begin(s, st)
	if err != nil {
		return Content{}, err
	}
	var c Content
	if _, err = wait(ctx, t, st.draining); err == nil {
		c, err = t.read(ctx)
	}
	if t.owed {
		drained := make(chan struct{})
		w.mu.Lock()
		if w.state[s].seq == seq {
			w.state[s].draining = drained
		}
		w.mu.Unlock()
		w.wg.Add(1)
		go t.drain(drained)
	} else {
		t.end()
	}
	if err != nil {
		c.Text.Wipe()
		return Content{}, err
	}
	select {
	case <-st.replaced:
		c.Text.Wipe()
		return Content{}, ErrGone
	default:
		return c, nil
	}
}

// begin makes the window that the answers go to.
func (w *x11Watcher) begin(s Selection, st state) (*transfer, error) {
	win, err := xproto.NewWindowId(w.conn.Conn)
	if err != nil {
		return nil, ErrClosed
	}
	t := &transfer{w: w, win: win, selection: w.atoms.selection[s], stamp: st.time, replaced: st.replaced,
		answers: make(chan xproto.Atom, 1), pieces: make(chan struct{}, 64)}
	w.mu.Lock()
	w.transfers[win] = t
	w.mu.Unlock()
	xproto.CreateWindow(w.conn.Conn, 0, win, w.conn.Root, -1, -1, 1, 1, 0, xproto.WindowClassInputOnly, 0,
		xproto.CwOverrideRedirect|xproto.CwEventMask, []uint32{1, xproto.EventMaskPropertyChange})
	return t, nil
}

func (t *transfer) end() {
	t.w.mu.Lock()
	delete(t.w.transfers, t.win)
	t.w.mu.Unlock()
	xproto.DestroyWindow(t.w.conn.Conn, t.win)
}

func (w *x11Watcher) transferTo(win xproto.Window) *transfer {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.transfers[win]
}

// answered is called by listen, and does not wait.
func (t *transfer) answered(e xproto.SelectionNotifyEvent) {
	t.mu.Lock()
	asked := t.target == e.Target && t.selection == e.Selection
	t.mu.Unlock()
	if !asked {
		return
	}
	select {
	case t.answers <- e.Property:
	default:
	}
}

// arrived is called by listen, and does not wait. An owner that floods the
// window loses pieces, and the reader runs into its deadline.
func (t *transfer) arrived(property xproto.Atom) {
	if property != t.w.atoms.property {
		return
	}
	select {
	case t.pieces <- struct{}{}:
	default:
	}
}

// read asks what there is, and for the text if it may.
func (t *transfer) read(ctx context.Context) (c Content, err error) {
	targets, err := t.targets(ctx)
	if err != nil {
		return c, err
	}
	if c.Kind = t.w.atoms.kind(targets); c.Kind != Text {
		return c, nil
	}
	// Should another program take the selection right now, then it is asked
	// for text without having said whether that is secret. The request bears
	// the time at which the one that did say so took the selection, and the
	// other has to refuse a request from before its own (ICCCM 2.2); whatever
	// comes nevertheless is wiped, because this clip is gone.
	if t.selection != t.w.atoms.selection[proof] {
		t.w.reads.Add(1)
	}
	var b buffer
	typ, err := t.convert(ctx, t.w.atoms.text(targets), &b, detect.MaxText)
	switch {
	case errors.Is(err, errRefused):
		b.wipe()
		return Content{Kind: Other}, nil
	case err != nil:
		b.wipe()
		return c, err
	}
	if typ == t.w.atoms.latin1 {
		b.fromLatin1()
	}
	b.truncate(detect.MaxText)
	c.Text, c.Partial = secret.New(b.bytes), b.more
	return c, nil
}

// targets asks in which kinds the clip is on offer.
func (t *transfer) targets(ctx context.Context) ([]xproto.Atom, error) {
	var b buffer
	_, err := t.convert(ctx, t.w.atoms.targets, &b, maxTargets*4)
	if errors.Is(err, errRefused) || b.more {
		// It can't be known whether this clip is secret, so it is not read.
		return nil, nil
	}
	var list []xproto.Atom
	for p := b.bytes; len(p) >= 4; p = p[4:] {
		list = append(list, xproto.Atom(xgb.Get32(p)))
	}
	return list, err
}

// errRefused means that the owner does not give its clip in that kind.
var errRefused = errors.New("the program that owns the clip refused")

// convert asks the owner for the clip in one kind and puts at most limit bytes
// of it into b, of which more says whether there were more. It returns the
// type of what came.
func (t *transfer) convert(ctx context.Context, target xproto.Atom, b *buffer, limit int) (typ xproto.Atom, err error) {
	a := &t.w.atoms
	t.mu.Lock()
	t.target = target
	t.mu.Unlock()
	t.owed, t.pieced = true, false
	xproto.ConvertSelection(t.w.conn.Conn, t.win, t.selection, target, a.property, t.stamp)
	property, err := wait(ctx, t, t.answers)
	if err != nil {
		return 0, err
	}
	if property != a.property {
		t.owed = false
		return 0, errRefused
	}
	t.forgetPieces()
	typ, size, err := t.take(b, limit)
	if err != nil {
		return typ, err
	}
	if typ != a.incr {
		t.owed = false
		if typ == 0 {
			return 0, errRefused // the owner said yes, and gave nothing
		}
		return typ, nil
	}
	// Piece by piece: the first value is about how much there will be, and
	// deleting the property, as take did, asks for the next. An empty one is
	// the end.
	t.pieced = true
	b.grow(min(size, limit))
	for {
		if _, err := wait(ctx, t, t.pieces); err != nil {
			return typ, err
		}
		piece, size, err := t.take(b, limit)
		switch {
		case err != nil:
			return typ, err
		case piece == 0: // taken already, with the piece before
		case size == 0:
			t.owed = false
			return piece, nil
		case b.more:
			return piece, nil
		}
	}
}

// wait waits for the owner, and for whatever makes waiting pointless.
func wait[T any](ctx context.Context, t *transfer, from <-chan T) (v T, err error) {
	select {
	case v = <-from:
		return v, nil
	case <-t.replaced:
		return v, ErrGone
	case <-t.w.done:
		return v, ErrClosed
	case <-ctx.Done():
		return v, ended(ctx)
	}
}

// forgetPieces drops the notice of the value that SelectionNotify was about.
// The owner wrote it before it answered, so it is here already; the next piece
// comes only after the property is deleted.
func (t *transfer) forgetPieces() {
	for {
		select {
		case <-t.pieces:
		default:
			return
		}
	}
}

// take appends the property's value to b, up to limit bytes in all, and
// deletes the property. It returns the value's whole size; for INCR, the size
// that the owner announces.
func (t *transfer) take(b *buffer, limit int) (typ xproto.Atom, size int, err error) {
	a := &t.w.atoms
	for offset := uint32(0); ; offset += words {
		r, err := t.w.getProperty(t.win, a.property, offset, words)
		if err != nil {
			return 0, 0, fmt.Errorf("reading the clip: %w", t.w.lost(err))
		}
		if r.typ == a.incr {
			if size = int(detect.MaxText); len(r.value) >= 4 {
				size = int(xgb.Get32(r.value))
			}
			r.wipe()
			xproto.DeleteProperty(t.w.conn.Conn, t.win, a.property)
			return a.incr, size, nil
		}
		typ, size = r.typ, int(offset)*4+len(r.value)+r.after
		b.append(r.value, limit)
		r.wipe()
		if r.after == 0 || b.more {
			xproto.DeleteProperty(t.w.conn.Conn, t.win, a.property)
			return typ, size, nil
		}
	}
}

// lost tells a closed connection from a request that failed.
func (w *x11Watcher) lost(err error) error {
	select {
	case <-w.done:
		return ErrClosed
	default:
		return err
	}
}

// drain lets an owner finish sending, without reading what it sends.
// From here on the window is drain's.
func (t *transfer) drain(drained chan<- struct{}) {
	defer t.w.wg.Done()
	defer close(drained)
	defer t.end()
	total := time.NewTimer(drainTotal)
	defer total.Stop()
	quiet := time.NewTimer(drainQuiet)
	defer quiet.Stop()
	for {
		// Length 0: the answer says how long the value is, and holds none of it.
		r, err := t.w.getProperty(t.win, t.w.atoms.property, 0, 0)
		if err != nil {
			return
		}
		if r.typ != 0 {
			xproto.DeleteProperty(t.w.conn.Conn, t.win, t.w.atoms.property)
			if r.typ == t.w.atoms.incr {
				t.pieced = true
			} else if !t.pieced || r.after == 0 {
				return // all of it, or the empty piece that is the end
			}
		}
		select {
		case <-t.pieces:
			quiet.Reset(drainQuiet)
		case <-quiet.C:
			return
		case <-total.C:
			return
		case <-t.w.done:
			return
		}
	}
}
