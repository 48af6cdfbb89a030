// Package tray is Handrail's icon in the desktop's panel, and the menu behind
// it. It runs in the session. What it shows is data (FaceOf), which is tested
// without a screen; one file knows the library that draws it.
//
//	t := tray.New(version, text.For("de"), log)
//	defer t.Close()
//	t.Show(card.Tray{State: card.TrayWatching})
//	for choice := range t.Events() { ... }
//
// What it is not: needed. A desktop without a place for icons gets none, which
// costs nothing and is no error; the icon appears when such a place does.
package tray

import (
	"context"
	_ "embed"
	"errors"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"handrail/agent/card"
	"handrail/ui/text"
)

// ErrUnsupported says that this system's tray is not built in yet.
var ErrUnsupported = errors.New("the tray icon is not built for this system yet")

const (
	// settle is how long changes are gathered before they are shown.
	settle = 100 * time.Millisecond
	// closePatience bounds Close: a message bus that hangs must not keep the
	// session from ending.
	closePatience = 2 * time.Second
)

// Icon names one of the icons.
type Icon string

// The icons: 64 by 64 pixels, told apart by outline, sign and colour.
const (
	Watching Icon = "watching"
	Badged   Icon = "badged" // watching, and something was held back
	Paused   Icon = "paused"
	Blind    Icon = "blind"
)

var (
	//go:embed icons/watching.png
	watchingPNG []byte
	//go:embed icons/badged.png
	badgedPNG []byte
	//go:embed icons/paused.png
	pausedPNG []byte
	//go:embed icons/blind.png
	blindPNG []byte
)

// PNG returns the icon's file.
func (i Icon) PNG() []byte {
	switch i {
	case Watching:
		return watchingPNG
	case Badged:
		return badgedPNG
	case Paused:
		return pausedPNG
	default:
		return blindPNG
	}
}

// Tray is the icon. A process has one at most.
type Tray struct {
	version string
	words   text.Printer
	log     *slog.Logger
	states  chan card.Tray // holds the newest one that was not taken
	events  chan card.TrayChoice
	stop    context.CancelFunc
	done    chan struct{}
	helpers sync.WaitGroup
}

// New returns a tray, which looks for a place in the panel until it is closed.
// Nothing is shown before the first call of Show.
func New(version string, words text.Printer, log *slog.Logger) *Tray {
	ctx, stop := context.WithCancel(context.Background())
	t := &Tray{
		version: version, words: words, log: log, stop: stop,
		states: make(chan card.Tray, 1), events: make(chan card.TrayChoice), done: make(chan struct{}),
	}
	go func() {
		defer close(t.done)
		defer t.helpers.Wait()
		if err := t.run(ctx); err != nil && ctx.Err() == nil {
			log.Info("there is no icon in the panel; \"handrail status\" says what it would", "error", err)
		}
	}()
	return t
}

// Show replaces what the icon and its menu say. It doesn't wait for the
// desktop. One goroutine calls it.
func (t *Tray) Show(s card.Tray) {
	select {
	case <-t.states: // out of date
	default:
	}
	t.states <- s
}

// Events tells what was chosen in the menu. It is never closed.
func (t *Tray) Events() <-chan card.TrayChoice { return t.events }

// Close takes the icon away.
func (t *Tray) Close() error {
	t.stop()
	select {
	case <-t.done:
		return nil
	case <-time.After(closePatience):
		return errors.New("closing the tray: the desktop does not answer")
	}
}

func (t *Tray) face(s card.Tray) Face { return FaceOf(s, t.version, t.words) }

// first waits for something to show.
func (t *Tray) first(ctx context.Context) (Face, error) {
	select {
	case s := <-t.states:
		return t.face(s), nil
	case <-ctx.Done():
		return Face{}, ctx.Err()
	}
}

// follow gives draw each face that differs from the one before, a little after
// the change, until ctx ends.
func (t *Tray) follow(ctx context.Context, shown Face, draw func(before, now Face)) {
	next := shown
	settled := time.NewTimer(time.Hour)
	settled.Stop()
	defer settled.Stop()
	waiting := false
	for {
		select {
		case s := <-t.states:
			next = t.face(s)
			if !waiting && !reflect.DeepEqual(shown, next) {
				waiting = true
				settled.Reset(settle)
			}
		case <-settled.C:
			waiting = false
			if !reflect.DeepEqual(shown, next) {
				draw(shown, next)
				shown = next
			}
		case <-ctx.Done():
			return
		}
	}
}
