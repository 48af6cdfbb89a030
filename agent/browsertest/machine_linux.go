package browsertest

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"handrail/agent/desktoptest"
)

// Machine is this computer as its IT might have set it up: with files of its
// own where browsers look for policies and native hosts, and with no processes
// but those that were started on it. Nothing of the real one is touched, and
// all its processes end with the test.
//
// It is made of Linux's namespaces, which takes root or a kernel that lets
// anybody have them.
type Machine struct {
	files string // what stands in for the folders
	pid   int    // of its first process, as the real computer counts
}

// folders are where Debian's browsers look. The others of /etc and /usr/lib
// show through.
var folders = []string{"/etc/chromium", "/etc/firefox", "/etc/opt", "/usr/lib/mozilla"}

// setUp lays the links to the machine's own folders over those of the computer,
// and then waits, burying orphans, until the test lets go of its input.
const setUp = `set -e
mount --make-rprivate /
mount -t proc proc /proc
for d in etc usr/lib; do mount -t overlay overlay -o "lowerdir=$0/$d:/$d" "/$d"; done
echo up
cat`

// NewMachine sets a machine up. The test is skipped where that can't be done,
// and fails in CI.
func NewMachine(t TB) *Machine {
	t.Helper()
	dir := t.TempDir()
	m := &Machine{files: filepath.Join(dir, "files")}
	for _, f := range folders {
		link := filepath.Join(dir, "over", f)
		for _, d := range []string{m.Path(f), filepath.Dir(link)} {
			if err := os.MkdirAll(d, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Symlink(m.Path(f), link); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("sh", "-c", setUp, filepath.Join(dir, "over"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID, Setpgid: true}
	if os.Geteuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	var why strings.Builder
	cmd.Stderr = &why
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err = cmd.Start(); err == nil {
		t.Cleanup(func() {
			in.Close() // with its first process all others end
			_ = cmd.Wait()
		})
		_, err = bufio.NewReader(out).ReadString('\n')
	}
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no namespaces for a machine of the test's own (run as root, or let users have them: sysctl user.max_user_namespaces): %v %s", err, why.String())
		}
		t.Skipf("no namespaces for a machine of the test's own: %v %s", err, why.String())
	}
	m.pid = cmd.Process.Pid
	return m
}

// Path is where a file of the machine really is: one in the folders in which
// browsers look for what IT gives them.
func (m *Machine) Path(file string) string { return filepath.Join(m.files, file) }

// Put writes a file of the machine.
func (m *Machine) Put(t TB, file string, data []byte) {
	t.Helper()
	path := m.Path(file)
	err := os.MkdirAll(filepath.Dir(path), 0o755)
	if err == nil {
		err = os.WriteFile(path, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Command prepares a program that runs on the machine, before a desktop.
func (m *Machine) Command(t TB, d *desktoptest.Desktop, name string, args ...string) *exec.Cmd {
	t.Helper()
	desktoptest.Need(t, name)
	enter := []string{"--target", strconv.Itoa(m.pid), "--mount", "--pid"}
	if os.Geteuid() != 0 {
		enter = append(enter, "--user", "--preserve-credentials")
	}
	return d.Command(t, "nsenter", append(append(enter, "--", name), args...)...)
}
