package view

import (
	"strings"

	"handrail/agent/card"
	"handrail/detect"
	"handrail/ui/text"
)

// workCards are the cards about AI at a kind of work: what helps, and what to keep
// out.
var workCards = map[card.Role]struct {
	name        text.Key
	helps, keep [3]text.Key
}{
	card.Marketer:  {text.RoleMarketer, [3]text.Key{text.MarketerHelp1, text.MarketerHelp2, text.MarketerHelp3}, [3]text.Key{text.MarketerKeep1, text.MarketerKeep2, text.MarketerKeep3}},
	card.Support:   {text.RoleSupport, [3]text.Key{text.SupportHelp1, text.SupportHelp2, text.SupportHelp3}, [3]text.Key{text.SupportKeep1, text.SupportKeep2, text.SupportKeep3}},
	card.Finance:   {text.RoleFinance, [3]text.Key{text.FinanceHelp1, text.FinanceHelp2, text.FinanceHelp3}, [3]text.Key{text.FinanceKeep1, text.FinanceKeep2, text.FinanceKeep3}},
	card.HR:        {text.RoleHR, [3]text.Key{text.HRHelp1, text.HRHelp2, text.HRHelp3}, [3]text.Key{text.HRKeep1, text.HRKeep2, text.HRKeep3}},
	card.Developer: {text.RoleDeveloper, [3]text.Key{text.DeveloperHelp1, text.DeveloperHelp2, text.DeveloperHelp3}, [3]text.Key{text.DeveloperKeep1, text.DeveloperKeep2, text.DeveloperKeep3}},
}

// RoleName returns what a kind of work is called.
func RoleName(r card.Role) text.Key { return workCards[r].name }

// WorkCard returns the card of a role: headings and bullets.
func WorkCard(r card.Role, p text.Printer) (b []Block) {
	c := workCards[r]
	for _, part := range []struct {
		title text.Key
		lines [3]text.Key
	}{{text.WorkHelps, c.helps}, {text.WorkKeep, c.keep}} {
		b = append(b, Block{Kind: Heading, Title: p.Say(part.title)})
		for _, k := range part.lines {
			b = append(b, Block{Kind: Bullet, Text: p.Say(k)})
		}
	}
	return append(b, Block{Kind: Note, Text: p.Say(text.WorkAsk)})
}

// work is the page of the cards. The person says what their work is, each time.
func (w panelWords) work() []Block {
	b := []Block{{Kind: Lead, Text: w.Say(text.WorkLead)}}
	if w.CardFor != detect.ClassNone {
		var names []string
		for _, r := range card.RolesFor(w.CardFor) {
			names = append(names, w.Say(RoleName(r)))
		}
		b = append(b, Block{Kind: Note, Text: w.Say(text.WorkFor, "content", w.Say(Content(w.CardFor)), "roles", strings.Join(names, ", "))})
	}
	choice := Block{Kind: Choice, Title: w.Say(text.WorkChoose)}
	for _, r := range card.Roles() {
		choice.Controls = append(choice.Controls, w.option(card.ReadCard, uint32(r), RoleName(r), r == w.Role))
	}
	b = append(b, choice)
	if w.Role != 0 {
		b = append(b, WorkCard(w.Role, w.Printer)...)
	}
	return append(b, Block{Kind: Note, Text: w.Say(text.WorkKept)})
}
