package clip

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// hung is a clip on a desktop that no longer answers, until it is freed.
type hung struct {
	free  chan struct{}
	ended bool
}

func (h *hung) serve() { <-h.free }
func (h *hung) end()   { h.ended = true }

func TestCloseDoesNotWaitForADesktopThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var o Owner
		a, b := &hung{free: make(chan struct{})}, &hung{free: make(chan struct{})}
		if err := o.hold(a); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		o.Close()
		if took := time.Since(began); took != ReadTimeout || !a.ended {
			t.Errorf("closed after %v, ended %v", took, a.ended)
		}
		if err := o.hold(b); !errors.Is(err, ErrClosed) || !b.ended {
			t.Errorf("after Close: %v, ended %v", err, b.ended)
		}
		close(a.free)
		close(b.free)
		synctest.Wait()
		if len(o.held) != 0 {
			t.Errorf("%d are still held", len(o.held))
		}
	})
}
