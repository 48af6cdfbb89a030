package browsertest_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"handrail/agent/browsertest"
	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
)

// TestRealSession is the whole path on real parts: a page, the extension, the
// relay that the browser starts, and the session that the relay starts because
// none runs. No window can be opened, so the hint in the page is all there is.
func TestRealSession(t *testing.T) {
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", bin, "handrail/cmd/handrail", "handrail/cmd/handrail-browser")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building: %v\n%s", err, out)
	}
	for name, start := range browsers {
		t.Run(name, func(t *testing.T) {
			desktoptest.Need(t, map[string]string{"chromium": "chromium", "firefox": "firefox-esr"}[name])
			d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
			home := t.TempDir()
			// What the desktop would have in its environment.
			relay := filepath.Join(bin, "relay-"+name)
			script := "#!/bin/sh\nexport HANDRAIL_HOME=" + home + "\nexec " + filepath.Join(bin, "handrail-browser") + " \"$@\"\n"
			if err := os.WriteFile(relay, []byte(script), 0o755); err != nil {
				t.Fatal(err)
			}
			r := &rig{d: d, site: browsertest.Serve(t, host, unwatchedHost, otherHost)}
			r.b = start(t, d, r.site, browsertest.Options{Extension: browsertest.Extension(t, "../../ui/extension"), Host: relay})
			r.page = r.b.Open(t, r.site.URL(host, "textarea"))

			status := func() (s local.SessionStatus) {
				c := exec.Command(filepath.Join(bin, "handrail"), "status", "--json")
				c.Env = append(d.Env(), "HANDRAIL_HOME="+home)
				out, _ := c.Output() // 1 without a service, which there is none of
				var all struct {
					Session *local.SessionStatus
				}
				if err := json.Unmarshal(out, &all); err == nil && all.Session != nil {
					s = *all.Session
				}
				return s
			}
			wait := func(what string, ok func(local.SessionStatus) bool) {
				t.Helper()
				var s local.SessionStatus
				for end := time.Now().Add(time.Minute); time.Now().Before(end); {
					if s = status(); ok(s) {
						return
					}
				}
				t.Fatalf("%s: never seen; the status is %+v", what, s)
			}
			t.Cleanup(func() { endSession(home) })

			// The proof goes through the whole path.
			wait("a browser with a fresh proof", func(s local.SessionStatus) bool {
				return len(s.Browsers) == 1 && s.Browsers[0].Kind == name && !s.Browsers[0].Proof.IsZero()
			})
			if e := status().Coverage.Of(coverage.Browser); e.State == coverage.Blind || e.Why == coverage.NotProven || e.Why == coverage.TitlesOnly {
				t.Errorf("with a proof, AI sites in browsers are %s, %s", e.State, e.Why)
			}

			// Clean text passes, and nobody asks.
			r.over(t, "Write a poem about cargo.")
			r.page.WaitText(t, "Write a poem about cargo.")

			// A customer list is held; Safe Paste puts tokens in its place.
			var list strings.Builder
			list.WriteString("name,email\n")
			for i := range 14 {
				fmt.Fprintf(&list, "Ana Rossi%c,ana.%s%d@contoso.com\n", 'a'+i, canary, i)
			}
			r.over(t, list.String())
			r.pressHint(t, 0) // the big button, which without an approved tool is Safe Paste
			r.page.Wait(t, "the redacted list", `site.text().then(t => t.includes("[") && t.split("\n").length >= 15)`)
			if got := r.page.Text(t); strings.Contains(got, canary) || strings.Contains(got, "@contoso") || !regexp.MustCompile(`\[[A-Z_]+_[a-z0-9]+\]`).MatchString(got) {
				t.Errorf("the page has %q", got)
			}

			// Paste anyway brings the very text.
			card := "the card is 4716 2580 5997 0930, thanks"
			r.over(t, card)
			r.pressHint(t, 2)
			r.page.WaitText(t, card)

			// The session dies; a paste is not kept back, and the next relay
			// starts another one.
			endSession(home)
			r.over(t, "after the session")
			r.page.WaitText(t, "after the session")

			r.b.Quit(t)
			for _, dir := range []string{home, r.b.Profile} {
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
		})
	}
}

// endSession ends the session of a home, if one runs. The relay started it, so
// it is found by its environment.
func endSession(home string) {
	procs, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, p := range procs {
		env, err := os.ReadFile(p)
		if err != nil || !strings.Contains(string(env), "HANDRAIL_HOME="+home+"\x00") {
			continue
		}
		pid := strings.Split(p, "/")[2]
		args, _ := os.ReadFile("/proc/" + pid + "/cmdline")
		if strings.Contains(string(args), "handrail\x00session") {
			_ = exec.Command("kill", "-9", pid).Run()
		}
	}
}
