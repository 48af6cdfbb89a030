//go:build linux

package local

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"handrail/agent/coverage"
)

func TestListen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.sock")
	l, err := Listen(path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode: %v, %v", info, err)
	}
	if _, err := Listen(path, 0o600); !errors.Is(err, ErrInUse) {
		t.Errorf("a second instance: %v", err)
	}
	l.Close()

	// What an instance leaves that was killed.
	dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	dead.SetUnlinkOnClose(false)
	dead.Close()
	l, err = Listen(path, 0o666)
	if err != nil {
		t.Fatalf("after a crash: %v", err)
	}
	l.Close()

	// Somebody else's live socket is left alone.
	alive, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(path, 0o600); !errors.Is(err, ErrInUse) {
		t.Errorf("beside a live socket: %v", err)
	}
	alive.Close()

	if err := os.WriteFile(path, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Listen(path, 0o600); err == nil || !strings.Contains(err.Error(), "not a socket") {
		t.Errorf("over a file: %v", err)
	}
	if b, _ := os.ReadFile(path); string(b) != "precious" {
		t.Error("the file is gone")
	}
	if _, err := Listen("/tmp/"+strings.Repeat("long", 40), 0o600); err == nil || !strings.Contains(err.Error(), "shorter") {
		t.Errorf("a long path: %v", err)
	}
}

func TestSessionIsForItsOwnAccount(t *testing.T) {
	path := start(t, nil, func(s *Server) {
		s.Role, s.Allow = RoleSession, SameUser
		s.Handler = SessionHandler(func(context.Context) SessionStatus { return SessionStatus{Watching: true, ClipReads: 7} })
	})
	s, err := NewClient(path, "1").SessionStatus(ctxOf(t))
	if err != nil || !s.Watching || s.ClipReads != 7 {
		t.Errorf("%+v, %v", s, err)
	}
	out, err := as(t, 65534, "status", path)
	if err == nil || !strings.Contains(out, "belongs to another account") {
		t.Errorf("another account got %q, %v", out, err)
	}
}

// One account can neither read nor change what another handed in, and each is
// who the kernel says.
func TestAccountsAreApart(t *testing.T) {
	path := start(t, newMemory(), nil)
	if out, err := as(t, 65534, "hand", path); err != nil {
		t.Fatalf("%s, %v", out, err)
	}
	if out, err := as(t, 65533, "ask", path); err == nil || !strings.Contains(out, ErrUnknownReport.Error()) {
		t.Errorf("another account reads: %q, %v", out, err)
	}
	if out, err := as(t, 65534, "ask", path); err != nil {
		t.Errorf("its own account: %q, %v", out, err)
	}
}

// The following run this test's own program as another account.

func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "local-child" {
		os.Exit(childMain(os.Args[2], os.Args[3]))
	}
	os.Exit(m.Run())
}

func childMain(what, path string) int {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := NewClient(path, "1.0.0")
	var err error
	switch what {
	case "status":
		var s ServiceStatus
		s, err = c.Status(ctx)
		fmt.Print(s.Version)
	case "hand":
		_, err = c.HandReport(ctx, anID, []byte("opaque"))
	case "ask":
		_, err = c.Report(ctx, anID)
	case "watch":
		tables := make(chan coverage.Table, 1)
		tables <- coverage.All(coverage.Seen, coverage.None)
		err = c.Watch(ctx, tables)
	}
	if err != nil {
		fmt.Print(err)
		return 1
	}
	return 0
}

func child(t *testing.T, uid int, what, path string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if uid == os.Getuid() {
		return exec.Command(self, "local-child", what, path)
	}
	if os.Getuid() != 0 {
		t.Skip("only root can act as another account")
	}
	// Other accounts may not look into the build's folder.
	copied := filepath.Join(openDir(t), "child")
	b, err := os.ReadFile(self)
	if err == nil {
		err = os.WriteFile(copied, b, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(copied, "local-child", what, path)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	return cmd
}

func as(t *testing.T, uid int, what, path string) (string, error) {
	t.Helper()
	out, err := child(t, uid, what, path).CombinedOutput()
	return string(out), err
}
