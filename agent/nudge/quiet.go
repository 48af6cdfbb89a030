package nudge

import (
	"slices"
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// The rules of quiet. What may not interrupt becomes a badge in the tray, once
// for a clip and a place.
//
//   - No more nudges interrupt in a person's own day than Limits allows, and
//     none says again what was said about the same place within the cooldown.
//   - A clip older than Fresh gets a badge only: whoever comes back to a tool
//     after that is probably there for something else.
//   - While somebody presents, is in a call or in full screen, or has asked for
//     quiet, nothing comes. A nudge waits for the end of that as long as its
//     moment lasts; else a badge comes, when it no longer disturbs.
//   - On a laptop of the hold-out nothing is shown, except about keys and cards.
//   - A rule that blocks is exempt from all of this, and counts for nothing:
//     nothing else would explain why a paste does not work. It too says a thing
//     once for a clip and a place.
//
// A paste that a page holds is asked about where the person is looking, and it
// is fresh. One that a warn or block rule holds always waits for its answer. One
// that a nudge rule holds is let through, with a badge, when the day's nudges
// are spent, when somebody is busy, and when they have lately said to paste the
// same anyway; an answer that kept it back opens the door for none.

// Fresh is how old a clip may be to interrupt anybody.
const Fresh = 2 * time.Minute

// Limits are how seldom nudges interrupt. The zero value has the defaults of
// package policy.
type Limits struct {
	PerDay   int
	Cooldown time.Duration
}

// LimitsOf returns the limits that a policy sets.
func LimitsOf(q policy.Quiet) Limits {
	return Limits{q.NudgesPerDay, time.Duration(q.CooldownMinutes) * time.Minute}
}

func (l Limits) orDefault() Limits {
	if l == (Limits{}) {
		return Limits{policy.DefaultNudgesPerDay, policy.DefaultCooldownMinutes * time.Minute}
	}
	return l
}

// Day is a day where somebody is, and not one of UTC.
type Day struct {
	Year  int        `json:"year"`
	Month time.Month `json:"month"`
	Day   int        `json:"day"`
}

// DayOf returns the day of a time, in the time's own place.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// Spent is how many nudges have interrupted in a day.
type Spent struct {
	Day    Day `json:"day"`
	Nudges int `json:"nudges"`
	// Checks are questions whether an AI's answer was checked. They are counted
	// apart, so that they use up no nudge.
	Checks int `json:"checks,omitempty"`
}

// Spent returns what the newest day has had.
func (s State) Spent() Spent { return s.spent }

// said is what a nudge was about.
type said struct {
	rule  policy.RuleID
	class detect.Class
	place place
	at    time.Time
	// pasted is true if the answer was to paste it.
	pasted bool
}

// lately finds what was said of the same within the cooldown.
func (t *turn) lately(p policy.Decision, where place) (said, bool) {
	for _, s := range t.said {
		if s.rule == p.Rule && s.class == p.Class && s.place == where && t.at.Sub(s.at) < t.limits.orDefault().Cooldown {
			return s, true
		}
	}
	return said{}, false
}

// note keeps what was said, until the cooldown is over.
func (t *turn) note(p policy.Decision, where place, pasted bool) {
	now := said{p.Rule, p.Class, where, t.at, pasted}
	t.said = slices.DeleteFunc(slices.Clone(t.said), func(s said) bool {
		same := s.rule == now.rule && s.class == now.class && s.place == now.place
		return same || t.at.Sub(s.at) >= t.limits.orDefault().Cooldown
	})
	t.said = append(t.said, now)
}

// spend counts a nudge that interrupts.
func (t *turn) spend() {
	t.newDay()
	t.spent.Nudges++
}

// newDay begins to count anew, if it is another day.
func (t *turn) newDay() {
	if today := DayOf(t.at); t.spent.Day != today {
		t.spent = Spent{Day: today}
	}
}

// broke tells whether the day's nudges are spent.
func (t *turn) broke() bool {
	return t.spent.Day == DayOf(t.at) && t.spent.Nudges >= t.limits.orDefault().PerDay
}

// hindered tells whether nothing may come now.
func (t *turn) hindered() bool { return t.busy || t.focus.Fullscreen }

// hush says why what waits may not interrupt any more, 0 if it may.
func (t *turn) hush() card.Hush {
	_, recent := t.lately(t.decision, placeOf(t.dest))
	switch {
	case t.at.Sub(t.clips[t.clip.Selection].at) >= Fresh && t.kept:
		return card.HushBusy
	case t.at.Sub(t.clips[t.clip.Selection].at) >= Fresh:
		return card.HushOld
	case recent:
		return card.HushRecent
	case t.broke():
		return card.HushEnough
	}
	return 0
}

// hushHeld says why a paste that a page holds is let through, 0 if it isn't.
func (t *turn) hushHeld(e Held) card.Hush {
	s, recent := t.lately(e.Decision, placeOf(e.Destination))
	switch {
	case e.Decision.Do != policy.Nudge:
	case t.hindered():
		return card.HushBusy
	case recent && s.pasted:
		return card.HushRecent
	case t.broke():
		return card.HushEnough
	}
	return 0
}

// heldOut tells whether a nudge is left out to measure whether nudges work.
func heldOut(drawn bool, c detect.Class) bool {
	return drawn && c != detect.ClassSecret && c != detect.ClassCard
}

// leaveOut counts a nudge that is left out as one that was shown: what comes
// after it has to be the same on every laptop.
func (t *turn) leaveOut(p policy.Decision, d catalog.Destination) {
	t.spend()
	t.note(p, placeOf(d), false)
	o := outcomeOf(p, d, 0)
	o.Kind = report.KindHeldOut
	t.do(Record{o})
}

// badge tells of a nudge that was not shown: at once, or when it no longer
// disturbs.
func (t *turn) badge(c Clip, p policy.Decision, d catalog.Destination, why card.Hush) {
	if t.isCurrent(c) {
		t.judge(c, placeOf(d), false)
		i := slices.IndexFunc(t.done, func(j judged) bool { return j.clip == c && j.place == placeOf(d) })
		if t.done[i].badged {
			return
		}
		t.done = slices.Clone(t.done)
		t.done[i].badged = true
	}
	o := outcomeOf(p, d, 0)
	o.Kind = report.KindBadge
	t.do(Record{o})
	t.backlog = append(slices.Clip(t.backlog), card.Quiet{Class: p.Class, Tool: d.Name, Why: why})
	t.backlog = t.backlog[max(0, len(t.backlog)-card.MaxQuiet):]
}

// tellBacklog shows the badges that have waited.
func (t *turn) tellBacklog() {
	if t.hindered() {
		return
	}
	for _, q := range t.backlog {
		t.do(Badge{q})
	}
	t.backlog = nil
}
