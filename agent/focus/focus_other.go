//go:build !linux

package focus

import (
	"context"
	"errors"

	"handrail/agent/coverage"
)

// Watcher is not built for this system yet.
type Watcher struct{}

// Open says that this system is not supported yet.
func Open() (*Watcher, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported, Err: errors.New("watching windows is not built for this system yet")}
}

// Changes is never called: there is no Watcher.
func (*Watcher) Changes() <-chan Change { return nil }

// Prove is never called.
func (*Watcher) Prove(context.Context) error { return nil }

// Close does nothing.
func (*Watcher) Close() error { return nil }
