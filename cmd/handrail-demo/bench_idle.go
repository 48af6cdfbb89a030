package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	// settleTime passes before the idle figures, so that what the last nudge
	// left to do is done.
	settleTime = 5 * time.Second
	// idleTime is how long nothing happens while it is measured.
	idleTime = 20 * time.Second
)

// idle measures the processes while nothing happens: after some nudges, with a
// sensitive clip on the clipboard and the keyboard in another window.
func (b *benchmark) idle() {
	t := b.t
	ui, err := childOf(b.session.pid(), "handrail-ui")
	if err != nil {
		t.Fatalf("looking for the window process: %v", err)
	}
	pids := []int{b.service.pid(), b.session.pid(), ui}
	before, after := make([]usage, len(pids)), make([]usage, len(pids))
	read := func(into []usage) {
		for i, pid := range pids {
			if into[i], err = usageOf(pid); err != nil {
				t.Fatalf("measuring: %v", err)
			}
		}
	}
	time.Sleep(settleTime)
	began := time.Now()
	read(before)
	time.Sleep(idleTime)
	read(after)
	took := time.Since(began)

	percent := func(i int) float64 { return 100 * (after[i].cpu - before[i].cpu).Seconds() / took.Seconds() }
	wakes := func(i int) float64 { return float64(after[i].wakeUps-before[i].wakeUps) / took.Seconds() }
	cpu := func(p float64) string { return fmt.Sprintf("%.2f %%", p) }
	names := []string{"service", "session", "handrail-ui"}
	for i, name := range names {
		b.figure("idle CPU of "+name+", of one core", cpu(percent(i)), "", "", "")
	}
	both := percent(0) + percent(1)
	b.figure("idle CPU of service and session", cpu(both), "<= 0.1 %", judge(both, 0.1), "")
	for i, name := range names[:2] {
		w := wakes(i)
		// A timer that goes off once or twice in this time is no polling.
		b.figure("wake-ups of "+name+", idle", fmt.Sprintf("%.1f /s", w), "0 /s", judge(w, 0.1), "")
	}
	b.figure("wake-ups of handrail-ui, idle", fmt.Sprintf("%.1f /s", wakes(2)), "", "", "")
	private := func(anon int64) string { return "of it private " + megabytes(anon) }
	for i, name := range names[:2] {
		b.figure("memory (RSS) of "+name, megabytes(after[i].rss), "", "", private(after[i].anon))
	}
	sum, anon := after[0].rss+after[1].rss, after[0].anon+after[1].anon
	b.figure("memory (RSS) of service and session", megabytes(sum), "<= 40 MB", judge(float64(sum), 40<<20), private(anon)+"; both are one program, whose pages they share")
	b.figure("memory (RSS) of handrail-ui", megabytes(after[2].rss), "<= 140 MB", judge(float64(after[2].rss), 140<<20), private(after[2].anon))
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/(1<<20)) }

// usage is what a process has used of the computer so far, and its memory now.
type usage struct {
	cpu     time.Duration
	wakeUps int64 // how often a thread of it had slept and was woken
	rss     int64 // bytes, pages shared with others included
	anon    int64 // bytes of it that are no file's
}

// usageOf reads a process's figures from /proc (proc(5)). CPU time is the
// scheduler's, in nanoseconds: the usual clock ticks of 10 ms are half of the
// budget at this length.
func usageOf(pid int) (usage, error) {
	var u usage
	proc := filepath.Join("/proc", strconv.Itoa(pid))
	status, err := statusOf(proc)
	if err != nil {
		return u, fmt.Errorf("reading process %d: %w", pid, err)
	}
	if u.rss, err = status.number("VmRSS"); err != nil {
		return u, err
	}
	if u.anon, err = status.number("RssAnon"); err != nil {
		return u, err
	}
	u.rss, u.anon = u.rss<<10, u.anon<<10
	threads, err := filepath.Glob(proc + "/task/*")
	if err != nil {
		return u, err
	}
	for _, thread := range threads {
		status, err := statusOf(thread)
		if errors.Is(err, os.ErrNotExist) {
			continue // a thread that has just ended
		}
		if err != nil {
			return u, fmt.Errorf("reading a thread of process %d: %w", pid, err)
		}
		n, err := status.number("voluntary_ctxt_switches")
		if err != nil {
			return u, err
		}
		u.wakeUps += n
		ns, err := onCPU(thread)
		if err != nil {
			return u, err
		}
		u.cpu += ns
	}
	return u, nil
}

// procStatus is a file like /proc/PID/status.
type procStatus string

func statusOf(dir string) (procStatus, error) {
	b, err := os.ReadFile(filepath.Join(dir, "status"))
	return procStatus(b), err
}

// field returns the value behind a name.
func (s procStatus) field(name string) string {
	for line := range strings.Lines(string(s)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// number returns a value that is a number, whatever its unit.
func (s procStatus) number(name string) (int64, error) {
	digits, _, _ := strings.Cut(s.field(name), " ")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("the kernel does not tell %s", name)
	}
	return n, nil
}

// onCPU returns how long a thread has run.
func onCPU(thread string) (time.Duration, error) {
	b, err := os.ReadFile(filepath.Join(thread, "schedstat"))
	if err != nil {
		return 0, fmt.Errorf("the kernel does not tell how long a thread has run: %w", err)
	}
	first, _, _ := strings.Cut(string(b), " ")
	ns, err := strconv.ParseInt(first, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("the kernel does not tell how long a thread has run: %w", err)
	}
	return time.Duration(ns), nil
}

// childOf returns the child process of that name.
func childOf(parent int, name string) (int, error) {
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, proc := range all {
		status, err := statusOf(proc)
		if err != nil {
			continue // it has ended meanwhile
		}
		if ppid, err := status.number("PPid"); err == nil && int(ppid) == parent && status.field("Name") == name {
			return strconv.Atoi(filepath.Base(proc))
		}
	}
	return 0, fmt.Errorf("process %d has no child %s", parent, name)
}
