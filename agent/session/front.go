package session

import (
	"context"
	"time"

	"handrail/agent/card"
	"handrail/agent/nudge"
)

// notifyTimeout bounds one call to the notification server.
const notifyTimeout = 3 * time.Second

// front does what can block on the way to the screen, in order and one at a
// time, so that a card is never withdrawn before it was shown. The engine
// never waits for it.
type front struct {
	jobs    chan func()
	waiting []func()
}

func (f *front) do(job func()) { f.waiting = append(f.waiting, job) }

// next returns where the next job goes, or nil while there is none.
func (f *front) next() (chan<- func(), func()) {
	if len(f.waiting) == 0 {
		return nil, nil
	}
	return f.jobs, f.waiting[0]
}

func (f *front) sent() { f.waiting = f.waiting[1:] }

func (f *front) work(ctx context.Context) {
	for {
		select {
		case job := <-f.jobs:
			job()
		case <-ctx.Done():
			return
		}
	}
}

func (e *engine) show(ctx context.Context, c card.Card) {
	w := e.windows
	if w == nil {
		e.play(ctx, nudge.Failed{At: time.Now(), Card: c.ID})
		return
	}
	e.front.do(func() {
		if err := w.Show(c); err != nil {
			e.Log.Warn("a nudge's window was not shown", "error", err)
			e.post(ctx, happened{nudge.Failed{At: time.Now(), Card: c.ID}})
		}
	})
}

func (e *engine) notify(ctx context.Context, c card.Card) {
	e.front.do(func() {
		limited, cancel := context.WithTimeout(ctx, notifyTimeout)
		defer cancel()
		err := e.Notifier.Show(limited, c, func(a card.Answer) {
			if a == 0 {
				e.post(ctx, happened{nudge.Closed{At: time.Now(), Card: c.ID, Notification: true}})
			} else {
				e.post(ctx, happened{nudge.Answered{At: time.Now(), Card: c.ID, Answer: a}})
			}
		})
		if err != nil {
			e.Log.Warn("a nudge's notification was not shown", "error", err)
			e.post(ctx, notified{c.ID, false})
			return
		}
		e.post(ctx, notified{c.ID, true})
	})
}

// onNotified is the end of an attempt to show a notification.
func (e *engine) onNotified(ctx context.Context, n notified) {
	e.mute = !n.ok
	e.cover()
	if n.ok {
		e.play(ctx, nudge.Shown{At: time.Now(), Card: n.card})
	} else {
		e.play(ctx, nudge.Failed{At: time.Now(), Card: n.card, Notification: true})
	}
}

func (e *engine) withdraw(id card.ID) {
	w := e.windows
	e.front.do(func() {
		if w != nil {
			if err := w.Withdraw(id); err != nil {
				e.Log.Debug("a nudge's window could not be withdrawn; it may have gone already", "error", err)
			}
		}
		e.Notifier.Withdraw(id)
	})
}

// open can wait for the desktop, so it is for a goroutine of its own.
func (e *engine) open(ctx context.Context, address string) {
	if err := openSafely(ctx, e.Opener, address); err != nil {
		e.Log.Error("the approved tool could not be opened", "error", err)
		e.post(ctx, openFailed{})
	}
}

// onWindow is what the window process says about a card.
func (e *engine) onWindow(ctx context.Context, v card.Event) {
	now := time.Now()
	if !e.sees(windowsPart) && (v.Kind == card.EventReady || v.Kind == card.EventShown) {
		e.up(windowsPart)
	}
	if v.ID >= firstQuiet {
		switch v.Kind {
		case card.EventAnswered:
			e.onQuietAnswer(ctx, v.ID, v.Answer)
		case card.EventClosed:
			e.onQuietAnswer(ctx, v.ID, card.Dismiss)
		}
		return
	}
	switch v.Kind {
	case card.EventShown:
		e.play(ctx, nudge.Shown{At: now, Card: v.ID})
	case card.EventFailed:
		e.play(ctx, nudge.Failed{At: now, Card: v.ID})
	case card.EventAnswered:
		e.play(ctx, nudge.Answered{At: now, Card: v.ID, Answer: v.Answer})
	case card.EventActed:
		e.onActed(ctx, v)
	case card.EventPanelShut:
		e.shutPanel()
	case card.EventClosed:
		e.play(ctx, nudge.Closed{At: now, Card: v.ID})
	}
}
