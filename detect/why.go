package detect

import (
	"strconv"
	"strings"
)

// Why says what speaks for a finding: "16 digits, Visa range, checksum ok;
// 'card' 6 characters before". It holds counts and entries of closed lists,
// and so can't hold what was found.
type Why struct {
	Length int   // of the value, in Unit
	Unit   Word  // "digits", "characters", "rows"
	Form   Word  // what it has the form of: "Visa range", "GitHub's prefix"
	Check  Word  // what was calculated: "checksum ok"
	Near   Word  // the context word, as it stands in our own list
	Where  Where // where the context word stands
	// Distance is how many characters are between the context word and the
	// value, where it stands before or after it.
	Distance int
}

// Where says where the word stands that says what a value is.
type Where uint8

// The places of a context word.
const (
	Nowhere Where = iota // there is none
	Before
	After
	Column // the header of the value's column
	Key    // the key of JSON or YAML, or the name of an assignment
)

// Word is an entry of the closed list of words that reasons are made of.
type Word uint16

var vocabulary = []string{""}

// say makes a Word, in a package variable's initialisation only: what it is
// given has to stand in the source.
func say(s string) Word {
	for i, v := range vocabulary {
		if v == s {
			return Word(i)
		}
	}
	vocabulary = append(vocabulary, s)
	return Word(len(vocabulary) - 1)
}

// String returns the word.
func (w Word) String() string { return vocabulary[w] }

var (
	unitDigits     = say("digits")
	unitCharacters = say("characters")
	checksumOK     = say("checksum ok")
)

// MarshalText implements encoding.TextMarshaler, with String.
func (w Why) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// String puts the reason into words.
func (w Why) String() string {
	var parts []string
	if w.Length > 0 {
		unit := w.Unit
		if unit == 0 {
			unit = unitCharacters
		}
		parts = append(parts, strconv.Itoa(w.Length)+" "+unit.String())
	}
	for _, p := range [...]Word{w.Form, w.Check} {
		if p != 0 {
			parts = append(parts, p.String())
		}
	}
	s := strings.Join(parts, ", ")
	if w.Near == 0 {
		return s
	}
	if s != "" {
		s += "; "
	}
	s += "'" + w.Near.String() + "' "
	chars := strconv.Itoa(w.Distance) + " character"
	if w.Distance != 1 {
		chars += "s"
	}
	switch w.Where {
	case Before:
		if w.Distance == 0 {
			return s + "right before"
		}
		return s + chars + " before"
	case After:
		if w.Distance == 0 {
			return s + "right behind"
		}
		return s + chars + " behind"
	case Column:
		return s + "over its column"
	default:
		return s + "as its name"
	}
}
