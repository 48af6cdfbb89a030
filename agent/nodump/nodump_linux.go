package nodump

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

func seal() error {
	return errors.Join(noCore(), notDumpable())
}

// notDumpable is prctl(2) PR_SET_DUMPABLE: no core, and ptrace(2),
// /proc/PID/mem and the like only for root. Programs started from here get
// the normal state back by execve(2) and must ask for themselves.
func notDumpable() error {
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("closing the process's memory to others: %w", err)
	}
	return nil
}

func moveStderr() (*os.File, error) {
	fd, err := unix.FcntlInt(2, unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return os.Stderr, fmt.Errorf("moving standard error: %w", err)
	}
	logs := os.NewFile(uintptr(fd), "stderr")
	null, err := unix.Open(os.DevNull, unix.O_WRONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return logs, fmt.Errorf("moving standard error: %w", err)
	}
	defer unix.Close(null)
	if err := unix.Dup3(null, 2, 0); err != nil {
		return logs, fmt.Errorf("moving standard error: %w", err)
	}
	return logs, nil
}
