package intake

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"handrail/agent/report"
	"handrail/detect"
	"handrail/fleet/store"
)

func aRequest(t *testing.T, host report.PublicHost, c report.Claim) []byte {
	t.Helper()
	b, err := report.EncodeRequest(report.Request{Host: host, Task: report.Drafting, Kind: detect.ClassContacts, Lacked: []report.Lack{report.Language}, Claim: c.Digest()})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (x *server) fetch(t *testing.T, c report.Claim) (int, []byte) {
	t.Helper()
	b, err := report.EncodeQuestion(c)
	if err != nil {
		t.Fatal(err)
	}
	res, answer := post(t, x.reports+report.AnswersPath, b, octets)
	return res.StatusCode, answer
}

// A request is taken once, waits, and its answer is there for its code alone.
func TestRequestAndAnswer(t *testing.T) {
	x := serve(t, t.TempDir())
	c := report.NewClaim()
	b := aRequest(t, "newtool.ai", c)
	for _, want := range []int{http.StatusAccepted, http.StatusOK} {
		res, answer := post(t, x.reports+report.RequestsPath, b, octets)
		if r, err := report.DecodeReportReply(answer); res.StatusCode != want || err != nil || r.Receipt != report.IDOf(b) {
			t.Errorf("got %d %s, want %d", res.StatusCode, answer, want)
		}
	}
	status, answer := x.fetch(t, c)
	if a, err := report.DecodeAnswer(answer); status != http.StatusOK || err != nil || a.State != report.Waiting {
		t.Errorf("before a decision: %d %s", status, answer)
	}
	decision := report.AnswerReply{State: report.Approved, Reason: "It is in the contract.", Decided: "2026-11-25"}
	if err := x.store.Decide(t.Context(), store.Subject{Host: "newtool.ai"}, decision); err != nil {
		t.Fatal(err)
	}
	status, answer = x.fetch(t, c)
	if a, err := report.DecodeAnswer(answer); status != http.StatusOK || err != nil || a != decision {
		t.Errorf("after it: %d %s", status, answer)
	}
	status, answer = x.fetch(t, report.NewClaim())
	wantRefusal(t, "another code", status, answer, http.StatusNotFound, report.UnknownClaim)
	if strings.Contains(x.log.String(), "newtool") || strings.Contains(x.log.String(), c.String()) {
		t.Errorf("the log tells of it: %s", x.log.String())
	}
}

func TestRequestsAreRefused(t *testing.T) {
	x := serve(t, t.TempDir())
	good := aRequest(t, "newtool.ai", report.NewClaim())
	with := func(k, v string) map[string]string {
		return map[string]string{"Content-Type": "application/octet-stream", k: v}
	}
	for name, c := range map[string]struct {
		body   []byte
		header map[string]string
		status int
		reason report.Reason
	}{
		"a name of the company's network": {aRequest(t, "wiki.corp", report.NewClaim()), octets, 400, report.NotPublic},
		"more than the registered name":   {aRequest(t, "jane-doe.newtool.ai", report.NewClaim()), octets, 400, report.NotPublic},
		"a bare suffix":                   {aRequest(t, "co.uk", report.NewClaim()), octets, 400, report.NotPublic},
		"a device":                        {good, with(report.DeviceHeader, "d1"), 400, report.Malformed},
		"a cookie":                        {good, with("Cookie", "a=b"), 400, report.Malformed},
		"a sign-in":                       {good, with("Authorization", "Bearer x"), 400, report.Malformed},
		"another type":                    {good, with("Content-Type", "text/plain"), 415, report.Malformed},
		"nothing":                         {nil, octets, 400, report.Malformed},
		"too long":                        {append(good, ' '), octets, 413, report.Malformed},
		"a note":                          {[]byte(strings.Replace(string(good), "0000000000", "jane doe 0", 1)), octets, 400, report.Malformed},
	} {
		for _, path := range []string{report.RequestsPath, report.AnswersPath} {
			if path == report.AnswersPath && (c.reason == report.NotPublic || c.status == 413) {
				continue
			}
			res, answer := post(t, x.reports+path, c.body, c.header)
			wantRefusal(t, path+": "+name, res.StatusCode, answer, c.status, c.reason)
		}
	}
	if all, err := x.store.Requests(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("stored: %v, %v", all, err)
	}
}

// A flood is put off, and goes on when there is room again.
func TestRequestsAreLimited(t *testing.T) {
	x := serve(t, t.TempDir())
	for range requestBurst {
		if res, answer := post(t, x.reports+report.RequestsPath, aRequest(t, "newtool.ai", report.NewClaim()), octets); res.StatusCode != http.StatusAccepted {
			t.Fatalf("%d %s", res.StatusCode, answer)
		}
	}
	one := aRequest(t, "newtool.ai", report.NewClaim())
	res, answer := post(t, x.reports+report.RequestsPath, one, octets)
	wantRefusal(t, "one too many", res.StatusCode, answer, http.StatusServiceUnavailable, report.Busy)
	if res.Header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
	if status, answer := x.report(t, newReport(t, begin.ID)); status != http.StatusAccepted {
		t.Errorf("a report meanwhile: %d %s", status, answer)
	}
	x.set(x.now.Load().Add(2 * time.Second))
	if res, answer := post(t, x.reports+report.RequestsPath, one, octets); res.StatusCode != http.StatusAccepted {
		t.Errorf("later: %d %s", res.StatusCode, answer)
	}
}
