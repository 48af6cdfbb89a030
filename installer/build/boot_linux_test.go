package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// boot starts the system that is in there, with its own systemd, processes and
// network, and returns a debian whose commands run in it. powerOff ends it.
func (d *debian) boot() (booted *debian, powerOff func()) {
	t := d.t
	t.Helper()
	// A socket's path must be short; the test's own folder's often is not.
	dir, err := os.MkdirTemp("", "hr")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	addr := &net.UnixAddr{Name: filepath.Join(dir, "ready"), Net: "unixgram"}
	ready, err := net.ListenUnixgram("unixgram", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer ready.Close()
	console, err := os.Create(filepath.Join(dir, "console"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { console.Close() })

	cmd := exec.Command("systemd-nspawn", "--quiet", "--directory="+d.dir, "--register=no", "--keep-unit",
		"--boot", "--private-network", "--notify-ready=yes", "--console=pipe")
	cmd.Env = append(os.Environ(), "NOTIFY_SOCKET="+addr.Name)
	cmd.Stdout, cmd.Stderr = console, console
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	over, first := false, cmd.Process.Pid
	t.Cleanup(func() {
		if !over {
			_ = syscall.Kill(first, syscall.SIGKILL) // all others die with it
			<-ended
		}
	})

	// What it says is in sd_notify(3) and systemd-nspawn(1).
	b := make([]byte, 4096)
	_ = ready.SetReadDeadline(time.Now().Add(2 * time.Minute))
	for is := false; !is; {
		n, err := ready.Read(b)
		if err != nil {
			said, _ := os.ReadFile(console.Name())
			t.Fatalf("the system did not come up: %v\n%s", err, tail(said))
		}
		for line := range strings.Lines(string(b[:n])) {
			line = strings.TrimSpace(line)
			if pid, err := strconv.Atoi(strings.TrimPrefix(line, "X_NSPAWN_LEADER_PID=")); err == nil {
				first = pid
			}
			is = is || line == "READY=1"
		}
	}
	if first == cmd.Process.Pid {
		t.Fatal("systemd-nspawn did not say which process is the system's first")
	}
	booted = &debian{t: t, dir: d.dir, enter: []string{"nsenter", "--target", strconv.Itoa(first), "--mount", "--uts", "--ipc", "--net", "--pid", "--"}}
	return booted, func() {
		t.Helper()
		booted.must("systemctl", "poweroff")
		select {
		case err := <-ended:
			over = true
			if err != nil {
				t.Errorf("the system ended with %v", err)
			}
		case <-time.After(2 * time.Minute):
			t.Error("the system did not end")
		}
	}
}

// property returns one property of the service.
func (d *debian) property(name string) string {
	d.t.Helper()
	return strings.TrimSpace(d.must("systemctl", "show", "--value", "-p", name, "handrail.service"))
}

// mainPID returns the service's process, 0 if it has none.
func (d *debian) mainPID() int {
	d.t.Helper()
	pid, err := strconv.Atoi(d.property("MainPID"))
	if err != nil {
		d.t.Fatal(err)
	}
	return pid
}
