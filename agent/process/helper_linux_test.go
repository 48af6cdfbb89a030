package process

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"handrail/agent/desktoptest"
)

// An emulator that starts its shells through a helper: here a shell stands for
// the emulator, and xterm for the helper.
func TestTerminalsBehindAHelper(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	fifo := filepath.Join(t.TempDir(), "up")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	aider := filepath.Join(t.TempDir(), "aider")
	if err := os.WriteFile(aider, []byte("#!/bin/sh\necho up > "+fifo+"\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	emulator := d.Start(t, "sh", "-c", "xterm -e "+aider+"; true")
	if _, err := os.ReadFile(fifo); err != nil { // waits for the other side
		t.Fatal(err)
	}
	list := Terminals(emulator.Process.Pid)
	if len(list) != 1 || !slices.ContainsFunc(list[0].Programs, func(p Program) bool { return p.Name == "aider" }) {
		t.Errorf("got %+v, want one terminal with aider in front", list)
	}
}
