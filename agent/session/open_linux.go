package session

import (
	"context"
	"fmt"
	"os/exec"
	"syscall"
	"time"
)

// openPatience is how long an xdg-open that fails is waited for. One that
// started a browser itself stays for as long as that.
const openPatience = 5 * time.Second

// openOnDesktop uses xdg-utils, which every desktop has. What it starts is in
// a session of its own: it outlives ours.
func openOnDesktop(ctx context.Context, address string) error {
	cmd := exec.Command("xdg-open", address)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%w: install xdg-utils", err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }() // ends with the browser at the latest
	patience := time.NewTimer(openPatience)
	defer patience.Stop()
	select {
	case err := <-done:
		return err
	case <-patience.C:
	case <-ctx.Done():
	}
	return nil
}
