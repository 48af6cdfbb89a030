package query

import (
	"cmp"
	"slices"

	"handrail/agent/report"
	"handrail/fleet/aggregate"
)

// Quiet is how many reports say something about nudges that is no answer: that
// only a badge told of one, that one was left out to measure whether nudges
// help, or why somebody pasted it anyway.
type Quiet struct {
	Kind string // report.KindBadge, KindHeldOut or KindCause
	// Rule is the rule's id, of KindCause the name of a report.Cause.
	Rule, Tool string
	Reports    Figure
}

// quietRows are the rows of those kinds, each for itself.
func quietRows(cells []aggregate.Cell) (rows []Quiet) {
	kinds := []string{report.KindBadge.String(), report.KindHeldOut.String(), report.KindCause.String()}
	for _, c := range cells {
		if slices.Contains(kinds, c.Kind) {
			rows = append(rows, Quiet{Kind: c.Kind, Rule: c.Rule, Tool: c.Tool, Reports: figureOf(c, true)})
		}
	}
	slices.SortStableFunc(rows, func(a, b Quiet) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			cmp.Compare(b.Reports.Count, a.Reports.Count), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Tool, b.Tool))
	})
	return rows
}
