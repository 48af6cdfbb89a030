// Package card is what a window shows and what a person can answer. Cards
// cross from the session to the window process, so no field can hold clip
// text: only closed lists, counts, catalogue names and the policy's own words.
//
// The panel's pages (Panel) and what their controls do (Action) are here, too;
// Action says how to add one.
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
	Allowed // this use is allowed: public text, or a way of working that is approved
	PasteAnyway
	Dismiss
	PutBack // put the values back in place of their tokens
	Undo    // bring back what was on the clipboard before

	// The reasons for PasteAnyway, which are asked for afterwards.
	NoTime
	ToolLacks
	NoAccess
	WasTold
	OtherWhy

	// The answers to Welcome.
	ShowWelcome // open the page
	Understood  // don't offer it again

	RequestTool // ask the organisation for this tool
	WhatNow     // say what to do about a key that was pasted
	// Whether a person has checked an AI's answer, and how.
	CheckedRead   // yes, read it through
	CheckedSource // yes, tried it out or compared it with a source
	CheckedOther  // yes, and a second person has
	NotChecked    // not yet
	NotAI         // it is no AI's answer
)

var answerNames = [...]string{"", "open_approved", "safe_paste", "not_sensitive", "allowed", "paste_anyway", "dismiss",
	"put_back", "undo", "no_time", "tool_lacks", "no_access", "was_told", "other",
	"show_welcome", "understood", "request_tool", "what_now",
	"checked_read", "checked_source", "checked_other", "not_checked", "not_ai"}

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

// Subject is what a card is about.
type Subject uint8

// The subjects. All but the first are quiet ones: they offer something, and nothing
// waits for an answer. KeyOut is nudge.Step's own, the others are the session's.
const (
	ANudge    Subject = iota // something sensitive is about to be pasted
	NamesBack                // an answer was copied that holds Count of Safe Paste's tokens
	AreBack                  // Count values are back, and on the clipboard
	IsSafe                   // the clipboard holds the text of Safe Paste now
	Welcome                  // there is a page that says what Handrail does
	KeyOut                   // the person chose to paste a password or key into Tool
	NotSafe                  // it could not be put there: the clipboard holds what was copied
)

// MaxLeft is how many tokens a card names.
const MaxLeft = 5

// Card is one nudge, or one quiet card: then ID, About, Count and what is left are all
// that it has.
type Card struct {
	ID    ID      `json:"id"`
	About Subject `json:"about,omitempty"`
	// Left are tokens that could not be put back, MaxLeft at most with commas
	// between: a label and a few letters each, no value. LeftCount is how many
	// there are.
	Left      string `json:"left,omitempty"`
	LeftCount int    `json:"left_count,omitempty"`
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
	// Logged and Until are what the policy's record says of Instead: how what is
	// pasted there is kept, and the last day of the decision, as 2027-03-31.
	Logged string `json:"logged,omitempty"`
	Until  string `json:"until,omitempty"`
	// Advice is the rule's alternative in words, where it is not a tool.
	Advice string `json:"advice,omitempty"`
	// Block is true when the paste is kept back and there is no PasteAnyway.
	Block bool `json:"block,omitempty"`
	// Held is true when the paste itself is kept back until there is an answer.
	Held bool `json:"held,omitempty"`
	// Safe is true when there is a text without what was found, to be pasted
	// instead. Where nothing is Held it comes onto the clipboard.
	Safe bool `json:"safe,omitempty"`
	// Asks is true for the question that follows PasteAnyway: why. It may be left
	// unanswered, and what it is about is done already.
	Asks bool `json:"asks,omitempty"`
	// Request is true for a tool that the organisation can be asked for.
	Request bool `json:"request,omitempty"`
	// System is, of another question, what the policy calls the system that an
	// AI's answer is about to go to: has a person checked it? "" in all other cards.
	System string `json:"system,omitempty"`
	// Hotkey is the key that moves the keyboard to the nudge, "" if none could
	// be had.
	Hotkey string `json:"hotkey,omitempty"`
}

// Nudges says whether the card is a nudge, and not what follows one or a quiet
// offer.
func (c Card) Nudges() bool { return c.About == ANudge && !c.Asks }

// Answers returns the buttons of the card in the order they are shown.
func (c Card) Answers() []Answer {
	if c.System != "" {
		return []Answer{CheckedRead, CheckedSource, CheckedOther, NotChecked, NotAI, Dismiss}
	}
	if c.Asks {
		return []Answer{NoTime, ToolLacks, NoAccess, WasTold, OtherWhy, Dismiss}
	}
	var a []Answer
	switch c.About {
	case NamesBack:
		return append(a, PutBack, Dismiss)
	case AreBack, IsSafe:
		return append(a, Undo, Dismiss)
	case Welcome:
		return append(a, ShowWelcome, Understood, Dismiss)
	case KeyOut:
		return append(a, WhatNow, Dismiss)
	case NotSafe:
		return append(a, Dismiss)
	}
	if c.Instead != "" {
		a = append(a, OpenApproved)
	}
	if c.Safe {
		a = append(a, SafePaste)
	}
	a = append(a, NotSensitive)
	if !c.Block {
		a = append(a, Allowed, PasteAnyway)
	}
	if c.Request {
		a = append(a, RequestTool)
	}
	return append(a, Dismiss)
}
