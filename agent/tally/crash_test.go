package tally

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"handrail/agent/report"
	"handrail/detect/catalog"

	"pgregory.net/rapid"
)

// world is a tally with a ledger and a service around it, all of which can be
// killed at any point, and what a fair observer knows about it.
type world struct {
	disk *memory
	now  time.Time

	acked, tried map[catalog.ToolID]int      // outcomes that were acknowledged, and tried
	ledger       map[report.ID]int           // how often a report was recorded
	service      map[report.ID]report.Report // what the service has, once by id
	away         bool                        // the service does not answer
	torn         int
}

const minute = time.Minute

func newWorld() *world {
	return &world{
		disk: newMemory(), now: time.Unix(1_800_000_000, 0),
		acked: map[catalog.ToolID]int{}, tried: map[catalog.ToolID]int{},
		ledger: map[report.ID]int{}, service: map[report.ID]report.Report{},
	}
}

// tally opens it anew, as a process that was just started does.
func (w *world) tally() *Tally {
	return with(w.disk, Options{Batch: minute, Say: func(n Note) {
		if n != Torn {
			panic(n)
		}
		w.torn++
	}})
}

// add counts an outcome that happened some time ago.
func (w *world) add(tool catalog.ToolID, ago time.Duration) error {
	w.tried[tool]++
	err := w.tally().Add(report.BatchOf(w.now.Add(-ago), minute).ID, report.UseCell(tool, catalog.SurfaceBrowser))
	if err == nil {
		w.acked[tool]++
	}
	return err
}

func (w *world) handOver() error {
	record := func(b []byte) error {
		w.disk.point() // killed before it is recorded
		if id := report.IDOf(b); w.ledger[id] == 0 {
			w.ledger[id]++
		}
		w.disk.point() // and after
		return nil
	}
	send := func(id report.ID, b []byte) error {
		if w.away {
			return errors.New("the service is away")
		}
		if w.ledger[id] != 1 {
			panic("a report was sent that is not in the ledger")
		}
		w.disk.point()
		r, err := report.Decode(b)
		if err != nil {
			panic(err)
		}
		w.service[id] = r
		w.disk.point()
		return nil
	}
	err := w.tally().HandOver(w.now, About{Policy: 41}, record, send)
	if w.away && err != nil {
		return nil
	}
	return err
}

// check ends the run in peace and compares.
func (w *world) check(t interface{ Fatalf(string, ...any) }) {
	w.disk.left, w.away = -1, false
	w.now = w.now.Add(3 * minute)
	if err := w.handOver(); err != nil {
		t.Fatalf("the last hand-over: %v", err)
	}
	if running, waiting, err := w.look(); err != nil || len(running)+waiting > 0 {
		t.Fatalf("at the end %v still runs and %d wait (%v)", running, waiting, err)
	}
	batches := map[report.BatchID]bool{}
	got := map[catalog.ToolID][]report.Often{}
	for id, r := range w.service {
		if batches[r.Batch] {
			t.Fatalf("two reports about %s", r.Batch)
		}
		batches[r.Batch] = true
		if w.ledger[id] != 1 {
			t.Fatalf("a report is %d times in the ledger", w.ledger[id])
		}
		for _, c := range r.Cells {
			got[c.Tool] = append(got[c.Tool], c.Often)
		}
	}
	if len(w.ledger) != len(w.service) {
		t.Fatalf("%d reports in the ledger, %d at the service", len(w.ledger), len(w.service))
	}
	for tool, tried := range w.tried {
		if len(got[tool]) > 1 {
			t.Fatalf("%s is in %d reports", tool, len(got[tool]))
		}
		low, high := w.acked[tool], tried
		if len(got[tool]) == 0 {
			if low > 0 {
				t.Fatalf("%d acknowledged outcomes of %s are lost", low, tool)
			}
			continue
		}
		if o := got[tool][0]; o < report.OftenOf(low) || o > report.OftenOf(high) {
			t.Fatalf("%s: %s was reported, but %d were acknowledged and %d tried", tool, o, low, high)
		}
	}
	for tool := range got {
		if w.tried[tool] == 0 {
			t.Fatalf("%s was reported and never counted", tool)
		}
	}
}

func (w *world) look() ([]Counted, int, error) {
	s, _, err := w.tally().read()
	if err != nil {
		return nil, 0, err
	}
	var running []Counted
	for id, c := range s.cells {
		b, _ := report.ParseBatch(id)
		running = append(running, Counted{b, often(c)})
	}
	return running, len(s.waiting), nil
}

// story is one life with everything in it. step is told when the power failed;
// the story goes on with the next step, as a restarted program does.
func story(w *world, step func(func() error)) {
	step(w.handOver) // marks the start
	for batch := range 3 {
		for range 2 + 3*(batch%2) { // twice, five times, twice
			step(func() error { return w.add(catalog.ToolID(fmt.Sprintf("tool%d", batch)), 0) })
		}
		w.away = batch == 1
		if batch == 2 {
			w.now = w.now.Add(2 * minute) // one batch passes without anything
		}
		w.now = w.now.Add(minute)
		step(w.handOver)
		w.away = false
	}
	step(w.handOver)
	step(w.handOver)
}

// Kill at every point there is, one life each: nothing acknowledged is lost,
// nothing is doubled.
func TestKilledAtEveryPoint(t *testing.T) {
	quiet := newWorld()
	story(quiet, func(f func() error) {
		if err := f(); err != nil {
			t.Fatal(err)
		}
	})
	points := quiet.disk.points
	quiet.check(t)
	if points < 100 || len(quiet.service) < 6 {
		t.Fatalf("the story passes %d points and gives %d reports: is it still one?", points, len(quiet.service))
	}
	torn := 0
	for at := range points {
		w := newWorld()
		w.disk.left = at
		fell := 0
		story(w, func(f func() error) {
			if !powered(func() {
				if err := f(); err != nil {
					t.Fatalf("killed at %d: %v", at, err)
				}
			}) {
				fell++
				w.disk.left = -1
				// The first thing afterwards is a late answer, perhaps into the
				// very batch that was being closed.
				if err := w.add("late", minute); err != nil {
					t.Fatalf("killed at %d: %v", at, err)
				}
			}
		})
		if fell != 1 {
			t.Fatalf("the power failed %d times at point %d", fell, at)
		}
		w.check(t)
		torn += w.torn
	}
	if torn == 0 {
		t.Error("no record was ever torn: were there no points within a line?")
	}
	t.Logf("killed at %d points, %d torn records", points, torn)
}

// The same with any order of things and any number of kills.
func TestKilledAgainAndAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		batch, n := w.now, 0 // a tool's name belongs to one batch, so that its outcomes do too
		for step := range rapid.IntRange(1, 40).Draw(t, "steps") {
			w.disk.left = rapid.IntRange(-1, 25).Draw(t, "killed after")
			w.away = rapid.Bool().Draw(t, "away")
			powered(func() {
				var err error
				switch rapid.IntRange(0, 4).Draw(t, "step") {
				case 0:
					w.now = w.now.Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "seconds")) * time.Second)
					if report.BatchOf(w.now, minute) != report.BatchOf(batch, minute) {
						batch, n = w.now, n+1
					}
				case 1:
					err = w.handOver()
				case 2: // an answer that comes late, perhaps into a batch that is closed
					err = w.add(catalog.ToolID(fmt.Sprintf("late%d", step)), minute)
				default:
					err = w.add(catalog.ToolID(fmt.Sprintf("tool%d_%d", n, rapid.IntRange(0, 2).Draw(t, "tool"))), 0)
				}
				if err != nil {
					t.Fatalf("%v", err)
				}
			})
		}
		w.check(t)
	})
}
