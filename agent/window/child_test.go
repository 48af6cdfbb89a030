package window

import (
	"bufio"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/agent/card"
)

// pretend makes the test program a handrail-ui that misbehaves as told.
func pretend() {
	how := os.Getenv("HANDRAIL_TEST_CHILD")
	if how == "" {
		return
	}
	enc := card.NewEncoder(os.Stdout)
	say := func(m card.Message) { _ = enc.Encode(m) }
	hello := func() { say(card.Message{Kind: card.Hello, Version: card.Protocol}) }
	in := bufio.NewReader(os.Stdin)
	wait := func() { _, _ = in.ReadString('\n') }
	switch how {
	case "another version":
		say(card.Message{Kind: card.Hello, Version: card.Protocol + 1})
	case "no hello":
		wait() // our hello
		wait() // the end
	case "garbage first":
		fmt.Println("Usage: handrail-ui c4n4ry")
	case "no display":
		say(card.Message{Kind: card.Failed, Reason: card.ReasonDisplay})
	case "garbage later":
		hello()
		wait()
		wait() // for a show
		fmt.Println("panic: c4n4ry")
		wait()
	case "the session's words":
		hello()
		say(card.Message{Kind: card.Withdraw, ID: 1})
		wait()
		wait()
	case "ends":
		hello()
		say(card.Message{Kind: card.Ready})
		wait()
		wait() // for a show
		os.Exit(7)
	case "never shows":
		hello()
		say(card.Message{Kind: card.Ready})
		wait()
		wait()
		wait()
	case "never reads":
		hello()
		say(card.Message{Kind: card.Ready})
		time.Sleep(time.Hour)
	case "can't show one":
		hello()
		wait()
		wait()
		say(card.Message{Kind: card.Failed, ID: 5, Reason: card.ReasonWindow})
		wait()
	}
	os.Exit(0)
}

func startPretender(t *testing.T, how string) (*Child, error) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	patience := time.Minute
	if how == "no hello" || how == "never shows" {
		patience = 3 * time.Second
	}
	c, err := Start(t.Context(), Options{Path: self, Env: append(os.Environ(), "HANDRAIL_TEST_CHILD="+how), Log: discard, patience: patience})
	if err == nil {
		t.Cleanup(func() { c.Close() })
	}
	return c, err
}

func TestStartSaysWhyNot(t *testing.T) {
	for how, want := range map[string]string{
		"another version": fmt.Sprintf("they speak %d, we speak %d", card.Protocol+1, card.Protocol),
		"no hello":        "did not say hello",
		"garbage first":   "not a message",
		"no display":      "can't show windows: display",
		"nothing":         "ended without a hello",
	} {
		t.Run(how, func(t *testing.T) {
			_, err := startPretender(t, how)
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "c4n4ry") {
				t.Errorf("Start: %v, want %q", err, want)
			}
		})
	}
	if _, err := Start(t.Context(), Options{Path: "/nonexistent/handrail-ui", Log: discard}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no such program: %v", err)
	}
}

// Whatever goes wrong later ends in EventGone, and then nothing.
func TestGone(t *testing.T) {
	for how, want := range map[string]string{
		"garbage later":       "not a message",
		"the session's words": "only the session sends",
		"ends":                "exit status 7",
		"never shows":         "did not show a card",
	} {
		t.Run(how, func(t *testing.T) {
			c, err := startPretender(t, how)
			if err != nil {
				t.Fatal(err)
			}
			_ = c.Show(card.Card{ID: 5}) // may be too late already
			var last card.Event
			for e := range c.Events() {
				last = e
			}
			if last.Kind != card.EventGone || last.Err == nil || !strings.Contains(last.Err.Error(), want) || strings.Contains(last.Err.Error(), "c4n4ry") {
				t.Errorf("the last event is %+v, want EventGone with %q", last, want)
			}
			if err := c.Show(card.Card{ID: 6}); !errors.Is(err, ErrGone) {
				t.Errorf("Show afterwards: %v, want ErrGone", err)
			}
		})
	}
}

// A process that hangs must not make the session hang.
func TestAChildThatNeverReads(t *testing.T) {
	c, err := startPretender(t, "never reads")
	if err != nil {
		t.Fatal(err)
	}
	big := card.Card{ID: 1, Because: strings.Repeat("x", 8<<10)}
	for err == nil {
		err = c.Show(big)
	}
	for range c.Events() {
	}
}

func TestFailedToShowOne(t *testing.T) {
	c, err := startPretender(t, "can't show one")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Show(card.Card{ID: 5}); err != nil {
		t.Fatal(err)
	}
	if e := <-c.Events(); e.Kind != card.EventFailed || e.ID != 5 {
		t.Errorf("got %+v, want EventFailed for card 5", e)
	}
	c.Close()
	if e, ok := <-c.Events(); ok {
		t.Errorf("after Close: %+v, want the end and no EventGone", e)
	}
}

var discard = slog.New(slog.DiscardHandler)

// afterwards is what tests leave to be done in the end.
var afterwards []func()

func TestMain(m *testing.M) {
	pretend()
	code := m.Run()
	for _, f := range afterwards {
		f()
	}
	os.Exit(code)
}

func TestADesktopWithoutABusGetsNone(t *testing.T) {
	for _, c := range []struct{ env, want []string }{
		{[]string{"A=1", "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/bus"}, []string{"A=1", "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/bus"}},
		{[]string{"A=1"}, []string{"A=1", "DBUS_SESSION_BUS_ADDRESS=disabled:"}},
		{[]string{"DBUS_SESSION_BUS_ADDRESS="}, []string{"DBUS_SESSION_BUS_ADDRESS=", "DBUS_SESSION_BUS_ADDRESS=disabled:"}},
	} {
		if got := noBusOfItsOwn(c.env); !slices.Equal(got, c.want) {
			t.Errorf("%v: got %v, want %v", c.env, got, c.want)
		}
	}
}
