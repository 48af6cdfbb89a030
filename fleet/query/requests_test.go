package query

import (
	"reflect"
	"testing"
	"time"

	"handrail/agent/report"
	"handrail/detect"
	"handrail/fleet/store"
)

// Requests for one tool are one line, and how many there are is said from k on.
func TestRequestsAreMerged(t *testing.T) {
	s := open(t, 0, nil)
	ask := func(n int, r report.Request, day string) {
		t.Helper()
		for range n {
			r.Claim = report.NewClaim().Digest()
			if _, err := s.PutRequest(t.Context(), r, day); err != nil {
				t.Fatal(err)
			}
		}
	}
	ask(9, report.Request{Tool: "claude", Task: report.Drafting, Kind: detect.ClassContacts, Lacked: []report.Lack{report.Language}}, "2026-11-23")
	ask(9, report.Request{Host: "newtool.ai", Task: report.Coding, Lacked: []report.Lack{report.Limits}}, "2026-11-13")
	ask(1, report.Request{Tool: "deepl", Task: report.Translating, Lacked: []report.Lack{report.NotReceived}}, "2026-11-02")
	q := New(s, Options{})
	look := func() []ToolRequest {
		t.Helper()
		all, err := q.Requests(t.Context(), now)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	claude := ToolRequest{Subject: store.Subject{Tool: "claude"}, Since: "2026-11-23", Due: "2026-11-30", Requests: hidden,
		Tasks: []report.Task{report.Drafting}, Kinds: []detect.Class{detect.ClassContacts}, Lacked: []report.Lack{report.Language}, Answer: report.AnswerReply{State: report.Waiting}}
	newtool := ToolRequest{Subject: store.Subject{Host: "newtool.ai"}, Since: "2026-11-13", Due: "2026-11-20", Late: true, Requests: hidden,
		Tasks: []report.Task{report.Coding}, Kinds: []detect.Class{detect.ClassNone}, Lacked: []report.Lack{report.Limits}, Answer: report.AnswerReply{State: report.Waiting}}
	deepl := ToolRequest{Subject: store.Subject{Tool: "deepl"}, Since: "2026-11-02", Due: "2026-11-09", Late: true, Requests: hidden,
		Tasks: []report.Task{report.Translating}, Kinds: []detect.Class{detect.ClassNone}, Lacked: []report.Lack{report.NotReceived}, Answer: report.AnswerReply{State: report.Waiting}}
	if got, want := look(), []ToolRequest{deepl, newtool, claude}; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}

	// The tenth makes the count known; a decision ends the clock.
	ask(1, report.Request{Tool: "claude", Task: report.Coding, Lacked: []report.Lack{report.Limits, report.Language}}, "2026-11-24")
	decision := report.AnswerReply{State: report.OnTrial, Reason: "We try it.", Decided: "2026-11-24"}
	if err := s.Decide(t.Context(), deepl.Subject, decision); err != nil {
		t.Fatal(err)
	}
	claude.Requests = Figure{Count: 10}
	claude.Tasks, claude.Kinds, claude.Lacked = []report.Task{report.Drafting, report.Coding}, []detect.Class{detect.ClassNone, detect.ClassContacts}, []report.Lack{report.Limits, report.Language}
	deepl.Answer, deepl.Late = decision, false
	if got, want := look(), []ToolRequest{newtool, claude, deepl}; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if all, _ := q.Requests(t.Context(), time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC)); all[0].Late {
		t.Error("late on the day itself")
	}
}
