package nodump

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows"
)

// seal asks for no error window and no post-mortem of Windows Error Reporting,
// whose dumps hold memory. An administrator can switch dumps on again.
func seal() error {
	const noWindows = windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX
	windows.SetErrorMode(noWindows)
	return nil
}

// moveStderr gives the process another standard error. The Go runtime asks
// for the handle each time it prints.
func moveStderr() (*os.File, error) {
	logs := os.Stderr
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return logs, fmt.Errorf("moving standard error: %w", err)
	}
	if err := windows.SetStdHandle(windows.STD_ERROR_HANDLE, windows.Handle(null.Fd())); err != nil {
		return logs, fmt.Errorf("moving standard error: %w", err)
	}
	os.Stderr = null
	return logs, nil
}
