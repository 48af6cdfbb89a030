package durable

import (
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// A disk that takes a part of a write and then no more: a limit on the size of
// files does the same without a disk to fill. It holds for a whole process, so
// the test runs itself again.
func TestAppendTakesBackWhatDidNotFit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if dir := os.Getenv("DURABLE_FULL"); dir != "" {
		signal.Ignore(unix.SIGXFSZ)
		path = filepath.Join(dir, "f")
		if err := Append(path, bytes.Repeat([]byte("a"), 4000), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 5000, Max: 5000}); err != nil {
			t.Fatal(err)
		}
		if err := Append(path, bytes.Repeat([]byte("b"), 2000), 0o600); err == nil {
			t.Fatal("6,000 bytes fit into 5,000")
		}
		if err := Append(path, []byte("c"), 0o600); err != nil {
			t.Fatalf("after a full disk: %v", err)
		}
		want(t, path, string(bytes.Repeat([]byte("a"), 4000))+"c")
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "DURABLE_FULL="+filepath.Dir(path))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("the child wrote nothing: %v", err)
	}
}
