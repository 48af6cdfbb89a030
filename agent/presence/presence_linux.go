package presence

import (
	"sync"
	"time"

	"github.com/jezek/xgb/screensaver"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/x11"
)

// Watcher asks the X server when it is asked; in between it costs nothing.
type Watcher struct {
	conn *x11.Conn

	mu   sync.Mutex // guards last
	last sample
}

// Open connects to the desktop. Where there is none that can be asked, the
// error is a *coverage.Unavailable.
func Open() (*Watcher, error) {
	conn, err := x11.Dial()
	if err != nil {
		return nil, err
	}
	if _, err := conn.Extension("MIT-SCREEN-SAVER"); err != nil {
		conn.Close()
		return nil, x11.Unavailable(err)
	}
	w := &Watcher{conn: conn}
	go w.drain()
	w.last, _ = w.sample()
	return w, nil
}

// drain lets the library deliver what nobody waits for; it ends with the
// connection.
func (w *Watcher) drain() {
	for {
		if ev, err := w.conn.WaitForEvent(); ev == nil && err == nil {
			return
		}
	}
}

func (w *Watcher) sample() (sample, bool) {
	idle := screensaver.QueryInfo(w.conn.Conn, xproto.Drawable(w.conn.Root))
	pointer := xproto.QueryPointer(w.conn.Conn, w.conn.Root)
	i, err := idle.Reply()
	if err != nil {
		return sample{}, false
	}
	p, err := pointer.Reply()
	if err != nil {
		return sample{}, false
	}
	const buttons = xproto.KeyButMaskButton1 | xproto.KeyButMaskButton2 | xproto.KeyButMaskButton3 | xproto.KeyButMaskButton4 | xproto.KeyButMaskButton5
	return sample{
		idle: time.Duration(i.MsSinceUserInput) * time.Millisecond,
		x:    int(p.RootX), y: int(p.RootY), buttons: p.Mask & buttons,
	}, true
}

// Typing tells whether keys have been pressed just now, and after since.
// Pointer input is not typing. Where it can't be told the answer is no: a
// nudge that comes is better than one that waits for ever.
// An X server that hangs is waited for as long as answerTime.
func (w *Watcher) Typing(since time.Time) bool {
	if !w.mu.TryLock() {
		return false // the one before still waits for its answer
	}
	got := make(chan bool, 1)
	go func() {
		defer w.mu.Unlock()
		s, ok := w.sample()
		got <- ok && typing(time.Now(), since, w.last, s)
		if ok {
			w.last = s
		}
	}()
	late := time.NewTimer(answerTime)
	defer late.Stop()
	select {
	case is := <-got:
		return is
	case <-late.C:
		return false
	}
}

// answerTime is long for an X server, and short for the session that asks.
const answerTime = time.Second

// Idle returns the time since the last input of any kind, and whether that is
// known.
func (w *Watcher) Idle() (time.Duration, bool) {
	s, ok := w.sample()
	return s.idle, ok
}

// Close ends the connection.
func (w *Watcher) Close() error {
	w.conn.Close()
	return nil
}
