package paste

import (
	"time"

	"handrail/detect"
	"handrail/detect/allow"
	"handrail/detect/policy"
	"handrail/detect/redact"
)

// Safe makes the text of Safe Paste of an attempt that was assessed. It may be
// offered only if its OK is true: then the policy, asked about the new text,
// would not nudge. The new text is the caller's to wipe. at is when this is, from
// which on the Redactor keeps the values.
func Safe(r *redact.Redactor, a Attempt, was Assessment, p *policy.Policy, learned *allow.List, at time.Time) redact.Safe {
	o := redact.Options{At: at, Own: p.Finder()}
	if learned != nil && learned.Len() > 0 {
		o.Harmless = func(f detect.Finding, value []byte) bool { return learned.Has(learned.Mark(f.Detector, value)) }
	}
	safe := r.Tokenise(a.Text.Bytes(), was.Findings, o)
	if !safe.OK || was.Partial {
		safe.OK = false
		return safe
	}
	var left []detect.Finding
	text := safe.Text.Bytes()
	for _, f := range safe.Left {
		if o.Harmless == nil || !o.Harmless(f, text[f.Start:f.End]) {
			left = append(left, f)
		}
	}
	safe.OK = p.Decide(detect.Result{Findings: left}, a.Destination).Do < policy.Nudge
	return safe
}
