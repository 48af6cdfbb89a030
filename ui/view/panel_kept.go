package view

import (
	"handrail/agent/card"
	"handrail/ui/text"
)

// kept is the page about what stays on this computer.
func (w panelWords) kept() []Block {
	b := []Block{{Kind: Lead, Text: w.Say(text.KeptLead)}, {Kind: Heading, Title: w.Say(text.ValuesHeading)}}
	if w.Values == 0 {
		b = append(b, Block{Kind: Note, Text: w.Say(text.ValuesNone)})
	} else {
		b = append(b, Block{Kind: Note, Text: w.Count(text.Values, w.Values, "at", w.at(w.ValuesEnd))},
			Block{Kind: Buttons, Controls: []Control{{Action: card.ForgetValues, Label: w.Say(text.ForgetValues)}}})
	}
	if !w.BackUntil.IsZero() {
		b = append(b, Block{Kind: Note, Text: w.Say(text.Back, "at", w.at(w.BackUntil))},
			Block{Kind: Buttons, Controls: []Control{{Action: card.BringBack, Label: w.Say(text.BringBack)}}})
	}
	return b
}
