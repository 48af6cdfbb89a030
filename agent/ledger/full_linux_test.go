package ledger

import (
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// The disk is full in the middle of a line: a clear error, nothing of the line
// stays, and the chain goes on when there is room. A limit on the size of files
// does it without a disk to fill; it holds for a whole process, so the test
// runs itself again.
func TestAFullDiskLeavesNothingHalfWritten(t *testing.T) {
	if path := os.Getenv("LEDGER_FULL"); path != "" {
		signal.Ignore(unix.SIGXFSZ)
		l, said := open(t, path)
		add(t, l, Behaviour, "first")
		before := read(t, path)
		limit := uint64(len(before)) + 700 // room for a small entry, not for a big one
		if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: limit, Max: limit}); err != nil {
			t.Fatal(err)
		}
		_, err := l.Append(Behaviour, bytes.Repeat([]byte("b"), 2000))
		if err == nil || !strings.HasPrefix(err.Error(), "writing to the ledger: write ") {
			t.Fatalf("a full disk: %v", err)
		}
		if !bytes.Equal(read(t, path), before) {
			t.Fatal("a part of the entry stayed")
		}
		if e := add(t, l, Behaviour, "second"); e.Seq != 2 || len(*said) != 0 {
			t.Fatalf("afterwards: entry %d, said %q", e.Seq, *said)
		}
		if s, err := Verify(path); err != nil || s.Entries != 2 {
			t.Fatalf("%+v, %v", s, err)
		}
		return
	}
	path := file(t)
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "LEDGER_FULL="+path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if s, err := Verify(path); err != nil || s.Entries != 2 {
		t.Errorf("%s: %+v, %v", filepath.Base(path), s, err)
	}
}
