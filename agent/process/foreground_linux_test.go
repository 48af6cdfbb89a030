package process

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handrail/agent/desktoptest"
	"handrail/detect/catalog"
)

// standIn writes a program of that name which says that it runs, by a fifo,
// and waits.
func standIn(t *testing.T, name string) (path, running string) {
	t.Helper()
	dir := t.TempDir()
	running = filepath.Join(dir, "running")
	if out, err := exec.Command("mkfifo", running).CombinedOutput(); err != nil {
		t.Fatalf("mkfifo: %v %s", err, out)
	}
	path = filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho up > "+running+"\nread line\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path, running
}

func TestForegroundOfARealTerminal(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
	path, running := standIn(t, "aider")
	term := d.Start(t, "xterm", "-e", path)
	if b, err := os.ReadFile(running); err != nil || string(b) != "up\n" {
		t.Fatalf("the stand-in did not run: %q %v", b, err)
	}
	programs := Foregrounds(term.Process.Pid)
	if len(programs) != 1 || programs[0].Name != "aider" || programs[0].Exe == "" {
		t.Fatalf("got %+v, want one called aider", programs)
	}
	uses, err := Running(context.Background(), catalog.Default())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(uses, Use{"aider", catalog.SurfaceTerminal}) {
		t.Errorf("running: %v, want aider in a terminal among them", uses)
	}
}

func TestWhatIsNoTerminalHasNoForeground(t *testing.T) {
	if p := Foregrounds(os.Getpid()); len(p) != 0 {
		t.Errorf("this test has %+v in its foreground", p)
	}
	if p := Foregrounds(-1); len(p) != 0 {
		t.Errorf("no process has %+v in its foreground", p)
	}
}

func TestStatOfOddNames(t *testing.T) {
	sh := filepath.Join(t.TempDir(), "a) b (c")
	src, err := os.ReadFile("/bin/sleep")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(sh, src, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(sh, "60")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	s, ok := readStat(cmd.Process.Pid)
	if !ok || !strings.HasPrefix("a) b (c", s.comm) || s.ppid != os.Getpid() {
		t.Errorf("got %+v, %v", s, ok)
	}
}
