package secret

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unsafe"
)

// The kernel's own word on the pages: locked (lo), no part of a core dump (dd),
// no part of a child (dc).
func TestVaultsPagesAreLockedAndLeftOutOfCoreDumps(t *testing.T) {
	var v Vault
	v.Keep([]byte(canary))
	smaps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	at := uintptr(unsafe.Pointer(unsafe.SliceData(v.pages.chunks[0])))
	flags, inside := "", false
	for line := range strings.Lines(string(smaps)) {
		var from, to uintptr
		if n, _ := fmt.Sscanf(line, "%x-%x ", &from, &to); n == 2 {
			inside = from <= at && at < to
		}
		if inside && strings.HasPrefix(line, "VmFlags:") {
			flags = line
		}
	}
	want := []string{"dd", "dc"}
	if v.Locked() {
		want = append(want, "lo")
	}
	for _, f := range want {
		if !strings.Contains(flags, " "+f+" ") {
			t.Errorf("the flag %s is missing in %q", f, flags)
		}
	}
}
