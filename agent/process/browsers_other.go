//go:build !linux

package process

import (
	"context"

	"handrail/agent/coverage"
)

func browsers(context.Context) ([]Browser, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported}
}
