package receipts

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/agent/report"
)

var at = time.Date(2026, 11, 24, 9, 30, 5, 700, time.FixedZone("", 3600))

func TestAReceiptIsSignedAndHoldsNothingElse(t *testing.T) {
	b := In(t.TempDir())
	if b.Public() != nil {
		t.Error("a key before the first receipt")
	}
	if err := b.Add(at, report.Hiring, report.CheckedRead); err != nil {
		t.Fatal(err)
	}
	if err := b.Add(at.Add(time.Hour), report.Pricing, report.CheckedPerson); err != nil {
		t.Fatal(err)
	}
	all, err := b.List()
	if err != nil || len(all) != 2 || !all[0].Verify() || !all[1].Verify() || !slices.Equal(all[1].Key, b.Public()) {
		t.Fatalf("%+v, %v", all, err)
	}
	raw, err := Format(all)
	if err != nil {
		t.Fatal(err)
	}
	var fields []map[string]any
	if err := json.Unmarshal(raw, &fields); err != nil {
		t.Fatal(err)
	}
	for k := range fields[0] {
		if !slices.Contains([]string{"v", "at", "stake", "how", "key", "signature"}, k) {
			t.Errorf("it holds %q", k)
		}
	}
	if fields[0]["at"] != "2026-11-24T08:30:05Z" || fields[0]["stake"] != "hiring" || fields[0]["how"] != "checked_read" {
		t.Errorf("it says %v", fields[0])
	}
	// Whatever is changed, it shows.
	for name, change := range map[string]func(*Receipt){
		"time": func(r *Receipt) { r.At = r.At.Add(time.Second) }, "stake": func(r *Receipt) { r.Stake = report.Lending },
		"how": func(r *Receipt) { r.How = report.CheckedRan }, "key": func(r *Receipt) { r.Key = slices.Clone(r.Key); r.Key[0]++ },
		"signature": func(r *Receipt) { r.Signature = slices.Clone(r.Signature); r.Signature[3]++ }, "version": func(r *Receipt) { r.V = 2 },
		"no signature": func(r *Receipt) { r.Signature = nil },
	} {
		r := all[0]
		if change(&r); r.Verify() {
			t.Errorf("another %s is taken", name)
		}
	}
	if err := b.Add(at, report.Hiring, report.CheckedNot); err == nil {
		t.Error("a receipt for no check")
	}
}

func TestForget(t *testing.T) {
	b := In(t.TempDir())
	if err := b.Forget(); err != nil {
		t.Errorf("nothing to forget: %v", err)
	}
	if err := b.Add(at, report.Hiring, report.CheckedRead); err != nil {
		t.Fatal(err)
	}
	if err := b.Forget(); err != nil {
		t.Fatal(err)
	}
	if all, err := b.List(); len(all) > 0 || err != nil || b.Public() != nil {
		t.Errorf("%v, %v, %v", all, err, b.Public())
	}
}

func TestADamagedBookIsSetAside(t *testing.T) {
	b := In(t.TempDir())
	if err := os.WriteFile(b.path(), []byte("[{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.Add(at, report.Hiring, report.CheckedRead); err == nil || !strings.Contains(err.Error(), "set aside as "+b.path()+".damaged") {
		t.Errorf("%v", err)
	}
	if all, err := b.List(); err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
	if kept, err := os.ReadFile(b.path() + ".damaged"); err != nil || string(kept) != "[{" {
		t.Errorf("%q, %v", kept, err)
	}
}
