package tray

import (
	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/detect"
	"handrail/ui/text"
	"handrail/ui/view"
)

// Face is all that a panel shows: an icon, a tooltip and a menu.
type Face struct {
	Icon    Icon
	Tooltip string
	Menu    []Item
}

// Item is one line of the menu. Every face has the same items in the same
// order: what doesn't apply is hidden, so that a menu that is open, or being
// clicked, is never taken apart.
type Item struct {
	Label     string // "" is a separator
	Choice    card.TrayChoice
	Submenu   []Item
	Hidden    bool
	Inert     bool // can be read, not chosen
	separator bool
}

// FaceOf puts the session's state into words.
func FaceOf(t card.Tray, version string, p text.Printer) Face {
	paused := t.State == card.TrayPaused
	state := stateWords(t, p)
	if t.PolicyBroken {
		state = p.Say(text.TrayPolicyBroken, "state", state)
	}
	switch {
	case t.Badge:
		state = p.Say(text.TrayBadge, "state", state)
	case t.Pulse:
		state = p.Say(text.TrayPulseState, "state", state)
	}
	return Face{
		Icon:    iconOf(t.State, t.Badge || t.Pulse),
		Tooltip: p.Say(text.TrayTooltip, "state", state),
		Menu: []Item{
			{Label: state, Inert: true},
			{separator: true},
			{Label: p.Say(text.TabAllowed), Choice: card.ChooseAllowed},
			{Label: p.Say(text.TabCoverage), Choice: card.ChooseCoverage},
			{Label: p.Say(text.TrayPast), Submenu: pastItems(t.Past, p)},
			{Label: p.Say(text.TrayQuiet), Submenu: quietItems(t.Quiet, p)},
			{Label: p.Say(text.TabLedger), Choice: card.ChooseLedger},
			{Label: p.Say(text.TrayWork, "content", p.Say(view.Content(t.CardFor))), Choice: card.ChooseCard, Hidden: t.CardFor == detect.ClassNone},
			{Label: p.Say(text.TrayPulse), Choice: card.ChoosePulse, Hidden: !t.Pulse},
			{separator: true},
			{Label: p.Count(text.TrayPutBack, t.Names), Choice: card.ChoosePutBack, Hidden: t.Names == 0},
			{Label: p.Say(text.TrayUndo), Choice: card.ChooseUndo, Hidden: !t.Undo},
			{Label: p.Count(text.TrayForget, t.Kept), Choice: card.ChooseForget, Hidden: t.Kept == 0},
			{Label: p.Say(text.TrayPause), Hidden: paused, Submenu: []Item{
				{Label: p.Say(text.TrayPauseHour), Choice: card.ChoosePauseHour},
				{Label: p.Say(text.TrayPauseOpen), Choice: card.ChoosePause},
			}},
			{Label: p.Say(text.TrayResume), Choice: card.ChooseResume, Hidden: !paused},
			{separator: true},
			{Label: p.Say(text.TabWelcome), Choice: card.ChooseWelcome},
			{Label: p.Say(text.TrayAbout, "version", version), Choice: card.ChooseAbout},
		},
	}
}

func iconOf(s card.TrayState, badge bool) Icon {
	switch s {
	case card.TrayWatching:
		if badge {
			return Badged
		}
		return Watching
	case card.TrayPaused:
		return Paused
	default:
		return Blind
	}
}

func stateWords(t card.Tray, p text.Printer) string {
	switch {
	case t.State == card.TrayWatching:
		return p.Say(text.TrayWatching)
	case t.State == card.TrayPaused && t.Until.IsZero():
		return p.Say(text.TrayPaused)
	case t.State == card.TrayPaused:
		return p.Say(text.TrayPausedUntil, "time", t.Until.Format("15:04"))
	default:
		return p.Say(text.TrayBlind, "why", p.Say(whyWords(t.Why)))
	}
}

func whyWords(w coverage.Why) text.Key {
	switch w {
	case coverage.Wayland:
		return text.BlindWayland
	case coverage.NoDisplay:
		return text.BlindNoDisplay
	case coverage.Unsupported:
		return text.BlindUnsupported
	case coverage.NoWindow:
		return text.BlindNoWindow
	case coverage.SwitchedOff:
		return text.BlindSwitchedOff
	case coverage.SensorFailed:
		return text.BlindSensorFailed
	default:
		return text.BlindStarting
	}
}

// pastItems has a line for each nudge that can be remembered, and one that
// says there was none.
func pastItems(past []card.Past, p text.Printer) []Item {
	items := []Item{{Label: p.Say(text.TrayNoPast), Inert: true, Hidden: len(past) > 0}}
	for i := range card.MaxPast {
		line := Item{Label: "-", Inert: true, Hidden: true}
		if i < len(past) {
			line.Hidden = false
			line.Label = p.Say(text.TrayPastLine, "class", p.Say(view.Content(past[i].Class)),
				"tool", past[i].Tool, "answer", p.Say(answerWords(past[i].Answer)))
		}
		items = append(items, line)
	}
	return items
}

// quietItems are like pastItems, of the nudges that were not shown.
func quietItems(quiet []card.Quiet, p text.Printer) []Item {
	items := []Item{{Label: p.Say(text.TrayNoQuiet), Inert: true, Hidden: len(quiet) > 0}}
	for i := range card.MaxQuiet {
		line := Item{Label: "-", Inert: true, Hidden: true}
		if i < len(quiet) {
			line.Hidden, line.Label = false, view.HeldBack(quiet[i], p)
		}
		items = append(items, line)
	}
	return items
}

func answerWords(a card.Answer) text.Key {
	switch a {
	case card.OpenApproved:
		return text.PastOpened
	case card.SafePaste:
		return text.PastSafe
	case card.NotSensitive:
		return text.PastNotSensitive
	case card.Allowed:
		return text.PastAllowed
	case card.PasteAnyway:
		return text.PastAnyway
	case card.Dismiss:
		return text.PastClosed
	default:
		return text.PastNoAnswer
	}
}
