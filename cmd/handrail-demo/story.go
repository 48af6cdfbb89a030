package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/godbus/dbus/v5"

	"handrail/agent/config"
	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
	"handrail/agent/report"
	"handrail/agent/session"
	"handrail/detect/policy"
)

// story is the main job on real parts: a desktop, a browser, our programs.
// The demo plays it for a person, the test plays it and asserts each step.
type story struct {
	t     desktoptest.TB
	say   func(step, figure string)
	bin   string // the folder of our programs
	shots string // the folder for screenshots

	withFleet bool // start a fleet server, with short batches
	perDay    int  // how many nudges may interrupt in a day, 0 for the default

	d       *desktoptest.Desktop // nil on a person's own desktop
	env     []string             // of our programs
	fleet   *fleet
	paths   config.Paths
	logs    *output
	service *keeper
	session *keeper
	nudges  <-chan sighting
	client  *local.Client // of the session

	browser             *browser
	crm, chat, approved context.Context
}

// many nudges a day are for who tries one after the other.
const many = 100

// The tabs of the story's browser, by the number of their key.
const (
	crmTab = iota + 2
	chatTab
	approvedTab
)

// hotkey is the key that moves the keyboard to a nudge, for xdotool.
const hotkey = "ctrl+alt+h"

// output collects what our programs print, to look for what must not be there.
type output struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// start brings up the desktop, the service and the session.
func (s *story) start() {
	t := s.t
	s.d = desktoptest.Start(t, desktoptest.Options{WM: "openbox", Size: "1280x800"})
	s.env = s.d.Env()
	s.nudges = watchNudges(t, s.d.Display)
	s.startPrograms(filepath.Join(s.d.Home, "handrail"))
	status := s.until("the session watches", s.ready)
	s.say("Service and session are up and watch", coverageWords(status.Coverage))
	s.tray()
}

// tray brings a panel with a place for icons to the desktop, after the
// session, and waits for Handrail's.
func (s *story) tray() {
	t := s.t
	s.d.Tray(t)
	bus, err := dbus.Connect(s.d.Bus)
	if err != nil {
		t.Fatalf("reaching the desktop's message bus: %v", err)
	}
	defer bus.Close()
	watcher := bus.Object("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher")
	s.wait("the icon is in the panel", func() bool {
		items, err := watcher.GetProperty("org.kde.StatusNotifierWatcher.RegisteredStatusNotifierItems")
		names, _ := items.Value().([]string)
		return err == nil && len(names) > 0
	}, s.logs.String)
	s.say("A panel comes up, and Handrail's icon with it", "1 icon")
}

// startPrograms starts the service and the session below one folder, under a
// stand-in for init that starts them again.
func (s *story) startPrograms(home string) {
	t := s.t
	s.paths = config.Under(home)
	s.logs = &output{}
	if err := os.MkdirAll(s.paths.Home, 0o700); err != nil {
		t.Fatalf("making the folder of the story: %v", err)
	}
	if err := os.WriteFile(s.paths.Policy, s.policy(), 0o644); err != nil {
		t.Fatalf("writing the policy: %v", err)
	}
	// The story's person is not new: nothing is offered to them beside its nudges.
	if err := session.NoteWelcome(s.paths.UserState, true); err != nil {
		t.Fatalf("making the story's person: %v", err)
	}
	if s.withFleet {
		s.joinFleet()
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.service = keep(ctx, "the service", func() *exec.Cmd { return s.program("service", "run") })
	s.session = keep(ctx, "the session", func() *exec.Cmd { return s.program("session") })
	t.Cleanup(func() {
		cancel()
		<-s.service.done
		<-s.session.done
	})
	s.client = local.NewClient(s.paths.SessionSocket, version)
}

// joinFleet starts the fleet server and lets 30 colleagues and this laptop
// join.
func (s *story) joinFleet() {
	t := s.t
	s.fleet = s.startFleet()
	if err := s.fleet.enrol(); err != nil {
		t.Fatalf("%v", err)
	}
	secretFile := filepath.Join(s.paths.Home, "enrol-secret")
	if err := os.WriteFile(secretFile, []byte(s.fleet.secret+"\n"), 0o600); err != nil {
		t.Fatalf("writing the enrolment secret: %v", err)
	}
	if err := os.WriteFile(s.paths.Settings, s.fleet.settings(secretFile), 0o600); err != nil {
		t.Fatalf("writing the settings: %v", err)
	}
	s.say("A fleet server with its console is up, and 30 simulated laptops have joined", s.fleet.console)
}

// policy is the example policy with an approved tool that may receive
// everything: then nothing is read for it at all. The story says things again
// within a minute, which nobody should have to hear, so there is no cooldown.
func (s *story) policy() []byte {
	p := bytes.Replace(policy.Example(), []byte("    receives: [contacts]\n"), nil, 1)
	perDay := cmp.Or(s.perDay, policy.DefaultNudgesPerDay)
	return fmt.Appendf(p, "\nquiet: {nudges_per_day: %d, cooldown_minutes: 0}\n", perDay)
}

// ready tells whether the session watches all that it can, and is connected.
func (s *story) ready(st local.SessionStatus) bool {
	return st.Watching && st.Service && st.Policy.Source == "managed" &&
		st.Coverage.Of(coverage.Clipboard).State != coverage.Blind &&
		st.Coverage.Of(coverage.Windows).State != coverage.Blind &&
		st.Coverage.Of(coverage.Nudge).State == coverage.Seen
}

func coverageWords(table coverage.Table) string {
	var words []string
	for _, e := range table {
		words = append(words, e.Surface.String()+" "+e.State.String())
	}
	return strings.Join(words, ", ")
}

// program is one of our programs on the story's desktop and folder.
func (s *story) program(args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, "handrail"), args...)
	cmd.Env = append(slices.Clone(s.env), config.HomeVar+"="+s.paths.Home)
	cmd.Stdout, cmd.Stderr = s.logs, s.logs
	return cmd
}

// run runs a command of ours to its end and returns what it printed.
func (s *story) run(args ...string) string {
	s.t.Helper()
	cmd := s.program(args...)
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		s.t.Fatalf("handrail %s: %v\n%s\n%s", strings.Join(args, " "), err, out.String(), s.logs)
	}
	return out.String()
}

// status asks the session; the zero status while nobody answers.
func (s *story) status() local.SessionStatus {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	st, err := s.client.SessionStatus(ctx)
	if err != nil {
		return local.SessionStatus{}
	}
	return st
}

// until asks the session again and again until ok.
func (s *story) until(what string, ok func(local.SessionStatus) bool) local.SessionStatus {
	s.t.Helper()
	var st local.SessionStatus
	s.wait(what, func() bool { st = s.status(); return ok(st) }, func() string {
		b, _ := json.Marshal(st)
		return string(b) + "\n" + s.logs.String()
	})
	return st
}

// wait asks again and again until ok, for things that send no event.
func (s *story) wait(what string, ok func() bool, why func() string) {
	s.t.Helper()
	deadline := time.Now().Add(4 * desktoptest.Patience)
	for tick := time.NewTicker(50 * time.Millisecond); !ok(); <-tick.C {
		if time.Now().After(deadline) {
			s.shot("failed.png")
			s.t.Fatalf("waited in vain: %s\n%s", what, why())
		}
	}
}

// nudge waits for the next nudge on the screen.
func (s *story) nudge() sighting {
	s.t.Helper()
	return s.sight(true)
}

// gone waits until the nudge has left the screen.
func (s *story) gone() {
	s.t.Helper()
	s.sight(false)
}

func (s *story) sight(shown bool) sighting {
	s.t.Helper()
	select {
	case n := <-s.nudges:
		if n.shown != shown {
			s.t.Fatalf("a nudge: shown %v, want %v", n.shown, shown)
		}
		return n
	case <-time.After(2 * desktoptest.Patience):
		s.shot("failed.png")
		s.t.Fatalf("no nudge: waited for shown %v\n%+v\n%s", shown, s.status(), s.logs)
	}
	return sighting{}
}

// answerOpen clicks on the big button with the mouse, as most people do.
func (s *story) answerOpen(n sighting) {
	s.t.Helper()
	x, y := s.bigButton(n)
	s.click(x, y)
}

// answerEsc answers by the keyboard alone: the hotkey brings it to the nudge,
// and after the answer it is back where it was.
func (s *story) answerEsc(n sighting) {
	s.t.Helper()
	focused := func() string { return strings.TrimSpace(s.d.Run(s.t, "xdotool", "getwindowfocus")) }
	before := focused()
	s.d.Key(s.t, hotkey)
	s.wait("the nudge has the keyboard", func() bool { return focused() == strconv.Itoa(int(n.window)) }, focused)
	s.d.Key(s.t, "Escape")
	s.gone()
	s.wait("the keyboard is back", func() bool { return focused() == before }, focused)
}

func (s *story) click(x, y int) {
	s.t.Helper()
	s.d.Run(s.t, "xdotool", "mousemove", strconv.Itoa(x), strconv.Itoa(y), "click", "1")
}

func (s *story) shot(name string) {
	if s.shots != "" {
		s.d.Screenshot(s.t, filepath.Join(s.shots, name))
	}
}

// openPages opens the browser with the story's three pages.
func (s *story) openPages() {
	s.browser = openBrowser(s.t, s.d)
	s.crm = s.browser.tab(s.t, "https://"+crmHost+"/", "#text")
	s.chat = s.browser.tab(s.t, "https://"+chatHost+"/", "#text")
	s.approved = s.browser.tab(s.t, "https://"+approvedHost+"/chat", "#text")
	s.browser.show(s.t, crmTab)
	s.say("Chromium has a customer system, DeepSeek and Copilot open", "3 tabs")
}

// copyCustomers copies the customer list with the keyboard, as a person does.
func (s *story) copyCustomers() {
	s.browser.show(s.t, crmTab)
	s.browser.caret(s.t, s.crm)
	s.d.Key(s.t, "ctrl+a", "ctrl+c")
	s.wait("the list is on the clipboard", func() bool {
		return strings.Contains(s.d.Run(s.t, "xclip", "-selection", "clipboard", "-o"), "northport")
	}, func() string { return "" })
}

// toChat goes to DeepSeek and returns when.
func (s *story) toChat() time.Time {
	at := time.Now()
	s.browser.show(s.t, chatTab)
	return at
}

// mainJob is the story's heart: a customer list, a chat that isn't approved, a
// nudge before the paste, and the approved tool one click away.
func (s *story) mainJob() {
	t := s.t
	s.copyCustomers()
	if reads := s.status().ClipReads; reads != 0 {
		t.Fatalf("the clipboard was read %d times before any AI tool had the keyboard", reads)
	}
	s.say("Somebody copies 14 customers; Handrail notes that something was copied", "0 reads")

	at := s.toChat()
	n := s.nudge()
	took := n.at.Sub(at)
	if _, pastes := s.browser.text(t, s.chat); pastes != 0 {
		t.Fatalf("the page saw %d pastes before the nudge", pastes)
	}
	s.until("the nudge is counted", func(st local.SessionStatus) bool { return st.Nudges == 1 })
	s.shot("nudge.png")
	s.say("They switch to DeepSeek: the nudge is there before any paste", fmt.Sprintf("%d ms from the key to the screen, 0 pastes", took.Milliseconds()))

	s.answerOpen(n)
	s.gone()
	s.wait("the approved tool is open", func() bool { return s.browser.count(t, approvedHost) == 2 },
		func() string { return s.logs.String() })
	s.say("One click opens Microsoft 365 Copilot", "1 click")

	reads := s.status().ClipReads
	s.browser.show(t, approvedTab)
	s.browser.caret(t, s.approved)
	s.d.Key(t, "ctrl+v")
	s.wait("the list is pasted into the approved tool", func() bool {
		text, _ := s.browser.text(t, s.approved)
		return text == customers()
	}, func() string { return "" })
	if now := s.status().ClipReads; now != reads {
		t.Fatalf("the clipboard was read for an approved tool: %d reads, then %d", reads, now)
	}
	s.shot("approved.png")
	s.say("The paste into Copilot is nobody's business", fmt.Sprintf("still %d read", reads))
}

// panel opens the panel, as the tray's menu does, and closes it again.
func (s *story) panel() {
	t := s.t
	for _, page := range []struct{ tab, picture string }{{"ledger", "panel-saw.png"}, {"coverage", "panel-sees.png"}} {
		before := s.picture()
		s.run("panel", "--tab", page.tab)
		window := s.d.Find(t, "Handrail")
		s.d.Activate(t, window)
		s.wait("the panel is drawn", func() bool { return s.drawn(window, before) }, func() string { return "" })
		s.shot(page.picture)
		s.d.Key(t, "Escape")
		s.wait("the panel is closed", func() bool { return s.d.Active(t) != window }, func() string { return "" })
	}
	s.say("The panel says what Handrail sees and what IT saw", "2 pages")
}

// quiet shows what makes no nudge: the same clip again, clean text, a text that
// a password manager marked. That nothing happens is seen by what happens next:
// the first nudge after all of it is the one for the last clip.
func (s *story) quiet() {
	t := s.t
	s.browser.show(t, crmTab)
	s.toChat() // the same clip: never twice
	s.settled()
	before := s.status()

	s.browser.show(t, crmTab)
	s.d.Copy(t, "Thanks for the call. Could we meet on Tuesday at ten?")
	s.toChat()
	s.until("the clean text was looked at", func(st local.SessionStatus) bool { return st.ClipReads == before.ClipReads+1 })

	s.browser.show(t, crmTab)
	secret := s.d.Own(t, desktoptest.Clip{Text: []byte("correct-horse-7"), Concealed: true})
	s.toChat()
	secret.WaitAsked(t, "TARGETS")
	if n := secret.Asked("UTF8_STRING"); n != 0 {
		t.Fatalf("a concealed clip was read %d times", n)
	}

	s.browser.show(t, crmTab)
	s.d.Copy(t, "Please pay to DE75 5121 0800 1245 1261 99 by Friday")
	s.toChat()
	s.nudge()
	after := s.until("the nudge is counted", func(st local.SessionStatus) bool { return st.Nudges > before.Nudges })
	if after.ClipReads != before.ClipReads+2 || after.Nudges != before.Nudges+1 {
		t.Fatalf("reads %d -> %d, nudges %d -> %d: want two more reads and one more nudge", before.ClipReads, after.ClipReads, before.Nudges, after.Nudges)
	}
	s.say("Clean text, a password manager's clip and the same list again: nothing", "1 nudge for 4 visits")
	s.browser.show(t, crmTab)
	s.gone()
}

// settled waits until the session has handled what happened so far: it answers
// in the order in which things come to it.
func (s *story) settled() { s.status() }

// killed ends the window program, the session and the service in turn, at
// once and without a word, under a stand-in for init that starts them again.
// Each time a nudge is answered afterwards; no outcome of before is lost.
func (s *story) killed() {
	t := s.t
	for i, kill := range []struct {
		name string
		do   func()
	}{
		{"the window program", func() { s.killWindows() }},
		{"the session", func() { s.session.kill(); <-s.session.started }},
		{"the service", func() { s.service.kill(); <-s.service.started }},
	} {
		s.browser.show(t, crmTab)
		kill.do()
		s.until(kill.name+" is back", s.ready)
		s.d.Copy(t, fmt.Sprintf("Quarterly transfer %d: DE02 1203 0000 0000 2020 51, then GB33BUKB20201555555555 too", i))
		s.toChat()
		s.answerEsc(s.nudge())
		s.say("Killed "+kill.name+": it is back, and a nudge works", "kill -9")
	}
	s.run("ledger", "verify")
	// One bank nudge was left without an answer before, and each of the three
	// here was closed: no more, no less.
	s.counted(map[string]report.Often{
		"contacts deepseek switched": report.Once,
		"bank deepseek ignored":      report.Once,
		"bank deepseek dismissed":    report.Few,
	})
}

// counted compares what handrail ledger says was counted, in reports and in
// the running batch together, with the nudges of the story.
func (s *story) counted(want map[string]report.Often) {
	s.t.Helper()
	var book struct {
		Entries []struct {
			Report *struct{ Cells []report.Cell }
		}
		Running []struct{ Cells []report.Cell }
	}
	if err := json.Unmarshal([]byte(s.run("ledger", "--json")), &book); err != nil {
		s.t.Fatalf("reading the ledger: %v", err)
	}
	var cells []report.Cell
	for _, e := range book.Entries {
		if e.Report != nil {
			cells = append(cells, e.Report.Cells...)
		}
	}
	for _, r := range book.Running {
		cells = append(cells, r.Cells...)
	}
	got := map[string]report.Often{}
	for _, c := range cells {
		if c.Kind == report.KindNudge {
			got[fmt.Sprintf("%s %s %s", c.Class, c.Tool, c.Answer)] = c.Often
		}
	}
	if !maps.Equal(got, want) {
		s.t.Fatalf("the ledger counted %v, want %v", got, want)
	}
}

// windowsPID returns the session's window process, 0 if there is none.
func (s *story) windowsPID() int {
	out, _ := exec.Command("pgrep", "-P", strconv.Itoa(s.session.pid()), "-f", "handrail-ui").Output()
	pid, _ := strconv.Atoi(strings.TrimSpace(string(out)))
	return pid
}

// killWindows ends the window process and waits for its successor.
func (s *story) killWindows() {
	s.t.Helper()
	old := s.windowsPID()
	if old == 0 {
		s.t.Fatalf("the session has no window process")
	}
	if err := syscall.Kill(old, syscall.SIGKILL); err != nil {
		s.t.Fatalf("killing the window process: %v", err)
	}
	s.wait("another window process", func() bool { pid := s.windowsPID(); return pid != 0 && pid != old }, s.logs.String)
}

// noCanary looks for what was copied in every file and line of ours.
func (s *story) noCanary() {
	t := s.t
	canaries := []string{"northport", "Okafor", "correct-horse-7", "DE75", "51210800", "Quarterly"}
	check := func(where string, b []byte) {
		for _, c := range canaries {
			if bytes.Contains(b, []byte(c)) {
				t.Fatalf("%s holds %q, which was copied", where, c)
			}
		}
	}
	files := 0
	err := filepath.WalkDir(s.paths.Home, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		check(path, b)
		return nil
	})
	if err != nil {
		t.Fatalf("reading our files: %v", err)
	}
	check("what our programs printed", []byte(s.logs.String()))
	if s.fleet != nil {
		for where, w := range map[string]*wire{"health": s.fleet.health, "reports": s.fleet.wire} {
			b := w.everything()
			if len(b) == 0 {
				t.Fatalf("nothing was sent as %s: the search would find nothing anyway", where)
			}
			check("what was sent as "+where, b)
		}
	}
	s.say("Nothing of what was copied is in a file, a log or on the wire", fmt.Sprintf("%d files, %d bytes of log", files, len(s.logs.String())))
}
