package nudge

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"

	"pgregory.net/rapid"
)

// world is a desktop with a person, played at random. It answers the effects
// at random times, or never, and keeps its own books of what was promised.
type world struct {
	t     *rapid.T
	s     State
	now   time.Time
	wake  time.Time
	focus Focused // what the desktop last said, Own aside

	fullscreen, paused bool
	typing             bool
	seq                [selections]uint64
	made               map[Clip]Copied
	madeIn             map[Clip]Focused // what had the keyboard at the copy

	reads    map[ReadID]ReadClip // not answered yet
	decided  map[ReadID]policy.Decision
	lastRead ReadID

	onScreen card.ID // the card that was sent and not withdrawn
	sent     map[card.ID]ReadClip
	notified map[card.ID]bool
	seen     map[card.ID]bool // it was shown while it was up
	outcomes map[card.ID]int
	told     map[string]bool // clip and tool of every card that was seen

	attempts AttemptID // the last one
	held     map[AttemptID]Held
	holdCard map[AttemptID]card.ID // of every hold there was
	excused  map[card.ID]bool      // seen, and needs no outcome: a hold took its place, or it was cleared
	anyway   map[string]bool       // said to paste it anyway
	last     card.ID               // the newest card
	busy     bool
	expected card.ID // the nudge that was up last
}

func newWorld(t *rapid.T) *world {
	return &world{
		t: t, now: start, made: map[Clip]Copied{}, madeIn: map[Clip]Focused{},
		reads: map[ReadID]ReadClip{}, decided: map[ReadID]policy.Decision{},
		sent: map[card.ID]ReadClip{}, notified: map[card.ID]bool{}, seen: map[card.ID]bool{},
		outcomes: map[card.ID]int{}, told: map[string]bool{},
		held: map[AttemptID]Held{}, holdCard: map[AttemptID]card.ID{}, excused: map[card.ID]bool{}, anyway: map[string]bool{},
	}
}

func pair(r ReadClip) string { return fmt.Sprint(r.Clip, placeOf(r.Destination)) }

func (w *world) play(e Event) {
	before := w.s
	var fx []Effect
	w.s, fx = Step(w.s, e)
	if _, again := Step(before, e); !reflect.DeepEqual(fx, again) {
		w.t.Fatalf("%T: the same state and event gave %v, then %v", e, fx, again)
	}
	for _, f := range fx {
		w.perform(e, f)
	}
}

func (w *world) perform(e Event, f Effect) {
	switch f := f.(type) {
	case ReadClip:
		w.checkRead(f)
		w.reads[f.Read], w.lastRead = f, f.Read
	case Badge:
		if w.busy || w.focus.Fullscreen {
			w.t.Fatalf("%T: a badge while somebody is busy", e)
		}
	case Hold:
		w.last = f.Card.ID
		h := e.(Held) // nothing else begins a hold
		w.held[f.Attempt], w.holdCard[f.Attempt] = h, f.Card.ID
		w.sent[f.Card.ID] = ReadClip{Clip: h.Clip, Destination: h.Destination}
		w.seen[f.Card.ID] = true
		if h.Clip.Seq != 0 {
			w.told[pair(w.sent[f.Card.ID])] = true
		}
	case Finish:
		w.checkFinish(e, f)
		delete(w.held, f.Attempt)
	case Show:
		w.last = f.Card.ID
		if f.Card.Held || !f.Card.Nudges() {
			if w.onScreen != 0 {
				w.t.Fatalf("the card of a hold while card %d is up", w.onScreen)
			}
			w.onScreen = f.Card.ID
			return
		}
		w.checkShow(e, f)
		w.expected = f.Card.ID
		w.onScreen = f.Card.ID
		w.sent[f.Card.ID] = w.readOf()
	case Notify:
		if w.onScreen != 0 && w.onScreen != f.Card.ID {
			w.t.Fatalf("card %d as notification while card %d is up", f.Card.ID, w.onScreen)
		}
		if w.notified[f.Card.ID] {
			w.t.Fatalf("card %d was notified twice", f.Card.ID)
		}
		w.onScreen, w.notified[f.Card.ID] = f.Card.ID, true
	case Withdraw:
		if w.onScreen == f.Card {
			w.onScreen = 0
		}
	case Record:
		if f.Outcome.Kind == report.KindHeldOut && f.Outcome.Class != detect.ClassContacts {
			w.t.Fatalf("a nudge about %v was left out", f.Outcome.Class)
		}
		if f.Outcome.Kind == 0 && f.Outcome.Answer != 0 {
			w.outcomes[w.cardOf(f.Outcome)]++
		}
	case Wake:
		if f.At.Before(w.now) {
			w.t.Fatalf("%T at %v asks to be woken in the past, %v", e, w.now, f.At)
		}
		w.wake = f.At
	}
}

// readOf is the read that the newest card comes from: the last one answered.
func (w *world) readOf() ReadClip {
	r, ok := w.reads[w.lastRead]
	if !ok {
		w.t.Fatalf("a card without a read")
	}
	return r
}

// cardOf is what an outcome is about: rules of holds are named by the attempt.
func (w *world) cardOf(o Outcome) card.ID {
	for id, c := range w.holdCard {
		if o.Rule == ruleOf(id) {
			return c
		}
	}
	return w.expected
}

func ruleOf(id AttemptID) policy.RuleID { return policy.RuleID(fmt.Sprint("h", id)) }

func (w *world) checkFinish(e Event, f Finish) {
	h, was := w.held[f.Attempt]
	if now, ok := e.(Held); ok && now.Attempt == f.Attempt && !was {
		switch {
		case f.How == Dropped && w.paused:
		case f.How == Original && now.Decision.Do == policy.Nudge && (w.busy || w.focus.Fullscreen || w.s.spent.Nudges >= w.s.limits.orDefault().PerDay || now.HoldOut):
		case f.How == Original && now.Decision.Do != policy.Block && w.anyway[pair(ReadClip{Clip: now.Clip, Destination: now.Destination})]:
		default:
			w.t.Fatalf("attempt %d ends with %d before anybody was asked", f.Attempt, f.How)
		}
		return
	}
	if !was && f.How != Dropped {
		w.t.Fatalf("attempt %d ends twice", f.Attempt)
	}
	var a card.Answer
	switch e := e.(type) {
	case Answered:
		a = e.Answer
	case AnsweredHeld:
		a = e.Answer
	}
	switch {
	case f.How == Original && ((a == card.PasteAnyway || a == card.Allowed) && h.Decision.Do != policy.Block || a == card.NotSensitive):
	case f.How == Safe && a == card.SafePaste && h.Safe:
	case f.How == Dropped && (a == card.Dismiss || a == card.OpenApproved || a == 0):
	default:
		w.t.Fatalf("%T: attempt %d (%v) ends with %d after answer %v", e, f.Attempt, h.Decision.Do, f.How, a)
	}
	if a == card.PasteAnyway || a == card.Allowed {
		w.anyway[pair(ReadClip{Clip: h.Clip, Destination: h.Destination})] = true
	}
}

func (w *world) checkRead(f ReadClip) {
	c := w.made[f.Clip]
	in := w.madeIn[f.Clip]
	switch {
	case !w.focus.Watched:
		w.t.Fatalf("%v read without an unapproved tool in focus", f.Clip)
	case w.paused:
		w.t.Fatalf("%v read in a pause", f.Clip)
	case f.Destination.Tool != w.focus.Destination.Tool:
		w.t.Fatalf("read for %s while %s has the keyboard", f.Destination.Tool, w.focus.Destination.Tool)
	case f.Clip.Seq != w.seq[f.Clip.Selection] || f.Clip.Seq == 0:
		w.t.Fatalf("%v read, which is not on the clipboard any more", f.Clip)
	case w.now.Sub(c.At) >= MaxAge:
		w.t.Fatalf("%v read at an age of %v", f.Clip, w.now.Sub(c.At))
	case w.told[pair(f)]:
		w.t.Fatalf("%v read again for %s after a nudge", f.Clip, f.Destination.Tool)
	}
	if in.Watched && in.Destination.Tool == f.Destination.Tool && (c.PID == in.PID || f.Clip.Selection == Primary) {
		w.t.Fatalf("%v read for %s, which it was taken from", f.Clip, f.Destination.Tool)
	}
}

func (w *world) checkShow(e Event, f Show) {
	if w.onScreen != 0 {
		w.t.Fatalf("card %d shown while card %d is up", f.Card.ID, w.onScreen)
	}
	r := w.readOf()
	if w.told[pair(r)] {
		w.t.Fatalf("%v x %s nudged twice", r.Clip, r.Destination.Tool)
	}
	if w.paused {
		w.t.Fatalf("%T: shown in a pause", e)
	}
	if l, ok := e.(Looked); ok && l.Read != w.lastRead {
		w.t.Fatalf("shown because of read %d, but %d is the one that counts", l.Read, w.lastRead)
	}
	if f.Card.Block {
		return
	}
	if w.typing {
		w.t.Fatalf("%T: shown while typing", e)
	}
	if w.focus.Fullscreen || w.busy {
		w.t.Fatalf("%T: shown while somebody is busy", e)
	}
	if age := w.now.Sub(w.made[r.Clip].At); age >= Fresh {
		w.t.Fatalf("%T: shown about a clip that is %v old", e, age)
	}
}

func (w *world) setFocus(f Focused) {
	if !f.Own {
		w.focus = f
	}
	w.play(f)
}

func (w *world) sees(id card.ID) {
	if c, ok := w.s.Card(); ok && c.ID == id && c.Nudges() {
		w.seen[id] = true
		w.told[pair(w.sent[id])] = true
	}
	w.play(Shown{At: w.now, Card: id})
}

func (w *world) tick() {
	w.wake = time.Time{}
	w.play(Tick{At: w.now, Typing: w.typing})
}

var decisions = []policy.Decision{
	{},
	{Do: policy.Observe, Rule: "o"},
	{Do: policy.Nudge, Rule: "k", Class: detect.ClassSecret, Instead: policy.Alternative{Advice: "Ask."}},
	{Do: policy.Nudge, Rule: "n", Class: detect.ClassContacts, Instead: policy.Alternative{Name: "Copilot", Open: "https://copilot.example"}},
	{Do: policy.Warn, Rule: "w", Class: detect.ClassContacts, Instead: policy.Alternative{Advice: "Ask."}},
	{Do: policy.Block, Rule: "b", Instead: policy.Alternative{Advice: "Ask."}},
}

func (w *world) anyCard(label string) card.ID {
	return card.ID(rapid.IntRange(0, int(w.last)+1).Draw(w.t, label))
}

func (w *world) actions() map[string]func(*rapid.T) {
	places := []catalog.Destination{chatgpt, claude}
	return map[string]func(*rapid.T){
		"time": func(t *rapid.T) {
			d := rapid.SampledFrom([]time.Duration{time.Millisecond, Recheck, Grace, time.Second, ShowDeadline, time.Minute, MaxAge}).Draw(t, "d")
			end := w.now.Add(d)
			for !w.wake.IsZero() && !w.wake.After(end) {
				if w.wake.After(w.now) {
					w.now = w.wake
				}
				w.tick()
				if !w.wake.IsZero() && !w.wake.After(w.now) {
					t.Fatalf("a Tick asks for another one at once: a busy loop")
				}
			}
			w.now = end
		},
		"copy": func(t *rapid.T) {
			sel := rapid.SampledFrom([]Selection{Clipboard, Primary}).Draw(t, "selection")
			w.seq[sel]++
			c := Copied{At: w.now, Clip: Clip{sel, w.seq[sel]}, PID: rapid.SampledFrom([]int{aiPID, deskPID, 0}).Draw(t, "pid")}
			w.made[c.Clip], w.madeIn[c.Clip] = c, w.focus
			w.play(c)
		},
		"focus tool": func(t *rapid.T) {
			w.setFocus(Focused{
				At: w.now, Watched: true, PID: aiPID, Destination: rapid.SampledFrom(places).Draw(t, "tool"),
				Fullscreen: rapid.IntRange(0, 3).Draw(t, "fullscreen") == 0,
			})
		},
		"focus desk": func(t *rapid.T) { w.setFocus(Focused{At: w.now, PID: deskPID}) },
		"focus own":  func(t *rapid.T) { w.setFocus(Focused{At: w.now, Own: true}) },
		"type":       func(t *rapid.T) { w.typing = rapid.Bool().Draw(t, "typing") },
		"pause": func(t *rapid.T) {
			w.paused = rapid.IntRange(0, 3).Draw(t, "paused") == 0
			w.play(Paused{At: w.now, On: w.paused})
		},
		"policy": func(t *rapid.T) {
			w.play(PolicyChanged{At: w.now, Limits: Limits{PerDay: 1000, Cooldown: rapid.SampledFrom([]time.Duration{0, time.Minute}).Draw(t, "cooldown")}})
		},
		"busy": func(t *rapid.T) {
			w.busy = rapid.IntRange(0, 3).Draw(t, "busy") == 0
			w.play(Busy{At: w.now, On: w.busy})
		},
		"look": func(t *rapid.T) {
			id := ReadID(rapid.Uint64Range(0, uint64(w.lastRead)).Draw(t, "read"))
			if _, ok := w.reads[id]; !ok || w.decided[id].Rule == "done" {
				t.Skip("no such read")
			}
			d := rapid.SampledFrom(decisions).Draw(t, "decision")
			w.decided[id] = policy.Decision{Rule: "done"}
			w.play(Looked{At: w.now, Read: id, Decision: d, Typing: w.typing, HoldOut: w.drawn()})
		},
		"shown": func(t *rapid.T) { w.sees(w.anyCard("card")) },
		"failed": func(t *rapid.T) {
			w.play(Failed{At: w.now, Card: w.anyCard("card"), Notification: rapid.Bool().Draw(t, "notification")})
		},
		"closed": func(t *rapid.T) {
			w.play(Closed{At: w.now, Card: w.anyCard("card"), Notification: rapid.Bool().Draw(t, "notification")})
		},
		"windows gone": func(t *rapid.T) { w.play(WindowsGone{At: w.now}) },
		"answer": func(t *rapid.T) {
			id := w.anyCard("card")
			if c, ok := w.s.Card(); ok && c.ID == id {
				w.sees(id) // nobody answers what they can't see
			}
			a := w.anyAnswer()
			if c, ok := w.s.Card(); ok && c.ID == id && !c.Held && (a == card.PasteAnyway || a == card.Allowed) && !c.Block && c.Nudges() {
				w.anyway[pair(w.sent[id])] = true
			}
			w.play(Answered{At: w.now, Card: id, Answer: a})
		},
		"held": func(t *rapid.T) {
			w.attempts++
			w.hold(w.attempts, rapid.SampledFrom(places).Draw(t, "page"))
		},
		"held again": func(t *rapid.T) {
			id := w.anyAttempt()
			h, ok := w.held[id]
			if !ok {
				t.Skip("no such hold")
			}
			w.excused[w.holdCard[id]] = true
			w.hold(id, h.Destination)
		},
		"answer in page": func(t *rapid.T) {
			w.play(AnsweredHeld{At: w.now, Attempt: w.anyAttempt(), Answer: w.anyAnswer()})
		},
		"gone": func(t *rapid.T) {
			id := w.anyAttempt()
			w.play(Gone{At: w.now, Attempt: id})
			delete(w.held, id)
		},
		"cleared": func(t *rapid.T) {
			id := w.anyAttempt()
			if _, ok := w.held[id]; ok {
				w.excused[w.holdCard[id]] = true
			}
			w.play(Cleared{At: w.now, Attempt: id})
			delete(w.held, id)
		},
		"": func(*rapid.T) { w.check() },
	}
}

func (w *world) anyAttempt() AttemptID {
	return AttemptID(rapid.Uint64Range(0, uint64(w.attempts)+1).Draw(w.t, "attempt"))
}

func (w *world) anyAnswer() card.Answer {
	return rapid.SampledFrom([]card.Answer{card.OpenApproved, card.SafePaste, card.NotSensitive, card.Allowed, card.PasteAnyway, card.Dismiss, card.NoTime}).Draw(w.t, "answer")
}

// hold plays a paste that a page holds: of the newest clip, or of something
// else.
func (w *world) hold(id AttemptID, d catalog.Destination) {
	h := Held{At: w.now, Attempt: id, Destination: d, Decision: rapid.SampledFrom(decisions[2:]).Draw(w.t, "held for"), Safe: rapid.Bool().Draw(w.t, "safe"), HoldOut: w.drawn()}
	if w.seq[Clipboard] > 0 && rapid.Bool().Draw(w.t, "of the clip") {
		h.Clip = Clip{Clipboard, w.seq[Clipboard]}
	}
	if before, again := w.held[id]; again {
		h.Clip = before.Clip // what was pasted is what it was, whoever says so
	}
	h.Decision.Rule = ruleOf(id)
	c, up := w.s.Card()
	w.play(h)
	if _, held := w.held[id]; held && up && !c.Held && c.Nudges() && pair(w.sent[c.ID]) == pair(ReadClip{Clip: h.Clip, Destination: d}) {
		w.excused[c.ID] = true
	}
}

// drawn is seldom true: whether this laptop is in the hold-out.
func (w *world) drawn() bool { return rapid.IntRange(0, 9).Draw(w.t, "drawn") == 0 }

func (w *world) check() {
	for id := range w.held {
		if !slices.ContainsFunc(w.s.holds, func(h hold) bool { return h.attempt == id }) {
			w.t.Fatalf("attempt %d is held by a page and forgotten here", id)
		}
	}
	if len(w.held) != len(w.s.holds) {
		w.t.Fatalf("%d attempts are held, %d are known", len(w.held), len(w.s.holds))
	}
	c, isUp := w.s.Card()
	if isUp != (w.onScreen != 0) || isUp && c.ID != w.onScreen {
		w.t.Fatalf("state says card %d up: %v; on screen is %d", c.ID, isUp, w.onScreen)
	}
	for id := range w.sent {
		want := 0
		if w.seen[id] && !w.isUp(id) && !w.excused[id] {
			want = 1
		}
		if w.outcomes[id] != want {
			w.t.Fatalf("card %d: seen %v, up %v: %d outcomes", id, w.seen[id], id == w.onScreen, w.outcomes[id])
		}
	}
	if len(w.s.done) > 2*int(selections)*2 {
		w.t.Fatalf("%d judgements are kept of %d clips", len(w.s.done), selections)
	}
}

// isUp tells whether somebody sees the card, in a window or in its page.
func (w *world) isUp(id card.ID) bool {
	for a := range w.held {
		if w.holdCard[a] == id {
			return true
		}
	}
	return id == w.onScreen
}

func TestWhateverHappens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		t.Repeat(w.actions())

		// Every path ends: once the keyboard is elsewhere, nothing stays up and
		// nothing more is asked for.
		w.setFocus(Focused{At: w.now, PID: deskPID})
		for i := 0; !w.wake.IsZero(); i++ {
			if i > 10 {
				t.Fatalf("still asking for Ticks")
			}
			if w.wake.After(w.now) {
				w.now = w.wake
			}
			w.tick()
		}
		w.check()
		// A pause ends what pages hold.
		w.play(Paused{At: w.now, On: true})
		if w.check(); len(w.s.holds) > 0 || w.onScreen != 0 {
			t.Fatalf("%d attempts are held in a pause", len(w.s.holds))
		}
		if w.s.phase != idle {
			t.Fatalf("left in phase %d", w.s.phase)
		}
	})
}

// With the tool in focus, an unread clip and a person who pauses, a nudge is
// always shown: none of the rules above may lose one.
func TestANudgeIsNotLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		t.Repeat(w.actions())
		w.typing, w.paused, w.busy = false, false, false
		w.now = w.now.Add(48 * time.Hour) // nothing is spent
		w.play(Paused{At: w.now})
		w.play(Busy{At: w.now})
		w.tick()
		w.setFocus(Focused{At: w.now, PID: deskPID})
		w.seq[Clipboard]++
		c := Copied{At: w.now, Clip: Clip{Clipboard, w.seq[Clipboard]}, PID: deskPID}
		w.made[c.Clip], w.madeIn[c.Clip] = c, w.focus
		w.play(c)
		read := w.lastRead
		w.setFocus(Focused{At: w.now, Watched: true, PID: aiPID, Destination: chatgpt})
		if _, isUp := w.s.Card(); isUp {
			t.Skip("a card about marked text is still up")
		}
		if w.lastRead != read+1 {
			t.Fatalf("the clip was not looked at")
		}
		w.play(Looked{At: w.now, Read: w.lastRead, Decision: contacts})
		if got, isUp := w.s.Card(); !isUp || got.Tool != chatgpt.Name || got.Count != contacts.Count {
			t.Fatalf("no card, or another one: %v %v", isUp, got)
		}
	})
}
