package session

import (
	"context"
	"errors"

	"handrail/agent/card"
)

// act is what a control does, in the engine's goroutine: what can take time is
// started from there. An item that is none of those that the panel shows is
// errNoItem, and then nothing was done.
type act struct {
	do    func(e *engine, ctx context.Context, item uint32) error
	items bool // it is about one of several
	// typed is used instead of do by an action that takes a text.
	typed func(e *engine, ctx context.Context, item uint32, text string) error
}

var acts map[card.Action]act

func init() { // not where it is declared: what they do leads back here
	acts = map[card.Action]act{
		card.ForgetValues: {do: func(e *engine, _ context.Context, _ uint32) error {
			e.forgetSafePaste()
			return nil
		}},
		card.BringBack: {do: func(e *engine, ctx context.Context, _ uint32) error {
			e.undo(ctx)
			return nil
		}},
		card.CheckLedger:   {do: (*engine).checkLedger},
		card.ShowBytes:     {do: (*engine).showBytes, items: true},
		card.SwitchReports: {do: (*engine).switchReports, items: true},
		card.Unlearn:       {do: (*engine).unlearn, items: true},
		card.Relearn:       {do: (*engine).relearn, items: true},
		card.GotIt:         {do: func(e *engine, _ context.Context, _ uint32) error { return e.welcomed(true) }},

		card.AskAllowed:  {typed: (*engine).askAllowed},
		card.OpenWay:     {do: (*engine).openWay, items: true},
		card.WantTool:    {do: (*engine).wantAnswer, items: true},
		card.WantTask:    {do: wantTask, items: true},
		card.WantData:    {do: wantData, items: true},
		card.WantLack:    {do: wantLack, items: true},
		card.SendRequest: {do: (*engine).sendWant},
		card.DropRequest: {do: func(e *engine, _ context.Context, _ uint32) error {
			e.want = want{}
			return nil
		}},
		card.LookAnswers: {do: (*engine).lookAnswers},
		card.OpenIssuer:  {do: (*engine).openIssuer, items: true},
		card.ForgetKeys: {do: func(e *engine, _ context.Context, _ uint32) error {
			e.keys = nil
			return nil
		}},
		card.ReadCard:    {do: (*engine).readCard, items: true},
		card.PulseTask:   {do: (*engine).choosePulseTask, items: true},
		card.PulseSaid:   {do: (*engine).choosePulseAnswer, items: true},
		card.PulseCount:  {do: (*engine).countPulse},
		card.PulseSkip:   {do: (*engine).skipPulse},
		card.PulseSwitch: {do: (*engine).onPulseSwitch, items: true},
	}
}

var errNoItem = errors.New("there is no such item")

// onActed does what a control of the panel asks for, if it is on the list. What
// comes from another process is not believed: an action, an item or a text that
// can't be meant is left alone, and the log names none of them.
func (e *engine) onActed(ctx context.Context, v card.Event) {
	a, known := acts[v.Action]
	switch {
	case !known:
		e.Log.Warn("the panel asked for something that this session does not know")
		return
	case !e.panel.open, v.Text != card.Typed(v.Text), v.Text != "" && !v.Action.TakesText():
		e.Log.Warn("the panel asked for something that does not go with its page")
		return
	}
	err := errNoItem
	switch {
	case v.Item != 0 && !a.items:
	case v.Action.TakesText():
		err = a.typed(e, ctx, v.Item, v.Text)
	default:
		err = a.do(e, ctx, v.Item)
	}
	if errors.Is(err, errNoItem) {
		e.Log.Warn("the panel asked for an item that is not there")
		return
	}
	if e.panel.failed = err != nil; e.panel.failed {
		e.trouble("what was asked for in the panel could not be done", err)
	}
	if a.typed == nil { // what comes of a text is shown already
		e.renewPanel(ctx)
	}
}

// renewPanel shows at once what has changed, if the panel is open.
func (e *engine) renewPanel(ctx context.Context) {
	e.panel.again = e.panel.asking
	e.askForPanel(ctx)
}
