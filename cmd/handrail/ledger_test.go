package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/ledger"
	"handrail/agent/report"
)

func TestWordsOfReports(t *testing.T) {
	b := report.BatchOf(time.Date(2026, 11, 24, 12, 30, 0, 0, time.UTC), time.Minute)
	for want, r := range map[string]report.Report{
		"Nothing happened.": {},
		"You had switched reports off. It holds nothing else.":             report.SwitchedOff(b.ID),
		"There was more than fits into a report. The rarest was left out.": {More: true},
	} {
		if got := strings.Join(inWords.ReportLines(r), "|"); !strings.HasSuffix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got, want := span(b), "24 November 2026 12:30:00 to 12:31:00 UTC (s60-"; !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q...", got, want)
	}
	for n, want := range map[int]string{0: "0", 999: "999", 2048: "2,048", 1000007: "1,000,007"} {
		if got := thousands(n); got != want {
			t.Errorf("%d: got %q", n, got)
		}
	}
}

// An entry of another version is shown by its size and bytes, not left out.
func TestAnEntryThatCannotBeReadIsShown(t *testing.T) {
	for _, k := range []ledger.Kind{ledger.Behaviour, ledger.Health, ledger.Enrolment} {
		if q := pageOf(k, []byte("from the future")); q.Size != 15 || len(q.Words) != 1 || q.title() == "" {
			t.Errorf("%s: %+v", k, q)
		}
	}
}

// A broken ledger still gives what stands before the break, and the break.
func TestPagesBeforeABreak(t *testing.T) {
	path := filepath.Join(t.TempDir(), ledger.Name)
	l, err := ledger.Open(path, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	health, err := report.EncodeHealth(report.Health{Device: "d", Agent: "1.0.0", Platform: report.LinuxARM64, Coverage: coverage.All(coverage.Blind, coverage.Wayland)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(ledger.Health, health); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintln(f, "{}"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	p, err := readPages(source{ctx: context.Background(), path: path})
	if b := (*ledger.Break)(nil); !errors.As(err, &b) || b.Line != 2 {
		t.Errorf("got %v", err)
	}
	if len(p.Entries) != 1 || !strings.Contains(strings.Join(p.Entries[0].Words, "|"), "copies: no, this desktop (Wayland)") {
		t.Errorf("%+v", p.Entries)
	}
	if err := p.print(io.Discard, true); err != nil {
		t.Error(err)
	}
}
