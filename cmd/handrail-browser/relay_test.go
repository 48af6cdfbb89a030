//go:build unix

package main

import (
	"bytes"
	"context"
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

	cmd := exec.Command(build(t), chromiumOrigin)
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
	cmd := exec.Command(build(t), chromiumOrigin) // no handrail beside it
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
