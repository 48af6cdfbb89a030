package telemetry

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/enroll"
	"handrail/agent/ledger"
	"handrail/agent/report"
)

// laptop is the part of a computer that checks in.
type laptop struct {
	*CheckIns
	dir, book string
	refused   atomic.Int64
	stored    atomic.Int64
	outcome   chan error
}

func newLaptop(t *testing.T, s *server, dir string) *laptop {
	t.Helper()
	l := &laptop{dir: dir, book: filepath.Join(dir, "device-ledger.jsonl"), outcome: make(chan error, 1000)}
	secret := filepath.Join(dir, "secret")
	d, err := enroll.Open(filepath.Join(dir, "device"), s.URL)
	if err != nil {
		t.Fatal(err)
	}
	if d.ID() == "" {
		if err := os.WriteFile(secret, []byte(aSecret+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	book, err := ledger.Open(l.book, ledger.Options{Shared: true})
	if err != nil {
		t.Fatal(err)
	}
	client := enroll.NewClient()
	l.CheckIns = &CheckIns{
		Server: s.URL, Device: d, Ledger: book, Every: time.Millisecond, HTTP: client, Log: slog.New(slog.DiscardHandler),
		Joining: enroll.Joining{SecretFiles: []string{secret}, Version: "1.0.0", Platform: report.LinuxAMD64, Ledger: book, HTTP: client},
		Health: func() (report.Health, func()) {
			return report.Health{Agent: "1.0.0", Platform: report.LinuxAMD64, Coverage: coverage.All(coverage.Blind, coverage.NotWatching)},
				func() { l.stored.Add(1) }
		},
		Said:    func(err error) { l.outcome <- err },
		Refused: func() { l.refused.Add(1) },
	}
	if err := l.Resume(l.book); err != nil {
		t.Fatal(err)
	}
	return l
}

// until runs the laptop until enough has been seen, and returns what failed.
func (l *laptop) until(t *testing.T, enough func() bool) (failed []error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- l.Run(ctx) }()
	for !enough() {
		select {
		case err := <-l.outcome:
			if err != nil {
				failed = append(failed, err)
			}
		case <-time.After(30 * time.Second):
			t.Fatal("it was not seen in time")
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	return failed
}

func (l *laptop) entries(t *testing.T, k ledger.Kind) (bodies []string) {
	t.Helper()
	if _, err := ledger.Verify(l.book); err != nil {
		t.Fatal(err)
	}
	if err := ledger.Entries(l.book, func(e ledger.Entry) error {
		if e.Kind == k {
			bodies = append(bodies, string(e.Bytes))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return bodies
}

func TestCheckInBytesAreTheLedgers(t *testing.T) {
	s := newServer(t)
	l := newLaptop(t, s, t.TempDir())
	if failed := l.until(t, func() bool { return l.stored.Load() == 1 }); len(failed) > 0 {
		t.Fatal(failed)
	}
	if got, want := s.with(report.CheckInPath), l.entries(t, ledger.Health); !slices.Equal(got, want) || len(got) != 1 {
		t.Errorf("the server got\n%q, the ledger holds\n%q", got, want)
	}
	if n := len(l.entries(t, ledger.Receipt)); n != 2 {
		t.Errorf("%d receipts, want 2: of joining and of the check-in", n)
	}
	if _, err := os.Stat(filepath.Join(l.dir, "secret")); !errors.Is(err, os.ErrNotExist) {
		t.Error("the secret is still there")
	}
	b, err := os.ReadFile(l.book)
	if err != nil || strings.Contains(string(b), aSecret) || strings.Contains(strings.Join(l.entries(t, ledger.Enrolment), ""), aSecret) {
		t.Errorf("the secret is in the ledger (%v)", err)
	}
	for _, r := range s.requests {
		if got := r.Header["User-Agent"]; !slices.Equal(got, []string{"Handrail"}) {
			t.Errorf("user agent %q", got)
		}
	}
}

// The server's answer is lost after it has stored a check-in: nothing is
// written twice, and the receipt comes later, also after a restart.
func TestReceiptComesLater(t *testing.T) {
	s, dir := newServer(t), t.TempDir()
	s.answer = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if r.URL.Path == report.CheckInPath {
			s.counter++ // stored
			panic(http.ErrAbortHandler)
		}
		return false
	}
	l := newLaptop(t, s, dir)
	if failed := l.until(t, func() bool { return s.count(report.CheckInPath) >= 2 }); len(failed) == 0 {
		t.Fatal("nothing failed")
	}
	s.mu.Lock()
	s.answer = nil
	s.counter += 10 // and the folder is an older copy
	s.mu.Unlock()
	l = newLaptop(t, s, dir)
	if failed := l.until(t, func() bool { return l.stored.Load() == 1 }); len(failed) > 0 {
		t.Fatal(failed)
	}
	if h := l.entries(t, ledger.Health); len(h) != 1 {
		t.Errorf("%d entries for the same health", len(h))
	}
	if n := len(l.entries(t, ledger.Receipt)); n != 2 {
		t.Errorf("%d receipts", n)
	}
	if n := s.count(report.EnrolPath); n != 1 {
		t.Errorf("joined %d times", n)
	}
}

// Without the ledger nothing is sent.
func TestNothingIsSentWithoutTheLedger(t *testing.T) {
	s := newServer(t)
	l := newLaptop(t, s, t.TempDir())
	if err := os.WriteFile(l.book, []byte("not a ledger\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	tries := 0
	failed := l.until(t, func() bool { tries++; return tries > 3 })
	if n := len(s.requests); n != 0 {
		t.Errorf("%d requests", n)
	}
	if len(failed) == 0 || !errors.Is(failed[0], ledger.ErrBroken) {
		t.Errorf("got %v", failed)
	}
}

func TestRefusalsAreSaidInWords(t *testing.T) {
	s := newServer(t)
	refuse := report.UsedUp
	s.answer = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		w.WriteHeader(401)
		_, _ = w.Write([]byte(`{"reason":"` + refuse.String() + `"}`))
		return true
	}
	l := newLaptop(t, s, t.TempDir())
	failed := l.until(t, func() bool { return s.count(report.EnrolPath) > 0 && len(l.outcome) > 0 || l.refused.Load() > 0 })
	select {
	case err := <-l.outcome:
		failed = append(failed, err)
	default:
	}
	if len(failed) == 0 || !strings.Contains(failed[0].Error(), "hand out a new one") || l.refused.Load() == 0 {
		t.Errorf("got %v, %d refused", failed, l.refused.Load())
	}
	if _, err := os.Stat(filepath.Join(l.dir, "secret")); err != nil {
		t.Error("a refused secret was removed")
	}
}
