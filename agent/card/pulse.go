package card

import "time"

// PulseState is how the weekly question stands.
type PulseState uint8

// The states.
const (
	PulseOpen       PulseState = iota + 1 // it can be answered
	PulseDone                             // there was one this week
	PulseOff                              // the person has switched it off
	PulseByPolicy                         // the organisation has
	PulseReportsOff                       // reports are off, so it would be counted nowhere
)

// Pulse is the weekly question of how work with AI goes.
type Pulse struct {
	State PulseState `json:"state,omitempty"`
	Next  time.Time  `json:"next,omitzero"` // of PulseDone: the first day on which it may come again
	// Task and Said are what is chosen so far, by the numbers of agent/report,
	// which knows what they mean.
	Task uint32   `json:"task,omitempty"`
	Said []uint32 `json:"said,omitempty"`
	// More is true while what is chosen is not enough to be counted.
	More bool `json:"more,omitempty"`
}
