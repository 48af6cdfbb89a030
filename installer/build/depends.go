package main

import (
	"debug/elf"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// packageOf says which Debian package holds a shared library. The names are
// those of Debian 12 and later and of Ubuntu 22.04 and later; the test of the
// deb resolves each of them on a Debian 12.
var packageOf = map[string]string{
	"ld-linux-x86-64.so.2":  "libc6",
	"ld-linux-aarch64.so.1": "libc6",
	"libc.so.6":             "libc6",
	"libdl.so.2":            "libc6",
	"libm.so.6":             "libc6",
	"libpthread.so.0":       "libc6",
	"libresolv.so.2":        "libc6",
	"librt.so.1":            "libc6",

	"libGL.so.1":  "libgl1",
	"libGLX.so.0": "libglx0",

	"libX11.so.6":      "libx11-6",
	"libX11-xcb.so.1":  "libx11-xcb1",
	"libXcursor.so.1":  "libxcursor1",
	"libXext.so.6":     "libxext6",
	"libXi.so.6":       "libxi6",
	"libXinerama.so.1": "libxinerama1",
	"libXrandr.so.2":   "libxrandr2",
	"libXrender.so.1":  "libxrender1",
	"libXxf86vm.so.1":  "libxxf86vm1",
}

// opened are the libraries that GLFW 3.4 opens by name when the windows start
// on X11 (glfw/src/x11_init.c, glx_context.c). The linker knows nothing of
// them, and without the first there is no window at all.
var opened = []string{
	"libX11.so.6", "libX11-xcb.so.1", "libXcursor.so.1", "libXext.so.6", "libXi.so.6", "libXinerama.so.1",
	"libXrandr.so.2", "libXrender.so.1", "libXxf86vm.so.1", "libGLX.so.0", "libGL.so.1",
}

// needs is what a package must know about its programs.
type needs struct {
	arch    string   // Debian's name of the architecture
	depends []string // the packages of the libraries they need, sorted, each once
}

// inspect reads built programs. opened are libraries that they open by name. A
// library that no package is known for is an error, so that no deb is made
// whose programs do not start.
func inspect(opened []string, programs ...string) (needs, error) {
	var n needs
	libs := slices.Clone(opened)
	var symbols []elf.ImportedSymbol
	for _, path := range programs {
		arch, l, s, err := read(path)
		if err != nil {
			return needs{}, fmt.Errorf("reading the program %s: %w", path, err)
		}
		if n.arch != "" && n.arch != arch {
			return needs{}, fmt.Errorf("%s is built for %s and another program for %s: build all for one", path, arch, n.arch)
		}
		n.arch = arch
		libs, symbols = append(libs, l...), append(symbols, s...)
	}
	var err error
	if n.depends, err = packagesOf(libs); err != nil {
		return needs{}, err
	}
	if i := slices.Index(n.depends, "libc6"); i >= 0 {
		if v := newestLibc(symbols); v != "" {
			n.depends[i] += " (>= " + v + ")"
		}
	}
	return n, nil
}

// read returns what is in the program's own file.
func read(path string) (arch string, libs []string, symbols []elf.ImportedSymbol, err error) {
	f, err := elf.Open(path)
	if err != nil {
		return "", nil, nil, err
	}
	defer f.Close()
	switch f.Machine {
	case elf.EM_X86_64:
		arch = "amd64"
	case elf.EM_AARCH64:
		arch = "arm64"
	default:
		return "", nil, nil, fmt.Errorf("it is built for %v, and Handrail is packaged for amd64 and arm64", f.Machine)
	}
	if libs, err = f.ImportedLibraries(); err != nil {
		return "", nil, nil, err
	}
	symbols, err = f.ImportedSymbols()
	if err != nil && !errors.Is(err, elf.ErrNoSymbols) { // a static program has none
		return "", nil, nil, err
	}
	return arch, libs, symbols, nil
}

// packagesOf returns the packages of the libraries, sorted, each once.
func packagesOf(libs []string) ([]string, error) {
	set := map[string]bool{}
	for _, lib := range libs {
		pkg := packageOf[lib]
		if pkg == "" {
			return nil, fmt.Errorf("no Debian package is known for the library %s: add it to packageOf in installer/build/depends.go", lib)
		}
		set[pkg] = true
	}
	return slices.Sorted(maps.Keys(set)), nil
}

// newestLibc returns the version of the C library that the symbols need, ""
// if they need none. Debian's libc6 has the same version number.
func newestLibc(symbols []elf.ImportedSymbol) string {
	newest := []int{0}
	for _, s := range symbols {
		v, ok := strings.CutPrefix(s.Version, "GLIBC_")
		if !ok {
			continue
		}
		if n := numbers(v); slices.Compare(n, newest) > 0 {
			newest = n
		}
	}
	if newest[0] == 0 {
		return ""
	}
	words := make([]string, len(newest))
	for i, n := range newest {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ".")
}

// numbers returns the parts of a dotted version, nil if one is no number
// (GLIBC_PRIVATE, GLIBC_ABI_DT_RELR).
func numbers(version string) []int {
	var all []int
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		all = append(all, n)
	}
	return all
}
