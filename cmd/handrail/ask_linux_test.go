package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/ledger"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/policy"
)

// taped starts a program between which and its parent everything is written to a
// file: what the session has the windows show.
const taped = `#!/bin/sh
exec 3<&0
rm -f "$0.in"
mkfifo "$0.in"
tee -a "$0.wire" <&3 >"$0.in" &
exec "$0.real" <"$0.in"
`

// wire is what the windows were told to show, the newest last.
func wire(t *testing.T, path string) (all []card.Message) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for line := range bytes.Lines(b) {
		var m card.Message
		if json.Unmarshal(line, &m) == nil { // the last line may be half of one
			all = append(all, m)
		}
	}
	return all
}

// On a real desktop, by the keyboard alone: a question is answered in the panel;
// then a nudge leads to a request for the tool, its bytes are shown and sent, the
// real server has them, and its answer is shown.
func TestFromTheNudgeToTheAnswer(t *testing.T) {
	dir := t.TempDir()
	windows := filepath.Join(dir, "windows")
	if err := os.Symlink(handrailUI(t), windows+".real"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(windows, []byte(taped), 0o755); err != nil {
		t.Fatal(err)
	}

	f, home := startFleet(t, "4s"), t.TempDir()
	paths := f.settle(t, home)
	if err := os.WriteFile(paths.Policy, policy.Example(), 0o644); err != nil {
		t.Fatal(err)
	}

	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
	_, serviceLog := launch(t, d.Command(t, "handrail", "service", "run", "--home", home))
	_, sessionLog := launch(t, d.Command(t, "handrail", "session", "--home", home, "--ui", windows))
	c := sessionOf(t, paths)
	until(t, "the session knows the policy, and its windows", func() bool {
		s := sessionStatus(t, c)
		return s.Service && s.Policy.Source == "managed" && s.Coverage.Of(coverage.Nudge).State == coverage.Seen
	})
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("service:\n%s\nsession:\n%s", serviceLog, sessionLog)
		}
	})
	// The panel that was shown last.
	shown := func(what string, so func(card.Panel) bool) (p card.Panel) {
		t.Helper()
		until(t, what, func() bool {
			for _, m := range slices.Backward(wire(t, windows+".wire")) {
				if m.Kind == card.ShowPanel {
					p = *m.Panel
					return so(p)
				}
			}
			return false
		})
		return p
	}
	editor := d.Window(t, desktoptest.WindowOptions{Title: "Editor", Class: "editor"})
	editor.Focus(t)

	// A question, typed into the panel: the field has the keyboard.
	d.Run(t, "handrail", "panel", "--tab", "allowed", "--home", home)
	panel := d.Find(t, "Handrail")
	d.WaitActive(t, panel)
	d.Type(t, canary+" and bank details in chatgpt")
	p := shown("the question is answered", func(p card.Panel) bool {
		return len(p.Answers) == 1 && p.Answers[0].Tool == "chatgpt" && p.Answers[0].Kind == detect.ClassBank && p.Answers[0].Because != ""
	})
	picture(t, d, "allowed.png")
	if p.Draft != nil {
		t.Errorf("a form: %+v", p.Draft)
	}
	d.Key(t, "Escape")
	d.WaitActive(t, editor.ID)

	// A nudge, and from it the form.
	d.Copy(t, iban)
	chat := d.Window(t, desktoptest.WindowOptions{Title: "ChatGPT - Mozilla Firefox", Class: "firefox"})
	chat.Focus(t)
	until(t, "a nudge is up", func() bool { return sessionStatus(t, c).Nudges == 1 })
	picture(t, d, "nudge-request.png")
	d.Key(t, "ctrl+alt+h")
	d.Key(t, "Tab", "Tab", "Tab", "Tab", "Return") // the last one before it closes
	p = shown("the form is open", func(p card.Panel) bool { return p.Draft != nil })
	if p.Draft.Tool != "ChatGPT" || p.Draft.Data != card.DataItem(detect.ClassBank) || p.Draft.Bytes != "" || p.Answers != nil {
		t.Fatalf("the form is %+v, beside %+v", p.Draft, p.Answers)
	}
	d.WaitActive(t, panel)

	// Each list is gone through, and one of each chosen.
	at := 0 // which of the page's controls has the keyboard, from 1
	press := func(control int) {
		t.Helper()
		d.Key(t, slices.Repeat([]string{"Tab"}, control-at)...)
		at = control
		before := still(t, d)
		d.Key(t, "Return")
		until(t, "what came of it is drawn", func() bool { return !bytes.Equal(screen(t, d), before) })
	}
	d.Key(t, slices.Repeat([]string{"Tab"}, len(card.Tabs()))...) // the names of the pages
	tasks, kinds := len(report.Tasks()), len(detect.Classes())+1
	press(int(report.Translating))
	press(tasks + kinds + int(report.Language))
	p = shown("what would be sent is shown", func(p card.Panel) bool { return p.Draft != nil && p.Draft.Bytes != "" })
	exact := p.Draft.Bytes
	r, err := report.DecodeRequest([]byte(exact))
	if err != nil || r.Tool != "chatgpt" || r.Task != report.Translating || r.Kind != detect.ClassBank || !slices.Equal(r.Lacked, []report.Lack{report.Language}) {
		t.Fatalf("shown is %s: %+v, %v", exact, r, err)
	}
	request := func(x ledger.Entry) bool { return x.Kind == ledger.Request }
	if entryOf(t, paths, request) != 0 {
		t.Fatal("it was sent before anybody said so")
	}
	press(tasks + kinds + len(report.Lacks()) + 1)
	p = shown("it is on its way, with its clock", func(p card.Panel) bool { return p.Draft != nil && p.Draft.Sent && len(p.Asked) == 1 })
	if p.Asked[0].Tool != "ChatGPT" || !p.Asked[0].Due.After(time.Now()) || p.Asked[0].Outcome != 0 {
		t.Errorf("asked: %+v", p.Asked[0])
	}
	picture(t, d, "request-sent.png")

	// The real server has what was shown.
	until(t, "the console shows the request", func() bool {
		return strings.Contains(f.page("/requests"), "ChatGPT")
	})
	if got := d.Run(t, "handrail", "ledger", "show", fmt.Sprint(entryOf(t, paths, request)), "--home", home); got != exact {
		t.Errorf("the ledger has\n%s\nshown was\n%s", got, exact)
	}

	// IT answers. The keyboard is at the way back to the search; the next is the
	// button that looks for answers.
	f.run(t, "requests", "decide", "chatgpt", "--decline", "--reason", "It keeps what it gets.")
	d.Key(t, "Tab", "Return")
	p = shown("the answer", func(p card.Panel) bool { return len(p.Asked) == 1 && p.Asked[0].Outcome == card.AskedDeclined })
	if p.Asked[0].Reason != "It keeps what it gets." {
		t.Errorf("the answer is %+v", p.Asked[0])
	}
	picture(t, d, "request-answered.png")

	// Neither what was copied nor what was asked is anywhere.
	for what, log := range map[string]string{"service": serviceLog.String(), "session": sessionLog.String()} {
		if strings.Contains(log, canary) || strings.Contains(log, "claim") {
			t.Errorf("the log of the %s tells of it:\n%s", what, log)
		}
	}
	if err := filepath.WalkDir(home, func(path string, f os.DirEntry, err error) error {
		if err == nil && f.Type().IsRegular() {
			b, err := os.ReadFile(path)
			if err != nil || strings.Contains(string(b), canary) {
				t.Errorf("%s holds it (%v)", path, err)
			}
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// still is the screen once it has come to rest.
func still(t *testing.T, d *desktoptest.Desktop) (now []byte) {
	t.Helper()
	before := screen(t, d)
	until(t, "the screen is still", func() bool {
		now = screen(t, d)
		same := bytes.Equal(now, before)
		before = now
		return same
	})
	return now
}

// picture leaves a picture for people.
func picture(t *testing.T, d *desktoptest.Desktop, name string) {
	t.Helper()
	if dir := os.Getenv("HANDRAIL_PICTURES"); dir != "" {
		still(t, d)
		d.Screenshot(t, filepath.Join(dir, name))
	}
}
