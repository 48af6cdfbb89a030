package session

import (
	"context"

	"handrail/agent/hostname"
	"handrail/detect/ask"
	"handrail/detect/policy"
)

// allowed is what the panel's page answers to "am I allowed?". The question is not
// kept at all, the answers only while the panel is open; neither is in a file or
// a log.
type allowed struct {
	asker   *ask.Asker
	under   *policy.Policy // the policy that the asker is of
	answers []ask.Answer
}

// askAllowed answers what stands in the panel's search field, at once: nothing is
// looked up for it.
func (e *engine) askAllowed(_ context.Context, _ uint32, question string) error {
	e.allowed.answers = nil
	if question != "" {
		if e.allowed.under != e.policy {
			e.allowed.asker, e.allowed.under = ask.New(e.policy, e.Catalog, hostname.Public), e.policy
		}
		e.allowed.answers = e.allowed.asker.Ask(question)
	}
	e.tellPanel(e.panel.told)
	return nil
}

// openWay opens one of the approved tools that the answers name, counted over
// all of them from 1.
func (e *engine) openWay(ctx context.Context, item uint32) error {
	n := uint32(0)
	for _, x := range e.allowed.answers {
		for _, w := range x.Instead {
			if n++; n == item && w.Open != "" {
				e.start("open", func() { e.open(ctx, w.Open) })
				return nil
			}
		}
	}
	return errNoItem
}
