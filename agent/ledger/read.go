package ledger

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Why is what happened to a ledger.
type Why uint8

// What can have happened.
const (
	Edited    Why = iota + 1 // a line was changed, or one was put in
	Removed                  // lines are missing before this one
	Reordered                // this line stands in the wrong place
	Truncated                // the end is missing
)

var whyNames = [...]string{"", "edited", "removed", "reordered", "truncated"}

// String returns the reason in one word.
func (w Why) String() string {
	if int(w) < len(whyNames) {
		return whyNames[w]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (w Why) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// Break is the first place where a ledger is not as Handrail wrote it.
type Break struct {
	Line   int // from 1
	Why    Why
	Detail string
}

// Error names the line and the reason.
func (b *Break) Error() string {
	return fmt.Sprintf("the ledger is broken at line %d: %s: %s", b.Line, b.Why, b.Detail)
}

// Summary is what a verified ledger holds, or holds before its break.
type Summary struct {
	Entries  int  // all lines
	Sent     int  // entries that are not receipts
	Receipts int  // receipts
	Last     Hash // of the last entry
	// Unfinished is true when a crash left a half-written line at the end. It
	// was never confirmed, and the next entry removes it.
	Unfinished bool
	// Marked is true when the end was compared with the mark beside the file:
	// only then are lines missing at the end noticed.
	Marked bool
}

// Entries calls fn with each entry of the ledger at path, in order, until fn
// returns an error, and returns that. A ledger that does not exist has none. A
// line that is not as it was written is a *Break; an unfinished last line is
// left out.
func Entries(path string, fn func(Entry) error) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the ledger: %w", err)
	}
	defer f.Close()
	_, err = Read(f, fn)
	return err
}

// Verify checks the ledger at path from its first to its last byte. The error
// is a *Break when it is broken.
func Verify(path string) (Summary, error) {
	// The mark is read first: a ledger only grows, so an entry that is written
	// meanwhile can't look like a missing one.
	h, there, err := readHead(path)
	damagedMark := err
	f, err := os.Open(path)
	var r io.Reader = f
	if errors.Is(err, fs.ErrNotExist) {
		r = bytes.NewReader(nil)
	} else if err != nil {
		return Summary{}, fmt.Errorf("reading the ledger: %w", err)
	} else {
		defer f.Close()
	}
	var marked Hash
	s, err := Read(r, func(e Entry) error {
		if e.Seq == h.Seq {
			marked = e.Hash
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	if damagedMark != nil {
		return s, &Break{s.Entries + 1, Edited, damagedMark.Error()}
	}
	s.Marked = there
	switch last := uint64(s.Entries); {
	case h.Seq > last:
		return s, &Break{s.Entries + 1, Truncated, missing(last+1, h.Seq) + " at the end"}
	case there && marked != h.Hash:
		return s, &Break{int(h.Seq), Edited, "it is another entry than the one that was written: the ledger was written anew"}
	}
	return s, nil
}

// Read checks a ledger that comes from elsewhere, such as the device's through
// the service, and calls fn with each entry before a break. fn may be nil. It
// can't notice that whole lines are missing at the end.
func Read(r io.Reader, fn func(Entry) error) (Summary, error) {
	var s Summary
	lines := bufio.NewReaderSize(r, maxLine)
	receipts := map[uint64]bool{} // whether an entry is a receipt, by Seq
	for n := 1; ; n++ {
		line, err := lines.ReadSlice('\n')
		switch {
		case errors.Is(err, io.EOF):
			s.Unfinished = len(line) > 0
			return s, nil
		case errors.Is(err, bufio.ErrBufferFull):
			return s, &Break{n, Edited, "it is longer than any line that Handrail writes"}
		case err != nil:
			return s, fmt.Errorf("reading the ledger: %w", err)
		}
		e, err := parseLine(line[:len(line)-1])
		if err != nil {
			return s, &Break{n, Edited, err.Error()}
		}
		if b := follows(e, n, s.Last, lines); b != nil {
			return s, b
		}
		if of, there := receipts[e.Of]; e.Kind == Receipt && (of || !there) {
			return s, &Break{n, Edited, fmt.Sprintf("it is a receipt for entry %d, which nothing was sent by", e.Of)}
		}
		receipts[e.Seq] = e.Kind == Receipt
		s.Entries++
		s.Last = e.Hash
		if e.Kind == Receipt {
			s.Receipts++
		} else {
			s.Sent++
		}
		if fn != nil {
			if err := fn(e); err != nil {
				return s, err
			}
		}
	}
}

// follows says what is wrong when e, which is whole by itself, is not the n-th
// entry after the one with the hash prev. rest is what comes after e.
func follows(e Entry, n int, prev Hash, rest *bufio.Reader) *Break {
	want := uint64(n)
	switch {
	case e.Seq == want && e.Prev == prev:
		return nil
	case e.Seq == want && n == 1:
		return &Break{n, Edited, "it is the first entry and yet follows another"}
	case e.Seq == want:
		return &Break{n, Edited, "it does not follow the line before: one of the two was changed"}
	case e.Seq < want:
		return &Break{n, Reordered, fmt.Sprintf("it is entry %d, which belongs further up", e.Seq)}
	}
	for {
		line, err := rest.ReadSlice('\n')
		if err != nil {
			return &Break{n, Removed, missing(want, e.Seq-1) + " before it"}
		}
		if later, err := parseLine(line[:len(line)-1]); err == nil && later.Seq == want {
			return &Break{n, Reordered, fmt.Sprintf("it is entry %d, and entry %d stands below it", e.Seq, want)}
		}
	}
}

func missing(from, to uint64) string {
	if from == to {
		return fmt.Sprintf("entry %d is missing", from)
	}
	return fmt.Sprintf("entries %d to %d are missing", from, to)
}

// Waiting returns the entries of a kind that have no receipt yet, in order.
func Waiting(path string, k Kind) ([]Entry, error) {
	var sent []Entry
	received := map[uint64]bool{}
	err := Entries(path, func(e Entry) error {
		switch e.Kind {
		case k:
			sent = append(sent, e)
		case Receipt:
			received[e.Of] = true
		}
		return nil
	})
	var waiting []Entry
	for _, e := range sent {
		if !received[e.Seq] {
			waiting = append(waiting, e)
		}
	}
	return waiting, err
}
