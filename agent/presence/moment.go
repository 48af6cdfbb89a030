package presence

// Moment is what somebody is in the middle of. Each is true only where the
// desktop says so: what can't be told is taken for "no", because a nudge that
// comes is better than one that never does.
type Moment struct {
	Locked     bool `json:"locked,omitempty"`     // the screen is locked
	Quiet      bool `json:"quiet,omitempty"`      // do-not-disturb is on
	Presenting bool `json:"presenting,omitempty"` // a program keeps the screen on, as presentations, calls and films do
	InCall     bool `json:"in_call,omitempty"`    // a microphone or a camera is in use
}

// Busy tells whether nobody should be interrupted now.
func (m Moment) Busy() bool { return m != Moment{} }

// State is a moment, and how much of it can be told on this desktop.
type State struct {
	Moment
	// Told is true for each part that something here tells of. A shared screen
	// is told by none: programs on X11 look at the screen without asking
	// anybody. Calls and presentations, which most sharing is part of, are.
	Told Moment
}
