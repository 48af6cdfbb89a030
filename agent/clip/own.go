package clip

import (
	"errors"
	"sync"
	"time"

	"handrail/detect/secret"
)

// Owner puts texts of Handrail's own on the clipboard. The zero value is ready
// for use; its methods may be called by any goroutine.
//
// A text is there until another program copies something or this process ends,
// however it ends: on X11 a clip lives in the program that it is from. A
// clipboard manager may have kept it, as it keeps any clip.
type Owner struct {
	mu     sync.Mutex
	held   map[holding]struct{}
	closed bool
	wg     sync.WaitGroup
}

// holding is the operating system's side of one text on the clipboard.
type holding interface {
	// serve hands the text out until another program takes the clipboard, then
	// wipes it.
	serve()
	// end makes serve return. It may be called more than once.
	end()
}

var (
	errNotTaken = errors.New("another program took the clipboard at the same time")
	errHangs    = errors.New("the desktop does not answer")
)

// Set puts a text on the clipboard and returns once it can be pasted. The text
// is the Owner's from here on: it is wiped when another program takes the
// clipboard, when Close is called, and after an error, which leaves the
// clipboard as it was. Where Handrail can't own the clipboard, the error is a
// *coverage.Unavailable that says why. A desktop that hangs is waited for as
// long as ReadTimeout.
func (o *Owner) Set(text *secret.Text) error {
	type taken struct {
		holding
		error
	}
	got := make(chan taken, 1)
	go func() {
		h, err := own(text)
		if err != nil {
			text.Wipe()
		}
		got <- taken{h, err}
	}()
	patience := time.NewTimer(ReadTimeout)
	defer patience.Stop()
	select {
	case t := <-got:
		if t.error != nil {
			return t.error
		}
		return o.hold(t.holding)
	case <-patience.C:
		go func() {
			if t := <-got; t.error == nil {
				t.end()
				t.serve()
			}
		}()
		return errHangs
	}
}

func (o *Owner) hold(h holding) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		h.end()
		go h.serve()
		return ErrClosed
	}
	if o.held == nil {
		o.held = map[holding]struct{}{}
	}
	o.held[h] = struct{}{}
	o.wg.Add(1)
	go func() {
		defer o.wg.Done()
		h.serve()
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.held, h)
	}()
	return nil
}

// Close takes the text off the clipboard and wipes it. A desktop that hangs is
// waited for as long as ReadTimeout.
func (o *Owner) Close() {
	o.mu.Lock()
	o.closed = true
	for h := range o.held {
		h.end()
	}
	o.mu.Unlock()
	done := make(chan struct{})
	go func() {
		o.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(ReadTimeout):
	}
}
