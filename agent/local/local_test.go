//go:build linux

package local

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/agent/coverage"
)

// patience is how long a test waits for something that must happen. It is long
// because the machine may be busy; no test waits for it in vain.
const patience = 30 * time.Second

// memory is a service that keeps reports in memory, per account.
type memory struct {
	mu      sync.Mutex // guards the maps
	reports map[string][]byte
	tables  chan coverage.Table
	gone    chan Caller
	policy  chan struct{} // closed: there is a new policy
	panics  bool
}

func newMemory() *memory {
	return &memory{
		reports: map[string][]byte{}, tables: make(chan coverage.Table, 16),
		gone: make(chan Caller, 16), policy: make(chan struct{}),
	}
}

func (m *memory) Status(_ context.Context, who Caller) ServiceStatus {
	if m.panics {
		panic("canary-in-a-panic")
	}
	return ServiceStatus{Version: fmt.Sprintf("for uid %d", who.UID)}
}

func (m *memory) Policy(ctx context.Context, have string) (PolicyReply, error) {
	if have == "" {
		return PolicyReply{ETag: "one", YAML: []byte("first: 1\n")}, nil
	}
	select {
	case <-ctx.Done():
		return PolicyReply{}, ctx.Err()
	case <-m.policy:
		return PolicyReply{ETag: "two"}, nil
	}
}

func (m *memory) Watch(who Caller) (func(coverage.Table), func()) {
	return func(t coverage.Table) { m.tables <- t }, func() { m.gone <- who }
}

func (m *memory) HandReport(_ context.Context, who Caller, id string, body []byte) (Receipt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := fmt.Sprint(who.UID, id)
	if old, ok := m.reports[key]; ok && !bytes.Equal(old, body) {
		return Receipt{}, ErrOtherBytes
	}
	m.reports[key] = body
	sum := sha256.Sum256(body)
	return Receipt{ID: id, SHA256: hex.EncodeToString(sum[:]), Accepted: true}, nil
}

func (m *memory) Report(_ context.Context, who Caller, id string) (Receipt, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.reports[fmt.Sprint(who.UID, id)]; !ok {
		return Receipt{}, ErrUnknownReport
	}
	return Receipt{ID: id, Accepted: true}, nil
}

func (m *memory) Answer(_ context.Context, question []byte) ([]byte, error) {
	if string(question) != "exact question" {
		return nil, ErrUnknownReport
	}
	return []byte("exact answer"), nil
}

func (m *memory) DeviceLedger(context.Context) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader("exact\nbytes\n")), nil
}

// start serves m and returns the socket. The folder is open to every account.
func start(t *testing.T, m *memory, change func(*Server)) string {
	t.Helper()
	dir := openDir(t)
	path := filepath.Join(dir, "s.sock")
	l, err := Listen(path, 0o666)
	if err != nil {
		t.Fatal(err)
	}
	srv := &Server{Role: RoleService, Version: "1.0.0", Handler: ServiceHandler(m), Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(srv)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("serve: %v", err)
			}
		case <-time.After(patience):
			t.Error("the server does not stop")
		}
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the socket is still there after the end: %v", err)
		}
	})
	return path
}

func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "hrlocal")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func ctxOf(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

const anID = "00112233445566778899aabbccddeeff"

func TestRequests(t *testing.T) {
	m := newMemory()
	path := start(t, m, nil)
	c, ctx := NewClient(path, "1.0.0"), ctxOf(t)

	h, err := c.Hello(ctx)
	if err != nil || h != (Hello{Protocol, "1.0.0", RoleService}) {
		t.Fatalf("hello: %+v, %v", h, err)
	}
	s, err := c.Status(ctx)
	if want := fmt.Sprintf("for uid %d", os.Getuid()); err != nil || s.Version != want {
		t.Fatalf("status: got %q, %v, want %q", s.Version, err, want)
	}
	r, err := c.HandReport(ctx, anID, []byte("opaque"))
	if sum := sha256.Sum256([]byte("opaque")); err != nil || !r.Accepted || r.SHA256 != hex.EncodeToString(sum[:]) {
		t.Fatalf("hand: %+v, %v", r, err)
	}
	if _, err := c.HandReport(ctx, anID, []byte("changed")); !errors.Is(err, ErrOtherBytes) {
		t.Fatalf("other bytes: %v", err)
	}
	if r, err = c.Report(ctx, anID); err != nil || r.ID != anID {
		t.Fatalf("report: %+v, %v", r, err)
	}
	if b, err := c.Answer(ctx, []byte("exact question")); err != nil || string(b) != "exact answer" {
		t.Fatalf("answer: %q, %v", b, err)
	}
	if _, err := c.Answer(ctx, []byte("another")); !errors.Is(err, ErrUnknownReport) {
		t.Fatalf("answer to another question: %v", err)
	}
	f, err := c.DeviceLedger(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if b, err := io.ReadAll(f); err != nil || string(b) != "exact\nbytes\n" {
		t.Fatalf("ledger: %q, %v", b, err)
	}
}

func TestRefusedRequests(t *testing.T) {
	m := newMemory()
	path := start(t, m, nil)
	c, ctx := NewClient(path, "1.0.0"), ctxOf(t)
	if _, err := c.HandReport(ctx, anID, make([]byte, MaxReport+1)); !errors.Is(err, ErrTooBig) {
		t.Errorf("too big for the client: %v", err)
	}
	if err := c.do(ctx, "PUT", "/v1/reports/"+anID, bytes.NewReader(make([]byte, MaxReport+1)), nil); !errors.Is(err, ErrTooBig) {
		t.Errorf("too big for the server: %v", err)
	}
	if _, err := c.HandReport(ctx, anID, nil); !errors.Is(err, ErrBadRequest) {
		t.Errorf("an empty report: %v", err)
	}
	for _, id := range []string{"..", "short", strings.ToUpper(anID), anID + "/x", strings.Repeat("0", 65)} {
		if _, err := c.HandReport(ctx, id, []byte("x")); err == nil {
			t.Errorf("the id %q was taken", id)
		}
	}
	if _, err := c.Report(ctx, strings.Repeat("9", 32)); !errors.Is(err, ErrUnknownReport) {
		t.Errorf("an unknown report: %v", err)
	}
	if len(m.reports) != 0 {
		t.Errorf("%d reports were stored", len(m.reports))
	}
}

func TestNobodyAnswers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none.sock")
	_, err := NewClient(path, "1").Status(ctxOf(t))
	if !errors.Is(err, ErrNotRunning) || !strings.Contains(err.Error(), path) {
		t.Errorf("no socket: %v", err)
	}
	dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	dead.SetUnlinkOnClose(false)
	dead.Close()
	if _, err := NewClient(path, "1").Hello(ctxOf(t)); !errors.Is(err, ErrNotRunning) {
		t.Errorf("a dead socket: %v", err)
	}
}

// Both ends of another version name both versions and say what to do.
func TestAnotherVersionIsToldSo(t *testing.T) {
	var logged lockedBuffer
	path := start(t, newMemory(), func(s *Server) { s.Log = slog.New(slog.NewTextHandler(&logged, nil)) })
	c := NewClient(path, "0.9.0")
	c.protocol = Protocol + 1
	_, err := c.Status(ctxOf(t))
	v := new(VersionError)
	if !errors.As(err, &v) {
		t.Fatalf("got %v, want a VersionError", err)
	}
	for _, want := range []string{"0.9.0", "1.0.0", "protocol 1", "protocol 2", "restart the service"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error %q does not say %q", err, want)
		}
	}
	for _, want := range []string{"theirs=0.9.0", "ours=1.0.0"} {
		if !strings.Contains(logged.String(), want) {
			t.Errorf("the log %q does not say %q", logged.String(), want)
		}
	}
	c.protocol = Protocol - 1
	c.version = "injected\nline"
	if _, err := c.Status(ctxOf(t)); err == nil || strings.Contains(logged.String(), "injected") {
		t.Errorf("err %v, log %q", err, logged.String())
	}
}

func TestNoRequestBeforeHello(t *testing.T) {
	path := start(t, newMemory(), nil)
	conn, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET /v1/status HTTP/1.1\r\nHost: handrail\r\n\r\n")
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.Contains(string(answer), "400 Bad Request") || !strings.Contains(string(answer), "/v1/hello") {
		t.Errorf("got %q, %v", answer, err)
	}
}

// Whatever one caller sends, the next one is answered.
func TestGarbageHarmsNobody(t *testing.T) {
	strangers := make(chan bool, 64)
	path := start(t, newMemory(), func(s *Server) { s.Stranger = func() { strangers <- true } })
	hello := "GET /v1/hello HTTP/1.1\r\nHost: h\r\nHandrail-Protocol: 1\r\n\r\n"
	for _, garbage := range []string{
		"", "\x00\x01\xff\xfe", "GET / HTTP/9.9\r\n\r\n", strings.Repeat("A", 100_000),
		"GET /v1/hello HTTP/1.1\r\nHost: h\r\nX: " + strings.Repeat("y", 64<<10) + "\r\n\r\n",
		hello + "PUT /v1/reports/" + anID + " HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\nx",
		hello + "POST /v1/watch HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{]}\n\r\n",
		hello + "POST /v1/watch HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
		hello + "GET /v1/../../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n",
	} {
		conn, err := net.Dial("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, garbage)
		_ = conn.(*net.UnixConn).CloseWrite()
		_ = conn.SetReadDeadline(time.Now().Add(patience))
		if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%.40q: the connection stays open", garbage)
		}
		conn.Close()
		if _, err := NewClient(path, "1").Status(ctxOf(t)); err != nil {
			t.Fatalf("after %.40q: %v", garbage, err)
		}
		if garbage != "" && !strings.HasPrefix(garbage, hello) {
			<-strangers
		}
	}
	if n := len(strangers); n != 0 {
		t.Errorf("%d too many are called strangers", n)
	}
}

// FuzzTable: a session's coverage table is outside text.
func FuzzTable(f *testing.F) {
	f.Add([]byte(`[{"surface":"clipboard","state":"seen"}]`))
	f.Add([]byte(`[{"surface":"clipboard"}]`))
	f.Add([]byte(`[]`))
	f.Add([]byte(`null`))
	f.Add([]byte(`[{"surface":"nudge","state":"blind","why":"wayland"},{"surface":"nudge","state":"seen"}]`))
	f.Fuzz(func(t *testing.T, line []byte) {
		table, err := parseTable(line)
		if err != nil {
			return
		}
		if len(table) == 0 || len(table) > len(coverage.Surfaces()) {
			t.Errorf("%q: a table of %d", line, len(table))
		}
		for _, e := range table {
			if e.Surface.String() == "" || e.State.String() == "" {
				t.Errorf("%q: %+v is not on the lists", line, e)
			}
		}
	})
}

func TestOneAccountCannotKeepOthersOut(t *testing.T) {
	path := start(t, newMemory(), nil)
	var held []net.Conn
	defer func() {
		for _, c := range held {
			c.Close()
		}
	}()
	for range maxConnsAccount {
		c, err := net.Dial("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, c)
	}
	if _, err := NewClient(path, "1").Status(ctxOf(t)); !errors.Is(err, ErrBusy) {
		t.Errorf("one more than allowed: %v", err)
	}
	if out, err := as(t, 65534, "status", path); err != nil || out != "for uid 65534" {
		t.Errorf("another account: %q, %v", out, err)
	}
	held[0].Close()
	ctx := ctxOf(t)
	for { // the place is free as soon as the server has noticed
		_, err := NewClient(path, "1").Status(ctx)
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			t.Fatal(err)
		}
	}
}

func TestPanicsAreNotPrinted(t *testing.T) {
	var logged lockedBuffer
	m := newMemory()
	m.panics = true
	path := start(t, m, func(s *Server) { s.Log = slog.New(slog.NewTextHandler(&logged, nil)) })
	_, err := NewClient(path, "1").Status(ctxOf(t))
	if err == nil || strings.Contains(err.Error(), "canary") || strings.Contains(logged.String(), "canary") {
		t.Errorf("error %v, log %q", err, logged.String())
	}
	if !strings.Contains(logged.String(), "GET /v1/status") {
		t.Errorf("the log %q does not say which request", logged.String())
	}
}

func TestPolicyWaitsForAnother(t *testing.T) {
	m := newMemory()
	path := start(t, m, nil)
	c, ctx := NewClient(path, "1"), ctxOf(t)
	p, err := c.Policy(ctx, "")
	if err != nil || string(p.YAML) != "first: 1\n" {
		t.Fatalf("%+v, %v", p, err)
	}
	got := make(chan PolicyReply, 1)
	go func() {
		p, err := c.Policy(ctx, p.ETag)
		if err != nil {
			t.Error(err)
		}
		got <- p
	}()
	close(m.policy)
	if p := <-got; p.ETag != "two" {
		t.Errorf("got %+v", p)
	}
}

func TestWatch(t *testing.T) {
	m := newMemory()
	path := start(t, m, nil)
	ctx, cancel := context.WithCancel(ctxOf(t))
	tables := make(chan coverage.Table)
	done := make(chan error, 1)
	go func() { done <- NewClient(path, "1").Watch(ctx, tables) }()
	for _, s := range []coverage.State{coverage.Partly, coverage.Seen} {
		want := coverage.All(s, coverage.None)
		tables <- want
		if got := <-m.tables; got.Of(coverage.Nudge) != want.Of(coverage.Nudge) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("watch ended with %v", err)
	}
	if who := <-m.gone; who.UID != os.Getuid() || who.PID != os.Getpid() {
		t.Errorf("gone: %+v", who)
	}
}

func TestWatchEndsWithItsTables(t *testing.T) {
	m := newMemory()
	path := start(t, m, nil)
	tables := make(chan coverage.Table, 1)
	tables <- coverage.All(coverage.Seen, coverage.None)
	close(tables)
	if err := NewClient(path, "1").Watch(ctxOf(t), tables); err != nil {
		t.Error(err)
	}
	<-m.gone
}

func TestWatchEndsWithTheService(t *testing.T) {
	path := filepath.Join(openDir(t), "s.sock")
	l, err := Listen(path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	m := newMemory()
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() {
		served <- (&Server{Role: RoleService, Version: "1", Handler: ServiceHandler(m), Log: slog.New(slog.DiscardHandler)}).Serve(ctx, l)
	}()
	tables := make(chan coverage.Table, 1)
	tables <- coverage.All(coverage.Seen, coverage.None)
	done := make(chan error, 1)
	go func() { done <- NewClient(path, "1").Watch(ctxOf(t), tables) }()
	<-m.tables
	stop()
	if err := <-done; !errors.Is(err, ErrNotRunning) {
		t.Errorf("watch ended with %v", err)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
	if err := NewClient(path, "1").Watch(ctxOf(t), tables); !errors.Is(err, ErrNotRunning) {
		t.Errorf("watch without a service: %v", err)
	}
}

// A killed session is seen to be gone: the kernel closes its connection.
func TestKilledSessionIsGone(t *testing.T) {
	m := newMemory()
	path := start(t, m, nil)
	cmd := child(t, os.Getuid(), "watch", path)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-m.tables
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if who := <-m.gone; who.PID != cmd.Process.Pid {
		t.Errorf("gone: %+v, want pid %d", who, cmd.Process.Pid)
	}
}

type lockedBuffer struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestTheLogIsNotFilledByStrangers(t *testing.T) {
	var q quiet
	now := time.Unix(1_800_000_000, 0)
	lines := 0
	for i := range 1000 {
		if q.lift(now.Add(time.Duration(i) * 100 * time.Millisecond)) { // 100 s
			lines++
		}
	}
	if lines != 2 {
		t.Fatalf("%d lines in 100 seconds, want 2", lines)
	}
}
