package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"handrail/agent/report"
	"handrail/detect"
	"handrail/fleet/store"
)

// ToolRequest is everything that was asked about one tool, merged.
type ToolRequest struct {
	store.Subject
	// Since is the day of the oldest request, and Due the day by which it is to
	// be answered; Late says that this day has passed without an answer.
	Since, Due string
	Late       bool
	// Requests is how many there are, hidden below the fewest that are shown.
	// That there is one can't be hidden from who has to answer it.
	Requests Figure
	// What the requests say, in all, each once, without how often.
	Tasks  []report.Task
	Kinds  []detect.Class
	Lacked []report.Lack
	Answer report.AnswerReply
}

// Requests returns what is asked for: first what waits, the oldest first, then
// what is decided, the newest first.
func (q *Queries) Requests(ctx context.Context, now time.Time) ([]ToolRequest, error) {
	asked, err := q.store.Requests(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading requests: %w", err)
	}
	decided, err := q.store.Decisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading decisions: %w", err)
	}
	today := now.UTC().Format(dayFormat)
	by := map[store.Subject]*ToolRequest{}
	counts := map[store.Subject]int{}
	for _, r := range asked {
		x := by[r.Subject()]
		if x == nil {
			x = &ToolRequest{Subject: r.Subject(), Since: r.Asked, Answer: report.AnswerReply{State: report.Waiting}}
			if a, ok := decided[x.Subject]; ok {
				x.Answer = a
			}
			by[x.Subject] = x
		}
		counts[x.Subject]++
		x.Since = min(x.Since, r.Asked)
		x.Tasks = append(x.Tasks, r.Task)
		x.Kinds = append(x.Kinds, r.Kind)
		x.Lacked = append(x.Lacked, r.Lacked...)
	}
	all := make([]ToolRequest, 0, len(by))
	for s, x := range by {
		x.Due = report.AnswerDue(x.Since)
		x.Late = x.Answer.State == report.Waiting && today > x.Due
		x.Requests = hidden
		if n := counts[s]; n >= q.opts.K {
			x.Requests = Figure{Count: n}
		}
		x.Tasks, x.Kinds, x.Lacked = once(x.Tasks), once(x.Kinds), once(x.Lacked)
		all = append(all, *x)
	}
	slices.SortFunc(all, func(a, b ToolRequest) int {
		aw, bw := a.Answer.State == report.Waiting, b.Answer.State == report.Waiting
		switch {
		case aw && !bw:
			return -1
		case bw && !aw:
			return 1
		case aw:
			return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.String(), b.String()))
		}
		return cmp.Or(cmp.Compare(b.Answer.Decided, a.Answer.Decided), cmp.Compare(a.String(), b.String()))
	})
	return all, nil
}

// once sorts a list by what it lists, and leaves each value once.
func once[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}
