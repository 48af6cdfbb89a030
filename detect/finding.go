package detect

import "fmt"

// DetectorID names one detector, such as "payment_card". It is part of the
// public vocabulary: policies and reports use it, so an id is never renamed.
type DetectorID string

// Confidence is how sure a detector is. Policies choose the level they act on.
type Confidence uint8

// The three levels the field knows (Purview's 65, 75 and 85).
const (
	Low Confidence = iota
	Medium
	High
)

var confidenceNames = [...]string{"low", "medium", "high"}

// String returns "low", "medium" or "high".
func (c Confidence) String() string {
	if int(c) < len(confidenceNames) {
		return confidenceNames[c]
	}
	return "low"
}

// MarshalText implements encoding.TextMarshaler.
func (c Confidence) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (c *Confidence) UnmarshalText(b []byte) error {
	for i, n := range confidenceNames {
		if n == string(b) {
			*c = Confidence(i)
			return nil
		}
	}
	return fmt.Errorf("unknown confidence %q: use low, medium or high", b)
}

// Finding says that text[Start:End] is something sensitive. It holds offsets
// and closed lists only, never the text itself.
type Finding struct {
	Detector   DetectorID `json:"detector"`
	Class      Class      `json:"class"`
	Start      int        `json:"start"` // byte offset of the first byte
	End        int        `json:"end"`   // byte offset after the last byte
	Confidence Confidence `json:"confidence"`
	// Count is how many distinct things this one finding covers: 14 for a list
	// of 14 e-mail addresses, 1 for a key.
	Count int `json:"count"`
	// Decoded says that the value was found inside something encoded: Start and
	// End are about all of it for base64 and hex, about how the value is
	// written for the others.
	Decoded Encoding `json:"decoded,omitempty"`
	// Own is the number of the entry, from 1, in the organisation's own list
	// (see package own); it is 0 for the built-in detectors.
	Own int `json:"own,omitempty"`
	// Why is what speaks for it.
	Why Why `json:"why,omitzero"`
}

// Encoding is how the place of a finding was written.
type Encoding uint8

// The encodings that are looked into, once: a text that was encoded twice
// stays closed.
const (
	Plain Encoding = iota
	Base64
	Hex
	Percent
	Entities        // HTML's &#65;
	Escapes         // \u0041 and \x41
	QuotedPrintable // the =41 of e-mail
)

var encodingNames = [...]string{"", "base64", "hex", "percent", "entities", "escapes", "quoted-printable"}

// String returns the encoding's name, empty for plain text.
func (e Encoding) String() string {
	if int(e) < len(encodingNames) {
		return encodingNames[e]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (e Encoding) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// MaxText is how many bytes of a text are scanned. A longer text is scanned up
// to here and its Result says Partial.
const MaxText = 4 << 20

// Result is what a scan saw.
type Result struct {
	// Findings are in order of Start; overlapping ones are resolved in favour
	// of the stronger.
	Findings []Finding
	// Partial is true when only the first MaxText bytes were looked at, or when
	// more was encoded in them than is decoded.
	Partial bool
}

// Finder finds what an organisation itself called sensitive, its own terms.
type Finder interface {
	// Find calls found for each finding, with offsets into text. It keeps no
	// reference to text.
	Find(text []byte, found func(Finding))
}
