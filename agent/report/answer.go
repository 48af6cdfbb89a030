package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// AnswerQuestion asks for the answer to a request. It names the request by its
// code and nothing else, and travels like the request did.
type AnswerQuestion struct {
	V     int   `json:"v"`
	Claim Claim `json:"claim"`
}

// State is how far a request has come.
type State uint8

// The states.
const (
	Waiting  State = iota + 1 // nobody has decided yet
	Approved                  // the tool is, or will be, approved
	OnTrial                   // the tool is tried out first
	Declined
)

var stateNames = [...]string{"", "waiting", "approved", "trial", "declined"}

// States returns every state.
func States() []State { return []State{Waiting, Approved, OnTrial, Declined} }

// String returns the state's name on the wire.
func (s State) String() string { return nameOf(stateNames[:], s) }

// MarshalText implements encoding.TextMarshaler.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (s *State) UnmarshalText(b []byte) (err error) {
	*s, err = valueOf[State](stateNames[:], b)
	return err
}

// AnswerReply is the answer to a request.
type AnswerReply struct {
	State State `json:"state"`
	// Reason is the organisation's own sentence, and Decided the day, as
	// 2026-11-24; both are "" while it is Waiting.
	Reason  string `json:"reason,omitempty"`
	Decided string `json:"decided,omitempty"`
}

// MaxReason is how long the reason of a decision may be, in letters.
const MaxReason = 200

// Check says what is wrong with an answer, if anything.
func (r AnswerReply) Check() error {
	if r.State == Waiting {
		if r.Reason != "" || r.Decided != "" {
			return fmt.Errorf("%w: a decision that is none", ErrMalformed)
		}
		return nil
	}
	if r.State.String() == "" || r.Reason == "" || utf8.RuneCountInString(r.Reason) > MaxReason || r.Reason != strings.TrimSpace(r.Reason) ||
		strings.ContainsFunc(r.Reason, func(c rune) bool { return !unicode.IsPrint(c) }) {
		return fmt.Errorf("%w: a decision needs a reason of up to %d letters on one line", ErrMalformed, MaxReason)
	}
	if _, err := time.Parse(time.DateOnly, r.Decided); err != nil {
		return fmt.Errorf("%w: a decision needs a day", ErrMalformed)
	}
	if b, err := json.Marshal(r); err != nil || len(b) > MaxMessage { // signs that JSON writes as six
		return fmt.Errorf("%w: the reason of a decision is too long", ErrMalformed)
	}
	return nil
}

// EncodeQuestion writes the question for an answer.
func EncodeQuestion(c Claim) ([]byte, error) { return json.Marshal(AnswerQuestion{Version, c}) }

// DecodeQuestion reads the question for an answer, strictly.
func DecodeQuestion(b []byte) (AnswerQuestion, error) {
	var q AnswerQuestion
	if err := message(b, &q); err != nil {
		return AnswerQuestion{}, err
	}
	if q.V != Version || q.Claim == (Claim{}) {
		return AnswerQuestion{}, fmt.Errorf("%w: it is of another version, or has no code", ErrMalformed)
	}
	return q, nil
}

// DecodeAnswer reads the answer to a request, strictly.
func DecodeAnswer(b []byte) (AnswerReply, error) {
	var r AnswerReply
	if err := message(b, &r); err != nil {
		return AnswerReply{}, err
	}
	return r, r.Check()
}

// AnswerDays is in how many working days a request is to be answered.
const AnswerDays = 5

// AnswerDue returns the day by which a request of some day is to be answered.
// Saturdays and Sundays are not counted; holidays are, because they differ from
// place to place. Both days are as time.DateOnly; a day that is none stays.
func AnswerDue(asked string) string {
	t, err := time.Parse(time.DateOnly, asked)
	if err != nil {
		return asked
	}
	for n := 0; n < AnswerDays; {
		t = t.AddDate(0, 0, 1)
		if d := t.Weekday(); d != time.Saturday && d != time.Sunday {
			n++
		}
	}
	return t.Format(time.DateOnly)
}
