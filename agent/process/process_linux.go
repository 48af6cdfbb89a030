package process

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/shirou/gopsutil/v3/process"

	"handrail/detect/catalog"
)

// maxComm is how much of a program's name the kernel keeps (TASK_COMM_LEN).
const maxComm = 15

// running looks at the short name of each process first, which is cheap, and
// further only where that could be a tool's or an interpreter's.
func running(ctx context.Context, cat *catalog.Catalog) ([]Use, error) {
	pids, err := process.PidsWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing processes: %w", err)
	}
	names := map[string]bool{"MainThread": true} // what node calls itself since version 23
	for _, t := range cat.Tools() {
		for _, list := range [][]catalog.Program{t.Apps, t.Commands} {
			for _, p := range list {
				if !p.Class {
					names[short(p.Name)] = true
				}
			}
		}
	}
	me := uint32(os.Getuid())
	found := map[Use]bool{}
	for _, pid := range pids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c := comm(int(pid))
		if _, interprets := interpreterOf(c); c == "" || !interprets && !names[strings.ToLower(c)] && !names[c] {
			continue
		}
		if !ownedBy(int(pid), me) {
			continue
		}
		p := of(int(pid))
		d, ok := cat.Lookup(catalog.Target{Process: c, Exe: p.Exe})
		if !ok {
			d, ok = cat.Lookup(catalog.Target{Foreground: p.Name, ForegroundExe: p.Exe})
		}
		if ok {
			found[Use{d.Tool, d.Surface}] = true
		}
	}
	uses := make([]Use, 0, len(found))
	for u := range found {
		uses = append(uses, u)
	}
	slices.SortFunc(uses, func(a, b Use) int {
		if a.Tool != b.Tool {
			return strings.Compare(string(a.Tool), string(b.Tool))
		}
		return int(a.Surface) - int(b.Surface)
	})
	return uses, nil
}

func short(name string) string { return name[:min(len(name), maxComm)] }

func ownedBy(pid int, uid uint32) bool {
	info, err := os.Stat(proc(pid, ""))
	if err != nil {
		return false
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && st.Uid == uid
}

// of names a program. The kernel's short name is the one that it was started
// by: a link's, where the executable itself is called after its version.
func of(pid int) Program {
	c := comm(pid)
	exe, err := os.Readlink(proc(pid, "exe"))
	if err != nil {
		if c == "" {
			return Program{}
		}
		return Program{PID: pid, Name: c}
	}
	exe = strings.TrimSuffix(exe, " (deleted)")
	base := path.Base(exe)
	if in, ok := interpreterOf(base); ok {
		if name := script(in, cmdline(pid)); name != "" {
			return Program{PID: pid, Name: name, Exe: exe}
		}
		return Program{PID: pid, Name: base, Exe: exe}
	}
	if c == "" || short(base) == c {
		return Program{PID: pid, Name: base, Exe: exe}
	}
	return Program{PID: pid, Name: c, Exe: exe}
}

// maxForeground bounds how many processes of one terminal are looked at.
const maxForeground = 32

// deepest is how far below an emulator its shells are looked for: some start
// them through a helper, as Ptyxis does through ptyxis-agent, or through a
// chain of them, as emulators that are built on Electron do.
const deepest = 4

func terminals(pid int) []Terminal {
	owner, ok := stat(pid)
	if !ok {
		return nil
	}
	var list []Terminal
	layer := []int{pid}
	for range deepest {
		var next []int
		for _, p := range layer {
			for _, child := range children(p) {
				if t, ok := terminal(child, owner.tty); ok {
					list = append(list, t)
				} else {
					next = append(next, child)
				}
			}
		}
		layer = next
	}
	return list
}

// terminal describes the pseudo-terminal that a process leads, if it leads one
// that is not the emulator's own.
func terminal(leader, own int) (t Terminal, ok bool) {
	s, ok := stat(leader)
	if !ok || s.tty == 0 || s.tty == own || s.session != leader || s.foreground <= 0 {
		return t, false
	}
	for _, p := range foreground(leader, s.foreground) {
		if prog := of(p); prog.Name != "" {
			t.Programs = append(t.Programs, prog)
		}
	}
	return t, true
}

// foreground returns the processes of a group among a process and those that
// it started, the group's first process first.
func foreground(from, group int) []int {
	var members []int
	queue := []int{from}
	for i := 0; i < len(queue) && i < maxForeground; i++ {
		s, ok := stat(queue[i])
		if !ok {
			continue
		}
		if s.group == group {
			if queue[i] == group {
				members = append([]int{group}, members...)
			} else {
				members = append(members, queue[i])
			}
		}
		queue = append(queue, children(queue[i])...)
	}
	return members
}

// children returns the processes that a process has started and that are still
// its own.
func children(pid int) []int {
	tasks, err := os.ReadDir(proc(pid, "task"))
	if err != nil {
		return nil
	}
	var list []int
	for _, task := range tasks {
		b, err := os.ReadFile(proc(pid, "task/"+task.Name()+"/children"))
		if err != nil {
			continue
		}
		for _, f := range bytes.Fields(b) {
			if n, err := strconv.Atoi(string(f)); err == nil {
				list = append(list, n)
			}
		}
	}
	return list
}

// status is a part of /proc/PID/stat (proc(5)).
type status struct {
	parent         int
	group, session int
	tty            int // 0 for none
	foreground     int // the process group in the foreground of tty
}

func stat(pid int) (status, bool) {
	b, err := os.ReadFile(proc(pid, "stat"))
	if err != nil {
		return status{}, false
	}
	return parseStat(b)
}

// parseStat reads /proc/PID/stat. The program's name stands in brackets and may
// hold anything, brackets and spaces included.
func parseStat(b []byte) (s status, ok bool) {
	i := bytes.LastIndexByte(b, ')')
	if i < 0 {
		return s, false
	}
	f := bytes.Fields(b[i+1:]) // state, ppid, pgrp, session, tty_nr, tpgid
	if len(f) < 6 {
		return s, false
	}
	for n, p := range map[int]*int{1: &s.parent, 2: &s.group, 3: &s.session, 4: &s.tty, 5: &s.foreground} {
		v, err := strconv.Atoi(string(f[n]))
		if err != nil {
			return status{}, false
		}
		*p = v
	}
	return s, true
}

func comm(pid int) string {
	b, err := os.ReadFile(proc(pid, "comm"))
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(string(b), "\n")
}

// maxCmdline is how much of a command line is read; the script stands early.
const maxCmdline = 4 << 10

func cmdline(pid int) []string {
	f, err := os.Open(proc(pid, "cmdline"))
	if err != nil {
		return nil
	}
	defer f.Close()
	b := make([]byte, maxCmdline)
	n, err := f.Read(b)
	if err != nil || n == 0 {
		return nil
	}
	return strings.Split(strings.TrimRight(string(b[:n]), "\x00"), "\x00")
}

func proc(pid int, file string) string { return "/proc/" + strconv.Itoa(pid) + "/" + file }
