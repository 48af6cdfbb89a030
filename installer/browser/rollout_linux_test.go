package browser

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// saysHello makes this test's program the native messaging host of the
// stand-in extension: it says who started it, and ends with the browser.
const saysHello = "HANDRAIL_TEST_NATIVE_HOST"

func TestMain(m *testing.M) {
	if os.Getenv(saysHello) == "" {
		os.Exit(m.Run())
	}
	// Chromium gives the origin; Firefox the manifest's path and the id.
	said, err := json.Marshal(map[string]string{"said": "hello " + os.Args[len(os.Args)-1]})
	if err == nil {
		_, err = os.Stdout.Write(append(binary.NativeEndian.AppendUint32(nil, uint32(len(said))), said...))
	}
	if err == nil {
		_, err = io.Copy(io.Discard, os.Stdin)
	}
	if err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// TestForcedInstall gives the files to real browsers with fresh profiles, as IT
// does: the extension is there by itself and reaches its native host; in Firefox
// it reads its managed storage, in Chromium the page may not read the clipboard.
func TestForcedInstall(t *testing.T) {
	if testing.Short() {
		t.Skip("this starts browsers")
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can write the browsers' policies in /etc")
	}
	packed, err := Pack(standIn, newKeyFor(t), "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("Chromium", func(t *testing.T) {
		chromium := program(t, "chromium", "chromium")
		seen := forced(t, packed, Chromium, func(profile, page string) *exec.Cmd {
			// Not --disable-background-networking: with it nothing is installed.
			return exec.Command(chromium, "--headless=new", "--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage",
				"--disable-component-update", "--user-data-dir="+profile, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", page)
		})
		// Its managed storage is left out: after the first installation it stays
		// empty for as long as anybody watched.
		check(t, seen, map[string]string{"version": "1.2.3", "said": "hello chrome-extension://" + packed.ID + "/", "clipboard": "denied"})
	})
	t.Run("Firefox", func(t *testing.T) {
		firefox := program(t, "firefox-esr", "firefox-esr")
		seen := forced(t, packed, Firefox, func(profile, page string) *exec.Cmd {
			return exec.Command(firefox, "--headless", "--no-remote", "--profile", profile, page)
		})
		check(t, seen, map[string]string{"version": "1.2.3", "fail": "closed", "said": "hello " + FirefoxID})
	})
}

func check(t *testing.T, seen url.Values, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got := seen.Get(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

// forced puts the files where the browser looks, starts it on a page, and
// returns what the extension says from there. A page that was open before the
// extension came knows nothing of it, so it loads itself again until it does.
func forced(t *testing.T, packed Packed, b Browser, start func(profile, page string) *exec.Cmd) url.Values {
	t.Helper()
	seen := make(chan url.Values, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/seen" {
			select {
			case seen <- r.URL.Query():
			default: // the page was loaded once more
			}
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><title>stand-in</title>
<script>setTimeout(() => document.documentElement.dataset.guarded || location.reload(), 1000)</script>`)
	}))
	defer server.Close()

	dir := t.TempDir()
	for name, data := range packed.Files("file://" + dir) {
		put(t, filepath.Join(dir, name), data, 0o644)
	}
	host := filepath.Join(dir, "host")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	put(t, host, fmt.Appendf(nil, "#!/bin/sh\n%s=1 exec '%s' \"$@\"\n", saysHello, self), 0o755)
	r := Rollout{Browser: b, System: Linux, Extension: packed.ID, UpdateURL: "file://" + dir + "/" + UpdatesName,
		Clipboard: []string{server.URL}, FailClosed: true, Unsigned: true}
	if b == Firefox {
		r.UpdateURL = "file://" + dir + "/" + XPIName
	}
	file, err := r.Policy()
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := Host(b, packed.ID, host)
	if err != nil {
		t.Fatal(err)
	}
	onlyOne(t)
	putNew(t, r.PolicyPlace(), file)
	putNew(t, HostPlace(b, Linux), manifest)

	profile := filepath.Join(dir, "profile")
	if err := os.Mkdir(profile, 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := start(profile, server.URL+"/")
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_CACHE_HOME="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var lines []string
	read := make(chan struct{})
	go func() {
		defer close(read)
		for s := bufio.NewScanner(said); s.Scan(); {
			lines = append(lines, s.Text())
		}
	}()
	end := func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-read
		_ = cmd.Wait()
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	select {
	case q := <-seen:
		end()
		return q
	case <-ctx.Done():
		end()
		t.Fatalf("the extension did not come; the browser said\n%s", strings.Join(lines, "\n"))
		return nil
	}
}

// onlyOne keeps other tests on this machine from the same folders meanwhile.
func onlyOne(t *testing.T) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(os.TempDir(), "handrail-browser-policies.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
}

// putNew writes a file where none may be, and removes it afterwards with the
// folders that were made for it.
func putNew(t *testing.T, path string, data []byte) {
	t.Helper()
	if _, err := os.Lstat(path); err == nil {
		t.Skipf("%s is there: this computer's browsers are somebody's, so they are left alone", path)
	}
	var made []string
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil {
			break
		} else if !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		made = append(made, dir)
	}
	t.Cleanup(func() {
		_ = os.Remove(path)
		for _, dir := range made {
			_ = os.Remove(dir) // not when somebody else's file is in it
		}
	})
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, path, data, 0o644)
}

func put(t *testing.T, path string, data []byte, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, data, mode); err != nil {
		t.Fatal(err)
	}
}
