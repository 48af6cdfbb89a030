package clip

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/jezek/xgb/xproto"

	"handrail/detect/secret"
)

// proofName is the selection that Prove uses. A clipboard manager, and any
// program that pastes, knows CLIPBOARD and PRIMARY only.
const proofName = "HANDRAIL_PROOF"

var (
	errNoNotice = errors.New("the desktop does not say when something is copied")
	errAltered  = errors.New("a self-test's text did not come back as it was")
)

// Prove is what Watcher.Prove says.
func (w *x11Watcher) Prove(ctx context.Context) error {
	told := w.stateOf(Clipboard)
	owner, err := w.ownerOf(ctx, Clipboard)
	if err != nil {
		return err
	}
	var nonce [16]byte
	rand.Read(nonce[:]) // never fails, see crypto/rand
	text := []byte("Handrail self-test " + hex.EncodeToString(nonce[:]))
	o, err := ownWithin(ctx, proofName, secret.New(bytes.Clone(text)))
	if err != nil {
		return fmt.Errorf("a self-test's text could not be offered: %w", err)
	}
	go o.serve()
	defer o.end()
	seq, err := w.awaitProof(ctx, o.win)
	if err != nil {
		return err
	}
	content, err := w.Read(ctx, proof, seq)
	defer content.Text.Wipe()
	if err != nil {
		return err
	}
	if content.Kind != Text || !bytes.Equal(content.Text.Bytes(), text) {
		return errAltered
	}
	// Notices come in order, so that of the clipboard's owner was here before
	// the self-test's: unless it was lost.
	if now := w.stateOf(Clipboard); now.seq == told.seq && now.owner != owner {
		return errNoNotice
	}
	return nil
}

func (w *x11Watcher) stateOf(s Selection) state {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state[s]
}

// ownerOf asks the server who owns a selection.
func (w *x11Watcher) ownerOf(ctx context.Context, s Selection) (xproto.Window, error) {
	type answer struct {
		owner xproto.Window
		error
	}
	got := make(chan answer, 1)
	go func() {
		r, err := xproto.GetSelectionOwner(w.conn.Conn, w.atoms.selection[s]).Reply()
		if err != nil {
			got <- answer{0, w.lost(err)}
			return
		}
		got <- answer{r.Owner, nil}
	}()
	select {
	case a := <-got:
		return a.owner, a.error
	case <-ctx.Done():
		return 0, ended(ctx)
	}
}

// awaitProof waits for the notice that the self-test's owner has the
// selection, and returns its number.
func (w *x11Watcher) awaitProof(ctx context.Context, owner xproto.Window) (seq uint64, err error) {
	for {
		st := w.stateOf(proof)
		if st.owner == owner {
			return st.seq, nil
		}
		select {
		case <-st.replaced:
		case <-w.done:
			return 0, ErrClosed
		case <-ctx.Done():
			return 0, errNoNotice
		}
	}
}

// ownWithin owns a selection, or gives up when ctx ends: a desktop that hangs
// lets nobody in.
func ownWithin(ctx context.Context, name string, text *secret.Text) (*x11Owner, error) {
	type taken struct {
		*x11Owner
		error
	}
	got := make(chan taken)
	go func() {
		o, err := ownSelection(name, text)
		if err != nil {
			text.Wipe()
		}
		select {
		case got <- taken{o, err}:
		case <-ctx.Done():
			if err == nil {
				o.end()
				o.serve()
			}
		}
	}()
	select {
	case t := <-got:
		return t.x11Owner, t.error
	case <-ctx.Done():
		return nil, ended(ctx)
	}
}
