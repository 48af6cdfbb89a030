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
		if b.Answer != card.RequestTool { // that is for the window beside the page
			w.Answers = append(w.Answers, b.Answer)
		}
	}
	if w.Answers[0] != card.Dismiss {
		w.Answers = append(w.Answers, card.Dismiss) // the window's ×
	}
	return w
}

// WebWords are the hint's other words, by the extension's names: its buttons',
// by the answers' names, and its notes. The hole {tool} is for the page to fill.
func WebWords(p text.Printer) map[string]string {
	return map[string]string{
		card.OpenApproved.String(): p.Say(text.Open),
		card.SafePaste.String():    p.Say(text.SafePaste),
		card.NotSensitive.String(): p.Say(text.NotSensitive),
		card.Allowed.String():      p.Say(text.Allowed),
		card.PasteAnyway.String():  p.Say(text.PasteAnyway),
		card.Dismiss.String():      p.Say(text.DoNotPaste),

		"asking":        p.Say(text.WebAsking),
		"answers":       p.Say(text.WebAnswers),
		"again":         p.Say(text.WebAgain),
		"again_plain":   p.Say(text.WebAgainPlain),
		"again_drop":    p.Say(text.WebAgainDrop),
		"again_file":    p.Say(text.WebAgainFile),
		"unchecked":     p.Say(text.WebUnchecked),
		"kept":          p.Say(text.WebKept),
		"nobody":        p.Say(text.WebNobody),
		"waiting":       p.Say(text.WebWaiting),
		"not_inspected": p.Say(text.WebNotInspected),
		"ask_account":   p.Say(text.WebAskAccount),
		"work":          p.Say(text.WebWork),
		"personal":      p.Say(text.WebPersonal),
		"keys":          p.Say(text.WebKeys),
		"close":         p.Say(text.WebClose),
	}
}
