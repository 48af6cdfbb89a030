package durable

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestAppendAndReplace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	for _, s := range []string{"a\n", "b\n"} {
		if err := Append(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want(t, path, "a\nb\n")
	if err := Truncate(path, 2); err != nil {
		t.Fatal(err)
	}
	want(t, path, "a\n")
	if err := Replace(path, []byte("c"), 0o600); err != nil {
		t.Fatal(err)
	}
	want(t, path, "c")
	if err := Rename(path, path+"2"); err != nil {
		t.Fatal(err)
	}
	want(t, path+"2", "c")
	for range 2 { // the second finds nothing, which is no error
		if err := Remove(path + "2"); err != nil {
			t.Fatal(err)
		}
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAppendRefusesWhatIsNoFile(t *testing.T) {
	if err := Append(t.TempDir(), []byte("x"), 0o600); err == nil {
		t.Error("a folder was appended to")
	}
	if _, err := os.Stat(os.DevNull); err == nil {
		if err := Append(os.DevNull, []byte("x"), 0o600); err == nil {
			t.Error("a device was appended to")
		}
	}
}

func TestReplaceKeepsTheOldWhenItFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	if err := Append(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path+".new", 0o700); err != nil { // in the way of the new content
		t.Fatal(err)
	}
	if err := Replace(path, []byte("new"), 0o600); err == nil {
		t.Fatal("it was replaced with something in the way")
	}
	want(t, path, "old")
}

func TestPrivateDirClosesAnOpenFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := PrivateDir(dir); err != nil {
		t.Fatal(err)
	}
	if err := PrivateDir(filepath.Join(dir, "c", "d")); err != nil { // makes what is missing
		t.Fatal(err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p := info.Mode().Perm(); p != 0o700 && p != fs.FileMode(0o777) { // Windows says 0777 of every folder
		t.Errorf("the folder is %o", p)
	}
}

// Every holder reads what is there and adds one line; without the lock lines
// would be lost.
func TestLockLetsOneIn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	var wg sync.WaitGroup
	const writers, times = 4, 10
	for range writers {
		wg.Go(func() {
			for range times {
				unlock, err := Lock(path+".lock", 0o600)
				if err != nil {
					t.Error(err)
					return
				}
				b, _ := os.ReadFile(path)
				if err := Replace(path, fmt.Appendf(b, "%d\n", bytes.Count(b, []byte("\n"))), 0o600); err != nil {
					t.Error(err)
				}
				unlock()
			}
		})
	}
	wg.Wait()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(b), "\n"); n != writers*times {
		t.Errorf("%d lines, want %d", n, writers*times)
	}
}

func want(t *testing.T, path, content string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(b) != content {
		t.Errorf("%s holds %q, want %q", filepath.Base(path), b, content)
	}
}

// A damaged file is kept; where it can't be, that is said.
func TestSetAside(t *testing.T) {
	path, why := filepath.Join(t.TempDir(), "book"), errors.New("it is damaged")
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	said, moved := SetAside(path, why)
	if !moved || !errors.Is(said, why) || !strings.Contains(said.Error(), "set aside as "+path+".damaged") {
		t.Errorf("%v, %v", said, moved)
	}
	want(t, path+".damaged", "{")
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is still there: %v", err)
	}
	if said, moved := SetAside(path, why); moved || !errors.Is(said, why) {
		t.Errorf("without a file: %v, %v", said, moved)
	}
}
