package process

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"handrail/agent/desktoptest"
	"handrail/detect/catalog"
)

// standIn writes a program that prints a line and then waits to be ended. It
// is run by the shell, or by a copy of it under another name.
func standIn(t testing.TB, name, interpreter string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte("#!"+interpreter+"\necho up\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

// copyOf copies a program to another name.
func copyOf(t testing.TB, program, name string) string {
	t.Helper()
	b, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, b, 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

// start runs a stand-in until the test ends, and waits until it is up.
func start(t testing.TB, name string, args ...string) int {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if _, err := out.Read(make([]byte, 3)); err != nil {
		t.Fatalf("%s did not come up: %v", name, err)
	}
	return cmd.Process.Pid
}

func TestOf(t *testing.T) {
	sh, err := filepath.EvalSymlinks("/bin/sh")
	if err != nil {
		t.Fatal(err)
	}
	node := copyOf(t, sh, "node")
	versioned := copyOf(t, sh, "2.0.14")
	link := filepath.Join(t.TempDir(), "claude")
	if err := os.Symlink(versioned, link); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		argv []string
		want Program
	}{
		{"script by shebang", []string{standIn(t, "aider", sh)}, Program{Name: "aider", Exe: sh}},
		{"script by interpreter", []string{sh, standIn(t, "aider.sh", sh)}, Program{Name: "aider", Exe: sh}},
		{"script of node", []string{standIn(t, "claude", node)}, Program{Name: "claude", Exe: node}},
		{"no script", []string{sh, "-c", "echo up; read line"}, Program{Name: filepath.Base(sh), Exe: sh}},
		{"a link to a version", []string{link, "-c", "echo up; read line"}, Program{Name: "claude", Exe: versioned}},
	} {
		c.want.PID = start(t, c.argv[0], c.argv[1:]...)
		if got := Of(c.want.PID); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
	if got := Of(1 << 30); got != (Program{}) {
		t.Errorf("no such process: %+v", got)
	}
}

func TestRunning(t *testing.T) {
	sh, err := filepath.EvalSymlinks("/bin/sh")
	if err != nil {
		t.Fatal(err)
	}
	cat := catalog.Default()
	aider, claude := Use{"aider", catalog.SurfaceTerminal}, Use{"claude-code", catalog.SurfaceTerminal}
	before, err := Running(t.Context(), cat)
	if err != nil {
		t.Fatal(err)
	}
	node := copyOf(t, sh, "node")
	script := standIn(t, "claude", node)
	start(t, standIn(t, "aider", sh))
	start(t, script)
	start(t, node, script)
	uses, err := Running(t.Context(), cat)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range []Use{aider, claude} {
		if n := count(uses, u); n != 1 {
			t.Errorf("%v is there %d times, want once; before %v, now %v", u, n, before, uses)
		}
	}
	if !slices.IsSortedFunc(uses, func(a, b Use) int { return strings.Compare(string(a.Tool), string(b.Tool)) }) {
		t.Errorf("not sorted: %v", uses)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Running(ctx, cat); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

func count(uses []Use, u Use) (n int) {
	for _, x := range uses {
		if x == u {
			n++
		}
	}
	return n
}

// One window, one terminal, and everything that shares its foreground.
func TestTerminals(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	fifo := filepath.Join(t.TempDir(), "up")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	aider := filepath.Join(t.TempDir(), "aider")
	if err := os.WriteFile(aider, []byte("#!/bin/sh\necho up > "+fifo+"\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	xterm := d.Start(t, "xterm", "-e", "sh", "-c", "sleep 600 | "+aider)
	if _, err := os.ReadFile(fifo); err != nil { // waits for the other side
		t.Fatal(err)
	}
	list := Terminals(xterm.Process.Pid)
	if len(list) != 1 {
		t.Fatalf("%d terminals, want one: %+v", len(list), list)
	}
	// The other side of the pipeline may not have got further than being a
	// shell, so nothing is said of it.
	all := list[0].Programs
	if len(all) < 3 || all[0].Name == "aider" || !slices.ContainsFunc(all, func(p Program) bool { return p.Name == "aider" }) {
		t.Errorf("in front are %+v, want the shell first and aider among them", all)
	}
	if list := Terminals(start(t, "sh", "-c", "echo up; read line")); len(list) != 0 {
		t.Errorf("the program has opened no terminal, and yet there is %+v", list)
	}
	if list := Terminals(1 << 30); list != nil {
		t.Errorf("no such process, and yet %+v", list)
	}
}

func TestParseStat(t *testing.T) {
	for _, c := range []struct {
		line string
		want status
		ok   bool
	}{
		{"12 (sh) S 11 12 13 34816 14 4194304 0", status{11, 12, 13, 34816, 14}, true},
		{"12 (a) b) (c) S 11 12 13 0 -1 4194304 0", status{11, 12, 13, 0, -1}, true},
		{"12 (sh) S 11 12 13 34816", status{}, false},
		{"12 (sh) S 11 x 13 34816 14", status{}, false},
		{"12 (sh", status{}, false},
		{"", status{}, false},
	} {
		if got, ok := parseStat([]byte(c.line)); got != c.want || ok != c.ok {
			t.Errorf("%q: got %+v, %v; want %+v, %v", c.line, got, ok, c.want, c.ok)
		}
	}
}

func FuzzParseStat(f *testing.F) {
	f.Add([]byte("12 (a) b) (c) S 11 12 13 0 -1 4194304 0"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, ok := parseStat(b); !ok && s != (status{}) {
			t.Errorf("%q: refused, and yet %+v", b, s)
		}
	})
}

func BenchmarkRunning(b *testing.B) {
	for b.Loop() {
		if _, err := Running(b.Context(), catalog.Default()); err != nil {
			b.Fatal(err)
		}
	}
}
