package report

import (
	"cmp"
	"fmt"
	"slices"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// Often is how many times something happened in one batch, as a category. The
// exact number never leaves, and is not kept beyond Many.
type Often uint8

// The categories.
const (
	Once Often = iota + 1 // one time
	Few                   // two to four times
	Many                  // five times or more
)

// ManyFrom is the number of times from which nothing more is counted.
const ManyFrom = 5

var oftenNames = [...]string{"", "1", "2-4", "5+"}

// OftenOf returns the category of n times; n below 1 counts as once.
func OftenOf(n int) Often {
	switch {
	case n >= ManyFrom:
		return Many
	case n >= 2:
		return Few
	}
	return Once
}

// Oftens returns every category.
func Oftens() []Often { return []Often{Once, Few, Many} }

// String returns "1", "2-4" or "5+".
func (o Often) String() string { return nameOf(oftenNames[:], o) }

// MarshalText implements encoding.TextMarshaler.
func (o Often) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (o *Often) UnmarshalText(b []byte) (err error) {
	*o, err = valueOf[Often](oftenNames[:], b)
	return err
}

// Kind is what a cell is about. Kinds that this version does not know are
// refused, so a new one is a new version of the schema for the server too.
type Kind uint8

// The kinds.
const (
	KindNudge Kind = iota + 1 // a nudge was shown, and how it ended
	KindUse                   // an AI tool was in use
	KindPulse                 // what somebody said in the weekly pulse
	KindCheck                 // what somebody said before an AI's answer went into a system with high stakes
	// KindBadge: there was something to say, and only a badge said it, because
	// the person had enough nudges or was in the middle of something.
	KindBadge
	// KindHeldOut: a nudge was left out, to measure whether nudges work.
	KindHeldOut
	KindCause // why somebody pasted it anyway
)

var kindNames = [...]string{"", "nudge", "use", "pulse", "check", "badge", "held_out", "cause"}

// Kinds returns every kind.
func Kinds() []Kind {
	return []Kind{KindNudge, KindUse, KindPulse, KindCheck, KindBadge, KindHeldOut, KindCause}
}

// String returns the kind's name in reports.
func (k Kind) String() string { return nameOf(kindNames[:], k) }

// MarshalText implements encoding.TextMarshaler.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (k *Kind) UnmarshalText(b []byte) (err error) {
	*k, err = valueOf[Kind](kindNames[:], b)
	return err
}

// Cell is one line of a behaviour report: something that happened, in closed
// lists only, and how often. Make one with the function for its kind.
type Cell struct {
	Kind Kind `json:"kind"`
	// Task is what a pulse is about, Stake what a check is about, and Said the
	// answer to one question; absent from all other cells.
	Task  Task  `json:"task,omitempty"`
	Stake Stake `json:"stake,omitempty"`
	Said  Said  `json:"said,omitempty"`
	// Rule and Class are those of a nudge, also of one that was not shown, and
	// Answer of one that was.
	Rule  policy.RuleID `json:"rule,omitempty"`
	Class detect.Class  `json:"class,omitempty"`
	// Tool is a catalogue id, or catalog.Other. It and Surface are absent from
	// pulses and checks, which are about no tool.
	Tool    catalog.ToolID  `json:"tool,omitempty"`
	Surface catalog.Surface `json:"surface,omitempty"`
	Answer  Answer          `json:"answer,omitempty"`
	Cause   Cause           `json:"cause,omitempty"`
	// Often is zero in a cell that stands for one happening (see agent/tally).
	Often Often `json:"often"`
}

// OwnTerms stands for whichever rule spoke of something on the organisation's
// own list: which of its terms somebody copied is nobody's business.
const OwnTerms policy.RuleID = "own_terms"

// NudgeCell is one nudge and how it ended.
func NudgeCell(r policy.RuleID, c detect.Class, t catalog.ToolID, s catalog.Surface, a Answer) Cell {
	return Cell{Kind: KindNudge, Rule: r, Class: c, Tool: t, Surface: s, Answer: a}
}

// UseCell says that an AI tool was in use.
func UseCell(t catalog.ToolID, s catalog.Surface) Cell {
	return Cell{Kind: KindUse, Tool: t, Surface: s}
}

// PulseCell is one answer of a weekly pulse. A pulse gives a cell for each
// question that was answered.
func PulseCell(t Task, s Said) Cell { return Cell{Kind: KindPulse, Task: t, Said: s} }

// CheckCell is one answer to "checked by a person?".
func CheckCell(st Stake, s Said) Cell { return Cell{Kind: KindCheck, Stake: st, Said: s} }

// BadgeCell is one nudge of which only a badge told.
func BadgeCell(r policy.RuleID, c detect.Class, t catalog.ToolID, s catalog.Surface) Cell {
	return Cell{Kind: KindBadge, Rule: r, Class: c, Tool: t, Surface: s}
}

// HeldOutCell is one nudge that was left out to measure whether nudges work.
func HeldOutCell(r policy.RuleID, c detect.Class, t catalog.ToolID, s catalog.Surface) Cell {
	return Cell{Kind: KindHeldOut, Rule: r, Class: c, Tool: t, Surface: s}
}

// CauseCell is one reason for pasting it anyway. It names no rule and no class:
// beside the answers of a rule it could say who gave which.
func CauseCell(t catalog.ToolID, s catalog.Surface, why Cause) Cell {
	return Cell{Kind: KindCause, Tool: t, Surface: s, Cause: why}
}

// Key returns the cell without how often: equal keys are the same happening.
func (c Cell) Key() Cell {
	c.Often = 0
	return c
}

// Check says what is wrong with the cell's key, if anything, without repeating
// any of its values.
func (c Cell) Check() error {
	switch c.Kind {
	case KindPulse:
		if c != (Cell{Kind: KindPulse, Task: c.Task, Said: c.Said, Often: c.Often}) || c.Task.String() == "" || !c.Said.ofPulse() {
			return fmt.Errorf("%w: a pulse cell has a task and an answer, and nothing else", ErrMalformed)
		}
		return nil
	case KindCheck:
		if c != (Cell{Kind: KindCheck, Stake: c.Stake, Said: c.Said, Often: c.Often}) || c.Stake.String() == "" || c.Said.Question() != AskedPerson {
			return fmt.Errorf("%w: a check cell has a stake and an answer, and nothing else", ErrMalformed)
		}
		return nil
	}
	if !validID(string(c.Tool)) || c.Surface.String() == "" || c.Task != 0 || c.Stake != 0 || c.Said != 0 {
		return fmt.Errorf("%w: a cell needs a tool and a surface", ErrMalformed)
	}
	var rule, answer, cause bool // what a cell of the kind has
	switch c.Kind {
	case KindNudge:
		rule, answer = true, true
	case KindBadge, KindHeldOut:
		rule = true
	case KindCause:
		cause = true
	case KindUse:
	default:
		return fmt.Errorf("%w: unknown kind of cell", ErrMalformed)
	}
	switch {
	case rule && (!validID(string(c.Rule)) || !slices.Contains(detect.Classes(), c.Class)), answer && c.Answer.String() == "", cause && c.Cause.String() == "":
		return fmt.Errorf("%w: a %s cell lacks a field", ErrMalformed, c.Kind)
	case !rule && (c.Rule != "" || c.Class != 0), !answer && c.Answer != 0, !cause && c.Cause != 0:
		return fmt.Errorf("%w: a %s cell has a field too many", ErrMalformed, c.Kind)
	}
	return nil
}

// Compare orders cells by their key, so that a report's order says nothing
// about the order in which things happened.
func (c Cell) Compare(d Cell) int {
	return cmp.Or(
		cmp.Compare(c.Kind, d.Kind), cmp.Compare(c.Task, d.Task), cmp.Compare(c.Stake, d.Stake), cmp.Compare(c.Said, d.Said),
		cmp.Compare(c.Rule, d.Rule), cmp.Compare(c.Class, d.Class),
		cmp.Compare(c.Tool, d.Tool), cmp.Compare(c.Surface, d.Surface), cmp.Compare(c.Answer, d.Answer),
		cmp.Compare(c.Cause, d.Cause),
	)
}

// validID says whether s can be an id on the wire: 1 to 64 of a-z, 0-9, "_"
// and "-". Ids come from the policy and the catalogue.
func validID(s string) bool {
	if len(s) < 1 || len(s) > 64 {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return true
}

func nameOf[T ~uint8](names []string, v T) string {
	if int(v) < len(names) {
		return names[v]
	}
	return ""
}

// valueOf finds a name in a closed list. Its error does not repeat the name:
// bytes from outside belong in no message.
func valueOf[T ~uint8](names []string, b []byte) (T, error) {
	for i, n := range names {
		if i > 0 && n == string(b) {
			return T(i), nil
		}
	}
	return 0, fmt.Errorf("%w: a value is not in its list", ErrMalformed)
}
