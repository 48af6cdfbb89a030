package telemetry

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/enroll"
	"handrail/agent/report"
)

// The question leaves as it was written, says nothing about the device, and the
// answer comes back byte by byte.
func TestAnswers(t *testing.T) {
	s := newServer(t)
	status, body := 200, any(report.AnswerReply{State: report.Waiting})
	s.answer = func(w http.ResponseWriter, _ *http.Request, _ int) bool {
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(body)
		return true
	}
	a := Answers{Server: s.URL, HTTP: enroll.NewClient()}
	q, err := report.EncodeQuestion(report.NewClaim())
	if err != nil {
		t.Fatal(err)
	}
	b, err := a.Ask(t.Context(), q)
	if got, _ := report.DecodeAnswer(b); err != nil || got.State != report.Waiting {
		t.Errorf("%q, %v", b, err)
	}
	if sent := s.with(report.AnswersPath); len(sent) != 1 || sent[0] != string(q) {
		t.Errorf("sent: %q", sent)
	}
	for _, h := range []string{report.DeviceHeader, report.SignatureHeader, "Cookie", "Authorization"} {
		if s.requests[0].Header.Get(h) != "" {
			t.Errorf("it has the header %s", h)
		}
	}
	status, body = 404, report.Refusal{Reason: report.UnknownClaim}
	if _, err := a.Ask(t.Context(), q); !errors.Is(err, ErrNoAnswer) {
		t.Errorf("not there yet: %v", err)
	}
	status, body = 200, struct {
		State string `json:"state"`
	}{"perhaps"}
	if _, err := a.Ask(t.Context(), q); !errors.Is(err, report.ErrMalformed) {
		t.Errorf("an answer that is none: %v", err)
	}
	if _, err := a.Ask(t.Context(), []byte("{}")); !errors.Is(err, report.ErrMalformed) || s.count(report.AnswersPath) != 3 {
		t.Errorf("a question that is none was sent (%v)", err)
	}
}

// No minute has both planes in it, so that times alone don't tell whose the
// question is.
func TestAnswersKeepAwayFromCheckIns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		apart := new(Apart)
		apart.claim(healthPlane, time.Now())
		q, _ := report.EncodeQuestion(report.NewClaim())
		if _, err := (Answers{Apart: apart}).Ask(t.Context(), q); !errors.Is(err, ErrTooSoon) {
			t.Errorf("just after a check-in: %v", err)
		}
	})
}
