package query

import (
	"cmp"
	"slices"
	"time"

	"handrail/agent/report"
	"handrail/fleet/aggregate"
	"handrail/fleet/store"
)

// Figure is how many reports say something, or that this is hidden. Zero is
// never shown: that nobody did something is as telling as that somebody did,
// so both are hidden alike.
type Figure struct {
	Count  int // 0 if hidden
	Hidden bool
}

var hidden = Figure{Hidden: true}

// figureOf returns what may be shown of a cell; ok is false where there is none.
func figureOf(c aggregate.Cell, ok bool) Figure {
	if !ok || c.Hidden || c.Count <= 0 {
		return hidden
	}
	return Figure{Count: c.Count}
}

// Silence is why there are no figures.
type Silence int

// The reasons.
const (
	Speaks        Silence = iota // there are figures
	NoDevices                    // nobody has enrolled
	TooFewDevices                // fewer than aggregate.MinActive devices are active
	NothingClosed                // no batch has been published yet
)

// Figures are those of the newest published batch.
type Figures struct {
	Why     Silence
	Batch   report.Batch // the published one, or with NothingClosed the one being gathered
	Opens   time.Time    // with NothingClosed: when the gathered one closes
	Reports int
	Active  int // devices that were active when the batch closed, or are now if none has
	Nudges  []Nudge
	Uses    []Use
	Quiet   []Quiet
	// Pulses are about kinds of work, Checks about stakes.
	Pulses []Asked
	Checks []Asked
}

// Nudge is one rule and tool: how many reports say that a nudge was shown, and
// how many of them say each answer. A report can say several answers.
type Nudge struct {
	Rule, Tool string
	// Class and Surface are "" where the row is about all of them.
	Class, Surface string
	Shown          Figure
	Answers        []Figure // in the order of report.Answers
}

// Switched returns how many reports say that the approved tool was opened.
func (n Nudge) Switched() Figure { return n.Answers[report.Switched-1] }

// Use is how many reports say that an AI tool was in use.
type Use struct {
	Tool, Surface string
	Reports       Figure
}

// Asked is a question about one kind of work or one stake, and how many reports
// give each answer. Those of a pulse add up to Reports, where they are shown.
type Asked struct {
	About    string // a report.Task or report.Stake
	Question report.Question
	Reports  Figure
	Answers  []Figure // in the order of Question.Answers
}

func (q *Queries) figures(published []store.Published, t Totals, now time.Time) Figures {
	if len(published) == 0 {
		gathered := report.BatchOf(now, q.opts.Batch)
		f := Figures{Why: NothingClosed, Active: t.Active, Batch: gathered, Opens: gathered.End.Add(q.opts.Grace)}
		switch {
		case t.Total == 0:
			f.Why = NoDevices
		case t.Active < aggregate.MinActive:
			f.Why = TooFewDevices
		}
		return f
	}
	p := published[0]
	f := Figures{Reports: p.Reports, Active: p.Active}
	if b, err := report.ParseBatch(p.Batch); err == nil {
		f.Batch = b
	} else {
		f.Batch.ID = p.Batch
	}
	if q.reports(p).Hidden {
		f.Why = TooFewDevices
		return f
	}
	f.Nudges, f.Uses = rows(p.Cells)
	f.Pulses, f.Checks = asked(p.Cells)
	f.Quiet = quietRows(p.Cells)
	return f
}

// rows turns cells into table rows. Nothing is summed: a report can be in
// several cells, and a sum could give a hidden one away.
func rows(cells []aggregate.Cell) ([]Nudge, []Use) {
	type key struct{ rule, tool, class, surface string }
	byKey := map[key]int{}
	var nudges []Nudge
	var uses []Use
	for _, c := range cells {
		if c.Kind == report.KindUse.String() {
			uses = append(uses, Use{Tool: c.Tool, Surface: c.Surface, Reports: figureOf(c, true)})
			continue
		}
		if c.Kind != report.KindNudge.String() {
			continue
		}
		k := key{c.Rule, c.Tool, c.Class, c.Surface}
		i, ok := byKey[k]
		if !ok {
			i = len(nudges)
			byKey[k] = i
			n := Nudge{Rule: c.Rule, Tool: c.Tool, Class: c.Class, Surface: c.Surface, Shown: hidden}
			for range report.Answers() {
				n.Answers = append(n.Answers, hidden)
			}
			nudges = append(nudges, n)
		}
		if c.Answer == "" {
			nudges[i].Shown = figureOf(c, true)
			continue
		}
		for a, answer := range report.Answers() {
			if answer.String() == c.Answer {
				nudges[i].Answers[a] = figureOf(c, true)
			}
		}
	}
	slices.SortStableFunc(nudges, func(a, b Nudge) int {
		return cmp.Or(cmp.Compare(b.Shown.Count, a.Shown.Count), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Tool, b.Tool),
			cmp.Compare(a.Class, b.Class), cmp.Compare(a.Surface, b.Surface))
	})
	slices.SortStableFunc(uses, func(a, b Use) int {
		return cmp.Or(cmp.Compare(b.Reports.Count, a.Reports.Count), cmp.Compare(a.Tool, b.Tool), cmp.Compare(a.Surface, b.Surface))
	})
	return nudges, uses
}

// asked turns cells into the rows of questions, in the order of their cells.
func asked(cells []aggregate.Cell) (pulses, checks []Asked) {
	for _, c := range cells {
		all := &pulses
		switch c.Kind {
		case report.KindPulse.String():
		case report.KindCheck.String():
			all = &checks
		default:
			continue
		}
		if said, ok := saidOf(c.Answer); ok {
			if n := len(*all); n > 0 && (*all)[n-1].About == c.Rule && (*all)[n-1].Question == said.Question() {
				row := &(*all)[n-1]
				row.Answers[slices.Index(said.Question().Answers(), said)] = figureOf(c, true)
			}
			continue
		}
		row := Asked{About: c.Rule, Question: report.AskedPerson, Reports: figureOf(c, true)}
		for _, q := range report.Questions() {
			if q.String() == c.Answer {
				row.Question = q
			}
		}
		for range row.Question.Answers() {
			row.Answers = append(row.Answers, hidden)
		}
		*all = append(*all, row)
	}
	return pulses, checks
}

func saidOf(name string) (report.Said, bool) {
	var s report.Said
	err := s.UnmarshalText([]byte(name))
	return s, err == nil
}

// BatchState is how far a batch is.
type BatchState int

// The states.
const (
	Gathering BatchState = iota + 1 // its time is running
	Closing                         // its time is over; late reports are still taken
	Published                       // its figures stand and never change
)

// Batch is one batch. How many reports an open one holds is not asked.
type Batch struct {
	Batch   report.Batch
	State   BatchState
	Reports Figure // of a published one; hidden if there were too few
}

// reports is how many reports a published batch had. Whoever closed it has
// looked at the thresholds; this looks again.
func (q *Queries) reports(p store.Published) Figure {
	if p.Active < aggregate.MinActive || p.Reports < q.opts.K {
		return hidden
	}
	return Figure{Count: p.Reports}
}

func (q *Queries) batches(published []store.Published, now time.Time) []Batch {
	b := report.BatchOf(now, q.opts.Batch)
	all := []Batch{{Batch: b, State: Gathering}}
	for before := b.Before(); now.Before(before.End.Add(q.opts.Grace)); before = before.Before() {
		all = append(all, Batch{Batch: before, State: Closing})
		if len(all) > batchesShown { // a grace of many batches, in demos
			break
		}
	}
	for _, p := range published {
		b, err := report.ParseBatch(p.Batch)
		if err != nil {
			b.ID = p.Batch
		}
		all = slices.DeleteFunc(all, func(x Batch) bool { return x.Batch.ID == b.ID })
		all = append(all, Batch{Batch: b, State: Published, Reports: q.reports(p)})
	}
	return all
}
