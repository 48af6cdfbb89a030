// Package ledger keeps the exact bytes of everything that left, in an
// append-only file of JSON lines in which each line holds the hash of the one
// before. Entries are on the disk before anything is sent: what isn't in a
// ledger can't leave.
//
// The person's ledger lies in their own folder and is closed to others; the
// device's can be read by everybody on it. Beside a ledger lies a small file
// with the number and hash of its last entry, so that lines cut off at the end
// are noticed. Whoever may write the folder can forge both: the ledger shows
// what Handrail did to people who don't; it does not stop the owner of a file.
//
//	l, err := ledger.Open(path, ledger.Options{})
//	e, err := l.Record(ledger.Behaviour, sealed) // on the disk, once
//	... send sealed, receive an answer ...
//	_, err = l.Receipt(e.Seq, answer)
package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"handrail/agent/durable"
)

// Name is the name of the person's ledger in their folder.
const Name = "ledger.jsonl"

// ErrBroken is what Append and its kin wrap when the end of the ledger is not
// as it was left. Verify tells where and how.
var ErrBroken = errors.New("the end of the ledger is not as Handrail left it: see handrail ledger verify; to begin a new one, move the file and the .head file beside it to a safe place")

// Unfinished is what Options.Say is told when a line was cut off that a crash
// left half-written.
const Unfinished = "the last line of the ledger was not finished when the computer or program stopped; it was never confirmed, nothing of it was sent, and it was cut off"

// Options say how a ledger is kept. The zero value is a person's ledger.
type Options struct {
	// Shared lets every account of this computer read the file, as the
	// device's ledger. Otherwise file and folder are closed to others.
	Shared bool
	// Now tells the time; nil means time.Now.
	Now func() time.Time
	// Say is told what was repaired; nil means nobody is.
	Say func(string)
}

// Ledger appends to one ledger. Make it with Open. It is safe for concurrent
// use, also by several processes: each call takes a lock and reads the end.
type Ledger struct {
	path string
	perm fs.FileMode
	now  func() time.Time
	say  func(string)
}

// Open returns the ledger at path. The file, and for a person's ledger its
// folder, are created if need be. An unfinished last line is cut off; any other
// fault at the end is an error that wraps ErrBroken.
func Open(path string, o Options) (*Ledger, error) {
	l := &Ledger{path: path, perm: 0o600, now: o.Now, say: o.Say}
	if l.now == nil {
		l.now = time.Now
	}
	if l.say == nil {
		l.say = func(string) {}
	}
	err := func() error {
		if o.Shared {
			l.perm = 0o644
		} else if err := durable.PrivateDir(filepath.Dir(path)); err != nil {
			return err
		}
		unlock, err := durable.Lock(path+".lock", 0o600)
		if err != nil {
			return err
		}
		defer unlock()
		if err := durable.Append(path, nil, l.perm); err != nil {
			return err
		}
		if err := os.Chmod(path, l.perm); err != nil { // whatever the umask was
			return err
		}
		_, err = l.last()
		return err
	}()
	if err != nil {
		return nil, fmt.Errorf("opening the ledger: %w", err)
	}
	return l, nil
}

// Append adds an entry and returns when it is on the disk. When it fails, on a
// full disk for one, nothing of the entry stays.
func (l *Ledger) Append(k Kind, b []byte) (Entry, error) {
	if k == Receipt {
		return Entry{}, errors.New("writing to the ledger: a receipt needs its entry, use Receipt")
	}
	return l.add(Entry{Kind: k, Bytes: b}, nil, nil)
}

// Record is Append, but for bytes of this kind that are there already it
// returns their entry: a hand-over that was interrupted can be repeated.
func (l *Ledger) Record(k Kind, b []byte) (Entry, error) {
	if k == Receipt {
		return Entry{}, errors.New("writing to the ledger: a receipt needs its entry, use Receipt")
	}
	sum := HashOf(b)
	return l.add(Entry{Kind: k, Bytes: b}, func(e Entry) bool { return e.Kind == k && e.SHA256 == sum }, nil)
}

// Receipt adds what the server answered to the entry seq. The same answer
// again returns the receipt that is there.
func (l *Ledger) Receipt(seq uint64, b []byte) (Entry, error) {
	sum, of := HashOf(b), false
	same := func(e Entry) bool {
		of = of || e.Seq == seq && e.Kind != Receipt
		return e.Kind == Receipt && e.Of == seq && e.SHA256 == sum
	}
	return l.add(Entry{Kind: Receipt, Of: seq, Bytes: b}, same, func() error {
		if !of {
			return fmt.Errorf("there is no entry %d that a receipt could be for", seq)
		}
		return nil
	})
}

// add appends e, unless an entry is there for which same says true. same sees
// the entries in order until it does; may is asked after it saw all of them.
// Both can be nil.
func (l *Ledger) add(e Entry, same func(Entry) bool, may func() error) (_ Entry, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("writing to the ledger: %w", err)
		}
	}()
	if e.Kind.String() == "" {
		return Entry{}, errors.New("unknown kind of entry")
	}
	if len(e.Bytes) == 0 || len(e.Bytes) > MaxBytes {
		return Entry{}, fmt.Errorf("an entry holds 1 to %d bytes, not %d", MaxBytes, len(e.Bytes))
	}
	unlock, err := durable.Lock(l.path+".lock", 0o600)
	if err != nil {
		return Entry{}, err
	}
	defer unlock()
	last, err := l.last()
	if err != nil {
		return Entry{}, err
	}
	if same != nil {
		there, all, err := find(l.path, same)
		if err != nil || there.Seq > 0 {
			return there, err
		}
		if all && may != nil {
			if err := may(); err != nil {
				return Entry{}, err
			}
		}
	}
	e.Seq, e.Prev = last.Seq+1, last.Hash
	e.SHA256 = HashOf(e.Bytes)
	e.At = l.now().UTC().Truncate(time.Second)
	line, err := e.line()
	if err != nil {
		return Entry{}, err
	}
	if err := durable.Append(l.path, line, l.perm); err != nil {
		return Entry{}, err
	}
	// The entry is on the disk. The mark may stay behind it, and the next entry
	// sets it again, so a failure here is no reason to say that the entry isn't.
	_ = writeHead(l.path, head{e.Seq, e.Hash}, l.perm)
	return e, nil
}

// find returns the first entry for which is says true, zero if there is none,
// and whether all entries could be seen. Behind a break none can: the break is
// for Verify to name, and the chain goes on from its end, because nothing may
// leave unrecorded for an old fault.
func find(path string, is func(Entry) bool) (there Entry, all bool, err error) {
	found := errors.New("found")
	err = Entries(path, func(e Entry) error {
		if is(e) {
			there = e
			return found
		}
		return nil
	})
	if errors.Is(err, found) {
		return there, false, nil
	}
	if b := (*Break)(nil); errors.As(err, &b) {
		return Entry{}, false, nil
	}
	return Entry{}, err == nil, err
}

// last returns the last entry, zero if there is none, after cutting off a line
// that a crash left unfinished.
func (l *Ledger) last() (Entry, error) {
	h, _, err := readHead(l.path)
	if err != nil {
		return Entry{}, fmt.Errorf("%w (%w)", ErrBroken, err)
	}
	tail, size, err := readTail(l.path, 2*maxLine)
	if err != nil {
		return Entry{}, err
	}
	whole := bytes.LastIndexByte(tail, '\n') + 1
	var last Entry
	if whole > 0 {
		line := tail[:whole-1]
		last, err = parseLine(line[bytes.LastIndexByte(line, '\n')+1:])
		if err != nil {
			return Entry{}, fmt.Errorf("%w (the last line: %w)", ErrBroken, err)
		}
	} else if int64(len(tail)) < size {
		return Entry{}, fmt.Errorf("%w (the last line is too long)", ErrBroken)
	}
	if h.Seq > last.Seq || h.Seq == last.Seq && h.Hash != last.Hash {
		return Entry{}, fmt.Errorf("%w (it should end with entry %d)", ErrBroken, h.Seq)
	}
	if unfinished := int64(len(tail) - whole); unfinished > 0 {
		if err := durable.Truncate(l.path, size-unfinished); err != nil {
			return Entry{}, err
		}
		l.say(Unfinished)
	}
	return last, nil
}

// readTail returns at most the last n bytes of a file, and its size.
func readTail(path string, n int64) ([]byte, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	size := info.Size()
	b := make([]byte, min(n, size))
	if _, err := f.ReadAt(b, size-int64(len(b))); err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, err
	}
	return b, size, nil
}

// head is the mark beside a ledger: its last entry when it was last written,
// or one before.
type head struct {
	Seq  uint64 `json:"seq"`
	Hash Hash   `json:"hash"`
}

// readHead reads the mark. Before the first entry, or without its file, there
// is none.
func readHead(path string) (h head, there bool, err error) {
	b, err := os.ReadFile(path + ".head")
	if errors.Is(err, fs.ErrNotExist) {
		return head{}, false, nil
	}
	if err != nil {
		return head{}, false, err
	}
	if err := json.Unmarshal(b, &h); err != nil || h.Seq == 0 {
		return head{}, false, errors.New("the mark of its last entry, the .head file, is damaged")
	}
	return h, true, nil
}

func writeHead(path string, h head, perm fs.FileMode) error {
	b, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return durable.Replace(path+".head", append(b, '\n'), perm)
}
