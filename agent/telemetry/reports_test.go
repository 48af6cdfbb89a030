package telemetry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/enroll"
	"handrail/agent/report"
)

// spool is a spool in memory; the service's own is tested there.
type spool struct {
	mu      sync.Mutex // guards the rest
	waiting map[string][]byte
	done    map[string]string
	aside   []string
	crash   bool // Delivered fails, as if the process had ended before it
}

func (s *spool) Waiting() (names []string, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for n := range s.waiting {
		names = append(names, n)
	}
	return names, nil
}

func (s *spool) Read(n string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.waiting[n], nil
}

func (s *spool) Delivered(n string, receipt []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.crash {
		s.crash = false
		return errors.New("interrupted")
	}
	delete(s.waiting, n)
	s.done[n] = string(receipt)
	return nil
}

func (s *spool) SetAside(n string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.waiting, n)
	s.aside = append(s.aside, n)
	return nil
}

func (s *spool) left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.waiting)
}

func aReport(t *testing.T) []byte {
	t.Helper()
	b, err := report.Encode(report.SwitchedOff("2026-W48"), report.NewNonce())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func full(t *testing.T, n int) *spool {
	s := &spool{waiting: map[string][]byte{}, done: map[string]string{}}
	for i := range n {
		s.waiting[fmt.Sprintf("%02d", i)] = aReport(t)
	}
	return s
}

func sender(sp *spool, address string) (*Reports, chan error) {
	said := make(chan error, 1000)
	return &Reports{
		Server: address, Spool: sp, Batch: 400 * time.Millisecond, HTTP: enroll.NewClient(), May: func() error { return nil },
		Said: func(err error) { said <- err }, Refused: func() {}, Log: slog.New(slog.DiscardHandler),
	}, said
}

// drain runs the sender until nothing waits any more.
func drain(t *testing.T, r *Reports, sp *spool, said chan error) (failed []error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	for sp.left() > 0 {
		select {
		case err := <-said:
			if err != nil {
				failed = append(failed, err)
			}
		case <-time.After(30 * time.Second):
			t.Fatal("reports still wait")
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	for len(said) > 0 {
		if err := <-said; err != nil {
			failed = append(failed, err)
		}
	}
	return failed
}

// What arrives is what was handed in, and beside it nothing that could tell
// one computer from another: no header of ours, no cookie, no old connection.
func TestReportsArriveAsTheyAreAndBare(t *testing.T) {
	s := newServer(t)
	s.answer = func(w http.ResponseWriter, _ *http.Request, _ int) bool {
		w.Header().Set("Set-Cookie", "who=you")
		return false
	}
	sp := full(t, 12)
	var want []string
	for _, b := range sp.waiting {
		want = append(want, string(b))
	}
	r, said := sender(sp, s.URL)
	if failed := drain(t, r, sp, said); len(failed) > 0 {
		t.Fatal(failed)
	}
	got := s.with(report.ReportsPath)
	if !slices.Equal(sorted(got), sorted(want)) {
		t.Error("other bytes arrived")
	}
	from := map[string]bool{}
	for _, req := range s.requests {
		from[req.RemoteAddr] = true
	}
	if len(from) != len(want) {
		t.Errorf("%d connections for %d reports", len(from), len(want))
	}
	allowed := []string{"User-Agent", "Content-Length", "Content-Type", "Connection"}
	for _, req := range s.requests {
		for name := range req.Header {
			if !slices.Contains(allowed, name) {
				t.Errorf("a report came with the header %s", name)
			}
		}
		if ua := req.UserAgent(); ua != "Handrail" || req.Header.Get("Content-Type") != "application/octet-stream" {
			t.Errorf("headers %v", req.Header)
		}
	}
	for n, receipt := range sp.done {
		if reply, err := report.DecodeReportReply([]byte(receipt)); err != nil {
			t.Errorf("%s: the receipt is %q", n, receipt)
		} else if !slices.ContainsFunc(want, func(b string) bool { return report.IDOf([]byte(b)) == reply.Receipt }) {
			t.Errorf("%s: a receipt for something else", n)
		}
	}
}

// The server is busy, then its answer is lost, then the laptop stops before it
// has noted the receipt: each report is stored once, and has its receipt.
func TestReportsAreDeliveredOnce(t *testing.T) {
	s := newServer(t)
	s.answer = func(w http.ResponseWriter, r *http.Request, n int) bool {
		switch n {
		case 1:
			w.WriteHeader(503)
			return true
		case 2:
			s.stored[report.IDOf(s.bodies[len(s.bodies)-1])] = true
			panic(http.ErrAbortHandler)
		}
		return false
	}
	sp := full(t, 3)
	sp.crash = true
	r, said := sender(sp, s.URL)
	if failed := drain(t, r, sp, said); len(failed) != 3 {
		t.Errorf("failures: %v", failed)
	}
	if len(s.stored) != 3 || len(sp.done) != 3 || len(sp.aside) != 0 {
		t.Errorf("%d stored, %d receipts, %d set aside", len(s.stored), len(sp.done), len(sp.aside))
	}
}

func TestWhatIsRefusedForGoodIsSetAside(t *testing.T) {
	s := newServer(t)
	for _, tt := range []struct {
		status int
		body   string
	}{{400, `{"reason":"malformed"}`}, {410, `{"reason":"closed_batch"}`}, {413, `{"reason":"malformed"}`}} {
		s.answer = func(w http.ResponseWriter, _ *http.Request, _ int) bool {
			w.WriteHeader(tt.status)
			_, _ = w.Write([]byte(tt.body))
			return true
		}
		sp := full(t, 1)
		before := s.count(report.ReportsPath)
		r, said := sender(sp, s.URL)
		refused := 0
		r.Refused = func() { refused++ }
		failed := drain(t, r, sp, said)
		if len(sp.aside) != 1 || s.count(report.ReportsPath) != before+1 || refused != 1 || len(failed) != 1 || !errors.Is(failed[0], refusedForGood) {
			t.Errorf("%d: set aside %v, %d refused, %v", tt.status, sp.aside, refused, failed)
		}
	}
}

// A proxy's page is no refusal, and a report of another size never leaves.
func TestOthersAnswersAndOtherSizes(t *testing.T) {
	s := newServer(t)
	s.answer = func(w http.ResponseWriter, _ *http.Request, n int) bool {
		if n == 1 {
			w.WriteHeader(410)
			_, _ = w.Write([]byte("<html>gone</html>"))
		}
		return n == 1
	}
	sp := full(t, 1)
	sp.waiting["small"] = []byte("canary")
	r, said := sender(sp, s.URL)
	failed := drain(t, r, sp, said)
	if len(sp.done) != 1 || !slices.Equal(sp.aside, []string{"small"}) {
		t.Errorf("%d delivered, set aside %v", len(sp.done), sp.aside)
	}
	for _, b := range s.bodies {
		if bytes.Contains(b, []byte("canary")) {
			t.Error("it left")
		}
	}
	if s := fmt.Sprint(failed); strings.Contains(s, "canary") || strings.Contains(s, "html") {
		t.Errorf("an error repeats what was read: %s", s)
	}
}

// round answers requests inside a bubble of synthetic time.
type round func(*http.Request) (int, string, string)

func (f round) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body, after := f(r)
	w := &http.Response{StatusCode: status, Header: http.Header{"Retry-After": {after}}, Request: r}
	w.Body = http.NoBody
	if body != "" {
		w.Body = readCloser{strings.NewReader(body)}
	}
	return w, nil
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }

func TestRetryAfterIsHonouredAndPlanesStayApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sp := full(t, 2)
		r, _ := sender(sp, "http://localhost")
		r.Batch, r.Apart = report.Week, new(Apart)
		var at []time.Time
		r.HTTP = &http.Client{Transport: round(func(req *http.Request) (int, string, string) {
			at = append(at, time.Now())
			if len(at) == 1 {
				return 503, `{"reason":"busy"}`, "7200"
			}
			b := make([]byte, report.PlainSize)
			_, _ = req.Body.Read(b)
			return 202, `{"receipt":"` + string(report.IDOf(b)) + `"}`, ""
		})}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		began := time.Now()
		go func() { done <- r.Run(ctx) }()
		// Check-ins every ten seconds would keep all reports away: every two
		// minutes leave room.
		var health []time.Time
		for range 200 {
			if wait := r.Apart.claim(healthPlane, time.Now()); wait == 0 {
				health = append(health, time.Now())
			}
			time.Sleep(2 * time.Minute)
		}
		cancel()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		if len(at) != 3 || sp.left() != 0 {
			t.Fatalf("%d requests, %d reports left", len(at), sp.left())
		}
		if first := at[0].Sub(began); first > maxSpread+apart+maxSpread {
			t.Errorf("the first report left after %v", first)
		}
		for _, later := range at[1:] {
			if later.Sub(at[0]) < 2*time.Hour {
				t.Errorf("tried again after %v, the server asked for two hours", later.Sub(at[0]))
			}
		}
		for _, sent := range at {
			for _, h := range health {
				if d := sent.Sub(h).Abs(); d < apart {
					t.Errorf("a report left %v beside a check-in", d)
				}
			}
		}
	})
}

func TestReportsLeaveInRandomOrderAndNothingWithoutTheLedger(t *testing.T) {
	orders := map[string]bool{}
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			sp := full(t, 4)
			name := map[report.ID]string{}
			for n, b := range sp.waiting {
				name[report.IDOf(b)] = n
			}
			order := ""
			r, _ := sender(sp, "http://localhost")
			r.Batch = time.Hour
			mended := time.Now().Add(time.Hour)
			r.May = func() error {
				if time.Now().Before(mended) {
					return errors.New("no ledger")
				}
				return nil
			}
			r.HTTP = &http.Client{Transport: round(func(req *http.Request) (int, string, string) {
				if time.Now().Before(mended) {
					t.Error("sent without the ledger")
				}
				b := make([]byte, report.PlainSize)
				_, _ = req.Body.Read(b)
				order += name[report.IDOf(b)]
				return 202, `{"receipt":"` + string(report.IDOf(b)) + `"}`, ""
			})}
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- r.Run(ctx) }()
			time.Sleep(3 * time.Hour)
			cancel()
			<-done
			orders[order] = true
		})
	}
	if len(orders) < 3 {
		t.Errorf("always in the order %v", orders)
	}
}
