package focus

import (
	"context"
	"errors"

	"github.com/jezek/xgb/xproto"
)

// proofName is the property that a self-test changes, on a window that nobody
// sees.
const proofName = "HANDRAIL_PROOF"

var (
	errEnded   = errors.New("the window with the keyboard is no longer watched")
	errNotTold = errors.New("the desktop does not say when another window has the keyboard")
)

// proving is a self-test under way.
type proving struct {
	done    chan<- error
	win     xproto.Window // its own, which nobody sees
	active  xproto.Window // by the window manager, when it began
	follows uint64        // how often another was active before
}

// Prove shows that it is still seen which window has the keyboard: a change
// goes from the X server through the same events, and the window that the
// window manager names has to be the one that they told of. The error says what
// did not go through; until ctx ends at most.
func (w *Watcher) Prove(ctx context.Context) error {
	done := make(chan error, 1)
	select {
	case w.proofs <- done:
	case <-w.quit:
		return errEnded
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// beginProof changes something that is told of like the change of the active
// window. One that is under way, and was given up, makes room.
func (w *Watcher) beginProof(done chan<- error) {
	w.endProof(errEnded)
	win, err := xproto.NewWindowId(w.conn.Conn)
	if err != nil {
		done <- errEnded
		return
	}
	w.proving = &proving{done: done, win: win, active: w.active(), follows: w.follows}
	xproto.CreateWindow(w.conn.Conn, 0, win, w.conn.Root, -1, -1, 1, 1, 0, xproto.WindowClassInputOnly, 0,
		xproto.CwOverrideRedirect|xproto.CwEventMask, []uint32{1, xproto.EventMaskPropertyChange})
	xproto.ChangeProperty(w.conn.Conn, xproto.PropModeReplace, win, w.atoms.proof, xproto.AtomString, 8, 1, []byte{1})
}

// endProof ends the self-test, if there is one. Events come in order: had
// another window become active before it began, then that was told.
func (w *Watcher) endProof(err error) {
	p := w.proving
	if p == nil {
		return
	}
	w.proving = nil
	xproto.DestroyWindow(w.conn.Conn, p.win)
	if err == nil && p.active != 0 && p.active != w.watched && p.follows == w.follows {
		err = errNotTold
	}
	p.done <- err
}
