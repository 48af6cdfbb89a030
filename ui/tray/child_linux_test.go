package tray

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/ui/text"
)

// patience is how long a test waits for something that has to happen.
const patience = time.Minute

// The library keeps its tray in variables of the process and can't start
// afresh, so each test has it in a process of its own: this test program,
// started again.
const asChild = "HANDRAIL_TRAY_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(asChild) != "" {
		child()
		return
	}
	os.Exit(m.Run())
}

// child shows what it reads and prints what is chosen, until its input ends.
func child() {
	t := New("1.2.3", text.Printer{}, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	go func() {
		for c := range t.Events() {
			fmt.Println(c)
		}
	}()
	for in := json.NewDecoder(os.Stdin); ; {
		var s card.Tray
		if err := in.Decode(&s); err != nil {
			if err != io.EOF {
				fmt.Println(err)
			}
			break
		}
		t.Show(s)
	}
	if err := t.Close(); err != nil {
		fmt.Println(err)
	}
	fmt.Println("closed")
}

// session is a process that has a tray.
type session struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out chan string
}

// startSession starts one in the environment env, or the test's own.
func startSession(t *testing.T, env []string) *session {
	t.Helper()
	if env == nil {
		env = os.Environ()
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &session{cmd: exec.Command(self), out: make(chan string, 16)}
	s.cmd.Env = append(env, asChild+"=1")
	s.cmd.Stderr = t.Output()
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, s.cmd)
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			s.out <- lines.Text()
		}
	}()
	return s
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

func (s *session) show(t *testing.T, state card.Tray) {
	t.Helper()
	if err := json.NewEncoder(s.in).Encode(state); err != nil {
		t.Fatal(err)
	}
}

// says waits for the next line of the session.
func (s *session) says(t *testing.T, want string) {
	t.Helper()
	select {
	case got := <-s.out:
		if got != want {
			t.Fatalf("the session says %q, want %q", got, want)
		}
	case <-time.After(patience):
		t.Fatalf("the session says nothing, want %q", want)
	}
}

func (s *session) choice(t *testing.T, c card.TrayChoice) {
	t.Helper()
	s.says(t, fmt.Sprint(uint8(c)))
}

// close ends the session as the end of a desktop does.
func (s *session) close(t *testing.T) {
	t.Helper()
	s.in.Close()
	s.says(t, "closed")
}

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
