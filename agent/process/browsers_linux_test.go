package process

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// started runs a copy of sleep under another name, which is all that a browser
// is told by.
func started(t *testing.T, path string) int {
	t.Helper()
	sleep, err := exec.LookPath("sleep")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(sleep)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o755); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(path, "1000")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	return c.Process.Pid
}

func TestBrowsersAreToldByTheirProgram(t *testing.T) {
	dir := t.TempDir()
	vivaldi := started(t, filepath.Join(dir, "vivaldi-bin"))
	chromium := started(t, filepath.Join(dir, "chromium", "chrome"))
	other := started(t, filepath.Join(dir, "chromium-2", "chrome"))
	got, err := Browsers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []Browser{{OtherBrowser, vivaldi, false}, {Chromium, chromium, false}, {Chromium, other, false}} {
		if !slices.Contains(got, want) {
			t.Errorf("%+v is not among %+v", want, got)
		}
	}
}

// A browser's own processes are none besides it, and what one of them starts is
// told to be of it.
func TestABrowserIsOneWithItsProcesses(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash, which is started as a browser here")
	}
	b, err := os.ReadFile(shell)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "vivaldi-bin")
	if err := os.WriteFile(path, b, 0o755); err != nil {
		t.Fatal(err)
	}
	// The browser starts one of its own, which starts a relay.
	const child = `"$0" -c 'sleep 1000 & echo $$ $!; wait' & wait`
	c := exec.Command(path, "-c", child, path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	var own, relay int
	t.Cleanup(func() {
		for _, pid := range []int{relay, own, c.Process.Pid} {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		_ = c.Wait()
	})
	if _, err := fmt.Fscan(out, &own, &relay); err != nil {
		t.Fatal(err)
	}
	if of := BrowserOf(relay); of != c.Process.Pid {
		t.Errorf("the relay is of %d, want %d", of, c.Process.Pid)
	}
	if of := BrowserOf(os.Getpid()); of != 0 {
		t.Errorf("this test is of browser %d", of)
	}
	got, err := Browsers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(got, Browser{OtherBrowser, c.Process.Pid, false}) || slices.Contains(got, Browser{OtherBrowser, own, false}) {
		t.Errorf("got %+v, want %d and not its child %d", got, c.Process.Pid, own)
	}
}

func TestBoxesAreTold(t *testing.T) {
	for exe, want := range map[string]bool{
		"/snap/chromium/2900/usr/lib/chromium-browser/chrome": true,
		"/app/lib/firefox/firefox":                            true,
		"/usr/lib/chromium/chromium":                          false,
	} {
		if got := confined(exe, os.Getpid()); got != want {
			t.Errorf("%s: %v", exe, got)
		}
	}
}
