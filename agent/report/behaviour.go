package report

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Version is the schema's version in both kinds of report.
const Version = 1

// PlainSize is the size in bytes of every behaviour report, whatever it holds,
// so that its length says nothing.
const PlainSize = 2048

// ErrMalformed is what every refused report wraps. No error of this package
// repeats bytes of a report.
var ErrMalformed = errors.New("not a report of this version")

// Cohort names a group of devices that is large enough to be counted apart.
type Cohort string

// Everybody is the cohort of a device that is in no other.
const Everybody Cohort = "all"

// Report is what one account on one device reports about one batch: about
// nobody. It holds no time, device, person, host or free text.
type Report struct {
	Batch  BatchID
	Cohort Cohort
	// Policy is the serial of the policy in force when the report was written.
	Policy uint64
	// Off is true when the person switched reports off. Such a report is sent
	// like any other, so that nobody sees who did, and holds nothing else.
	Off bool
	// Cells are sorted by Cell.Compare, each key once.
	Cells []Cell
	// More is true when cells did not fit; the rarest were left out.
	More bool
}

// wire is the report as it is written. The order of the fields is the order
// on the wire.
type wire struct {
	V      int     `json:"v"`
	Batch  BatchID `json:"batch"`
	Cohort Cohort  `json:"cohort"`
	Policy uint64  `json:"policy"`
	Off    bool    `json:"off,omitempty"`
	Cells  []Cell  `json:"cells"`
	More   bool    `json:"more,omitempty"`
	Nonce  Nonce   `json:"nonce"`
	Pad    padding `json:"pad"`
}

// padding is a string of zeros that makes every report equally long.
type padding string

// Nonce makes the bytes of each report unique, so that a report delivered
// twice counts once. It is random and ties the report to nothing.
type Nonce [16]byte

// NewNonce returns a random nonce.
func NewNonce() Nonce {
	var n Nonce
	rand.Read(n[:]) // never fails, see crypto/rand
	return n
}

// MarshalText implements encoding.TextMarshaler.
func (n Nonce) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, n[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (n *Nonce) UnmarshalText(b []byte) error {
	if len(b) != hex.EncodedLen(len(n)) {
		return fmt.Errorf("%w: bad nonce", ErrMalformed)
	}
	if _, err := hex.Decode(n[:], b); err != nil {
		return fmt.Errorf("%w: bad nonce", ErrMalformed)
	}
	return nil
}

// ID names a report by its bytes: whoever has seen an ID has seen the report.
type ID string

// IDOf returns the lower-case hexadecimal SHA-256 of a report's bytes.
func IDOf(b []byte) ID {
	sum := sha256.Sum256(b)
	return ID(hex.EncodeToString(sum[:]))
}

// Encode writes a report as exactly PlainSize bytes of JSON. The same report
// and nonce always give the same bytes. Cells are sorted; where they do not
// fit the rarest are left out, of equally rare ones the last, and More is set.
func Encode(r Report, n Nonce) ([]byte, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	cells := slices.Clone(r.Cells)
	slices.SortFunc(cells, Cell.Compare)
	for i := 1; i < len(cells); i++ {
		if cells[i-1].Compare(cells[i]) == 0 {
			return nil, fmt.Errorf("%w: the same cell twice", ErrMalformed)
		}
	}
	w := wire{V: Version, Batch: r.Batch, Cohort: r.Cohort, Policy: r.Policy, Off: r.Off, Cells: cells, More: r.More, Nonce: n}
	if w.Cells == nil {
		w.Cells = []Cell{}
	}
	for {
		b, err := json.Marshal(w)
		if err != nil {
			return nil, fmt.Errorf("writing a report: %w", err)
		}
		if free := PlainSize - len(b); free >= 0 {
			w.Pad = padding(strings.Repeat("0", free))
			return json.Marshal(w)
		}
		w.More = true
		rarest := 0
		for i, c := range w.Cells {
			if c.Often <= w.Cells[rarest].Often {
				rarest = i
			}
		}
		w.Cells = slices.Delete(w.Cells, rarest, rarest+1)
	}
}

// Decode reads a report. It accepts only the bytes that Encode writes: any
// other size, field, value, order, number or padding is an error that wraps
// ErrMalformed and repeats nothing.
func Decode(b []byte) (Report, error) {
	if len(b) != PlainSize {
		return Report{}, fmt.Errorf("%w: it is not %d bytes long", ErrMalformed, PlainSize)
	}
	var w wire
	if err := strictly(b, &w); err != nil {
		return Report{}, err
	}
	if w.V != Version {
		return Report{}, fmt.Errorf("%w: it is of another version", ErrMalformed)
	}
	r := Report{Batch: w.Batch, Cohort: w.Cohort, Policy: w.Policy, Off: w.Off, Cells: w.Cells, More: w.More}
	// Writing it again and comparing is the strictest reading there is: it
	// refuses doubled and differently spelled keys, other orders and paddings.
	again, err := Encode(r, w.Nonce)
	if err != nil {
		return Report{}, err
	}
	if !bytes.Equal(again, b) {
		return Report{}, fmt.Errorf("%w: it is not written as Encode writes it", ErrMalformed)
	}
	return r, nil
}

func (r Report) check() error {
	if _, err := ParseBatch(r.Batch); err != nil {
		return err
	}
	if !validID(string(r.Cohort)) {
		return fmt.Errorf("%w: bad cohort", ErrMalformed)
	}
	if r.Off && (len(r.Cells) > 0 || r.More || r.Policy != 0 || r.Cohort != Everybody) {
		return fmt.Errorf("%w: switched off and yet something in it", ErrMalformed)
	}
	for _, c := range r.Cells {
		if err := c.Check(); err != nil {
			return err
		}
		if c.Often.String() == "" {
			return fmt.Errorf("%w: a cell does not say how often", ErrMalformed)
		}
	}
	return nil
}

// SwitchedOff is the report of somebody who switched reports off.
func SwitchedOff(b BatchID) Report { return Report{Batch: b, Cohort: Everybody, Off: true} }

// strictly decodes one JSON value with no unknown fields and nothing after it.
// Its errors do not repeat what was read, as those of encoding/json would.
func strictly(b []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return fmt.Errorf("%w: an unknown field or value, or no JSON", ErrMalformed)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: something follows it", ErrMalformed)
	}
	return nil
}
