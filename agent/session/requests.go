package session

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"handrail/agent/asked"
	"handrail/agent/card"
	"handrail/agent/durable"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/report"
)

// answerPatience bounds one look for all answers.
const answerPatience = 30 * time.Second

type (
	// toolAsked is a request that the person has read and wants sent.
	toolAsked struct {
		tool asked.Tool
		done chan<- error
	}
	// answersAsked looks for the answers to what was asked.
	answersAsked struct{ done chan<- error }
	// requestKept says that there is a request to hand to the service.
	requestKept struct{}
)

func (requestKept) message()  {}
func (toolAsked) message()    {}
func (answersAsked) message() {}

// askForTool writes a request to the ledger and to the person's book, and has it
// handed to the service: now if it is there, else later.
func (e *engine) askForTool(ctx context.Context, m toolAsked) {
	if err := e.openBooks(); err != nil {
		m.done <- err
		return
	}
	l, book := e.books.ledger, asked.In(e.Paths.UserState)
	e.start("request", func() {
		body, err := m.tool.Bytes()
		if err == nil {
			_, err = l.Record(ledger.Request, body)
		}
		if err == nil {
			err = book.Add(m.tool)
		}
		m.done <- err
		e.post(ctx, requestKept{})
	})
}

// handRequests hands to the service what it does not have yet. It runs beside
// the engine.
func (e *engine) handRequests(ctx context.Context, l *ledger.Ledger) error {
	book := asked.In(e.Paths.UserState)
	all, err := book.List()
	for _, t := range all {
		if t.Handed {
			continue
		}
		body, err := t.Bytes()
		if err == nil {
			_, err = l.Record(ledger.Request, body) // again, after a crash in between
		}
		if err == nil {
			err = e.hand(ctx, report.IDOf(body), body)
		}
		if err == nil {
			err = book.Change(t.Claim, func(t *asked.Tool) { t.Handed = true })
		}
		if err != nil {
			return fmt.Errorf("handing over a request for a tool: %w", err)
		}
	}
	return err
}

// fetchAnswers looks for the answers that are still to come. The question is in
// the ledger before it leaves, once: it is the same each time.
func (e *engine) fetchAnswers(ctx context.Context, l *ledger.Ledger) error {
	ctx, cancel := context.WithTimeout(ctx, answerPatience)
	defer cancel()
	book := asked.In(e.Paths.UserState)
	all, err := book.List()
	var failed error
	for _, t := range all {
		if t.Answer.State != report.Waiting || !t.Handed {
			continue
		}
		q, err := report.EncodeQuestion(t.Claim)
		if err == nil {
			_, err = l.Record(ledger.Question, q)
		}
		var b []byte
		if err == nil {
			b, err = e.Service.Answer(ctx, q)
		}
		if errors.Is(err, local.ErrUnknownReport) {
			continue // on its way
		}
		var a report.AnswerReply
		if err == nil {
			a, err = report.DecodeAnswer(b)
		}
		if err == nil {
			err = book.Change(t.Claim, func(t *asked.Tool) { t.Answer = a })
		}
		if err != nil {
			failed = err
		}
	}
	return errors.Join(err, failed)
}

func (e *engine) lookForAnswers(ctx context.Context, done chan<- error) {
	if err := e.openBooks(); err != nil {
		done <- err
		return
	}
	l := e.books.ledger
	e.start("answers", func() { done <- e.fetchAnswers(ctx, l) })
}

// handleRequest answers POST /v1/requests: the person has read the bytes of this
// request and says that they be sent.
func (e *engine) handleRequest(ctx context.Context, w http.ResponseWriter, r *http.Request) {
	var t asked.Tool
	if err := decode(r, &t); err != nil {
		local.Refuse(w, err)
		return
	}
	// Drafted again, so that only what could be drafted is sent.
	fresh, err := asked.Draft(t.Tool, string(t.Host), t.Task, t.Kind, t.Lacked, time.Now())
	if err == nil && (fresh.Host != t.Host || t.Claim == report.Claim{}) {
		err = asked.ErrNotPublic
	}
	if err != nil {
		local.Refuse(w, fmt.Errorf("%w: %w", local.ErrBadRequest, err))
		return
	}
	fresh.Claim = t.Claim
	done := make(chan error, 1)
	e.wait(ctx, w, toolAsked{fresh, done}, done)
}

// handleAnswers answers POST /v1/requests/answers.
func (e *engine) handleAnswers(ctx context.Context, w http.ResponseWriter, _ *http.Request) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(2 * answerPatience))
	done := make(chan error, 1)
	e.wait(ctx, w, answersAsked{done}, done)
}

// wait posts a message and answers with what comes of it.
func (e *engine) wait(ctx context.Context, w http.ResponseWriter, m message, done <-chan error) {
	if !e.post(ctx, m) {
		local.Refuse(w, errEnding)
		return
	}
	if err := <-done; err != nil {
		local.Refuse(w, err)
		return
	}
	local.Reply(w, struct{}{})
}

// addAsked adds what the person has asked for, and how their switch stands. It
// runs beside the engine.
func (e *engine) addAsked(p *card.Panel) {
	p.ReportsOff = ReportsOff(e.Paths.UserState)
	all, err := asked.In(e.Paths.UserState).List()
	if err != nil {
		e.Log.Warn("what was asked for can't be read", "error", err)
	}
	day := func(s string) time.Time {
		t, _ := time.Parse(time.DateOnly, s) // "" is zero
		return t
	}
	for _, t := range slices.Backward(all) {
		if len(p.Asked) == card.MaxAsked {
			break
		}
		x := card.Asked{Tool: string(t.Host), Task: e.LedgerWords.Task(t.Task), On: day(t.Asked), Due: day(t.Due()), Decided: day(t.Answer.Decided),
			Late: t.Late(time.Now()), Outcome: outcomes[t.Answer.State], Reason: t.Answer.Reason}
		if t.Tool != "" {
			x.Tool = e.toolName(t.Tool)
		}
		p.Asked = append(p.Asked, x)
	}
}

var outcomes = map[report.State]card.Outcome{
	report.Approved: card.AskedApproved, report.OnTrial: card.AskedOnTrial, report.Declined: card.AskedDeclined,
}

// offFile is there while a person has switched reports about what they do off.
// Nothing is counted then, and each batch gives a report of the same size that
// says only that.
const offFile = "reports-off"

// ReportsOff says whether the person with this folder has switched reports off.
func ReportsOff(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, offFile))
	return err == nil
}

// SwitchReports switches them off or on. It is a file, so it holds for a session
// that runs and for those to come.
func SwitchReports(dir string, off bool) error {
	path := filepath.Join(dir, offFile)
	var err error
	if off {
		if err = durable.PrivateDir(dir); err == nil {
			err = durable.Replace(path, nil, 0o600)
		}
	} else if err = durable.Remove(path); errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("switching reports: %w", err)
	}
	return nil
}
