package main

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"handrail/agent/config"
	"handrail/agent/coverage"
	"handrail/agent/ledger"
	"handrail/agent/report"
)

// Somebody says on the command line how the week went. It goes into the tally,
// becomes a report, reaches the real server, and becomes a row of the console
// once nineteen others have said something, too.
func TestPulseFromTheCommandLineToTheConsole(t *testing.T) {
	f := startFleet(t, "12s", "--grace", "10s")
	secret := strings.TrimSpace(f.run(t, "secret", "add", "--label", "test", "--uses", "30"))
	x := f.terminal(t)

	// Translating, up to an hour; a number that is none; read; no answer to the last.
	shown := x.say(t, "3\n2\n9\n2\n\n", "pulse")
	for _, want := range []string{"What did you use AI for most?\n  1  Writing\n", "  3  Translating\n", "How much time did it save you?\n  1  None\n", "Type a number from 1 to 4", "Was there an error in them?", "Counted."} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is missing:\n%s", want, shown)
		}
	}
	if again, err := x.command("pulse", "coding", "saved_more").CombinedOutput(); err == nil || !strings.Contains(string(again), "this week is done") {
		t.Errorf("again: %v, %s", err, again)
	}

	// Whichever batch it fell into, the others answer in it.
	var mine report.BatchID
	until(t, "the answers are in a report", func() bool {
		for _, r := range sentReports(t, x.paths) {
			for _, c := range r.Cells {
				if c.Kind == report.KindPulse {
					mine = r.Batch
				}
			}
		}
		return mine != ""
	})
	if book := x.say(t, "", "ledger"); !strings.Contains(book, "Weekly question about translating: you said it saved up to an hour") || !strings.Contains(book, "you said you read the answer through") {
		t.Errorf("the ledger says\n%s", book)
	}
	for i := range 29 {
		join(t, f.devices, secret)
		r := report.Report{Batch: mine, Cohort: report.Everybody}
		switch {
		case i < 9:
			r.Cells = []report.Cell{report.PulseCell(report.Translating, report.SavedUpToHour)}
		case i < 19:
			r.Cells = []report.Cell{report.PulseCell(report.Translating, report.SavedMore)}
		}
		for i := range r.Cells {
			r.Cells[i].Often = report.Once
		}
		body, err := report.Encode(r, report.NewNonce())
		if err != nil {
			t.Fatal(err)
		}
		send(t, f.reports+report.ReportsPath, body, nil)
	}
	var page string
	defer func() {
		if t.Failed() {
			t.Logf("the console:\n%s\nthe server:\n%s", page, f.log)
		}
	}()
	until(t, "the console shows it", func() bool {
		page = f.page("/")
		return strings.Contains(page, "What people say afterwards") && strings.Contains(page, "up to an hour")
	})
	// Nineteen colleagues and the answer from here; what one alone has said is
	// hidden.
	_, table, _ := strings.Cut(page, "What people say afterwards")
	table, _, _ = strings.Cut(table, "</table>")
	got := strings.Join(strings.Fields(tags.ReplaceAllString(table, " ")), " ")
	for _, want := range []string{"Translating How much time did it save? 20 ", "Translating Was the answer checked, and how? hidden "} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing: %s", want, got)
		}
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// send posts what a laptop would, and returns the answer.
func send(t *testing.T, address string, body []byte, header map[string]string) []byte {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	for k, v := range header {
		req.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		t.Fatalf("%s: %s, %v", address, answer, err)
	}
	return answer
}

// join has one more laptop enrol and check in.
func join(t *testing.T, devices, secret string) {
	t.Helper()
	pub, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	here := report.PlatformOf("linux", "amd64")
	body, err := report.EncodeEnrol(report.EnrolRequest{Secret: secret, PublicKey: pub, Version: "0.1.0", Platform: here})
	if err != nil {
		t.Fatal(err)
	}
	reply, err := report.DecodeEnrolReply(send(t, devices+report.EnrolPath, body, nil))
	if err != nil {
		t.Fatal(err)
	}
	body, err = report.EncodeHealth(report.Health{Device: reply.Device, Agent: "0.1.0", Platform: here, Coverage: coverage.All(coverage.Seen, coverage.None)})
	if err != nil {
		t.Fatal(err)
	}
	send(t, devices+report.CheckInPath, body, map[string]string{
		report.DeviceHeader: string(reply.Device), report.CounterHeader: report.FormatCounter(1),
		report.SignatureHeader: report.SignCheckIn(key, reply.Device, 1, body),
	})
}

// sentReports are the reports in the person's ledger.
func sentReports(t *testing.T, paths config.Paths) (all []report.Report) {
	t.Helper()
	err := ledger.Entries(filepath.Join(paths.UserState, ledger.Name), func(x ledger.Entry) error {
		if x.Kind == ledger.Behaviour {
			r, err := report.Decode(x.Bytes)
			if err != nil {
				return err
			}
			all = append(all, r)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}

// The switches work with and without a session, and say what follows.
func TestPulseSwitch(t *testing.T) {
	home := t.TempDir()
	paths := config.Under(home)
	if err := os.MkdirAll(paths.UserState, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LC_ALL", "C")
	out, err := handrail(home, "pulse", "off")
	if err != nil || !strings.HasPrefix(out, "Off. You are not asked again.") {
		t.Errorf("off: %q, %v", out, err)
	}
	file := filepath.Join(paths.UserState, "pulse.json")
	if b, err := os.ReadFile(file); err != nil || !strings.Contains(string(b), `"off":"`) {
		t.Errorf("%s, %v", b, err)
	}
	t.Setenv("LC_ALL", "de_DE.UTF-8")
	if out, err = handrail(home, "pulse", "on"); err != nil || !strings.HasPrefix(out, "An.") {
		t.Errorf("on: %q, %v", out, err)
	}
	if b, err := os.ReadFile(file); err != nil || strings.Contains(string(b), `"off"`) {
		t.Errorf("%s, %v", b, err)
	}
	for args, want := range map[string]string{
		"pulse skip":                            "no Handrail session",
		"pulse cooking saved_more":              `"cooking" is no kind of work: say one of drafting`,
		"pulse coding saved_less":               `"saved_less" is no answer: say some of saved_nothing`,
		"pulse coding person_has":               `"person_has" is no answer`,
		"pulse coding":                          "answer one of the questions",
		"pulse coding saved_more saved_nothing": "each question has one answer",
		"pulse off now":                         "see handrail pulse off --help",
	} {
		if _, err := handrail(home, strings.Fields(args)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", args, err, want)
		}
	}
}
