//go:build unix

package ledger

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// Two people on one laptop never see each other's ledger; everybody on it may
// read the device's.
func TestOtherAccountsSeeOnlyTheDevicesLedger(t *testing.T) {
	top := t.TempDir()
	own := filepath.Join(top, "own")
	if err := os.Mkdir(own, 0o755); err != nil { // left open by somebody
		t.Fatal(err)
	}
	mine, device := filepath.Join(own, Name), filepath.Join(top, "device.ledger")
	old := syscall.Umask(0o077) // as strict as a service's can be
	for path, shared := range map[string]bool{mine: false, device: true} {
		l, err := Open(path, Options{Shared: shared})
		if err != nil {
			t.Fatal(err)
		}
		add(t, l, Health, "x")
	}
	syscall.Umask(old)
	for path, want := range map[string]os.FileMode{own: 0o700, mine: 0o600, mine + ".head": 0o600, mine + ".lock": 0o600, device: 0o644} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s is %o, want %o", filepath.Base(path), got, want)
		}
	}
	if os.Getuid() != 0 {
		t.Skip("only root can try it as somebody else")
	}
	for _, p := range []string{top, filepath.Dir(top)} { // only our own folder may stand in the way
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	nobody := func(args ...string) error {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		return cmd.Run()
	}
	if err := nobody("ls", top); err != nil {
		t.Skipf("other accounts can't come near the folder at all: %v", err)
	}
	if err := nobody("cat", device); err != nil {
		t.Errorf("another account can't read the device's ledger: %v", err)
	}
	if err := exec.Command("ls", own).Run(); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"ls", own}, {"cat", mine}, {"cat", mine + ".head"}} {
		if nobody(args...) == nil {
			t.Errorf("another account could %s the person's ledger", args[0])
		}
	}
}
