package service

import (
	"errors"

	"golang.org/x/sys/windows"
)

// full tells errors that mean "no space".
func full(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}
