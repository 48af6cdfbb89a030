package session

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"handrail/agent/card"
	"handrail/agent/local"
	"handrail/agent/pulse"
	"handrail/agent/report"
)

// pulses is the weekly question.
type pulses struct {
	book  pulse.Book
	draft pulse.Answers // what is chosen in the panel, in memory only
}

// openPulse reads when the question last came.
func (e *engine) openPulse() {
	b, err := pulse.Open(e.Paths.UserState, pulse.DayOf(time.Now()))
	if err != nil {
		e.trouble("when the weekly question came can't be read", err)
	}
	e.pulse.book = b
}

// pulseMoment is what matters for the question now.
func (e *engine) pulseMoment() pulse.Moment {
	_, nudged := e.nudge.Card()
	return pulse.Moment{
		Today:     pulse.DayOf(time.Now()),
		PolicyOff: !e.policy.Pulse, ReportsOff: ReportsOff(e.Paths.UserState),
		Paused: e.paused || !e.policy.Enabled,
		Busy:   e.moment.Busy() || e.focus.Window.Fullscreen,
		Typing: e.typing(), Asked: nudged || e.quiet.card.ID != 0,
	}
}

// offerPulse puts the question into the tray, once a week, as the person comes
// from one window to another: that is when least is disturbed. Nothing opens by
// itself, and no timer wakes anybody for it.
func (e *engine) offerPulse() {
	m := e.pulseMoment()
	if e.pulse.book.Why(m) == 0 {
		e.pulse.book.Offered = m.Today
		e.savePulse()
	}
	if e.pulse.book.Standing(m) != e.tray.Pulse {
		e.showTray()
	}
}

func (e *engine) savePulse() {
	if err := e.pulse.book.Save(e.Paths.UserState); err != nil {
		e.trouble("when the weekly question came could not be kept for the next session", err)
	}
}

// endPulse is after an answer, or none.
func (e *engine) endPulse() {
	e.pulse.draft = pulse.Answers{}
	e.pulse.book.Done = pulse.DayOf(time.Now())
	e.savePulse()
	e.showTray()
}

// switchPulse switches the question off for good, or on again.
func (e *engine) switchPulse(on bool) {
	e.pulse.book.Off = ""
	if !on {
		e.pulse.book.Off, e.pulse.draft = pulse.DayOf(time.Now()), pulse.Answers{}
	}
	e.savePulse()
	e.showTray()
}

// answerPulse counts what somebody says of their week.
func (e *engine) answerPulse(a pulse.Answers) error {
	if w := e.pulse.book.WhyNoAnswer(e.pulseMoment()); w != 0 {
		return e.whyNoPulse(w)
	}
	cells, err := a.Cells()
	if err != nil {
		return err
	}
	for _, c := range cells {
		e.count(c)
	}
	e.endPulse()
	return nil
}

func (e *engine) whyNoPulse(w pulse.Why) error {
	switch w {
	case pulse.WhyPolicy:
		return errors.New("your organisation has switched the weekly question off")
	case pulse.WhyOff:
		return errors.New("you have switched the weekly question off; switch it on: handrail pulse on")
	case pulse.WhyReportsOff:
		return errors.New("reports about what you do are off, so nothing would be counted; switch them on: handrail reports on")
	}
	return fmt.Errorf("this week is done; the next question comes on %s at the earliest", e.pulse.book.Next(pulse.DayOf(time.Now())))
}

// pulseState is what the panel says of the question.
func (e *engine) pulseState() card.Pulse {
	m := e.pulseMoment()
	switch e.pulse.book.WhyNoAnswer(m) {
	case pulse.WhyPolicy:
		return card.Pulse{State: card.PulseByPolicy}
	case pulse.WhyOff:
		return card.Pulse{State: card.PulseOff}
	case pulse.WhyReportsOff:
		return card.Pulse{State: card.PulseReportsOff}
	case pulse.WhyThisWeek:
		next, _ := e.pulse.book.Next(m.Today).Time()
		return card.Pulse{State: card.PulseDone, Next: next}
	}
	p := card.Pulse{State: card.PulseOpen, Task: uint32(e.pulse.draft.Task)}
	for _, s := range e.pulse.draft.Said {
		p.Said = append(p.Said, uint32(s))
	}
	_, err := e.pulse.draft.Cells()
	p.More = err != nil
	return p
}

// choosePulseTask chooses a kind of work in the panel; the same again takes it
// back.
func (e *engine) choosePulseTask(_ context.Context, item uint32) error {
	t := report.Task(item)
	switch {
	case item > 0xff || t.String() == "":
		return errNoItem
	case t == e.pulse.draft.Task:
		t = 0
	}
	e.pulse.draft.Task = t
	return nil
}

func (e *engine) choosePulseAnswer(_ context.Context, item uint32) error {
	a, ok := e.pulse.draft.With(report.Said(item))
	if item > 0xff || !ok {
		return errNoItem
	}
	e.pulse.draft = a
	return nil
}

// countPulse counts what is chosen in the panel. Until that is enough, the panel
// has no button for it and says what is missing.
func (e *engine) countPulse(context.Context, uint32) error {
	if e.pulseState().More {
		return errNoItem
	}
	return e.answerPulse(e.pulse.draft)
}

func (e *engine) skipPulse(context.Context, uint32) error {
	if w := e.pulse.book.WhyNoAnswer(e.pulseMoment()); w != 0 {
		return e.whyNoPulse(w)
	}
	e.endPulse()
	return nil
}

func (e *engine) onPulseSwitch(_ context.Context, to uint32) error {
	if to != card.On && to != card.Off {
		return errNoItem
	}
	e.switchPulse(to == card.On)
	return nil
}

// PulseRequest is the body of POST /v1/pulse on the session's socket. Exactly
// one of its fields is used.
type PulseRequest struct {
	Answers *pulse.Answers `json:"answers,omitempty"`
	Skip    bool           `json:"skip,omitempty"`
	Switch  string         `json:"switch,omitempty"` // "on" or "off"
}

// pulseAsked is such a request.
type pulseAsked struct {
	in   PulseRequest
	done chan<- error
}

func (pulseAsked) message() {}

func (e *engine) onPulseAsked(ctx context.Context, m pulseAsked) {
	var err error
	switch in := m.in; {
	case in.Answers != nil && !in.Skip && in.Switch == "":
		err = e.answerPulse(*in.Answers)
	case in.Skip && in.Answers == nil && in.Switch == "":
		err = e.skipPulse(ctx, 0)
	case (in.Switch == "on" || in.Switch == "off") && in.Answers == nil && !in.Skip:
		e.switchPulse(in.Switch == "on")
	default:
		err = errors.New("say answers, skip or switch")
	}
	e.renewPanel(ctx)
	m.done <- err
}

// handlePulse answers POST /v1/pulse.
func (e *engine) handlePulse(ctx context.Context, w http.ResponseWriter, r *http.Request) {
	var in PulseRequest
	if err := decode(r, &in); err != nil {
		local.Refuse(w, err)
		return
	}
	done := make(chan error, 1)
	if !e.post(ctx, pulseAsked{in, done}) {
		local.Refuse(w, errEnding)
		return
	}
	if err := <-done; err != nil {
		local.Refuse(w, fmt.Errorf("%w: %w", local.ErrBadRequest, err))
		return
	}
	local.Reply(w, struct{}{})
}
