// Package paste is the one place where a text, where it would go, and what the
// organisation and the person have said about it come together. All doors, the
// focus sensor, the browser and the command line, make the same Attempt and ask
// the same question:
//
//	a, err := paste.Assess(ctx, paste.Attempt{Text: clip, Destination: d, Via: paste.Focus}, policy, learned)
//	if a.Decision.Do >= policy.Nudge { ... }
//
// Nothing in an Assessment holds text, so the text can be wiped at once.
package paste

import (
	"context"

	"handrail/detect"
	"handrail/detect/allow"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/detect/secret"
)

// Via is the door by which an attempt came.
type Via uint8

// The doors.
const (
	Focus   Via = iota + 1 // an AI tool got the keyboard while the text was on the clipboard
	Browser                // the extension saw a paste
	Command                // handrail check
)

// Attempt is a text that may be about to go to an AI tool.
type Attempt struct {
	Text        *secret.Text
	Destination catalog.Destination
	Via         Via
}

// Assessment is what there is to say about an attempt.
type Assessment struct {
	// Findings are what was found and not learned to be harmless. They are
	// empty where no rule could act: then the text is not looked at.
	Findings []detect.Finding
	Decision policy.Decision
	// Partial is true when only the first detect.MaxText bytes were looked at.
	Partial bool
	// Learnable is what to add to the learned list if the person says that
	// this is not sensitive: the findings of the decision's class.
	Learnable []allow.Mark
}

// maxLearnable is how many findings one answer can call not sensitive.
const maxLearnable = 1000

// Assess scans the text, takes out what the person has called not sensitive,
// and asks the policy. learned may be nil. The text is neither kept nor wiped:
// that is its owner's duty.
// A cancelled context ends it with the context's error and no assessment.
func Assess(ctx context.Context, a Attempt, p *policy.Policy, learned *allow.List) (Assessment, error) {
	if !p.MustRead(a.Destination) {
		return Assessment{Decision: p.Decide(detect.Result{}, a.Destination)}, nil
	}
	text := a.Text.Bytes()
	res, err := detect.ScanWith(ctx, text, p.Finder())
	if err != nil {
		return Assessment{}, err
	}
	if learned != nil && learned.Len() > 0 {
		kept := res.Findings[:0]
		for _, f := range res.Findings {
			if !learned.Has(learned.Mark(f.Detector, text[f.Start:f.End])) {
				kept = append(kept, f)
			}
		}
		res.Findings = kept
	}
	out := Assessment{Findings: res.Findings, Decision: p.Decide(res, a.Destination), Partial: res.Partial}
	if learned == nil || out.Decision.Do < policy.Nudge {
		return out, nil
	}
	for _, f := range res.Findings {
		if f.Class == out.Decision.Class && len(out.Learnable) < maxLearnable {
			out.Learnable = append(out.Learnable, learned.Mark(f.Detector, text[f.Start:f.End]))
		}
	}
	return out, nil
}
