package tally

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
)

var (
	monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	nudge  = report.NudgeCell("customer_data", detect.ClassContacts, "deepseek", catalog.SurfaceBrowser, report.Switched)
	use    = report.UseCell("deepseek", catalog.SurfaceBrowser)
)

const week48 = report.BatchID("2026-W48")

func open(t *testing.T, dir string) (*Tally, *[]Note) {
	t.Helper()
	var notes []Note
	tl, err := Open(dir, Options{Say: func(n Note) { notes = append(notes, n) }})
	if err != nil {
		t.Fatal(err)
	}
	return tl, &notes
}

func add(t *testing.T, tl *Tally, id report.BatchID, c report.Cell, times int) {
	t.Helper()
	for range times {
		if err := tl.Add(id, c); err != nil {
			t.Fatal(err)
		}
	}
}

func due(t *testing.T, tl *Tally, now time.Time, a About) []Due {
	t.Helper()
	d, err := tl.Due(now, a)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func decode(t *testing.T, d Due) report.Report {
	t.Helper()
	r, err := report.Decode(d.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	if d.ID != report.IDOf(d.Bytes) || d.Batch != r.Batch {
		t.Fatalf("due as %s %s, but it is %s %s", d.Batch, d.ID, r.Batch, report.IDOf(d.Bytes))
	}
	return r
}

func TestAWeekBecomesOneReport(t *testing.T) {
	dir := t.TempDir()
	tl, _ := open(t, dir)
	if d := due(t, tl, monday, About{}); len(d) != 0 {
		t.Fatalf("due at the start: %v", d)
	}
	add(t, tl, week48, nudge, 1)
	add(t, tl, week48, use, 40)
	if d := due(t, tl, monday.AddDate(0, 0, 6), About{}); len(d) != 0 {
		t.Fatalf("due on Sunday: %v", d)
	}

	running, waiting, err := Look(dir)
	if err != nil || len(running) != 1 || len(waiting) != 0 {
		t.Fatalf("Look: %v, %v, %v", running, waiting, err)
	}
	once, many := nudge, use
	once.Often, many.Often = report.Once, report.Many
	if want := []report.Cell{once, many}; running[0].Batch.ID != week48 || !slices.Equal(running[0].Cells, want) {
		t.Errorf("running: %v, want %v", running[0], want)
	}

	d := due(t, tl, monday.AddDate(0, 0, 7), About{Cohort: "sales", Policy: 41})
	if len(d) != 1 {
		t.Fatalf("due on the next Monday: %v", d)
	}
	if r := decode(t, d[0]); r.Batch != week48 || r.Cohort != "sales" || r.Policy != 41 || !slices.Equal(r.Cells, []report.Cell{once, many}) {
		t.Errorf("report: %+v", r)
	}
	// Until it is done it is due again, with the same bytes, whatever changed.
	again := due(t, tl, monday.AddDate(0, 0, 8), About{Policy: 42, Off: true})
	if len(again) != 1 || !bytes.Equal(again[0].Bytes, d[0].Bytes) {
		t.Errorf("the second time it is another report")
	}
	if running, waiting, _ := Look(dir); len(running) != 0 || len(waiting) != 1 || waiting[0].ID != d[0].ID {
		t.Errorf("Look: %v, %v", running, waiting)
	}
	for range 2 {
		if err := tl.Done(d[0]); err != nil {
			t.Fatal(err)
		}
	}
	if d := due(t, tl, monday.AddDate(0, 0, 9), About{}); len(d) != 0 {
		t.Errorf("due after it was done: %v", d)
	}
}

func TestNoMoreThanManyIsKept(t *testing.T) {
	dir := t.TempDir()
	tl, _ := open(t, dir)
	add(t, tl, week48, use, 100)
	b, err := os.ReadFile(filepath.Join(dir, "journal"))
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("\n")); n != report.ManyFrom {
		t.Errorf("100 times left %d lines, want %d", n, report.ManyFrom)
	}
}

func TestNothingIsReportedToo(t *testing.T) {
	tl, _ := open(t, t.TempDir())
	due(t, tl, monday, About{})
	d := due(t, tl, monday.AddDate(0, 0, 7), About{Policy: 41})
	if len(d) != 1 {
		t.Fatalf("%d reports about a week without anything, want 1", len(d))
	}
	if r := decode(t, d[0]); len(r.Cells) != 0 || r.Policy != 41 || len(d[0].Bytes) != report.PlainSize {
		t.Errorf("%+v", r)
	}
	// Half a year off: the last few weeks, not all of them; and what was
	// counted is never too old.
	add(t, tl, "2026-W50", use, 1)
	var got []string
	for _, d := range due(t, tl, monday.AddDate(0, 0, 7*26), About{}) {
		got = append(got, string(d.Batch))
	}
	if want := "2026-W48 2026-W50 2027-W17 2027-W18 2027-W19 2027-W20"; strings.Join(got, " ") != want {
		t.Errorf("after half a year: %v, want %v", got, want)
	}
}

func TestSwitchedOffReportsOnlyThat(t *testing.T) {
	tl, _ := open(t, t.TempDir())
	due(t, tl, monday, About{})
	add(t, tl, week48, nudge, 3)
	d := due(t, tl, monday.AddDate(0, 0, 7), About{Cohort: "sales", Policy: 41, Off: true})
	if len(d) != 1 {
		t.Fatalf("%d reports, want 1", len(d))
	}
	if r := decode(t, d[0]); !r.Off || r.Policy != 0 || r.Cohort != report.Everybody || len(r.Cells) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestLateOutcomesCountInTheNextBatch(t *testing.T) {
	tl, _ := open(t, t.TempDir())
	due(t, tl, monday, About{})
	next := monday.AddDate(0, 0, 7)
	d := due(t, tl, next, About{})
	add(t, tl, week48, nudge, 1) // its report is written
	if err := tl.Done(d[0]); err != nil {
		t.Fatal(err)
	}
	add(t, tl, week48, nudge, 1) // and gone
	d = due(t, tl, next.AddDate(0, 0, 7), About{})
	if len(d) != 1 || d[0].Batch != "2026-W49" {
		t.Fatalf("due: %v", d)
	}
	if r := decode(t, d[0]); len(r.Cells) != 1 || r.Cells[0].Often != report.Few {
		t.Errorf("%+v", r)
	}
}

func TestAClockSetBackReportsNothingTwice(t *testing.T) {
	tl, _ := open(t, t.TempDir())
	due(t, tl, monday, About{})
	for _, d := range due(t, tl, monday.AddDate(0, 0, 21), About{}) {
		if err := tl.Done(d); err != nil {
			t.Fatal(err)
		}
	}
	add(t, tl, week48, use, 1) // the clock was wrong, it is still week 48
	for _, back := range []int{0, 7, 14, 21} {
		if d := due(t, tl, monday.AddDate(0, 0, back), About{}); len(d) != 0 {
			t.Errorf("%d days on: %v", back, d)
		}
	}
	d := due(t, tl, monday.AddDate(0, 0, 28), About{})
	if len(d) != 1 || len(decode(t, d[0]).Cells) != 1 {
		t.Errorf("in the end: %v", d)
	}
}

func TestAnotherLengthOfBatch(t *testing.T) {
	dir := t.TempDir()
	weekly, _ := open(t, dir)
	due(t, weekly, monday, About{})
	add(t, weekly, week48, use, 1)
	daily, err := Open(dir, Options{Batch: 24 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	tuesday := monday.AddDate(0, 0, 1)
	if d := due(t, daily, tuesday, About{}); len(d) != 0 {
		t.Errorf("empty days from before the change are due: %v", d)
	}
	d := due(t, daily, monday.AddDate(0, 0, 7), About{})
	if len(d) != MissedBatches+1 {
		t.Fatalf("%d reports are due, want the week and %d days: %v", len(d), MissedBatches, d)
	}
	cells := 0
	for _, d := range d {
		cells += len(decode(t, d).Cells)
	}
	if cells != 1 {
		t.Errorf("the week's outcome is there %d times", cells)
	}
}

func TestAddRefuses(t *testing.T) {
	tl, _ := open(t, t.TempDir())
	if err := tl.Add("2026-W60", use); !errors.Is(err, report.ErrMalformed) {
		t.Errorf("a bad batch: %v", err)
	}
	if err := tl.Add("../../x", use); !errors.Is(err, report.ErrMalformed) {
		t.Errorf("a path for a batch: %v", err)
	}
	if err := tl.Add(week48, report.Cell{}); !errors.Is(err, report.ErrMalformed) {
		t.Errorf("no cell: %v", err)
	}
}

// Cut the real file at each byte, as a power cut in the middle of a write does.
func TestTheJournalCutAtEachByte(t *testing.T) {
	dir := t.TempDir()
	tl, _ := open(t, dir)
	due(t, tl, monday, About{})
	add(t, tl, week48, nudge, 1)
	path := filepath.Join(dir, "journal")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	add(t, tl, week48, use, 1)
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := len(before); cut < len(after); cut++ {
		for _, tail := range []string{"", "\x00\x00\x00"} { // some file systems leave zeros
			if tail != "" && cut%10 != 0 {
				continue
			}
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "journal"), append(slices.Clone(after[:cut]), tail...), 0o600); err != nil {
				t.Fatal(err)
			}
			tl, notes := open(t, dir)
			add(t, tl, week48, use, 2)
			running, _, err := Look(dir)
			if err != nil || len(running) != 1 || len(running[0].Cells) != 2 || running[0].Cells[1].Often != report.Few {
				t.Fatalf("cut at %d: %v, %v", cut, running, err)
			}
			if said := len(*notes) == 1 && (*notes)[0] == Torn; said != (cut > len(before) || tail != "") {
				t.Fatalf("cut at %d: said %v", cut, *notes)
			}
		}
	}
}

func TestADamagedJournalIsSetAsideAndItsRestKept(t *testing.T) {
	dir := t.TempDir()
	tl, notes := open(t, dir)
	add(t, tl, week48, nudge, 1)
	add(t, tl, week48, use, 3)
	path := filepath.Join(dir, "journal")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	bad := slices.Clone(b)
	bad[bytes.IndexByte(b, '\n')+20] ^= 1 // in the second line
	if err := os.WriteFile(path, bad, 0o600); err != nil {
		t.Fatal(err)
	}
	add(t, tl, week48, nudge, 1)
	if !slices.Equal(*notes, []Note{Damaged}) {
		t.Errorf("said %q", *notes)
	}
	aside, err := os.ReadFile(path + ".damaged")
	if err != nil || !bytes.Equal(aside, bad) {
		t.Errorf("the damaged file is not set aside (%v)", err)
	}
	running, _, err := Look(dir)
	if err != nil || len(running) != 1 || len(running[0].Cells) != 2 {
		t.Fatalf("%v, %v", running, err)
	}
	for _, c := range running[0].Cells {
		if c.Often != report.Few {
			t.Errorf("%v, want two of the three and both nudges", c)
		}
	}
}

func TestADamagedReportIsSetAside(t *testing.T) {
	dir := t.TempDir()
	tl, notes := open(t, dir)
	due(t, tl, monday, About{})
	next := monday.AddDate(0, 0, 7)
	due(t, tl, next, About{})
	path := filepath.Join(dir, "2026-W48.report")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if d := due(t, tl, next, About{}); len(d) != 0 {
			t.Errorf("due: %v", d)
		}
	}
	if !slices.Equal(*notes, []Note{ReportDamaged}) {
		t.Errorf("said %q", *notes)
	}
	if _, err := os.Stat(path + ".damaged"); err != nil {
		t.Error(err)
	}
}

func TestHandOverGoesOnAfterAFailure(t *testing.T) {
	tl, _ := open(t, t.TempDir())
	due(t, tl, monday, About{})
	now := monday.AddDate(0, 0, 21) // three reports
	broken, sent := errors.New("no"), 0
	err := tl.HandOver(now, About{}, func([]byte) error { return nil }, func(report.ID, []byte) error {
		if sent++; sent == 2 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || sent != 3 {
		t.Errorf("%d were sent, error %v", sent, err)
	}
	if d := due(t, tl, now, About{}); len(d) != 1 || d[0].Batch != "2026-W49" {
		t.Errorf("due: %v", d)
	}
	err = tl.HandOver(now, About{}, func([]byte) error { return broken }, func(report.ID, []byte) error {
		t.Error("a report was sent that could not be recorded")
		return nil
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestTwoProcessesLoseNothing(t *testing.T) {
	dir := t.TempDir()
	cells := []report.Cell{use, nudge, report.UseCell("claude", catalog.SurfaceTerminal)}
	var wg sync.WaitGroup
	for _, c := range cells {
		for range 2 { // two processes count two of each
			wg.Go(func() {
				tl, err := Open(dir, Options{})
				if err == nil {
					err = errors.Join(tl.Add(week48, c), tl.Add(week48, c))
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	b, err := os.ReadFile(filepath.Join(dir, "journal"))
	if err != nil || bytes.Count(b, []byte("\n")) != 4*len(cells) {
		t.Errorf("%d lines, want %d (%v)\n%s", bytes.Count(b, []byte("\n")), 4*len(cells), err, b)
	}
}

func TestLookAtNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	if r, w, err := Look(dir); len(r)+len(w) > 0 || err != nil {
		t.Errorf("%v, %v, %v", r, w, err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("looking made a folder")
	}
}

func FuzzJournal(f *testing.F) {
	f.Add(append(record{First: week48}.line(), record{Batch: week48, Cell: &use}.line()...))
	f.Add(append(record{Closed: week48}.line(), "00000000 {}\n"...))
	f.Add([]byte("\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m := newMemory()
		m.files[journal] = b
		tl := with(m, Options{})
		if _, err := tl.Due(monday, About{}); err != nil {
			t.Fatalf("a strange journal stops the tally: %v", err)
		}
		if err := tl.Add(week48, use); err != nil {
			t.Fatalf("a strange journal stops the tally: %v", err)
		}
		if _, found, err := tl.read(); err != nil || found.torn || found.damaged {
			t.Fatalf("it was not repaired: %v", err)
		}
	})
}
