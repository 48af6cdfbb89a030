package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What the tests install into: a minimal Debian 12 that can boot.
const (
	suite   = "bookworm"
	include = "systemd,systemd-sysv,dbus"
)

// debian is a Debian below a folder, for one test.
type debian struct {
	t   *testing.T
	dir string
	// enter is what precedes a command to run it in there.
	enter []string
}

// need skips the test where a program is missing; CI must have it.
func need(t *testing.T, program, pkg string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is missing: install the Debian package %s", program, pkg)
	}
	t.Skipf("%s is missing: install the Debian package %s to run this test", program, pkg)
}

// newDebian returns a fresh Debian in which the named packages can be installed
// without a network. The first one on a machine is made from the machine's own
// mirror, which takes a minute or more; it is kept in the user's cache folder
// and each test gets a copy.
func newDebian(t *testing.T, packages []string) *debian {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can make a Debian below a folder")
	}
	need(t, "debootstrap", "debootstrap")
	need(t, "systemd-nspawn", "systemd-container")
	need(t, "apt-get", "apt")
	if out, err := exec.Command("unshare", "--mount", "true").CombinedOutput(); err != nil {
		t.Skipf("this root may not mount, so no Debian can be made: %v: %s", err, out)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	cache = filepath.Join(cache, "handrail", "debian")
	if err := os.MkdirAll(cache, 0o755); err != nil {
		t.Fatal(err)
	}
	slices.Sort(packages)
	key := sha256.Sum256([]byte(suite + "\n" + include + "\n" + strings.Join(packages, "\n")))
	clean := filepath.Join(cache, fmt.Sprintf("%s-%x", suite, key[:6]))
	unlock := lock(t, filepath.Join(cache, "lock"))
	if _, err := os.Stat(clean); errors.Is(err, fs.ErrNotExist) {
		makeClean(t, clean, packages)
	}
	removeAbandoned(t, cache)
	own, err := os.MkdirTemp(cache, "test-")
	if err != nil {
		t.Fatal(err)
	}
	inUse := lock(t, own)
	unlock()
	t.Cleanup(func() {
		if err := os.RemoveAll(own); err != nil {
			t.Error(err)
		}
		inUse()
	})
	dir := filepath.Join(own, "root")
	if out, err := exec.Command("cp", "-a", "--reflink=auto", clean, dir).CombinedOutput(); err != nil {
		t.Fatalf("copying %s: %v: %s", clean, err, out)
	}
	return &debian{t: t, dir: dir, enter: []string{"chroot", dir}}
}

// removeAbandoned removes the copies of tests that were killed.
func removeAbandoned(t *testing.T, cache string) {
	t.Helper()
	copies, err := filepath.Glob(filepath.Join(cache, "test-*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range copies {
		f, err := os.Open(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue // its test has just ended
		} else if err != nil {
			t.Fatal(err)
		}
		if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			if err := os.RemoveAll(dir); err != nil {
				t.Error(err)
			}
		}
		f.Close()
	}
}

// lock locks a file or folder, for other processes too. The kernel drops it
// when this process dies.
func lock(t *testing.T, path string) (unlock func()) {
	t.Helper()
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = os.Create(path)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatalf("locking %s: %v", path, err)
	}
	return func() { f.Close() }
}

func makeClean(t *testing.T, clean string, packages []string) {
	t.Helper()
	began := time.Now()
	dir := clean + ".part"
	if err := os.RemoveAll(dir); err != nil { // an earlier run was killed
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	if out, err := exec.CommandContext(ctx, "debootstrap", "--variant=minbase", "--include="+include, suite, dir, mirror(t)).CombinedOutput(); err != nil {
		t.Fatalf("debootstrap: %v\n%s", err, tail(out))
	}
	// Nobody minds if a power cut destroys it.
	if err := os.WriteFile(filepath.Join(dir, "etc/dpkg/dpkg.cfg.d/unsafe-io"), []byte("force-unsafe-io\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	d := &debian{t: t, dir: dir, enter: []string{"chroot", dir}}
	d.must("apt-get", "-q", "update")
	d.must(append([]string{"apt-get", "-q", "install", "-y", "--no-install-recommends", "--download-only"}, packages...)...)
	if err := os.Rename(dir, clean); err != nil {
		t.Fatal(err)
	}
	t.Logf("made %s in %v", clean, time.Since(began).Round(time.Second))
}

// mirror returns the Debian mirror that this machine uses.
func mirror(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("apt-get", "indextargets", "--format", "$(SITE) $(RELEASE) $(LABEL)", "Created-By: Packages").Output()
	if err != nil {
		t.Fatalf("asking apt for its sources: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		// The label is only known after apt-get update.
		f := strings.Fields(line)
		if len(f) == 3 && f[2] == "Debian" || len(f) >= 2 && f[1] == suite {
			return f[0]
		}
	}
	t.Skipf("apt on this machine has no Debian mirror among its sources:\n%s", out)
	return ""
}

// try runs a command in there, without input, and returns what it printed.
func (d *debian) try(args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(d.t.Context(), 5*time.Minute)
	defer cancel()
	args = append(slices.Clone(d.enter), args...)
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// must is try for what has to work.
func (d *debian) must(args ...string) string {
	d.t.Helper()
	out, err := d.try(args...)
	if err != nil {
		d.t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, tail([]byte(out)))
	}
	return out
}

// install installs a deb and what it depends on, as an MDM does: no questions,
// no input, no options for configuration files.
func (d *debian) install(deb string) {
	d.t.Helper()
	inside := filepath.Join("/srv", filepath.Base(deb))
	copyFile(d.t, deb, filepath.Join(d.dir, inside))
	d.must("apt-get", "-q", "install", "-y", "--no-install-recommends", inside)
	if s := d.must("dpkg-query", "-W", "-f", "${db:Status-Status}", "handrail"); s != "installed" {
		d.t.Fatalf("after installing %s the package is %s", deb, s)
	}
}

// read returns a file's text.
func (d *debian) read(path string) string {
	d.t.Helper()
	b, err := os.ReadFile(filepath.Join(d.dir, path))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(b)
}

// write replaces a file's text.
func (d *debian) write(path, text string) {
	d.t.Helper()
	path = filepath.Join(d.dir, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// kept are the places where apt and dpkg keep their own books.
var kept = []string{
	"var/lib/dpkg/", "var/lib/apt/", "var/cache/apt/", "var/cache/debconf/", "var/log/apt/", "var/log/dpkg.log", "var/log/alternatives.log",
	"var/cache/ldconfig/aux-cache", "etc/ld.so.cache",
}

// list returns what is below /etc, /usr, /lib, /var and /run: path to kind, mode
// and target, and for what is in /etc the contents too.
func (d *debian) list() map[string]string {
	d.t.Helper()
	all := map[string]string{}
	for _, top := range []string{"etc", "usr", "lib", "var", "run"} {
		err := filepath.WalkDir(filepath.Join(d.dir, top), func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(d.dir, path)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(kept, func(k string) bool { return strings.HasPrefix(rel, k) }) {
				return nil
			}
			info, err := e.Info()
			if err != nil {
				return err
			}
			what := info.Mode().String()
			switch {
			case info.Mode()&fs.ModeSymlink != 0:
				target, err := os.Readlink(path)
				if err != nil {
					return err
				}
				what += " -> " + target
			case info.Mode().IsRegular() && top == "etc":
				b, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				what += fmt.Sprintf(" %x", sha256.Sum256(b))
			}
			all[rel] = what
			return nil
		})
		if err != nil {
			d.t.Fatal(err)
		}
	}
	return all
}

// differences returns what is in one list and not, or not the same, in another.
func differences(before, after map[string]string) []string {
	var all []string
	for path, what := range before {
		if after[path] != what {
			all = append(all, fmt.Sprintf("- %s %s", path, what))
		}
	}
	for path, what := range after {
		if before[path] != what {
			all = append(all, fmt.Sprintf("+ %s %s", path, what))
		}
	}
	slices.Sort(all)
	return all
}

// traces returns the paths that have the product's name, outside of the books.
func traces(list map[string]string) []string {
	var all []string
	for path := range maps.Keys(list) {
		if strings.Contains(path, "handrail") {
			all = append(all, path)
		}
	}
	slices.Sort(all)
	return all
}

// eventually waits until check says nil.
func eventually(t *testing.T, what string, check func() error) {
	t.Helper()
	deadline := time.After(time.Minute)
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		err := check()
		if err == nil {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("%s: %v", what, err)
		case <-again.C:
		}
	}
}

// tail returns the end of a long output.
func tail(out []byte) string {
	const most = 4000
	if len(out) > most {
		return "... " + string(out[len(out)-most:])
	}
	return string(out)
}
