package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"handrail/agent/asked"
	"handrail/agent/config"
	"handrail/agent/ledger"
	"handrail/agent/report"
)

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
	f := startFleet(t, "4s")
	x := f.terminal(t)
	say := func(stdin string, args ...string) string {
		t.Helper()
		return x.say(t, stdin, args...)
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
		page := f.page("/requests")
		return strings.Contains(page, "newtool.ai") && strings.Contains(page, "fewer than 10")
	})
	sent := entryOf(t, x.paths, func(e ledger.Entry) bool { return e.Kind == ledger.Request })
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
	f.run(t, "requests", "decide", "newtool.ai", "--decline", "--reason", "It keeps what it gets. Microsoft 365 Copilot does the same.")
	if got := say("", "requests"); !strings.Contains(got, "   declined on ") || !strings.Contains(got, ": It keeps what it gets. Microsoft 365 Copilot does the same.") {
		t.Errorf("after the decision:\n%s\nsession: %s", got, x.session)
	}
	if got := say("", "ledger"); !strings.Contains(got, "Request for a tool") || !strings.Contains(got, "You asked for newtool.ai, for translating, with contacts.") ||
		!strings.Contains(got, "Question for an answer") || !strings.Contains(got, "What is never collected") {
		t.Errorf("the ledger says\n%s", got)
	}
	until(t, "the server's receipt is in the ledger", func() bool {
		return entryOf(t, x.paths, func(e ledger.Entry) bool { return e.Kind == ledger.Receipt && e.Of == sent }) != 0
	})
	if got := say("", "ledger", "verify"); !strings.Contains(got, "The ledger is whole") {
		t.Errorf("verify: %s", got)
	}
	for what, log := range map[string]string{"service": x.service.String(), "session": x.session.String()} {
		if strings.Contains(log, "newtool") || strings.Contains(log, all[0].Claim.String()) {
			t.Errorf("the log of the %s tells of it:\n%s", what, log)
		}
	}
}
