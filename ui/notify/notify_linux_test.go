package notify

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/detect"
	"handrail/ui/text"
	"handrail/ui/view"

	"github.com/godbus/dbus/v5"
)

var nudge = card.Card{
	ID: 7, Tool: "ChatGPT", Domain: "chatgpt.com", Class: detect.ClassContacts, Count: 14,
	Because: "Customer lists <stay> here.", Instead: "Copilot",
}

// patience is how long a test waits for something that has to happen.
const patience = time.Minute

// privateBus starts a message bus of the test's own and makes it the session's.
func privateBus(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		t.Skip("dbus-daemon is not installed")
	}
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address=1", "--address=unix:dir="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, cmd)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the bus does not say its address: %v", err)
	}
	address := strings.TrimSpace(line)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	return address
}

func start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// server is a notification server that a test plays by hand.
type server struct {
	conn *dbus.Conn
	can  []string

	mu     sync.Mutex // guards what follows
	last   notification
	closed []uint32
}

// notification is what a server was asked to show.
type notification struct {
	id    uint32
	body  string
	keys  []string
	hints map[string]dbus.Variant
}

func (s *server) GetCapabilities() ([]string, *dbus.Error) { return s.can, nil }

func (s *server) Notify(_ string, _ uint32, _, _, body string, actions []string, hints map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = notification{id: s.last.id + 1, body: body, keys: actions, hints: hints}
	return s.last.id, nil
}

func (s *server) asked() notification {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}

func (s *server) CloseNotification(id uint32) *dbus.Error {
	s.mu.Lock()
	s.closed = append(s.closed, id)
	s.mu.Unlock()
	s.emit("NotificationClosed", id, uint32(3))
	return nil
}

func (s *server) emit(name string, args ...any) {
	_ = s.conn.Emit(path, service+"."+name, args...)
}

func startServer(t *testing.T, address string, can ...string) *server {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	s := &server{conn: conn, can: can}
	if err := conn.Export(s, path, service); err != nil {
		t.Fatal(err)
	}
	if r, err := conn.RequestName(service, dbus.NameFlagDoNotQueue); err != nil || r != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("taking the name of the notification server: %v %v", r, err)
	}
	return s
}

func newNotifier(t *testing.T) *Notifier {
	n := New(text.Printer{}, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { n.Close() })
	return n
}

// show shows the card and returns where its end will be told.
func show(t *testing.T, n *Notifier, c card.Card) <-chan card.Answer {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	end := make(chan card.Answer, 4)
	if err := n.Show(ctx, c, func(a card.Answer) { end <- a }); err != nil {
		t.Fatal(err)
	}
	return end
}

func wantEnd(t *testing.T, end <-chan card.Answer, want card.Answer) {
	t.Helper()
	select {
	case got := <-end:
		if got != want {
			t.Errorf("the notification ended with %q, want %q", got, want)
		}
	case <-time.After(patience):
		t.Fatalf("the notification did not end, want %q", want)
	}
}

func TestEachAnswerComesBack(t *testing.T) {
	s := startServer(t, privateBus(t), "actions", "body")
	n := newNotifier(t)
	for _, a := range nudge.Answers() {
		end := show(t, n, nudge)
		s.emit("ActionInvoked", s.asked().id, a.String())
		s.emit("NotificationClosed", s.asked().id, uint32(2)) // as servers do afterwards
		wantEnd(t, end, a)
	}
	end := show(t, n, nudge)
	s.emit("ActionInvoked", s.asked().id+9, "dismiss")   // somebody else's
	s.emit("ActionInvoked", s.asked().id, "paste_maybe") // not one of ours
	s.emit("ActionInvoked", "what", 7)                   // garbage
	s.emit("ActionInvoked", s.asked().id, "default")
	wantEnd(t, end, card.OpenApproved)
	if len(end) > 0 {
		t.Errorf("the card ended twice, with %q too", <-end)
	}
	if s.asked().hints["transient"].Value() != true {
		t.Errorf("the server may keep the notification: hints are %v", s.asked().hints)
	}
	for i, b := range view.Nudge(nudge).Buttons {
		keys := s.asked().keys
		if k := slices.Index(keys, b.Answer.String()); k < 0 || keys[k+1] != b.Label {
			t.Errorf("button %d, %q, is not among the actions %q", i, b.Label, keys)
		}
	}
}

// A click on the text is the big button, where that is a way on.
func TestAClickOnTheText(t *testing.T) {
	s := startServer(t, privateBus(t), "actions", "body")
	n := newNotifier(t)
	safe := nudge
	safe.Instead, safe.Held, safe.Safe = "", true, true
	end := show(t, n, safe)
	s.emit("ActionInvoked", s.asked().id, "default")
	wantEnd(t, end, card.SafePaste)

	none := nudge
	none.Instead = ""
	end = show(t, n, none)
	if slices.Contains(s.asked().keys, "default") {
		t.Errorf("actions %q: a click on the text would answer something", s.asked().keys)
	}
	s.emit("ActionInvoked", s.asked().id, "default") // all the same
	s.emit("ActionInvoked", s.asked().id, "safe_paste")
	wantEnd(t, end, card.SafePaste)
}

func TestClosing(t *testing.T) {
	s := startServer(t, privateBus(t), "actions")
	n := newNotifier(t)
	for reason, want := range map[uint32]card.Answer{1: 0, 2: card.Dismiss, 4: 0} {
		end := show(t, n, nudge)
		s.emit("NotificationClosed", s.asked().id, reason)
		wantEnd(t, end, want)
	}
}

func TestWithdraw(t *testing.T) {
	s := startServer(t, privateBus(t), "actions")
	n := newNotifier(t)
	first := show(t, n, nudge)
	other := nudge
	other.ID++
	second := show(t, n, other)
	n.Withdraw(nudge.ID)
	n.Withdraw(nudge.ID) // has gone: nothing to do
	s.mu.Lock()
	if !slices.Equal(s.closed, []uint32{1}) {
		t.Errorf("closed %v, want the first one only", s.closed)
	}
	s.mu.Unlock()
	s.emit("ActionInvoked", uint32(1), "dismiss") // crossed with the withdrawal
	s.emit("ActionInvoked", uint32(2), "paste_anyway")
	wantEnd(t, second, card.PasteAnyway)
	if len(first) > 0 {
		t.Errorf("a withdrawn card was answered with %q", <-first)
	}
}

func TestServerWithoutButtons(t *testing.T) {
	s := startServer(t, privateBus(t), "body", "body-markup")
	show(t, newNotifier(t), nudge)
	got := s.asked()
	if len(got.keys) != 0 || !strings.Contains(got.body, "handrail answer") {
		t.Errorf("actions %q and body %q: the body has to say how to answer", got.keys, got.body)
	}
	if strings.Contains(got.body, "<stay>") {
		t.Errorf("body %q: markup is not escaped", got.body)
	}
}

func TestServerGoesAway(t *testing.T) {
	address := privateBus(t)
	s := startServer(t, address, "actions")
	n := newNotifier(t)
	end := show(t, n, nudge)
	s.conn.Close()
	wantEnd(t, end, 0)
	if err := n.Show(t.Context(), nudge, func(card.Answer) {}); err == nil {
		t.Error("shown by a server that has gone")
	}
	s = startServer(t, address, "actions")
	end = show(t, n, nudge)
	s.emit("ActionInvoked", s.asked().id, "dismiss")
	wantEnd(t, end, card.Dismiss)
}

func TestNoBus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "nobody"))
	n := newNotifier(t)
	if err := n.Show(t.Context(), nudge, func(card.Answer) { t.Error("ended, but was never shown") }); err == nil {
		t.Error("shown without a bus")
	}
	n.Withdraw(nudge.ID)
	n.Close()
	if err := n.Show(t.Context(), nudge, nil); err == nil {
		t.Error("shown after Close")
	}
	n.Withdraw(nudge.ID)
}

// TestDunst shows a card with a real notification server.
func TestDunst(t *testing.T) {
	for _, p := range []string{"dunst", "dunstctl", "Xvfb"} {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("%s is not installed", p)
		}
	}
	address := privateBus(t)
	env := append(os.Environ(), "DISPLAY="+display(t))
	cmd := exec.Command("dunst", "-conf", "/dev/null")
	cmd.Env = env
	waitForName(t, address, func() { start(t, cmd) })

	n := newNotifier(t)
	end := show(t, n, nudge)
	dunstctl(t, env, "action", "0")
	wantEnd(t, end, card.OpenApproved)

	end = show(t, n, nudge)
	dunstctl(t, env, "close")
	wantEnd(t, end, card.Dismiss)

	show(t, n, nudge)
	n.Withdraw(nudge.ID)
	if got := dunstctl(t, env, "count", "displayed"); strings.TrimSpace(got) != "0" {
		t.Errorf("dunst still displays %s notifications", got)
	}
}

func dunstctl(t *testing.T, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command("dunstctl", args...)
	cmd.Env = env
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("dunstctl %q: %v: %s", args, err, out)
	}
	return string(out)
}

// display starts an X server and returns its DISPLAY.
func display(t *testing.T) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "800x600x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{w}
	start(t, cmd)
	w.Close()
	defer r.Close()
	var n int
	if _, err := fmt.Fscan(r, &n); err != nil {
		t.Fatalf("Xvfb does not say its display: %v", err)
	}
	return fmt.Sprintf(":%d", n)
}

// waitForName runs f and waits until somebody owns the notification service.
func waitForName(t *testing.T, address string, f func()) {
	t.Helper()
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals)
	err = conn.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, service))
	if err != nil {
		t.Fatal(err)
	}
	f()
	deadline := time.After(patience)
	for {
		select {
		case s := <-signals:
			if s.Name == ownerBus {
				return
			}
		case <-deadline:
			t.Fatal("dunst did not come up")
		}
	}
}

// A bus that takes the connection and never says a word keeps nobody waiting.
func TestABusThatHangs(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "bus")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+socket)
	n := newNotifier(t)
	result := make(chan error, 1)
	go func() {
		result <- n.Show(t.Context(), nudge, func(card.Answer) { t.Error("the card ended, and was never up") })
	}()
	select {
	case err := <-result:
		if err == nil {
			t.Error("no error from a bus that says nothing")
		}
	case <-time.After(patience):
		t.Fatal("still waiting for the bus")
	}
}

func TestTellAsksForNothing(t *testing.T) {
	s := startServer(t, privateBus(t), "actions", "body", "body-markup")
	n := newNotifier(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := n.Tell(ctx, "Cursor can use docs", "Not <approved>."); err != nil {
		t.Fatal(err)
	}
	got := s.asked()
	if got.body != "Not &lt;approved&gt;." || len(got.keys) != 0 || got.hints["transient"].Value() != true {
		t.Errorf("the server was asked for %+v", got)
	}
	s.emit("ActionInvoked", got.id, "default") // means nothing, and harms nothing
	s.emit("NotificationClosed", got.id, uint32(2))
	end := show(t, n, nudge)
	s.emit("ActionInvoked", s.asked().id, "dismiss")
	wantEnd(t, end, card.Dismiss)
}
