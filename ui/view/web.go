package view

import (
	"strings"

	"handrail/agent/card"
	"handrail/ui/text"
)

// WebCard is a nudge in words for the hint that the browser extension shows in
// the page. Its fields are those of the message that carries it.
type WebCard struct {
	Title string `json:"title"`
	Body  string `json:"body"` // what to do instead, if any, is its last line
	// Because is the rule's own sentence, where Body had no room for it.
	Because string        `json:"because"`
	Instead string        `json:"instead"` // the approved tool's name, "" for none
	Answers []card.Answer `json:"answers"` // the first is the big button
}

// Web returns the words of a card for the page. They are the window's.
func Web(c card.Card, p text.Printer) WebCard {
	v := NudgeIn(c, p)
	w := WebCard{Title: v.Title, Body: v.Body, Instead: c.Instead}
	if !strings.Contains(v.Body, c.Because) {
		w.Because = c.Because
	}
	for _, b := range v.Buttons {
		w.Answers = append(w.Answers, b.Answer)
	}
	if w.Answers[0] != card.Dismiss {
		w.Answers = append(w.Answers, card.Dismiss) // the window's ×
	}
	return w
}

// WebWords are the labels of the hint's buttons, by the answers' names. The
// hole {tool} is for the page to fill.
func WebWords(p text.Printer) map[string]string {
	return map[string]string{
		card.OpenApproved.String(): p.Say(text.Open),
		card.SafePaste.String():    p.Say(text.SafePaste),
		card.NotSensitive.String(): p.Say(text.NotSensitive),
		card.PasteAnyway.String():  p.Say(text.PasteAnyway),
		card.Dismiss.String():      p.Say(text.DoNotPaste),
	}
}
