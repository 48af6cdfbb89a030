package query

import (
	"crypto/ed25519"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/fleet/store"
)

var now = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)

// open returns a real store that n devices have joined; each checked in on the
// day that checked returns, "" for never.
func open(t *testing.T, n int, checked func(i int) string) *store.Store {
	t.Helper()
	ctx := t.Context()
	s, err := store.Open(filepath.Join(t.TempDir(), "fleet.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.AddSecret(ctx, store.Secret{Label: "test", Uses: n + 1, Expires: now.AddDate(0, 1, 0)}); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		key, _, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		d, _, err := s.Enrol(ctx, [32]byte{}, key, "0.1.0", report.LinuxAMD64, "2026-11-01")
		if err != nil {
			t.Fatal(err)
		}
		day := checked(i)
		if day == "" {
			continue
		}
		table := coverage.All(coverage.Seen, coverage.None)
		table.Set(coverage.Browser, coverage.Partly, coverage.TitlesOnly)
		if i%2 == 1 {
			table.Set(coverage.Terminal, coverage.Blind, coverage.NotWatching)
		}
		h := report.Health{Device: d.ID, Agent: "0.1.0", Platform: report.LinuxAMD64, Policy: uint64(11 + i%2), Coverage: table}
		if err := s.CheckIn(ctx, d.ID, 1, h, day); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func publish(t *testing.T, s *store.Store, p store.Published) {
	t.Helper()
	err := s.CloseBatch(t.Context(), p.Batch, func([][]byte, int) store.Outcome { return store.Publish(p) })
	if err != nil {
		t.Fatal(err)
	}
}

func today(int) string { return "2026-11-24" }

func TestOverviewCountsDevices(t *testing.T) {
	days := []string{"2026-11-24", "2026-11-24", "2026-11-11", "2026-11-10", ""} // the fourth is a day too old
	o, err := New(open(t, len(days), func(i int) string { return days[i] }), Options{}).Overview(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	if d := o.Devices; d.Total != 5 || d.Active != 3 || d.Silent != 2 || d.Watching != 2 {
		t.Errorf("got %+v, want 5 devices, 3 active, 2 silent, 2 watching", d)
	}
	if want := []Count{{"11", 2}, {"12", 1}}; !slices.Equal(o.Devices.Policies, want) {
		t.Errorf("policies: got %v, want %v", o.Devices.Policies, want)
	}
	for _, c := range o.Coverage {
		got := [3]int{c.Seen, c.Partly, c.Blind}
		want := [3]int{3, 0, 0}
		var reasons []Reason
		switch c.Surface {
		case coverage.Browser:
			want, reasons = [3]int{0, 3, 0}, []Reason{{coverage.TitlesOnly, 3}}
		case coverage.Terminal:
			want, reasons = [3]int{2, 0, 1}, []Reason{{coverage.NotWatching, 1}}
		}
		if got != want || !slices.Equal(c.Reasons, reasons) {
			t.Errorf("%s: got %v %v, want %v %v", c.Surface, got, c.Reasons, want, reasons)
		}
	}
	if len(o.Coverage) != len(coverage.Surfaces()) {
		t.Errorf("%d surfaces, want %d", len(o.Coverage), len(coverage.Surfaces()))
	}
}

func TestWhyThereAreNoFigures(t *testing.T) {
	cells := []store.Cell{{Kind: "nudge", Rule: "r", Tool: "other", Count: 12}}
	for _, c := range []struct {
		name      string
		devices   int
		published *store.Published
		want      Silence
	}{
		{"nobody", 0, nil, NoDevices},
		{"nine", 9, nil, TooFewDevices},
		{"nineteen", 19, nil, TooFewDevices},
		{"twenty, first batch open", 20, nil, NothingClosed},
		{"twenty, published", 20, &store.Published{Batch: "2026-W47", Reports: 40, Active: 20, Cells: cells}, Speaks},
		// Nobody should publish these; if somebody does, they are not shown.
		{"published with nine active", 20, &store.Published{Batch: "2026-W47", Reports: 40, Active: 9, Cells: cells}, TooFewDevices},
		{"published with nine reports", 20, &store.Published{Batch: "2026-W47", Reports: 9, Active: 20, Cells: cells}, TooFewDevices},
	} {
		s := open(t, c.devices, today)
		if c.published != nil {
			publish(t, s, *c.published)
		}
		o, err := New(s, Options{}).Overview(t.Context(), now)
		if err != nil {
			t.Fatal(err)
		}
		if o.Figures.Why != c.want || (len(o.Figures.Nudges) > 0) != (c.want == Speaks) {
			t.Errorf("%s: why is %d with %d rows, want %d", c.name, o.Figures.Why, len(o.Figures.Nudges), c.want)
		}
		if c.published != nil && o.Batches[len(o.Batches)-1].Reports.Hidden != (c.want != Speaks) {
			t.Errorf("%s: the list of batches says %+v", c.name, o.Batches)
		}
	}
}

func TestFiguresAreThoseOfTheNewestBatch(t *testing.T) {
	s := open(t, 25, today)
	publish(t, s, store.Published{Batch: "2026-W46", Reports: 30, Active: 25, Cells: []store.Cell{{Kind: "use", Tool: "old", Surface: "app", Count: 20}}})
	publish(t, s, store.Published{Batch: "2026-W47", Reports: 44, Active: 24, Cells: []store.Cell{
		{Kind: "nudge", Rule: "b", Tool: "x", Count: 12},
		{Kind: "nudge", Rule: "a", Tool: "x", Count: 30},
		{Kind: "nudge", Rule: "a", Tool: "x", Answer: "switched", Count: 11},
		{Kind: "nudge", Rule: "a", Tool: "x", Answer: "ignored", Count: 4, Hidden: true},
		{Kind: "use", Tool: "x", Surface: "browser", Count: 3, Hidden: true},
	}})
	o, err := New(s, Options{}).Overview(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	f := o.Figures
	if f.Batch.ID != "2026-W47" || f.Reports != 44 || f.Active != 24 || len(f.Nudges) != 2 || len(f.Uses) != 1 {
		t.Fatalf("got %+v", f)
	}
	n := f.Nudges[0]
	if n.Rule != "a" || n.Shown != (Figure{Count: 30}) || n.Switched() != (Figure{Count: 11}) {
		t.Errorf("first row: got %+v", n)
	}
	// What is hidden, and what nobody said, are the same.
	if n.Answers[report.Ignored-1] != hidden || n.Answers[report.Dismissed-1] != hidden || f.Uses[0].Reports != hidden {
		t.Errorf("a hidden figure has something in it: %+v, %+v", n.Answers, f.Uses)
	}
	var states []BatchState
	var ids []report.BatchID
	for _, b := range o.Batches {
		states, ids = append(states, b.State), append(ids, b.Batch.ID)
	}
	if !slices.Equal(ids, []report.BatchID{"2026-W48", "2026-W47", "2026-W46"}) || !slices.Equal(states, []BatchState{Gathering, Published, Published}) {
		t.Errorf("batches: %v %v", ids, states)
	}
}

// In the day of grace the last batch is open too.
func TestABatchClosesAfterItsGrace(t *testing.T) {
	q := New(open(t, 20, today), Options{})
	for at, want := range map[time.Time]int{
		time.Date(2026, 11, 23, 23, 59, 59, 0, time.UTC): 2,
		time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC):    1,
	} {
		o, err := q.Overview(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		if len(o.Batches) != want || want == 2 && o.Batches[1].State != Closing {
			t.Errorf("%s: got %+v, want %d open batches", at, o.Batches, want)
		}
	}
}

func TestDevicesComeInPagesSilentFirst(t *testing.T) {
	q := New(open(t, PageSize+5, func(i int) string {
		if i == PageSize {
			return "2026-10-01"
		}
		return "2026-11-24"
	}), Options{})
	seen := map[report.DeviceID]bool{}
	for page, want := range map[int][2]int{-1: {1, PageSize}, 1: {1, PageSize}, 2: {2, 5}, 99: {2, 5}} {
		p, err := q.Devices(t.Context(), now, page)
		if err != nil {
			t.Fatal(err)
		}
		if p.Page != want[0] || len(p.Devices) != want[1] || p.Pages != 2 || p.Total != PageSize+5 {
			t.Errorf("page %d: got page %d of %d with %d of %d devices", page, p.Page, p.Pages, len(p.Devices), p.Total)
		}
		for i, d := range p.Devices {
			if first := p.Page == 1 && i == 0; d.Active == first {
				t.Errorf("page %d, place %d: active is %v", p.Page, i, d.Active)
			}
			seen[d.ID] = true
		}
	}
	if len(seen) != PageSize+5 {
		t.Errorf("%d devices on all pages, want %d", len(seen), PageSize+5)
	}
}
