// Package ask answers "am I allowed?": may this kind of data go into that AI
// tool, and what else is there. It works on the policy and the catalogue that
// are on the laptop already, so it needs no network, and it keeps nothing: what
// somebody asks is in no file and no log.
//
//	answers := ask.New(policy, catalogue, hostname.Public).Ask("customer list in chatgpt")
//
// It never says yes when it is not sure. A tool that the policy does not name,
// a cloud that the organisation may or may not run, and a question with a word
// that it does not know all end in Undecided, with the way to find out.
package ask

import (
	"fmt"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// MaxQuestion is how long a question may be, in bytes; what is beyond is not
// read.
const MaxQuestion = 200

// MaxAnswers is how many answers a question gets at most.
const MaxAnswers = 6

// Verdict is the answer in one word.
type Verdict uint8

// The verdicts.
const (
	Undecided Verdict = iota + 1 // nobody has decided it, or the question is not clear
	Yes
	Limited // yes, but only for what the answer names
	No
)

var verdictNames = [...]string{"", "undecided", "yes", "limited", "no"}

// String returns the verdict's name in JSON.
func (v Verdict) String() string { return nameOf(verdictNames[:], v) }

// MarshalText implements encoding.TextMarshaler.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (v *Verdict) UnmarshalText(b []byte) (err error) {
	*v, err = valueOf[Verdict](verdictNames[:], b)
	return err
}

// Why is the closed list of reasons for a verdict.
type Why uint8

// The reasons.
const (
	ToolApproved      Why = iota + 1 // Yes, Limited
	ToolOnTrial                      // Limited, Undecided
	ToolUnapproved                   // No
	KindNotForTool                   // No, Undecided: the tool is approved, and not for this
	NobodyDecided                    // No by a rule for all such tools, Undecided without one
	OwnCloud                         // Undecided: the organisation may well run it itself
	KindHasTools                     // Limited: only in the tools that are named
	KindHasNone                      // No, Undecided: no approved tool may receive it
	SomeWordsUnknown                 // Undecided: the question holds more than was understood
	NothingUnderstood                // Undecided
	SwitchedOff                      // Undecided: the policy switches everything off
)

var whyNames = [...]string{"", "tool_approved", "tool_on_trial", "tool_unapproved", "kind_not_for_tool", "nobody_decided",
	"own_cloud", "kind_has_tools", "kind_has_none", "some_words_unknown", "nothing_understood", "switched_off"}

// String returns the reason's name in JSON.
func (w Why) String() string { return nameOf(whyNames[:], w) }

// MarshalText implements encoding.TextMarshaler.
func (w Why) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (w *Why) UnmarshalText(b []byte) (err error) {
	*w, err = valueOf[Why](whyNames[:], b)
	return err
}

// Answer is the answer about one tool, one kind of data, or both.
type Answer struct {
	Verdict Verdict `json:"verdict"`
	Why     Why     `json:"why"`
	// Tool is the tool that the answer is about, with its name and public host:
	// the catalogue's id, the policy's own, or "" with only Host for an address
	// that neither knows. All are "" where the question names no tool.
	Tool catalog.ToolID `json:"tool,omitempty"`
	Name string         `json:"name,omitempty"`
	Host string         `json:"host,omitempty"`
	// Kind is the kind of data, ClassNone where the question names none. Term is
	// the policy's own name for it, if that was asked for.
	Kind detect.Class `json:"kind,omitzero"`
	Term string       `json:"term,omitempty"`
	Role Role         `json:"role,omitzero"` // whose daily work brought Kind in
	// Because is the policy's own sentence about it, "" if no rule speaks.
	Because string `json:"because,omitempty"`
	// Receives is what the tool may receive, where the question names no kind and
	// the tool may not receive everything.
	Receives []detect.Class `json:"receives,omitempty"`
	// Accounts are the workspaces that the tool is approved with: no other
	// account is meant.
	Accounts []string `json:"accounts,omitempty"`
	// Logged and Until are what the policy has on record of a tool that may be
	// used: how what is pasted there is kept, and the last day of the decision.
	Logged string      `json:"logged,omitempty"`
	Until  policy.Date `json:"until,omitempty"`
	// Instead are the approved tools to use, the rule's own first; Advice is the
	// policy's advice where there is none.
	Instead []Way  `json:"instead,omitempty"`
	Advice  string `json:"advice,omitempty"`
	// Unknown are words of the question that were not understood.
	Unknown []string `json:"unknown,omitempty"`
}

// Requestable says whether the tool is one to ask the organisation for.
func (x Answer) Requestable() bool {
	return x.Name != "" && (x.Why == ToolUnapproved || x.Why == NobodyDecided || x.Why == KindNotForTool)
}

// Way is an approved tool.
type Way struct {
	Tool catalog.ToolID `json:"tool"`
	Name string         `json:"name"`
	Open string         `json:"open,omitempty"` // https address
}

// Asker answers questions under one policy. It never changes, so any number of
// goroutines may use one.
type Asker struct {
	policy  *policy.Policy
	catalog *catalog.Catalog
	words   *index
}

// New prepares the answers under a policy. It takes a few milliseconds. public
// returns the registered name of a public host, and false for anything else:
// agent/hostname's Public does. It comes from outside because the list that it
// needs brings the network's packages with it.
func New(p *policy.Policy, c *catalog.Catalog, public func(host string) (string, bool)) *Asker {
	return &Asker{policy: p, catalog: c, words: newIndex(p, c, public)}
}

// Ask answers a question in a person's own words. There is always at least one
// answer; where the question may mean several tools there is one for each.
func (a *Asker) Ask(question string) []Answer {
	q := a.words.read(question[:min(len(question), MaxQuestion)], a.catalog)
	kinds := q.kinds
	for _, r := range q.roles {
		for _, c := range roleKinds[r] {
			kinds = append(kinds, kind{class: c, role: r})
		}
	}
	var all []Answer
	add := func(x Answer) {
		if len(all) < MaxAnswers {
			all = append(all, a.unsure(x, q.unknown))
		}
	}
	switch {
	case len(q.tools) == 0 && len(kinds) == 0:
		return []Answer{a.unsure(Answer{Verdict: Undecided, Why: NothingUnderstood, Instead: a.anyTool()}, q.unknown)}
	case len(q.tools) == 0:
		for _, k := range kinds {
			add(a.kindOnly(k))
		}
	case len(kinds) == 0:
		for _, t := range q.tools {
			add(a.toolOnly(t))
		}
	default:
		for _, t := range q.tools {
			for _, k := range kinds {
				add(a.both(t, k))
			}
		}
	}
	return all
}

// unsure takes back a yes to a question that holds more than was understood:
// the word that is missing may be the one that matters.
func (a *Asker) unsure(x Answer, unknown []string) Answer {
	x.Unknown = unknown
	if !a.policy.Enabled {
		x.Verdict, x.Why, x.Because, x.Advice = Undecided, SwitchedOff, "", ""
	} else if len(unknown) > 0 && (x.Verdict == Yes || x.Verdict == Limited) {
		x.Verdict, x.Why = Undecided, SomeWordsUnknown
	}
	if t, ok := a.policy.Tool(x.Tool); ok && (x.Verdict == Yes || x.Verdict == Limited) {
		x.Logged, x.Until = t.Record.Logged.Text, t.Record.Until
	}
	return x
}

// anyTool returns the approved tools.
func (a *Asker) anyTool() []Way {
	var ways []Way
	for _, t := range a.policy.Receivers(detect.ClassNone) {
		ways = append(ways, Way{t.Tool, t.Name, t.Open})
	}
	return ways
}

func nameOf[T ~uint8](names []string, v T) string {
	if int(v) < len(names) {
		return names[v]
	}
	return ""
}

func valueOf[T ~uint8](names []string, b []byte) (T, error) {
	for i, n := range names {
		if i > 0 && n == string(b) {
			return T(i), nil
		}
	}
	return 0, fmt.Errorf("a value is not in its list")
}
