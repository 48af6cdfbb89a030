package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"handrail/agent/asked"
	"handrail/agent/config"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/report"
)

// logged is what a program writes while it runs.
type logged struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) { l.mu.Lock(); defer l.mu.Unlock(); return l.b.Write(p) }
func (l *logged) String() string              { l.mu.Lock(); defer l.mu.Unlock(); return l.b.String() }

// launch starts a program that runs until the test ends.
func launch(t *testing.T, cmd *exec.Cmd) (out io.Reader, log *logged) {
	t.Helper()
	log = &logged{}
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	return out, log
}

// entryOf returns the number of the first entry that is so, 0 if there is none.
func entryOf(t *testing.T, paths config.Paths, so func(ledger.Entry) bool) (seq uint64) {
	t.Helper()
	err := ledger.Entries(filepath.Join(paths.UserState, ledger.Name), func(x ledger.Entry) error {
		if seq == 0 && so(x) {
			seq = x.Seq
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

// Somebody asks for a tool on the command line; the real service sends it to the
// real server, somebody answers there, and the answer is shown. No desktop is
// needed for any of it.
func TestRequestFromTheCommandLineToItsAnswer(t *testing.T) {
	fleet := filepath.Join(t.TempDir(), "handrail-fleet")
	if out, err := exec.Command("go", "build", "-o", fleet, "handrail/cmd/handrail-fleet").CombinedOutput(); err != nil {
		t.Fatalf("building the server: %v\n%s", err, out)
	}
	data := t.TempDir()
	out, _ := launch(t, exec.Command(fleet, "serve", "--data", data, "--listen", "127.0.0.1:0", "--reports-listen", "127.0.0.1:0", "--console-listen", "127.0.0.1:0", "--batch", "4s"))
	line, err := bufio.NewReader(out).ReadString('\n')
	var devices, reports, front string
	if _, scanned := fmt.Sscanf(line, "listening devices=%s reports=%s console=%s", &devices, &reports, &front); err != nil || scanned != nil {
		t.Fatalf("%q: %v", line, err)
	}

	home := t.TempDir()
	paths := config.Under(home)
	// A batch is short, and so is the time that what is sent waits.
	settings := fmt.Sprintf("server: %s\nreport_server: %s\nbatch: 4s\n", devices, reports)
	if err := errors.Join(os.MkdirAll(filepath.Dir(paths.Settings), 0o755), os.WriteFile(paths.Settings, []byte(settings), 0o644)); err != nil {
		t.Fatal(err)
	}
	bare := func(args ...string) *exec.Cmd {
		cmd := exec.Command("handrail", append(args, "--home", home)...)
		cmd.Env = append(os.Environ(), "DISPLAY=", "WAYLAND_DISPLAY=", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere")
		return cmd
	}
	_, serviceLog := launch(t, bare("service", "run"))
	_, sessionLog := launch(t, bare("session", "--ui", filepath.Join(home, "no-such-program")))
	session := local.NewClient(paths.SessionSocket, version)
	until(t, "the session and the service know each other", func() bool {
		s, err := session.SessionStatus(t.Context())
		return err == nil && s.Service
	})
	say := func(stdin string, args ...string) string {
		t.Helper()
		cmd := bare(args...)
		cmd.Stdin = strings.NewReader(stdin)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("handrail %v: %v\n%s\nservice: %s\nsession: %s", args, err, out, serviceLog, sessionLog)
		}
		return string(out)
	}

	// Before it is sent it is shown, and "no" sends nothing.
	ask := []string{"request", "https://jane-doe.newtool.ai/chat", "--for", "translating", "--data", "contacts", "--lacks", "language,file_types"}
	shown := say("no\n", ask...)
	if !strings.Contains(shown, `{"v":1,"host":"newtool.ai","task":"translating","kind":"contacts","lacked":["file_types","language"],"claim":"`) ||
		!strings.Contains(shown, "Nothing was sent.") || strings.Contains(shown, "jane") {
		t.Fatalf("the request shows\n%s", shown)
	}
	if got := say("", "requests"); got != "You have asked for no tool.\n" {
		t.Errorf("after no: %s", got)
	}
	shown = say("yes\n", ask...)
	_, exact, _ := strings.Cut(shown, "\n\n")
	exact, _, _ = strings.Cut(exact, "\n\n")
	if _, err := report.DecodeRequest([]byte(exact)); err != nil {
		t.Fatalf("what is shown is not what is sent: %v\n%s", err, shown)
	}

	// It arrives as it was shown, and is in the ledger as it was sent.
	until(t, "the server has it, and the console shows it", func() bool {
		res, err := http.Get(front + "/requests")
		if err != nil {
			return false
		}
		defer res.Body.Close()
		page, _ := io.ReadAll(res.Body)
		return strings.Contains(string(page), "newtool.ai") && strings.Contains(string(page), "fewer than 10")
	})
	sent := entryOf(t, paths, func(x ledger.Entry) bool { return x.Kind == ledger.Request })
	if got := say("", "ledger", "show", fmt.Sprint(sent)); got != exact {
		t.Errorf("the ledger has\n%s\nshown was\n%s", got, exact)
	}
	var all []asked.Tool
	if err := json.Unmarshal([]byte(say("", "requests", "--json")), &all); err != nil || len(all) != 1 || all[0].Answer.State != report.Waiting {
		t.Fatalf("%+v, %v", all, err)
	}
	if got := say("", "requests"); !strings.Contains(got, "newtool.ai, for translating\n   asked on ") || !strings.Contains(got, "   answer due by "+dayOf(report.AnswerDue(all[0].Asked))) {
		t.Errorf("while it waits:\n%s", got)
	}

	// IT answers, and the person reads it.
	decide := exec.Command(fleet, "requests", "decide", "newtool.ai", "--decline", "--reason", "It keeps what it gets. Microsoft 365 Copilot does the same.", "--data", data)
	if out, err := decide.CombinedOutput(); err != nil {
		t.Fatalf("deciding: %v\n%s", err, out)
	}
	if got := say("", "requests"); !strings.Contains(got, "   declined on ") || !strings.Contains(got, ": It keeps what it gets. Microsoft 365 Copilot does the same.") {
		t.Errorf("after the decision:\n%s\nsession: %s", got, sessionLog)
	}
	if got := say("", "ledger"); !strings.Contains(got, "Request for a tool") || !strings.Contains(got, "You asked for newtool.ai, for translating, with contacts.") ||
		!strings.Contains(got, "Question for an answer") || !strings.Contains(got, "What is never collected") {
		t.Errorf("the ledger says\n%s", got)
	}
	until(t, "the server's receipt is in the ledger", func() bool {
		return entryOf(t, paths, func(x ledger.Entry) bool { return x.Kind == ledger.Receipt && x.Of == sent }) != 0
	})
	if got := say("", "ledger", "verify"); !strings.Contains(got, "The ledger is whole") {
		t.Errorf("verify: %s", got)
	}
	for what, log := range map[string]string{"service": serviceLog.String(), "session": sessionLog.String()} {
		if strings.Contains(log, "newtool") || strings.Contains(log, all[0].Claim.String()) {
			t.Errorf("the log of the %s tells of it:\n%s", what, log)
		}
	}
}
