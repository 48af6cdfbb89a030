package session

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/config"
	"handrail/agent/focus"
	"handrail/agent/local"
	"handrail/agent/nudge"
	"handrail/agent/presence"
	"handrail/agent/process"
	"handrail/agent/report"
	"handrail/agent/tally"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/ui/view"
)

const managed = `version: 1
serial: 7
tools:
  - {id: m365-copilot, standing: approved, name: Copilot, open: "https://copilot.example/"}
  - {id: chatgpt, standing: unapproved}
rules:
  - id: cards
    when: {classes: [card]}
    do: nudge
    because: Card numbers stay here.
    instead: {tool: m365-copilot}
`

// cardNumber belongs to nobody, and passes the check.
var cardNumber = strings.Join([]string{"4539", "1488", "0343", "6467"}, " ")

// cooldown is how long nothing is said again.
const cooldown = policy.DefaultCooldownMinutes * time.Minute

// desk is a desktop that a test plays by hand, at the seams to the system.
type desk struct {
	t   *testing.T
	ctx context.Context
	e   *engine
	log *bytes.Buffer

	mu        sync.Mutex // guards what follows; the engine's helpers use it too
	clipboard *fakeClipboard
	focus     *fakeFocus
	windows   *fakeWindows
	moments   *fakeMoments
	opened    map[string]int // how often each part was opened
	broken    map[string]error

	notifier fakeNotifier
	presence fakePresence
	browser  fakeOpener
	service  fakeService
	uses     []process.Use
	options  Options
}

// run plays a test on a desktop, in a bubble whose time the test owns.
func run(t *testing.T, f func(t *testing.T, d *desk)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		stop := d.start()
		f(t, d)
		stop()
	})
}

func newDesk(t *testing.T, dir string) *desk {
	d := &desk{
		t: t, ctx: t.Context(), log: &bytes.Buffer{},
		opened: map[string]int{}, broken: map[string]error{},
	}
	d.service.policy = managed
	d.service.changed = make(chan struct{})
	paths := config.Under(dir)
	if err := os.MkdirAll(paths.UserState, 0o700); err != nil {
		t.Fatal(err)
	}
	settings, err := config.ParseSettings([]byte("batch: 1h\n"))
	if err != nil {
		t.Fatal(err)
	}
	d.options = Options{
		Version: "1.2.3", Paths: paths, Settings: settings,
		Log:       slog.New(slog.NewTextHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Catalog:   catalog.Default(),
		Clipboard: func() (Clipboard, error) { return open(d, "clipboard", &d.clipboard, newFakeClipboard) },
		Focus:     func() (Focus, error) { return open(d, "focus", &d.focus, newFakeFocus) },
		Presence:  func() (Presence, error) { return &d.presence, nil },
		Moments:   func() (Moments, error) { return open(d, "moments", &d.moments, newFakeMoments) },
		Windows: func(context.Context) (Windows, error) {
			return open(d, "windows", &d.windows, newFakeWindows)
		},
		Notifier: &d.notifier, Opener: &d.browser, Service: &d.service,
		LedgerWords: view.Ledger{Tool: func(id catalog.ToolID) string {
			t, _ := catalog.Default().Tool(id)
			return t.Name
		}},
		Running: func(context.Context, *catalog.Catalog) ([]process.Use, error) { return d.uses, nil },
	}
	return d
}

func open[T any](d *desk, name string, at **T, make func() *T) (*T, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.opened[name]++
	if err := d.broken[name]; err != nil {
		return nil, err
	}
	*at = make()
	return *at, nil
}

// start runs the session until stop.
func (d *desk) start() (stop func()) {
	ctx, cancel := context.WithCancel(d.ctx)
	d.e = newEngine(d.options)
	done := make(chan struct{})
	go func() {
		d.e.run(ctx)
		close(done)
	}()
	synctest.Wait()
	return func() {
		cancel()
		<-done
	}
}

func (d *desk) copy(text string) {
	d.clipboard.copy(clip.Clipboard, text)
	synctest.Wait()
}

func (d *desk) focusOn(title string) {
	d.focus.changes <- browserWindow(title)
	synctest.Wait()
}

func browserWindow(title string) focus.Change {
	return focus.Change{At: time.Now(), Window: focus.Window{ID: 1, PID: 500, Target: catalog.Target{Process: "firefox", Class: "firefox", Title: title}}}
}

func (d *desk) chatgpt() { d.focusOn("ChatGPT - Mozilla Firefox") }
func (d *desk) elsewhere() {
	d.focusOn("Budget - Mozilla Firefox")
	time.Sleep(nudge.Grace)
	synctest.Wait()
}

// isIn puts the person in the middle of something.
func (d *desk) isIn(m presence.Moment) {
	d.moments.changes <- presence.State{Moment: m}
	synctest.Wait()
}

func (d *desk) status() local.SessionStatus {
	reply := make(chan local.SessionStatus, 1)
	d.e.post(d.ctx, statusAsked{reply})
	return <-reply
}

// counted is what the person's tally holds, from the disk.
func (d *desk) counted() []report.Cell {
	d.t.Helper()
	running, _, err := tally.Look(filepath.Join(d.options.Paths.UserState, "tally"))
	if err != nil {
		d.t.Fatal(err)
	}
	var cells []report.Cell
	for _, c := range running {
		cells = append(cells, c.Cells...)
	}
	return cells
}

func (d *desk) wantCounted(want ...report.Cell) {
	d.t.Helper()
	for i := range want {
		if want[i].Often == 0 {
			want[i].Often = report.Once
		}
	}
	if got := d.counted(); !slices.Equal(got, want) {
		d.t.Errorf("counted %+v\nwant    %+v", got, want)
	}
}

func nudged(a report.Answer) report.Cell {
	return report.NudgeCell("cards", detect.ClassCard, "chatgpt", catalog.SurfaceBrowser, a)
}

// shownCard copies a card number, goes to ChatGPT and returns the card there.
func (d *desk) shownCard() card.Card {
	d.t.Helper()
	d.copy("pay with " + cardNumber)
	d.chatgpt()
	c, ok := d.windows.up()
	if !ok {
		d.t.Fatalf("no nudge; log:\n%s", d.log)
	}
	return c
}
