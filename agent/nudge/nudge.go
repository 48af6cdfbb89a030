// Package nudge decides when a nudge is shown, and what becomes of it. It is
// pure: Step takes the state and one event, and returns the next state and the
// effects to perform. Time is part of the event; nothing here waits, reads,
// draws or logs.
//
//	state, effects := nudge.Step(state, nudge.Focused{At: now, Watched: true, Destination: d})
//	for _, e := range effects {
//		engine.perform(e)
//	}
//
// One clip is looked at at a time, and at most one card is up:
//
//	idle -> reading -> waiting -> up -> idle
//
// Events only change what is known; settle then compares that with what is
// under way and does the next thing. So a moment that passes (the keyboard
// leaves the AI tool, another clip is copied, a pause begins) ends whatever was
// built on it, wherever it had got to.
//
// Beside that, browsers hold attempts for as long as it takes: see hold.go. A
// held attempt and its card replace a nudge that only expected it.
//
// The rules a reader may ask about:
//
//   - A clip is read only while an unapproved or unknown AI tool has the
//     keyboard, and not again for that tool once something is known of it.
//   - What the AI tool's own process copies while it has the keyboard is an
//     answer being taken away, not something about to be pasted there. The same
//     holds where the owner can't be told. Going to another AI tool with it
//     counts again.
//   - A marked text (Primary) counts only if it was marked before the tool got
//     the keyboard, and after the last copy: marking is how people copy, and one
//     text must not be nudged for twice.
//   - A clip older than MaxAge is left alone.
//   - Nobody is interrupted while typing: the nudge waits for the pause, or is
//     dropped in silence with the moment. A rule that blocks is the exception.
//   - How often, and when else not: see quiet.go.
//   - What an AI tool's own process copied while it had the keyboard, and is then
//     brought to a system with high stakes, is asked about: see check.go.
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

const (
	// MaxAge is how old a clip may be to be looked at, and how long a card that
	// nobody answers stays.
	MaxAge = 10 * time.Minute
	// Grace is how long a card outlives the loss of the keyboard. Window
	// managers report "no window" for a moment between two, and pages change
	// their titles while they load.
	Grace = 300 * time.Millisecond
	// Recheck is how long a nudge waits before it asks again whether the person
	// is still typing.
	Recheck = 250 * time.Millisecond
	// ShowDeadline is how long a window, or a notification server, has to show a
	// card. A cold window process needs half a second on a busy machine.
	ShowDeadline = 3 * time.Second
	// sameGesture is how far apart the marking and the copying of one text can
	// be reported, in either order.
	sameGesture = time.Second
)

// phase is how far the one attempt that is looked at has got.
type phase uint8

const (
	idle    phase = iota
	reading       // a ReadClip is under way
	waiting       // there is something to say, but not yet
	up            // a card was sent to be shown
)

// place is what makes two destinations the same for "never twice".
type place struct {
	tool catalog.ToolID
	name string // tells tools apart that the catalogue does not name
}

func placeOf(d catalog.Destination) place {
	p := place{tool: d.Tool}
	if d.Tool == catalog.Other {
		p.name = d.Name
	}
	return p
}

// judged is a clip and a place that need no further look.
type judged struct {
	clip  Clip
	place place
	// clean is true if the policy had nothing to say; another policy may.
	clean bool
	// anyway is true if the person said that they paste it anyway.
	anyway bool
	// badged is true if a badge has told of it.
	badged bool
}

// copied is the newest clip of a selection.
type copied struct {
	clip Clip
	at   time.Time
	// answer is true for what an AI tool has copied, approved or not, and
	// checked once somebody was asked whether it was.
	answer, checked bool
}

// State is everything the decision depends on. The zero value is a session
// that has seen nothing. A State is a value: Step never changes the one it was
// given.
type State struct {
	clips  [selections]copied // Seq 0: nothing was copied
	focus  Focused
	from   Focused   // what had the keyboard before that
	came   time.Time // when the keyboard came to that window's program and tool
	left   time.Time // when the keyboard left the card's tool; zero while it is there
	paused bool
	done   []judged // of the newest clips only; copied on write

	limits  Limits
	spent   Spent
	said    []said // within the cooldown; copied on write
	checks  checks
	busy    bool         // the person is in the middle of something
	backlog []card.Quiet // badges that wait; copied on write

	phase    phase
	read     ReadID // the last one asked for
	clip     Clip
	dest     catalog.Destination
	decision policy.Decision
	holdOut  bool // the laptop is in the hold-out
	safe     bool // there is a safe text to put in the clip's place
	kept     bool // what waits was kept back, because the person was busy

	lastCard card.ID
	card     card.Card
	since    time.Time // when the card was sent, or last sent again
	began    time.Time // when there was first something to say
	visible  bool      // the card has been seen
	notified bool      // it is, or becomes, a notification

	holds  []hold  // the oldest first; copied on write
	window card.ID // the card of a hold that is in a window, 0 if none

	question question // the one that is up; its card has no ID if none is

	wake time.Time // the Tick that was asked for; zero if none is awaited
}

// Card returns the card that is on the screen, if there is one.
func (s State) Card() (card.Card, bool) {
	if s.phase == up {
		return s.card, true
	}
	for _, h := range s.holds {
		if h.card.ID == s.window {
			return h.card, true
		}
	}
	return s.question.card, s.question.card.ID != 0
}

// Watching tells whether a clip may be read now: an AI tool that the policy
// does not approve has the keyboard, and there is no pause.
func (s State) Watching() bool { return s.focus.Watched && !s.paused }

// Step is the whole decision: what is known after the event, and what has to
// be done because of it.
func Step(s State, e Event) (State, []Effect) {
	t := turn{State: s, at: e.when()}
	switch e := e.(type) {
	case Copied:
		t.onCopied(e)
	case Focused:
		t.onFocused(e)
	case Looked:
		t.onLooked(e)
	case Shown:
		if t.isUp(e.Card) && !t.visible {
			t.visible = true
			t.onSeen()
		}
	case Failed:
		if t.asks(e.Card) {
			t.closeQuestion()
		}
		if t.isUp(e.Card) && e.Notification == t.notified {
			t.onFailed()
		}
		if e.Card == t.window {
			t.closeWindow()
		}
	case Closed:
		if t.asks(e.Card) {
			t.closeQuestion()
		}
		if t.isUp(e.Card) && e.Notification == t.notified {
			t.onClosed()
		}
		if e.Card == t.window {
			t.closeWindow()
		}
	case WindowsGone:
		t.closeWindow()
		t.closeQuestion()
		if t.phase == up && !t.notified {
			t.notify()
		}
	case Answered:
		if t.isUp(e.Card) && slices.Contains(t.card.Answers(), e.Answer) {
			t.onAnswered(e.Answer)
		} else if t.asks(e.Card) {
			t.answerQuestion(e.Answer)
		}
		t.answerHold(func(h hold) bool { return h.card.ID == e.Card }, e.Answer)
	case Held:
		t.onHeld(e)
	case AnsweredHeld:
		t.answerHold(func(h hold) bool { return h.attempt == e.Attempt }, e.Answer)
	case Gone:
		if h, ok := t.drop(e.Attempt); ok {
			t.recordHold(h, report.Ignored)
		}
	case Cleared:
		t.drop(e.Attempt)
	case Paused:
		t.paused = e.On
		if e.On {
			t.letGo()
		}
	case Restored:
		t.spent = e.Spent
	case Busy:
		t.busy = e.On
	case PolicyChanged:
		t.limits = e.Limits
		t.done = slices.DeleteFunc(slices.Clone(t.done), func(j judged) bool { return j.clean })
		if t.phase == reading || t.phase == waiting {
			t.phase = idle
		}
	case Tick:
		t.wake = time.Time{}
		t.quiet = !e.Typing
		t.asked = true
	}
	t.settle()
	return t.State, t.effects
}

// turn is one Step in progress.
type turn struct {
	State
	at      time.Time
	effects []Effect
	asked   bool // the event says whether the person is typing
	quiet   bool // and they are not
	arrived bool // somewhere, or with something: it may be an AI's answer in a system
}

func (t *turn) do(e Effect) { t.effects = append(t.effects, e) }

func (t *turn) isUp(id card.ID) bool { return t.phase == up && t.card.ID == id }

func (t *turn) asks(id card.ID) bool { return id != 0 && t.question.card.ID == id }

func (t *turn) onCopied(e Copied) {
	t.clips[e.Clip.Selection] = copied{clip: e.Clip, at: e.At}
	// An older clip can't come back, so what was said of it can be forgotten.
	t.done = slices.DeleteFunc(slices.Clone(t.done), func(j judged) bool {
		return j.clip.Selection == e.Clip.Selection && j.clip != e.Clip
	})
	// Copies and windows are two streams: what was copied in a document can be
	// told of after the window that the person went to.
	here := t.focus.Watched && !e.At.Before(t.came)
	own := e.PID == t.focus.PID || e.PID == 0 || t.focus.PID == 0
	t.noteAnswer(e)
	if here && (own || e.Clip.Selection == Primary) {
		t.judge(e.Clip, placeOf(t.focus.Destination), false)
	}
}

func (t *turn) onFocused(e Focused) {
	if e.Own {
		t.left = time.Time{}
		return
	}
	if t.focus.Watched != e.Watched || t.focus.PID != e.PID || placeOf(t.focus.Destination) != placeOf(e.Destination) {
		t.came, t.from = e.At, t.focus
	}
	t.focus, t.arrived = e, true
	switch {
	case e.Watched && placeOf(e.Destination) == placeOf(t.dest):
		t.left = time.Time{}
	case t.left.IsZero():
		t.left = e.At
	}
}

func (t *turn) onLooked(e Looked) {
	if t.phase != reading || e.Read != t.read {
		return // the moment it was asked for has passed
	}
	t.phase = idle
	t.asked, t.quiet = true, !e.Typing
	t.decision, t.holdOut, t.safe, t.kept = e.Decision, e.HoldOut, e.Safe, false
	switch e.Decision.Do {
	case policy.Nothing:
		t.judge(t.clip, placeOf(t.dest), true)
	case policy.Observe:
		t.judge(t.clip, placeOf(t.dest), false)
		t.record(0)
	default:
		t.phase, t.began = waiting, t.at
	}
}

// onFailed is after a card could not be shown: a window's becomes a
// notification; where that fails too there is nothing left to show it with.
func (t *turn) onFailed() {
	switch {
	case !t.notified:
		t.notify()
	case t.visible:
		t.end(report.Ignored)
	default:
		t.phase = idle
		t.do(Withdraw{t.card.ID})
	}
}

func (t *turn) onClosed() {
	if t.visible {
		t.end(report.Ignored)
	} else {
		t.onFailed()
	}
}

func (t *turn) onAnswered(a card.Answer) {
	switch a {
	case card.OpenApproved:
		t.record(report.Switched)
		t.do(Open{URL: t.decision.Instead.Open})
	case card.SafePaste:
		t.record(report.PastedSafely)
		t.do(MakeSafe{t.dest})
	case card.NotSensitive:
		t.record(report.SaidNotSensitive)
		t.do(Learn{Read: t.read})
	case card.Allowed:
		t.record(report.SaidAllowed)
		t.allow(t.clip, t.decision, t.dest)
	case card.PasteAnyway:
		t.record(report.SaidAnyway)
		t.allow(t.clip, t.decision, t.dest)
		if t.decision.Class == detect.ClassSecret {
			t.do(KeyOut{Read: t.read, Tool: t.dest.Name})
		}
	case card.RequestTool:
		t.record(report.Dismissed)
		t.do(Request{t.dest, t.decision.Class})
	default:
		t.record(report.Dismissed)
	}
	t.phase = idle
	t.do(Withdraw{t.card.ID})
	if a == card.PasteAnyway {
		t.followUp(t.decision.Class, t.dest)
	}
}

// onSeen counts a nudge once somebody sees it.
func (t *turn) onSeen() {
	if t.decision.Do != policy.Block {
		t.spend()
		t.note(t.decision, placeOf(t.dest), false)
	}
}

// end takes the card away with an outcome.
func (t *turn) end(a report.Answer) {
	t.record(a)
	t.phase = idle
	t.do(Withdraw{t.card.ID})
}

func (t *turn) record(a report.Answer) { t.do(Record{outcomeOf(t.decision, t.dest, a)}) }

func outcomeOf(p policy.Decision, d catalog.Destination, a report.Answer) Outcome {
	rule := p.Rule
	if p.Term != "" {
		rule = report.OwnTerms
	}
	return Outcome{Rule: rule, Class: p.Class, Tool: d.Tool, Surface: d.Surface, Answer: a}
}

func (t *turn) notify() {
	t.notified, t.since = true, t.at
	t.do(Notify{t.card})
}

// judge notes what is known of a clip for a place. What once was not clean
// stays so.
func (t *turn) judge(c Clip, p place, clean bool) {
	t.done = slices.Clone(t.done)
	for i, j := range t.done {
		if j.clip == c && j.place == p {
			t.done[i].clean = j.clean && clean
			return
		}
	}
	t.done = append(t.done, judged{clip: c, place: p, clean: clean})
}

func (t *turn) isJudged(c Clip, p place) bool {
	return slices.ContainsFunc(t.done, func(j judged) bool { return j.clip == c && j.place == p })
}
