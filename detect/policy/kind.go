package policy

import (
	"handrail/detect"
	"handrail/detect/catalog"
)

// plenty stands for more of one kind of data than any rule asks for.
const plenty = 1 << 20

// DecideKind returns what the policy says of a kind of data before there is a
// text: what Decide says of plenty of it that every detector of the class has
// found for certain.
func (p *Policy) DecideKind(c detect.Class, d catalog.Destination) Decision {
	var res detect.Result
	for _, x := range detectors() {
		if x.Class == c {
			res.Findings = append(res.Findings, detect.Finding{Detector: x.ID, Class: c, Confidence: detect.High, Count: plenty})
		}
	}
	return p.Decide(res, d)
}

// StandingFor returns the standing of a destination's tool for one kind of
// data: Unapproved where the tool may not receive it.
func (p *Policy) StandingFor(c detect.Class, d catalog.Destination) Standing {
	return p.standings(d)[c]
}

// Receivers returns the approved tools that may receive a kind of data, with
// any account of the organisation's, in the order of the policy; for ClassNone all
// that are approved for anything.
func (p *Policy) Receivers(c detect.Class) []Alternative {
	var all []Alternative
	for i := range p.Tools {
		if t := &p.Tools[i]; t.Standing == Approved && (c == detect.ClassNone || t.mayReceive(c)) {
			all = append(all, t.offer())
		}
	}
	return all
}
