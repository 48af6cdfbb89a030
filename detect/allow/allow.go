// Package allow holds what a person has called not sensitive, so that the same
// thing makes no second nudge. It remembers digests under a key of the
// person's own, never text: who finds the file without the key can't even try
// guesses. The list is pure; the session keeps key and file in the person's
// folder, readable by nobody else.
//
//	list := allow.New(key)
//	mark := list.Mark(f.Detector, text[f.Start:f.End])
//	list.Add(mark, now)
//	list.Has(mark) // true
package allow

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"handrail/detect"
)

// ErrDamaged is returned by Unmarshal for bytes that are not a list as it was
// written under this key. Nothing of such a list is used: a digest that was
// changed could silence something else.
var ErrDamaged = errors.New("allow: the list is damaged, or was written under another key")

// Digest stands for one finding's text. It is HMAC-SHA256 under the person's
// key, over the detector and the text without its white space, so that another
// line break or grouping is the same thing.
type Digest [sha256.Size]byte

// MarshalText implements encoding.TextMarshaler: hexadecimal, also used as
// the entry's id towards people.
func (d Digest) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, d[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Digest) UnmarshalText(b []byte) error {
	if len(b) != 2*len(d) {
		return fmt.Errorf("a digest has %d hexadecimal digits, not %d", 2*len(d), len(b))
	}
	_, err := hex.Decode(d[:], b)
	return err
}

// Mark is how one finding is remembered. It can be kept when the text is gone.
type Mark struct {
	Detector detect.DetectorID `json:"detector"`
	Digest   Digest            `json:"digest"`
}

// Entry is one thing that was called not sensitive.
type Entry struct {
	Mark
	Added string `json:"added"` // the day, as 2006-01-02
}

// List is what one person has called not sensitive. It is safe for concurrent
// use.
type List struct {
	key [32]byte

	// mu guards entries and has: the session looks at a clip in a goroutine of
	// its own while its engine adds what was answered to the last one.
	mu      sync.Mutex
	entries []Entry
	has     map[Mark]bool
}

// New returns an empty list under a person's key, 32 random bytes.
func New(key [32]byte) *List { return &List{key: key, has: map[Mark]bool{}} }

// Format prints a placeholder whatever the verb: the key is not for logs.
func (l *List) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte("[learned list]")) }

// Mark returns how a finding of this detector is remembered.
func (l *List) Mark(d detect.DetectorID, text []byte) Mark {
	h := hmac.New(sha256.New, l.key[:])
	h.Write([]byte("finding\x00" + d + "\x00"))
	for len(text) > 0 {
		// One piece up to the next white space; text is not copied.
		n := bytes.IndexFunc(text, unicode.IsSpace)
		if n < 0 {
			h.Write(text)
			break
		}
		h.Write(text[:n])
		_, size := utf8.DecodeRune(text[n:])
		text = text[n+size:]
	}
	m := Mark{Detector: d}
	h.Sum(m.Digest[:0])
	return m
}

// Has says whether a finding was called not sensitive.
func (l *List) Has(m Mark) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.has[m]
}

// Add remembers a finding; one that is known keeps its day. Of at, the day
// in its time zone is kept.
func (l *List) Add(m Mark, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.has[m] {
		return
	}
	l.has[m] = true
	l.entries = append(l.entries, Entry{Mark: m, Added: at.Format(time.DateOnly)})
}

// Forget takes an entry out, and says whether it was there.
func (l *List) Forget(d Digest) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.entries, func(e Entry) bool { return e.Digest == d })
	if i < 0 {
		return false
	}
	delete(l.has, l.entries[i].Mark)
	l.entries = slices.Delete(l.entries, i, i+1)
	return true
}

// Restore puts an entry back as it was before Forget.
func (l *List) Restore(x Entry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.has[x.Mark] {
		return
	}
	l.has[x.Mark] = true
	i := slices.IndexFunc(l.entries, func(e Entry) bool { return e.Added > x.Added })
	if i < 0 {
		i = len(l.entries)
	}
	l.entries = slices.Insert(l.entries, i, x)
}

// Len returns the number of entries.
func (l *List) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.entries)
}

// Entries returns what was called not sensitive, the oldest first.
func (l *List) Entries() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.entries)
}

// file is the list as it is written. Seal is an HMAC under the person's key
// over the entries, so that damage is noticed.
type file struct {
	Version int     `json:"version"`
	Entries []Entry `json:"entries"`
	Seal    Digest  `json:"seal"`
}

const fileVersion = 1

// Marshal returns the list as bytes to keep. The key is not in them.
func (l *List) Marshal() ([]byte, error) {
	entries := l.Entries()
	seal, err := l.seal(entries)
	if err != nil {
		return nil, err
	}
	b, err := json.MarshalIndent(file{fileVersion, entries, seal}, "", " ")
	return append(b, '\n'), err
}

// Unmarshal reads a list that Marshal wrote under the same key.
func Unmarshal(key [32]byte, data []byte) (*List, error) {
	var f file
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if f.Version != fileVersion {
		return nil, fmt.Errorf("allow: the list has version %d, and this Handrail reads version %d", f.Version, fileVersion)
	}
	l := New(key)
	if seal, err := l.seal(f.Entries); err != nil || !hmac.Equal(seal[:], f.Seal[:]) || dec.More() {
		return nil, ErrDamaged
	}
	l.entries = f.Entries
	for _, e := range f.Entries {
		l.has[e.Mark] = true
	}
	return l, nil
}

func (l *List) seal(entries []Entry) (d Digest, err error) {
	b, err := json.Marshal(entries)
	if err != nil {
		return d, fmt.Errorf("allow: sealing the list: %w", err)
	}
	h := hmac.New(sha256.New, l.key[:])
	h.Write([]byte("list\x00"))
	h.Write(b)
	h.Sum(d[:0])
	return d, nil
}
