package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"handrail/agent/config"
	"handrail/agent/local"
)

// logged is what a program writes while it runs.
type logged struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) { l.mu.Lock(); defer l.mu.Unlock(); return l.b.Write(p) }
func (l *logged) String() string              { l.mu.Lock(); defer l.mu.Unlock(); return l.b.String() }

// launch starts a program that runs until the test ends.
func launch(t *testing.T, cmd *exec.Cmd) (out io.Reader, log *logged) {
	t.Helper()
	log = &logged{}
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	return out, log
}

// fleet is a real server with its console. Its batches are short, and so is the
// time that what is sent waits.
type fleet struct {
	program, data, batch    string
	devices, reports, front string // its addresses
	log                     *logged
}

func startFleet(t *testing.T, batch string, more ...string) fleet {
	t.Helper()
	f := fleet{program: filepath.Join(t.TempDir(), "handrail-fleet"), data: t.TempDir(), batch: batch}
	if out, err := exec.Command("go", "build", "-o", f.program, "handrail/cmd/handrail-fleet").CombinedOutput(); err != nil {
		t.Fatalf("building the server: %v\n%s", err, out)
	}
	args := append([]string{"serve", "--data", f.data, "--batch", batch}, more...)
	for _, address := range []string{"--listen", "--reports-listen", "--console-listen"} {
		args = append(args, address, "127.0.0.1:0")
	}
	out, log := launch(t, exec.Command(f.program, args...))
	line, err := bufio.NewReader(out).ReadString('\n')
	if _, scanned := fmt.Sscanf(line, "listening devices=%s reports=%s console=%s", &f.devices, &f.reports, &f.front); err != nil || scanned != nil {
		t.Fatalf("%q: %v", line, err)
	}
	f.log = log
	return f
}

// run runs one of the server's commands on its data.
func (f fleet) run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(f.program, append(args, "--data", f.data)...).Output()
	if err != nil {
		t.Fatalf("handrail-fleet %v: %v", args, err)
	}
	return string(out)
}

// page is a page of the console, "" if it can't be had.
func (f fleet) page(path string) string {
	res, err := http.Get(f.front + path)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(res.Body)
	return string(b)
}

// settle has a computer belong to the fleet.
func (f fleet) settle(t *testing.T, home string) config.Paths {
	t.Helper()
	paths := config.Under(home)
	settings := fmt.Sprintf("server: %s\nreport_server: %s\nbatch: %s\n", f.devices, f.reports, f.batch)
	if err := errors.Join(os.MkdirAll(filepath.Dir(paths.Settings), 0o755), os.WriteFile(paths.Settings, []byte(settings), 0o644)); err != nil {
		t.Fatal(err)
	}
	return paths
}

// terminal is a computer of the fleet without a desktop, with the real service and
// session.
type terminal struct {
	home             string
	paths            config.Paths
	service, session *logged
}

func (f fleet) terminal(t *testing.T) terminal {
	t.Helper()
	x := terminal{home: t.TempDir()}
	x.paths = f.settle(t, x.home)
	_, x.service = launch(t, x.command("service", "run"))
	_, x.session = launch(t, x.command("session", "--ui", filepath.Join(x.home, "no-such-program")))
	c := local.NewClient(x.paths.SessionSocket, version)
	until(t, "the session and the service know each other", func() bool {
		s, err := c.SessionStatus(t.Context())
		return err == nil && s.Service
	})
	return x
}

func (x terminal) command(args ...string) *exec.Cmd {
	cmd := exec.Command("handrail", append(args, "--home", x.home)...)
	cmd.Env = append(os.Environ(), "DISPLAY=", "WAYLAND_DISPLAY=", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere", "LC_ALL=C")
	return cmd
}

// say runs a command with that input, and returns what it prints.
func (x terminal) say(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	cmd := x.command(args...)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("handrail %v: %v\n%s\nservice: %s\nsession: %s", args, err, out, x.service, x.session)
	}
	return string(out)
}
