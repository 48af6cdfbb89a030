package session

import (
	"context"

	"handrail/agent/card"
)

// acts are what the panel's controls do, each in the engine's goroutine: what can
// take time is started from there. One whose item is none of those that the panel
// shows does nothing and returns false.
var acts = map[card.Action]func(e *engine, ctx context.Context, v card.Event) bool{
	card.ForgetValues: whole(func(e *engine, _ context.Context) { e.forgetSafePaste() }),
	card.BringBack:    whole(func(e *engine, ctx context.Context) { e.undo(ctx) }),
}

// whole makes what an action does that is about no item.
func whole(do func(e *engine, ctx context.Context)) func(*engine, context.Context, card.Event) bool {
	return func(e *engine, ctx context.Context, v card.Event) bool {
		if v.Item != 0 {
			return false
		}
		do(e, ctx)
		return true
	}
}

// onActed does what a control of the panel asks for, if it is on the list. What
// comes from another process is not believed: an action, an item or a text that
// can't be meant is left alone, and the log names none of them.
func (e *engine) onActed(ctx context.Context, v card.Event) {
	act, known := acts[v.Action]
	switch {
	case !known:
		e.Log.Warn("the panel asked for something that this session does not know")
	case !e.panel.open, v.Text != card.Typed(v.Text), v.Text != "" && !v.Action.TakesText():
		e.Log.Warn("the panel asked for something that does not go with its page")
	case !act(e, ctx, v):
		e.Log.Warn("the panel asked for an item that is not there")
	default:
		e.renewPanel(ctx)
	}
}

// renewPanel shows at once what has changed, if the panel is open.
func (e *engine) renewPanel(ctx context.Context) {
	e.panel.again = e.panel.asking
	e.askForPanel(ctx)
}
