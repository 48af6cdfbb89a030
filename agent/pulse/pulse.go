// Package pulse is the weekly question of how work with AI goes: when somebody
// may be asked, what they can answer, and the little that is kept of it.
//
//	if b.Why(moment) == 0 {
//		// say so by a badge, and note it
//	}
//
// Nobody is made to answer, and nothing waits for it. What is answered becomes
// cells of the person's tally, about nobody.
package pulse

import (
	"errors"
	"slices"
	"time"

	"handrail/agent/report"
)

const (
	// Week is how many days lie between two questions, and how many there are
	// without one at first: whoever has just met Handrail has other questions.
	Week = 7
	// Stands is how many days a question that was offered can be seen.
	Stands = 3
)

// Day is a day where the person is, such as 2026-11-24; "" is none.
type Day string

// DayOf returns the day of a time, in the time's own place.
func DayOf(t time.Time) Day { return Day(t.Format(time.DateOnly)) }

// Time returns midnight of the day in UTC, and whether it is a day.
func (d Day) Time() (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return t, err == nil
}

// since returns how many days after e the day is, negative if it is before. It
// is false if one of them is no day.
func (d Day) since(e Day) (days int, ok bool) {
	a, isDay := d.Time()
	b, wasDay := e.Time()
	return int(a.Sub(b).Hours() / 24), isDay && wasDay
}

// near says whether two days are less than a week apart. A clock that was set
// far wrong once is no reason never to ask again.
func (d Day) near(e Day) bool {
	n, ok := d.since(e)
	return ok && n < Week && n > -Week
}

// Book is what is kept on the disk: days, and nothing of any answer.
type Book struct {
	V int `json:"v"`
	// Began is the first day of Handrail here.
	Began Day `json:"began"`
	// Offered is the day of the last question, Done the day on which one was last
	// answered or skipped: which of the two is not kept.
	Offered Day `json:"offered,omitzero"`
	Done    Day `json:"done,omitzero"`
	// Off is the day on which the person has switched it off, "" while it is on.
	Off Day `json:"off,omitzero"`
}

// Moment is what matters for whether to ask now.
type Moment struct {
	Today Day
	// PolicyOff says that the organisation has switched the question off, and
	// ReportsOff that the person has switched reports off.
	PolicyOff, ReportsOff bool
	// Paused says that Handrail is, or watches nothing.
	Paused bool
	// Busy says that the person is presenting, in a call or in full screen, wants
	// quiet, or has locked the screen; Typing that they are; Asked that something
	// else is being asked.
	Busy, Typing, Asked bool
}

// Why is a reason not to ask.
type Why uint8

// The reasons, the lasting ones first.
const (
	WhyPolicy     Why = iota + 1 // the organisation has switched it off
	WhyOff                       // the person has
	WhyReportsOff                // reports are off, so an answer would be counted nowhere
	WhyThisWeek                  // this week there was one
	WhyFirstWeek
	WhyPaused
	WhyBusy // or typing, or something else is being asked
)

// Why returns why the question may not be offered now, 0 if it may.
func (b Book) Why(m Moment) Why {
	if w := b.WhyNoAnswer(m); w != 0 {
		return w
	}
	switch {
	case m.Today.near(b.Offered):
		return WhyThisWeek
	case m.Today.near(b.Began), b.Began == "":
		return WhyFirstWeek
	case m.Paused:
		return WhyPaused
	case m.Busy, m.Typing, m.Asked:
		return WhyBusy
	}
	return 0
}

// WhyNoAnswer returns why nothing can be answered now, 0 if it can. Whoever
// wants to need not wait to be asked.
func (b Book) WhyNoAnswer(m Moment) Why {
	switch {
	case m.PolicyOff:
		return WhyPolicy
	case b.Off != "":
		return WhyOff
	case m.ReportsOff:
		return WhyReportsOff
	case m.Today.near(b.Done):
		return WhyThisWeek
	}
	return 0
}

// Standing says whether a question that was offered is still to be seen.
func (b Book) Standing(m Moment) bool {
	n, ok := m.Today.since(b.Offered)
	return ok && n >= 0 && n < Stands && b.WhyNoAnswer(m) == 0
}

// Next returns the first day on which the question may come again, after
// WhyThisWeek.
func (b Book) Next(today Day) Day {
	last := today
	for _, d := range []Day{b.Offered, b.Done} {
		if today.near(d) && (last == today || d > last) { // days compare as they are written
			last = d
		}
	}
	t, _ := last.Time()
	return DayOf(t.AddDate(0, 0, Week))
}

// Answers are what somebody says about a week.
type Answers struct {
	Task report.Task   `json:"task"`
	Said []report.Said `json:"said"` // one for each question that was answered
}

// With returns the answers with one more, in the place of one to the same
// question; the same again takes it back. An answer to no question of the pulse
// changes nothing, and is false.
func (a Answers) With(s report.Said) (Answers, bool) {
	if !slices.Contains(Questions(), s.Question()) {
		return a, false
	}
	again := slices.Contains(a.Said, s)
	a.Said = slices.DeleteFunc(slices.Clone(a.Said), func(x report.Said) bool { return x.Question() == s.Question() })
	if !again {
		a.Said = append(a.Said, s)
		slices.Sort(a.Said)
	}
	return a, true
}

// Questions returns the pulse's questions beside that for the kind of work.
func Questions() []report.Question {
	return []report.Question{report.AskedSaved, report.AskedChecked, report.AskedError}
}

var (
	// ErrNoTask and ErrNoAnswer say what is missing, ErrTwice what is too much.
	ErrNoTask   = errors.New("say what you used AI for most")
	ErrNoAnswer = errors.New("answer one of the questions, or skip this week")
	ErrTwice    = errors.New("each question has one answer")
)

// Cells returns what is counted.
func (a Answers) Cells() (cells []report.Cell, err error) {
	asked := map[report.Question]bool{}
	for _, s := range a.Said {
		c := report.PulseCell(a.Task, s)
		switch {
		case a.Task.String() == "":
			return nil, ErrNoTask
		case asked[s.Question()]:
			return nil, ErrTwice
		}
		if err := c.Check(); err != nil {
			return nil, err
		}
		asked[s.Question()] = true
		cells = append(cells, c)
	}
	switch {
	case a.Task.String() == "":
		return nil, ErrNoTask
	case len(cells) == 0:
		return nil, ErrNoAnswer
	}
	return cells, nil
}
