package session

import (
	"context"
	"time"

	"handrail/agent/card"
)

// firstQuiet is the number of the first quiet card. nudge.Step numbers its own
// from 1 and passes over all others.
const firstQuiet card.ID = 1 << 32

// quietFor is how long a quiet card stays up. The tray offers the same for as
// long as it holds.
const quietFor = 30 * time.Second

// quiet is the quiet card that may be up.
type quiet struct {
	last card.ID
	card card.Card   // ID 0: none
	ends *time.Timer // set while there is one
}

// showQuiet shows a quiet card instead of the one before, unless now is no moment
// for a window: the tray has it then.
func (e *engine) showQuiet(ctx context.Context, c card.Card) {
	e.withdrawQuiet()
	if !e.momentForQuiet() {
		return
	}
	if e.quiet.last < firstQuiet {
		e.quiet.last = firstQuiet - 1
	}
	e.quiet.last++
	c.ID = e.quiet.last
	e.quiet.card = c
	e.quiet.ends.Reset(quietFor)
	w := e.windows
	e.front.do(func() {
		if w == nil || w.Show(c) != nil {
			e.notifyQuiet(ctx, c)
		}
	})
}

// momentForQuiet says whether a quiet card would not be in the way now.
func (e *engine) momentForQuiet() bool {
	_, nudged := e.nudge.Card()
	return !nudged && !e.moment.Busy() && !e.focus.Window.Fullscreen
}

// notifyQuiet shows a quiet card as a notification. It runs beside the engine.
func (e *engine) notifyQuiet(ctx context.Context, c card.Card) {
	limited, cancel := context.WithTimeout(ctx, notifyTimeout)
	defer cancel()
	err := e.Notifier.Show(limited, c, func(a card.Answer) {
		if a != 0 {
			e.post(ctx, quietAnswered{c.ID, a})
		}
	})
	if err != nil {
		e.Log.Info("a quiet card was not shown", "error", err)
	}
}

// withdrawQuiet takes the quiet card off the screen, if one is up.
func (e *engine) withdrawQuiet() {
	e.quiet.ends.Stop()
	if id := e.quiet.card.ID; id != 0 {
		e.quiet.card = card.Card{}
		e.withdraw(id)
	}
}

// onQuietAnswer is an answer to the quiet card. One that has been replaced
// offers nothing any more.
func (e *engine) onQuietAnswer(ctx context.Context, id card.ID, a card.Answer) {
	if id != e.quiet.card.ID {
		return
	}
	e.withdrawQuiet()
	switch a {
	case card.ShowWelcome:
		e.handle(ctx, openPanel{card.TabWelcome})
	case card.Understood:
		if err := e.welcomed(true); err != nil {
			e.trouble("the page about what Handrail does is offered again next time", err)
		}
	case card.PutBack:
		e.putBack(ctx)
	case card.Undo:
		e.undo(ctx)
	}
}
