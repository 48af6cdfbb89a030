package telemetry

import (
	"crypto/ed25519"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"handrail/agent/report"
)

const (
	aDevice = report.DeviceID("d00112233445566778899aabbccddeeff")
	aSecret = "a-secret-that-lets-one-in"
)

// server speaks the wire of agent/report as a fleet server does. It keeps
// every byte that it gets.
type server struct {
	*httptest.Server
	mu       sync.Mutex // guards the rest
	key      ed25519.PublicKey
	counter  uint64
	requests []*http.Request
	bodies   [][]byte
	stored   map[report.ID]bool
	answer   func(w http.ResponseWriter, r *http.Request, n int) bool // true: answered
	got      chan string                                              // each path, once answered
}

func newServer(t *testing.T) *server {
	s := &server{stored: map[report.ID]bool{}, got: make(chan string, 1000)}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() { s.got <- r.URL.Path }()
	s.mu.Lock()
	defer s.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	s.requests, s.bodies = append(s.requests, r), append(s.bodies, body)
	if s.answer != nil && s.answer(w, r, len(s.requests)) {
		return
	}
	say := func(status int, v any) {
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(v)
	}
	switch r.URL.Path {
	case report.EnrolPath:
		req, err := report.DecodeEnrol(body)
		if err != nil || req.Secret != aSecret {
			say(401, report.Refusal{Reason: report.UnknownSecret})
			return
		}
		s.key = req.PublicKey
		say(201, report.EnrolReply{Device: aDevice})
	case report.CheckInPath:
		n, err := report.ParseCounter(r.Header.Get(report.CounterHeader))
		switch {
		case s.key == nil || r.Header.Get(report.DeviceHeader) != string(aDevice):
			say(401, report.Refusal{Reason: report.UnknownDevice})
		case err != nil || !report.VerifyCheckIn(s.key, aDevice, n, body, r.Header.Get(report.SignatureHeader)):
			say(401, report.Refusal{Reason: report.BadSignature})
		case n <= s.counter:
			say(409, report.Refusal{Reason: report.OldCounter, Counter: s.counter})
		default:
			s.counter = n
			say(200, report.CheckInReply{Receipt: report.IDOf(body), NextIn: 3600})
		}
	case report.ReportsPath:
		status := 202
		if s.stored[report.IDOf(body)] {
			status = 200
		}
		s.stored[report.IDOf(body)] = true
		say(status, report.ReportReply{Receipt: report.IDOf(body)})
	default:
		say(404, nil)
	}
}

// count says how often a path was asked for.
func (s *server) count(path string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.requests {
		if r.URL.Path == path {
			n++
		}
	}
	return n
}

// with returns the bodies that a path got.
func (s *server) with(path string) (bodies []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, r := range s.requests {
		if r.URL.Path == path {
			bodies = append(bodies, string(s.bodies[i]))
		}
	}
	return bodies
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }
