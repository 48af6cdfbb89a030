// Package tally counts one person's outcomes of the running batch, in their own
// folder, and turns each closed batch into exactly one report. It holds cells of
// closed lists only: no content, no time, no exact number above four.
//
// Two promises:
//
//   - What Add acknowledged is in a report, whatever is killed and whenever the
//     power fails.
//   - No batch is reported twice. A closed batch first becomes a file of fixed
//     bytes; then these are recorded in the ledger, handed to the service, and
//     only then forgotten. Each step can be repeated: ledger and service know
//     a report by the hash of its bytes (report.ID).
//
// Several processes of one account may use the same folder: every call takes a
// lock and reads what is there.
package tally

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"handrail/agent/report"
)

// MissedBatches is how many past batches without any outcome are still
// reported, as empty reports: a laptop that was off for a holiday does not
// look different from one that was on. Batches with outcomes are always
// reported.
const MissedBatches = 4

// Note is something that a person should be told about the files.
type Note string

// The notes.
const (
	Torn          Note = "the last record of the tally was not finished when the computer or program stopped; it was never confirmed and was dropped"
	Damaged       Note = "the tally was damaged; its intact records are kept, and the damaged file is beside it as journal.damaged"
	ReportDamaged Note = "a report that waited to be handed over was damaged; it is set aside and will not be sent"
)

// Options are what a tally needs to know. The zero value reports weekly.
type Options struct {
	// Batch is the length of a batch; 0 means report.Week.
	Batch time.Duration
	// Say is told what was found and repaired; nil means nobody is.
	Say func(Note)
}

// Tally is one account's tally. Make it with Open. It is safe for concurrent
// use, also by several processes.
type Tally struct {
	disk  disk
	batch time.Duration
	say   func(Note)
}

// Open returns the tally in a folder, which is created, or closed to other
// accounts, if need be.
func Open(dir string, o Options) (*Tally, error) {
	d, err := openFolder(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the tally: %w", err)
	}
	return with(d, o), nil
}

func with(d disk, o Options) *Tally {
	t := &Tally{disk: d, batch: o.Batch, say: o.Say}
	if t.batch <= 0 {
		t.batch = report.Week
	}
	if t.say == nil {
		t.say = func(Note) {}
	}
	return t
}

// Add counts one outcome and returns when it is on the disk. An outcome of a
// batch that is already closed counts in the next one that is not. An error
// means that it was not counted.
func (t *Tally) Add(id report.BatchID, c report.Cell) error {
	if err := c.Check(); err != nil {
		return fmt.Errorf("counting an outcome: %w", err)
	}
	b, err := report.ParseBatch(id)
	if err != nil {
		return fmt.Errorf("counting an outcome: %w", err)
	}
	unlock, err := t.disk.lock()
	if err != nil {
		return fmt.Errorf("counting an outcome: %w", err)
	}
	defer unlock()
	s, err := t.load()
	if err != nil {
		return fmt.Errorf("counting an outcome: %w", err)
	}
	for s.isClosed(b.ID) {
		b = b.Next()
	}
	var line []byte
	if s.cells[b.ID][c.Key()] < report.ManyFrom {
		line = record{Batch: b.ID, Cell: new(c.Key())}.line()
	} // else there is nothing to add, but what is there must be on the disk
	if err := t.disk.append(journal, line); err != nil {
		return fmt.Errorf("counting an outcome: %w", err)
	}
	return nil
}

// About is what a report says beside its cells.
type About struct {
	Cohort report.Cohort // "" means report.Everybody
	Policy uint64        // serial of the policy in force
	// Off is true when the person switched reports off: batches that close now
	// give a report that says only that, and what was counted is dropped.
	Off bool
}

// Due is the report of a closed batch that was not handed over yet.
type Due struct {
	Batch report.BatchID
	ID    report.ID
	Bytes []byte
}

// Due closes every batch that ended by now and returns all reports that wait
// to be handed over, oldest first. The bytes of a report are fixed, and on the
// disk, before it is first returned. The first call marks where reporting
// starts: batches before that one are not reported as empty.
func (t *Tally) Due(now time.Time, a About) ([]Due, error) {
	unlock, err := t.disk.lock()
	if err != nil {
		return nil, fmt.Errorf("closing a batch: %w", err)
	}
	defer unlock()
	due, err := t.close(now, a)
	if err != nil {
		return nil, fmt.Errorf("closing a batch: %w", err)
	}
	return due, nil
}

func (t *Tally) close(now time.Time, a About) ([]Due, error) {
	s, err := t.load()
	if err != nil {
		return nil, err
	}
	running := report.BatchOf(now, t.batch)
	if s.started(t.batch) == nil {
		if err := t.disk.append(journal, record{First: running.ID}.line()); err != nil {
			return nil, err
		}
		s.first = append(s.first, running)
	}
	changed := false
	for _, b := range s.ended(now, running) {
		if !s.waiting[b.ID] { // a report from before a crash keeps its bytes
			if err := t.write(b.ID, s.cells[b.ID], a); err != nil {
				return nil, err
			}
			s.waiting[b.ID] = true
		}
		s.closed = append(s.closed, b.ID)
		delete(s.cells, b.ID)
		changed = true
	}
	if changed {
		// One step: the batch is closed and its cells are gone from the journal.
		if err := t.disk.replace(journal, s.lines()); err != nil {
			return nil, err
		}
	}
	return t.outbox(s)
}

// write makes the report of a batch and puts it on the disk.
func (t *Tally) write(id report.BatchID, cells map[report.Cell]int, a About) error {
	r := report.Report{Batch: id, Cohort: a.Cohort, Policy: a.Policy, Cells: often(cells)}
	if r.Cohort == "" {
		r.Cohort = report.Everybody
	}
	if a.Off {
		r = report.SwitchedOff(id)
	}
	b, err := report.Encode(r, report.NewNonce())
	if err != nil {
		return err
	}
	return t.disk.replace(string(id)+suffix, b)
}

// outbox reads the reports that wait, oldest batch first.
func (t *Tally) outbox(s *state) ([]Due, error) {
	var due []Due
	for _, b := range sorted(s.waiting) {
		name := string(b.ID) + suffix
		bytes, err := t.disk.read(name)
		if err != nil {
			return nil, err
		}
		if r, err := report.Decode(bytes); err != nil || r.Batch != b.ID {
			t.say(ReportDamaged)
			if err := t.disk.rename(name, name+damaged); err != nil {
				return nil, err
			}
			continue
		}
		due = append(due, Due{Batch: b.ID, ID: report.IDOf(bytes), Bytes: bytes})
	}
	return due, nil
}

// Done forgets a report that was handed over. Forgetting twice is no error.
func (t *Tally) Done(d Due) error {
	unlock, err := t.disk.lock()
	if err != nil {
		return fmt.Errorf("forgetting a report that was handed over: %w", err)
	}
	defer unlock()
	name := string(d.Batch) + suffix
	b, err := t.disk.read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && report.IDOf(b) != d.ID {
		err = errors.New("another report waits for this batch")
	}
	if err == nil {
		err = t.disk.remove(name)
	}
	if err != nil {
		return fmt.Errorf("forgetting a report that was handed over: %w", err)
	}
	return nil
}

// HandOver closes every batch that ended by now and hands each waiting report
// on: record writes it to the ledger, once however often it is called with the
// same bytes, and returns when it is on the disk; send gives it to the service,
// which also takes it once by its id. What fails is tried again by the next
// call; the other reports don't wait for it.
func (t *Tally) HandOver(now time.Time, a About, record func([]byte) error, send func(report.ID, []byte) error) error {
	due, err := t.Due(now, a)
	if err != nil {
		return err
	}
	var failed []error
	for _, d := range due {
		if err := record(d.Bytes); err != nil {
			failed = append(failed, fmt.Errorf("recording the report about %s: %w", d.Batch, err))
		} else if err := send(d.ID, d.Bytes); err != nil {
			failed = append(failed, fmt.Errorf("handing the report about %s to the service: %w", d.Batch, err))
		} else if err := t.Done(d); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// Counted is what was counted in a batch that is not closed yet.
type Counted struct {
	Batch report.Batch
	Cells []report.Cell // sorted, with how often
}

// Look returns what a tally holds, oldest first, without changing anything:
// what was counted, and the reports that wait to be handed over. A folder
// without a tally holds nothing.
func Look(dir string) (running []Counted, waiting []Due, err error) {
	t := with(folder(dir), Options{})
	s, _, err := t.read()
	if err != nil {
		return nil, nil, fmt.Errorf("reading the tally: %w", err)
	}
	ids := map[report.BatchID]bool{}
	for id := range s.cells {
		ids[id] = !s.waiting[id]
	}
	for _, b := range sorted(ids) {
		running = append(running, Counted{Batch: b, Cells: often(s.cells[b.ID])})
	}
	for _, b := range sorted(s.waiting) {
		bytes, err := t.disk.read(string(b.ID) + suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue // handed over since
		}
		if err != nil {
			return nil, nil, fmt.Errorf("reading the tally: %w", err)
		}
		waiting = append(waiting, Due{Batch: b.ID, ID: report.IDOf(bytes), Bytes: bytes})
	}
	return running, waiting, nil
}

// often turns numbers into categories.
func often(cells map[report.Cell]int) []report.Cell {
	var all []report.Cell
	for c, n := range cells {
		c.Often = report.OftenOf(n)
		all = append(all, c)
	}
	slices.SortFunc(all, report.Cell.Compare)
	return all
}

// sorted returns the batches whose value is true, oldest first.
func sorted(ids map[report.BatchID]bool) []report.Batch {
	var all []report.Batch
	for id, in := range ids {
		if b, err := report.ParseBatch(id); err == nil && in {
			all = append(all, b)
		}
	}
	slices.SortFunc(all, func(a, b report.Batch) int {
		if c := a.End.Compare(b.End); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return all
}
