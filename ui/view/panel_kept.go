package view

import (
	"handrail/agent/card"
	"handrail/detect"
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
	return append(append(b, w.learned()...), w.receipts()...)
}

// learned is what the person called not sensitive, and what they have just removed
// of it, in its place.
func (w panelWords) learned() []Block {
	b := []Block{{Kind: Heading, Title: w.Say(text.LearnedHeading)}}
	if len(w.List) == 0 {
		return append(b, Block{Kind: Note, Text: w.Say(text.LearnedNone)})
	}
	b = append(b, Block{Kind: Note, Text: w.Say(text.LearnedLead)})
	gone := 0
	for _, x := range w.List {
		if x.Gone {
			gone++
		}
	}
	var all []Control
	if w.Learned > 1 {
		all = append(all, Control{Action: card.Unlearn, Label: w.Say(text.RemoveAll)})
	}
	if gone > 1 {
		all = append(all, Control{Action: card.Relearn, Label: w.Say(text.RemoveNone)})
	}
	if len(all) > 0 {
		b = append(b, Block{Kind: Buttons, Controls: all})
	}
	for _, x := range w.List {
		name := w.Label(Content(x.Class))
		if x.Class == detect.ClassOwn {
			name = w.Say(text.LearnedOwn)
		}
		c, line := Control{Action: card.Unlearn, Item: x.Item, Label: w.Say(text.Remove)}, w.Say(text.LearnedOn, "day", w.Date(x.On))
		if x.Gone {
			c, line = Control{Action: card.Relearn, Item: x.Item, Label: w.Say(text.RemoveUndo)}, w.Say(text.Removed)
		}
		c.Name = c.Label + ": " + name + ", " + w.Date(x.On)
		b = append(b, Block{Kind: Entry, Title: name, Text: line, Controls: []Control{c}})
	}
	if more := w.Learned + gone - len(w.List); more > 0 {
		b = append(b, Block{Kind: Note, Text: w.Count(text.LearnedMore, more)})
	}
	return b
}
