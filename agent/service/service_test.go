//go:build linux

package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"handrail/agent/config"
	"handrail/agent/coverage"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/report"
)

const patience = 30 * time.Second

func ctxOf(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// home returns a layout in a folder that every account can enter.
func home(t *testing.T) config.Paths {
	t.Helper()
	dir, err := os.MkdirTemp("", "hrsvc")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return config.Under(dir)
}

// start runs a service in this process until the test ends.
func start(t *testing.T, p config.Paths) (*Service, *local.Client) {
	t.Helper()
	ready := make(chan struct{})
	s := New(Options{Paths: p, Version: "1.0.0", Log: slog.New(slog.DiscardHandler), Ready: func() { close(ready) }})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	})
	select {
	case <-ready:
	case err := <-done:
		done <- nil
		t.Fatal(err)
	}
	return s, local.NewClient(p.ServiceSocket, "1.0.0")
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPolicyReachesSessionsLive(t *testing.T) {
	p := home(t)
	s, c := start(t, p)
	ctx := ctxOf(t)
	next := func(have, what, source string, serial int) local.PolicyReply {
		t.Helper()
		r, err := c.Policy(ctx, have)
		if err != nil || r.Status.Source != source || r.Status.Serial != serial || len(r.YAML) == 0 {
			t.Fatalf("%s: %+v, %v", what, r.Status, err)
		}
		return r
	}
	r := next("", "no file", "default", 0)
	put(t, p.Policy, "version: 1\nserial: 4\n")
	r = next(r.ETag, "a file", "managed", 4)
	put(t, p.Policy, "version: 1\nserial: 5\nbroken: yes\n")
	r = next(r.ETag, "a broken file", "last good", 4)
	if !strings.Contains(r.Status.Error, "line 3") {
		t.Errorf("the error %q names no line", r.Status.Error)
	}
	if st, err := c.Status(ctx); err != nil || st.Policy.Error == "" || st.Errors["policy"] == 0 {
		t.Errorf("status: %+v, %v", st, err)
	}
	h, _ := s.Health()
	h.Device = "0123456789abcdef"
	if _, err := report.EncodeHealth(h); err != nil || h.Policy != 4 || len(h.Errors) != 1 {
		t.Errorf("health: %+v, %v", h, err)
	}
	put(t, p.Policy, "version: 1\nserial: 6\nenabled: false\n")
	if r = next(r.ETag, "switched off", "managed", 6); !r.Status.Off {
		t.Error("not off")
	}
}

// A restart while the file is broken goes on with the last good policy.
func TestLastGoodPolicySurvivesRestart(t *testing.T) {
	p := home(t)
	put(t, p.Policy, "version: 1\nserial: 4\n")
	t.Run("before", func(t *testing.T) {
		_, c := start(t, p)
		if r, err := c.Policy(ctxOf(t), ""); err != nil || r.Status.Serial != 4 {
			t.Fatalf("%+v, %v", r, err)
		}
	})
	put(t, p.Policy, "version: 1\nserial: 5\nbroken: yes\n")
	t.Run("after", func(t *testing.T) {
		_, c := start(t, p)
		if r, err := c.Policy(ctxOf(t), ""); err != nil || r.Status.Serial != 4 || r.Status.Source != "last good" {
			t.Fatalf("%+v, %v", r.Status, err)
		}
	})
}

func TestCoverageFollowsSessions(t *testing.T) {
	p := home(t)
	s, c := start(t, p)
	h, _ := s.Health()
	for _, e := range h.Coverage {
		if e.State != coverage.Blind || e.Why != coverage.NotWatching {
			t.Errorf("nobody watches: %+v", e)
		}
	}
	// What the service says changes soon after a session says it; ask until
	// it has, since there is no event for it.
	until := func(what string, ok func(local.ServiceStatus) bool) {
		t.Helper()
		ctx := ctxOf(t)
		for {
			st, err := c.Status(ctx)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if ok(st) {
				return
			}
		}
	}
	ctx, leave := context.WithCancel(ctxOf(t))
	one, two := make(chan coverage.Table, 1), make(chan coverage.Table, 1)
	ended := make(chan error, 2)
	go func() { ended <- c.Watch(ctx, one) }()
	blind := coverage.All(coverage.Blind, coverage.Wayland)
	one <- blind
	until("one", func(st local.ServiceStatus) bool {
		return st.Sessions == 1 && st.Yours && st.Coverage.Of(coverage.Clipboard) == blind[0]
	})
	go func() { ended <- c.Watch(ctx, two) }()
	best := coverage.All(coverage.Blind, coverage.NoDisplay)
	best.Set(coverage.Clipboard, coverage.Partly, coverage.TextOnly)
	two <- best
	until("two", func(st local.ServiceStatus) bool {
		return st.Sessions == 2 && st.Coverage.Of(coverage.Clipboard).Why == coverage.TextOnly && st.Coverage.Of(coverage.Nudge).State == coverage.Blind
	})
	leave()
	<-ended
	<-ended
	until("gone", func(st local.ServiceStatus) bool {
		return st.Sessions == 0 && !st.Yours && st.Coverage.Of(coverage.Clipboard).Why == coverage.NotWatching
	})
}

// The ledger survives a restart, anybody can check it, and a broken one is
// said to be broken without keeping the service from its work.
func TestDeviceLedger(t *testing.T) {
	p := home(t)
	verify := func(c *local.Client, want int) {
		t.Helper()
		f, err := c.DeviceLedger(ctxOf(t))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if sum, err := ledger.Read(f, nil); err != nil || sum.Entries != want {
			t.Errorf("read by a client: %+v, %v", sum, err)
		}
		if st, err := c.Status(ctxOf(t)); err != nil || !st.Ledger.OK || st.Ledger.Count != want {
			t.Errorf("status: %+v, %v", st.Ledger, err)
		}
	}
	t.Run("first", func(t *testing.T) {
		s, c := start(t, p)
		verify(c, 0)
		for i := range 2 {
			if _, err := s.ledger.book.Append(ledger.Health, []byte{'h', byte(i)}); err != nil {
				t.Fatal(err)
			}
			verify(c, i+1)
		}
		if os.Getuid() == 0 {
			if out, err := as(t, 65534, "ledger", p.ServiceSocket, "", ""); err != nil || out != "2" {
				t.Errorf("another account: %q, %v", out, err)
			}
		}
	})
	t.Run("restarted", func(t *testing.T) {
		s, c := start(t, p)
		if _, err := s.ledger.book.Append(ledger.Health, []byte("h")); err != nil {
			t.Fatal(err)
		}
		verify(c, 3)
	})
	b, err := os.ReadFile(p.DeviceLedger())
	if err != nil {
		t.Fatal(err)
	}
	put(t, p.DeviceLedger(), strings.Replace(string(b), "health", "helth", 1))
	t.Run("edited", func(t *testing.T) {
		_, c := start(t, p)
		if st, err := c.Status(ctxOf(t)); err != nil || st.Ledger.OK || !strings.Contains(st.Ledger.Error, "line 1") {
			t.Errorf("status: %+v, %v", st.Ledger, err)
		}
		if _, err := c.HandReport(ctxOf(t), otherID, []byte("x")); err != nil {
			t.Errorf("the rest of the service: %v", err)
		}
	})
}

func TestSecondServiceIsRefused(t *testing.T) {
	p := home(t)
	_, c := start(t, p)
	second := New(Options{Paths: p, Version: "1.0.0", Log: slog.New(slog.DiscardHandler)})
	if err := second.Run(t.Context()); !errors.Is(err, local.ErrInUse) {
		t.Errorf("got %v", err)
	}
	if _, err := c.Status(ctxOf(t)); err != nil {
		t.Errorf("the first one: %v", err)
	}
}

// One account can neither read nor block what another handed in, and the
// spool says nothing about whose a report is.
func TestAccountsAreApart(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can act as other accounts")
	}
	p := home(t)
	_, c := start(t, p)
	hand := func(uid int, text string) (string, error) { return as(t, uid, "hand", p.ServiceSocket, anID, text) }
	if out, err := hand(65534, "first"); err != nil {
		t.Fatalf("%s, %v", out, err)
	}
	if out, err := as(t, 65533, "ask", p.ServiceSocket, anID, ""); err == nil || !strings.Contains(out, "unknown report") {
		t.Errorf("another account asks: %q, %v", out, err)
	}
	if _, err := c.Report(ctxOf(t), anID); !errors.Is(err, local.ErrUnknownReport) {
		t.Errorf("root asks: %v", err)
	}
	if out, err := hand(65533, "not first"); err != nil {
		t.Errorf("another account under the same id: %s, %v", out, err)
	}
	if out, err := as(t, 65534, "ask", p.ServiceSocket, anID, ""); err != nil || out != digest([]byte("first")) {
		t.Errorf("its own: %q, %v", out, err)
	}
	files, err := os.ReadDir(p.Spool())
	if err != nil || len(files) != 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		if info, _ := f.Info(); info.Sys().(*syscall.Stat_t).Uid != 0 || info.Mode().Perm() != 0o600 || strings.Contains(f.Name(), "6553") {
			t.Errorf("%v", info)
		}
	}
	if out, err := as(t, 65534, "open", p.Spool(), "", ""); err == nil {
		t.Errorf("an account reads the spool itself: %s", out)
	}
}

// A killed service loses nothing that it has acknowledged.
func TestKilledServiceKeepsReports(t *testing.T) {
	p := home(t)
	c := local.NewClient(p.ServiceSocket, "1.0.0")
	for round := range 3 {
		cmd := exec.Command(self(t), "service-child", "run", p.Home, "", "")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 8)); err != nil {
			t.Fatalf("round %d: the child is not ready: %v", round, err)
		}
		if round > 0 {
			r, err := c.Report(ctxOf(t), fmt.Sprintf("%032x", round-1))
			if err != nil || r.SHA256 != digest([]byte{byte(round - 1), 1}) {
				t.Errorf("round %d: %+v, %v", round, r, err)
			}
		}
		r, err := c.HandReport(ctxOf(t), fmt.Sprintf("%032x", round), []byte{byte(round), 1})
		if err != nil || !r.Accepted {
			t.Errorf("round %d: %+v, %v", round, r, err)
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	// What a crash leaves half written was never acknowledged.
	half := filepath.Join(p.Spool(), "half.report.new")
	put(t, half, "half")
	_, c = start(t, p)
	if st, err := c.Status(ctxOf(t)); err != nil || st.Waiting != 3 {
		t.Errorf("%+v, %v", st, err)
	}
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Error("the half written file is still there")
	}
}

// The following run this test's own program as a service or as a client of
// another account.

func TestMain(m *testing.M) {
	if len(os.Args) == 6 && os.Args[1] == "service-child" {
		if err := childMain(os.Args[2], os.Args[3], os.Args[4], os.Args[5]); err != nil {
			fmt.Print(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func childMain(what, path, id, text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := local.NewClient(path, "1.0.0")
	switch what {
	case "run":
		p := config.Under(path)
		set, err := config.LoadSettings(p.Settings)
		if err != nil {
			return err
		}
		s := New(Options{Paths: p, Settings: set, Version: "1.0.0", Log: slog.New(slog.NewTextHandler(os.Stderr, nil)), Ready: func() { fmt.Println("ready") }})
		return s.Run(context.Background())
	case "hand":
		_, err := c.HandReport(ctx, id, []byte(text))
		return err
	case "ask":
		r, err := c.Report(ctx, id)
		fmt.Print(r.SHA256)
		return err
	case "ledger":
		f, err := c.DeviceLedger(ctx)
		if err != nil {
			return err
		}
		defer f.Close()
		sum, err := ledger.Read(f, nil)
		fmt.Print(sum.Entries)
		return err
	case "open":
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		_, err = f.Readdirnames(0)
		return err
	}
	return errors.New("what?")
}

func self(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func as(t *testing.T, uid int, args ...string) (string, error) {
	t.Helper()
	dir := home(t).Home // other accounts may not look into the build's folder
	program := filepath.Join(dir, "child")
	in, err := os.Open(self(t))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.OpenFile(program, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, append([]string{"service-child"}, args...)...)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	b, err := cmd.CombinedOutput()
	return string(b), err
}
