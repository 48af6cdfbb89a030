package session

import (
	"cmp"
	"context"
	"time"
)

// desktop is the account of self-tests of what the desktop tells: copies, and
// which window has the keyboard. A sensor that is open is no proof that its
// events still come.
type desktop struct {
	asking bool
	failed bool      // the last one did
	proof  time.Time // of the last that went all the way, zero for none
}

func (d desktop) proven() bool { return !d.proof.IsZero() && !d.failed }

// proveDesktop starts a self-test of both sensors, unless one is under way.
// Like that of an extension it is made when a sensor is new, and when the person
// comes to an AI tool after a while; nothing wakes up for it in between.
func (e *engine) proveDesktop(ctx context.Context) {
	if e.desktop.asking || e.clipboard == nil || e.watcher == nil || e.paused || !e.policy.Enabled {
		return
	}
	e.desktop.asking = true
	m := desktopProved{clipboard: e.clipboard, focus: e.watcher}
	e.start("self-test", func() {
		limited, cancel := context.WithTimeout(ctx, proofPatience)
		defer cancel()
		m.err = cmp.Or(m.clipboard.Prove(limited), m.focus.Prove(limited))
		e.post(ctx, m)
	})
}

func (e *engine) onDesktopProved(m desktopProved) {
	if m.clipboard != e.clipboard || m.focus != e.watcher {
		return // of a sensor that has ended
	}
	e.desktop.asking, e.desktop.failed = false, m.err != nil
	if m.err == nil {
		e.desktop.proof = time.Now()
	} else {
		e.Log.Warn("the self-test of copies and windows did not go through", "error", m.err)
	}
	e.cover()
}
