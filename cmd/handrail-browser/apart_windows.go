package main

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// apart lets what is started outlive the browser, whose job object ends with
// it.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_BREAKAWAY_FROM_JOB | windows.DETACHED_PROCESS}
}
