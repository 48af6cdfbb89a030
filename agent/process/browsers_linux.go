package process

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/shirou/gopsutil/v3/process"
)

func browsers(ctx context.Context) ([]Browser, error) {
	pids, err := process.PidsWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing processes: %w", err)
	}
	me := uint32(os.Getuid())
	var found []Browser
	for _, pid := range pids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !ownedBy(int(pid), me) {
			continue
		}
		kind, exe := browserAt(int(pid))
		if kind == "" {
			continue
		}
		if s, _ := stat(int(pid)); s.parent > 0 {
			if of, _ := browserAt(s.parent); of == kind {
				continue // one of a browser's many processes
			}
		}
		found = append(found, Browser{Kind: kind, PID: int(pid), Confined: confined(exe, int(pid))})
	}
	slices.SortFunc(found, func(a, b Browser) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.PID, b.PID))
	})
	return found, nil
}

// browserAt returns what browser a process is of, "" if of none, and its program.
func browserAt(pid int) (BrowserKind, string) {
	kind, ok := browserNames[strings.ToLower(comm(pid))]
	if !ok {
		return "", ""
	}
	// Chrome's program is called chrome wherever Chromium is built from it.
	exe, _ := os.Readlink(proc(pid, "exe"))
	if kind == Chrome && strings.Contains(strings.ToLower(exe), "chromium") {
		kind = Chromium
	}
	return kind, exe
}

// maxAncestors bounds the way up from a process.
const maxAncestors = 8

func browserOf(pid int) (first int) {
	var of BrowserKind
	for range maxAncestors {
		s, ok := stat(pid)
		if !ok || s.parent <= 1 {
			break
		}
		pid = s.parent
		kind, _ := browserAt(pid)
		if kind == "" && first != 0 || of != "" && kind != of {
			break
		}
		if kind != "" {
			first, of = pid, kind
		}
	}
	return first
}

// confined tells programs in a Snap's or a Flatpak's box: by where they were
// installed, and by the scope that systemd runs them in.
func confined(exe string, pid int) bool {
	if strings.HasPrefix(exe, "/snap/") || strings.HasPrefix(exe, "/app/") {
		return true
	}
	group, err := os.ReadFile(proc(pid, "cgroup"))
	return err == nil && (bytes.Contains(group, []byte("app-flatpak-")) || bytes.Contains(group, []byte("/snap.")))
}
