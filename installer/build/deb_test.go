package main

import (
	"bytes"
	"debug/elf"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handrail/installer/browser"
)

const (
	root      = "../.." // the repository's, from here
	extension = root + "/ui/extension"
)

// someProgram puts programs in a folder that are built for Linux, and small:
// the system's true, twice.
func someProgram(t *testing.T) (bin string) {
	t.Helper()
	program, err := exec.LookPath("true")
	if err != nil {
		t.Skip("there is no program to package: ", err)
	}
	f, err := elf.Open(program)
	if err != nil {
		t.Skip("there is no Linux program to package: ", err)
	}
	f.Close()
	bin = t.TempDir()
	for _, name := range []string{"handrail", "handrail-ui", "handrail-browser"} {
		copyFile(t, program, filepath.Join(bin, name))
	}
	return bin
}

func copyFile(t *testing.T, src, dst string) {
	t.Helper()
	in, err := os.Open(src)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(dst), 0o755); err != nil {
		t.Fatal(err)
	}
	// The mode and the time differ from the source's on purpose.
	out, err := os.OpenFile(dst, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o700)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// The same programs give the same bytes, also from copies that were made at
// another time, in another folder and with other modes.
func TestDebIsReproducible(t *testing.T) {
	bin := someProgram(t)
	key, err := browser.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	var debs [2][]byte
	for i, root := range []string{root, copyOfParts(t)} {
		out := t.TempDir()
		path, err := makeDeb(parts{"1.2.3", bin, root, extension, key}, out)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := filepath.Base(path), "handrail_1.2.3_"; !strings.HasPrefix(got, want) {
			t.Errorf("the deb is called %s, want %s...", got, want)
		}
		if debs[i], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
		if left, err := os.ReadDir(out); err != nil || len(left) != 1 {
			t.Errorf("beside the deb there are %v (error %v)", left, err)
		}
	}
	if !bytes.Equal(debs[0], debs[1]) {
		t.Error("two builds differ")
	}
	other, err := makeDeb(parts{"1.2.4", bin, root, extension, key}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(other); err != nil || bytes.Equal(b, debs[0]) {
		t.Errorf("another version gives the same bytes (error %v)", err)
	}
}

// copyOfParts copies what a deb is made of, so that a test can change it.
func copyOfParts(t *testing.T) (root2 string) {
	t.Helper()
	root2 = t.TempDir()
	parts, err := filepath.Glob(filepath.Join(root, "installer/linux/*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range append(parts, filepath.Join(root, "detect/policy/default.yaml")) {
		rel, err := filepath.Rel(root, part)
		if err != nil {
			t.Fatal(err)
		}
		copyFile(t, part, filepath.Join(root2, rel))
	}
	return root2
}

func TestMissingProgramIsNamed(t *testing.T) {
	bin := someProgram(t)
	if err := os.Remove(filepath.Join(bin, "handrail-ui")); err != nil {
		t.Fatal(err)
	}
	if _, err := makeDeb(parts{version: "1.2.3", bin: bin, root: root}, t.TempDir()); err == nil || !strings.Contains(err.Error(), "handrail-ui") {
		t.Errorf("got %v, want an error that names handrail-ui", err)
	}
	if err := os.WriteFile(filepath.Join(bin, "handrail-ui"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := makeDeb(parts{version: "1.2.3", bin: bin, root: root}, t.TempDir()); err == nil || !strings.Contains(err.Error(), "handrail-ui") {
		t.Errorf("a script as a program: got %v, want an error that names handrail-ui", err)
	}
}

func TestPackagesOf(t *testing.T) {
	got, err := packagesOf([]string{"libm.so.6", "libGL.so.1", "libc.so.6"})
	if want := []string{"libc6", "libgl1"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if _, err := packagesOf([]string{"libc.so.6", "libnew.so.9"}); err == nil || !strings.Contains(err.Error(), "libnew.so.9") {
		t.Errorf("got %v, want an error that names libnew.so.9", err)
	}
	for _, lib := range opened {
		if packageOf[lib] == "" {
			t.Errorf("no package for %s", lib)
		}
	}
}

func TestNewestLibc(t *testing.T) {
	for _, c := range []struct {
		versions string
		want     string
	}{
		{"", ""},
		{"GLIBC_2.2.5", "2.2.5"},
		{"GLIBC_2.4 GLIBC_2.34 GLIBC_2.17 GLIBC_2.2.5", "2.34"}, // by number, not by letter
		{"GLIBC_2.34 GLIBC_PRIVATE GLIBC_ABI_DT_RELR FOO_9", "2.34"},
	} {
		var symbols []elf.ImportedSymbol
		for v := range strings.FieldsSeq(c.versions) {
			symbols = append(symbols, elf.ImportedSymbol{Version: v})
		}
		if got := newestLibc(symbols); got != c.want {
			t.Errorf("%q: got %q, want %q", c.versions, got, c.want)
		}
	}
}
