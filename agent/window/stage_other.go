//go:build !linux

package window

import (
	"errors"
	"image"

	"handrail/agent/coverage"
)

// Stage is the desktop that handrail-ui's window is on. It is built for X11
// only so far.
type Stage struct{}

// OpenStage says that this system is not built yet.
func OpenStage() (*Stage, error) {
	return nil, &coverage.Unavailable{Why: coverage.Unsupported, Err: errors.New("a window that takes no keyboard is not built for this system yet")}
}

// Own does nothing here.
func (*Stage) Own(uintptr) error { return errors.ErrUnsupported }

// Area does nothing here.
func (*Stage) Area() (image.Rectangle, error) { return image.Rectangle{}, errors.ErrUnsupported }

// Enter does nothing here.
func (*Stage) Enter() (string, error) { return "", errors.ErrUnsupported }

// Leave does nothing here.
func (*Stage) Leave() {}

// Bounds does nothing here.
func (*Stage) Bounds() (image.Rectangle, error) { return image.Rectangle{}, errors.ErrUnsupported }

// TakeKeyboard does nothing here.
func (*Stage) TakeKeyboard(uint32) error { return errors.ErrUnsupported }

// Watch does nothing here.
func (*Stage) Watch(func(at uint32)) error { return errors.ErrUnsupported }
