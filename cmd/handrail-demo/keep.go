package main

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// keeper runs one program and starts it again when it dies: what init does for
// the service, and the desktop's session manager for the session.
type keeper struct {
	name  string
	start func() *exec.Cmd

	mu   sync.Mutex // guards cmd and runs
	cmd  *exec.Cmd
	runs int

	started chan struct{} // one token a start
	done    chan struct{}
}

// keep starts the program and keeps it running until ctx ends, then asks it to
// end and waits for it.
func keep(ctx context.Context, name string, start func() *exec.Cmd) *keeper {
	k := &keeper{name: name, start: start, started: make(chan struct{}, 64), done: make(chan struct{})}
	go k.loop(ctx)
	return k
}

func (k *keeper) loop(ctx context.Context) {
	defer close(k.done)
	for ctx.Err() == nil {
		cmd := k.start()
		ownGroup(cmd)
		if err := cmd.Start(); err != nil {
			os.Stderr.WriteString("demo: starting " + k.name + ": " + err.Error() + "\n")
		} else {
			k.mu.Lock()
			k.cmd = cmd
			k.runs++
			k.mu.Unlock()
			select {
			case k.started <- struct{}{}:
			default:
			}
			ended := make(chan struct{})
			go func() {
				select {
				case <-ctx.Done():
					stop(cmd, ended)
				case <-ended:
				}
			}()
			_ = cmd.Wait()
			close(ended)
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond): // as init's RestartSec
		}
	}
}

// kill ends the running process at once (SIGKILL) and returns its pid.
func (k *keeper) kill() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	for len(k.started) > 0 {
		<-k.started
	}
	if k.cmd == nil || k.cmd.Process == nil {
		return 0
	}
	_ = k.cmd.Process.Kill()
	return k.cmd.Process.Pid
}

// pid returns the process of the present run.
func (k *keeper) pid() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.cmd == nil || k.cmd.Process == nil {
		return 0
	}
	return k.cmd.Process.Pid
}

// ownGroup puts a program into a process group of its own, so that it and what
// it started can be ended together, and a Ctrl-C reaches the demo alone.
func ownGroup(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
}

// stop asks a process group to end, and ends it after a while.
func stop(cmd *exec.Cmd, ended <-chan struct{}) {
	pgid := cmd.Process.Pid
	_ = syscall.Kill(-pgid, syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		_ = syscall.Kill(-pgid, syscall.SIGKILL)
	}
}
