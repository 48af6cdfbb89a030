package browsertest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handrail/agent/browsertest"
	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
	rollout "handrail/installer/browser"
)

// TestSilentDeath is about extensions that are there no more and say nothing:
// green must not outlive them by a minute. Chromium has them as IT gives them,
// by policies that change while it runs.
func TestSilentDeath(t *testing.T) {
	t.Run("chromium", func(t *testing.T) {
		desktoptest.Need(t, "chromium")
		in := install(t)
		first, second := in.pack(t), in.pack(t)
		in.manage(t, first)
		site := browsertest.Serve(t, host)
		b := browsertest.Chromium(t, in.d, site, browsertest.Options{Machine: in.m})
		in.covers(t, coverage.Seen, coverage.None)

		// The person switches it off, and on again.
		b.SetEnabled(t, first.id, false)
		in.covers(t, coverage.Partly, coverage.NoExtension)
		b.SetEnabled(t, first.id, true)
		in.covers(t, coverage.Seen, coverage.None)

		in.sessionDies(t)
		in.covers(t, coverage.Seen, coverage.None)

		// It is replaced by one with another id, whom nobody lets in.
		in.policy(t, second)
		in.covers(t, coverage.Partly, coverage.NoExtension)
		in.host(t, second)
		in.policy(t, first)
		in.host(t, first)
		in.covers(t, coverage.Seen, coverage.None)
	})
	t.Run("firefox", func(t *testing.T) {
		desktoptest.Need(t, "firefox-esr")
		in := install(t)
		site := browsertest.Serve(t, host)
		extension := browsertest.Extension(t, "../../ui/extension")
		b := browsertest.Firefox(t, in.d, site, browsertest.Options{Extension: extension, Host: in.relay, Machine: in.m})
		// As green as it gets without a policy that lets it into private windows.
		in.covers(t, coverage.Partly, coverage.Unguarded)
		in.sessionDies(t)
		in.covers(t, coverage.Partly, coverage.Unguarded)

		b.RemoveExtension(t)
		in.covers(t, coverage.Partly, coverage.NoExtension)
		b.AddExtension(t, extension)
		in.covers(t, coverage.Partly, coverage.Unguarded)

		// Another id.
		b.RemoveExtension(t)
		name := filepath.Join(extension, "manifest.json")
		manifest, err := os.ReadFile(name)
		if err == nil {
			err = os.WriteFile(name, []byte(strings.Replace(string(manifest), rollout.FirefoxID, "other@handrail.dev", 1)), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		b.AddExtension(t, extension)
		in.covers(t, coverage.Partly, coverage.NoExtension)
	})
}

// sessionDies kills the session, sees that the status says so, and lets the
// relay start another one.
func (in *installation) sessionDies(t *testing.T) {
	t.Helper()
	program := filepath.Join(in.bin, "handrail")
	away := program + "-away"
	if err := os.Link(program, away); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(program); err != nil { // no relay can start it
		t.Fatal(err)
	}
	in.endSession()
	in.program = away
	in.within(t, "no session", func(s *local.SessionStatus) bool { return s == nil })
	if err := os.Rename(away, program); err != nil {
		t.Fatal(err)
	}
	in.program = program
	_ = os.Remove(filepath.Join(in.home, "run/browser-started")) // relays wait a minute else
}

// packed is the extension with a key of its own.
type packed struct{ dir, id string }

func (in *installation) pack(t *testing.T) packed {
	t.Helper()
	p := packed{dir: t.TempDir()}
	key := filepath.Join(p.dir, "key.pem")
	if err := os.WriteFile(key, in.handrail(t, "browser", "key"), 0o600); err != nil {
		t.Fatal(err)
	}
	source, err := filepath.Abs("../../ui/extension")
	if err != nil {
		t.Fatal(err)
	}
	in.handrail(t, "browser", "pack", "--from", source, "--key", key, "--out", p.dir, "--as", "1.0.0", "--base-url", "file://"+p.dir)
	updates, err := os.ReadFile(filepath.Join(p.dir, rollout.UpdatesName))
	if err == nil {
		p.id, err = rollout.UpdatesID(updates)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// manage gives Chromium the policy and the manifest.
func (in *installation) manage(t *testing.T, p packed) {
	t.Helper()
	in.host(t, p)
	in.policy(t, p)
}

// host lets this extension, and no other, start the relay.
func (in *installation) host(t *testing.T, p packed) {
	t.Helper()
	in.m.Put(t, rollout.HostPlace(rollout.Chromium, rollout.Linux),
		in.handrail(t, "browser", "host", "--for", "chromium", "--os", "linux", "--extension", p.id, "--program", in.relay))
}

// policy lets Chromium install this extension and no other, but so that the
// person may switch it off, which a forced one doesn't allow.
func (in *installation) policy(t *testing.T, p packed) {
	t.Helper()
	text := in.handrail(t, "browser", "policy", "--for", "chromium", "--os", "linux", "--private", "off",
		"--extension", p.id, "--update-url", "file://"+filepath.Join(p.dir, rollout.UpdatesName))
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	delete(all, "ExtensionInstallForcelist")
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.ReplaceAll(text, []byte("force_installed"), []byte("normal_installed"))
	in.m.Put(t, (rollout.Rollout{Browser: rollout.Chromium, System: rollout.Linux}).PolicyPlace(), text)
}
