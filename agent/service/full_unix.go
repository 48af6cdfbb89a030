//go:build unix

package service

import (
	"errors"
	"syscall"
)

// full tells errors that mean "no space": the disk's, a quota's, or the file
// size limit of the process.
func full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
