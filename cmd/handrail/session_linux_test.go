package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"handrail/agent/config"
	"handrail/agent/desktoptest"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/report"
	"handrail/agent/session"
	"handrail/agent/tally"
)

// canary is part of everything that is copied here. It may be nowhere else.
const canary = "canary-4f1c"

// patience is how long a test waits for something that has to happen.
const patience = time.Minute

// sessionOf waits until the session of a folder watches.
func sessionOf(t *testing.T, paths config.Paths) *local.Client {
	t.Helper()
	c := local.NewClient(paths.SessionSocket, version)
	until(t, "the session watches", func() bool {
		s, err := c.SessionStatus(t.Context())
		return err == nil && s.Watching
	})
	return c
}

func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited for %v: %s", patience, what)
		}
	}
}

func sessionStatus(t *testing.T, c *local.Client) local.SessionStatus {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	s, err := c.SessionStatus(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The real session with the real sensors on a real desktop, without a service
// and without windows: nudges are native notifications.
func TestSessionOnADesktop(t *testing.T) {
	desktoptest.Need(t, "dunst")
	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
	d.Start(t, "dunst", "-conf", "/dev/null")
	home := t.TempDir()
	paths, err := config.Find(home)
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if err := session.NoteWelcome(paths.UserState, true); err != nil { // its notification would be counted
		t.Fatal(err)
	}
	cmd := d.Command(t, "handrail", "session", "--home", home, "--ui", filepath.Join(home, "no-such-program"))
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			b, _ := os.ReadFile(log.Name())
			t.Logf("the session's log:\n%s", b)
		}
	})
	c := sessionOf(t, paths)

	editor := d.Window(t, desktoptest.WindowOptions{Title: "Budget - " + canary, Class: "editor"})
	editor.Focus(t)
	card := strings.Join([]string{"4539", "1488", "0343", "6467"}, " ")
	d.Copy(t, canary+" pay with "+card)
	chat := d.Window(t, desktoptest.WindowOptions{Title: "ChatGPT - Mozilla Firefox", Class: "firefox"})
	chat.Focus(t)
	until(t, "a nudge is up", func() bool { return sessionStatus(t, c).Nudges == 1 })
	s := sessionStatus(t, c)
	if s.ClipReads != 1 || s.Service || s.Policy.Source != "default" || s.LastError != "" {
		t.Errorf("status %+v", s)
	}
	if got := d.Run(t, "dunstctl", "count", "displayed"); strings.TrimSpace(got) != "1" {
		t.Errorf("dunst displays %s notifications", got)
	}

	// Without handrail-ui there is no panel, and it says what serves instead.
	panel := d.Command(t, "handrail", "panel", "--home", home)
	if out, err := panel.CombinedOutput(); err == nil || !strings.HasPrefix(string(out), "handrail: no window can be opened here now") || !strings.Contains(string(out), "handrail ledger") {
		t.Errorf("a panel without windows: %v\n%s", err, out)
	}

	// Another session of the same account is told why it can't.
	second := d.Command(t, "handrail", "session", "--home", home)
	out, err := second.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "already watching") {
		t.Errorf("a second session: %v\n%s", err, out)
	}

	d.Run(t, "handrail", "answer", "dismiss", "--home", home)
	until(t, "the notification is gone", func() bool {
		return strings.TrimSpace(d.Run(t, "dunstctl", "count", "displayed")) == "0"
	})
	want := report.NudgeCell("card", 0, "chatgpt", 0, report.Dismissed)
	running, _, err := tally.Look(filepath.Join(paths.UserState, "tally"))
	if err != nil || len(running) != 1 {
		t.Fatalf("the tally holds %+v, %v", running, err)
	}
	found := 0
	for _, x := range running[0].Cells {
		if x.Kind == report.KindNudge {
			found++
			if x.Tool != want.Tool || x.Answer != want.Answer || x.Often != report.Once {
				t.Errorf("counted %+v", x)
			}
		}
	}
	if found != 1 {
		t.Errorf("%d outcomes of one nudge: %+v", found, running[0].Cells)
	}

	// In a pause nothing is read, and afterwards it is.
	if out := d.Run(t, "handrail", "pause", "--for", "5m", "--home", home); !strings.Contains(out, "Paused until") {
		t.Errorf("pause said %q", out)
	}
	editor.Focus(t)
	d.Copy(t, iban) // another class: the first one was spoken of just now
	chat.Focus(t)
	if s := sessionStatus(t, c); s.ClipReads != 1 || !s.Paused {
		t.Errorf("in a pause: %+v", s)
	}
	d.Run(t, "handrail", "resume", "--home", home)
	until(t, "a nudge is up after the pause", func() bool { return sessionStatus(t, c).Nudges == 2 })

	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the session ended with %v", err)
	}
	if got := d.Run(t, "dunstctl", "count", "displayed"); strings.TrimSpace(got) != "0" {
		t.Errorf("the session left %s notifications behind", got)
	}
	if _, err := ledger.Verify(filepath.Join(paths.UserState, ledger.Name)); err != nil {
		t.Error(err)
	}
	wantNoCanary(t, log.Name())
	err = filepath.WalkDir(home, func(path string, f os.DirEntry, err error) error {
		if err == nil && f.Type().IsRegular() {
			wantNoCanary(t, path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func wantNoCanary(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	if strings.Contains(string(b), canary) || strings.Contains(string(b), "4539") {
		t.Errorf("%s holds what was copied, or a title", filepath.Base(path))
	}
}
