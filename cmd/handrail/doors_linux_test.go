package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handrail/agent/config"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
	"handrail/agent/report"
	"handrail/agent/tally"
	"handrail/detect"
	"handrail/detect/catalog"
)

// The stand-in for a desktop AI app is known by its process, so it is a
// program of that name: this one, started by another.
func init() {
	standIns["claude-desktop"] = func() {
		if err := desktoptest.App(os.Getenv("DISPLAY"), "Claude", "Claude", os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// iban is what the people in these tests copy.
const iban = canary + " please pay to DE75 5121 0800 1245 1261 99"

// watched is a session on a desktop, with a plain window to copy from. Nudges
// are notifications.
type watched struct {
	*desktoptest.Desktop
	client *local.Client
	paths  config.Paths
	home   string
	editor *desktoptest.Window
}

func watchDesktop(t *testing.T) watched {
	t.Helper()
	desktoptest.Need(t, "dunst")
	d := watched{Desktop: desktoptest.Start(t, desktoptest.Options{WM: "openbox"}), home: t.TempDir()}
	d.Start(t, "dunst", "-conf", "/dev/null")
	var err error
	if d.paths, err = config.Find(d.home); err != nil {
		t.Fatal(err)
	}
	d.Start(t, "handrail", "session", "--home", d.home, "--ui", filepath.Join(d.home, "no-such-program"))
	d.client = sessionOf(t, d.paths)
	d.editor = d.Window(t, desktoptest.WindowOptions{Title: "Budget", Class: "editor"})
	return d
}

// nudged waits until as many nudges were shown.
func (d watched) nudged(t *testing.T, n int) {
	t.Helper()
	until(t, fmt.Sprintf("nudge %d is up", n), func() bool { return sessionStatus(t, d.client).Nudges == n })
}

// recorded waits until exactly one nudge was counted: with this outcome.
func (d watched) recorded(t *testing.T, tool catalog.ToolID, surface catalog.Surface, answer report.Answer) {
	t.Helper()
	var cells []report.Cell
	until(t, "the outcome is counted", func() bool {
		running, _, err := tally.Look(filepath.Join(d.paths.UserState, "tally"))
		if err != nil || len(running) != 1 {
			return false
		}
		cells = nil
		for _, c := range running[0].Cells {
			if c.Kind == report.KindNudge {
				cells = append(cells, c)
			}
		}
		return len(cells) > 0
	})
	want := report.NudgeCell("unknown_tool", detect.ClassBank, tool, surface, answer)
	if cells[0].Often != report.Once || len(cells) != 1 || cells[0].Key() != want.Key() {
		t.Errorf("counted %+v, want one of %+v", cells, want)
	}
}

// An AI CLI in a terminal: nothing is read for the shell, and the nudge is there
// before the tool has got anything. That it is pasted all the same is not seen,
// and so not said: all that is known is that nobody answered.
func TestNudgeBeforeAPasteIntoATerminal(t *testing.T) {
	for name, clip := range map[string]desktoptest.Clip{
		"copied": {Text: []byte(iban + "\n")},
		"marked": {Text: []byte(iban + "\n"), Primary: true},
	} {
		t.Run(name, func(t *testing.T) { nudgeInATerminal(t, clip) })
	}
}

func nudgeInATerminal(t *testing.T, clip desktoptest.Clip) {
	d := watchDesktop(t)
	dir := t.TempDir()
	got := filepath.Join(dir, "got")
	aider := filepath.Join(dir, "aider")
	script := "#!/bin/sh\nIFS= read -r line\nprintf %s \"$line\" >" + got + ".new\nmv " + got + ".new " + got + "\nread more\n"
	if err := os.WriteFile(aider, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	// The title stays as it is, so that the tool is known by its process group.
	d.Start(t, "xterm", "-T", "work", "-xrm", "XTerm*allowTitleOps: false",
		"-xrm", fmt.Sprintf("XTerm*selectToClipboard: %v", !clip.Primary),
		"-e", "bash", "--norc", "--noprofile", "-i")
	terminal := d.Find(t, "XTerm")
	d.WaitActive(t, terminal) // or it takes the keyboard later
	d.editor.Focus(t)
	d.Own(t, clip)
	d.Activate(t, terminal)
	d.Type(t, aider)
	if s := sessionStatus(t, d.client); s.ClipReads != 0 || s.Nudges != 0 {
		t.Errorf("a shell has the keyboard, and %d clips were read, %d nudges shown", s.ClipReads, s.Nudges)
	}
	d.Key(t, "Return")
	d.nudged(t, 1)
	if _, err := os.Stat(got); err == nil {
		t.Error("the tool has got something before the nudge")
	}

	d.Key(t, "shift+Insert") // the line ends with what is pasted
	until(t, "the tool has got a line", func() bool { _, err := os.Stat(got); return err == nil })
	if b, err := os.ReadFile(got); err != nil || string(b) != iban {
		t.Errorf("the tool got %q, %v", b, err)
	}
	d.editor.Focus(t)
	d.recorded(t, "aider", catalog.SurfaceTerminal, report.Ignored)
	if s := sessionStatus(t, d.client); s.ClipReads != 1 || s.Nudges != 1 {
		t.Errorf("%d clips were read, %d nudges shown", s.ClipReads, s.Nudges)
	}
}

// A desktop AI app, known by its process. What the person says is recorded as
// said, whether or not they paste then; a paste is left alone, and gets what the
// person chose to have on the clipboard.
func TestNudgeBeforeAPasteIntoADesktopApp(t *testing.T) {
	for answer, want := range map[string]struct {
		answer report.Answer
		pasted func(s string) bool
		reads  uint64
	}{
		"paste-anyway": {report.SaidAnyway, func(s string) bool { return s == iban }, 1},
		// It is read once more to be made safe, and once for Undo.
		"safe-paste": {report.PastedSafely, func(s string) bool {
			return strings.HasPrefix(s, canary+" please pay to [IBAN_") && !strings.Contains(s, "DE75")
		}, 3},
	} {
		t.Run(answer, func(t *testing.T) {
			d := watchDesktop(t)
			app := d.Command(t, "claude-desktop")
			out, in := io.Pipe()
			app.Stdout, app.Stderr = in, os.Stderr
			if err := app.Start(); err != nil {
				t.Fatal(err)
			}
			pasted := make(chan string)
			go func() {
				s, _ := bufio.NewReader(out).ReadString(0)
				pasted <- strings.TrimSuffix(s, "\x00")
			}()
			window := d.Find(t, "Claude")
			d.WaitActive(t, window) // or it takes the keyboard later
			d.editor.Focus(t)
			d.Copy(t, iban)
			d.Activate(t, window)
			d.nudged(t, 1)
			select {
			case s := <-pasted:
				t.Errorf("the app has got %q before the nudge", s)
			default:
			}

			d.Run(t, "handrail", "answer", answer, "--home", d.home)
			d.recorded(t, "claude", catalog.SurfaceApp, want.answer)
			until(t, "the clipboard is ready", func() bool {
				return want.pasted(d.Run(t, "xclip", "-selection", "clipboard", "-o"))
			})
			d.Key(t, "ctrl+v")
			if s := <-pasted; !want.pasted(s) {
				t.Errorf("the app got %q", s)
			}
			if s := sessionStatus(t, d.client); s.ClipReads != want.reads || s.Nudges != 1 {
				t.Errorf("%d clips were read, %d nudges shown", s.ClipReads, s.Nudges)
			}
		})
	}
}
