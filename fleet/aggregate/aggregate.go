// Package aggregate turns the reports of one closed batch into the figures
// that may be shown, or says that there are none. It is pure: no clock, no
// disk, no randomness. What it hides it does not return.
//
// A figure counts reports, so people, never events: each report adds at most
// one to a cell, however often something happened on that laptop.
//
//	r := aggregate.Close(bodies, active, aggregate.DefaultK, 0)
//	if r.Verdict == aggregate.Publish { ... r.Cells ... }
package aggregate

import (
	"cmp"
	"slices"

	"handrail/agent/report"
)

const (
	// DefaultK is how many people at least stand behind a figure, and behind
	// its complement.
	DefaultK = 10
	// FloorK is the lowest k that can be configured.
	FloorK = 5
	// MinActive is how many active devices a fleet needs for any figure.
	MinActive = 20
	// MaxMerges is how often the reports of a batch that was too small may wait
	// for the next batch. After that they are deleted unseen.
	MaxMerges = 4
)

// Reasons for having no figures.
const (
	TooFewReports = "too_few_reports"
	TooFewDevices = "too_few_devices"
)

// Verdict is what happens to a batch that is closed. Whatever it is, the
// reports leave the batch's inbox.
type Verdict uint8

const (
	// Publish the cells, once and for ever.
	Publish Verdict = iota + 1
	// Merge the reports into the next batch.
	Merge
	// Expire them: they are deleted unseen.
	Expire
)

// Cell is one figure, in closed lists only. Class and Surface are summed away
// and stay empty: each further cut is one more way to subtract.
//
// A rule and a tool have one cell without Answer (any answer) and, below it,
// one for each answer, also for those that nobody gave. A person can give
// several answers in one batch, so the answers may add up to more. A stake
// ("check") is counted the same way.
//
// A task ("pulse") has such a row for each question: the cell with the
// question's name for its Answer says how many answered it, those below how
// many gave each answer. These do add up: a report counts with one answer.
type Cell struct {
	Kind    string // see report.Kind
	Rule    string // of a pulse the report.Task, of a check the report.Stake, of a cause the report.Cause, empty for "use"
	Class   string
	Tool    string
	Surface string
	Answer  string // a report.Answer or report.Said; empty: any answer; of a pulse also a report.Question
	// Count is how many reports have it, 0 where Hidden.
	Count int
	// Hidden is true where a count would say too much: fewer than k people, all
	// but fewer than k, or a number that could be subtracted to get at one.
	Hidden bool
}

// Result is what Close decided.
type Result struct {
	Verdict Verdict
	// Reports is how many were counted, 0 unless Verdict is Publish.
	Reports int
	// Broken is how many bodies were no reports of this version.
	Broken int
	// Reason is "" when Verdict is Publish, else one of those above.
	Reason string
	// Cells are sorted; nil unless Verdict is Publish. A rule and tool, or a
	// tool in use, that stands here hidden was in one report at least.
	Cells []Cell
}

// Close decides about the reports of one batch, in any order. active is the
// number of active devices, k the least number of people behind a figure
// (raised to FloorK), merged how often these reports have waited already.
//
// Reports that waited still name their own batch. Nobody can say which of them
// come from the same person, so what counts against k is the most there are in
// one batch: two people who report for a year stay two people.
func Close(bodies [][]byte, active, k, merged int) Result {
	t, broken := count(bodies)
	r := Result{Verdict: Publish, Broken: broken}
	k = max(k, FloorK)
	switch {
	case active < MinActive:
		// Not kept for later: under MinActive the promise is no figures.
		r.Verdict, r.Reason = Expire, TooFewDevices
	case t.all.people() < k && merged < MaxMerges:
		r.Verdict, r.Reason = Merge, TooFewReports
	case t.all.people() < k:
		r.Verdict, r.Reason = Expire, TooFewReports
	default:
		r.Reports, r.Cells = t.all.total(), t.publish(k)
	}
	return r
}

// tally is a number of reports for each batch that they name.
type tally map[report.BatchID]int

// total is how many reports there are.
func (t tally) total() (n int) {
	for _, c := range t {
		n += c
	}
	return n
}

// people is how many people they come from at least.
func (t tally) people() (n int) {
	for _, c := range t {
		n = max(n, c)
	}
	return n
}

// without is the part of all that is not in t.
func (t tally) without(all tally) tally {
	rest := tally{}
	for b, n := range all {
		rest[b] = n - t[b]
	}
	return rest
}

// key names a cell before it is known whether it is shown.
type key struct {
	kind   report.Kind
	about  string // the rule, task, stake or cause
	tool   string
	ask    report.Question // of a pulse, 0 for all others
	answer string          // "": any
}

// keyOf is where a cell of a report is counted.
func keyOf(c report.Cell) key {
	switch c.Kind {
	case report.KindPulse:
		return key{kind: c.Kind, about: c.Task.String(), ask: c.Said.Question(), answer: c.Said.String()}
	case report.KindCheck:
		return key{kind: c.Kind, about: c.Stake.String(), answer: c.Said.String()}
	case report.KindCause:
		return key{kind: c.Kind, about: c.Cause.String(), tool: string(c.Tool)}
	}
	return key{kind: c.Kind, about: string(c.Rule), tool: string(c.Tool), answer: c.Answer.String()}
}

// row is the key of the same thing with any answer.
func (k key) row() key {
	k.answer = ""
	return k
}

// answers returns the keys below a row, in the order of their list.
func (k key) answers() (all []key) {
	add := func(name string) {
		k.answer = name
		all = append(all, k)
	}
	switch k.kind {
	case report.KindNudge:
		for _, a := range report.Answers() {
			add(a.String())
		}
	case report.KindPulse:
		for _, s := range k.ask.Answers() {
			add(s.String())
		}
	case report.KindCheck:
		for _, s := range report.AskedPerson.Answers() {
			add(s.String())
		}
	}
	return all
}

// compare orders rows.
func (k key) compare(l key) int {
	return cmp.Or(cmp.Compare(k.kind, l.kind), cmp.Compare(k.about, l.about), cmp.Compare(k.tool, l.tool), cmp.Compare(k.ask, l.ask))
}

func (k key) cell() Cell {
	c := Cell{Kind: k.kind.String(), Rule: k.about, Tool: k.tool, Answer: k.answer}
	if k.answer == "" {
		c.Answer = k.ask.String()
	}
	return c
}

// table is all the counts of one batch: not to be shown.
type table struct {
	all   tally
	cells map[key]tally
}

// count reads the bodies. Those that are no reports are dropped, and the same
// bytes count once.
func count(bodies [][]byte) (t table, broken int) {
	t = table{all: tally{}, cells: map[key]tally{}}
	seen := map[report.ID]bool{}
	for _, b := range bodies {
		r, err := report.Decode(b)
		if err != nil {
			broken++
			continue
		}
		if id := report.IDOf(b); seen[id] {
			continue
		} else {
			seen[id] = true
		}
		t.all[r.Batch]++
		once := map[key]bool{}
		for _, c := range r.Cells {
			k := keyOf(c)
			if k.kind == report.KindPulse && once[k.row()] {
				continue // answered twice, because a batch was late: the first counts
			}
			once[k], once[k.row()] = true, true
		}
		for k := range once {
			if t.cells[k] == nil {
				t.cells[k] = tally{}
			}
			t.cells[k][r.Batch]++
		}
	}
	return t, broken
}

// publish returns every cell, the hidden ones without their counts.
func (t table) publish(k int) []Cell {
	var rows []key
	for c := range t.cells {
		if c == c.row() {
			rows = append(rows, c)
		}
	}
	slices.SortFunc(rows, key.compare)
	cells := []Cell{}
	for _, row := range rows {
		shown := t.shown(row, k)
		for _, c := range append([]key{row}, row.answers()...) {
			cell := c.cell()
			if cell.Hidden = !shown[c]; !cell.Hidden {
				cell.Count = t.cells[c].total()
			}
			cells = append(cells, cell)
		}
	}
	return cells
}
