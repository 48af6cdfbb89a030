//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"handrail/agent/browser"
	"handrail/agent/config"
	"handrail/agent/local"
	rollout "handrail/installer/browser"
)

// build makes the program, alone in a folder.
func build(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "handrail-browser")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return bin
}

func TestTheRelayCarriesBothWaysUntilTheSessionEnds(t *testing.T) {
	home := t.TempDir()
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
		c, err := local.Hijack(w, r, "handrail-browser")
		if err != nil {
			return
		}
		defer c.Close() // the session ends after one frame
		if b, err := browser.ReadFrame(c, browser.MaxFromBrowser); err == nil {
			_ = browser.WriteFrame(c, b[:10], browser.MaxToBrowser)
		}
	})
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	srv := &local.Server{Role: local.RoleSession, Version: "1", Allow: local.SameUser, Handler: mux, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	go func() { served <- srv.Serve(ctx, l) }()
	defer func() { stop(); <-served }()

	cmd := exec.Command(build(t), sourceOrigin)
	cmd.Env = append(os.Environ(), config.HomeVar+"="+home)
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	big := bytes.Repeat([]byte("canary-text "), 400<<10)
	if err := browser.WriteFrame(in, big, browser.MaxFromBrowser); err != nil {
		t.Fatal(err)
	}
	if b, err := browser.ReadFrame(out, browser.MaxToBrowser); err != nil || string(b) != "canary-tex" {
		t.Errorf("got %q, %v", b, err)
	}
	if _, err := browser.ReadFrame(out, browser.MaxToBrowser); err != io.EOF {
		t.Errorf("after the session's end: %v", err)
	}
	_ = cmd.Wait()
	if said.Len() > 0 {
		t.Errorf("it says %q", said.String())
	}
}

func TestWhereNoSessionCanStartNobodyWatches(t *testing.T) {
	cmd := exec.Command(build(t), sourceOrigin) // no handrail beside it
	cmd.Env = append(os.Environ(), config.HomeVar+"="+t.TempDir())
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, _ := cmd.Output()
	if b, err := browser.ReadFrame(bytes.NewReader(out), browser.MaxToBrowser); err != nil || string(b) != `{"kind":"nobody"}` {
		t.Errorf("got %q, %v", b, err)
	}
}

func TestOthersAreTurnedAway(t *testing.T) {
	bin := build(t)
	for _, args := range [][]string{nil, {"chrome-extension://abcdefghijklmnopabcdefghijklmnop/"}, {"/etc/x.json", "other@add.on"}} {
		out, err := exec.Command(bin, args...).CombinedOutput()
		if x, ok := err.(*exec.ExitError); !ok || x.ExitCode() != 2 || !strings.Contains(string(out), "Handrail browser extension") {
			t.Errorf("%q: %v, %s", args, err, out)
		}
	}
}

// The packages that an organisation makes have another key, and so another id.
func TestTheIDOfAnInstalledManifestIsOurs(t *testing.T) {
	const id = "abcdefghijklmnopabcdefghijklmnop"
	dir := t.TempDir()
	text, err := rollout.Host(rollout.Chrome, id, "/usr/bin/handrail-browser")
	if err != nil {
		t.Fatal(err)
	}
	// As the deb does it: the manifest is elsewhere, and linked to.
	file, link, broken := filepath.Join(dir, "host.json"), filepath.Join(dir, "link.json"), filepath.Join(dir, "broken.json")
	err = errors.Join(os.WriteFile(file, text, 0o644), os.Symlink(file, link), os.WriteFile(broken, []byte("{"), 0o644))
	if err != nil {
		t.Fatal(err)
	}
	installed := []string{filepath.Join(dir, "missing.json"), broken, link}
	for _, c := range []struct {
		args, manifests []string
		want            bool
	}{
		{[]string{"chrome-extension://" + id + "/"}, installed, true},
		{[]string{"chrome-extension://" + id + "/", "--parent-window=7"}, installed, true},
		{[]string{"chrome-extension://" + id + "/"}, installed[:2], false},
		{[]string{"chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba/"}, installed, false},
		{[]string{id}, installed, false},
		{[]string{""}, installed, false},
		{[]string{sourceOrigin}, nil, true},
		{[]string{link, rollout.FirefoxID}, nil, true},
		{[]string{rollout.FirefoxID}, installed, false},
	} {
		if got := ours(c.args, c.manifests); got != c.want {
			t.Errorf("%q with %d manifests: %v, want %v", c.args, len(c.manifests), got, c.want)
		}
	}
}
