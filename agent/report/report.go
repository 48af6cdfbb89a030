// Package report is the only schema of what may leave a laptop. Behaviour
// reports are about nobody: cells of closed enumerations, each with how often
// as a category. Health reports name a device and hold no behaviour. There is
// no field for free text anywhere, and none for a time.
package report

// Answer is how a nudge ended, as far as Handrail knows. It never guesses what
// was pasted afterwards.
type Answer uint8

// The answers.
const (
	Switched         Answer = iota + 1 // opened the approved tool from the nudge
	Dismissed                          // closed it (Esc)
	SaidNotSensitive                   // said that the finding is wrong
	SaidAnyway                         // said that they paste it anyway
	Ignored                            // left, or let it stand, without an answer
	PastedSafely                       // chose the text without what was found
	SaidAllowed                        // said that this use is allowed
)

var answerNames = [...]string{"", "switched", "dismissed", "said_not_sensitive", "said_anyway", "ignored", "pasted_safely", "said_allowed"}

// Answers returns every answer.
func Answers() []Answer {
	return []Answer{Switched, Dismissed, SaidNotSensitive, SaidAnyway, Ignored, PastedSafely, SaidAllowed}
}

// String returns the answer's name in reports.
func (a Answer) String() string {
	return nameOf(answerNames[:], a)
}

// MarshalText implements encoding.TextMarshaler.
func (a Answer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (a *Answer) UnmarshalText(b []byte) error {
	v, err := valueOf[Answer](answerNames[:], b)
	*a = v
	return err
}
