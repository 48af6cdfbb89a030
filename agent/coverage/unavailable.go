package coverage

// Unavailable is the error of a sensor that can't watch here. It says why in
// the words of the coverage table:
//
//	if u := new(coverage.Unavailable); errors.As(err, &u) {
//		table.Set(coverage.Clipboard, coverage.Blind, u.Why)
//	}
type Unavailable struct {
	Why Why
	Err error // what went wrong, for people
}

// Error says what went wrong.
func (u *Unavailable) Error() string {
	if u.Err == nil {
		return u.Why.String()
	}
	return u.Err.Error()
}

// Unwrap returns the cause.
func (u *Unavailable) Unwrap() error { return u.Err }
