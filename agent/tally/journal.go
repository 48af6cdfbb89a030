package tally

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"slices"
	"strings"
	"time"

	"handrail/agent/report"
)

// The files of a tally: the journal, one file for each report that waits, and
// what was set aside.
const (
	journal = "journal"
	suffix  = ".report"
	damaged = ".damaged"
)

// keepClosed is how many closed batches the journal remembers, so that none is
// reported again after the clock was set back.
const keepClosed = 64

// record is one line of the journal: one of a first batch, an outcome (batch
// and cell), or a closed batch. On the disk it is
//
//	<CRC-32C of the JSON, 8 hexadecimal digits> <JSON>\n
type record struct {
	First  report.BatchID `json:"first,omitempty"`
	Batch  report.BatchID `json:"batch,omitempty"`
	Cell   *report.Cell   `json:"cell,omitempty"`
	Closed report.BatchID `json:"closed,omitempty"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (r record) line() []byte {
	if r.Cell != nil {
		r.Cell = new(*r.Cell)
		r.Cell.Often = report.Once
	}
	b, err := json.Marshal(r)
	if err != nil {
		panic("tally: a record of closed lists can't be written") // no list has a value without a name
	}
	return fmt.Appendf(nil, "%08x %s\n", crc32.Checksum(b, castagnoli), b)
}

// parseLine reads a line without its newline.
func parseLine(line []byte) (r record, ok bool) {
	sum, body, found := bytes.Cut(line, []byte(" "))
	if !found || string(sum) != fmt.Sprintf("%08x", crc32.Checksum(body, castagnoli)) {
		return record{}, false
	}
	if err := json.Unmarshal(body, &r); err != nil {
		return record{}, false
	}
	for _, id := range []report.BatchID{r.First, r.Batch, r.Closed} {
		if _, err := report.ParseBatch(id); id != "" && err != nil {
			return record{}, false
		}
	}
	if (r.Batch == "") != (r.Cell == nil) || r.Cell != nil && r.Cell.Check() != nil {
		return record{}, false
	}
	return r, true
}

// state is what the files say.
type state struct {
	first   []report.Batch                         // where reporting started, one for each length of batch
	cells   map[report.BatchID]map[report.Cell]int // by batch and key
	closed  []report.BatchID                       // in the order they were closed
	waiting map[report.BatchID]bool                // there is a report to be handed over
}

func (s *state) add(r record) {
	switch {
	case r.First != "":
		b, _ := report.ParseBatch(r.First) // checked by parseLine
		s.first = append(s.first, b)
	case r.Closed != "":
		s.closed = append(s.closed, r.Closed)
	case r.Cell != nil:
		if s.cells[r.Batch] == nil {
			s.cells[r.Batch] = map[report.Cell]int{}
		}
		s.cells[r.Batch][r.Cell.Key()]++
	}
}

// isClosed says whether the batch has its report already.
func (s *state) isClosed(id report.BatchID) bool {
	return s.waiting[id] || slices.Contains(s.closed, id)
}

// started returns the batch in which reporting by this length started.
func (s *state) started(length time.Duration) *report.Batch {
	for i := range s.first {
		if s.first[i].Length() == length {
			return &s.first[i]
		}
	}
	return nil
}

// ended returns the batches that must be closed now, oldest first: those with
// outcomes, those whose report was written before a crash, and the last ones
// without anything.
func (s *state) ended(now time.Time, running report.Batch) []report.Batch {
	ids := map[report.BatchID]bool{}
	for id := range s.cells {
		if b, err := report.ParseBatch(id); err == nil && !b.End.After(now) {
			ids[id] = true
		}
	}
	for id := range s.waiting {
		ids[id] = true
	}
	first := s.started(running.Length())
	b := running.Before()
	for range MissedBatches {
		if first == nil || b.Start.Before(first.Start) {
			break
		}
		ids[b.ID] = true
		b = b.Before()
	}
	for _, id := range s.closed {
		delete(ids, id)
	}
	return sorted(ids)
}

// lines writes the state as a new journal. An outcome is a line for each time,
// so that appending goes on as before.
func (s *state) lines() []byte {
	var b []byte
	for _, f := range s.first {
		b = append(b, record{First: f.ID}.line()...)
	}
	for _, id := range s.closed[max(0, len(s.closed)-keepClosed):] {
		b = append(b, record{Closed: id}.line()...)
	}
	ids := map[report.BatchID]bool{}
	for id := range s.cells {
		ids[id] = true
	}
	for _, batch := range sorted(ids) {
		for _, c := range often(s.cells[batch.ID]) {
			for range s.cells[batch.ID][c.Key()] {
				b = append(b, record{Batch: batch.ID, Cell: &c}.line()...)
			}
		}
	}
	return b
}

// found is what reading the journal came upon.
type found struct {
	raw, good []byte // the whole file, and its intact lines
	torn      bool   // only the end of the last record is missing
	damaged   bool
}

// read reads the files and changes nothing.
func (t *Tally) read() (*state, found, error) {
	s := &state{cells: map[report.BatchID]map[report.Cell]int{}, waiting: map[report.BatchID]bool{}}
	names, err := t.disk.list()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, found{}, err
	}
	for _, name := range names {
		if id, ok := strings.CutSuffix(name, suffix); ok {
			if _, err := report.ParseBatch(report.BatchID(id)); err == nil {
				s.waiting[report.BatchID(id)] = true
			}
		}
	}
	var f found
	f.raw, err = t.disk.read(journal)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, found{}, err
	}
	// Each record is on the disk before the next is written, so a crash leaves
	// at most one bad line, the last. Any other bad line is damage.
	bad := 0
	for line := range bytes.Lines(f.raw) {
		body, whole := bytes.CutSuffix(line, []byte("\n"))
		r, ok := parseLine(body)
		if !ok || !whole {
			bad++
			continue
		}
		f.damaged = f.damaged || bad > 0
		s.add(r)
		f.good = append(f.good, line...)
	}
	f.damaged = f.damaged || bad > 1
	f.torn = bad == 1 && !f.damaged
	return s, f, nil
}

// load reads the files and repairs the journal.
func (t *Tally) load() (*state, error) {
	s, f, err := t.read()
	if err != nil {
		return nil, err
	}
	switch {
	case f.torn:
		if err := t.disk.truncate(journal, int64(len(f.good))); err != nil {
			return nil, err
		}
		t.say(Torn)
	case f.damaged:
		// First the copy, then the repair: at no moment are intact records
		// only in memory.
		if err := t.disk.replace(journal+damaged, f.raw); err != nil {
			return nil, err
		}
		if err := t.disk.replace(journal, f.good); err != nil {
			return nil, err
		}
		t.say(Damaged)
	}
	return s, nil
}
