package service

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/agent/config"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/report"
)

const aSecret = "a-secret-that-lets-one-in"

// fleetServer speaks the wire of agent/report, one handler for each plane.
type fleetServer struct {
	devices, reports *httptest.Server

	mu      sync.Mutex // guards the rest
	counter uint64
	stored  map[report.ID]int // how often each report came
	health  map[string]bool   // the bodies of check-ins
	kill    map[string]func() // by path: what happens once, before the answer
	down    bool
}

func newFleetServer(t *testing.T) *fleetServer {
	f := &fleetServer{stored: map[report.ID]int{}, health: map[string]bool{}, kill: map[string]func(){}}
	f.devices, f.reports = httptest.NewServer(f), httptest.NewServer(f)
	t.Cleanup(f.devices.Close)
	t.Cleanup(f.reports.Close)
	return f
}

func (f *fleetServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	if f.down {
		w.WriteHeader(503)
		return
	}
	status, reply := 200, any(nil)
	switch r.URL.Path {
	case report.EnrolPath:
		reply = report.EnrolReply{Device: "d00112233445566778899aabbccddeeff"}
	case report.CheckInPath:
		n, err := report.ParseCounter(r.Header.Get(report.CounterHeader))
		if err != nil || n <= f.counter {
			status, reply = 409, report.Refusal{Reason: report.OldCounter, Counter: f.counter}
			break
		}
		f.counter, f.health[string(body)] = n, true
		reply = report.CheckInReply{Receipt: report.IDOf(body), NextIn: 1}
	case report.ReportsPath:
		f.stored[report.IDOf(body)]++
		reply = report.ReportReply{Receipt: report.IDOf(body)}
	}
	if kill := f.kill[r.URL.Path]; kill != nil {
		delete(f.kill, r.URL.Path)
		kill() // stored, and nobody is there to hear of it
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(reply)
}

func (f *fleetServer) set(how func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	how()
}

// joinable writes settings and a secret into the layout.
func joinable(t *testing.T, p config.Paths, f *fleetServer) (secret string) {
	t.Helper()
	secret = filepath.Join(p.Home, "secret")
	if err := os.WriteFile(secret, []byte(aSecret), 0o600); err != nil {
		t.Fatal(err)
	}
	put(t, p.Settings, "server: "+f.devices.URL+"/\nreport_server: "+f.reports.URL+"\nenrol_secret_file: "+secret+"\nbatch: 1s\ncheck_in: 1s\n")
	return secret
}

// eventually asks until it is so; the service has no way to tell.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("not in time: %s", what)
		}
	}
}

// child runs a service in a process of its own, which can be killed.
func child(t *testing.T, p config.Paths) (kill func(), log *bytes.Buffer) {
	t.Helper()
	log = new(bytes.Buffer)
	cmd := exec.Command(self(t), "service-child", "run", p.Home, "", "")
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill = sync.OnceFunc(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	t.Cleanup(kill)
	ready := make([]byte, len("ready\n"))
	if _, err := io.ReadFull(out, ready); err != nil {
		t.Fatalf("the service did not start: %v", err)
	}
	return kill, log
}

// The service is killed (-9) after the server has stored a check-in and after
// it has stored a report, each time before the answer. Everything arrives, the
// report counts once, the receipts come later, and what arrived is what the
// ledgers hold.
func TestKilledWhileSending(t *testing.T) {
	f, p := newFleetServer(t), home(t)
	secret := joinable(t, p, f)
	body, err := report.Encode(report.SwitchedOff("2026-W48"), report.NewNonce())
	if err != nil {
		t.Fatal(err)
	}
	c := local.NewClient(p.ServiceSocket, "1.0.0")
	for _, path := range []string{report.EnrolPath, report.CheckInPath, report.ReportsPath} {
		gone := make(chan struct{})
		kill := func() {}
		ready := make(chan struct{})
		f.set(func() {
			f.kill[path] = func() {
				<-ready
				kill()
				close(gone)
			}
		})
		kill, _ = child(t, p)
		close(ready)
		if path == report.ReportsPath {
			if _, err := c.HandReport(ctxOf(t), anID, body); err != nil {
				t.Fatal(err)
			}
		}
		select {
		case <-gone:
		case <-time.After(patience):
			t.Fatalf("%s was not asked for", path)
		}
	}
	child(t, p)
	eventually(t, "the report's receipt", func() bool {
		r, err := c.Report(ctxOf(t), anID)
		return err == nil && r.Delivered && len(r.Server) > 0
	})
	eventually(t, "a receipt for the check-in", func() bool {
		w, err := ledger.Waiting(p.DeviceLedger(), ledger.Health)
		st, err2 := c.Status(ctxOf(t))
		return err == nil && err2 == nil && len(w) == 0 && st.Server != nil && st.Server.Joined && st.Server.Error == "" && st.Waiting == 0
	})
	f.set(func() {
		if n := f.stored[report.IDOf(body)]; n != 2 || len(f.stored) != 1 {
			t.Errorf("the report came %d times, want 2: once before and once after the kill; %d reports", n, len(f.stored))
		}
		sent := map[string]bool{}
		if err := ledger.Entries(p.DeviceLedger(), func(e ledger.Entry) error {
			if e.Kind == ledger.Health {
				sent[string(e.Bytes)] = true
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
		for b := range f.health {
			if !sent[b] {
				t.Errorf("this came and is not in the ledger: %s", b)
			}
		}
	})
	if _, err := ledger.Verify(p.DeviceLedger()); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(secret); !os.IsNotExist(err) {
		t.Errorf("the secret is still there: %v", err)
	}
}

// A secret that the service can't remove, as systemd hands it over, is used
// once; and what a service keeps or says never holds it.
func TestTheSecretStaysSecret(t *testing.T) {
	f, p := newFleetServer(t), home(t)
	joinable(t, p, f)
	dir := filepath.Join(p.Home, "credentials")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(p.Home, "secret"), filepath.Join(dir, "enrol-secret")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("CREDENTIALS_DIRECTORY", dir)
	kill, log := child(t, p)
	c := local.NewClient(p.ServiceSocket, "1.0.0")
	eventually(t, "joined", func() bool {
		st, err := c.Status(ctxOf(t))
		return err == nil && st.Server.Joined && st.Server.Error == ""
	})
	st, err := c.Status(ctxOf(t))
	said, _ := json.Marshal(st)
	kill() // from here on nobody writes to the log
	if err != nil || bytes.Contains(said, []byte(aSecret)) || strings.Contains(log.String(), aSecret) {
		t.Errorf("the secret is said: %s %v", said, err)
	}
	if err := filepath.WalkDir(p.ServiceState, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(aSecret)) {
			t.Errorf("the secret is in %s", path)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// While the server is away, status says so and the report waits; then it goes.
func TestServerAway(t *testing.T) {
	f, p := newFleetServer(t), home(t)
	joinable(t, p, f)
	f.set(func() { f.down = true })
	child(t, p)
	c := local.NewClient(p.ServiceSocket, "1.0.0")
	body, err := report.Encode(report.SwitchedOff("2026-W48"), report.NewNonce())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.HandReport(ctxOf(t), anID, body); err != nil {
		t.Fatal(err)
	}
	eventually(t, "status says why", func() bool {
		st, err := c.Status(ctxOf(t))
		return err == nil && !st.Server.Joined && st.Waiting == 1 &&
			strings.Contains(st.Server.Error, "503") && strings.Contains(st.Server.ReportsError, "503")
	})
	f.set(func() { f.down = false })
	eventually(t, "all is well", func() bool {
		st, err := c.Status(ctxOf(t))
		return err == nil && st.Server.Joined && st.Waiting == 0 && st.Server.Error == "" && st.Server.ReportsError == ""
	})
	f.set(func() {
		if n := f.stored[report.IDOf(body)]; n != 1 {
			t.Errorf("delivered %d times", n)
		}
	})
}

func TestSetAsideIsNotHandedInAgain(t *testing.T) {
	s := openSpool(t)
	if _, err := s.Put(me, anID, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := s.SetAside(name(me.UID, anID)); err != nil {
		t.Fatal(err)
	}
	if w, err := s.Waiting(); err != nil || len(w) != 0 {
		t.Errorf("%v, %v", w, err)
	}
	if r, err := s.Put(me, anID, []byte("x")); err != nil || !r.Refused || r.Delivered {
		t.Errorf("%+v, %v", r, err)
	}
	if w, err := s.Waiting(); err != nil || len(w) != 0 {
		t.Errorf("again: %v, %v", w, err)
	}
}
