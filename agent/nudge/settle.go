package nudge

import (
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// settle compares what is known with what is under way: it ends what has lost
// its reason, shows what has waited long enough, and starts the next look.
func (t *turn) settle() {
	switch t.phase {
	case reading, waiting:
		if !t.current() || t.wentElsewhere() {
			if t.phase == waiting && t.kept && !t.paused {
				t.badge(t.clip, t.decision, t.dest, card.HushBusy)
			}
			t.phase = idle
		}
	case up:
		t.settleCard()
	}
	if t.phase == waiting {
		t.tryToShow()
	}
	if t.question.card.ID != 0 {
		t.settleQuestion()
	}
	if t.phase == idle {
		t.look()
	}
	if t.arrived {
		t.askCheck()
	}
	t.tellBacklog()
	t.ask()
}

// current tells whether the clip at hand is still the one on its selection,
// and may be talked about at all.
func (t *turn) current() bool {
	return !t.paused && t.clips[t.clip.Selection].clip == t.clip && !t.tooOld()
}

// tooOld tells whether what there was to say has been waiting for too long.
func (t *turn) tooOld() bool {
	return t.phase != reading && t.at.Sub(t.began) >= MaxAge
}

// wentElsewhere tells whether the keyboard is no longer where the attempt at
// hand would be pasted.
func (t *turn) wentElsewhere() bool {
	return !t.focus.Watched || placeOf(t.focus.Destination) != placeOf(t.dest)
}

func (t *turn) settleCard() {
	gone := t.wentElsewhere() && !t.left.IsZero() &&
		(t.focus.Watched || t.at.Sub(t.left) >= Grace)
	disturbs := t.busy && t.decision.Do != policy.Block
	if gone || disturbs || !t.current() {
		if t.visible {
			t.end(report.Ignored)
			return
		}
		// Nobody saw it, so the next visit may say it again.
		t.unjudge()
		t.phase = idle
		t.do(Withdraw{t.card.ID})
		return
	}
	if !t.visible && t.at.Sub(t.since) >= ShowDeadline {
		if !t.notified {
			t.do(Withdraw{t.card.ID})
		}
		t.onFailed()
	}
}

// tryToShow shows what waits if now is a moment to interrupt, and turns it into
// a badge if there will be none.
func (t *turn) tryToShow() {
	if t.decision.Do == policy.Block {
		t.show()
		return
	}
	why := t.hush()
	switch {
	case why != 0:
		t.phase = idle
		t.badge(t.clip, t.decision, t.dest, why)
	case t.hindered():
		t.kept = true
	case !t.asked || !t.quiet:
	case heldOut(t.holdOut, t.decision.Class):
		t.phase = idle
		t.judge(t.clip, placeOf(t.dest), false)
		t.leaveOut(t.decision, t.dest)
	default:
		t.show()
	}
}

func (t *turn) show() {
	t.closeWindow()
	t.closeQuestion()
	t.lastCard++
	t.card = newCard(t.lastCard, t.dest, t.decision)
	t.card.Safe = t.safe
	t.phase, t.since = up, t.at
	t.visible, t.notified, t.left = false, false, time.Time{}
	t.judge(t.clip, placeOf(t.dest), false)
	t.do(Show{t.card})
}

func newCard(id card.ID, d catalog.Destination, p policy.Decision) card.Card {
	c := card.Card{
		ID:      id,
		Tool:    d.Name,
		Domain:  d.Domain,
		Unknown: p.Standing == policy.Unknown,
		Class:   p.Class,
		Term:    p.Term,
		Count:   p.Count,
		Because: p.Because,
		Advice:  p.Instead.Advice,
		Block:   p.Do == policy.Block,
		Request: d.Tool != "" && d.Tool != catalog.Other && p.Standing != policy.Approved,
	}
	if p.Instead.Open != "" {
		c.Instead, c.Redacted = p.Instead.Name, p.Instead.Redacted
		c.Logged, c.Until = p.Instead.Logged, string(p.Instead.Until)
	}
	return c
}

func (t *turn) unjudge() {
	keep := make([]judged, 0, len(t.done))
	for _, j := range t.done {
		if j.clip != t.clip || j.place != placeOf(t.dest) {
			keep = append(keep, j)
		}
	}
	t.done = keep
}

// look starts to read the first clip that has to be looked at for the tool
// that has the keyboard.
func (t *turn) look() {
	if !t.Watching() {
		return
	}
	for _, c := range t.clips {
		if t.mustLook(c) {
			t.read++
			t.phase, t.clip, t.dest = reading, c.clip, t.focus.Destination
			t.left = time.Time{}
			t.do(ReadClip{Read: t.read, Clip: c.clip, Destination: t.dest})
			return
		}
	}
}

func (t *turn) mustLook(c copied) bool {
	switch {
	case c.clip.Seq == 0, t.at.Sub(c.at) >= MaxAge, t.isJudged(c.clip, placeOf(t.focus.Destination)):
		return false
	case c.clip.Selection == Primary:
		last := t.clips[Clipboard]
		return last.clip.Seq == 0 || c.at.Sub(last.at) > sameGesture
	}
	return true
}

// ask emits a Wake if the next thing that only time can bring is another one
// than was asked for.
func (t *turn) ask() {
	next := t.nextTick()
	if next.IsZero() || next.Equal(t.wake) {
		return
	}
	t.wake = next
	t.do(Wake{next})
}

func (t *turn) nextTick() time.Time {
	next := t.nextOfCard()
	if t.question.card.ID != 0 {
		next = earlier(next, t.question.ends)
	}
	return next
}

func (t *turn) nextOfCard() time.Time {
	switch {
	case t.phase == waiting && t.hindered():
		return t.clips[t.clip.Selection].at.Add(Fresh)
	case t.phase == waiting && t.asked:
		return t.at.Add(Recheck)
	case t.phase == waiting && !t.wake.IsZero() && !t.wake.After(t.at.Add(Recheck)):
		return t.wake // the question is on its way
	case t.phase == waiting:
		return t.at
	case t.phase != up:
		return time.Time{}
	}
	next := t.began.Add(MaxAge)
	if !t.visible {
		next = earlier(next, t.since.Add(ShowDeadline))
	}
	if t.wentElsewhere() && !t.left.IsZero() {
		next = earlier(next, t.left.Add(Grace))
	}
	return next
}

// earlier is the first of two times; a zero one is none.
func earlier(a, b time.Time) time.Time {
	if !a.IsZero() && a.Before(b) {
		return a
	}
	return b
}
