package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/fleet/store"
)

// The test binary is the server too, so that a test can run and kill it.
func TestMain(m *testing.M) {
	if os.Getenv("HANDRAIL_FLEET_MAIN") != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), "HANDRAIL_FLEET_MAIN=1")
	return cmd
}

// fleet is a running server.
type fleet struct {
	cmd                     *exec.Cmd
	devices, reports, front string
	log                     *bytes.Buffer // read it after the process has ended
}

func start(t *testing.T, data string, args ...string) *fleet {
	t.Helper()
	f := &fleet{log: new(bytes.Buffer)}
	f.cmd = command(t, append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--reports-listen", "127.0.0.1:0", "--console-listen", "127.0.0.1:0"}, args...)...)
	f.cmd.Stderr = f.log
	out, err := f.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = f.cmd.Process.Kill()
		_ = f.cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the server did not say where it listens: %v", err)
	}
	if _, err := fmt.Sscanf(line, "listening devices=%s reports=%s console=%s", &f.devices, &f.reports, &f.front); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return f
}

func secretOf(t *testing.T, data string, uses int) string {
	t.Helper()
	out, err := command(t, "secret", "add", "--data", data, "--label", "test", "--uses", fmt.Sprint(uses)).Output()
	if err != nil {
		t.Fatalf("secret add: %v", err)
	}
	return strings.TrimSpace(string(out))
}

func post(t *testing.T, url string, body []byte, header map[string]string) (int, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	return do(t, req)
}

func do(t *testing.T, req *http.Request) (int, []byte) {
	t.Helper()
	c := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, b
}

func get(t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	status, b := do(t, req)
	if status != http.StatusOK {
		t.Fatalf("%s: %d %s", url, status, b)
	}
	return string(b)
}

// join enrols n devices, each of which checks in once.
func join(t *testing.T, f *fleet, secret string, n int) {
	t.Helper()
	for range n {
		pub, key, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		b, err := report.EncodeEnrol(report.EnrolRequest{Secret: secret, PublicKey: pub, Version: "1.4.2", Platform: report.LinuxAMD64})
		if err != nil {
			t.Fatal(err)
		}
		status, b := post(t, f.devices+report.EnrolPath, b, nil)
		reply, err := report.DecodeEnrolReply(b)
		if status != http.StatusCreated || err != nil {
			t.Fatalf("enrolling: %d %s %v", status, b, err)
		}
		health, err := report.EncodeHealth(report.Health{Device: reply.Device, Agent: "1.4.2", Platform: report.LinuxAMD64, Policy: 3, Coverage: coverage.All(coverage.Seen, coverage.None)})
		if err != nil {
			t.Fatal(err)
		}
		status, b = post(t, f.devices+report.CheckInPath, health, map[string]string{
			report.DeviceHeader: string(reply.Device), report.CounterHeader: "1",
			report.SignatureHeader: report.SignCheckIn(key, reply.Device, 1, health),
		})
		if in, err := report.DecodeCheckInReply(b); status != http.StatusOK || err != nil || in.Receipt != report.IDOf(health) {
			t.Fatalf("checking in: %d %s %v", status, b, err)
		}
	}
}

// send sends one report of the batch that is running now: of somebody who saw
// a nudge, or of somebody to whom nothing happened.
func send(t *testing.T, f *fleet, length time.Duration, nudged bool) {
	t.Helper()
	c := report.NudgeCell("cards", detect.ClassCard, "chatgpt", catalog.SurfaceBrowser, report.Switched)
	c.Often = report.Few
	r := report.Report{Batch: report.BatchOf(time.Now(), length).ID, Cohort: report.Everybody, Policy: 3}
	if nudged {
		r.Cells = []report.Cell{c}
	}
	b, err := report.Encode(r, report.NewNonce())
	if err != nil {
		t.Fatal(err)
	}
	status, reply := post(t, f.reports+report.ReportsPath, b, map[string]string{"Content-Type": "application/octet-stream"})
	if r, err := report.DecodeReportReply(reply); status != http.StatusAccepted || err != nil || r.Receipt != report.IDOf(b) {
		t.Fatalf("reporting: %d %s %v", status, reply, err)
	}
}

// until asks again and again, at most until a generous deadline.
func until(t *testing.T, what string, ask func() bool) {
	t.Helper()
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for !ask() {
		select {
		case <-deadline.C:
			t.Fatalf("%s: not within a minute", what)
		case <-again.C:
		}
	}
}

// The whole way, with real processes and sockets: reports of 9 devices give no
// number, although 30 are enrolled; reports of 30 do.
func TestNineGiveNoNumberThirtyDo(t *testing.T) {
	data := t.TempDir()
	const length = 2 * time.Second
	f := start(t, data, "--batch", length.String(), "--grace", "20s")
	if got := get(t, f.devices+"/healthz") + get(t, f.devices+"/readyz"); got != "ok\nok\n" {
		t.Errorf("health: %q", got)
	}
	join(t, f, secretOf(t, data, 30), 30)
	for range 9 {
		send(t, f, length, true)
	}
	stop(t, f) // with reports in the inbox, which the next start finds

	f = start(t, data, "--batch", length.String(), "--grace", "500ms")
	// The nine are merged at most so often, and then expire: nothing is left.
	until(t, "nine reports to be gone", func() bool {
		return len(inbox(t, data)) == 0
	})
	figure := regexp.MustCompile(`ChatGPT`)
	if page := get(t, f.front+"/"); figure.MatchString(page) {
		t.Error("nine reports are on the console")
	}
	if p := published(t, data); len(p) != 0 {
		t.Fatalf("nine reports were published: %+v", p)
	}
	stop(t, f)

	// Thirty in one batch, which must not end meanwhile. Twelve of them say
	// nothing: a figure needs enough people on both sides.
	const long = 20 * time.Second
	f = start(t, data, "--batch", long.String(), "--grace", "500ms")
	if left := time.Until(report.BatchOf(time.Now(), long).End); left < 12*time.Second {
		b := report.BatchOf(time.Now(), long).ID
		until(t, "the next batch", func() bool { return report.BatchOf(time.Now(), long).ID != b })
	}
	for i := range 30 {
		send(t, f, long, i < 18)
	}
	until(t, "thirty reports to be published", func() bool { return len(published(t, data)) > 0 })
	p := published(t, data)[0]
	if p.Reports != 30 || p.Active != 30 || len(p.Cells) == 0 {
		t.Errorf("published %+v", p)
	}
	for _, c := range p.Cells {
		if c.Answer == "" && (c.Hidden || c.Count != 18) {
			t.Errorf("the rule's cell: %+v", c)
		}
	}
	if page := get(t, f.front+"/"); !figure.MatchString(page) {
		t.Error("thirty reports are not on the console")
	}
	stop(t, f)
	if log := f.log.String(); strings.Contains(log, "chatgpt") || strings.Contains(log, "127.0.0.1") {
		t.Errorf("the log says too much: %s", log)
	}
}

// inbox and published look into the store beside the running server.
func inbox(t *testing.T, data string) []store.BatchCount {
	t.Helper()
	s := look(t, data)
	defer s.Close()
	in, err := s.Inbox(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func published(t *testing.T, data string) []store.Published {
	t.Helper()
	s := look(t, data)
	defer s.Close()
	p, err := s.Published(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func look(t *testing.T, data string) *store.Store {
	t.Helper()
	var s *store.Store
	// Opening cuts the write-ahead log, which has to wait for a server that is
	// just reading.
	until(t, "the store to be opened beside the server", func() (ok bool) {
		opened, err := store.Open(filepath.Join(data, "fleet.db"))
		s = opened
		return err == nil
	})
	return s
}

// stop asks the server to end, and waits until it has.
func stop(t *testing.T, f *fleet) {
	t.Helper()
	if err := f.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := f.cmd.Wait(); err != nil {
		t.Fatalf("the server ended with %v: %s", err, f.log)
	}
}

func TestServeRefusesToBeOpen(t *testing.T) {
	for _, args := range [][]string{
		{"--listen", "0.0.0.0:0"}, {"--listen", ":0"}, {"--reports-listen", "192.0.2.1:0"}, {"--console-listen", "0.0.0.0:0"},
		{"--listen", "localhost.example:0"}, {"--tls-cert", "x.pem"}, {"--batch", "1500ms"}, {"--grace", "0s"},
	} {
		out, err := command(t, append([]string{"serve", "--data", t.TempDir()}, args...)...).CombinedOutput()
		if err == nil || !strings.HasPrefix(string(out), "handrail-fleet: ") {
			t.Errorf("%v: %v %s", args, err, out)
		}
	}
}
