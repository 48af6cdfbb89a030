// Package policy holds an organisation's rules: which AI tools are approved,
// and what happens when something sensitive is about to go to one that is not.
// Decide is pure. Rules are YAML with a published JSON Schema; an unknown key
// is an error that names its line.
package policy

import (
	"fmt"

	"handrail/detect"
	"handrail/detect/catalog"
)

// RuleID names one rule of a policy. It is part of reports.
type RuleID string

// Standing is what the organisation says about a tool.
type Standing uint8

// The standings. Unknown is an AI tool that the policy does not name.
const (
	Unknown Standing = iota
	Unapproved
	Trial
	Approved
)

var standingNames = [...]string{"unknown", "unapproved", "trial", "approved"}

// String returns the standing's name.
func (s Standing) String() string {
	if int(s) < len(standingNames) {
		return standingNames[s]
	}
	return "unknown"
}

// MarshalText implements encoding.TextMarshaler.
func (s Standing) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (s *Standing) UnmarshalText(b []byte) error {
	for i, n := range standingNames {
		if n == string(b) {
			*s = Standing(i)
			return nil
		}
	}
	return fmt.Errorf("unknown standing %q: use approved, trial, unapproved or unknown", b)
}

// Do is how strongly a rule acts.
type Do uint8

// What a rule can do. Nothing is no rule at all; Observe counts and shows
// nothing; Nudge explains and leaves the choice; Warn asks first where a paste
// can be held; Block keeps the paste back where it can be held, with the text
// still on the clipboard.
const (
	Nothing Do = iota
	Observe
	Nudge
	Warn
	Block
)

var doNames = [...]string{"nothing", "observe", "nudge", "warn", "block"}

// String returns the name used in policies.
func (d Do) String() string {
	if int(d) < len(doNames) {
		return doNames[d]
	}
	return "nothing"
}

// MarshalText implements encoding.TextMarshaler.
func (d Do) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (d *Do) UnmarshalText(b []byte) error {
	for i, n := range doNames {
		if i > 0 && n == string(b) {
			*d = Do(i)
			return nil
		}
	}
	return fmt.Errorf("unknown action %q: use observe, nudge, warn or block", b)
}

// Decision is what a policy says about one text and one destination.
type Decision struct {
	Do   Do
	Rule RuleID
	// Class and Count describe the strongest finding that the rule matched.
	Class detect.Class
	Count int
	// Because is the rule's sentence for the person.
	Because string
	// Instead is the approved tool to offer; zero if the rule gives advice.
	Instead Alternative
	// Standing is the destination's.
	Standing Standing
}

// Alternative is the way forward that every rule must offer: a tool, or advice.
type Alternative struct {
	Tool   catalog.ToolID
	Name   string // the tool's name for people
	Open   string // the address that opens it
	Advice string // in words, where there is no tool
}
