package nudge

import (
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
)

// AskFor is how long the question for a reason stays, and OfferFor how long the
// offer to say what to do about a key, and the question about a check.
const (
	AskFor   = 12 * time.Second
	OfferFor = 30 * time.Second
)

// question follows "paste anyway": it asks for the reason, or, where the paste
// holds a password or key, offers to say what to do now, which matters more.
// Another one is whether an AI's answer was checked: see check.go. Nothing waits
// for a question, and it goes by itself. It is only ever a window.
type question struct {
	card  card.Card
	dest  catalog.Destination
	ends  time.Time
	stake report.Stake // of a check, which is about no destination; else 0
}

// causes are the answers to the question, by how reports count them.
var causes = map[card.Answer]report.Cause{
	card.NoTime:    report.NoTime,
	card.ToolLacks: report.ToolLacks,
	card.NoAccess:  report.NoAccess,
	card.WasTold:   report.WasTold,
	card.OtherWhy:  report.OtherWhy,
}

// followUp asks, where nothing else is up or about to be.
func (t *turn) followUp(c detect.Class, d catalog.Destination) {
	if t.hindered() || t.phase == up || t.window != 0 {
		return
	}
	t.closeQuestion()
	t.lastCard++
	q, stays := card.Card{ID: t.lastCard, Tool: d.Name, Domain: d.Domain, Asks: true}, AskFor
	if c == detect.ClassSecret {
		q.Asks, q.About, stays = false, card.KeyOut, OfferFor
	}
	t.question = question{card: q, dest: d, ends: t.at.Add(stays)}
	t.do(Show{t.question.card})
}

func (t *turn) answerQuestion(a card.Answer) {
	if t.question.stake != 0 {
		t.answerCheck(a)
	} else {
		t.answerWhy(a)
	}
}

func (t *turn) answerWhy(a card.Answer) {
	if a == card.WhatNow && t.question.card.About == card.KeyOut {
		t.do(WhatNow{})
	}
	if cause := causes[a]; cause != 0 && t.question.card.Asks {
		d := t.question.dest
		t.do(Record{Outcome{Kind: report.KindCause, Tool: d.Tool, Surface: d.Surface, Cause: cause}})
	}
	t.closeQuestion()
}

// closeQuestion takes the question away, if there is one: a card needs the
// place, or nobody cared to answer.
func (t *turn) closeQuestion() {
	if t.question.card.ID != 0 {
		t.do(Withdraw{t.question.card.ID})
		t.question = question{}
	}
}

func (t *turn) settleQuestion() {
	if t.paused || t.hindered() || !t.at.Before(t.question.ends) {
		t.closeQuestion()
	}
}
