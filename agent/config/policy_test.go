package config

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/detect/policy"
)

const patience = 30 * time.Second

func valid(serial int) []byte { return fmt.Appendf(nil, "version: 1\nserial: %d\n", serial) }

const broken = "version: 1\nserial: 9\nbroken: 1\n"

func next(t *testing.T, states <-chan PolicyState) PolicyState {
	t.Helper()
	select {
	case s, ok := <-states:
		if !ok {
			t.Fatal("the watch has ended")
		}
		return s
	case <-time.After(patience):
		t.Fatal("no new state")
	}
	panic("unreachable")
}

func watch(t *testing.T, path string, kept []byte) <-chan PolicyState {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	states := WatchPolicy(ctx, path, kept, slog.New(slog.DiscardHandler))
	t.Cleanup(func() {
		cancel()
		for range states { // closed when the watch is over
		}
	})
	return states
}

func put(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPolicyIsReloaded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "policy.yaml")
	states := watch(t, path, nil)
	want := func(what string, source PolicySource, serial int, wrong string) {
		t.Helper()
		s := next(t, states)
		if s.Source != source || s.Policy.Serial != serial || (s.Err == nil) != (wrong == "") ||
			s.Err != nil && (!strings.Contains(s.Err.Error(), wrong) || !strings.Contains(s.Err.Error(), path)) {
			t.Fatalf("%s: got %s, serial %d, %v", what, s.Source, s.Policy.Serial, s.Err)
		}
	}
	dflt := policy.Default().Serial
	want("no file", PolicyDefault, dflt, "")
	put(t, path, valid(1))
	want("a new file", PolicyManaged, 1, "")
	put(t, path, []byte(broken))
	want("broken", PolicyLastGood, 1, "line 3")
	put(t, path, valid(2))
	want("repaired", PolicyManaged, 2, "")
	// Editors and management tools write beside it and rename.
	put(t, path+"~", valid(3))
	if err := os.Rename(path+"~", path); err != nil {
		t.Fatal(err)
	}
	want("renamed over it", PolicyManaged, 3, "")
	put(t, path, nil)
	want("emptied", PolicyLastGood, 3, "empty")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	want("removed", PolicyDefault, dflt, "")
	put(t, path, []byte(broken))
	want("broken from the start", PolicyDefault, dflt, "line 3")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	want("removed again", PolicyDefault, dflt, "")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	want("a folder", PolicyDefault, dflt, "not a regular file")
}

func TestPolicyFolderMayComeLater(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "etc", "handrail")
	path := filepath.Join(dir, "policy.yaml")
	states := watch(t, path, nil)
	if s := next(t, states); s.Source != PolicyDefault {
		t.Fatalf("got %s", s.Source)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, path, valid(5))
	if s := next(t, states); s.Policy.Serial != 5 {
		t.Fatalf("serial %d", s.Policy.Serial)
	}
	if err := os.RemoveAll(filepath.Join(base, "etc")); err != nil {
		t.Fatal(err)
	}
	if s := next(t, states); s.Source != PolicyDefault {
		t.Fatalf("after removing the folder: %s", s.Source)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, path, valid(6))
	if s := next(t, states); s.Policy.Serial != 6 {
		t.Fatalf("serial %d", s.Policy.Serial)
	}
}

func TestPolicyBehindALink(t *testing.T) {
	dir := t.TempDir()
	real := filepath.Join(t.TempDir(), "real.yaml")
	put(t, real, valid(1))
	path := filepath.Join(dir, "policy.yaml")
	if err := os.Symlink(real, path); err != nil {
		t.Skip(err)
	}
	states := watch(t, path, nil)
	if s := next(t, states); s.Policy.Serial != 1 {
		t.Fatalf("serial %d", s.Policy.Serial)
	}
	put(t, real, valid(2))
	if s := next(t, states); s.Policy.Serial != 2 {
		t.Fatalf("serial %d", s.Policy.Serial)
	}
}

// A service that starts while the file is broken goes on with what it kept.
func TestKeptPolicy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "policy.yaml")
	put(t, path, []byte(broken))
	if s := next(t, watch(t, path, valid(7))); s.Source != PolicyLastGood || s.Policy.Serial != 7 || s.Err == nil {
		t.Errorf("got %s, serial %d, %v", s.Source, s.Policy.Serial, s.Err)
	}
	if s := next(t, watch(t, path, []byte(broken))); s.Source != PolicyDefault || s.Err == nil {
		t.Errorf("a broken kept one: got %s, %v", s.Source, s.Err)
	}
}
