package durable

import (
	"os"

	"golang.org/x/sys/windows"
)

func lock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK, 0, 1, 0, new(windows.Overlapped))
}

// syncDir does nothing: Windows has no way to sync a folder, and NTFS keeps
// names in its own journal.
func syncDir(string) error { return nil }
