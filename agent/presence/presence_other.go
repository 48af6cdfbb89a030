//go:build !linux

package presence

import (
	"errors"
	"time"

	"handrail/agent/coverage"
)

// Watcher is not built for this system yet.
type Watcher struct{}

// Open says that this system is not supported yet.
func Open() (*Watcher, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported, Err: errors.New("presence is not built for this system yet")}
}

// Typing is never called: there is no Watcher.
func (*Watcher) Typing(time.Time) bool { return false }

// Idle is never called: there is no Watcher.
func (*Watcher) Idle() (time.Duration, bool) { return 0, false }

// Close does nothing.
func (*Watcher) Close() error { return nil }
