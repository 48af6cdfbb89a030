package policy

import (
	"slices"
	"strings"
	"sync"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/own"
)

// Standing returns what the policy says about a destination's tool, with the
// account that is in use there. A cloud that is usually the approved way
// (Destination.AskOrganisation) counts as approved as long as the policy has no
// word on it, so that nobody is nudged away from what their organisation may
// well run itself.
func (p *Policy) Standing(d catalog.Destination) Standing {
	if t, ok := p.tool(d); ok {
		return t.Standing
	}
	if d.AskOrganisation {
		return Approved
	}
	return Unknown
}

// standings is the destination's standing for each class: unapproved for what
// its tool may not receive.
func (p *Policy) standings(d catalog.Destination) map[detect.Class]Standing {
	t, named := p.tool(d)
	standing := p.Standing(d)
	m := map[detect.Class]Standing{}
	for _, c := range detect.Classes() {
		m[c] = standing
		if named && !t.mayReceive(c) {
			m[c] = Unapproved
		}
	}
	return m
}

// takesPaste says whether people paste there at all.
func takesPaste(d catalog.Destination) bool {
	return d.Role != catalog.RoleDocs && d.Role != catalog.RoleCDN
}

// MustRead says whether any text at all could make a rule act on this
// destination. When it is false the clipboard is not read: nothing in it could
// matter. It is false for a tool that is approved for everything, and always
// when the policy is switched off.
func (p *Policy) MustRead(d catalog.Destination) bool {
	if !p.Enabled || !takesPaste(d) {
		return false
	}
	standing := p.standings(d)
	for i := range p.Rules {
		w := &p.Rules[i].When
		if !w.about(d) {
			continue
		}
		for _, c := range w.possible() {
			if slices.Contains(w.Standing, standing[c]) {
				return true
			}
		}
	}
	return false
}

// Decide returns what the policy says about what was found and where it would
// go: the strongest rule that matches, the first of those in the policy. The
// zero Do means that there is nothing to do. The decision's class is that of
// the strongest finding, its count how many things of that class the rule is
// about, and its standing the tool's as a whole: it is Approved where an
// approved tool may just not receive this class.
func (p *Policy) Decide(res detect.Result, d catalog.Destination) Decision {
	best := Decision{Standing: p.Standing(d)}
	if !p.Enabled || !takesPaste(d) {
		return best
	}
	standing := p.standings(d)
	for i := range p.Rules {
		r := &p.Rules[i]
		if r.Do <= best.Do || !r.When.about(d) {
			continue
		}
		var strongest detect.Finding
		total, ofClass := 0, map[detect.Class]int{}
		for _, f := range res.Findings {
			if !r.When.meets(f) || !slices.Contains(r.When.Standing, standing[f.Class]) {
				continue
			}
			n := max(f.Count, 1)
			total += n
			ofClass[f.Class] += n
			if total == n || stronger(f, strongest) {
				strongest = f
			}
		}
		if total == 0 || total < r.When.MinFindings {
			continue
		}
		best.Do, best.Rule, best.Because = r.Do, r.ID, r.Because.Text
		best.Class, best.Count, best.Term = strongest.Class, ofClass[strongest.Class], p.OwnName(strongest.Own)
		best.Instead, best.Redacted = p.alternative(r, res, d), p.redacted(r, res, d)
	}
	best.AskAccount = best.Do >= Nudge && p.asks(d)
	return best
}

func stronger(a, b detect.Finding) bool {
	if a.Confidence != b.Confidence {
		return a.Confidence > b.Confidence
	}
	return a.Count > b.Count
}

// about says whether the rule speaks of this destination, its standing aside.
func (w *When) about(d catalog.Destination) bool {
	return (len(w.Tools) == 0 || slices.Contains(w.Tools, d.Tool)) &&
		(len(w.Surfaces) == 0 || slices.Contains(w.Surfaces, d.Surface))
}

// meets says whether the rule speaks of this finding.
func (w *When) meets(f detect.Finding) bool {
	named := slices.Contains(w.Classes, f.Class) || slices.Contains(w.Detectors, f.Detector)
	if f.Class == detect.ClassCode && !named {
		return false // a label: most of what developers paste is code
	}
	return f.Confidence >= w.Confidence &&
		(len(w.Classes) == 0 || slices.Contains(w.Classes, f.Class)) &&
		(len(w.Detectors) == 0 || slices.Contains(w.Detectors, f.Detector))
}

// detectors is every detector; the table holds samples, so it is made once.
var detectors = sync.OnceValue(func() []detect.Detector { return append(detect.Detectors(), own.Detectors()...) })

// findable returns the detectors that can find what the rule is about.
func (w *When) findable() []detect.DetectorID {
	var ids []detect.DetectorID
	for _, d := range detectors() {
		if w.meets(detect.Finding{Detector: d.ID, Class: d.Class, Confidence: d.Confidence}) {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

// possible returns the classes of what the rule is about.
func (w *When) possible() []detect.Class {
	var cs []detect.Class
	for _, d := range detectors() {
		if w.meets(detect.Finding{Detector: d.ID, Class: d.Class, Confidence: d.Confidence}) && !slices.Contains(cs, d.Class) {
			cs = append(cs, d.Class)
		}
	}
	return cs
}

// alternative returns what a rule offers for a text: its tool, if the policy
// approves it for everything found in the text and the person isn't there
// already, else advice. A tool without an address to open is named in words, and
// so is the tool that the person is in with an account that isn't the company's.
func (p *Policy) alternative(r *Rule, res detect.Result, d catalog.Destination) Alternative {
	advice := r.Instead.Advice.Text
	t, ok := p.Tool(r.Instead.Tool)
	if ok && t.Standing == Approved && t.takes(res) && (t.ID != d.Tool || p.Standing(d) != Approved) {
		a := t.offer()
		if t.ID == d.Tool {
			return Alternative{Tool: a.Tool, Name: a.Name, Advice: p.workAccount(a.Name)}
		}
		if a.Open == "" {
			a.Advice = advice
			if advice == "" {
				a.Advice = p.use(a.Name)
			}
		}
		return a
	}
	if advice == "" {
		advice = p.ask()
	}
	return Alternative{Advice: advice}
}

// redacted returns the rule's tool if it may not receive the text, but may once
// what can be taken out is: source code, contracts and marked texts stay what
// they are. It must have an address, and not be where the person is: there, Safe
// Paste is the way.
func (p *Policy) redacted(r *Rule, res detect.Result, d catalog.Destination) Alternative {
	t, ok := p.Tool(r.Instead.Tool)
	if !ok || t.Standing != Approved || t.ID == d.Tool || t.takes(res) {
		return Alternative{}
	}
	for _, f := range res.Findings {
		if detect.IsDocument(f) && f.Confidence >= detect.Medium && !t.mayReceive(f.Class) {
			return Alternative{}
		}
	}
	a := t.offer()
	if a.Open == "" {
		return Alternative{}
	}
	a.Redacted = true
	return a
}

// offer returns what the tool is called, where it opens and what is known of
// it: the policy's words, else the catalogue's.
func (t *Tool) offer() Alternative {
	a := Alternative{Tool: t.ID, Name: t.Name, Open: t.Open, Logged: t.Record.Logged.Text, Until: t.Record.Until}
	known, _ := catalog.Default().Tool(t.ID)
	if a.Name == "" {
		a.Name = known.Name
	}
	if a.Name == "" {
		a.Name = string(t.ID)
	}
	for _, h := range known.Hosts {
		if a.Open != "" {
			break
		}
		if h.Role == catalog.RoleChat && !strings.Contains(h.Pattern, "*") {
			a.Open = "https://" + strings.TrimPrefix(h.Pattern, ".")
		}
	}
	return a
}

// takes says whether a tool may receive everything that was found with at
// least medium confidence.
func (t *Tool) takes(res detect.Result) bool {
	return !slices.ContainsFunc(res.Findings, func(f detect.Finding) bool {
		return f.Confidence >= detect.Medium && !t.mayReceive(f.Class)
	})
}
