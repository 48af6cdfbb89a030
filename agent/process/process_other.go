//go:build !linux

package process

import (
	"context"
	"errors"

	"handrail/agent/coverage"
	"handrail/detect/catalog"
)

func running(context.Context, *catalog.Catalog) ([]Use, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported, Err: errors.New("the programs of this system are not looked at yet")}
}

func listeners(context.Context, func(name, folder string) bool) ([]Listener, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported, Err: errors.New("the programs of this system are not looked at yet")}
}

func of(int) Program { return Program{} }

func terminals(int) []Terminal { return nil }
