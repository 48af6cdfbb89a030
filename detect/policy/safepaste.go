package policy

import "time"

// SafePaste says how Safe Paste works here.
type SafePaste struct {
	// KeepHours is how long the values that it took out of a text are kept in
	// the session's memory, so that they can be put back into an answer.
	KeepHours int `yaml:"keep_hours"`

	position
}

// A working day is what a conversation with an AI tool lasts at most; longer
// than a day, nobody knows any more what a token stood for.
const (
	defaultKeepHours = 8
	maxKeepHours     = 24
)

// Keep returns KeepHours as a duration.
func (s SafePaste) Keep() time.Duration { return time.Duration(s.KeepHours) * time.Hour }

// preset is what holds for the lines that the section leaves out.
func (s *SafePaste) preset() { s.KeepHours = defaultKeepHours }

func (r *reader) checkSafePaste(s *SafePaste) {
	if s.has("keep_hours") && !r.blames(s.of("keep_hours")) && (s.KeepHours < 1 || s.KeepHours > maxKeepHours) {
		r.problems.add(Error, s.of("keep_hours"), "keep_hours must be from 1 to %d", maxKeepHours)
	}
}
