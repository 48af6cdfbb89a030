//go:build !linux

package process

import (
	"context"

	"handrail/agent/coverage"
)

func browserOf(int) int { return 0 }

func browsers(context.Context) ([]Browser, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported}
}
