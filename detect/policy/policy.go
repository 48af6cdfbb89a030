// Package policy holds an organisation's rules: which AI tools are approved,
// and what happens when something sensitive is about to go to one that is not.
//
//	p, err := policy.Parse(file)   // or policy.Default()
//	if p.MustRead(destination) {   // could anything in the clipboard matter?
//		d := p.Decide(detect.Scan(text), destination)
//	}
//
// Policies are YAML with a published JSON Schema (see Schema, and Example for
// one to start from). Parse is strict: an unknown key is an error that names
// its line and the nearest valid key. Lint says what is unwise in a policy that
// parses. Decide is pure.
//
// A tool may be approved with the organisation's own accounts only (tenants).
// What a page shows of the account comes in by WithAccount, and the person's
// answer to "is this your work account?" by WithAnswer.
package policy

import (
	"fmt"
	"slices"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/own"
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

// Policy is one organisation's rules. Policies come from Parse or Default and
// are not changed afterwards.
type Policy struct {
	Version      int    `yaml:"version"`      // the format's, always 1
	Serial       int    `yaml:"serial"`       // the organisation counts its revisions here
	Organisation string `yaml:"organisation"` // its name for people, "" if not said
	// Enabled is the one line that switches everything off when it is false:
	// nothing is read, decided or shown. It is true when the line is missing.
	Enabled bool   `yaml:"enabled"`
	Tools   []Tool `yaml:"tools"`
	Own     []Own  `yaml:"own"`
	Rules   []Rule `yaml:"rules"`
	// Connectors is what it says about MCP servers and extensions.
	Connectors []Connector `yaml:"connectors"`
	// Quiet is how seldom nudges may interrupt.
	Quiet Quiet `yaml:"quiet"`
	// SafePaste is how long what it takes out of texts is kept.
	SafePaste SafePaste `yaml:"safe_paste"`
	// Contact says whom staff tell when a key went where it should not, "" if it
	// names nobody.
	Contact Words `yaml:"contact"`
	// Pulse is false where the organisation has switched the weekly question
	// off, of how work with AI goes. Nothing switches it on for a person who has
	// switched it off. It is true when the line is missing.
	Pulse bool `yaml:"pulse"`
	// Systems are where an AI's answer that is wrong hurts somebody.
	Systems []System `yaml:"systems"`

	position
	source []byte
	speech Speech   // see Speak
	finder *own.Set // of Own; nil if there is none
}

// Tool is what the organisation says about one AI tool.
type Tool struct {
	ID       catalog.ToolID `yaml:"id"` // the catalogue's, or the organisation's own for a tool of its own
	Standing Standing       `yaml:"standing"`
	Name     string         `yaml:"name"` // for people; "" takes the catalogue's
	Open     string         `yaml:"open"` // https address that opens it; "" takes the catalogue's
	// Receives is what may be pasted into an approved tool or one on trial.
	// Towards such a tool, any other class is treated as if the tool were
	// unapproved. Without the line (nil) an approved tool may receive every
	// class, and one on trial none.
	Receives []detect.Class `yaml:"receives"`
	// Tenants are the organisation's own workspaces or domains. With them the
	// standing holds only for an account of one of these; for any other it is
	// ElseStanding, and Unclear says what holds where the account can't be told.
	Tenants      []string `yaml:"tenants"`
	ElseStanding Standing `yaml:"else_standing"` // unapproved if not given, or trial
	Unclear      Unclear  `yaml:"unclear"`       // ask if not given
	Record       Record   `yaml:"record"`

	position
}

// preset is what holds for the lines that a tool leaves out.
func (t *Tool) preset() { t.ElseStanding = Unapproved }

// mayReceive says whether text of class c may go to the tool.
func (t *Tool) mayReceive(c detect.Class) bool {
	switch {
	case t.Standing == Approved && t.Receives == nil:
		return true
	case t.Standing == Approved, t.Standing == Trial:
		return slices.Contains(t.Receives, c)
	}
	return false
}

// Own is something that the organisation itself calls sensitive: words, a
// pattern, a label of its own, or names held as keyed digests. See package own
// for what each may be. It is for what belongs to the organisation, not for
// watching people: Lint warns where an entry sounds like that, and staff are
// shown all entries by name.
type Own struct {
	Name       string            `yaml:"name"`
	Words      []string          `yaml:"words"`
	Pattern    Expression        `yaml:"pattern"`
	Literal    Expression        `yaml:"literal"` // text that every match holds; the pattern's longest if not given
	Label      bool              `yaml:"label"`   // a classification label: the class is marking
	Confidence detect.Confidence `yaml:"confidence"`
	Key        Base64            `yaml:"key"`   // of the dictionary
	Names      Base64            `yaml:"names"` // the dictionary: one own.Digest after the other

	position
}

// preset is what holds for the lines that an entry leaves out.
func (o *Own) preset() { o.Confidence = detect.High }

func (o *Own) entry() own.Entry {
	return own.Entry{Name: o.Name, Label: o.Label, Confidence: o.Confidence, Words: o.Words,
		Pattern: string(o.Pattern), Literal: string(o.Literal), Key: o.Key, Digests: o.Names}
}

// Expression is a regular expression of Go's regexp package, or a part of one.
type Expression string

// Base64 is bytes that the file holds in base64.
type Base64 []byte

// Finder finds what the organisation itself calls sensitive, for
// detect.ScanWith. It is nil if there is no such thing.
func (p *Policy) Finder() detect.Finder {
	if p.finder == nil || !p.Enabled {
		return nil
	}
	return p.finder
}

// OwnName returns what the organisation calls an entry of its own list, by
// Finding.Own; it is empty for 0.
func (p *Policy) OwnName(n int) string {
	if n < 1 || n > len(p.Own) {
		return ""
	}
	return p.Own[n-1].Name
}

// Rule says what happens when something sensitive is about to go somewhere.
type Rule struct {
	ID      RuleID  `yaml:"id"`
	When    When    `yaml:"when"`
	Do      Do      `yaml:"do"`
	Because Words   `yaml:"because"` // the reason for the person, 30 words at most
	Instead Instead `yaml:"instead"` // the way forward, which every rule needs

	position
}

// preset is what holds for the lines that a rule leaves out.
func (r *Rule) preset() {
	r.When = When{MinFindings: 1, Confidence: detect.Medium, Standing: []Standing{Unapproved, Unknown}}
}

// When is what a rule is about. An empty list means any; a list means one of.
// Source code is a label, and only meant where its class or detector is named.
// A finding must meet all conditions that are given.
type When struct {
	Classes     []detect.Class      `yaml:"classes"`
	Detectors   []detect.DetectorID `yaml:"detectors"`
	MinFindings int                 `yaml:"min_findings"` // how many things, counted by Finding.Count; 1 if not given
	Confidence  detect.Confidence   `yaml:"confidence"`   // at least; medium if not given
	// Standing is the tool's, for the finding's class: see Tool.Receives.
	// Unapproved and unknown if not given. Approved cannot be named: what an
	// approved tool may receive is nobody's concern.
	Standing []Standing        `yaml:"standing"`
	Tools    []catalog.ToolID  `yaml:"tools"`
	Surfaces []catalog.Surface `yaml:"surfaces"`

	position
}

// Instead is a rule's way forward: an approved tool, or advice in words. With
// both, the advice is for texts that the tool may not receive either.
type Instead struct {
	Tool   catalog.ToolID `yaml:"tool"`
	Advice Words          `yaml:"advice"`

	position
}

// Source returns the exact bytes the policy was parsed from, which are what is
// signed and compared. The caller must not change them.
func (p *Policy) Source() []byte { return p.source }

// Tool returns what the policy says about one tool.
func (p *Policy) Tool(id catalog.ToolID) (Tool, bool) {
	for _, t := range p.Tools {
		if t.ID == id {
			return t, true
		}
	}
	return Tool{}, false
}

// Decision is what a policy says about one text and one destination.
type Decision struct {
	Do   Do
	Rule RuleID
	// Class and Count describe the strongest finding that the rule matched, and
	// how many things of its class.
	Class detect.Class
	Count int
	// Term is the policy's own name for that finding, if it has one.
	Term string
	// Because is the rule's sentence for the person.
	Because string
	// Instead is the way forward for the text as it is.
	Instead Alternative
	// Redacted is the approved tool that the rule names where it may not receive
	// the text as it is, but may once the sensitive parts are taken out; else
	// zero. See Way.
	Redacted Alternative
	// Standing is the destination's.
	Standing Standing
	// AskAccount says that the account can't be told and makes the difference:
	// the nudge asks "is this your work account?", and Policy.WithAnswer takes
	// the answer.
	AskAccount bool
}

// Way returns the way forward. redacted says that a text that is safe takes the
// place of this one when a tool opens: then a tool that may not receive this one
// can be offered, where nothing else opens.
func (d Decision) Way(redacted bool) Alternative {
	if redacted && d.Instead.Open == "" && d.Redacted.Open != "" {
		return d.Redacted
	}
	return d.Instead
}

// Alternative is the way forward that every decision offers: a tool that opens,
// or advice in words. A tool without an address comes with advice.
type Alternative struct {
	Tool   catalog.ToolID
	Name   string // the tool's name for people
	Open   string // the https address that opens it
	Advice string // in words, where there is nothing to open
	// Redacted is true where the tool may have the text only with the sensitive
	// parts taken out: it may open with that on the clipboard, and not else.
	Redacted bool
	// Logged and Until are the tool's record, "" where the policy has none.
	Logged string
	Until  Date
}
