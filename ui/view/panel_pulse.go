package view

import (
	"slices"

	"handrail/agent/card"
	"handrail/agent/pulse"
	"handrail/agent/report"
	"handrail/ui/text"
)

// pulse is the page of the weekly question.
func (w panelWords) pulse() []Block {
	b := []Block{{Kind: Lead, Text: w.Say(text.PulseLead)}}
	note := func(s string) { b = append(b, Block{Kind: Note, Text: s}) }
	switch p := w.Pulse; p.State {
	case card.PulseByPolicy:
		note(w.Say(text.PulseByPolicy))
		return b
	case card.PulseDone:
		note(w.Say(text.PulseDone, "date", w.Date(p.Next)))
	case card.PulseOff:
		note(w.Say(text.PulseOff))
	case card.PulseReportsOff:
		note(w.Say(text.PulseReportsOff))
	case card.PulseOpen:
		b = append(b, w.pulseQuestions()...)
	}
	c := Control{Action: card.PulseSwitch, Label: w.Say(text.PulseSwitch), On: w.Pulse.State != card.PulseOff}
	return append(b, Block{Kind: Switch, Text: w.Say(text.PulseSwitchNote), Controls: []Control{w.switched(c)}})
}

func (w panelWords) pulseQuestions() (b []Block) {
	task := Block{Kind: Choice, Title: w.Say(text.PulseTask)}
	for _, t := range report.Tasks() {
		task.Controls = append(task.Controls, w.option(card.PulseTask, uint32(t), Task(t), w.Pulse.Task == uint32(t)))
	}
	b = append(b, task)
	for _, q := range pulse.Questions() {
		c := Block{Kind: Choice, Title: w.Say(PulseQuestion(q))}
		for _, s := range q.Answers() {
			c.Controls = append(c.Controls, w.option(card.PulseSaid, uint32(s), PulseAnswer(s), slices.Contains(w.Pulse.Said, uint32(s))))
		}
		b = append(b, c)
	}
	var done []Control
	if w.Pulse.More {
		b = append(b, Block{Kind: Note, Text: w.Say(text.PulseMore)})
	} else {
		done = append(done, Control{Action: card.PulseCount, Label: w.Say(text.PulseCount), Style: Primary})
	}
	return append(b,
		Block{Kind: Buttons, Controls: append(done, Control{Action: card.PulseSkip, Label: w.Say(text.PulseSkip)})},
		Block{Kind: Note, Text: w.Say(text.PulseWhere, "tab", w.Say(text.TabLedger))})
}

// option is one of a Choice.
func (w panelWords) option(a card.Action, item uint32, label text.Key, on bool) Control {
	c := Control{Action: a, Item: item, Label: w.Label(label), On: on}
	if on {
		c.Word = w.Say(text.Chosen)
	}
	return c
}

// Task returns what a kind of work is called.
func Task(t report.Task) text.Key { return taskKeys[t] }

// PulseQuestion returns one of the weekly questions, PulseAnswer an answer.
func PulseQuestion(q report.Question) text.Key { return pulseQuestions[q] }

// PulseAnswer returns an answer to one of the weekly questions.
func PulseAnswer(s report.Said) text.Key { return pulseAnswers[s] }

var pulseQuestions = map[report.Question]text.Key{
	report.AskedSaved: text.PulseSaved, report.AskedChecked: text.PulseChecked, report.AskedError: text.PulseError,
}

var pulseAnswers = map[report.Said]text.Key{
	report.SavedNothing: text.WeekSavedNothing, report.SavedUpToHour: text.WeekSavedUpToHour, report.SavedMore: text.WeekSavedMore,
	report.CheckedNot: text.WeekCheckedNot, report.CheckedRead: text.WeekCheckedRead, report.CheckedRan: text.WeekCheckedRan,
	report.CheckedPerson: text.WeekCheckedPerson, report.ErrorNone: text.WeekErrorNone, report.ErrorFound: text.WeekErrorFound,
}
