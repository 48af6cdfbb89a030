package service

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"handrail/agent/local"
)

// On a disk that is really full, the session is told so, keeps its report, and
// hands it in again when there is room; nothing that was accepted is lost.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=64k,mode=700"); err != nil {
		t.Skipf("a small disk can't be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	s, err := OpenSpool(filepath.Join(dir, "spool"))
	if err != nil {
		t.Fatal(err)
	}
	body := []byte(strings.Repeat("r", local.MaxReport))
	var accepted []string
	var refused string
	for i := range 32 {
		id := fmt.Sprintf("%032x", i)
		_, err := s.Put(me, id, body)
		if err == nil {
			accepted = append(accepted, id)
			continue
		}
		if !errors.Is(err, local.ErrDiskFull) || !strings.Contains(err.Error(), "free some space") {
			t.Fatalf("got %v", err)
		}
		refused = id
		break
	}
	if refused == "" || len(accepted) == 0 {
		t.Fatalf("%d accepted, %q refused", len(accepted), refused)
	}
	if names, err := s.Waiting(); err != nil || len(names) != len(accepted) {
		t.Errorf("waiting: %d of %d, %v", len(names), len(accepted), err)
	}
	for _, id := range accepted {
		if b, err := s.Read(name(me.UID, id)); err != nil || string(b) != string(body) {
			t.Errorf("%s: %d bytes, %v", id, len(b), err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(s.dir, "*.new")); len(left) != 0 {
		t.Errorf("half written: %v", left)
	}
	if err := os.Remove(filepath.Join(s.dir, name(me.UID, accepted[0])+waitingExt)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(me, refused, body); err != nil {
		t.Errorf("with room again: %v", err)
	}
}
