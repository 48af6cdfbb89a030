package nudge

import (
	"slices"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// hold is an attempt that a page holds until a person decides. Unlike a nudge
// it doesn't end with a moment: there is no deadline, and the keyboard may go
// anywhere. Each has a card that its page shows; the newest one's is in the
// window too.
//
//   - A nudge that is up for the same place only expected this paste: it goes
//     without an outcome, the hold has one. Any other makes room.
//   - No nudge comes for a clip and a place for which something was held, nor is
//     a paste held that the person has said to paste anyway there; unless a rule
//     blocks.
//   - A pause lets go of what is held: it isn't pasted, and the next paste isn't
//     held.
type hold struct {
	attempt  AttemptID
	clip     Clip // Seq 0: not known
	dest     catalog.Destination
	decision policy.Decision
	card     card.Card
}

func (t *turn) onHeld(e Held) {
	before, again := t.drop(e.Attempt)
	if again {
		e.Clip = before.clip // another decision, the same paste
	}
	block := e.Decision.Do == policy.Block
	if t.paused {
		t.do(Finish{e.Attempt, Dropped})
		return
	}
	p := placeOf(e.Destination)
	if !again && !block && t.saidAnyway(e.Clip, p) {
		t.do(Finish{e.Attempt, Original})
		return
	}
	seen := t.phase == up && t.visible && e.Clip == t.clip && p == placeOf(t.dest)
	if !again && !seen {
		if why := t.hushHeld(e); why != 0 {
			t.badge(e.Clip, e.Decision, e.Destination, why)
			t.do(Finish{e.Attempt, Original})
			return
		}
		if e.Decision.Do == policy.Nudge && heldOut(e.HoldOut, e.Decision.Class) {
			t.leaveOut(e.Decision, e.Destination)
			t.do(Finish{e.Attempt, Original})
			return
		}
		if e.Decision.Do == policy.Nudge {
			t.spend()
		}
		t.note(e.Decision, p, false)
	}
	t.makeRoom(e.Clip, p)
	t.lastCard++
	h := hold{attempt: e.Attempt, clip: e.Clip, dest: e.Destination, decision: e.Decision}
	h.card = newCard(t.lastCard, e.Destination, e.Decision)
	h.card.Held, h.card.Safe = true, e.Safe
	t.holds = append(slices.Clip(t.holds), h)
	if t.isCurrent(h.clip) {
		t.judge(h.clip, p, false)
	}
	t.window = h.card.ID
	t.do(Hold{h.attempt, h.card})
	t.do(Show{h.card})
}

// makeRoom ends what else is on the screen, or about to be.
func (t *turn) makeRoom(c Clip, p place) {
	t.closeWindow()
	t.closeQuestion()
	expected := c == t.clip && p == placeOf(t.dest)
	switch {
	case t.phase == up && expected:
		t.phase = idle
		t.do(Withdraw{t.card.ID})
	case t.phase == up && t.visible:
		t.end(report.Ignored)
	case t.phase == up:
		t.unjudge() // nobody saw it
		t.phase = idle
		t.do(Withdraw{t.card.ID})
	case expected:
		t.phase = idle
	}
}

// closeWindow takes a hold's card out of the window. Its page still shows it,
// which is enough.
func (t *turn) closeWindow() {
	if t.window != 0 {
		t.do(Withdraw{t.window})
		t.window = 0
	}
}

// drop forgets a hold and takes its card off the screen.
func (t *turn) drop(id AttemptID) (hold, bool) {
	i := slices.IndexFunc(t.holds, func(h hold) bool { return h.attempt == id })
	if i < 0 {
		return hold{}, false
	}
	h := t.holds[i]
	t.holds = slices.Delete(slices.Clone(t.holds), i, i+1)
	if t.window == h.card.ID {
		t.closeWindow()
	}
	return h, true
}

func (t *turn) answerHold(which func(hold) bool, a card.Answer) {
	i := slices.IndexFunc(t.holds, which)
	if i < 0 || !slices.Contains(t.holds[i].card.Answers(), a) {
		return
	}
	h, _ := t.drop(t.holds[i].attempt)
	how := Dropped
	switch a {
	case card.OpenApproved:
		t.recordHold(h, report.Switched)
		t.do(Open{URL: h.decision.Instead.Open, Attempt: h.attempt})
	case card.SafePaste:
		t.recordHold(h, report.PastedSafely)
		how = Safe
	case card.NotSensitive:
		t.recordHold(h, report.SaidNotSensitive)
		t.do(Learn{Attempt: h.attempt})
		how = Original
	case card.Allowed:
		t.recordHold(h, report.SaidAllowed)
		t.allow(h.clip, h.decision, h.dest)
		how = Original
	case card.PasteAnyway:
		t.recordHold(h, report.SaidAnyway)
		t.allow(h.clip, h.decision, h.dest)
		how = Original
		if h.decision.Class == detect.ClassSecret {
			t.do(KeyOut{Attempt: h.attempt, Tool: h.dest.Name})
		}
	case card.RequestTool:
		t.recordHold(h, report.Dismissed)
		t.do(Request{h.dest, h.decision.Class})
	default:
		t.recordHold(h, report.Dismissed)
	}
	t.do(Finish{h.attempt, how})
	if a == card.PasteAnyway {
		t.followUp(h.decision.Class, h.dest)
	}
}

// letGo ends all holds without an answer.
func (t *turn) letGo() {
	for _, h := range slices.Clone(t.holds) {
		t.drop(h.attempt)
		t.recordHold(h, report.Ignored)
		t.do(Finish{h.attempt, Dropped})
	}
}

func (t *turn) recordHold(h hold, a report.Answer) { t.do(Record{outcomeOf(h.decision, h.dest, a)}) }

func (t *turn) isCurrent(c Clip) bool { return c.Seq != 0 && t.clips[c.Selection].clip == c }

// allow notes that a clip is pasted into a place: it is said of the clip for
// good, and of its kind until the cooldown is over.
func (t *turn) allow(c Clip, what policy.Decision, d catalog.Destination) {
	p := placeOf(d)
	t.note(what, p, true)
	t.done = slices.Clone(t.done)
	for i, j := range t.done {
		if j.clip == c && j.place == p {
			t.done[i].anyway = true
		}
	}
}

func (t *turn) saidAnyway(c Clip, p place) bool {
	return slices.ContainsFunc(t.done, func(j judged) bool { return j.clip == c && j.place == p && j.anyway })
}
