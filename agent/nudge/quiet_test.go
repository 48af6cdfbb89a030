package nudge

import (
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// again plays another clip of the same kind that is looked at in ChatGPT.
func (y *story) again(seq uint64, d policy.Decision, want ...Effect) {
	y.t.Helper()
	y.step(y.desk())
	y.step(y.copied(seq, deskPID))
	y.step(y.focus(chatgpt))
	y.want(y.looked(y.s.read, d), want...)
}

func hushed(why card.Hush) []Effect {
	return []Effect{badged, Badge{card.Quiet{Class: detect.ClassContacts, Tool: "ChatGPT", Why: why}}}
}

func TestTheSameIsNotSaidAgainWithinTheCooldown(t *testing.T) {
	y := shown(t)
	y.want(Answered{At: y.now, Card: 1, Answer: card.Dismiss}, outcome(report.Dismissed), Withdraw{1})
	y.after(29*time.Minute).again(2, contacts, hushed(card.HushRecent)...)
	// Something else is another matter, and so is the same a minute later.
	health := contacts
	health.Rule, health.Class = "health", detect.ClassHealth
	y.again(3, health, Show{newCard(2, chatgpt, health)})
	y.step(Shown{At: y.now, Card: 2})
	y.step(Answered{At: y.now, Card: 2, Answer: card.Dismiss})
	y.after(time.Minute).again(4, contacts, Show{cardOf(3, chatgpt)})
}

func TestTheDaysNudges(t *testing.T) {
	y := newStory(t)
	for i := range uint64(3) {
		y.after(time.Hour).again(i+1, contacts, Show{cardOf(card.ID(i+1), chatgpt)})
		y.step(Shown{At: y.now, Card: card.ID(i + 1)})
		y.step(Answered{At: y.now, Card: card.ID(i + 1), Answer: card.Dismiss})
	}
	y.after(time.Hour).again(4, contacts, hushed(card.HushEnough)...)
	block := contacts
	block.Do = policy.Block
	y.again(5, block, Show{newCard(4, chatgpt, block)})
	y.step(Shown{At: y.now, Card: 4})
	y.step(Answered{At: y.now, Card: 4, Answer: card.Dismiss})
	// A day ends where the person is: it is two in the morning in Berlin, and
	// still yesterday in UTC.
	y.now = time.Date(2026, 11, 25, 0, 30, 0, 0, time.FixedZone("", 3600))
	y.again(6, contacts, Show{cardOf(5, chatgpt)})
}

func TestWhatAnEarlierSessionSpentIsSpent(t *testing.T) {
	y := newStory(t)
	y.want(Restored{At: y.now, Spent: Spent{Day: DayOf(y.now), Nudges: 3}})
	y.again(1, contacts, hushed(card.HushEnough)...)
	y.want(PolicyChanged{At: y.now, Limits: Limits{PerDay: 4}})
	y.again(2, contacts, Show{cardOf(1, chatgpt)})
	if got := y.s.Spent(); got.Nudges != 3 {
		t.Errorf("a nudge that nobody has seen yet is counted: %+v", got)
	}
	y.step(Shown{At: y.now, Card: 1})
	if got := y.s.Spent(); got.Nudges != 4 {
		t.Errorf("spent %+v", got)
	}
}

func TestAnOldClipGetsABadge(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.after(Fresh).want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, contacts), hushed(card.HushOld)...)
}

func TestNothingComesWhileSomebodyIsBusy(t *testing.T) {
	y := newStory(t)
	y.want(Busy{At: y.now, On: true})
	y.again(1, contacts)
	// The moment lasts as long as the busy one: the nudge comes.
	y.after(time.Minute).step(Busy{At: y.now})
	y.want(Tick{At: y.now}, Show{cardOf(1, chatgpt)})
	y.step(Shown{At: y.now, Card: 1})
	// It disturbs now.
	y.want(Busy{At: y.now, On: true}, outcome(report.Ignored), Withdraw{1})

	// The moment passes: the badge waits.
	health := contacts
	health.Rule = "health"
	y.again(2, health)
	record := badged
	record.Outcome.Rule = "health"
	y.after(Fresh).want(Tick{At: y.now}, record)
	y.want(Busy{At: y.now}, Badge{card.Quiet{Class: detect.ClassContacts, Tool: "ChatGPT", Why: card.HushBusy}})
}

func TestTheHoldOut(t *testing.T) {
	left := Record{Outcome{Kind: report.KindHeldOut, Rule: "contacts", Class: detect.ClassContacts, Tool: "chatgpt", Surface: catalog.SurfaceBrowser}}
	for _, c := range []struct {
		class detect.Class
		do    policy.Do
		out   bool
	}{
		{detect.ClassContacts, policy.Nudge, true}, {detect.ClassContacts, policy.Warn, true}, {detect.ClassContacts, policy.Block, false},
		{detect.ClassSecret, policy.Nudge, false}, {detect.ClassCard, policy.Nudge, false},
	} {
		d := contacts
		d.Class, d.Do = c.class, c.do
		y := newStory(t)
		y.step(y.copied(1, deskPID))
		y.step(y.focus(chatgpt))
		want := []Effect{Show{newCard(1, chatgpt, d)}}
		if c.out {
			want = []Effect{left}
		}
		y.want(Looked{At: y.now, Read: 1, Decision: d, HoldOut: true}, want...)
		if c.out && y.s.Spent().Nudges != 1 {
			t.Error("a nudge that was left out costs less than one that was shown")
		}
	}
	y := newStory(t)
	y.want(Held{At: y.now, Attempt: 1, Destination: chatgpt, Decision: contacts, HoldOut: true}, left, Finish{1, Original})
	warn := contacts
	warn.Do = policy.Warn
	if fx := y.step(Held{At: y.now, Attempt: 2, Destination: chatgpt, Decision: warn, HoldOut: true}); len(fx) == 0 || fx[0] != (Hold{2, y.s.card2()}) {
		t.Errorf("a paste that waits for an answer was left out: %+v", fx)
	}
}

func (s State) card2() card.Card { return s.holds[len(s.holds)-1].card }

func TestAHeldPasteGoesWhenItMayNotAsk(t *testing.T) {
	held := func(y *story, id AttemptID) Held {
		return Held{At: y.now, Attempt: id, Destination: chatgpt, Decision: contacts}
	}
	let := func(why card.Hush, id AttemptID) []Effect {
		return []Effect{badged, Finish{id, Original}, Badge{card.Quiet{Class: detect.ClassContacts, Tool: "ChatGPT", Why: why}}}
	}
	// An answer that kept it back opens no door.
	y := newStory(t)
	y.step(held(y, 1))
	y.step(AnsweredHeld{At: y.now, Attempt: 1, Answer: card.Dismiss})
	y.step(held(y, 2))
	if len(y.s.holds) != 1 {
		t.Fatal("the next paste was let through")
	}
	y.step(AnsweredHeld{At: y.now, Attempt: 2, Answer: card.Allowed})
	y.after(time.Minute).want(held(y, 3), let(card.HushRecent, 3)...)
	y.after(30 * time.Minute).step(held(y, 4))
	y.step(AnsweredHeld{At: y.now, Attempt: 4, Answer: card.Dismiss})
	y.want(held(y, 5), let(card.HushEnough, 5)...)

	y = newStory(t)
	y.step(Busy{At: y.now, On: true})
	y.want(held(y, 1), badged, Finish{1, Original})

	// A nudge that is up only expected it: that was one, and this is the same.
	y = shown(t)
	expected := held(y, 1)
	expected.Clip = Clip{Clipboard, 1}
	y.step(expected)
	if len(y.s.holds) != 1 || y.s.Spent().Nudges != 1 {
		t.Errorf("%d held, spent %+v", len(y.s.holds), y.s.Spent())
	}
}

func TestWhy(t *testing.T) {
	y := shown(t)
	y.want(Answered{At: y.now, Card: 1, Answer: card.PasteAnyway}, outcome(report.SaidAnyway), Withdraw{1}, Show{question1})
	if c, up := y.s.Card(); !up || !c.Asks {
		t.Errorf("the question is not up: %+v", c)
	}
	y.want(Answered{At: y.now, Card: 2, Answer: card.ToolLacks},
		Record{Outcome{Kind: report.KindCause, Tool: "chatgpt", Surface: catalog.SurfaceBrowser, Cause: report.ToolLacks}}, Withdraw{2})
	y.want(Answered{At: y.now, Card: 2, Answer: card.NoTime})

	for name, end := range map[string]Event{
		"time":    Tick{At: y.now.Add(AskFor)},
		"closed":  Answered{At: y.now, Card: 2, Answer: card.Dismiss},
		"pause":   Paused{At: y.now, On: true},
		"busy":    Busy{At: y.now, On: true},
		"failed":  Failed{At: y.now, Card: 2},
		"windows": WindowsGone{At: y.now},
	} {
		y := shown(t)
		y.step(Answered{At: y.now, Card: 1, Answer: card.PasteAnyway})
		if fx := y.step(end); len(fx) == 0 || fx[0] != (Withdraw{2}) {
			t.Errorf("%s: %+v", name, fx)
		}
		if _, up := y.s.Card(); up {
			t.Errorf("%s: still asked", name)
		}
	}
	// The paste comes first.
	y = newStory(t)
	y.step(Held{At: y.now, Attempt: 1, Destination: chatgpt, Decision: contacts})
	fx := y.step(AnsweredHeld{At: y.now, Attempt: 1, Answer: card.PasteAnyway})
	if len(fx) < 4 || fx[2] != (Finish{1, Original}) || fx[3] != (Show{question1}) {
		t.Errorf("effects %+v", fx)
	}
}
