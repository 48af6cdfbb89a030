//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// apart lets what is started outlive the browser.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
