package view

import (
	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/ui/text"
)

// Welcome returns the page about what Handrail does, for a terminal: without its
// controls.
func Welcome(c card.Panel, p text.Printer) []Block {
	var b []Block
	for _, x := range (panelWords{Panel: c, Printer: p}).welcome() {
		switch x.Kind {
		case Buttons:
		case Switch:
			b = append(b, Block{Kind: Bullet, Text: p.Say(text.SwitchReports)})
		default:
			b = append(b, x)
		}
	}
	return b
}

// welcome is the page about what Handrail does.
func (w panelWords) welcome() []Block {
	b := []Block{{Kind: Lead, Text: w.Say(text.WelcomeLead)}}
	part := func(heading text.Key, keys ...text.Key) {
		b = append(append(b, Block{Kind: Heading, Title: w.Say(heading)}), w.bullets(keys...)...)
	}
	part(text.WatchesHeading, text.WatchesWindow, text.WatchesCopies, text.WatchesText, text.WatchesPages, text.WatchesTools)
	part(text.WatchesNotHeading, text.WatchesNotContent, text.WatchesNotKeys, text.WatchesNotMarked, text.WatchesNotOther)
	if w.Service && !w.Server {
		part(text.LeavesHeading, text.LeavesNothing)
	} else {
		part(text.LeavesHeading, text.LeavesCounts, text.LeavesHealth, text.LeavesAsked, text.LeavesShown)
	}
	part(text.SwitchHeading, text.SwitchPause, text.SwitchForget, text.SwitchLearned)
	b = append(b, w.reports()...)
	part(text.PermitHeading, w.permits()...)
	if e := w.Coverage.Of(coverage.Browser); e.Why != coverage.NotWatching {
		b = append(b, Block{Kind: Bullet, Text: w.Say(text.PermitNow, "state", w.Say(stateKeys[e.State]), "why", w.Say(w.why(e)))})
	}
	if w.GotIt {
		return append(b, Block{Kind: Note, Text: w.Say(text.WelcomeAgain)})
	}
	return append(b, Block{Kind: Buttons, Controls: []Control{{Action: card.GotIt, Label: w.Say(text.GotIt), Style: Primary}}})
}

// permits say what the desktop has to allow.
func (w panelWords) permits() []text.Key {
	switch {
	case w.System == card.OnMac:
		return []text.Key{text.PermitPasteboard, text.PermitAccessibility, text.PermitMac, text.PermitExtension}
	case w.Coverage.Of(coverage.Clipboard).Why == coverage.Wayland:
		return []text.Key{text.WhyWayland, text.PermitExtension}
	}
	return []text.Key{text.PermitNone, text.PermitExtension}
}
