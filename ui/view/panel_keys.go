package view

import (
	"strings"

	"handrail/agent/card"
	"handrail/detect"
	"handrail/ui/text"
)

// KeysAdvice is what to do about a password or key that got out, in words.
type KeysAdvice struct {
	Lead  string
	Steps []string // the first ends the old one
	Tell  string
}

// Keys returns the advice for a key of these vendors, that was pasted into a tool;
// both may be empty. contact is the policy's word, "" where it has none.
func Keys(tool string, of []detect.Issuer, contact string, p text.Printer) KeysAdvice {
	a := KeysAdvice{Lead: p.Say(text.KeysLead), Tell: p.Say(text.KeysNobody)}
	if tool != "" {
		a.Lead = p.Say(text.KeysPasted, "tool", tool)
	}
	first := p.Say(text.KeysEnd)
	if len(of) > 0 {
		var names []string
		for _, i := range of {
			names = append(names, i.Name)
		}
		first = p.Say(text.KeysEndAt, "vendors", strings.Join(names, ", "))
	}
	a.Steps = []string{first, p.Say(text.KeysReplace), p.Say(text.KeysUse), p.Say(text.KeysChat)}
	if contact != "" {
		a.Tell = p.Say(text.KeysContact, "contact", contact)
	}
	return a
}

// keys is the page about a password or key that got out.
func (w panelWords) keys() []Block {
	var k card.Keys
	if w.Panel.Keys != nil {
		k = *w.Panel.Keys
	}
	a := Keys(k.Tool, k.Issuers, w.Contact, w.Printer)
	b := []Block{{Kind: Lead, Text: a.Lead}, {Kind: Heading, Title: w.Say(text.KeysHeading)}, {Kind: Bullet, Text: a.Steps[0]}}
	var pages []Control
	for i, v := range k.Issuers {
		pages = append(pages, Control{Action: card.OpenIssuer, Item: uint32(i + 1), Label: w.Say(text.KeysOpen, "vendor", v.Name), Style: Primary})
	}
	if len(pages) > 0 {
		b = append(b, Block{Kind: Buttons, Controls: pages})
	}
	for _, s := range a.Steps[1:] {
		b = append(b, Block{Kind: Bullet, Text: s})
	}
	b = append(b, Block{Kind: Heading, Title: w.Say(text.KeysTell)}, Block{Kind: Note, Text: a.Tell},
		Block{Kind: Heading, Title: w.Say(text.KeysKnows)})
	if w.Panel.Keys == nil {
		return append(b, w.bullets(text.KeysKindNone, text.KeysNot)...)
	}
	b = append(b, w.bullets(text.KeysKind, text.KeysNot, text.KeysTold)...)
	return append(b, Block{Kind: Buttons, Controls: []Control{{Action: card.ForgetKeys, Label: w.Say(text.KeysForget)}}})
}
