package store

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"handrail/agent/report"
	"handrail/detect"
)

func asking(n byte) report.Request {
	return report.Request{Host: "newtool.ai", Task: report.Drafting, Kind: detect.ClassContacts, Lacked: []report.Lack{report.PoorResults, report.Language},
		Claim: report.Claim{n}.Digest()}
}

func TestRequests(t *testing.T) {
	s, path := open(t)
	ctx := t.Context()
	for i, want := range []bool{false, true} {
		if already, err := s.PutRequest(ctx, asking(1), today); err != nil || already != want {
			t.Errorf("time %d: %v, %v", i, already, err)
		}
	}
	other := asking(1)
	other.Task = report.Coding
	if _, err := s.PutRequest(ctx, other, today); !errors.Is(err, ErrUnknownClaim) {
		t.Errorf("another request under the same code: %v", err)
	}
	known := asking(2)
	known.Host, known.Tool, known.Kind = "", "claude", detect.ClassNone
	if _, err := s.PutRequest(ctx, known, "2026-11-25"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutRequest(ctx, asking(3), "2026-11-25T09:00:00Z"); err == nil {
		t.Error("a time was stored")
	}

	decision := report.AnswerReply{State: report.Declined, Reason: "It keeps what it gets.", Decided: "2026-11-26"}
	newtool := Subject{Host: "newtool.ai"}
	for name, err := range map[string]error{
		"nobody asks": s.Decide(ctx, Subject{Tool: "grok"}, decision),
		"no reason":   s.Decide(ctx, newtool, report.AnswerReply{State: report.Approved, Decided: today}),
		"no decision": s.Decide(ctx, newtool, report.AnswerReply{State: report.Waiting}),
	} {
		if err == nil {
			t.Errorf("decided although %s", name)
		}
	}
	if a, err := s.Answer(ctx, asking(1).Claim); err != nil || a != (report.AnswerReply{State: report.Waiting}) {
		t.Errorf("before a decision: %+v, %v", a, err)
	}
	if err := s.Decide(ctx, newtool, report.AnswerReply{State: report.OnTrial, Reason: "We try it.", Decided: today}); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(ctx, newtool, decision); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutRequest(ctx, asking(4), "2026-11-27"); err != nil { // asked after it was decided
		t.Fatal(err)
	}

	// All of it is on the disk.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for n, want := range map[byte]report.AnswerReply{1: decision, 4: decision, 2: {State: report.Waiting}} {
		if a, err := s.Answer(ctx, asking(n).Claim); err != nil || a != want {
			t.Errorf("the answer to %d: %+v, %v", n, a, err)
		}
	}
	if _, err := s.Answer(ctx, report.NewClaim().Digest()); !errors.Is(err, ErrUnknownClaim) {
		t.Errorf("a code of no request: %v", err)
	}
	all, err := s.Requests(ctx)
	want := []Requested{{asking(0), today}, {asking(0), "2026-11-27"}, {known, "2026-11-25"}}
	for i := range want {
		want[i].Claim = report.ClaimDigest{}
	}
	if err != nil || !reflect.DeepEqual(all, want) {
		t.Errorf("the requests are %+v, %v\nwant %+v", all, err, want)
	}
	if d, err := s.Decisions(ctx); err != nil || len(d) != 1 || d[newtool] != decision {
		t.Errorf("the decisions are %+v, %v", d, err)
	}
}

// Invented requests can't fill the disk.
func TestRequestsAreBounded(t *testing.T) {
	s, _ := open(t)
	if _, err := s.db.ExecContext(t.Context(), fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
		INSERT INTO requests SELECT randomblob(32), 'claude', '', 'drafting', 'none', 'limits', '2026-11-24' FROM n`, maxRequests)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutRequest(t.Context(), asking(1), today); !errors.Is(err, ErrFull) {
		t.Errorf("one too many: %v", err)
	}
}
