//go:build linux || darwin

package nodump

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// noCore sets the hard limit too: it can't be raised again without root.
func noCore() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("forbidding core files: %w", err)
	}
	return nil
}
