package process

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/shirou/gopsutil/v3/process"
)

// maxForeign is how many sockets the account of a service may listen on for
// them to be taken for the program's.
const maxForeign = 4

// socket is a listening one.
type socket struct {
	at    netip.AddrPort
	owner uint32
	inode string
}

func listeners(ctx context.Context, meant func(name, folder string) bool) ([]Listener, error) {
	pids, err := process.PidsWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing processes: %w", err)
	}
	var sockets []socket
	for _, file := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		sockets = append(sockets, listening(file)...)
	}
	if len(sockets) == 0 {
		return nil, nil
	}
	me := uint32(os.Getuid())
	var list []Listener
	for _, pid := range pids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l := Listener{Program: of(int(pid))}
		folder, _ := os.Readlink(proc(int(pid), "cwd"))
		if l.Program.Name == "" || !meant(l.Program.Name, filepath.Base(folder)) {
			continue
		}
		info, err := os.Stat(proc(int(pid), ""))
		if err != nil {
			continue
		}
		owner := info.Sys().(*syscall.Stat_t).Uid
		var own map[string]bool
		if owner == me {
			own = inodes(int(pid))
		}
		for _, s := range sockets {
			if owner == me && own[s.inode] || owner != me && owner != 0 && s.owner == owner {
				l.Addresses = append(l.Addresses, s.at)
			}
		}
		slices.SortFunc(l.Addresses, netip.AddrPort.Compare)
		l.Addresses = slices.Compact(l.Addresses)
		if len(l.Addresses) > 0 && (owner == me || len(l.Addresses) <= maxForeign) {
			list = append(list, l)
		}
	}
	return list, nil
}

// inodes returns the sockets that a process has open.
func inodes(pid int) map[string]bool {
	found := map[string]bool{}
	entries, err := os.ReadDir(proc(pid, "fd"))
	if err != nil {
		return nil
	}
	for _, e := range entries {
		target, err := os.Readlink(proc(pid, "fd/"+e.Name()))
		if inode, ok := strings.CutPrefix(target, "socket:["); err == nil && ok {
			found[strings.TrimSuffix(inode, "]")] = true
		}
	}
	return found
}

// stateListen is TCP_LISTEN in /proc/net/tcp.
const stateListen = "0A"

// listening reads /proc/net/tcp or tcp6 (proc(5)): sl, local address, remote
// address, state, queues, timer, retransmits, uid, timeout, inode.
func listening(file string) []socket {
	f, err := os.Open(file)
	if err != nil {
		return nil
	}
	defer f.Close()
	var list []socket
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) < 10 || fields[3] != stateListen {
			continue
		}
		at, ok := local(fields[1])
		owner, err := strconv.ParseUint(fields[7], 10, 32)
		if ok && err == nil {
			list = append(list, socket{at, uint32(owner), fields[9]})
		}
	}
	return list
}

// local reads an address in the kernel's form, in which each four bytes stand
// in the machine's order, and returns where on the loopback interface it can be
// reached; false if nowhere.
func local(s string) (netip.AddrPort, bool) {
	host, port, _ := strings.Cut(s, ":")
	n, err := strconv.ParseUint(port, 16, 16)
	b, err2 := hex.DecodeString(host)
	if err != nil || err2 != nil || len(b) != 4 && len(b) != 16 {
		return netip.AddrPort{}, false
	}
	for i := 0; i < len(b); i += 4 {
		slices.Reverse(b[i : i+4]) // little-endian, as all our systems are
	}
	a, _ := netip.AddrFromSlice(b)
	a = a.Unmap()
	switch {
	case a.IsUnspecified():
		a = netip.AddrFrom4([4]byte{127, 0, 0, 1})
	case !a.IsLoopback():
		return netip.AddrPort{}, false
	}
	return netip.AddrPortFrom(a, uint16(n)), true
}
