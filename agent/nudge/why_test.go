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

var key = policy.Decision{Do: policy.Nudge, Rule: "keys", Class: detect.ClassSecret, Count: 1, Because: "Keys open doors.", Instead: policy.Alternative{Advice: "Replace it."}}

// keyOut2 is what follows a nudge about a key that is pasted anyway.
var keyOut2 = card.Card{ID: 2, Tool: "ChatGPT", Domain: "chatgpt.com", About: card.KeyOut}

func keyOutcome(a report.Answer) Record {
	return Record{Outcome{Rule: "keys", Class: detect.ClassSecret, Tool: "chatgpt", Surface: catalog.SurfaceBrowser, Answer: a}}
}

// keyNudged plays a nudge about a key, answered with paste anyway.
func keyNudged(t *testing.T) *story {
	y := newStory(t)
	y.want(y.copied(1, deskPID))
	y.want(y.focus(chatgpt), ReadClip{1, Clip{Clipboard, 1}, chatgpt})
	y.want(y.looked(1, key), Show{newCard(1, chatgpt, key)})
	y.want(Shown{At: y.now, Card: 1})
	y.want(Answered{At: y.now, Card: 1, Answer: card.PasteAnyway},
		keyOutcome(report.SaidAnyway), KeyOut{Read: 1, Tool: "ChatGPT"}, Withdraw{1}, Show{keyOut2})
	return y
}

// After a key was pasted anyway, what to do now is offered and not asked why.
func TestAfterAKey(t *testing.T) {
	y := keyNudged(t)
	y.want(Answered{At: y.now, Card: 2, Answer: card.WhatNow}, WhatNow{}, Withdraw{2})
	y.want(Answered{At: y.now, Card: 2, Answer: card.WhatNow}) // once

	// It has no reasons to choose from, closes, and goes by itself.
	y = keyNudged(t)
	y.want(Answered{At: y.now, Card: 2, Answer: card.NoTime}, Withdraw{2})
	y = keyNudged(t)
	y.want(Answered{At: y.now, Card: 2, Answer: card.Dismiss}, Withdraw{2})
	y = keyNudged(t)
	y.after(OfferFor - time.Second).want(y.focus(chatgpt))
	y.after(time.Second).want(Tick{At: y.now}, Withdraw{2})
}

// A page that holds the paste says so of its attempt, before it is let go.
func TestAfterAHeldKey(t *testing.T) {
	y := newStory(t)
	y.step(Held{At: y.now, Attempt: 1, Destination: chatgpt, Decision: key})
	y.want(AnsweredHeld{At: y.now, Attempt: 1, Answer: card.PasteAnyway}, Withdraw{1},
		keyOutcome(report.SaidAnyway), KeyOut{Attempt: 1, Tool: "ChatGPT"}, Finish{1, Original}, Show{keyOut2})

	y = newStory(t)
	y.step(Held{At: y.now, Attempt: 1, Destination: chatgpt, Decision: key})
	y.want(AnsweredHeld{At: y.now, Attempt: 1, Answer: card.RequestTool}, Withdraw{1},
		keyOutcome(report.Dismissed), Request{chatgpt, detect.ClassSecret}, Finish{1, Dropped})
}

// Only a tool of the catalogue that is not approved can be asked for.
func TestWhichToolsCanBeRequested(t *testing.T) {
	other := chatgpt
	other.Tool = catalog.Other
	approved := key
	approved.Standing = policy.Approved
	for name, c := range map[string]struct {
		d    catalog.Destination
		p    policy.Decision
		want bool
	}{"unknown": {chatgpt, key, true}, "no tool of the catalogue": {other, key, false}, "approved, not for this": {chatgpt, approved, false}} {
		if got := newCard(1, c.d, c.p).Request; got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
