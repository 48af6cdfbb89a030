package store

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/detect/catalog"
)

const (
	week48 report.BatchID = "2026-W48"
	week49 report.BatchID = "2026-W49"
	today                 = "2026-11-24"
)

func open(t *testing.T) (*Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a folder?", "fleet.db") // a name that a DSN must quote
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, path
}

func key(t *testing.T, n byte) ed25519.PublicKey {
	t.Helper()
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize)).Public().(ed25519.PublicKey)
}

// newReport returns a report of a batch and its nonce.
func newReport(t *testing.T, b report.BatchID) ([]byte, report.Nonce) {
	t.Helper()
	c := report.UseCell("chatgpt", catalog.SurfaceBrowser)
	c.Often = report.Once
	n := report.NewNonce()
	body, err := report.Encode(report.Report{Batch: b, Cohort: report.Everybody, Policy: 3, Cells: []report.Cell{c}}, n)
	if err != nil {
		t.Fatal(err)
	}
	return body, n
}

func put(t *testing.T, s *Store, b report.BatchID, body []byte) bool {
	t.Helper()
	already, err := s.PutReport(t.Context(), b, report.IDOf(body), body)
	if err != nil {
		t.Fatal(err)
	}
	return already
}

func TestEnrol(t *testing.T) {
	s, path := open(t)
	ctx := t.Context()
	good, short := sha256.Sum256([]byte("good")), sha256.Sum256([]byte("short"))
	for _, x := range []Secret{
		{Label: "two", Hash: good, Uses: 2, Expires: time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)},
		{Label: "old", Hash: short, Uses: 9, Expires: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)},
	} {
		if err := s.AddSecret(ctx, x); err != nil {
			t.Fatal(err)
		}
	}
	enrol := func(secret [32]byte, n byte) (Device, bool, error) {
		return s.Enrol(ctx, secret, key(t, n), "1.4.2", report.LinuxAMD64, today)
	}
	if _, _, err := enrol(sha256.Sum256([]byte("other")), 1); !errors.Is(err, ErrUnknownSecret) {
		t.Errorf("another secret: %v", err)
	}
	if _, _, err := enrol(short, 1); !errors.Is(err, ErrExpired) {
		t.Errorf("an expired secret: %v", err)
	}
	first, fresh, err := enrol(good, 1)
	if err != nil || !fresh || !report.ValidDevice(first.ID) {
		t.Fatalf("got %+v, %v, %v", first, fresh, err)
	}
	if again, fresh, err := enrol(good, 1); err != nil || fresh || again.ID != first.ID {
		t.Errorf("the same key again: %+v, %v, %v", again, fresh, err)
	}
	second, fresh, err := enrol(good, 2)
	if err != nil || !fresh || second.ID == first.ID {
		t.Errorf("the second device: %+v, %v, %v", second, fresh, err)
	}
	if _, _, err := enrol(good, 3); !errors.Is(err, ErrUsedUp) {
		t.Errorf("a third device with two uses: %v", err)
	}
	if again, _, err := enrol(good, 1); err != nil || again.ID != first.ID {
		t.Errorf("the first key after the secret was used up: %+v, %v", again, err)
	}
	if all, err := s.Devices(ctx); err != nil || len(all) != 2 {
		t.Errorf("%d devices, %v", len(all), err)
	}
	if i, err := os.Stat(path); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode: %v, %v", i.Mode(), err)
	}
}

func TestCheckIn(t *testing.T) {
	s, path := open(t)
	ctx := t.Context()
	secret := sha256.Sum256([]byte("good"))
	if err := s.AddSecret(ctx, Secret{Label: "x", Hash: secret, Uses: 1, Expires: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	d, _, err := s.Enrol(ctx, secret, key(t, 1), "1.4.2", report.LinuxAMD64, today)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Active(ctx, today); err != nil || n != 0 {
		t.Errorf("active before any check-in: %d, %v", n, err)
	}
	health := report.Health{Device: d.ID, Agent: "1.5.0", Platform: report.WindowsAMD64, Policy: 7, Coverage: coverage.All(coverage.Seen, coverage.None)}
	for _, c := range []struct {
		counter uint64
		want    error
	}{{5, nil}, {5, ErrOldCounter}, {4, ErrOldCounter}, {6, nil}, {report.MaxCounter, nil}, {report.MaxCounter, ErrOldCounter}} {
		health.Policy = c.counter
		if err := s.CheckIn(ctx, d.ID, c.counter, health, today); !errors.Is(err, c.want) {
			t.Errorf("counter %d: got %v, want %v", c.counter, err, c.want)
		}
	}
	if err := s.CheckIn(ctx, "d00", 9, health, today); err == nil {
		t.Error("an unknown device checked in")
	}
	if err := s.CheckIn(ctx, d.ID, 1, health, "2026-11-24T10:00:00Z"); err == nil {
		t.Error("a time was stored")
	}
	// It is on disk, and only the latest.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got, err := s.Device(ctx, d.ID)
	if err != nil || got.Counter != report.MaxCounter || got.LastSeen != today || got.Version != "1.5.0" || got.Platform != report.WindowsAMD64 ||
		got.Health == nil || got.Health.Policy != report.MaxCounter || !got.PublicKey.Equal(key(t, 1)) {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := s.Device(ctx, "d11"); !errors.Is(err, ErrUnknownDevice) {
		t.Errorf("got %v", err)
	}
	for since, want := range map[string]int{today: 1, "2026-11-25": 0, "2026-11-01": 1} {
		if n, err := s.Active(ctx, since); err != nil || n != want {
			t.Errorf("active since %s: %d, %v, want %d", since, n, err, want)
		}
	}
}

func TestCloseBatch(t *testing.T) {
	s, _ := open(t)
	ctx := t.Context()
	body, _ := newReport(t, week48)
	if put(t, s, week48, body) {
		t.Error("the first time it was already there")
	}
	if !put(t, s, week48, body) {
		t.Error("the second time it was new")
	}
	if in, err := s.Inbox(ctx); err != nil || len(in) != 1 || in[0] != (BatchCount{week48, 1}) {
		t.Fatalf("inbox: %v, %v", in, err)
	}

	// Merged: the reports wait for the next batch, which knows of it.
	err := s.CloseBatch(ctx, week48, func(bodies [][]byte, merged int) Outcome {
		if len(bodies) != 1 || !bytes.Equal(bodies[0], body) || merged != 0 {
			t.Errorf("%d bodies, merged %d", len(bodies), merged)
		}
		return Merge(week49)
	})
	if err != nil {
		t.Fatal(err)
	}
	late, _ := newReport(t, week48)
	if _, err := s.PutReport(ctx, week48, report.IDOf(late), late); !errors.Is(err, ErrClosed) {
		t.Errorf("a late report: %v", err)
	}
	if !put(t, s, week48, body) {
		t.Error("a report that was merged, sent again, is new")
	}
	next, _ := newReport(t, week49)
	put(t, s, week49, next)
	p := Published{Batch: week49, Reports: 2, Active: 30, Cells: []Cell{
		{Kind: "nudge", Rule: "cards", Class: "payment_card", Tool: "chatgpt", Surface: "browser", Answer: "switched", Count: 12},
		{Kind: "use", Tool: "chatgpt", Surface: "browser", Hidden: true, Count: 3},
	}}
	err = s.CloseBatch(ctx, week49, func(bodies [][]byte, merged int) Outcome {
		if len(bodies) != 2 || merged != 1 {
			t.Errorf("%d bodies, merged %d", len(bodies), merged)
		}
		return Publish(p)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range []report.BatchID{week48, week49} {
		if err := s.CloseBatch(ctx, b, func([][]byte, int) Outcome { t.Error("decided again"); return Expire() }); !errors.Is(err, ErrClosed) {
			t.Errorf("closing %s again: %v", b, err)
		}
		if closed, err := s.Closed(ctx, b); err != nil || !closed {
			t.Errorf("%s closed: %v, %v", b, closed, err)
		}
	}
	if in, err := s.Inbox(ctx); err != nil || len(in) != 0 {
		t.Errorf("inbox: %v, %v", in, err)
	}
	all, err := s.Published(ctx, 10)
	if err != nil || len(all) != 1 || all[0].Reports != 2 || all[0].Active != 30 || len(all[0].Cells) != 2 {
		t.Fatalf("published: %+v, %v", all, err)
	}
	if c := all[0].Cells[0]; c != p.Cells[0] {
		t.Errorf("got %+v, want %+v", c, p.Cells[0])
	}
	if c := all[0].Cells[1]; !c.Hidden || c.Count != 0 {
		t.Errorf("a hidden cell has a count: %+v", c)
	}

	// Nobody changes what is published, not even by hand.
	for _, q := range []string{
		`UPDATE published SET reports = 3`, `DELETE FROM published`, `UPDATE cells SET count = 13`,
		`DELETE FROM cells`, `UPDATE closed SET state = 'expired'`, `DELETE FROM closed`,
	} {
		if _, err := s.db.ExecContext(ctx, q); err == nil {
			t.Errorf("%s was possible", q)
		}
	}
}

// A decision that cannot be carried out changes nothing.
func TestCloseIsAllOrNothing(t *testing.T) {
	s, _ := open(t)
	ctx := t.Context()
	body, _ := newReport(t, week48)
	put(t, s, week48, body)
	twice := Cell{Kind: "use", Tool: "chatgpt", Surface: "browser", Count: 12}
	err := s.CloseBatch(ctx, week48, func([][]byte, int) Outcome {
		return Publish(Published{Batch: week48, Reports: 1, Cells: []Cell{twice, twice}})
	})
	if err == nil {
		t.Fatal("the same cell twice was published")
	}
	if err := s.CloseBatch(ctx, week49, func([][]byte, int) Outcome { return Expire() }); err != nil {
		t.Fatal(err)
	}
	err = s.CloseBatch(ctx, week48, func([][]byte, int) Outcome { return Merge(week49) })
	if !errors.Is(err, ErrClosed) {
		t.Fatalf("merged into a closed batch: %v", err)
	}
	if p, err := s.Published(ctx, 10); err != nil || len(p) != 0 {
		t.Errorf("published: %v, %v", p, err)
	}
	if in, err := s.Inbox(ctx); err != nil || len(in) != 1 || in[0].ID != week48 {
		t.Errorf("inbox: %v, %v", in, err)
	}
}

// After a batch was closed no byte of any of its reports is left in the
// store's files. Before, the raw inbox holds them: this is the control that
// shows that the search finds what is there.
func TestClosedBatchLeavesNoReport(t *testing.T) {
	for name, o := range map[string]Outcome{
		"published": Publish(Published{Batch: week48, Reports: 40, Active: 40, Cells: []Cell{{Kind: "use", Tool: "chatgpt", Surface: "browser", Count: 40}}}),
		"expired":   Expire(),
	} {
		t.Run(name, func(t *testing.T) {
			s, path := open(t)
			var needles [][]byte
			for range 40 {
				body, n := newReport(t, week48)
				put(t, s, week48, body)
				id, err := hex.DecodeString(string(report.IDOf(body)))
				if err != nil {
					t.Fatal(err)
				}
				needles = append(needles, n[:], []byte(hex.EncodeToString(n[:])), id)
			}
			if found := search(t, path, needles); found < 40 {
				t.Fatalf("before closing only %d are found: the search is broken", found)
			}
			if err := s.CloseBatch(context.Background(), week48, func([][]byte, int) Outcome { return o }); err != nil {
				t.Fatal(err)
			}
			if found := search(t, path, needles); found != 0 {
				t.Errorf("%d traces are left", found)
			}
			if i, err := os.Stat(path + "-wal"); err != nil || i.Size() != 0 {
				t.Errorf("the write-ahead log: %v, %v", i, err)
			}
		})
	}
}

// search counts the needles in all files of the store's folder.
func search(t *testing.T, path string, needles [][]byte) int {
	t.Helper()
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	found := 0
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(filepath.Dir(path), f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range needles {
			if bytes.Contains(b, n) {
				found++
			}
		}
	}
	return found
}
