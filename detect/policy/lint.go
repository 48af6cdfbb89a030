package policy

import (
	"slices"
	"strings"

	"handrail/detect"
	"handrail/detect/catalog"
)

// MaxWords is how many words a rule's reason or advice may have: more is not
// read in the moment before a paste.
const MaxWords = 30

// maxContact is how many words say whom to tell.
const maxContact = 20

// Lint says what is unwise in a policy that parses: a rule that leaves a
// person without a way forward, names that mean nothing, rules that can never
// act. cat is the catalogue whose tools the policy speaks of.
func Lint(p *Policy, cat *catalog.Catalog) []Problem {
	l := linter{policy: p}
	for _, t := range cat.Tools() {
		l.tools = append(l.tools, t.ID)
	}
	for _, d := range detectors() {
		l.detectors = append(l.detectors, d.ID)
	}
	for i := range p.Tools {
		l.tool(&p.Tools[i])
	}
	for i := range p.Own {
		l.own(&p.Own[i])
	}
	for i := range p.Rules {
		l.words(&p.Rules[i])
		l.conditions(&p.Rules[i])
		l.way(&p.Rules[i])
	}
	for i := range p.Systems {
		l.system(&p.Systems[i])
	}
	l.quiet(&p.Quiet)
	if n := longest(p.Contact); n > maxContact {
		l.warn(p.of("contact"), "the contact takes %d words: %d is the most that is read by somebody in a hurry", n, maxContact)
	}
	l.reach()
	return l.problems.sorted()
}

type linter struct {
	policy    *Policy
	tools     []catalog.ToolID
	detectors []detect.DetectorID
	problems  Problems
}

func (l *linter) err(line int, format string, args ...any) {
	l.problems.add(Error, line, format, args...)
}

func (l *linter) warn(line int, format string, args ...any) {
	l.problems.add(Warning, line, format, args...)
}

// tool checks a tool. One that isn't in the catalogue is the organisation's
// own: never a destination, but it can be offered.
func (l *linter) tool(t *Tool) {
	switch {
	case slices.Contains(l.tools, t.ID):
	case t.Standing != Approved:
		l.err(t.of("id"), "the catalogue has no AI tool %q: %s", t.ID, didYouMean(string(t.ID), l.tools))
	case t.Name == "" || t.Open == "":
		l.err(t.of("id"), "the catalogue has no AI tool %q, and one of your own needs name and open: %s", t.ID, didYouMean(string(t.ID), l.tools))
	default:
		for _, known := range l.tools {
			if edits(string(t.ID), string(known)) == 1 {
				l.warn(t.of("id"), "%q is taken for a tool of your own, and the catalogue has %q: is it that?", t.ID, known)
			}
		}
	}
	if len(t.Tenants) > 0 && catalog.ResolverFor(t.ID) == "" {
		l.warn(t.of("tenants"), "Handrail can't see whose account is in use at %q: it is always unclear there, which means %s", t.ID, t.Unclear)
	}
	l.record(t)
}

func (l *linter) words(r *Rule) {
	if r.Because.Text == "" {
		l.err(r.line, "rule %q has no because: say in one sentence why", r.ID)
	}
	if n := longest(r.Because); n > MaxWords {
		l.err(r.of("because"), "the reason of rule %q has %d words: %d is the most that is read before a paste", r.ID, n, MaxWords)
	}
	if n := longest(r.Instead.Advice); n > MaxWords {
		l.err(r.Instead.of("advice"), "the advice of rule %q has %d words: %d is the most that is read before a paste", r.ID, n, MaxWords)
	}
}

// longest returns how many words a sentence has, in the language that takes most.
func longest(w Words) (n int) {
	for _, s := range w.all() {
		n = max(n, len(strings.Fields(s)))
	}
	return n
}

func (l *linter) conditions(r *Rule) {
	w := &r.When
	for _, d := range w.Detectors {
		if !slices.Contains(l.detectors, d) {
			l.err(w.of("detectors"), "there is no detector %q: %s", d, didYouMean(string(d), l.detectors))
		}
	}
	for _, t := range w.Tools {
		if _, own := l.policy.Tool(t); !own && t != catalog.Other && !slices.Contains(l.tools, t) {
			l.err(w.of("tools"), "the catalogue has no AI tool %q: %s", t, didYouMean(string(t), l.tools))
		}
	}
	known := func(d detect.DetectorID) bool { return slices.Contains(l.detectors, d) }
	if len(w.findable()) == 0 && !slices.ContainsFunc(w.Detectors, func(d detect.DetectorID) bool { return !known(d) }) {
		l.err(w.line, "rule %q can never act: no detector finds what classes, detectors and confidence ask for together", r.ID)
		return
	}
	if len(w.Tools) > 0 && !slices.ContainsFunc(w.Tools, func(t catalog.ToolID) bool { return l.concerns(w, t) }) {
		l.warn(w.of("tools"), "rule %q can never act: what its tools may receive, or their standing, leaves it nothing to say", r.ID)
	}
}

// concerns says whether a rule can act on a tool.
func (l *linter) concerns(w *When, id catalog.ToolID) bool {
	for _, d := range l.policy.Accounts(catalog.Destination{Tool: id}) {
		standing := l.policy.standings(d)
		if slices.ContainsFunc(w.possible(), func(c detect.Class) bool { return slices.Contains(w.Standing, standing[c]) }) {
			return true
		}
	}
	return false
}

// way checks that the rule offers a way forward that is one.
func (l *linter) way(r *Rule) {
	in := &r.Instead
	if in.Tool == "" {
		if in.Advice.Text == "" {
			l.err(r.line, "rule %q has no alternative: say under instead which approved tool to use, or give advice", r.ID)
		}
		return
	}
	line := in.of("tool")
	t, ok := l.policy.Tool(in.Tool)
	if !ok {
		var approved []catalog.ToolID
		for _, t := range l.policy.Tools {
			if t.Standing == Approved {
				approved = append(approved, t.ID)
			}
		}
		if len(approved) == 0 {
			l.err(line, "rule %q offers %q, and the policy approves no tool: list it under tools, or give advice", r.ID, in.Tool)
			return
		}
		l.err(line, "rule %q offers %q, which is not under tools: %s", r.ID, in.Tool, didYouMean(string(in.Tool), approved))
		return
	}
	if t.Standing != Approved {
		l.err(line, "rule %q offers %q, which is %s and not approved", r.ID, t.ID, t.Standing)
		return
	}
	if slices.Equal(r.When.Tools, []catalog.ToolID{t.ID}) && len(t.Tenants) == 0 {
		l.err(line, "rule %q offers the tool it is about: give advice", r.ID)
		return
	}
	if in.Advice.Text != "" {
		return // what the tool may not receive gets the advice
	}
	var refused []string
	for _, c := range r.When.possible() {
		if !t.mayReceive(c) {
			refused = append(refused, c.String())
		}
	}
	if len(refused) > 0 {
		l.err(line, "rule %q offers %q, which may not receive %s: name those classes in another rule, or add advice for them", r.ID, t.ID, strings.Join(refused, ", "))
	}
}

// reach looks for what the rules leave out, and for rules that others hide.
func (l *linter) reach() {
	p := l.policy
	if !p.Enabled {
		return
	}
	if len(p.Rules) == 0 {
		l.warn(p.of("rules"), "the policy has no rules, so nothing is ever said")
		return
	}
	if !slices.ContainsFunc(p.Rules, func(r Rule) bool {
		return slices.Contains(r.When.Standing, Unknown) && (len(r.When.Tools) == 0 || slices.Contains(r.When.Tools, catalog.Other))
	}) {
		l.warn(p.of("rules"), "no rule is about unknown AI tools, those that are not under tools: add one with standing: [unknown]")
	}
	for i := range p.Rules {
		for j := range p.Rules {
			a, b := &p.Rules[j], &p.Rules[i]
			wins := a.Do > b.Do || a.Do == b.Do && j < i
			if i != j && wins && a.When.covers(&b.When) {
				l.warn(b.line, "rule %q can never act: whenever it could, rule %q on line %d wins, which is %s", b.ID, a.ID, a.line, why(a, b))
				break
			}
		}
	}
}

func why(a, b *Rule) string {
	if a.Do > b.Do {
		return "stronger"
	}
	return "as strong and comes first"
}

// covers says whether a matches whenever b does.
func (a *When) covers(b *When) bool {
	return a.MinFindings <= b.MinFindings && a.Confidence <= b.Confidence &&
		subset(b.findable(), a.findable()) && subset(b.Standing, a.Standing) &&
		(len(a.Tools) == 0 || len(b.Tools) > 0 && subset(b.Tools, a.Tools)) &&
		(len(a.Surfaces) == 0 || len(b.Surfaces) > 0 && subset(b.Surfaces, a.Surfaces)) &&
		len(b.findable()) > 0
}

func subset[T comparable](sub, of []T) bool {
	return !slices.ContainsFunc(sub, func(x T) bool { return !slices.Contains(of, x) })
}
