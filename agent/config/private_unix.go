//go:build unix

package config

import (
	"fmt"
	"os"
	"syscall"
)

func private(dir string, info os.FileInfo) error {
	if s, ok := info.Sys().(*syscall.Stat_t); ok && int(s.Uid) != os.Getuid() {
		return fmt.Errorf("the folder %s belongs to another account: remove it, or choose another", dir)
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return fmt.Errorf("closing the folder %s to others: %w", dir, err)
	}
	return nil
}
