//go:build unix

package tally

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"handrail/agent/report"
	"handrail/detect/catalog"
)

// A real process, killed with -9 while it counts: every outcome that it
// acknowledged is there.
func TestKilledProcessLosesNothing(t *testing.T) {
	if dir := os.Getenv("TALLY_KILL"); dir != "" {
		tl, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; ; i++ {
			if err := tl.Add(week48, report.UseCell(catalog.ToolID(fmt.Sprintf("tool%d", i)), catalog.SurfaceApp)); err != nil {
				t.Fatal(err)
			}
			fmt.Printf("acknowledged %d\n", i)
		}
	}
	for round := range 5 {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "TALLY_KILL="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		acked := 0
		for lines := bufio.NewScanner(out); lines.Scan(); {
			acked++
			if acked == 10+7*round {
				_ = cmd.Process.Kill() // what it prints until then counts as well
			}
		}
		_ = cmd.Wait()
		running, _, err := Look(dir)
		if err != nil || len(running) != 1 || len(running[0].Cells) < acked {
			t.Fatalf("%d were acknowledged, found %v, %v", acked, running, err)
		}
	}
}

// Other accounts can't even see what there is.
func TestOtherAccountsSeeNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tally")
	if err := os.Mkdir(dir, 0o755); err != nil { // left open by somebody
		t.Fatal(err)
	}
	tl, _ := open(t, dir)
	due(t, tl, monday, About{})
	add(t, tl, week48, use, 1)
	due(t, tl, monday.AddDate(0, 0, 7), About{})
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %s", filepath.Base(path), info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if os.Getuid() != 0 {
		t.Skip("only root can try it as somebody else")
	}
	// Only our own folder may stand in the way.
	above := filepath.Dir(dir)
	for _, p := range []string{above, filepath.Dir(above)} {
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	nobody := func(args ...string) error {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		return cmd.Run()
	}
	if err := nobody("ls", above); err != nil {
		t.Skipf("other accounts can't come near the folder at all: %v", err)
	}
	for _, args := range [][]string{{"ls", dir}, {"cat", filepath.Join(dir, journal)}} {
		if nobody(args...) == nil {
			t.Errorf("another account could %s it", args[0])
		}
	}
}
