package telemetry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"handrail/agent/enroll"
	"handrail/agent/report"
)

// ErrTooSoon is wrapped when a question has to wait, because this device spoke
// to its server just now.
var ErrTooSoon = errors.New("not now")

// ErrNoAnswer is wrapped when the server knows no request with this code: it
// may not have arrived yet.
var ErrNoAnswer = errors.New("the server does not have this request yet")

// Answers asks for the answers to requests for a tool, each on a connection of
// its own, which has no name of the device and no minute in common with its
// check-ins.
type Answers struct {
	Server string // where requests go, without a path of ours
	Apart  *Apart
	HTTP   *http.Client // see enroll.NewClient; not the one of CheckIns
}

// Ask sends the exact bytes of a question and returns those of the answer.
func (a Answers) Ask(ctx context.Context, question []byte) ([]byte, error) {
	if _, err := report.DecodeQuestion(question); err != nil {
		return nil, fmt.Errorf("asking for an answer: %w", err)
	}
	if wait := a.Apart.claim(reportPlane, time.Now()); wait > 0 {
		return nil, fmt.Errorf("asking for an answer: %w: try again in %d seconds", ErrTooSoon, int(wait/time.Second)+1)
	}
	got, err := enroll.Post(ctx, a.HTTP, a.Server+report.AnswersPath, http.Header{"Content-Type": {"application/octet-stream"}}, question)
	if err != nil {
		return nil, fmt.Errorf("asking for an answer: %w", err)
	}
	if got.Status != http.StatusOK {
		no := got.Refusal()
		if no.Reason == report.UnknownClaim {
			return nil, fmt.Errorf("asking for an answer: %w", ErrNoAnswer)
		}
		return nil, fmt.Errorf("asking for an answer: %w", no)
	}
	if _, err := report.DecodeAnswer(got.Body); err != nil {
		return nil, fmt.Errorf("asking for an answer: the server's answer: %w", err)
	}
	return got.Body, nil
}
