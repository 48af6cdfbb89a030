package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
)

// fleet is the organisation's server in the story, and 30 simulated laptops
// that speak the real protocol to it.
type fleet struct {
	devices, reports, console string // addresses
	secret                    string
	health, wire              *wire // of the laptop to devices, and to reports
	colleagues                []*colleague
}

// Batches of the story are short, so that a person can watch one close.
const (
	storyBatch = 30 * time.Second
	storyGrace = 45 * time.Second // for a report that is tried again
	colleagues = 30
)

// startFleet starts the server and returns once it listens.
func (s *story) startFleet() *fleet {
	t := s.t
	t.Helper()
	data := filepath.Join(t.TempDir(), "fleet")
	secret, err := s.fleetProgram("secret", "add", "--data", data, "--label", "story", "--uses", "31").Output()
	if err != nil {
		t.Fatalf("making an enrolment secret: %v\n%s", err, s.logs)
	}
	f := &fleet{secret: strings.TrimSpace(string(secret))}
	cmd := s.fleetProgram("serve", "--data", data, "--listen", "127.0.0.1:0", "--reports-listen", "127.0.0.1:0",
		"--console-listen", "127.0.0.1:0", "--batch", storyBatch.String(), "--grace", storyGrace.String(), "--check-in", "2s")
	cmd.Stdout = nil
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatalf("the fleet server: %v", err)
	}
	ownGroup(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting the fleet server: %v", err)
	}
	ended := make(chan struct{})
	listening := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if line, ok := strings.CutPrefix(lines.Text(), "listening "); ok {
				listening <- line
			}
		}
		_ = cmd.Wait()
		close(ended)
	}()
	t.Cleanup(func() { stop(cmd, ended) })
	select {
	case line := <-listening:
		for word := range strings.FieldsSeq(line) {
			switch name, address, _ := strings.Cut(word, "="); name {
			case "devices":
				f.devices = address
			case "reports":
				f.reports = address
			case "console":
				f.console = address
			}
		}
	case <-ended:
		t.Fatalf("the fleet server ended\n%s", s.logs)
	case <-time.After(desktoptest.Patience):
		t.Fatalf("the fleet server does not listen\n%s", s.logs)
	}
	f.health, f.wire = tap(t, f.devices), tap(t, f.reports)
	return f
}

func (s *story) fleetProgram(args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, "handrail-fleet"), args...)
	cmd.Env = os.Environ()
	cmd.Stderr = s.logs
	return cmd
}

// settings is the laptop's settings file for this fleet.
func (f *fleet) settings(secretFile string) []byte {
	return fmt.Appendf(nil, "server: %s\nreport_server: %s\nenrol_secret_file: %s\nbatch: %s\ncheck_in: 2s\n",
		f.health.address, f.wire.address, secretFile, storyBatch)
}

// wire stands between the story's laptop and one address of the server. It
// keeps what goes by, and can be cut.
type wire struct {
	address string

	mu     sync.Mutex // guards what follows
	down   bool
	tries  int
	bodies [][]byte // that the server acknowledged as new
	all    []byte   // of every request
}

func tap(t desktoptest.TB, server string) *wire {
	t.Helper()
	to, err := url.Parse(server)
	if err != nil {
		t.Fatalf("the server's address: %v", err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listening: %v", err)
	}
	w := &wire{address: "http://" + ln.Addr().String()}
	proxy := httputil.NewSingleHostReverseProxy(to)
	srv := &http.Server{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.tries++
		down := w.down
		w.mu.Unlock()
		if down {
			panic(http.ErrAbortHandler) // the connection breaks off
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		kept := &statusKept{ResponseWriter: rw}
		proxy.ServeHTTP(kept, r)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.all = append(w.all, body...)
		if kept.status == http.StatusAccepted {
			w.bodies = append(w.bodies, body)
		}
	})}
	go func() { _ = srv.Serve(ln) }()
	t.Cleanup(func() { srv.Close() })
	return w
}

type statusKept struct {
	http.ResponseWriter
	status int
}

func (k *statusKept) WriteHeader(status int) {
	k.status = status
	k.ResponseWriter.WriteHeader(status)
}

// cut breaks the wire, or mends it.
func (w *wire) cut(down bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.down = down
}

func (w *wire) seen() (tries int, bodies [][]byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.tries, append([][]byte(nil), w.bodies...)
}

// everything returns the bodies of all requests so far.
func (w *wire) everything() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Clone(w.all)
}

// colleague is one simulated laptop.
type colleague struct {
	f       *fleet
	key     ed25519.PrivateKey
	device  report.DeviceID
	counter uint64
}

// enrol lets the colleagues join and check in.
func (f *fleet) enrol() error {
	for range colleagues {
		pub, key, err := ed25519.GenerateKey(nil)
		if err != nil {
			return err
		}
		c := &colleague{f: f, key: key}
		body, err := report.EncodeEnrol(report.EnrolRequest{Secret: f.secret, PublicKey: pub, Version: "0.1.0", Platform: report.PlatformOf("linux", "amd64")})
		if err != nil {
			return err
		}
		answer, err := post(f.devices+report.EnrolPath, body, nil)
		if err != nil {
			return fmt.Errorf("enrolling: %w", err)
		}
		reply, err := report.DecodeEnrolReply(answer)
		if err != nil {
			return err
		}
		c.device = reply.Device
		if err := c.checkIn(); err != nil {
			return fmt.Errorf("checking in: %w", err)
		}
		f.colleagues = append(f.colleagues, c)
	}
	return nil
}

func (c *colleague) checkIn() error {
	table := coverage.All(coverage.Seen, coverage.None)
	table.Set(coverage.Browser, coverage.Partly, coverage.TitlesOnly)
	body, err := report.EncodeHealth(report.Health{Device: c.device, Agent: "0.1.0", Platform: report.PlatformOf("linux", "amd64"), Coverage: table, Policy: 12})
	if err != nil {
		return err
	}
	c.counter++
	_, err = post(c.f.devices+report.CheckInPath, body, map[string]string{
		report.DeviceHeader:    string(c.device),
		report.CounterHeader:   report.FormatCounter(c.counter),
		report.SignatureHeader: report.SignCheckIn(c.key, c.device, c.counter, body),
	})
	return err
}

// report lets each colleague send one report of a batch: 10 of the 30 took the
// approved tool after a nudge like the story's, 10 closed it, three of the
// others got one about bank details.
func (f *fleet) report(batch report.BatchID) error {
	for i := range f.colleagues {
		r := report.Report{Batch: batch, Cohort: report.Everybody, Policy: 12}
		contacts := func(a report.Answer) []report.Cell {
			return []report.Cell{report.NudgeCell("customer_list", detect.ClassContacts, "deepseek", catalog.SurfaceBrowser, a)}
		}
		switch {
		case i < 10:
			r.Cells = contacts(report.Switched)
		case i < 20:
			r.Cells = contacts(report.Dismissed)
		case i < 23:
			r.Cells = []report.Cell{report.NudgeCell("money", detect.ClassBank, "chatgpt", catalog.SurfaceBrowser, report.SaidAnyway)}
		}
		for i := range r.Cells {
			r.Cells[i].Often = report.Once
		}
		body, err := report.Encode(r, report.NewNonce())
		if err != nil {
			return err
		}
		if _, err := post(f.reports+report.ReportsPath, body, nil); err != nil {
			return fmt.Errorf("a colleague's report: %w", err)
		}
	}
	return nil
}

func post(address string, body []byte, header map[string]string) ([]byte, error) {
	req, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	for k, v := range header {
		req.Header.Set(k, v)
	}
	ctx, cancel := context.WithTimeout(context.Background(), desktoptest.Patience)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	if err == nil && resp.StatusCode >= 300 {
		err = fmt.Errorf("%s: %s", resp.Status, answer)
	}
	return answer, err
}

// page returns a page of the console.
func (f *fleet) page(path string) (string, error) {
	resp, err := http.Get(f.console + path)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return string(b), err
}

// sentReport is one entry of handrail ledger --json about the person.
type sentReport struct {
	Seq    uint64
	SHA256 string
	Report *struct {
		Batch report.BatchID
		Cells []report.Cell
	}
	Receipt *struct{ Seq uint64 }
}

func (s *story) sent() []sentReport {
	s.t.Helper()
	var book struct{ Entries []sentReport }
	if err := json.Unmarshal([]byte(s.run("ledger", "--json")), &book); err != nil {
		s.t.Fatalf("reading the ledger: %v", err)
	}
	return book.Entries
}

// reported plays what becomes of the story's answer: the batch ends while the
// server is away, the report waits, arrives once, and becomes a number that is
// shown because enough others gave the same answer.
func (s *story) reported() {
	t, f := s.t, s.fleet
	t.Helper()
	f.wire.cut(true)
	var mine sentReport
	s.wait("the batch ends and its report is in the ledger", func() bool {
		for _, e := range s.sent() {
			if e.Report == nil {
				continue
			}
			for _, c := range e.Report.Cells {
				if c.Answer == report.Switched {
					mine = e
					return true
				}
			}
		}
		return false
	}, s.logs.String)
	s.say("The batch ends: one report about nobody, in the ledger before it is sent", fmt.Sprintf("%d bytes", report.PlainSize))

	if err := f.report(mine.Report.Batch); err != nil {
		t.Fatalf("%v", err)
	}
	before, _ := f.wire.seen()
	s.wait("the report is tried while the server is away", func() bool { tries, _ := f.wire.seen(); return tries > before }, s.logs.String)
	f.wire.cut(false)
	exact := []byte(s.run("ledger", "show", fmt.Sprint(mine.Seq)))
	arrived := func() (n int) {
		_, bodies := f.wire.seen()
		for _, b := range bodies {
			if bytes.Equal(b, exact) {
				n++
			}
		}
		return n
	}
	s.wait("the report has arrived", func() bool { return arrived() == 1 }, s.logs.String)
	s.say("The server was away; the report waited, and arrives byte for byte as in the ledger", "once")

	var page string
	s.wait("the console shows the batch", func() bool { // End and grace are at most 75 s away
		var err error
		page, err = f.page("/")
		return err == nil && strings.Contains(page, "11 of 21")
	}, func() string { return page + "\n" + s.logs.String() })
	if !strings.Contains(page, "ChatGPT") || !strings.Contains(page, "hidden") {
		t.Fatalf("the three with bank details are not drawn as hidden:\n%s", page)
	}
	if n := arrived(); n != 1 {
		t.Fatalf("the report was delivered %d times", n)
	}
	s.wait("the receipt is in the ledger", func() bool {
		for _, e := range s.sent() {
			if e.Seq == mine.Seq {
				return e.Receipt != nil
			}
		}
		return false
	}, s.logs.String)
	s.browser.tab(t, f.console+"/", "h1")
	s.wait("the console is on the screen", func() bool { return s.browser.count(t, strings.TrimPrefix(f.console, "http://")) == 1 }, s.logs.String)
	s.shot("console.png")
	s.say("The console counts it: 11 of 21 took the safe way; three with another nudge stay hidden", "k = 10")
	s.run("ledger", "verify")
	s.run("ledger", "verify", "--device")
}
