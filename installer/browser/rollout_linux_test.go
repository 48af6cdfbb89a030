package browser_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	agent "handrail/agent/browser"
	"handrail/agent/browsertest"
	"handrail/agent/config"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
	"handrail/installer/browser"
)

// host is of a tool that isn't approved, approvedHost of one that is.
const host, approvedHost = "chat.deepseek.com", "copilot.cloud.microsoft"

// TestForcedInstall gives the files to real browsers with fresh profiles, as IT
// does: the extension is there by itself, reaches a session through the relay,
// and asks it about a paste. In Chromium the page may not read the clipboard.
func TestForcedInstall(t *testing.T) {
	if testing.Short() {
		t.Skip("this starts browsers")
	}
	relay := filepath.Join(t.TempDir(), "handrail-browser")
	build := exec.Command("go", "build", "-o", relay, "handrail/cmd/handrail-browser")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the relay: %v\n%s", err, out)
	}
	key, err := browser.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	packed, err := browser.Pack(os.DirFS("../../ui/extension"), key, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("Chromium", func(t *testing.T) {
		desktoptest.Need(t, "chromium")
		running, page := forced(t, packed, relay, browser.Chromium, browsertest.Chromium)
		clipboard := func(want string) {
			t.Helper()
			var got string
			page.Eval(t, `navigator.permissions.query({name: "clipboard-read"}).then(p => p.state)`, &got)
			if got != want {
				t.Errorf("the page's own way to the clipboard is %q, want %s", got, want)
			}
		}
		clipboard("denied")
		button := func() (read string) {
			t.Helper()
			page.Focus(t)
			page.Eval(t, `navigator.clipboard.readText().catch(e => e.name)`, &read)
			return read
		}
		if read := button(); read != "NotAllowedError" {
			t.Errorf("a paste button's reading of the clipboard: %s", read)
		}
		page.Navigate(t, "https://"+approvedHost+"/?target=textarea")
		clipboard("prompt")
		running.AllowClipboard(t, approvedHost)
		if read := button(); read != "a paste" {
			t.Errorf("a paste button of an approved tool reads %q", read)
		}
	})
	t.Run("Firefox", func(t *testing.T) {
		desktoptest.Need(t, "firefox-esr")
		forced(t, packed, relay, browser.Firefox, browsertest.Firefox)
	})
	t.Run("Chromium before a session", func(t *testing.T) {
		desktoptest.Need(t, "chromium")
		closed(t, packed, relay, browser.Chromium, browsertest.Chromium)
	})
	t.Run("Firefox before a session", func(t *testing.T) {
		desktoptest.Need(t, "firefox-esr")
		closed(t, packed, relay, browser.Firefox, browsertest.Firefox)
	})
}

// installed puts the files where the browser looks, and returns the machine and
// the home that the relay looks for a session in.
func installed(t *testing.T, packed browser.Packed, relay string, b browser.Browser, failClosed bool) (m *browsertest.Machine, home string) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range packed.Files("file://" + dir) {
		put(t, filepath.Join(dir, name), data, 0o644)
	}
	home, err := os.MkdirTemp("", "h") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	program := filepath.Join(dir, "relay")
	put(t, program, fmt.Appendf(nil, "#!/bin/sh\n%s='%s' exec '%s' \"$@\"\n", config.HomeVar, home, relay), 0o755)
	r := browser.Rollout{Browser: b, System: browser.Linux, Extension: packed.ID, UpdateURL: "file://" + dir + "/" + browser.UpdatesName,
		Sites: []string{"https://" + host}, FailClosed: failClosed, Unsigned: true}
	if b == browser.Firefox {
		r.UpdateURL = "file://" + dir + "/" + browser.XPIName
	}
	policy, err := r.Policy()
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := browser.Host(b, packed.ID, program)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "host.json"), manifest, 0o644)
	m = browsertest.NewMachine(t)
	m.Put(t, r.PolicyPlace(), policy)
	// Linked, as the deb does it for Chromium's family.
	link := m.Path(browser.HostPlace(b, browser.Linux))
	if err := errors.Join(os.MkdirAll(filepath.Dir(link), 0o755), os.Symlink(filepath.Join(dir, "host.json"), link)); err != nil {
		t.Fatal(err)
	}
	return m, home
}

// closed sees that without a session pastes are kept out of the sites that IT
// closed until one has spoken, and of no others. A browser may hand out IT's
// settings late after its first start, and pastes go through until then; after
// the second they are kept back at once.
func closed(t *testing.T, packed browser.Packed, relay string, b browser.Browser,
	start func(browsertest.TB, *desktoptest.Desktop, *browsertest.Site, browsertest.Options) *browsertest.Browser) {
	t.Helper()
	m, home := installed(t, packed, relay, b, true)
	// Nobody speaks here; that somebody calls says that the extension is there.
	paths := config.Under(home)
	if err := os.MkdirAll(paths.UserRuntime, 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := local.Listen(paths.SessionSocket, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	came := make(chan struct{})
	go func() {
		for first := true; ; first = false {
			c, err := l.Accept()
			if err != nil {
				return
			}
			c.Close()
			if first {
				close(came)
			}
		}
	}()
	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
	site := browsertest.Serve(t, host, approvedHost)
	running := start(t, d, site, browsertest.Options{Machine: m})
	<-came
	d.Copy(t, "kept back")
	// paste says whether it was, with what IT wants said.
	paste := func(page *browsertest.Page) (kept bool) {
		t.Helper()
		page.Press(t, "ctrl+a", "BackSpace")
		page.WaitText(t, "")
		page.Press(t, "ctrl+v")
		page.Wait(t, "the paste or the hint", `site.text().then(text => text !== "" || !!document.querySelector("[popover=manual]"))`)
		return page.Text(t) == ""
	}
	page := running.Open(t, site.URL(host, "textarea"))
	for began := time.Now(); !paste(page); {
		if time.Since(began) > 3*desktoptest.Patience { // it is a minute on a busy computer
			t.Fatal("pastes still go through while nobody watches")
		}
	}
	running.Quit(t)

	running = start(t, d, site, browsertest.Options{Machine: m, Profile: running.Profile})
	page = running.Open(t, site.URL(host, "textarea"))
	if !paste(page) {
		t.Error("after the second start a paste went through while nobody watches")
	}
	page.Navigate(t, site.URL(approvedHost, "textarea"))
	page.Paste(t, "goes through")
	page.WaitText(t, "goes through")
}

// forced installs the extension, and sees that a paste into a page is held until
// the session has answered.
func forced(t *testing.T, packed browser.Packed, relay string, b browser.Browser,
	start func(browsertest.TB, *desktoptest.Desktop, *browsertest.Site, browsertest.Options) *browsertest.Browser) (*browsertest.Browser, *browsertest.Page) {
	t.Helper()
	m, home := installed(t, packed, relay, b, false)
	s := browsertest.StartSession(t, host)
	listen(t, home, s)
	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
	site := browsertest.Serve(t, host, approvedHost)
	running := start(t, d, site, browsertest.Options{Machine: m})
	s.Relay(t, 0)
	page := running.Open(t, site.URL(host, "textarea"))
	page.Paste(t, "a paste")
	a := s.Attempt(t)
	if got := browsertest.Text(a); got != "a paste" || page.Text(t) != "" {
		t.Errorf("asked about %q while the page has %q", got, page.Text(t))
	}
	s.Allow(t, a.ID)
	page.WaitText(t, "a paste")
	s.Ended(t, a.ID, agent.Inserted)
	return running, page
}

// listen leads the relay of a home to the scripted session.
func listen(t *testing.T, home string, s *browsertest.Session) {
	t.Helper()
	paths := config.Under(home)
	if err := os.MkdirAll(paths.UserRuntime, 0o700); err != nil {
		t.Fatal(err)
	}
	l, err := local.Listen(paths.SessionSocket, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/browser", func(w http.ResponseWriter, r *http.Request) {
		from, err := local.Hijack(w, r, "handrail-browser")
		if err != nil {
			return
		}
		defer from.Close()
		to, err := net.Dial("unix", s.Socket)
		if err != nil {
			return
		}
		defer to.Close()
		ended := make(chan struct{}, 2)
		go func() { _, _ = io.Copy(to, from); ended <- struct{}{} }()
		go func() { _, _ = io.Copy(from, to); ended <- struct{}{} }()
		<-ended
	})
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan struct{})
	server := &local.Server{Role: local.RoleSession, Version: "1", Allow: local.SameUser, Handler: mux, Log: slog.New(slog.DiscardHandler)}
	go func() { defer close(served); _ = server.Serve(ctx, l) }()
	t.Cleanup(func() { stop(); <-served })
}

func put(t *testing.T, path string, data []byte, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, data, mode); err != nil {
		t.Fatal(err)
	}
}
