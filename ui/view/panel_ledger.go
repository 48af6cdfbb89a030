package view

import (
	"strconv"

	"handrail/agent/card"
	"handrail/ui/text"
)

// checked is the button that checks the ledger, and what it found.
func (w panelWords) checked() []Block {
	b := []Block{{Kind: Buttons, Controls: []Control{{Action: card.CheckLedger, Label: w.Say(text.CheckLedger), Style: Primary}}}}
	c := w.Checked
	if c.Found == 0 {
		return b
	}
	if c.Found != card.FoundWhole {
		return append(b, Block{Kind: Warning, Text: w.Say(breakKeys[c.Found], "line", strconv.Itoa(c.Line))},
			Block{Kind: Note, Text: w.Say(text.CheckedToDo)})
	}
	at := w.at(c.At)
	if c.Sent == 0 && c.Receipts == 0 {
		return append(b, Block{Kind: Note, Text: w.Say(text.CheckedEmpty, "at", at)})
	}
	b = append(b, Block{Kind: Note, Text: w.Say(text.CheckedWhole, "at", at, "sent", w.Count(text.CheckedSent, c.Sent), "receipts", w.Count(text.CheckedReceipts, c.Receipts))})
	if c.Unfinished {
		b = append(b, Block{Kind: Note, Text: w.Say(text.CheckedUnfinished)})
	}
	if c.Unmarked {
		b = append(b, Block{Kind: Note, Text: w.Say(text.CheckedUnmarked)})
	}
	return b
}

var breakKeys = map[card.Found]text.Key{
	card.FoundEdited: text.CheckedEdited, card.FoundRemoved: text.CheckedRemoved, card.FoundReordered: text.CheckedReordered,
	card.FoundTruncated: text.CheckedTruncated, card.FoundUnreadable: text.CheckedUnreadable,
}

// exact is an entry of the ledger with the button for its exact bytes, and those
// if they are to be seen.
func (w panelWords) exact(q card.Page, entry Block) []Block {
	if q.Seq == 0 {
		return []Block{entry} // not in the ledger yet
	}
	show := Control{Action: card.ShowBytes, Item: uint32(q.Seq), Label: w.Say(text.BytesShow)}
	if q.Bytes != "" {
		show.Label = w.Say(text.BytesHide)
	}
	show.Name = show.Label + ": " + entry.Title
	entry.Controls = []Control{show}
	b := []Block{entry}
	if q.Bytes != "" {
		b = append(b, Block{Kind: Code, Text: q.Bytes})
	}
	if q.Cut {
		b = append(b, Block{Kind: Note, Text: w.Say(text.BytesCut, "n", strconv.FormatUint(q.Seq, 10))})
	}
	return b
}

// reports is the person's own switch. No policy has a word in it.
func (w panelWords) reports() []Block {
	c := Control{Action: card.SwitchReports, Label: w.Say(text.Reports), On: !w.ReportsOff}
	what := text.ReportsOn
	if w.ReportsOff {
		what = text.ReportsOff
	}
	return []Block{{Kind: Switch, Text: w.Say(what), Controls: []Control{w.switched(c)}}}
}

// switched says in words how a switch stands.
func (w panelWords) switched(c Control) Control {
	c.Word = w.Say(text.SwitchOff)
	if c.On {
		c.Word = w.Say(text.SwitchOn)
	}
	return c
}
