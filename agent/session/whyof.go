package session

import (
	"errors"

	"handrail/agent/coverage"
)

// whyOf is the reason that a part's error gives for the coverage table.
func whyOf(err error) coverage.Why {
	var u *coverage.Unavailable
	if errors.As(err, &u) {
		return u.Why
	}
	return coverage.SensorFailed
}

// hopeless tells errors that trying again can't mend while this desktop
// session lasts.
func hopeless(err error) bool {
	switch whyOf(err) {
	case coverage.Wayland, coverage.Unsupported:
		return true
	}
	return false
}
