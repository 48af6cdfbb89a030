// Package secret holds text that must not leave the process by accident: a
// clip that was read. A Text refuses to print, log or marshal, and can be
// wiped. It protects against carelessness, not against a debugger.
package secret

import (
	"errors"
	"fmt"
)

// ErrRefused is returned by every attempt to marshal a Text.
var ErrRefused = errors.New("secret: this text may not be marshalled")

const placeholder = "[text withheld]"

// Text is wipeable bytes. The zero value is empty. It is not safe for
// concurrent use; it has one owner, who wipes it.
type Text struct{ b []byte }

// New takes ownership of b: the caller must not keep another reference.
func New(b []byte) *Text { return &Text{b: b} }

// Bytes returns the bytes themselves, not a copy. They are gone after Wipe.
func (t *Text) Bytes() []byte {
	if t == nil {
		return nil
	}
	return t.b
}

// Len returns the number of bytes.
func (t *Text) Len() int { return len(t.Bytes()) }

// Wipe overwrites the bytes with zeros and lets go of them.
func (t *Text) Wipe() {
	if t == nil {
		return
	}
	clear(t.b[:cap(t.b)])
	t.b = nil
}

// String returns a placeholder, never the text.
func (t *Text) String() string { return placeholder }

// GoString returns a placeholder, never the text.
func (t *Text) GoString() string { return placeholder }

// Format prints a placeholder whatever the verb, so that %x or %v of a struct
// that holds a Text gives nothing away.
func (t *Text) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte(placeholder)) }

// MarshalJSON refuses.
func (t *Text) MarshalJSON() ([]byte, error) { return nil, ErrRefused }

// MarshalText refuses.
func (t *Text) MarshalText() ([]byte, error) { return nil, ErrRefused }

// MarshalBinary refuses.
func (t *Text) MarshalBinary() ([]byte, error) { return nil, ErrRefused }

// GobEncode refuses.
func (t *Text) GobEncode() ([]byte, error) { return nil, ErrRefused }
