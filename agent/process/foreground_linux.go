package process

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// stat is what of /proc/PID/stat is needed here; see proc_pid_stat(5).
type stat struct {
	comm                            string
	ppid, pgrp, session, tty, tpgrp int
}

func readStat(pid int) (stat, bool) {
	b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return stat{}, false
	}
	text := string(b)
	// The name is in brackets and may hold brackets and spaces itself.
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || end < open {
		return stat{}, false
	}
	s := stat{comm: text[open+1 : end]}
	fields := strings.Fields(text[end+1:])
	if len(fields) < 6 {
		return stat{}, false
	}
	for i, to := range []*int{&s.ppid, &s.pgrp, &s.session, &s.tty, &s.tpgrp} {
		if *to, err = strconv.Atoi(fields[i+1]); err != nil {
			return stat{}, false
		}
	}
	return s, true
}

// Foregrounds returns the program in the foreground of each terminal that a
// terminal emulator has open, one a tab. It is empty for a process that is no
// terminal emulator.
func Foregrounds(emulator int) []Program {
	all, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	stats := map[int]stat{}
	for _, e := range all {
		if pid, err := strconv.Atoi(e.Name()); err == nil {
			if s, ok := readStat(pid); ok {
				stats[pid] = s
			}
		}
	}
	own := stats[emulator].tty
	var programs []Program
	done := map[int]bool{}
	for pid, s := range stats {
		// The first process of a tab leads a session of its own on a terminal
		// that is not the one the emulator itself was started from.
		if s.session != pid || s.tty == 0 || s.tty == own || done[s.tty] || !below(stats, pid, emulator) {
			continue
		}
		done[s.tty] = true
		if front, ok := stats[s.tpgrp]; ok {
			programs = append(programs, describe(s.tpgrp, front.comm))
		}
	}
	return programs
}

// below tells whether pid descends from ancestor, a few steps at most.
func below(stats map[int]stat, pid, ancestor int) bool {
	for range 4 {
		s, ok := stats[pid]
		if !ok {
			return false
		}
		if s.ppid == ancestor {
			return true
		}
		pid = s.ppid
	}
	return false
}

func describe(pid int, comm string) Program {
	dir := filepath.Join("/proc", strconv.Itoa(pid))
	p := Program{PID: pid, Name: comm}
	p.Exe, _ = os.Readlink(filepath.Join(dir, "exe"))
	// The kernel cuts names off after 15 bytes.
	if len(comm) == 15 && strings.HasPrefix(filepath.Base(p.Exe), comm) {
		p.Name = filepath.Base(p.Exe)
	}
	if interpreter(filepath.Base(p.Exe)) || interpreter(comm) {
		if b, err := os.ReadFile(filepath.Join(dir, "cmdline")); err == nil {
			if s := script(strings.Split(strings.TrimSuffix(string(b), "\x00"), "\x00")); s != "" {
				p.Name = s
			}
		}
	}
	return p
}
