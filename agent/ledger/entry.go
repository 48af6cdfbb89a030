package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Kind is what an entry records.
type Kind uint8

// The kinds.
const (
	Behaviour Kind = iota + 1 // a report about nobody, see agent/report
	Health                    // a health report of this device
	Enrolment                 // joining, renewing or leaving a fleet
	Receipt                   // what the server answered to an earlier entry
	Request                   // a request for a tool, about nobody
	Question                  // a question for the answer to one, once however often it is asked
)

var kindNames = [...]string{"", "behaviour", "health", "enrolment", "receipt", "request", "question"}

// String returns the kind's name in the file.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (k *Kind) UnmarshalText(b []byte) error {
	for i, n := range kindNames {
		if i > 0 && n == string(b) {
			*k = Kind(i)
			return nil
		}
	}
	return errors.New("unknown kind of entry")
}

// Hash is a SHA-256, written as 64 lower-case hexadecimal digits.
type Hash [sha256.Size]byte

// HashOf returns the SHA-256 of b.
func HashOf(b []byte) Hash { return sha256.Sum256(b) }

// String returns the 64 digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText implements encoding.TextMarshaler.
func (h Hash) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, h[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hash) UnmarshalText(b []byte) error {
	if len(b) != hex.EncodedLen(len(h)) {
		return errors.New("a hash has 64 hexadecimal digits")
	}
	_, err := hex.Decode(h[:], b)
	return err
}

// MaxBytes bounds what one entry can hold.
const MaxBytes = 64 << 10

// maxLine bounds a line: base64 of MaxBytes and the other fields.
const maxLine = MaxBytes*4/3 + 1024

// Entry is one line of a ledger.
type Entry struct {
	Seq  uint64 `json:"seq"`  // 1 for the first line, then one more each
	Prev Hash   `json:"prev"` // Hash of the line before, zero for the first
	Kind Kind   `json:"kind"`
	// Of is the Seq of the entry that a receipt is for, 0 for other kinds.
	Of     uint64    `json:"of,omitempty"`
	SHA256 Hash      `json:"sha256"` // of Bytes
	Bytes  []byte    `json:"bytes"`  // exactly what was sent, or received
	At     time.Time `json:"at"`     // UTC, whole seconds; it stays on this computer
	// Hash is the SHA-256 of the line as it would be without this field:
	//
	//	sed 's/,"hash":"[0-9a-f]*"}$/}/' | tr -d '\n' | sha256sum
	Hash Hash `json:"hash"`
}

// hashField is the length of `,"hash":"<64 digits>"}`, the end of each line.
const hashField = len(`,"hash":""}`) + 2*sha256.Size

// line writes the entry with its newline, and sets its hash.
func (e *Entry) line() ([]byte, error) {
	b, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	body := append(b[:len(b)-hashField], '}')
	e.Hash = HashOf(body)
	return fmt.Appendf(body[:len(body)-1], `,"hash":"%s"}`+"\n", e.Hash), nil
}

var (
	errNotALine = errors.New("it is not a line that Handrail writes")
	errHash     = errors.New("its content does not match its hash")
	errBytes    = errors.New("its bytes do not match their hash")
)

// parseLine reads a line without its newline. It accepts only what line
// writes: writing the entry again must give the same bytes.
func parseLine(b []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(b, &e); err != nil || e.Seq == 0 || e.Kind.String() == "" || (e.Kind == Receipt) != (e.Of > 0) || len(e.Bytes) > MaxBytes {
		return Entry{}, errNotALine
	}
	if name, offset := e.At.Zone(); name != "UTC" || offset != 0 || e.At.Nanosecond() != 0 {
		return Entry{}, errNotALine
	}
	stated := e.Hash
	again, err := e.line()
	if err != nil || len(again)-1 != len(b) || !bytes.Equal(again[:len(b)-hashField], b[:len(b)-hashField]) {
		return Entry{}, errNotALine
	}
	if stated != e.Hash || !bytes.Equal(again[:len(b)], b) {
		return Entry{}, errHash
	}
	if e.SHA256 != HashOf(e.Bytes) {
		return Entry{}, errBytes
	}
	return e, nil
}
