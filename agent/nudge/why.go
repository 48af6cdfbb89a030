package nudge

import (
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect/catalog"
)

// AskFor is how long the question for a reason stays.
const AskFor = 12 * time.Second

// question asks for the reason of "paste anyway", after the answer: nothing
// waits for it, and it goes by itself. It is only ever a window.
type question struct {
	card card.Card
	dest catalog.Destination
	at   time.Time
}

// causes are the answers to the question, by how reports count them.
var causes = map[card.Answer]report.Cause{
	card.NoTime:    report.NoTime,
	card.ToolLacks: report.ToolLacks,
	card.NoAccess:  report.NoAccess,
	card.WasTold:   report.WasTold,
	card.OtherWhy:  report.OtherWhy,
}

// askWhy asks, where nothing else is up or about to be.
func (t *turn) askWhy(d catalog.Destination) {
	if t.hindered() || t.phase == up || t.window != 0 {
		return
	}
	t.closeQuestion()
	t.lastCard++
	t.question = question{card.Card{ID: t.lastCard, Tool: d.Name, Domain: d.Domain, Asks: true}, d, t.at}
	t.do(Show{t.question.card})
}

func (t *turn) answerWhy(a card.Answer) {
	if cause := causes[a]; cause != 0 {
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
	if t.paused || t.hindered() || t.at.Sub(t.question.at) >= AskFor {
		t.closeQuestion()
	}
}
