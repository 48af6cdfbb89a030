package process

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// started runs a copy of sleep under another name, which is all that a browser
// is told by.
func started(t *testing.T, path string) {
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
}

func TestBrowsersAreToldByTheirProgram(t *testing.T) {
	dir := t.TempDir()
	started(t, filepath.Join(dir, "vivaldi-bin"))
	started(t, filepath.Join(dir, "chromium", "chrome"))
	got, err := Browsers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []Browser{{OtherBrowser, false}, {Chromium, false}} {
		if !slices.Contains(got, want) {
			t.Errorf("%+v is not among %+v", want, got)
		}
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
