//go:build !linux

package session

import (
	"context"
	"errors"
)

func openOnDesktop(context.Context, string) error {
	return errors.New("opening addresses is not built for this system yet")
}
