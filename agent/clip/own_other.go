//go:build !linux

package clip

import (
	"errors"

	"handrail/agent/coverage"
	"handrail/detect/secret"
)

func own(*secret.Text) (holding, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported, Err: errors.New("putting a text on the clipboard of this system is not built yet")}
}
