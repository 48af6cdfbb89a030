package detect

import "fmt"

// DetectorID names one detector, such as "payment_card". It is part of the
// public vocabulary: policies and reports use it, so an id is never renamed.
type DetectorID string

// Class is the closed list of what kinds of sensitive content there are. It is
// what may leave the laptop about a finding, so it holds no detail.
type Class uint8

// The classes. Their numbers are internal; their names (see String) are the
// vocabulary of policies and reports.
const (
	ClassNone     Class = iota
	ClassCard           // payment card numbers
	ClassBank           // IBANs and account numbers
	ClassGovID          // national, tax and health identifiers
	ClassSecret         // keys, tokens, passwords, connection strings
	ClassContacts       // many people's contact details at once
	ClassMarking        // classification markings
)

var classNames = [...]string{"none", "card", "bank", "gov_id", "secret", "contacts", "marking"}

// Classes returns every class a finding can have.
func Classes() []Class {
	return []Class{ClassCard, ClassBank, ClassGovID, ClassSecret, ClassContacts, ClassMarking}
}

// String returns the class's name in policies and reports.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return "none"
}

// MarshalText implements encoding.TextMarshaler.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (c *Class) UnmarshalText(b []byte) error {
	for i, n := range classNames {
		if n == string(b) {
			*c = Class(i)
			return nil
		}
	}
	return fmt.Errorf("unknown class %q: use one of card, bank, gov_id, secret, contacts, marking", b)
}

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
}

// MaxText is how many bytes of a text are scanned. A longer text is scanned up
// to here and its Result says Partial.
const MaxText = 4 << 20

// Result is what a scan saw.
type Result struct {
	// Findings are in order of Start; overlapping ones are resolved in favour
	// of the stronger.
	Findings []Finding
	// Partial is true when only the first MaxText bytes were looked at.
	Partial bool
}
