package intake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"handrail/agent/report"
)

// On a disk that is really full a report is refused with 503 and a time to try
// again; what was acknowledged is there, and when there is room it goes on.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=1m,mode=700"); err != nil {
		t.Skipf("a small disk can't be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	x := serve(t, dir)
	fill := filepath.Join(dir, "fill")
	fillUp(t, fill)
	acknowledged := 0
	var refused []byte
	for range 2000 {
		b := newReport(t, begin.ID)
		res, answer := post(t, x.reports+report.ReportsPath, b, octets)
		if res.StatusCode == 202 {
			acknowledged++
			continue
		}
		wantRefusal(t, "full", res.StatusCode, answer, 503, report.Busy)
		if res.Header.Get("Retry-After") == "" {
			t.Error("it does not say when to try again")
		}
		refused = b
		break
	}
	if refused == nil {
		t.Fatalf("the disk never got full: %d acknowledged", acknowledged)
	}
	if err := os.Remove(fill); err != nil {
		t.Fatal(err)
	}
	if status, b := x.report(t, refused); status != 202 {
		t.Fatalf("with room again: %d %s", status, b)
	}
	if n := x.waiting(t); n != acknowledged+1 {
		t.Errorf("%d wait, %d were acknowledged", n, acknowledged+1)
	}
}

func fillUp(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for b := make([]byte, 4096); ; {
		if _, err := f.Write(b); errors.Is(err, unix.ENOSPC) {
			return
		} else if err != nil {
			t.Fatal(&fs.PathError{Op: "fill", Path: path, Err: err})
		}
	}
}
