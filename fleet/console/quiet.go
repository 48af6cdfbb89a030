package console

import (
	"handrail/agent/report"
	"handrail/fleet/query"
)

// quietView is one row about nudges that were not shown, and about reasons.
type quietView struct {
	What, Rule, Tool string
	Reports          query.Figure
}

var quietWords = map[string]string{
	report.KindBadge.String():   "Only a badge told of it",
	report.KindHeldOut.String(): "Left out, to measure",
	report.KindCause.String():   "Pasted anyway, and said why",
}

var causeWords = map[report.Cause]string{
	report.NoTime:    "It could not wait",
	report.ToolLacks: "The approved tool can’t do it",
	report.NoAccess:  "They can’t get into the approved tool",
	report.WasTold:   "They were told to",
	report.OtherWhy:  "Another reason",
}

func quietOf(q query.Quiet) quietView {
	v := quietView{What: quietWords[q.Kind], Rule: ruleName(q.Rule), Tool: toolName(q.Tool), Reports: q.Reports}
	if q.Kind == report.KindCause.String() {
		for cause, words := range causeWords {
			if cause.String() == q.Rule {
				v.Rule = words
			}
		}
	}
	return v
}
