package nudge

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

var (
	start = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

	chatgpt = catalog.Destination{Tool: "chatgpt", Name: "ChatGPT", Domain: "chatgpt.com", Surface: catalog.SurfaceBrowser}
	claude  = catalog.Destination{Tool: "claude", Name: "Claude", Domain: "claude.ai", Surface: catalog.SurfaceBrowser}

	contacts = policy.Decision{
		Do: policy.Nudge, Rule: "contacts", Class: detect.ClassContacts, Count: 14, Because: "Customer lists stay here.",
		Instead: policy.Alternative{Tool: "copilot", Name: "Copilot", Open: "https://copilot.example"}, Standing: policy.Unapproved,
	}
)

const (
	aiPID   = 100
	deskPID = 200
)

// story plays events and gathers what they led to.
type story struct {
	t   *testing.T
	s   State
	now time.Time
}

func newStory(t *testing.T) *story { return &story{t: t, now: start} }

func (y *story) after(d time.Duration) *story { y.now = y.now.Add(d); return y }

func (y *story) step(e Event) []Effect {
	var fx []Effect
	y.s, fx = Step(y.s, e)
	return fx
}

// want plays one event and compares its effects, Wakes aside.
func (y *story) want(e Event, want ...Effect) {
	y.t.Helper()
	var got []Effect
	for _, f := range y.step(e) {
		if _, wake := f.(Wake); !wake {
			got = append(got, f)
		}
	}
	if !reflect.DeepEqual(got, want) {
		y.t.Fatalf("%T%+v\n got %+v\nwant %+v", e, e, got, want)
	}
}

func (y *story) copied(seq uint64, pid int) Copied {
	return Copied{At: y.now, Clip: Clip{Clipboard, seq}, PID: pid}
}

func (y *story) marked(seq uint64, pid int) Copied {
	return Copied{At: y.now, Clip: Clip{Primary, seq}, PID: pid}
}

func (y *story) focus(d catalog.Destination) Focused {
	return Focused{At: y.now, Watched: true, Destination: d, PID: aiPID}
}

func (y *story) desk() Focused { return Focused{At: y.now, PID: deskPID} }

func (y *story) looked(read ReadID, d policy.Decision) Looked {
	return Looked{At: y.now, Read: read, Decision: d}
}

func cardOf(id card.ID, d catalog.Destination) card.Card { return newCard(id, d, contacts) }

func outcome(a report.Answer) Record {
	return Record{Outcome{Rule: "contacts", Class: detect.ClassContacts, Tool: "chatgpt", Surface: catalog.SurfaceBrowser, Answer: a}}
}

// shown plays the usual beginning: a copy, the AI tool, a card that is seen.
func shown(t *testing.T) *story {
	t.Helper()
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.after(time.Second).want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, contacts), Show{cardOf(1, chatgpt)})
	y.want(Shown{At: y.now, Card: 1})
	return y
}

func TestNothingIsReadWithoutAnUnapprovedTool(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.marked(1, deskPID))
	y.want(y.desk())
	y.want(Focused{At: y.now, Destination: chatgpt, PID: aiPID}) // approved
	y.want(y.copied(2, deskPID))
	y.want(Tick{At: y.now})
}

func TestNothingCopiedNothingRead(t *testing.T) {
	y := newStory(t)
	y.want(y.focus(chatgpt))
}

func TestAnswers(t *testing.T) {
	for answer, want := range map[card.Answer][]Effect{
		card.OpenApproved: {outcome(report.Switched), Open{URL: "https://copilot.example"}, Withdraw{1}},
		card.NotSensitive: {outcome(report.SaidNotSensitive), Learn{Read: 1}, Withdraw{1}},
		card.Allowed:      {outcome(report.SaidAllowed), Withdraw{1}},
		card.PasteAnyway:  {outcome(report.SaidAnyway), Withdraw{1}, Show{question1}},
		card.Dismiss:      {outcome(report.Dismissed), Withdraw{1}},
		card.RequestTool:  {outcome(report.Dismissed), Request{chatgpt, detect.ClassContacts}, Withdraw{1}},
	} {
		y := shown(t)
		y.want(Answered{At: y.now, Card: 1, Answer: answer}, want...)
		y.want(Answered{At: y.now, Card: 1, Answer: answer}) // once only
		y.step(Tick{At: y.now.Add(AskFor)})
		y.after(time.Minute).want(y.desk())
		y.want(y.focus(chatgpt)) // and never again for this clip here
		y.want(y.focus(claude), ReadClip{2, Clip{Clipboard, 1}, claude})
	}
}

// Where there is a safe text it can be had instead of the clip.
func TestSafePasteOfAClip(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	safe := cardOf(1, chatgpt)
	safe.Safe = true
	y.want(Looked{At: y.now, Read: 1, Decision: contacts, Safe: true}, Show{safe})
	y.want(Shown{At: y.now, Card: 1})
	y.want(Answered{At: y.now, Card: 1, Answer: card.SafePaste}, outcome(report.PastedSafely), MakeSafe{chatgpt}, Withdraw{1})

	// And only there.
	y = shown(t)
	y.want(Answered{At: y.now, Card: 1, Answer: card.SafePaste})
}

// question1 follows the first card, if the answer is to paste anyway.
var question1 = card.Card{ID: 2, Tool: "ChatGPT", Domain: "chatgpt.com", Asks: true}

func TestAnAnswerThatWasNotOffered(t *testing.T) {
	y := newStory(t)
	block := contacts
	block.Do = policy.Block
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(Looked{At: y.now, Read: 1, Decision: block, Typing: true}, Show{newCard(1, chatgpt, block)})
	y.want(Answered{At: y.now, Card: 1, Answer: card.PasteAnyway})
	y.want(Answered{At: y.now, Card: 2, Answer: card.Dismiss})
	y.want(Answered{At: y.now, Card: 1, Answer: card.Dismiss}, outcome(report.Dismissed), Withdraw{1})
}

func TestWithdrawnWhenTheKeyboardLeaves(t *testing.T) {
	y := shown(t)
	y.want(y.desk())
	y.after(Grace).want(Tick{At: y.now}, outcome(report.Ignored), Withdraw{1})
	y.want(y.focus(chatgpt)) // seen once is seen
}

func TestAMomentWithoutFocusIsNotLeaving(t *testing.T) {
	y := shown(t)
	y.want(y.desk())
	y.after(Grace / 2).want(y.focus(chatgpt))
	y.after(Grace).want(Tick{At: y.now})
	y.want(Focused{At: y.now, Own: true})
	y.after(time.Minute).want(Tick{At: y.now})
	y.want(y.desk())
	y.after(Grace / 2).want(Focused{At: y.now, Own: true})
	y.after(time.Minute).want(Tick{At: y.now})
	y.want(Answered{At: y.now, Card: 1, Answer: card.Dismiss}, outcome(report.Dismissed), Withdraw{1})
}

func TestGraceBeginsAnew(t *testing.T) {
	y := shown(t)
	y.want(y.desk())
	y.after(Grace / 2).want(y.focus(chatgpt))
	y.after(time.Minute).want(y.desk())
	y.after(Grace / 2).want(Tick{At: y.now})
	y.after(Grace/2).want(Tick{At: y.now}, outcome(report.Ignored), Withdraw{1})
}

func TestLeavingBeforeAnythingWasSeen(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, contacts), Show{cardOf(1, chatgpt)})
	y.want(y.desk())
	y.after(Grace).want(Tick{At: y.now}, Withdraw{1}) // nobody saw it: no outcome
	y.want(Shown{At: y.now, Card: 1})
	y.want(y.focus(chatgpt), ReadClip{2, Clip{Clipboard, 1}, chatgpt})
}

func TestStepLeavesItsStateAlone(t *testing.T) {
	y := newStory(t)
	y.want(y.focus(chatgpt))
	for seq := range uint64(3) {
		y.want(y.marked(seq+1, aiPID))
		y.want(y.copied(seq+1, aiPID))
	}
	before := y.s
	a, _ := Step(before, Focused{At: y.now, Watched: true, Destination: claude, PID: aiPID})
	a1, _ := Step(a, Looked{At: y.now, Read: 1, Decision: policy.Decision{}})
	kept := fmt.Sprint(a1)
	b, _ := Step(a, Looked{At: y.now, Read: 1, Decision: contacts})
	if Step(b, y.copied(9, deskPID)); fmt.Sprint(a1) != kept {
		t.Errorf("a later Step changed an earlier state:\n got %v\nwant %v", a1, kept)
	}
}

func TestGoingStraightToAnotherTool(t *testing.T) {
	y := shown(t)
	y.want(y.focus(claude), outcome(report.Ignored), Withdraw{1}, ReadClip{2, Clip{Clipboard, 1}, claude})
	y.want(y.looked(2, contacts), Show{cardOf(2, claude)})
}

func TestAnotherCopyEndsTheCard(t *testing.T) {
	y := shown(t)
	y.want(y.copied(2, deskPID), outcome(report.Ignored), Withdraw{1}, ReadClip{2, Clip{Clipboard, 2}, chatgpt})
	y.want(y.looked(2, policy.Decision{}))
}

func TestWhatTheToolItselfCopiesIsNotRead(t *testing.T) {
	y := newStory(t)
	y.want(y.focus(chatgpt))
	y.want(y.copied(1, aiPID))
	y.want(y.marked(1, deskPID)) // marked while the tool has the keyboard
	y.want(y.copied(2, 0))       // by nobody knows whom
	y.want(y.desk())
	y.want(y.focus(chatgpt))
	y.want(y.focus(claude), ReadClip{1, Clip{Clipboard, 2}, claude})
}

// Copies and windows come by two ways, and under load the window can be told of
// first: what was copied in one tab of a browser is not the AI tab's own.
func TestTheCopyIsToldOfAfterTheWindow(t *testing.T) {
	y := newStory(t)
	y.want(Focused{At: y.now, PID: aiPID}) // another page of the same browser
	copied := y.after(time.Second).copied(1, aiPID)
	marked := y.after(time.Minute).marked(1, aiPID)
	y.after(time.Second).want(y.focus(chatgpt))
	y.want(copied, ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, policy.Decision{}))
	y.want(marked, ReadClip{2, Clip{Primary, 1}, chatgpt})
	y.want(y.looked(2, policy.Decision{}))

	// A title that changes is no coming: this is copied in the tool.
	own := y.after(time.Second).copied(2, aiPID)
	y.after(time.Second).want(y.focus(chatgpt))
	y.want(own)
}

func TestCopiedElsewhereWhileTheToolHasTheKeyboard(t *testing.T) {
	y := newStory(t)
	y.want(y.focus(chatgpt))
	y.want(y.copied(1, deskPID), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
}

func TestMarkedText(t *testing.T) {
	y := newStory(t)
	y.want(y.marked(1, deskPID))
	y.after(10 * time.Second).want(y.copied(1, deskPID)) // marked, then copied: one text
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, policy.Decision{}))
	y.want(y.desk())
	y.after(10 * time.Second).want(y.marked(2, deskPID))
	y.want(y.focus(chatgpt), ReadClip{2, Clip{Primary, 2}, chatgpt})
}

func TestALateAnswerIsIgnored(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.desk())
	y.want(y.looked(1, contacts)) // focus had left
	y.want(y.focus(chatgpt), ReadClip{2, Clip{Clipboard, 1}, chatgpt})
	y.want(y.copied(2, deskPID), ReadClip{3, Clip{Clipboard, 2}, chatgpt})
	y.want(y.looked(2, contacts)) // another clip had come
	y.want(y.looked(3, contacts), Show{cardOf(1, chatgpt)})
}

func TestWaitsWhileTyping(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	fx := y.step(Looked{At: y.now, Read: 1, Decision: contacts, Typing: true})
	if want := []Effect{Wake{y.now.Add(Recheck)}}; !reflect.DeepEqual(fx, want) {
		t.Fatalf("while typing: got %+v, want %+v", fx, want)
	}
	y.after(Recheck).want(Tick{At: y.now, Typing: true})
	y.after(Recheck).want(Tick{At: y.now}, Show{cardOf(1, chatgpt)})
}

func TestWaitsInFullScreen(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	full := y.focus(chatgpt)
	full.Fullscreen = true
	y.want(full, ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, contacts))
	y.after(time.Minute).want(Tick{At: y.now})
	fx := y.step(y.focus(chatgpt))
	if want := []Effect{Wake{y.now}}; !reflect.DeepEqual(fx, want) {
		t.Fatalf("after full screen: got %+v, want %+v", fx, want)
	}
	y.want(Tick{At: y.now}, Show{cardOf(1, chatgpt)})
}

func TestTheMomentPassesInFullScreen(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	full := y.focus(chatgpt)
	full.Fullscreen = true
	y.want(full, ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, contacts))
	y.want(y.desk(), badged, Badge{card.Quiet{Class: detect.ClassContacts, Tool: "ChatGPT", Why: card.HushBusy}})
	y.want(y.focus(chatgpt)) // the badge has said it
}

var badged = Record{Outcome{Kind: report.KindBadge, Rule: "contacts", Class: detect.ClassContacts, Tool: "chatgpt", Surface: catalog.SurfaceBrowser}}

func TestObserveShowsNothingAndCountsOnce(t *testing.T) {
	y := newStory(t)
	d := contacts
	d.Do = policy.Observe
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, d), outcome(0))
	y.want(y.desk())
	y.want(PolicyChanged{At: y.now})
	y.want(y.focus(chatgpt))
}

func TestOldClipsAreLeftAlone(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.after(MaxAge).want(y.focus(chatgpt))
}

func TestACardDoesNotStayForEver(t *testing.T) {
	y := shown(t)
	y.after(MaxAge).want(Tick{At: y.now}, outcome(report.Ignored), Withdraw{1})
}

func TestWindowFails(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, contacts), Show{cardOf(1, chatgpt)})
	y.want(Failed{At: y.now, Card: 1}, Notify{cardOf(1, chatgpt)})
	y.want(Failed{At: y.now, Card: 1}) // the window says it twice
	y.want(Shown{At: y.now, Card: 1})
	y.want(WindowsGone{At: y.now}) // no business of the notification
	y.want(Answered{At: y.now, Card: 1, Answer: card.OpenApproved},
		outcome(report.Switched), Open{URL: "https://copilot.example"}, Withdraw{1})
}

func TestWindowNeverAnswers(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, contacts), Show{cardOf(1, chatgpt)})
	y.after(ShowDeadline).want(Tick{At: y.now}, Withdraw{1}, Notify{cardOf(1, chatgpt)})
	y.after(ShowDeadline).want(Tick{At: y.now}, Withdraw{1}) // nothing left to show it with
	y.want(y.focus(chatgpt))                                 // and no loop
}

func TestWindowDiesWithTheCardUp(t *testing.T) {
	y := shown(t)
	y.want(WindowsGone{At: y.now}, Notify{cardOf(1, chatgpt)})
	y.want(Shown{At: y.now, Card: 1})
	y.want(Closed{At: y.now, Card: 1, Notification: true}, outcome(report.Ignored), Withdraw{1})

	y = shown(t)
	y.want(WindowsGone{At: y.now}, Notify{cardOf(1, chatgpt)})
	y.want(Failed{At: y.now, Card: 1, Notification: true}, outcome(report.Ignored), Withdraw{1})
}

func TestPause(t *testing.T) {
	y := shown(t)
	y.want(Paused{At: y.now, On: true}, outcome(report.Ignored), Withdraw{1})
	y.want(y.copied(2, deskPID))
	y.want(y.focus(claude))
	y.want(Paused{At: y.now}, ReadClip{2, Clip{Clipboard, 2}, claude})
	y.want(Paused{At: y.now, On: true})
	y.want(y.looked(2, contacts))
}

func TestAnotherPolicyLooksAgainAtCleanClips(t *testing.T) {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(PolicyChanged{At: y.now}, ReadClip{2, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, contacts)) // decided by the old policy
	y.want(y.looked(2, policy.Decision{}))
	y.want(PolicyChanged{At: y.now}, ReadClip{3, Clip{Clipboard, 1}, chatgpt})
}

func TestUnnamedToolsAreToldApart(t *testing.T) {
	a := catalog.Destination{Tool: catalog.Other, Name: "A"}
	b := catalog.Destination{Tool: catalog.Other, Name: "B"}
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(a), ReadClip{1, Clip{Clipboard, 1}, a})
	y.want(y.looked(1, policy.Decision{}))
	y.want(y.focus(b), ReadClip{2, Clip{Clipboard, 1}, b})
}

// Which of the organisation's own terms somebody copied is nobody's business,
// and a rule may be about a single one.
func TestARuleAboutOwnTermsIsNotNamed(t *testing.T) {
	larch := contacts
	larch.Rule, larch.Class, larch.Term = "project_larch", detect.ClassOwn, "Project Larch"
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, larch), Show{newCard(1, chatgpt, larch)})
	y.want(Shown{At: y.now, Card: 1})
	y.want(Answered{At: y.now, Card: 1, Answer: card.PasteAnyway},
		Record{Outcome{Rule: report.OwnTerms, Class: detect.ClassOwn, Tool: "chatgpt", Surface: catalog.SurfaceBrowser, Answer: report.SaidAnyway}}, Withdraw{1}, Show{question1})
}
