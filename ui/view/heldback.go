package view

import (
	"handrail/agent/card"
	"handrail/ui/text"
)

var hushKeys = map[card.Hush]text.Key{
	card.HushEnough: text.HushEnough,
	card.HushRecent: text.HushRecent,
	card.HushOld:    text.HushOld,
	card.HushBusy:   text.HushBusy,
}

// HeldBack says of a nudge that was not shown what it was about, and why not.
func HeldBack(q card.Quiet, p text.Printer) string {
	return p.Say(text.TrayQuietLine, "class", p.Say(Content(q.Class)), "tool", q.Tool, "why", p.Say(hushKeys[q.Why]))
}

// quiet says when no nudge comes, and what was held back.
func (w panelWords) quiet() []Block {
	b := []Block{{Kind: Heading, Title: w.Say(text.QuietHeading)}}
	if w.HoldOut {
		b = append(b, Block{Kind: Warning, Text: w.Say(text.QuietHoldOut)})
	}
	if w.PerDay > 0 {
		b = append(b, Block{Kind: Note, Text: w.Count(text.QuietLead, w.PerDay)})
	}
	for _, told := range []struct {
		here bool
		what text.Key
	}{
		{true, text.QuietFull}, {w.Notices.Locked, text.QuietLocked}, {w.Notices.Quiet, text.QuietDND},
		{w.Notices.Presenting, text.QuietPresenting}, {w.Notices.InCall, text.QuietInCall},
	} {
		if told.here {
			b = append(b, Block{Kind: Bullet, Text: w.Say(text.QuietTells, "what", w.Say(told.what))})
		}
	}
	b = append(b, Block{Kind: Note, Text: w.Say(text.QuietBlind)}, Block{Kind: Heading, Title: w.Say(text.QuietList)})
	if len(w.Panel.Quiet) == 0 {
		return append(b, Block{Kind: Note, Text: w.Say(text.QuietNone)})
	}
	for _, q := range w.Panel.Quiet {
		b = append(b, Block{Kind: Bullet, Text: HeldBack(q, w.Printer)})
	}
	return b
}
