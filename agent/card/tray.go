package card

import (
	"time"

	"handrail/agent/coverage"
	"handrail/detect"
)

// TrayState is what the icon in the desktop's panel says at a glance.
type TrayState uint8

// The states of the tray icon.
const (
	TrayBlind    TrayState = iota // not everything that should be is watched; see Tray.Why
	TrayWatching                  // what can be watched here is
	TrayPaused                    // the person paused it
)

// MaxPast is how many nudges the tray remembers.
const MaxPast = 5

// Tray is what the tray icon and its menu say. It stays in the memory of the
// session that it is about.
type Tray struct {
	State TrayState
	// Why is the reason for TrayBlind, None otherwise.
	Why coverage.Why
	// Until is the end of a pause, zero if it lasts until it is ended by hand.
	Until time.Time
	// PolicyBroken is true while the organisation's policy file has an error and
	// the last good one is used instead.
	PolicyBroken bool
	// Past are the last nudges of this session, the newest first, MaxPast at
	// most.
	Past []Past
	// Names is how many values can be put back in the text on the clipboard, Undo
	// says whether what was there before can be brought back, and Kept how many
	// values Safe Paste keeps.
	Names int
	Undo  bool
	Kept  int
	// Quiet are the nudges of this session that were not shown, the newest first,
	// MaxQuiet at most. Badge is true until somebody has looked at them.
	Quiet []Quiet
	Badge bool
	// Pulse is true while the weekly question can be answered and nobody has.
	Pulse bool
	// CardFor is what the last nudge was about, where a card about AI at work
	// speaks of it and was not offered yet; else ClassNone.
	CardFor detect.Class
}

// Past is a nudge that has ended.
type Past struct {
	Class  detect.Class
	Tool   string // the catalogue's name
	Answer Answer // zero: none was given
}

// TrayChoice is an entry of the tray's menu that does something.
type TrayChoice uint8

// The choices.
const (
	ChooseCoverage  TrayChoice = iota + 1 // show what is seen and what isn't
	ChooseLedger                          // show what left this computer
	ChoosePauseHour                       // pause for an hour
	ChoosePause                           // pause until it is ended by hand
	ChooseResume                          // end the pause
	ChooseAbout                           // show which Handrail this is
	ChoosePutBack                         // put the values back in the text on the clipboard
	ChooseUndo                            // bring back what was on the clipboard
	ChooseForget                          // wipe what Safe Paste keeps
	ChooseWelcome                         // show what Handrail does
	ChooseAllowed                         // ask whether something is allowed
	ChooseCard                            // show the cards about AI at work
	ChoosePulse                           // show the weekly question
)
