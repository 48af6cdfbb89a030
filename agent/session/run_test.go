package session

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/local"
	"handrail/detect/allow"
)

// wholeSession starts a whole session, with its socket, in real time.
func wholeSession(t *testing.T) (*desk, *local.Client) {
	t.Helper()
	d := newDesk(t, t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, d.options) }()
	c := local.NewClient(d.options.Paths.SessionSocket, "1.2.3")
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("the session ended with %v", err)
		}
	})
	// The socket is there before the session listens to it: asking waits.
	until(t, "the session watches", func() bool {
		s, err := c.SessionStatus(t.Context())
		return err == nil && s.Watching && s.Service
	})
	return d, c
}

// until asks again and again until something is so.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !so(); {
		if time.Now().After(end) {
			t.Fatalf("waited for a minute: %s", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func status(t *testing.T, c *local.Client) local.SessionStatus {
	t.Helper()
	s, err := c.SessionStatus(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheSessionsSocket(t *testing.T) {
	d, c := wholeSession(t)
	post := func(path string, in any) error { return c.Do(t.Context(), http.MethodPost, path, in, nil) }

	if err := post("/v1/pause", PauseRequest{Seconds: 60}); err != nil {
		t.Fatal(err)
	}
	if s := status(t, c); !s.Paused || s.Watching {
		t.Errorf("paused: %+v", s)
	}
	if err := post("/v1/resume", nil); err != nil {
		t.Fatal(err)
	}
	if s := status(t, c); s.Paused || !s.Watching {
		t.Errorf("resumed: %+v", s)
	}
	for _, seconds := range []int{-1, int(MaxPause/time.Second) + 1} {
		if err := post("/v1/pause", PauseRequest{Seconds: seconds}); !errors.Is(err, local.ErrBadRequest) {
			t.Errorf("a pause of %d s: %v", seconds, err)
		}
	}
	if err := post("/v1/pause", map[string]string{"forever": "please"}); !errors.Is(err, local.ErrBadRequest) {
		t.Errorf("garbage: %v", err)
	}

	if err := post("/v1/safe-paste/forget", nil); err != nil {
		t.Errorf("forgetting nothing: %v", err)
	}
	if err := post("/v1/answer", AnswerRequest{card.Dismiss}); !errors.Is(err, local.ErrBadRequest) || !strings.Contains(err.Error(), "no nudge") {
		t.Errorf("an answer to nothing: %v", err)
	}
	d.clipboard.copy(clip.Clipboard, "pay "+cardNumber)
	d.focus.changes <- browserWindow("ChatGPT - Mozilla Firefox")
	until(t, "a nudge is up", func() bool { return status(t, c).Nudges == 1 })
	if err := post("/v1/answer", AnswerRequest{card.Dismiss}); err != nil {
		t.Errorf("an answer from the command line: %v", err)
	}
	if n := len(d.counted()); n != 1 {
		t.Errorf("%d outcomes when the answer was acknowledged, want 1", n)
	}
}

func TestForgettingWhatWasLearned(t *testing.T) {
	d, c := wholeSession(t)
	// Else what was said a moment ago would not be said again.
	d.service.change(func() {
		d.service.policy = strings.Replace(managed, "serial: 7", "serial: 8\nquiet: {cooldown_minutes: 0}", 1)
	})
	until(t, "the policy is in force", func() bool { return status(t, c).Policy.Serial == 8 })
	d.clipboard.copy(clip.Clipboard, "pay "+cardNumber)
	d.focus.changes <- browserWindow("ChatGPT - Mozilla Firefox")
	until(t, "a nudge is up", func() bool { return status(t, c).Nudges == 1 })
	if err := c.Do(t.Context(), http.MethodPost, "/v1/answer", AnswerRequest{card.NotSensitive}, nil); err != nil {
		t.Fatal(err)
	}
	l, err := OpenLearned(d.options.Paths.UserState)
	if err != nil || l.Len() != 1 {
		t.Fatalf("%v, %v, want one entry when the answer was acknowledged", l.Entries(), err)
	}
	in := ForgetRequest{[]allow.Digest{l.Entries()[0].Digest}}
	if err := c.Do(t.Context(), http.MethodPost, "/v1/forget", in, nil); err != nil {
		t.Fatal(err)
	}
	if l, err := OpenLearned(d.options.Paths.UserState); err != nil || l.Len() != 0 {
		t.Errorf("%v, %v after forgetting", l.Entries(), err)
	}
	d.clipboard.copy(clip.Clipboard, "again "+cardNumber)
	until(t, "a nudge is up again", func() bool { return status(t, c).Nudges == 2 })
}

func TestASecondSessionIsRefused(t *testing.T) {
	d, c := wholeSession(t)
	err := Run(t.Context(), d.options)
	if err == nil || !strings.Contains(err.Error(), "already watching") {
		t.Errorf("a second session: %v", err)
	}
	status(t, c) // the first one is unharmed
}

func TestGarbageOnTheSocket(t *testing.T) {
	d, c := wholeSession(t)
	for _, garbage := range []string{"\x00\xff\xfe", "GET / HTTP/9.9\r\n\r\n", strings.Repeat("A", 1<<20), "POST /v1/pause HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n{"} {
		conn, err := net.Dial("unix", d.options.Paths.SessionSocket)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte(garbage)) // it may be cut off
		conn.Close()
	}
	if s := status(t, c); !s.Watching || s.Paused {
		t.Errorf("after garbage: %+v", s)
	}
}
