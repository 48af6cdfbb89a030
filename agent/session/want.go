package session

import (
	"context"
	"slices"
	"time"

	"handrail/agent/asked"
	"handrail/agent/card"
	"handrail/agent/hostname"
	"handrail/agent/nudge"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
)

// want is the request for a tool that is being made in the panel. It is in memory
// only, and gone when the panel is closed.
type want struct {
	tool    catalog.ToolID // or address
	address string
	shown   card.Draft   // Tool is "" while there is no form
	claim   report.Claim // the same for all that this form drafts
	draft   asked.Tool   // what shown.Bytes are of
	sending bool
}

// wantSent is the end of an attempt to write a request to the ledger.
type wantSent struct {
	claim report.Claim
	err   error
}

// answersLooked is the end of a look for answers that the panel asked for.
type answersLooked struct{ err error }

func (wantSent) message()      {}
func (answersLooked) message() {}

// beginWant opens the form for a tool of the catalogue, or for the public host of
// an address. false is a tool that nobody can be asked for.
func (e *engine) beginWant(tool catalog.ToolID, address string, c detect.Class) bool {
	w := want{claim: report.NewClaim()}
	if t, ok := e.Catalog.Tool(tool); ok && tool != catalog.Other {
		w.tool, w.shown.Tool = tool, t.Name
	} else if host, ok := hostname.Public(address); ok {
		w.address, w.shown.Tool = host, host
	} else {
		return false
	}
	if c != detect.ClassNone {
		w.shown.Data = card.DataItem(c)
	}
	e.want = w
	return true
}

// wantAnswer begins a request for the tool of one of the answers.
func (e *engine) wantAnswer(_ context.Context, item uint32) error {
	if item < 1 || int(item) > len(e.allowed.answers) {
		return errNoItem
	}
	x := e.allowed.answers[item-1]
	if !x.Requestable() || !e.beginWant(x.Tool, x.Host, x.Kind) {
		return errNoItem
	}
	return nil
}

// onRequest begins a request for the tool of a nudge.
func (e *engine) onRequest(ctx context.Context, f nudge.Request) {
	if !e.beginWant(f.Destination.Tool, f.Destination.Domain, f.Class) {
		return
	}
	if err := e.openPanel(ctx, card.TabAllowed); err != nil {
		e.want = want{}
		e.Log.Warn("the form for a request was not opened", "error", err)
		e.lastError = `no window for a request could be opened: use "handrail request"`
	}
}

// choose makes what an action does that chooses from a list of the form.
func choose(most int, set func(d *card.Draft, item uint32)) func(*engine, context.Context, uint32) error {
	return func(e *engine, _ context.Context, item uint32) error {
		if e.want.shown.Tool == "" || e.want.shown.Sent || e.want.sending || item < 1 || int(item) > most {
			return errNoItem
		}
		set(&e.want.shown, item)
		e.want.shown.Failed = false
		e.draftWant()
		return nil
	}
}

var (
	wantTask = choose(len(report.Tasks()), func(d *card.Draft, item uint32) { d.Task = item })
	wantData = choose(len(detect.Classes())+1, func(d *card.Draft, item uint32) { d.Data = item })
	wantLack = choose(len(report.Lacks()), func(d *card.Draft, item uint32) {
		if i := slices.Index(d.Lacked, item); i >= 0 {
			d.Lacked = slices.Delete(slices.Clone(d.Lacked), i, i+1)
		} else {
			d.Lacked = append(slices.Clone(d.Lacked), item)
		}
	})
)

// draftWant writes the request as it would be sent, once all is chosen.
func (e *engine) draftWant() {
	w := &e.want
	w.draft, w.shown.Bytes, w.shown.Due = asked.Tool{}, "", time.Time{}
	if w.shown.Task == 0 || w.shown.Data == 0 || len(w.shown.Lacked) == 0 {
		return
	}
	var lacked []report.Lack
	for _, l := range w.shown.Lacked {
		lacked = append(lacked, report.Lack(l))
	}
	t, err := asked.Draft(w.tool, w.address, report.Task(w.shown.Task), detect.Class(w.shown.Data-1), lacked, time.Now())
	if err != nil {
		e.Log.Warn("a request could not be drafted")
		return
	}
	t.Claim = w.claim
	b, err := t.Bytes()
	if err != nil {
		e.Log.Warn("a request could not be written")
		return
	}
	w.draft, w.shown.Bytes = t, string(b)
	w.shown.Due, _ = time.Parse(time.DateOnly, t.Due())
}

// sendWant sends the request whose bytes the panel shows.
func (e *engine) sendWant(ctx context.Context, _ uint32) error {
	w := &e.want
	if w.shown.Bytes == "" || w.shown.Sent || w.sending {
		return errNoItem
	}
	w.sending = true
	claim, done := w.claim, make(chan error, 1)
	e.askForTool(ctx, toolAsked{w.draft, done})
	e.start("request sent", func() { e.post(ctx, wantSent{claim, <-done}) })
	return nil
}

func (e *engine) onWantSent(ctx context.Context, m wantSent) {
	if m.err != nil {
		e.Log.Warn("a request could not be kept", "error", m.err)
	}
	if m.claim == e.want.claim {
		e.want.sending = false
		e.want.shown.Sent, e.want.shown.Failed = m.err == nil, m.err != nil
	}
	e.renewPanel(ctx)
}

// lookAnswers looks for the answers to what was asked for. Nothing looks by
// itself: when somebody looks is theirs to say.
func (e *engine) lookAnswers(ctx context.Context, _ uint32) error {
	done := make(chan error, 1)
	e.lookForAnswers(ctx, done)
	e.start("answers shown", func() { e.post(ctx, answersLooked{<-done}) })
	return nil
}

func (e *engine) onAnswersLooked(ctx context.Context, m answersLooked) {
	if m.err != nil {
		e.Log.Info("answers could not be looked for", "error", m.err)
	}
	e.panel.answersOld = m.err != nil
	e.renewPanel(ctx)
}

// addAllowed adds what only the open panel has: it is the newest there is, whenever
// the rest of the panel was looked up.
func (e *engine) addAllowed(p *card.Panel) {
	p.Answers, p.AnswersOld, p.Draft = slices.Clone(e.allowed.answers), e.panel.answersOld, nil
	if e.want.shown.Tool != "" {
		d := e.want.shown
		p.Draft = &d
	}
	p.Keys = e.keys
	p.Contact = e.policy.Contact.Text
}
