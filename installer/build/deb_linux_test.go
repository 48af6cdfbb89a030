package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/agent/config"
	"handrail/installer/browser"
)

const (
	policyFile = "/etc/handrail/policy.yaml"
	edited     = "version: 1\nserial: 7\nenabled: false\n"
)

// realPrograms builds what the deb holds, as "make build" does, so that its
// cache serves.
func realPrograms(t *testing.T, version string) (bin string) {
	t.Helper()
	bin = t.TempDir()
	for program, cgo := range map[string]string{"handrail": "0", "handrail-ui": "1", "handrail-browser": "0"} {
		cmd := exec.Command("go", "build", "-trimpath", "-tags", "x11,no_emoji,no_metadata,no_animations,accessibility", "-ldflags", "-s -w -buildid= -X main.version="+version, "-o", bin, "./cmd/"+program)
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "CGO_ENABLED="+cgo)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("building %s: %v\n%s", program, err, out)
		}
	}
	return bin
}

// TestDeb installs the real deb into a minimal Debian 12: first below a folder,
// as images are made, then in the same system booted.
func TestDeb(t *testing.T) {
	if testing.Short() {
		t.Skip("this takes minutes")
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can install packages")
	}
	bin := realPrograms(t, "1.0.0")
	key, err := browser.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	first, err := makeDeb(parts{"1.0.0", bin, root, extension, key}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	// The next version brings another default policy.
	nextRoot := copyOfParts(t)
	nextDefault := filepath.Join(nextRoot, "detect/policy/default.yaml")
	text, err := os.ReadFile(nextDefault)
	if err != nil {
		t.Fatal(err)
	}
	next := "# of the next version\n" + string(text)
	if err := os.WriteFile(nextDefault, []byte(next), 0o644); err != nil {
		t.Fatal(err)
	}
	second, err := makeDeb(parts{"1.1.0", bin, nextRoot, extension, key}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	needs, err := inspect(opened, filepath.Join(bin, "handrail-ui"))
	if err != nil {
		t.Fatal(err)
	}
	var packages []string
	for _, need := range needs.depends {
		pkg, _, _ := strings.Cut(need, " ")
		packages = append(packages, pkg)
	}

	t.Run("LibrariesOpenedByName", func(t *testing.T) { openedByName(t, filepath.Join(bin, "handrail-ui")) })
	t.Run("Lintian", func(t *testing.T) { lintian(t, first) })
	d := newDebian(t, packages)
	under := func(name string, test func(d *debian)) {
		t.Run(name, func(t *testing.T) { test(&debian{t: t, dir: d.dir, enter: d.enter}) })
	}
	under("PackageNames", packageNames)
	before := d.list()
	under("Install", func(d *debian) { installed(d, first, string(text)) })
	under("Browsers", func(d *debian) { browsers(d, key.ID()) })
	under("Upgrade", func(d *debian) { upgraded(d, first, second, string(text), next) })
	under("WindowsStart", windowsStart)
	under("Purge", func(d *debian) { purged(d, second) })
	under("PolicyWasThereFirst", func(d *debian) { policyFirst(d, first, second, before) })
	under("Booted", func(d *debian) { booted(d, first) })
}

// notOpened are libraries that GLFW knows by name and does not open for us:
// other ways to draw.
var notOpened = []string{
	"libEGL.so.1", "libGLES_CM.so.1", "libGLESv1_CM.so.1", "libGLESv2.so.2", "libOpenGL.so.0", "libOSMesa.so.6", "libOSMesa.so.8", "libvulkan.so.1",
}

// openedByName: the lists of libraries are what the program has names of.
func openedByName(t *testing.T, program string) {
	b, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	_, linked, _, err := read(program)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, name := range regexp.MustCompile(`lib[A-Za-z0-9_-]+\.so\.[0-9]+`).FindAllString(string(b), -1) {
		named[name] = true
		if !slices.Contains(slices.Concat(opened, linked, notOpened), name) {
			t.Errorf("the program has the name of %s: add it to the lists of libraries", name)
		}
	}
	for _, name := range opened {
		if !named[name] {
			t.Errorf("the program does not have the name of %s: take it off the lists of libraries", name)
		}
	}
}

// lintian is Debian's own judgement of the deb.
func lintian(t *testing.T, deb string) {
	need(t, "lintian", "lintian")
	out, err := exec.Command("lintian", "--fail-on", "error,warning", "--tag-display-limit", "0", deb).Output()
	if err != nil || strings.TrimSpace(string(out)) != "" {
		t.Errorf("lintian: %v\n%s", err, out)
	}
}

// packageNames: each package that the table of libraries names exists.
func packageNames(d *debian) {
	for lib, pkg := range packageOf {
		if out, err := d.try("apt-cache", "show", pkg); err != nil {
			d.t.Errorf("for %s there is no package %s: %v\n%s", lib, pkg, err, out)
		}
	}
}

func installed(d *debian, deb, policy string) {
	t := d.t
	d.install(deb)
	if got := strings.TrimSpace(d.must("systemctl", "is-enabled", "handrail.service")); got != "enabled" {
		t.Errorf("the service is %q, want enabled", got)
	}
	if got := d.must("handrail", "--version"); !strings.Contains(got, "1.0.0") {
		t.Errorf("handrail --version says %q, want 1.0.0", got)
	}
	if got := d.read(policyFile); got != policy {
		t.Errorf("the policy file is not the packaged one:\n%s", got)
	}
	d.must("handrail", "policy", "lint", policyFile)
	if out := d.must("ldd", "/usr/bin/handrail-ui"); strings.Contains(out, "not found") {
		t.Errorf("handrail-ui lacks libraries:\n%s", out)
	}
	// ldd knows nothing of what is opened by name.
	libs := d.must("ldconfig", "-p")
	for _, lib := range opened {
		if !strings.Contains(libs, "\t"+lib+" ") {
			t.Errorf("%s is not installed", lib)
		}
	}
}

// browsers: the relay is known to each browser for the packed extension, which
// no browser is made to install.
func browsers(d *debian, id string) {
	t := d.t
	for _, b := range browser.Browsers() {
		want := id
		if b == browser.Firefox {
			want = browser.FirefoxID
		}
		if host := d.must("cat", browser.HostPlace(b, browser.Linux)); !strings.Contains(host, want) || !strings.Contains(host, `"/usr/bin/handrail-browser"`) {
			t.Errorf("%s gets the native messaging manifest\n%s", b, host)
		}
		place := browser.Rollout{Browser: b, System: browser.Linux}.PolicyPlace()
		if _, err := os.Stat(filepath.Join(d.dir, place)); err == nil {
			t.Errorf("the package decides for IT: %s is there", place)
		}
		example := d.read("/usr/share/doc/handrail/examples/browser/" + string(b) + "-policy.json")
		if !strings.Contains(example, want) {
			t.Errorf("%s's example is not about %s:\n%s", b, want, example)
		}
		// The command prints the same, with the id from the package.
		if got := d.must("handrail", "browser", "policy", "--for", string(b), "--os", "linux"); !strings.Contains(got, strings.TrimSpace(example)) {
			t.Errorf("the command prints for %s\n%s", b, got)
		}
	}
	if got, err := browser.UpdatesID([]byte(d.read("/usr/share/handrail/browser/" + browser.UpdatesName))); err != nil || got != id {
		t.Errorf("the update manifest is about %q, %v, want %q", got, err, id)
	}
	// Started as Chromium does it, the relay knows the packed extension by the
	// links, and no other. No session can start in that home.
	for origin, says := range map[string]string{id: `{"kind":"nobody"}`, strings.Repeat("a", 32): "it is for the Handrail browser extension"} {
		if out, _ := d.try("env", config.HomeVar+"=/dev/null/home", "handrail-browser", "chrome-extension://"+origin+"/"); !strings.Contains(out, says) {
			t.Errorf("to the extension %s the relay says %q, want %s", origin, out, says)
		}
	}
}

func upgraded(d *debian, first, second, policy, next string) {
	t := d.t
	// What nobody edited is replaced with the program.
	d.install(second)
	if got := d.read(policyFile); got != next {
		t.Errorf("after the upgrade the policy that nobody edited is not the new one:\n%s", got)
	}
	// What somebody edited stays, whatever the new version brings.
	d.write(policyFile, edited)
	d.must("dpkg", "--force-downgrade", "-i", filepath.Join("/srv", filepath.Base(first)))
	d.install(second)
	if got := d.read(policyFile); got != edited {
		t.Errorf("the upgrade replaced the edited policy:\n%s", got)
	}
	// What was disabled stays so.
	d.must("systemctl", "disable", "handrail.service")
	d.must("dpkg", "--force-downgrade", "-i", filepath.Join("/srv", filepath.Base(first)))
	if got, _ := d.try("systemctl", "is-enabled", "handrail.service"); strings.TrimSpace(got) != "disabled" {
		t.Errorf("after another version the service that was disabled is %q", strings.TrimSpace(got))
	}
	d.must("systemctl", "enable", "handrail.service")
}

// windowsStart: with nothing but what the package depends on, the windows'
// program gets ready on an X display.
func windowsStart(d *debian) {
	t := d.t
	need(t, "Xvfb", "xvfb")
	number, display, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer number.Close()
	x := exec.CommandContext(t.Context(), "Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{display}
	if err := x.Start(); err != nil {
		t.Fatal(err)
	}
	display.Close()
	defer func() {
		_ = x.Process.Kill()
		_ = x.Wait()
	}()
	line, err := bufio.NewReader(number).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}

	// The X server's socket is lent by a mount that only the program sees.
	const sockets = "/tmp/.X11-unix"
	if err := os.MkdirAll(filepath.Join(d.dir, sockets), 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ui := exec.CommandContext(ctx, "unshare", "--mount", "sh", "-c",
		`mount --bind "$2" "$1$2" && exec chroot "$1" /usr/bin/handrail-ui`, "sh", d.dir, sockets)
	ui.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8", "DISPLAY=:" + strings.TrimSpace(line), "LIBGL_ALWAYS_SOFTWARE=1"}
	var errs bytes.Buffer
	ui.Stderr = &errs
	in, err := ui.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := ui.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := ui.Start(); err != nil {
		t.Fatal(err)
	}
	// Its language is agent/card's; the session's hello is the same as its own.
	ready := false
	lines := bufio.NewScanner(out)
	for !ready && lines.Scan() {
		var m struct{ Kind string }
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			t.Errorf("handrail-ui said %q: %v", lines.Text(), err)
		}
		if m.Kind == "hello" {
			fmt.Fprintln(in, lines.Text())
		}
		ready = m.Kind == "ready"
	}
	in.Close()
	if err := ui.Wait(); !ready || err != nil {
		t.Errorf("handrail-ui got ready: %v, and ended with %v\n%s", ready, err, tail(errs.Bytes()))
	}
}

func purged(d *debian, second string) {
	t := d.t
	d.must("apt-get", "-q", "remove", "-y", "handrail")
	if got := d.read(policyFile); got != edited {
		t.Errorf("the removal replaced the edited policy:\n%s", got)
	}
	if _, err := d.try("test", "-e", "/usr/bin/handrail"); err == nil {
		t.Error("the program is still there")
	}
	d.install(second)
	if got := d.read(policyFile); got != edited {
		t.Errorf("installing it again replaced the edited policy:\n%s", got)
	}
	if got := strings.TrimSpace(d.must("systemctl", "is-enabled", "handrail.service")); got != "enabled" {
		t.Errorf("installed again, the service is %q, want enabled", got)
	}
	// What the service leaves when it ran, and what an administrator added.
	d.write("/var/lib/private/handrail/device.ledger", "{}\n")
	d.write("/etc/handrail/handrail.yaml", "{}\n")
	if err := os.Symlink("private/handrail", filepath.Join(d.dir, "var/lib/handrail")); err != nil {
		t.Fatal(err)
	}
	d.purge()
}

// purge purges, and finds nothing of Handrail's.
func (d *debian) purge() {
	d.t.Helper()
	d.must("apt-get", "-q", "purge", "-y", "handrail")
	if left := traces(d.list()); len(left) > 0 {
		d.t.Errorf("after the purge there is still\n%s", strings.Join(left, "\n"))
	}
	if out, err := d.try("dpkg-query", "-W", "handrail"); err == nil {
		d.t.Errorf("dpkg still knows %s", out)
	}
}

// policyFirst: many an MDM pushes the policy before the package. That too is
// installed and upgraded without a question, and purged.
func policyFirst(d *debian, first, second string, before map[string]string) {
	t := d.t
	d.write(policyFile, edited)
	for _, deb := range []string{first, second} {
		d.install(deb)
		if got := d.read(policyFile); got != edited {
			t.Fatalf("installing %s replaced the policy that was there:\n%s", filepath.Base(deb), got)
		}
	}
	d.purge()
	// Without what it depended on, every file is as it was before.
	d.must("apt-get", "-q", "autoremove", "--purge", "-y")
	if diff := differences(before, d.list()); len(diff) > 0 {
		t.Errorf("before (-) and after (+) differ:\n%s", strings.Join(diff, "\n"))
	}
}

// status is the part of "handrail status --json" that is looked at here.
type status struct {
	Version  string
	Watching bool
	Session  *json.RawMessage
	Service  *struct{ Version string }
	Problems []string
}

// status asks as an ordinary account: nobody.
func (d *debian) status() (status, error) {
	out, failed := d.try("runuser", "-u", "nobody", "--", "handrail", "status", "--json")
	var s status
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		return s, fmt.Errorf("%w: %w: %s", failed, err, out)
	}
	if s.Service == nil {
		return s, fmt.Errorf("the service does not answer: %q", s.Problems)
	}
	return s, nil
}

func booted(off *debian, deb string) {
	t := off.t
	d, powerOff := off.boot()
	d.install(deb)

	// It runs, under an account of its own, and answers everybody.
	if got := d.property("ActiveState"); got != "active" {
		t.Fatalf("the service is %s\n%s", got, d.journal())
	}
	pid := d.mainPID()
	uid, err := strconv.Atoi(strings.TrimSpace(d.must("stat", "-c", "%u", fmt.Sprintf("/proc/%d", pid))))
	if err != nil || uid == 0 || uid == 65534 {
		t.Errorf("the service runs as account %d (error %v), want one of its own", uid, err)
	}
	eventually(t, "asking for the status", func() error {
		s, err := d.status()
		if err != nil {
			return fmt.Errorf("%w\n%s", err, d.journal())
		}
		// Nobody is logged in, and it says so.
		if s.Watching || s.Session != nil || !slices.ContainsFunc(s.Problems, func(p string) bool { return strings.Contains(p, "session") }) {
			t.Errorf("without a session the status is %+v", s)
		}
		if s.Service.Version != "1.0.0" {
			t.Errorf("the service is version %s", s.Service.Version)
		}
		return nil
	})

	// It comes back by itself.
	d.must("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "handrail.service")
	eventually(t, "killed, the service is started again", func() error {
		if now := d.mainPID(); now == 0 || now == pid {
			return fmt.Errorf("its process is %d, and was %d\n%s", now, pid, d.journal())
		}
		if n := d.property("NRestarts"); n != "1" {
			return fmt.Errorf("it was started again %s times", n)
		}
		_, err := d.status()
		return err
	})

	// Somebody's part of it still runs when the package goes.
	d.must("systemd-run", "--quiet", "--unit=somebody", "--uid=nobody", "--property=RuntimeDirectory=somebody",
		"handrail", "service", "run", "--home", "/run/somebody")
	eventually(t, "a process of somebody's", func() error {
		_, err := d.try("test", "-S", "/run/somebody/service.sock")
		return err
	})

	d.must("apt-get", "-q", "purge", "-y", "handrail")
	if got := d.property("LoadState"); got != "not-found" {
		t.Errorf("after the purge the unit is %s", got)
	}
	eventually(t, "no process is left", func() error {
		out, _ := d.try("sh", "-c", "readlink /proc/[0-9]*/exe")
		if strings.Contains(out, "/usr/bin/handrail") {
			return fmt.Errorf("still there:\n%s", out)
		}
		return nil
	})
	if out, err := d.try("getent", "passwd", "handrail"); err == nil {
		t.Errorf("the account is still there: %s", out)
	}
	eventually(t, "nothing is left in /run", func() error {
		if out := d.must("find", "/run", "-name", "*handrail*"); out != "" {
			return fmt.Errorf("still there:\n%s", out)
		}
		return nil
	})
	powerOff()
	if left := traces(off.list()); len(left) > 0 {
		t.Errorf("after the purge there is still\n%s", strings.Join(left, "\n"))
	}
}

// journal returns the end of what the service logged.
func (d *debian) journal() string {
	out, _ := d.try("journalctl", "--no-pager", "-n", "30", "-u", "handrail.service")
	return out
}
