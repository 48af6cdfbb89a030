// Package presence tells whether somebody is in the middle of something, so
// that no nudge interrupts them. It never learns which keys were pressed: it
// knows how long ago there was any input, and where the pointer is.
package presence

import "time"

// Pause is how long nothing must have come in before typing counts as over.
// People who type pause for less than this between two words.
const Pause = 700 * time.Millisecond

// Slack is how long after a moment input still belongs to what led to it: the
// key that switched to a window is let go of a little after the switch.
const Slack = 60 * time.Millisecond

// sample is what the desktop says about input at one moment.
type sample struct {
	idle    time.Duration // since the last input of any kind
	x, y    int           // the pointer
	buttons uint16        // those that are held down
}

// moved tells whether the pointer explains input between two samples.
func (s sample) moved(since sample) bool {
	return s.x != since.x || s.y != since.y || s.buttons != since.buttons
}

// typing tells whether keys are being pressed: there was input just now, after
// since, and the pointer was not what made it.
func typing(now, since time.Time, last, s sample) bool {
	input := now.Add(-s.idle)
	return s.idle < Pause && input.After(since.Add(Slack)) && !s.moved(last)
}
