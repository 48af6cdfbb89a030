package console

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/fleet/query"
)

// overviewView is what the overview's template draws.
type overviewView struct {
	query.Overview
	Period   string   // of the figures
	Why      []string // why there are none, in sentences
	Answers  []string // the columns after the safe way
	Nudges   []nudgeView
	Uses     []useView
	Asked    []askedView
	Quiet    []quietView
	Coverage []surfaceView
	Spread   []spreadView
	Batches  []batchView
}

// share is a part of a whole, both of them shown figures.
type share struct {
	Label, Class string
	Count, Of    int
}

// Percent is rounded to a whole number.
func (s share) Percent() int {
	if s.Of <= 0 {
		return 0
	}
	return (100*s.Count + s.Of/2) / s.Of
}

type nudgeView struct {
	Rule, Detail, Tool string
	Shown, Switched    query.Figure
	Safe               *share // nil if it cannot be told from shown figures
	Others             []labelled
}

type labelled struct {
	Label  string
	Figure query.Figure
}

type useView struct {
	Tool, Where string
	Reports     query.Figure
	Bar         *share
}

// askedView is what people said when they were asked afterwards.
type askedView struct {
	About, Question string
	Reports         query.Figure
	Answers         []answerView
}

type answerView struct {
	Label  string
	Figure query.Figure
	Bar    *share // nil if it cannot be told from shown figures
}

func askedOf(a query.Asked, about string) askedView {
	v := askedView{About: about, Question: questionWords[a.Question], Reports: a.Reports}
	for i, said := range a.Question.Answers() {
		x := answerView{Label: saidWords[said], Figure: a.Answers[i]}
		if !a.Reports.Hidden && !x.Figure.Hidden {
			x.Bar = &share{Class: "fill", Count: x.Figure.Count, Of: a.Reports.Count}
		}
		v.Answers = append(v.Answers, x)
	}
	return v
}

type surfaceView struct {
	Name, Words string
	States      []share
	Reasons     []string
}

type spreadView struct {
	What   string
	Counts []query.Count
}

type batchView struct {
	ID, Period, State string
	Reports           string
}

func overviewOf(o query.Overview) overviewView {
	v := overviewView{Overview: o, Period: period(o.Figures.Batch), Why: whyWords(o)}
	for _, a := range report.Answers() {
		if a != report.Switched {
			v.Answers = append(v.Answers, answerWords[a])
		}
	}
	for _, n := range o.Figures.Nudges {
		v.Nudges = append(v.Nudges, nudgeOf(n))
	}
	for _, u := range o.Figures.Uses {
		x := useView{Tool: toolName(u.Tool), Where: surfaceWords(u.Surface), Reports: u.Reports}
		if !u.Reports.Hidden {
			x.Bar = &share{Class: "fill", Count: u.Reports.Count, Of: o.Figures.Reports}
		}
		v.Uses = append(v.Uses, x)
	}
	for _, a := range o.Figures.Pulses {
		v.Asked = append(v.Asked, askedOf(a, taskName(a.About)))
	}
	for _, a := range o.Figures.Checks {
		v.Asked = append(v.Asked, askedOf(a, stakeName(a.About)))
	}
	for _, q := range o.Figures.Quiet {
		v.Quiet = append(v.Quiet, quietOf(q))
	}
	for _, s := range o.Coverage {
		x := surfaceView{Name: coverageNames[s.Surface], Words: coverageWords[s.Surface]}
		of := s.Seen + s.Partly + s.Blind
		x.States = []share{{"Seen", "seen", s.Seen, of}, {"Partly", "partly", s.Partly, of}, {"Blind", "blind", s.Blind, of}}
		for _, r := range s.Reasons {
			x.Reasons = append(x.Reasons, whyNames[r.Why]+": "+strconv.Itoa(r.Count))
		}
		v.Coverage = append(v.Coverage, x)
	}
	if o.Devices.Active > 0 {
		platforms := make([]query.Count, len(o.Devices.Platforms))
		for i, p := range o.Devices.Platforms {
			platforms[i] = query.Count{Name: platformWords(p.Name), Count: p.Count}
		}
		policies := make([]query.Count, len(o.Devices.Policies))
		for i, p := range o.Devices.Policies {
			policies[i] = query.Count{Name: "serial " + p.Name, Count: p.Count}
		}
		v.Spread = []spreadView{{"Handrail", o.Devices.Versions}, {"System", platforms}, {"Policy", policies}}
	}
	for _, b := range o.Batches {
		v.Batches = append(v.Batches, batchView{ID: string(b.Batch.ID), Period: period(b.Batch), State: stateWords[b.State],
			Reports: reportsWords(b)})
	}
	return v
}

// reportsWords says how many reports a batch had, where that may be said.
func reportsWords(b query.Batch) string {
	switch {
	case b.State != query.Published:
		return "not shown"
	case b.Reports.Hidden:
		return "hidden"
	}
	return strconv.Itoa(b.Reports.Count)
}

func nudgeOf(n query.Nudge) nudgeView {
	v := nudgeView{Rule: ruleName(n.Rule), Tool: toolName(n.Tool), Shown: n.Shown, Switched: n.Switched()}
	var detail []string
	if n.Class != "" {
		detail = append(detail, className(n.Class))
	}
	if n.Surface != "" {
		detail = append(detail, surfaceWords(n.Surface))
	}
	v.Detail = strings.Join(detail, ", ")
	if !v.Shown.Hidden && !v.Switched.Hidden {
		v.Safe = &share{Class: "fill", Count: v.Switched.Count, Of: v.Shown.Count}
	}
	for i, a := range report.Answers() {
		if a != report.Switched {
			v.Others = append(v.Others, labelled{answerWords[a], n.Answers[i]})
		}
	}
	return v
}

// devicesView is what the list's template draws.
type devicesView struct {
	query.DevicePage
	Devices        []deviceView
	Previous, Next int // 0 if there is none
}

type deviceView struct {
	ID, Version, Platform, Policy, Last string
	Active                              bool
	Chips                               []chip
}

type chip struct{ Class, Text string }

func devicesOf(p query.DevicePage) devicesView {
	v := devicesView{DevicePage: p}
	if p.Page > 1 {
		v.Previous = p.Page - 1
	}
	if p.Page < p.Pages {
		v.Next = p.Page + 1
	}
	for _, d := range p.Devices {
		x := deviceView{ID: string(d.ID), Version: d.Version, Platform: platformWords(d.Platform.String()),
			Policy: "not known yet", Last: "never", Active: d.Active}
		if d.Last != "" {
			x.Last = day(d.Last)
		}
		if len(d.Coverage) > 0 {
			x.Policy = strconv.FormatUint(d.Policy, 10)
		}
		x.Chips = chips(d.Coverage)
		for _, e := range d.Errors {
			x.Chips = append(x.Chips, chip{Class: "plain", Text: "errors, " + e.Name.String() + ": " + e.Often.Words()})
		}
		v.Devices = append(v.Devices, x)
	}
	return v
}

// chips says a coverage table in as few words as it needs: what is seen, partly
// seen and blind for one reason is said together.
func chips(t coverage.Table) []chip {
	t = slices.Clone(t)
	slices.SortStableFunc(t, func(a, b coverage.Entry) int {
		return cmp.Or(cmp.Compare(b.State, a.State), cmp.Compare(a.Why, b.Why))
	})
	var all []chip
	for len(t) > 0 {
		first, same := t[0], 0
		var surfaces []string
		for same < len(t) && t[same].State == first.State && t[same].Why == first.Why {
			surfaces = append(surfaces, strings.ToLower(coverageNames[t[same].Surface]))
			same++
		}
		t = t[same:]
		c := chip{Class: first.State.String(), Text: stateNames[first.State] + ": " + strings.Join(surfaces, ", ")}
		if first.Why != coverage.None {
			c.Text += " (" + whyNames[first.Why] + ")"
		}
		all = append(all, c)
	}
	return all
}

// day says a stored day for people.
func day(stored string) string {
	t, err := time.Parse("2006-01-02", stored)
	if err != nil {
		return stored
	}
	return t.Format("2 January 2006")
}

// period says when a batch is, for people; all times are UTC.
func period(b report.Batch) string {
	switch {
	case b.Start.IsZero():
		return string(b.ID)
	case b.Length() >= 24*time.Hour && b.Start.Equal(b.Start.Truncate(24*time.Hour)) && b.Length()%(24*time.Hour) == 0:
		last := b.End.AddDate(0, 0, -1)
		switch {
		case last.Equal(b.Start):
			return b.Start.Format("2 January 2006")
		case last.Year() != b.Start.Year():
			return b.Start.Format("2 January 2006") + " to " + last.Format("2 January 2006")
		case last.Month() != b.Start.Month():
			return b.Start.Format("2 January") + " to " + last.Format("2 January 2006")
		}
		return b.Start.Format("2") + " to " + last.Format("2 January 2006")
	case b.Start.Format("2006-01-02") == b.End.Format("2006-01-02"):
		return b.Start.Format("2 January 2006, 15:04:05") + " to " + b.End.Format("15:04:05 UTC")
	}
	return b.Start.Format("2 January 2006, 15:04:05") + " to " + b.End.Format("2 January 2006, 15:04:05 UTC")
}
