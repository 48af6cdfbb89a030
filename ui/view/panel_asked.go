package view

import (
	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/ui/text"
)

// asked are the tools that the person has asked for, each with its clock.
func (w panelWords) asked() (b []Block) {
	if len(w.Asked) == 0 {
		return nil
	}
	b = append(b, Block{Kind: Heading, Title: w.Say(text.AskedHeading)})
	for _, a := range w.Asked {
		line := w.Say(text.AskedWaiting, "asked", w.Date(a.On), "due", w.Date(a.Due))
		if a.Late {
			line = w.Say(text.AskedLate, "asked", w.Date(a.On), "due", w.Date(a.Due))
		}
		if k, ok := outcomes[a.Outcome]; ok {
			line = w.Say(k, "asked", w.Date(a.On), "decided", w.Date(a.Decided), "reason", a.Reason)
		}
		b = append(b, Block{Kind: Entry, Title: a.Tool, Lines: []string{a.Task}, Text: line})
	}
	if w.AnswersOld {
		b = append(b, Block{Kind: Note, Text: w.Say(text.AnswersOld)})
	}
	return append(b, Block{Kind: Buttons, Controls: []Control{{Action: card.LookAnswers, Label: w.Say(text.LookForAnswers)}}})
}

var outcomes = map[card.Outcome]text.Key{
	card.AskedApproved: text.AskedApproved, card.AskedOnTrial: text.AskedTrial, card.AskedDeclined: text.AskedDeclined,
}

// never lists what is never collected, as the types of the reports have it.
func (w panelWords) never() (b []Block) {
	for _, n := range report.NeverCollected() {
		b = append(b, Block{Kind: Bullet, Text: w.Say(neverKeys[n])})
	}
	return b
}

var neverKeys = map[report.Never]text.Key{
	report.NeverContent: text.NeverContent, report.NeverRecording: text.NeverRecording, report.NeverPlaces: text.NeverPlaces,
	report.NeverPeople: text.NeverPeople, report.NeverTogether: text.NeverTogether, report.NeverTimes: text.NeverTimes,
	report.NeverAmounts: text.NeverAmounts,
}
