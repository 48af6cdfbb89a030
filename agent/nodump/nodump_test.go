//go:build linux

package nodump

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

const canary = "CANARY-4929-pasted-text"

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "nodump-child" {
		childMain(os.Args[2])
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func childMain(what string) {
	logs, err := Start()
	if err != nil {
		fmt.Fprintln(logs, "start:", err)
		os.Exit(3)
	}
	log := slog.New(slog.NewTextHandler(logs, nil))
	log.Info("child is up")
	wait := make(chan struct{})
	secret := []byte(canary)
	switch what {
	case "own":
		Go(log, "own", func() { failWith(string(secret)) })
	case "error":
		Go(log, "own", func() { failWith(fmt.Errorf("reading %s: %w", secret, os.ErrInvalid)) })
	case "runtime error":
		Go(log, "own", func() { fmt.Println(any(string(secret)).(fmt.Stringer)) })
	case "main":
		Run(log, "main", func() { failWith(string(secret)) })
	case "foreign":
		go failWith(string(secret)) // a library's goroutine
	case "fatal": // nothing in the program can catch this one
		go func() {
			m := map[string]int{canary: 1}
			for range 2 {
				go func() {
					for {
						m[canary]++
					}
				}()
			}
		}()
	case "stderr":
		fmt.Fprintln(os.Stderr, canary)
		println(canary)
		return
	case "state":
		state()
		return
	case "hold":
		fmt.Println("ready")
		_, _ = io.Copy(io.Discard, os.Stdin) // until the test ends
		return
	}
	<-wait
}

//go:noinline
func failWith(v any) { panic(v) }

func state() {
	var l unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &l); err != nil {
		fmt.Println(err)
	}
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	fmt.Println("core", l.Cur, l.Max, "dumpable", dumpable, err)
}

// run starts the child and returns everything that came out of it.
func run(t *testing.T, what string) (string, int) {
	t.Helper()
	cmd := child(t, what)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if x := new(exec.ExitError); err != nil && !errors.As(err, &x) {
		t.Fatal(err)
	}
	return out.String(), cmd.ProcessState.ExitCode()
}

func child(t *testing.T, what string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "nodump-child", what)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "GOTRACEBACK=crash") // the most talkative
	return cmd
}

func TestPanicsPrintNoValues(t *testing.T) {
	for _, what := range []string{"own", "error", "runtime error", "main", "foreign", "fatal"} {
		t.Run(what, func(t *testing.T) {
			out, code := run(t, what)
			if strings.Contains(out, canary) || strings.Contains(out, "CANARY") {
				t.Errorf("the value got out: %s", out)
			}
			if !strings.Contains(out, "child is up") {
				t.Errorf("the log is missing: %q", out)
			}
			own := what != "foreign" && what != "fatal"
			if own && (code != ExitPanic || !strings.Contains(out, "nodump_test.go:")) {
				t.Errorf("exit %d, %s", code, out)
			}
			if own && what != "runtime error" && !strings.Contains(out, "failWith") {
				t.Errorf("the function is not named: %s", out)
			}
			if code == 0 {
				t.Error("the child did not fail")
			}
		})
	}
}

func TestStderrIsMoved(t *testing.T) {
	out, code := run(t, "stderr")
	if code != 0 || strings.Contains(out, canary) || !strings.Contains(out, "child is up") {
		t.Errorf("exit %d, %q", code, out)
	}
}

func TestNoCoreAndNotDumpable(t *testing.T) {
	out, _ := run(t, "state")
	if !strings.Contains(out, "core 0 0 dumpable 0 <nil>") {
		t.Errorf("got %q", out)
	}
}

// Another program of the same account can't read the memory. As root the test
// drops to another account for both sides.
func TestSameAccountCannotReadMemory(t *testing.T) {
	const uid = 65534
	cmd := child(t, "hold")
	if os.Getuid() == 0 {
		dir, err := os.MkdirTemp("", "nodump")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(dir) })
		b, err := os.ReadFile(cmd.Path)
		if err == nil {
			err = errors.Join(os.Chmod(dir, 0o755), os.WriteFile(filepath.Join(dir, "child"), b, 0o755))
		}
		if err != nil {
			t.Fatal(err)
		}
		cmd.Path, cmd.Dir = filepath.Join(dir, "child"), "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: uid}}
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	if _, err := stdout.Read(make([]byte, 16)); err != nil {
		t.Fatal(err)
	}
	reader := exec.Command("cat", "/proc/"+strconv.Itoa(cmd.Process.Pid)+"/maps")
	if os.Getuid() == 0 {
		reader.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: uid}}
	}
	if out, err := reader.CombinedOutput(); err == nil || !strings.Contains(string(out), "denied") {
		t.Errorf("the memory map was read: %v, %.100s", err, out)
	}
}
