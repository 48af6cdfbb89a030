package browsertest_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/agent/browsertest"
	"handrail/agent/config"
	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
	"handrail/agent/session"
)

// installation is Handrail as it is shipped, on a desktop and a machine of its
// own. The relay, which a browser starts, starts the session.
type installation struct {
	d       *desktoptest.Desktop
	m       *browsertest.Machine
	bin     string // the folder of its programs
	program string // "handrail", wherever it is
	home    string // the folder of what it keeps
	relay   string // the program for native messaging manifests
}

func install(t *testing.T) *installation {
	t.Helper()
	in := &installation{m: browsertest.NewMachine(t), d: desktoptest.Start(t, desktoptest.Options{WM: "openbox"}), bin: t.TempDir()}
	in.program = filepath.Join(in.bin, "handrail")
	build := exec.Command("go", "build", "-o", in.bin, "handrail/cmd/handrail", "handrail/cmd/handrail-browser")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	home, err := os.MkdirTemp("", "h") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	in.home = home
	// The person is not new: nothing is offered to them beside the nudges.
	if err := session.NoteWelcome(config.Under(home).UserState, true); err != nil {
		t.Fatal(err)
	}
	// What the desktop would have in its environment.
	in.relay = filepath.Join(in.bin, "relay")
	script := "#!/bin/sh\nexport HANDRAIL_HOME=" + home + "\nexec " + filepath.Join(in.bin, "handrail-browser") + " \"$@\"\n"
	if err := os.WriteFile(in.relay, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return in
}

// handrail runs the program as the person does, and returns what it printed;
// how it ended is the caller's to know.
func (in *installation) handrail(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := in.m.Command(t, in.d, in.program, args...)
	cmd.Env = append(cmd.Env, "HANDRAIL_HOME="+in.home)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil && len(out) == 0 {
		t.Fatalf("handrail %s: %v: %s", strings.Join(args, " "), err, errs.String())
	}
	return out
}

// status is what the session says of itself, nil when there is none.
func (in *installation) status(t *testing.T) *local.SessionStatus {
	t.Helper()
	var all struct{ Session *local.SessionStatus }
	if err := json.Unmarshal(in.handrail(t, "status", "--json"), &all); err != nil {
		t.Fatal(err)
	}
	return all.Session
}

// within waits for a status, a minute at most: no change of what is seen may
// take longer to be said.
func (in *installation) within(t *testing.T, what string, ok func(*local.SessionStatus) bool) {
	t.Helper()
	var s *local.SessionStatus
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		if s = in.status(t); ok(s) {
			return
		}
	}
	t.Fatalf("%s: not seen within a minute; the status is %+v", what, s)
}

// covers waits until AI sites in browsers are seen as well as that.
func (in *installation) covers(t *testing.T, state coverage.State, why coverage.Why) {
	t.Helper()
	in.within(t, fmt.Sprintf("browsers are %s, %s", state, why), func(s *local.SessionStatus) bool {
		if s == nil {
			return false
		}
		e := s.Coverage.Of(coverage.Browser)
		return e.State == state && e.Why == why
	})
}

// endSession kills the session, if one runs. The relay started it, so it is
// found by its environment.
func (in *installation) endSession() {
	procs, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, p := range procs {
		env, err := os.ReadFile(p)
		if err != nil || !strings.Contains(string(env), "HANDRAIL_HOME="+in.home+"\x00") {
			continue
		}
		pid := strings.Split(p, "/")[2]
		args, _ := os.ReadFile("/proc/" + pid + "/cmdline")
		if strings.Contains(string(args), "handrail\x00session") {
			_ = exec.Command("kill", "-9", pid).Run()
		}
	}
}

// keepsNothing looks for what was copied in what Handrail and the browser have
// kept.
func (in *installation) keepsNothing(t *testing.T, b *browsertest.Browser, canary string) {
	t.Helper()
	for _, dir := range []string{in.home, b.Profile} {
		_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return nil
			}
			if b, err := os.ReadFile(path); err == nil && strings.Contains(string(b), canary) {
				t.Errorf("%s holds what was pasted", path)
			}
			return nil
		})
	}
}
