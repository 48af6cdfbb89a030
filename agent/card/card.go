// Package card is what a window shows and what a person can answer. Cards
// cross from the session to the window process, so no field can hold clip
// text: only closed lists, counts, catalogue names and the policy's own words.
package card

import (
	"fmt"

	"handrail/detect"
)

// ID numbers the cards of one session, from 1.
type ID uint64

// Answer is a button of a card.
type Answer uint8

// The answers, in the order they are shown. Dismiss is Esc and the close
// button; it is always possible and never a penalty.
const (
	OpenApproved Answer = iota + 1
	SafePaste           // paste it without what was found
	NotSensitive
	PasteAnyway
	Dismiss
)

var answerNames = [...]string{"", "open_approved", "safe_paste", "not_sensitive", "paste_anyway", "dismiss"}

// String returns the answer's name in the window protocol.
func (a Answer) String() string {
	if int(a) < len(answerNames) {
		return answerNames[a]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (a Answer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (a *Answer) UnmarshalText(b []byte) error {
	for i, n := range answerNames {
		if i > 0 && n == string(b) {
			*a = Answer(i)
			return nil
		}
	}
	return fmt.Errorf("unknown answer %q", b)
}

// Card is one nudge.
type Card struct {
	ID ID `json:"id"`
	// Tool and Domain say where the paste would go: the catalogue's name and
	// public host ("" for an app or a command line tool).
	Tool   string `json:"tool"`
	Domain string `json:"domain,omitempty"`
	// Unknown is true when the policy has no word on the tool yet.
	Unknown bool `json:"unknown,omitempty"`
	// Class and Count say what the clip looks like: 14 contacts, one key.
	Class detect.Class `json:"class"`
	Count int          `json:"count"`
	// Term is what the policy calls its own term that was found, "" for what no
	// policy had to name. It is the policy's word, not the clip's.
	Term string `json:"term,omitempty"`
	// Because is the rule's own sentence, 30 words at most.
	Because string `json:"because"`
	// Instead is the name of the approved tool, "" if the rule's alternative is
	// advice and not a tool.
	Instead string `json:"instead,omitempty"`
	// Redacted is true when Instead opens with the sensitive parts taken out of
	// what is on the clipboard.
	Redacted bool `json:"redacted,omitempty"`
	// Advice is the rule's alternative in words, where it is not a tool.
	Advice string `json:"advice,omitempty"`
	// Block is true when the paste is kept back and there is no PasteAnyway.
	Block bool `json:"block,omitempty"`
	// Held is true when the paste itself is kept back until there is an answer.
	Held bool `json:"held,omitempty"`
	// Safe is true when there is a text without what was found, to be pasted
	// instead.
	Safe bool `json:"safe,omitempty"`
	// Hotkey is the key that moves the keyboard to the nudge, "" if none could
	// be had.
	Hotkey string `json:"hotkey,omitempty"`
}

// Answers returns the buttons of the card in the order they are shown.
func (c Card) Answers() []Answer {
	var a []Answer
	if c.Instead != "" {
		a = append(a, OpenApproved)
	}
	if c.Safe {
		a = append(a, SafePaste)
	}
	a = append(a, NotSensitive)
	if !c.Block {
		a = append(a, PasteAnyway)
	}
	return append(a, Dismiss)
}
