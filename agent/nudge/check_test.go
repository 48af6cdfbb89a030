package nudge

import (
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
)

// system is where somebody decides about people.
func (y *story) system() Focused {
	return Focused{At: y.now, PID: deskPID, Stake: report.Hiring, System: "Recruiting"}
}

func checkOf(id card.ID) Show { return Show{card.Card{ID: id, Asks: true, System: "Recruiting"}} }

// answered plays what an AI tool, approved or not, gives to take away.
func answered(t *testing.T, watched bool) *story {
	y := newStory(t)
	f := y.focus(chatgpt)
	f.Watched = watched
	y.step(f)
	y.after(time.Second).want(y.copied(1, aiPID))
	y.after(time.Second)
	return y
}

func TestAnAIsAnswerInASystemIsAskedAbout(t *testing.T) {
	yes := func(how report.Said) []Effect {
		return []Effect{Record{Outcome{Kind: report.KindCheck, Stake: report.Hiring, Said: report.PersonHas}}, Vouch{report.Hiring, how}, Withdraw{1}}
	}
	for a, want := range map[card.Answer][]Effect{
		card.CheckedRead: yes(report.CheckedRead), card.CheckedSource: yes(report.CheckedRan), card.CheckedOther: yes(report.CheckedPerson),
		card.NotChecked: {Record{Outcome{Kind: report.KindCheck, Stake: report.Hiring, Said: report.PersonNotYet}}, Withdraw{1}},
		card.NotAI:      {Withdraw{1}},
		card.Dismiss:    {Withdraw{1}},
	} {
		for _, watched := range []bool{true, false} {
			y := answered(t, watched)
			y.want(y.system(), checkOf(1)) // and the clip was not read
			y.want(Shown{At: y.now, Card: 1})
			y.want(Answered{At: y.now, Card: 1, Answer: a}, want...)
			y.want(y.desk())
			y.want(y.system())
		}
	}
}

func TestWhatIsNotAskedAbout(t *testing.T) {
	for name, play := range map[string]func(y *story){
		"copied elsewhere":   func(y *story) { y.step(y.desk()); y.step(y.copied(2, deskPID)) },
		"by another program": func(y *story) { y.step(y.copied(2, deskPID)) },
		"long ago":           func(y *story) { y.after(MaxAge) },
		"while paused":       func(y *story) { y.step(Paused{At: y.now, On: true}) },
		"copied in a pause": func(y *story) {
			y.step(Paused{At: y.now, On: true})
			y.step(y.copied(2, aiPID))
			y.step(Paused{At: y.now})
		},
		"in the middle of a call":  func(y *story) { y.step(Busy{At: y.now, On: true}) },
		"as often as nudges a day": func(y *story) { y.step(Restored{At: y.now, Spent: Spent{Day: DayOf(y.now), Checks: 3}}) },
	} {
		y := answered(t, true)
		play(y)
		for _, f := range y.step(y.system()) {
			if _, shown := f.(Show); shown {
				t.Errorf("%s: asked", name)
			}
		}
	}
	y := answered(t, true)
	f := y.system()
	f.Fullscreen = true
	y.want(f)
	y = answered(t, true)
	y.want(y.desk())
}

func TestTheQuestionHasACooldownForAKindOfSystem(t *testing.T) {
	y := answered(t, false)
	y.want(y.system(), checkOf(1))
	y.want(Tick{At: y.now.Add(OfferFor)}, Withdraw{1}) // nobody cared
	y.after(time.Minute).step(Focused{At: y.now, Destination: chatgpt, PID: aiPID})
	y.step(y.copied(2, aiPID))
	y.want(y.system())
	other := y.system()
	other.Stake = report.Pricing
	y.want(other, checkOf(2))
	y.step(Answered{At: y.now, Card: 2, Answer: card.Dismiss})
	y.after(30 * time.Minute).step(Focused{At: y.now, Destination: chatgpt, PID: aiPID})
	y.step(y.copied(3, aiPID))
	y.want(y.system(), checkOf(3))
	if got := y.s.Spent(); got != (Spent{Day: DayOf(y.now), Checks: 3}) {
		t.Errorf("spent %+v", got)
	}
}

// Copies and windows are two streams.
func TestACopyThatIsToldOfLateIsAnAnswerStill(t *testing.T) {
	y := newStory(t)
	y.step(y.focus(chatgpt))
	y.after(time.Second)
	c := y.copied(1, aiPID)
	y.after(time.Second).step(y.system())
	y.want(c, checkOf(1))

	y = newStory(t) // and what was copied before the AI tool is none
	y.step(y.desk())
	y.after(time.Second)
	c = y.copied(1, 0)
	y.after(time.Second).step(Focused{At: y.now, Destination: chatgpt, PID: aiPID})
	y.step(c)
	y.want(y.system())
}

// A nudge comes first, and takes the question's place.
func TestTheQuestionMakesRoom(t *testing.T) {
	y := answered(t, true)
	y.want(y.system(), checkOf(1))
	y.step(Held{At: y.now, Attempt: 1, Destination: chatgpt, Decision: contacts})
	if c, up := y.s.Card(); !up || c.System != "" {
		t.Errorf("up is %+v", c)
	}
}

func TestAClipIsAskedAboutOnce(t *testing.T) {
	y := answered(t, true)
	y.step(PolicyChanged{At: y.now, Limits: Limits{PerDay: 9}}) // no cooldown
	y.want(y.system(), checkOf(1))
	y.step(Answered{At: y.now, Card: 1, Answer: card.Dismiss})
	y.after(time.Minute).step(y.desk())
	y.want(y.system())
}
