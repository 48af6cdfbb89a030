//go:build !linux

package clip

import (
	"errors"

	"handrail/agent/coverage"
)

func open() (watcher, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported, Err: errors.New("the clipboard of this system is not watched yet")}
}
