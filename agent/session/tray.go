package session

import (
	"context"
	"reflect"
	"time"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/agent/nudge"
	"handrail/agent/report"
)

// Tray is the icon in the desktop's panel. ui/tray's is one.
type Tray interface {
	// Show replaces what the icon and its menu say. It doesn't wait for the
	// desktop.
	Show(card.Tray)
	// Events tells what was chosen in the menu.
	Events() <-chan card.TrayChoice
}

// showTray tells the tray what has changed, if it has one.
func (e *engine) showTray() {
	if e.Tray == nil {
		return
	}
	if t := e.trayState(); !reflect.DeepEqual(t, e.tray) {
		e.tray = t
		e.Tray.Show(t)
	}
}

// trayState is how the session stands. A person's own icon, other than the
// coverage table, tells a pause from an absence.
func (e *engine) trayState() card.Tray {
	t := card.Tray{
		State: card.TrayWatching, PolicyBroken: e.policyStatus.Error != "", Past: e.past,
		Names: e.offer.names, Undo: e.original.kept(), Kept: e.kept,
		CardFor: e.work.offered, Quiet: e.heldBack, Badge: e.unread, Pulse: e.policy != nil && e.pulse.book.Standing(e.pulseMoment()),
	}
	if e.policy != nil && !e.policy.Enabled {
		t.State, t.Why = card.TrayBlind, coverage.SwitchedOff
		return t
	}
	if e.paused {
		t.State, t.Until = card.TrayPaused, e.until
		return t
	}
	// Without copies or windows nothing is noticed, and without nudges nothing
	// is said.
	for _, s := range []coverage.Surface{coverage.Clipboard, coverage.Windows, coverage.Nudge} {
		if x := e.coverage.Of(s); x.State == coverage.Blind {
			t.State, t.Why = card.TrayBlind, x.Why
			return t
		}
	}
	return t
}

// remember keeps an outcome for the tray's menu, in memory only.
func (e *engine) remember(o nudge.Outcome) {
	past := card.Past{Class: o.Class, Tool: string(o.Tool), Answer: answerIn[o.Answer]}
	if tool, ok := e.Catalog.Tool(o.Tool); ok {
		past.Tool = tool.Name
	}
	e.offerCard(o.Class)
	// A new slice: the tray reads the old one.
	e.past = append([]card.Past{past}, e.past[:min(len(e.past), card.MaxPast-1)]...)
	e.showTray()
}

// answerIn is what a person answered, by how the report counts it.
var answerIn = map[report.Answer]card.Answer{
	report.Switched:         card.OpenApproved,
	report.Dismissed:        card.Dismiss,
	report.SaidNotSensitive: card.NotSensitive,
	report.SaidAllowed:      card.Allowed,
	report.SaidAnyway:       card.PasteAnyway,
	report.PastedSafely:     card.SafePaste,
}

func (e *engine) onChosen(ctx context.Context, c card.TrayChoice) {
	switch c {
	case card.ChooseCoverage, card.ChooseAbout:
		e.handle(ctx, openPanel{card.TabCoverage})
	case card.ChooseWelcome:
		e.handle(ctx, openPanel{card.TabWelcome})
	case card.ChooseLedger:
		e.handle(ctx, openPanel{card.TabLedger})
	case card.ChooseAllowed:
		e.handle(ctx, openPanel{card.TabAllowed})
	case card.ChooseCard:
		e.openCards(ctx)
	case card.ChoosePulse:
		e.handle(ctx, openPanel{card.TabPulse})
	case card.ChoosePauseHour:
		e.pause(ctx, true, time.Hour)
	case card.ChoosePause:
		e.pause(ctx, true, 0)
	case card.ChoosePutBack:
		e.withdrawQuiet()
		e.putBack(ctx)
	case card.ChooseUndo:
		e.undo(ctx)
	case card.ChooseForget:
		e.forgetSafePaste()
	case card.ChooseResume:
		e.pause(ctx, false, 0)
	}
}
