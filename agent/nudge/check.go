package nudge

import (
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
)

// The question whether a person has checked an AI's answer, before it goes into a
// system where a wrong one hurts somebody.
//
//   - It is asked about a clip that an AI tool's own process, or one that can't be
//     told, has copied while it had the keyboard: the tool may be an approved one.
//     The clip is never read for it.
//   - It is asked as the keyboard comes to the system, once for a clip, while that
//     is younger than MaxAge, and no more often than nudges are: once in a cooldown
//     for a kind of system, and as many in a day.
//   - It holds up nothing, and goes by itself. While somebody is busy, or something
//     else is up, it does not come at all.

// checks are when each kind of system was last asked about.
type checks [report.CustomerMail + 1]time.Time

// noteAnswer notes whether a clip is an AI's answer.
func (t *turn) noteAnswer(e Copied) {
	at := t.focus
	late := e.At.Before(t.came) // it was made where the person was before
	if late {
		at = t.from
	}
	if t.paused || e.Clip.Selection != Clipboard || at.Destination.Tool == "" || e.PID != at.PID && e.PID != 0 && at.PID != 0 {
		return
	}
	t.clips[e.Clip.Selection].answer = true
	t.arrived = t.arrived || late
}

// askCheck asks, if an AI's answer has come to a system.
func (t *turn) askCheck() {
	s, c := t.focus.Stake, t.clips[Clipboard]
	if int(s) >= len(t.checks) || s == 0 || !c.answer || c.checked || t.at.Sub(c.at) >= MaxAge {
		return
	}
	if t.paused || t.hindered() || t.phase == up || t.window != 0 || t.question.card.ID != 0 {
		return
	}
	l := t.limits.orDefault()
	if last := t.checks[s]; !last.IsZero() && t.at.Sub(last) < l.Cooldown || t.spent.Day == DayOf(t.at) && t.spent.Checks >= l.PerDay {
		return
	}
	t.newDay()
	t.spent.Checks++
	t.checks[s], t.clips[Clipboard].checked = t.at, true
	t.lastCard++
	t.question = question{card: card.Card{ID: t.lastCard, Asks: true, System: t.focus.System}, stake: s, ends: t.at.Add(OfferFor)}
	t.do(Show{t.question.card})
}

// checkedHow are the answers that say yes.
var checkedHow = map[card.Answer]report.Said{
	card.CheckedRead: report.CheckedRead, card.CheckedSource: report.CheckedRan, card.CheckedOther: report.CheckedPerson,
}

// answerCheck counts whether it was checked, and not how: that is in the receipt
// only, which stays here.
func (t *turn) answerCheck(a card.Answer) {
	s := t.question.stake
	if how := checkedHow[a]; how != 0 {
		t.do(Record{Outcome{Kind: report.KindCheck, Stake: s, Said: report.PersonHas}})
		t.do(Vouch{s, how})
	} else if a == card.NotChecked {
		t.do(Record{Outcome{Kind: report.KindCheck, Stake: s, Said: report.PersonNotYet}})
	}
	t.closeQuestion()
}
