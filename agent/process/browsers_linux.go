package process

import (
	"bytes"
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
		kind, ok := browserNames[strings.ToLower(comm(int(pid)))]
		if !ok || !ownedBy(int(pid), me) {
			continue
		}
		// Chrome's program is called chrome wherever Chromium is built from it.
		exe, _ := os.Readlink(proc(int(pid), "exe"))
		if kind == Chrome && strings.Contains(strings.ToLower(exe), "chromium") {
			kind = Chromium
		}
		b := Browser{Kind: kind, Confined: confined(exe, int(pid))}
		if !slices.Contains(found, b) {
			found = append(found, b)
		}
	}
	slices.SortFunc(found, func(a, b Browser) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	return found, nil
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
