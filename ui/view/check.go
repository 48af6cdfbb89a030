package view

import (
	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/ui/text"
)

// checked is the view of a card that asks whether an AI's answer was checked. The
// big button is to say nothing.
func checked(c card.Card, p text.Printer) View {
	return View{
		Title: p.Say(text.CheckTitle), Body: p.Say(text.CheckBody, "system", c.System),
		Buttons: []Button{
			{card.Dismiss, p.Say(text.Skip), Primary},
			{card.CheckedRead, p.Say(text.CheckedRead), Secondary},
			{card.CheckedSource, p.Say(text.CheckedSource), Secondary},
			{card.CheckedOther, p.Say(text.CheckedOther), Secondary},
			{card.NotChecked, p.Say(text.CheckedNotYet), Secondary},
			{card.NotAI, p.Say(text.CheckedNotAI), Secondary},
		},
	}
}

var howKeys = map[report.Said]text.Key{
	report.CheckedRead: text.HowRead, report.CheckedRan: text.HowSource, report.CheckedPerson: text.HowOther,
}

// Receipt says a receipt in a line; at is when it was.
func Receipt(at string, stake report.Stake, how report.Said, p text.Printer) string {
	return p.Say(text.ReceiptLine, "at", at, "stake", p.Say(stakeKeys[stake]), "how", p.Say(howKeys[how]))
}

// receipts are those for checked answers.
func (w panelWords) receipts() []Block {
	b := []Block{{Kind: Heading, Title: w.Say(text.ReceiptHeading)}}
	if len(w.Receipts) == 0 {
		return append(b, Block{Kind: Note, Text: w.Say(text.ReceiptNone)})
	}
	b = append(b, Block{Kind: Note, Text: w.Say(text.ReceiptLead)})
	for _, r := range w.Receipts {
		b = append(b, Block{Kind: Bullet, Text: Receipt(w.at(r.At), report.Stake(r.Stake), report.Said(r.How), w.Printer)})
	}
	if w.OlderReceipts > 0 {
		b = append(b, Block{Kind: Note, Text: w.Count(text.ReceiptOlder, w.OlderReceipts)})
	}
	return b
}
