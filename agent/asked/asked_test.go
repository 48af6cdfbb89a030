package asked

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/agent/report"
	"handrail/detect"
)

var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func draft(t *testing.T, address string) Tool {
	t.Helper()
	x, err := Draft("", address, report.Drafting, detect.ClassContacts, []report.Lack{report.Language, report.PoorResults, report.Language}, monday)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Of an address no more than the registered name is left, and its bytes are
// those of a request.
func TestDraft(t *testing.T) {
	x := draft(t, "https://jane-doe.app.newtool.ai/chat?customer=1")
	b, err := x.Bytes()
	if err != nil || strings.Contains(string(b), "jane") || strings.Contains(string(b), "customer") || strings.Contains(string(b), x.Claim.String()) {
		t.Errorf("%s, %v", b, err)
	}
	r, err := report.DecodeRequest(b)
	if err != nil || r.Host != "newtool.ai" || len(r.Lacked) != 2 || r.Claim != x.Claim.Digest() {
		t.Errorf("%+v, %v", r, err)
	}
	for _, address := range []string{"", "wiki.corp", "10.0.0.1", "our customer list"} {
		if _, err := Draft("", address, report.Drafting, 0, []report.Lack{report.Language}, monday); !errors.Is(err, ErrNotPublic) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := Draft("claude", "", report.Drafting, 0, nil, monday); err == nil {
		t.Error("drafted without saying what is lacking")
	}
	if known, err := Draft("claude", "", report.Drafting, 0, []report.Lack{report.Language}, monday); err != nil || known.Host != "" {
		t.Errorf("%+v, %v", known, err)
	}
}

func TestTheClock(t *testing.T) {
	x := draft(t, "newtool.ai")
	if x.Asked != "2026-11-23" || x.Due() != "2026-11-30" || x.Late(monday.AddDate(0, 0, 7)) || !x.Late(monday.AddDate(0, 0, 8)) {
		t.Errorf("asked %s, due %s", x.Asked, x.Due())
	}
	x.Answer.State = report.Declined
	if x.Late(monday.AddDate(1, 0, 0)) {
		t.Error("late although it is answered")
	}
}

func TestBook(t *testing.T) {
	dir := t.TempDir()
	b := In(dir)
	if all, err := b.List(); err != nil || len(all) != 0 {
		t.Errorf("an empty one: %v, %v", all, err)
	}
	one, two := draft(t, "newtool.ai"), draft(t, "other.ai")
	for _, x := range []Tool{one, two, one} {
		if err := b.Add(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Change(two.Claim, func(x *Tool) { x.Handed = true }); err != nil {
		t.Fatal(err)
	}
	all, err := In(dir).List()
	if err != nil || len(all) != 2 || all[0].Claim != one.Claim || all[0].Handed || !all[1].Handed || all[1].Host != "other.ai" {
		t.Fatalf("%+v, %v", all, err)
	}
	if i, err := os.Stat(filepath.Join(dir, name)); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", i, err)
	}

	// A damaged book is set aside, said, and nothing new is lost.
	if err := os.WriteFile(filepath.Join(dir, name), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := b.List(); err == nil {
		t.Error("a damaged book was read")
	}
	if err := b.Add(one); err == nil || !strings.Contains(err.Error(), "set aside") {
		t.Errorf("adding to a damaged one: %v", err)
	}
	if all, err := b.List(); err != nil || len(all) != 1 {
		t.Errorf("afterwards: %v, %v", all, err)
	}
	if raw, err := os.ReadFile(filepath.Join(dir, name+".damaged")); err != nil || string(raw) != "{" {
		t.Errorf("what was set aside: %q, %v", raw, err)
	}
}
