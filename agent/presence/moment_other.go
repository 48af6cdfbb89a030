//go:build !linux

package presence

import (
	"errors"

	"handrail/agent/coverage"
)

// Moments is not built for this system yet.
type Moments struct{}

// OpenMoments says that this system is not supported yet: nobody counts as
// busy.
func OpenMoments() (*Moments, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported, Err: errors.New("moments are not told on this system yet")}
}

// Changes is never called: there is no Moments.
func (*Moments) Changes() <-chan State { return nil }

// Close does nothing.
func (*Moments) Close() error { return nil }
