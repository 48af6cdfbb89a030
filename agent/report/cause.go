package report

// Cause is why somebody pasted it anyway, if they tapped one. Nobody has to.
type Cause uint8

// The reasons.
const (
	NoTime    Cause = iota + 1 // it could not wait
	ToolLacks                  // the approved tool can't do it
	NoAccess                   // the approved tool can't be reached
	WasTold                    // somebody responsible said so
	OtherWhy                   // none of these
)

var causeNames = [...]string{"", "no_time", "tool_lacks", "no_access", "was_told", "other"}

// Causes returns every reason.
func Causes() []Cause { return []Cause{NoTime, ToolLacks, NoAccess, WasTold, OtherWhy} }

// String returns the reason's name in reports.
func (r Cause) String() string { return nameOf(causeNames[:], r) }

// MarshalText implements encoding.TextMarshaler.
func (r Cause) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (r *Cause) UnmarshalText(b []byte) (err error) {
	*r, err = valueOf[Cause](causeNames[:], b)
	return err
}
