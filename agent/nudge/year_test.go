package nudge

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// year plays a year of somebody's work at random, and keeps its own account of
// what interrupted them.
type year struct {
	t     *testing.T
	rand  *rand.Rand
	s     State
	now   time.Time
	limit Limits
	inOut bool // of the hold-out

	focus  Focused
	busy   bool
	copied time.Time
	seq    uint64
	hold   AttemptID

	perDay map[Day]int
	last   map[string]time.Time // of each rule, class and place: when it was said
	badges map[string]int       // of each clip and place
	counts map[string]int
}

// about names what a nudge is about, as the cooldown takes it.
func about(p policy.Decision, d catalog.Destination) string {
	return string(p.Rule) + " " + p.Class.String() + " " + string(d.Tool)
}

func pick[T any](y *year, of ...T) T { return of[y.rand.IntN(len(of))] }

var (
	yearsRules = []policy.Decision{
		{Do: policy.Nudge, Rule: "contacts", Class: detect.ClassContacts, Instead: policy.Alternative{Advice: "Ask."}},
		{Do: policy.Nudge, Rule: "health", Class: detect.ClassHealth, Instead: policy.Alternative{Advice: "Ask."}},
		{Do: policy.Nudge, Rule: "key", Class: detect.ClassSecret, Instead: policy.Alternative{Advice: "Ask."}},
		{Do: policy.Warn, Rule: "hr", Class: detect.ClassHR, Instead: policy.Alternative{Advice: "Ask."}},
		{Do: policy.Block, Rule: "card", Class: detect.ClassCard, Instead: policy.Alternative{Advice: "Ask."}},
	}
	yearsTools = []catalog.Destination{chatgpt, claude}
)

func (y *year) play(e Event) {
	before := y.s
	var fx []Effect
	y.s, fx = Step(y.s, e)
	for _, f := range fx {
		y.perform(before, e, f)
	}
}

// interrupted is a nudge that somebody sees, or that was left out in its place.
func (y *year) interrupted(p policy.Decision, d catalog.Destination) {
	y.counts["interrupted"]++
	day := DayOf(y.now)
	if y.perDay[day]++; y.perDay[day] > y.limit.PerDay {
		y.t.Fatalf("%d nudges on %v", y.perDay[day], day)
	}
	y.last[about(p, d)] = y.now
}

// cool tells whether the same has not been said within the cooldown.
func (y *year) cool(p policy.Decision, d catalog.Destination) bool {
	before, was := y.last[about(p, d)]
	return !was || y.now.Sub(before) >= y.limit.Cooldown
}

func (y *year) perform(before State, e Event, f Effect) {
	hindered := y.busy || y.focus.Fullscreen
	switch f := f.(type) {
	case ReadClip:
		// The answer comes at once, but for a person who types.
		p := pick(y, append(yearsRules, policy.Decision{})...)
		y.play(Looked{At: y.now, Read: f.Read, Decision: p, Typing: y.rand.IntN(4) == 0, HoldOut: y.inOut})
	case Show:
		if f.Card.Held || !f.Card.Nudges() {
			return
		}
		p, d := y.s.decision, y.s.dest
		if p.Do == policy.Block {
			y.counts["block"]++
		} else {
			switch {
			case hindered:
				y.t.Fatal("shown while somebody is busy")
			case y.now.Sub(y.copied) >= Fresh:
				y.t.Fatalf("shown about a clip that is %v old", y.now.Sub(y.copied))
			case !y.cool(p, d):
				y.t.Fatalf("%s said again after %v", about(p, d), y.now.Sub(y.last[about(p, d)]))
			case heldOut(y.inOut, p.Class):
				y.t.Fatal("shown in the hold-out")
			}
		}
		if y.rand.IntN(10) > 0 { // else no window comes
			if p.Do != policy.Block {
				y.interrupted(p, d)
			}
			y.play(Shown{At: y.now, Card: f.Card.ID})
		}
	case Hold:
		h := e.(Held)
		if h.Decision.Do != policy.Nudge {
			y.counts["asked before the paste"]++
			return
		}
		if hindered {
			y.t.Fatal("held while somebody is busy")
		}
		y.interrupted(h.Decision, h.Destination)
	case Finish:
		if h, ok := e.(Held); ok && f.How == Original {
			if h.Decision.Do != policy.Nudge {
				y.t.Fatalf("%s was let through", about(h.Decision, h.Destination))
			}
			y.counts["let through"]++
		}
	case Record:
		switch f.Outcome.Kind {
		case report.KindHeldOut:
			if c := f.Outcome.Class; c == detect.ClassSecret || c == detect.ClassCard || !y.inOut {
				y.t.Fatalf("%v was left out", c)
			}
			d := before.dest
			if h, ok := e.(Held); ok {
				d = h.Destination
			}
			y.counts["left out"]++
			y.interrupted(policy.Decision{Rule: f.Outcome.Rule, Class: f.Outcome.Class}, d)
		case report.KindBadge:
			if _, held := e.(Held); !held {
				k := pair(ReadClip{Clip: before.clip, Destination: before.dest})
				if y.badges[k]++; y.badges[k] > 1 {
					y.t.Fatalf("two badges about %s", k)
				}
			}
		}
	case Badge:
		if hindered {
			y.t.Fatal("a badge while somebody is busy")
		}
		y.counts["badge: "+f.Quiet.Why.String()]++
	}
}

func (y *year) something() {
	switch y.rand.IntN(8) {
	case 0, 1:
		y.seq++
		y.copied = y.now
		y.play(Copied{At: y.now, Clip: Clip{Clipboard, y.seq}, PID: deskPID})
	case 2, 3, 4:
		y.focus = Focused{At: y.now, PID: deskPID}
		if y.rand.IntN(3) > 0 {
			y.focus = Focused{At: y.now, Watched: true, Destination: pick(y, yearsTools...), PID: aiPID, Fullscreen: y.rand.IntN(8) == 0}
		}
		y.play(y.focus)
	case 5:
		y.busy = y.rand.IntN(3) == 0
		y.play(Busy{At: y.now, On: y.busy})
	case 6:
		if c, up := y.s.Card(); up {
			y.play(Answered{At: y.now, Card: c.ID, Answer: pick(y, c.Answers()...)})
		}
	case 7:
		p := pick(y, yearsRules...)
		y.hold++
		h := Held{At: y.now, Attempt: y.hold, Destination: pick(y, yearsTools...), Decision: p, HoldOut: y.inOut}
		y.play(h)
		a := pick(y, card.Dismiss, card.NotSensitive, card.Allowed, card.PasteAnyway)
		y.play(AnsweredHeld{At: y.now, Attempt: y.hold, Answer: a})
	}
	y.play(Tick{At: y.now, Typing: y.rand.IntN(4) == 0})
}

// Whatever a year brings: the days' nudges, the cooldown and everything else
// that is promised about quiet holds, and yet there is something of everything.
func TestAYear(t *testing.T) {
	for seed := range uint64(6) {
		y := &year{
			t: t, rand: rand.New(rand.NewPCG(seed, 6)), limit: Limits{PerDay: 3, Cooldown: 30 * time.Minute}, inOut: seed%3 == 2,
			now:    time.Date(2026, 1, 1, 0, 0, 0, 0, time.FixedZone("", -8*3600)),
			perDay: map[Day]int{}, last: map[string]time.Time{}, badges: map[string]int{}, counts: map[string]int{},
		}
		if seed%2 == 1 {
			y.limit = Limits{PerDay: 7, Cooldown: 5 * time.Minute}
			y.play(PolicyChanged{At: y.now, Limits: y.limit})
		}
		for end := y.now.AddDate(1, 0, 0); y.now.Before(end); {
			y.now = y.now.Add(pick(y, time.Second, 10*time.Second, time.Minute, 5*time.Minute, time.Hour, 3*time.Hour))
			y.something()
		}
		want := []string{"interrupted", "block", "asked before the paste", "let through", "badge: enough", "badge: recent", "badge: old", "badge: busy"}
		if y.inOut {
			want = append(want, "left out")
		}
		for _, what := range want {
			if y.counts[what] == 0 {
				t.Errorf("seed %d: in a year there was nothing of %q: %v", seed, what, y.counts)
			}
		}
		spent := slices.Max(slices.Collect(maps.Values(y.perDay)))
		if spent != y.limit.PerDay {
			t.Errorf("seed %d: no day had %d nudges, the most is %d", seed, y.limit.PerDay, spent)
		}
		t.Logf("seed %d: %v", seed, y.counts)
	}
}
