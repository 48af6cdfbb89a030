package browsertest

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"handrail/agent/browser"
	"handrail/agent/desktoptest"
	"handrail/detect/secret"
)

// socketVar tells the test's own program, started by a browser as its native
// host, where the scripted session listens.
const socketVar = "HANDRAIL_BROWSERTEST_SOCKET"

// Relay plays the native host and ends the process, if a browser started the
// program for that; TestMain calls it first. It carries frames and does nothing
// else, as the real one.
func Relay() {
	socket := os.Getenv(socketVar)
	if socket == "" {
		return
	}
	conn, err := net.Dial("unix", socket)
	if err != nil {
		os.Exit(1)
	}
	go func() {
		_, _ = io.Copy(conn, os.Stdin)
		os.Exit(0)
	}()
	_, _ = io.Copy(os.Stdout, conn)
	os.Exit(0)
}

// Session is a session that does what the test says: it watches the hosts it
// was given, and the test answers what the extension asks.
type Session struct {
	Host   string // the program that browsers start as their native host
	Socket string // where it listens

	hosts []string
	got   chan any

	mu      sync.Mutex
	fail    string
	failAt  map[string]string // by host, where it differs
	conn    net.Conn          // the newest, after its hello
	pid     int               // of the relay at its other end
	clip    string
	auto    *browser.Verdict
	changed chan struct{} // replaced at each connection
}

// StartSession starts a session that watches these hosts.
func StartSession(t TB, hosts ...string) *Session {
	t.Helper()
	dir, err := os.MkdirTemp("", "b") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &Session{Host: filepath.Join(dir, "host"), hosts: hosts, fail: browser.FailOpen, failAt: map[string]string{},
		got: make(chan any, 256), changed: make(chan struct{})}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s.Socket = filepath.Join(dir, "s")
	script := fmt.Sprintf("#!/bin/sh\n%s='%s' exec '%s'\n", socketVar, s.Socket, program)
	if err := os.WriteFile(s.Host, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("unix", s.Socket)
	if err != nil {
		t.Fatal(err)
	}
	var conns sync.WaitGroup
	conns.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			conns.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() {
		ln.Close()
		s.mu.Lock()
		if s.conn != nil {
			s.conn.Close()
		}
		s.mu.Unlock()
	})
	return s
}

func (s *Session) serve(conn net.Conn) {
	defer conn.Close()
	for {
		frame, err := browser.ReadFrame(conn, browser.MaxFromBrowser)
		if err != nil {
			return
		}
		m, err := browser.Decode(frame)
		if err != nil {
			s.got <- err
			return
		}
		switch m := m.(type) {
		case nil, *browser.State:
		case *browser.Hello:
			s.mu.Lock()
			s.conn, s.pid = conn, peer(conn)
			s.welcome()
			close(s.changed)
			s.changed = make(chan struct{})
			s.mu.Unlock()
		case *browser.Attempt:
			s.mu.Lock()
			auto := s.auto
			if auto != nil {
				v := *auto
				v.ID = m.ID
				_ = s.write(v)
			}
			s.mu.Unlock()
			if auto == nil {
				s.got <- m
			}
		default:
			s.mu.Lock()
			auto := s.auto
			s.mu.Unlock()
			if auto == nil {
				s.got <- m
			}
		}
	}
}

func peer(conn net.Conn) int {
	raw, err := conn.(*net.UnixConn).SyscallConn()
	if err != nil {
		return 0
	}
	pid := 0
	_ = raw.Control(func(fd uintptr) {
		if c, err := unix.GetsockoptUcred(int(fd), unix.SOL_SOCKET, unix.SO_PEERCRED); err == nil {
			pid = int(c.Pid)
		}
	})
	return pid
}

var digestKey = [2]uint32{0x8badf00d, 0x5eed}

// welcome sends what the extension works by. The caller holds the lock.
func (s *Session) welcome() {
	w := browser.Welcome{Protocol: browser.Protocol, Key: digestKey, Fail: s.fail, Deadline: browser.Deadline, Words: map[string]string{}}
	for _, h := range s.hosts {
		w.Watch = append(w.Watch, browser.Watch{Host: h, Tool: "tool", Name: "Tool", Fail: s.failAt[h]})
	}
	_ = s.write(w)
	s.sendClip()
}

func (s *Session) sendClip() {
	c := browser.Clip{}
	if s.clip != "" {
		c.Clean = true
		c.Length, c.Digest = browser.Digest([]byte(s.clip), digestKey)
	}
	_ = s.write(c)
}

func (s *Session) write(m any) error {
	if s.conn == nil {
		return net.ErrClosed
	}
	b, err := browser.Encode(m)
	if err != nil {
		return err
	}
	return browser.WriteFrame(s.conn, b, browser.MaxToBrowser)
}

// Send sends a message to the extension.
func (s *Session) Send(t TB, m any) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.write(m); err != nil {
		t.Fatalf("sending to the extension: %v", err)
	}
}

// Fail sets what the page does with a paste that nobody judges in time:
// browser.FailOpen, as at the start, or browser.FailClosed.
func (s *Session) Fail(t TB, mode string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = mode
	s.welcome()
}

// FailAt is Fail for the pages of one host, as where a rule blocks; "" ends that.
func (s *Session) FailAt(t TB, host, mode string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failAt[host] = mode
	s.welcome()
}

// Watch changes which hosts are watched, as a new policy does.
func (s *Session) Watch(t TB, hosts ...string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hosts = hosts
	s.welcome()
}

// Clean tells the extension that this text is what the clipboard holds, and
// that it is clean; "" makes it forget. A page knows it for certain once it has
// got a later verdict.
func (s *Session) Clean(t TB, text string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clip = text
	s.sendClip()
}

// Always answers every attempt from now on with this verdict; nil ends that.
func (s *Session) Always(v *browser.Verdict) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.auto = v
}

// Attempt waits for the next thing that the extension holds.
func (s *Session) Attempt(t TB) *browser.Attempt {
	t.Helper()
	return Next[*browser.Attempt](t, s)
}

// Allow lets an attempt through.
func (s *Session) Allow(t TB, id uint64) {
	t.Helper()
	s.Send(t, browser.Verdict{ID: id, Do: browser.Allow})
}

// Hold holds an attempt with this card in the page.
func (s *Session) Hold(t TB, id uint64, c browser.Card) {
	t.Helper()
	s.Send(t, browser.Verdict{ID: id, Do: browser.Hold, Card: &c})
}

// Finish ends a held attempt. text is for browser.InsertText.
func (s *Session) Finish(t TB, id uint64, do browser.FinishDo, text string) {
	t.Helper()
	f := browser.Finish{ID: id, Do: do}
	if do == browser.InsertText {
		f.Text = secret.New([]byte(text))
	}
	s.Send(t, f)
}

// Ended waits until the extension says how an attempt ended, which must be so.
func (s *Session) Ended(t TB, id uint64, outcome browser.Outcome) {
	t.Helper()
	if d := Next[*browser.Done](t, s); d.ID != id || d.Outcome != outcome {
		t.Fatalf("attempt %d ended as %v, want %d as %v", d.ID, d.Outcome, id, outcome)
	}
}

// Next waits for the next message of the extension, which must be of this type.
func Next[T any](t TB, s *Session) T {
	t.Helper()
	select {
	case m := <-s.got:
		if m, ok := m.(T); ok {
			return m
		}
		t.Fatalf("the extension sent %T, want %T", m, *new(T))
	case <-time.After(desktoptest.Patience):
		t.Fatalf("the extension sent nothing, want %T", *new(T))
	}
	panic("not reached")
}

// Nothing checks that the extension has sent nothing that the test hasn't
// taken. It says something only after a wait for what came later.
func (s *Session) Nothing(t TB) {
	t.Helper()
	select {
	case m := <-s.got:
		t.Fatalf("the extension sent %T, want nothing", m)
	default:
	}
}

// Came says whether the extension has sent something that the test hasn't taken.
func (s *Session) Came() bool { return len(s.got) > 0 }

// Relay waits until the extension is connected by another relay than the one
// before, 0 for none, and returns its process.
func (s *Session) Relay(t TB, before int) int {
	t.Helper()
	for deadline := time.After(desktoptest.Patience); ; {
		s.mu.Lock()
		pid, changed := s.pid, s.changed
		s.mu.Unlock()
		if pid != 0 && pid != before {
			return pid
		}
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("the extension has not connected")
		}
	}
}

// Signal sends a signal to the present relay.
func (s *Session) Signal(t TB, sig syscall.Signal) {
	t.Helper()
	s.mu.Lock()
	pid := s.pid
	s.mu.Unlock()
	if err := syscall.Kill(pid, sig); err != nil {
		t.Fatalf("signalling the relay: %v", err)
	}
}

// Text is what an attempt holds, as a string that a test can compare.
func Text(a *browser.Attempt) string {
	if a.Text == nil {
		return ""
	}
	return string(a.Text.Bytes())
}

// Extension copies the extension's own files from its source folder to where a
// browser may load it from, without what only its developers need.
func Extension(t TB, source string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "extension")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(source)
	if err != nil {
		t.Fatalf("the extension's sources: %v", err)
	}
	leave := []string{"package.json", "package-lock.json", "tsconfig.json"}
	for _, e := range entries {
		if e.IsDir() || strings.HasSuffix(e.Name(), ".d.ts") || strings.HasPrefix(e.Name(), ".") || slices.Contains(leave, e.Name()) {
			continue
		}
		b, err := os.ReadFile(filepath.Join(source, e.Name()))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, e.Name()), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
