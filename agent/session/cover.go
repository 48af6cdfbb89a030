package session

import (
	"slices"

	"handrail/agent/coverage"
)

// cover works out what is seen, and tells the service and the tray if that has
// changed.
func (e *engine) cover() {
	defer e.showTray()
	t := e.table()
	if slices.Equal(t, e.coverage) {
		return
	}
	e.coverage = t
	if e.tables != nil {
		select {
		case <-e.tables: // one that nobody has taken is out of date
		default:
		}
		e.tables <- t
	}
}

// table says, honestly, what is seen now. A pause is not told from an absence:
// the table goes into health reports, which name the device. For the same
// reason the clipboard is always "text only", and not from the first image on.
func (e *engine) table() coverage.Table {
	if e.policy != nil && !e.policy.Enabled {
		return coverage.All(coverage.Blind, coverage.SwitchedOff)
	}
	if e.paused {
		return coverage.All(coverage.Blind, coverage.NotWatching)
	}
	t := coverage.All(coverage.Seen, coverage.None)
	t.Set(coverage.Clipboard, coverage.Partly, coverage.TextOnly)
	state, why := e.coverBrowser()
	t.Set(coverage.Browser, state, why)
	// Which of a terminal's tabs is in front can be told by the title only.
	t.Set(coverage.Terminal, coverage.Partly, coverage.TitlesOnly)
	if !e.desktop.proven() {
		for _, s := range []coverage.Surface{coverage.Clipboard, coverage.Windows, coverage.Terminal, coverage.Apps} {
			t.Set(s, coverage.Partly, coverage.NotProven)
		}
	}
	if why, blind := e.why[focusPart]; blind {
		for _, s := range []coverage.Surface{coverage.Windows, coverage.Browser, coverage.Terminal, coverage.Apps} {
			t.Set(s, coverage.Blind, why)
		}
	}
	if why, blind := e.why[clipboardPart]; blind {
		for _, s := range []coverage.Surface{coverage.Clipboard, coverage.Browser, coverage.Terminal, coverage.Apps} {
			t.Set(s, coverage.Blind, why)
		}
	}
	if _, none := e.why[windowsPart]; none {
		t.Set(coverage.Nudge, coverage.Partly, coverage.NoWindow)
		if e.mute {
			t.Set(coverage.Nudge, coverage.Blind, coverage.NoWindow)
		}
	}
	return t
}
