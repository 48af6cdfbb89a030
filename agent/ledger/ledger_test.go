package ledger

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 999, time.FixedZone("", 3600))

func open(t *testing.T, path string) (*Ledger, *[]string) {
	t.Helper()
	var said []string
	l, err := Open(path, Options{Now: func() time.Time { return noon }, Say: func(s string) { said = append(said, s) }})
	if err != nil {
		t.Fatal(err)
	}
	return l, &said
}

func must(t *testing.T, f func() (Entry, error)) Entry {
	t.Helper()
	e, err := f()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func add(t *testing.T, l *Ledger, k Kind, s string) Entry {
	t.Helper()
	return must(t, func() (Entry, error) { return l.Append(k, []byte(s)) })
}

func file(t *testing.T) string { return filepath.Join(t.TempDir(), "own", Name) }

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sample is a ledger of five entries: three reports, a receipt, a report.
func sample(t *testing.T) (path string, lines []string) {
	t.Helper()
	path = file(t)
	l, _ := open(t, path)
	for _, s := range []string{"first", "second", "third"} {
		add(t, l, Behaviour, s)
	}
	must(t, func() (Entry, error) { return l.Receipt(2, []byte("thanks")) })
	add(t, l, Health, "fifth")
	lines = strings.SplitAfter(string(read(t, path)), "\n")
	return path, lines[:len(lines)-1]
}

func TestLedgerHoldsExactBytes(t *testing.T) {
	path := file(t)
	l, _ := open(t, path)
	var sent [][]byte
	for i := range 20 {
		b := bytes.Repeat([]byte{byte(i), 0xff, 0, '\n', '"'}, 1+i*100)
		sent = append(sent, b)
		e := must(t, func() (Entry, error) { return l.Append(Behaviour, b) })
		if e.Seq != uint64(i+1) || e.SHA256 != HashOf(b) {
			t.Fatalf("entry %d: %+v", i+1, e)
		}
	}
	var got [][]byte
	err := Entries(path, func(e Entry) error { got = append(got, e.Bytes); return nil })
	if err != nil || !slices.EqualFunc(got, sent, bytes.Equal) {
		t.Errorf("other bytes came back (%v)", err)
	}
	s, err := Verify(path)
	if err != nil || s.Entries != 20 || s.Sent != 20 || !s.Marked || s.Unfinished {
		t.Errorf("%+v, %v", s, err)
	}
}

// The file's form is a promise: people can check it with sha256sum.
func TestLedgerOnTheDisk(t *testing.T) {
	path := file(t)
	l, _ := open(t, path)
	e := add(t, l, Behaviour, "x")
	zero := strings.Repeat("0", 64)
	body := fmt.Sprintf(`{"seq":1,"prev":"%s","kind":"behaviour","sha256":"%s","bytes":"%s","at":"2026-11-24T11:00:00Z"`,
		zero, HashOf([]byte("x")), base64.StdEncoding.EncodeToString([]byte("x")))
	want := body + `,"hash":"` + HashOf([]byte(body+"}")).String() + "\"}\n"
	if got := string(read(t, path)); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
	r := must(t, func() (Entry, error) { return l.Receipt(1, []byte("thanks")) })
	if r.Seq != 2 || r.Of != 1 || r.Prev != e.Hash || !strings.Contains(string(read(t, path)), `"kind":"receipt","of":1,"sha256"`) {
		t.Errorf("receipt: %+v", r)
	}
}

func TestRecordAndReceiptAreWrittenOnce(t *testing.T) {
	path := file(t)
	l, _ := open(t, path)
	add(t, l, Health, "a")
	one := must(t, func() (Entry, error) { return l.Record(Behaviour, []byte("a")) })
	two := must(t, func() (Entry, error) { return l.Record(Behaviour, []byte("a")) })
	if one.Seq != 2 || two.Seq != 2 || two.Hash != one.Hash {
		t.Errorf("recorded as %d and %d, want 2 and 2", one.Seq, two.Seq)
	}
	add(t, l, Health, "a") // health may be the same every hour
	for _, want := range []uint64{4, 4} {
		if r := must(t, func() (Entry, error) { return l.Receipt(2, []byte("thanks")) }); r.Seq != want {
			t.Errorf("the receipt is entry %d, want %d", r.Seq, want)
		}
	}
	for _, of := range []uint64{0, 4, 5} { // none, a receipt, one to come
		if _, err := l.Receipt(of, []byte("thanks")); err == nil {
			t.Errorf("a receipt for entry %d was taken", of)
		}
	}
	w, err := Waiting(path, Health)
	if err != nil || len(w) != 2 || w[0].Seq != 1 || w[1].Seq != 3 {
		t.Errorf("waiting: %v, %v", w, err)
	}
	if w, _ := Waiting(path, Behaviour); len(w) != 0 {
		t.Errorf("waiting in spite of a receipt: %v", w)
	}
}

func TestAppendRefuses(t *testing.T) {
	path := file(t)
	l, _ := open(t, path)
	for name, f := range map[string]func() (Entry, error){
		"nothing":     func() (Entry, error) { return l.Append(Behaviour, nil) },
		"too much":    func() (Entry, error) { return l.Append(Behaviour, make([]byte, MaxBytes+1)) },
		"no kind":     func() (Entry, error) { return l.Append(0, []byte("x")) },
		"a new kind":  func() (Entry, error) { return l.Append(9, []byte("x")) },
		"a receipt":   func() (Entry, error) { return l.Append(Receipt, []byte("x")) },
		"a receipt 2": func() (Entry, error) { return l.Record(Receipt, []byte("x")) },
	} {
		if _, err := f(); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if b := read(t, path); len(b) != 0 {
		t.Errorf("something was written: %s", b)
	}
	e := must(t, func() (Entry, error) { return l.Append(Behaviour, make([]byte, MaxBytes)) })
	if _, err := Verify(path); err != nil || e.Seq != 1 {
		t.Errorf("the longest entry: %v", err)
	}
	add(t, l, Behaviour, "after the longest")
}

// rewrite gives a line new bytes and a hash that fits them, as somebody does
// who knows how the file works.
func rewrite(t *testing.T, line, content string, change func(*Entry)) string {
	t.Helper()
	e, err := parseLine([]byte(strings.TrimSuffix(line, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	e.Bytes, e.SHA256 = []byte(content), HashOf([]byte(content))
	if change != nil {
		change(&e)
	}
	b, err := e.line()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestVerifyNamesTheFirstBreak(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(t *testing.T, l []string) []string
		line   int
		why    Why
	}{
		{"a letter", func(t *testing.T, l []string) []string {
			l[1] = strings.Replace(l[1], base64.StdEncoding.EncodeToString([]byte("second")), base64.StdEncoding.EncodeToString([]byte("secone")), 1)
			return l
		}, 2, Edited},
		{"the time", func(t *testing.T, l []string) []string {
			l[2] = strings.Replace(l[2], "11:00:00Z", "11:00:01Z", 1)
			return l
		}, 3, Edited},
		{"bytes with a new hash", func(t *testing.T, l []string) []string { l[1] = rewrite(t, l[1], "other", nil); return l }, 3, Edited},
		{"bytes with only the line's hash new", func(t *testing.T, l []string) []string {
			l[1] = rewrite(t, l[1], "other", func(e *Entry) { e.SHA256 = Hash{} })
			return l
		}, 2, Edited},
		{"the last line with a new hash", func(t *testing.T, l []string) []string { l[4] = rewrite(t, l[4], "other", nil); return l }, 5, Edited},
		{"two breaks", func(t *testing.T, l []string) []string { l[1], l[3] = "{}\n", "{}\n"; return l }, 2, Edited},
		{"an empty line", func(t *testing.T, l []string) []string { l[1] += "\n"; return l }, 3, Edited},
		{"spaces", func(t *testing.T, l []string) []string { l[1] = " " + l[1]; return l }, 2, Edited},
		{"a very long line", func(t *testing.T, l []string) []string { l[3] = strings.Repeat("x", 2*maxLine) + "\n"; return l }, 4, Edited},
		{"zeros", func(t *testing.T, l []string) []string { l[0] = strings.Repeat("\x00", 20) + "\n"; return l }, 1, Edited},
		{"no first line", func(t *testing.T, l []string) []string { return l[1:] }, 1, Removed},
		{"no third line", func(t *testing.T, l []string) []string { return slices.Delete(l, 2, 3) }, 3, Removed},
		{"no second and third line", func(t *testing.T, l []string) []string { return slices.Delete(l, 1, 3) }, 2, Removed},
		{"swapped", func(t *testing.T, l []string) []string { l[1], l[2] = l[2], l[1]; return l }, 2, Reordered},
		{"moved to the end", func(t *testing.T, l []string) []string { return []string{l[0], l[2], l[3], l[4], l[1]} }, 2, Reordered},
		{"moved down", func(t *testing.T, l []string) []string { return []string{l[0], l[2], l[3], l[1], l[4]} }, 2, Reordered},
		{"one twice", func(t *testing.T, l []string) []string { return slices.Insert(l, 2, l[1]) }, 3, Reordered},
		{"the last line gone", func(t *testing.T, l []string) []string { return l[:4] }, 5, Truncated},
		{"all gone", func(t *testing.T, l []string) []string { return nil }, 1, Truncated},
		{"the last line cut", func(t *testing.T, l []string) []string { l[4] = l[4][:30]; return l }, 5, Truncated},
		{"the last newline gone", func(t *testing.T, l []string) []string { l[4] = strings.TrimSuffix(l[4], "\n"); return l }, 5, Truncated},
		{"a receipt for nothing", func(t *testing.T, l []string) []string {
			e, _ := parseLine([]byte(strings.TrimSuffix(l[4], "\n")))
			return append(l, rewrite(t, l[3], "x", func(r *Entry) { r.Seq, r.Prev, r.Of = 6, e.Hash, 6 }))
		}, 6, Edited},
		{"a receipt for a receipt", func(t *testing.T, l []string) []string {
			e, _ := parseLine([]byte(strings.TrimSuffix(l[4], "\n")))
			return append(l, rewrite(t, l[3], "x", func(r *Entry) { r.Seq, r.Prev, r.Of = 6, e.Hash, 4 }))
		}, 6, Edited},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, lines := sample(t)
			if err := os.WriteFile(path, []byte(strings.Join(c.change(t, lines), "")), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Verify(path)
			b := (*Break)(nil)
			if !errors.As(err, &b) || b.Line != c.line || b.Why != c.why {
				t.Fatalf("got %v, want line %d %s", err, c.line, c.why)
			}
			if !strings.Contains(err.Error(), fmt.Sprintf("line %d: %s: ", c.line, c.why)) {
				t.Errorf("the error does not name it: %v", err)
			}
		})
	}
}

// A whole ledger made anew, every hash right, is not the one that was written.
func TestVerifyNoticesALedgerMadeAnew(t *testing.T) {
	path, _ := sample(t)
	other := file(t)
	l, _ := open(t, other)
	for range 5 {
		add(t, l, Behaviour, "nothing happened")
	}
	if err := os.WriteFile(path, read(t, other), 0o600); err != nil {
		t.Fatal(err)
	}
	b := (*Break)(nil)
	if _, err := Verify(path); !errors.As(err, &b) || b.Line != 5 || b.Why != Edited {
		t.Errorf("got %v", err)
	}
	if _, err := Open(path, Options{}); !errors.Is(err, ErrBroken) {
		t.Errorf("it could be opened for more: %v", err)
	}
}

func TestVerifyWithoutAMark(t *testing.T) {
	path, lines := sample(t)
	if err := os.Remove(path + ".head"); err != nil {
		t.Fatal(err)
	}
	if s, err := Verify(path); err != nil || s.Marked || s.Entries != 5 || s.Sent != 4 || s.Receipts != 1 {
		t.Errorf("%+v, %v", s, err)
	}
	// So it is with a ledger from elsewhere: it can't be seen that the end is cut.
	if s, err := Read(strings.NewReader(lines[0]+lines[1]), nil); err != nil || s.Entries != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	if err := os.WriteFile(path+".head", []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := (*Break)(nil)
	if _, err := Verify(path); !errors.As(err, &b) {
		t.Errorf("a damaged mark: %v", err)
	}
	if s, err := Verify(file(t)); err != nil || s.Entries != 0 {
		t.Errorf("no ledger at all: %+v, %v", s, err)
	}
}

// A crash in the middle of a write leaves a part of the line, and the mark of
// the entry before. That part is cut off, and said, at each of its bytes.
func TestTheLedgerCutAtEachByte(t *testing.T) {
	path := file(t)
	l, _ := open(t, path)
	add(t, l, Behaviour, "first")
	before, mark := read(t, path), read(t, path+".head")
	add(t, l, Behaviour, "second")
	after := read(t, path)
	for cut := len(before); cut < len(after); cut++ {
		dir := t.TempDir()
		path := filepath.Join(dir, Name)
		if err := errors.Join(os.WriteFile(path, after[:cut], 0o600), os.WriteFile(path+".head", mark, 0o600)); err != nil {
			t.Fatal(err)
		}
		if s, err := Verify(path); err != nil || s.Entries != 1 || s.Unfinished != (cut > len(before)) {
			t.Fatalf("cut at %d: %+v, %v", cut, s, err)
		}
		l, said := open(t, path)
		if (len(*said) == 1) != (cut > len(before)) {
			t.Fatalf("cut at %d: said %q", cut, *said)
		}
		if e := add(t, l, Behaviour, "second"); e.Seq != 2 {
			t.Fatalf("cut at %d: the next entry is %d", cut, e.Seq)
		}
		if !bytes.Equal(read(t, path), after) {
			t.Fatalf("cut at %d: the ledger is another", cut)
		}
	}
	// The entry is whole and only the mark is old: it counts.
	if err := os.WriteFile(path+".head", mark, 0o600); err != nil {
		t.Fatal(err)
	}
	l, said := open(t, path)
	if e := add(t, l, Behaviour, "third"); e.Seq != 3 || len(*said) != 0 {
		t.Errorf("entry %d, said %q", e.Seq, *said)
	}
}

// Mending the end after a crash never makes an earlier break disappear.
func TestRepairHidesNoEarlierBreak(t *testing.T) {
	path, lines := sample(t)
	lines[1] = strings.Replace(lines[1], "11:00:00Z", "11:00:01Z", 1)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "")+`{"seq":6,"pr`), 0o600); err != nil {
		t.Fatal(err)
	}
	want := func(when string) {
		t.Helper()
		b := (*Break)(nil)
		if _, err := Verify(path); !errors.As(err, &b) || b.Line != 2 || b.Why != Edited {
			t.Errorf("%s: %v", when, err)
		}
	}
	want("before")
	l, said := open(t, path)
	if len(*said) != 1 {
		t.Errorf("said %q", *said)
	}
	want("after the repair")
	if e := add(t, l, Behaviour, "more"); e.Seq != 6 {
		t.Errorf("the next entry is %d", e.Seq)
	}
	must(t, func() (Entry, error) { return l.Record(Behaviour, []byte("third")) })
	must(t, func() (Entry, error) { return l.Receipt(6, []byte("thanks")) })
	want("after more entries")
}

// An entry that was acknowledged and is cut is no crash's leftover.
func TestACutThatIsNoCrashIsNotRepaired(t *testing.T) {
	path, lines := sample(t)
	for name, content := range map[string]string{
		"cut in the last line":   strings.Join(lines[:4], "") + lines[4][:40],
		"last line gone":         strings.Join(lines[:4], ""),
		"everything gone":        "",
		"last line edited":       strings.Join(lines[:4], "") + strings.Replace(lines[4], "11:00:00Z", "11:00:01Z", 1),
		"garbage at the end":     strings.Join(lines, "") + "garbage\n",
		"a long tail of garbage": strings.Join(lines, "") + strings.Repeat("x", 3*maxLine),
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, Options{}); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: got %v, want ErrBroken", name, err)
		}
		if got := string(read(t, path)); got != content {
			t.Errorf("%s: the file was changed", name)
		}
	}
}

func TestTwoWritersMakeOneChain(t *testing.T) {
	path := file(t)
	const writers, each = 3, 8
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			l, err := Open(path, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			for i := range each {
				if _, err := l.Append(Health, fmt.Appendf(nil, "%d %d", w, i)); err != nil {
					t.Error(err)
				}
				if _, err := l.Record(Behaviour, fmt.Appendf(nil, "shared %d", i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if s, err := Verify(path); err != nil || s.Entries != (writers+1)*each {
		t.Errorf("%+v, %v, want %d entries", s, err, (writers+1)*each)
	}
}

func FuzzRead(f *testing.F) {
	var e Entry
	for _, k := range []Kind{Behaviour, Health, Receipt} {
		e = Entry{Seq: e.Seq + 1, Prev: e.Hash, Kind: k, SHA256: HashOf([]byte("x")), Bytes: []byte("x"), At: noon.UTC().Truncate(time.Second)}
		if k == Receipt {
			e.Of = 1
		}
		line, err := e.line()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
		f.Add(append(line, line[:40]...))
	}
	f.Add([]byte("{}\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var written []byte
		s, err := Read(bytes.NewReader(b), func(e Entry) error {
			line, err := e.line()
			written = append(written, line...)
			return err
		})
		if !bytes.HasPrefix(b, written) {
			t.Fatal("what was read is not what is there")
		}
		if br := (*Break)(nil); err != nil && (!errors.As(err, &br) || br.Line != s.Entries+1 || br.Why == 0) {
			t.Fatalf("%+v and yet %v", s, err)
		}
		if whole := len(written) == len(b); err == nil && whole == s.Unfinished {
			t.Fatalf("%d of %d bytes are entries, unfinished is %v", len(written), len(b), s.Unfinished)
		}
	})
}
