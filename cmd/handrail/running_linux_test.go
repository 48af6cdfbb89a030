package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/agent/config"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/session"
	"handrail/detect/allow"
)

// serve answers on a socket until the test ends.
func serve(t *testing.T, path string, role local.Role, h http.Handler) {
	t.Helper()
	l, err := local.Listen(path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		s := local.Server{Role: role, Version: version, Handler: h, Allow: local.SameUser, Log: slog.New(slog.DiscardHandler)}
		ended <- s.Serve(ctx, l)
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
}

// handrail runs a command line and returns what it prints.
func handrail(home string, args ...string) (string, error) {
	var out bytes.Buffer
	root := newRoot()
	root.SetOut(&out)
	root.SetErr(io.Discard)
	root.SetArgs(append([]string{"--home", home}, args...))
	err := root.Execute()
	return out.String(), err
}

// The session holds the list in memory, so a command that changed the file
// behind its back would see its change undone. The session is asked.
func TestForgetAsksARunningSession(t *testing.T) {
	home := t.TempDir()
	paths := config.Under(home)
	if err := os.MkdirAll(paths.UserState, 0o700); err != nil {
		t.Fatal(err)
	}
	key := [32]byte{1}
	list := allow.New(key)
	list.Add(list.Mark("iban", []byte("x")), time.Now())
	b, err := list.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(paths.UserState, learnedFile)
	for path, content := range map[string][]byte{file: b, filepath.Join(paths.UserState, learnedKey): key[:]} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(paths.SessionSocket), 0o700); err != nil {
		t.Fatal(err)
	}
	asked := make(chan forgetRequest, 1)
	able := http.NewServeMux()
	able.HandleFunc("POST /v1/forget", func(w http.ResponseWriter, r *http.Request) {
		var f forgetRequest
		if err := json.NewDecoder(r.Body).Decode(&f); err != nil {
			local.Refuse(w, err)
			return
		}
		asked <- f
		local.Reply(w, struct{}{})
	})
	serve(t, paths.SessionSocket, local.RoleSession, able)
	out, err := handrail(home, "learned", "forget", "--all")
	if err != nil || out != "Forgotten: 1 entry.\n" {
		t.Fatalf("%q, %v", out, err)
	}
	if f := <-asked; len(f.IDs) != 1 || f.IDs[0] != list.Entries()[0].Digest {
		t.Errorf("asked for %v", f)
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, b) {
		t.Errorf("the file was changed beside the session (%v)", err)
	}
}

// The device's ledger comes from the service, as anybody on the device sees it.
func TestDeviceLedgerComesFromTheService(t *testing.T) {
	home := t.TempDir()
	paths := config.Under(home)
	elsewhere := filepath.Join(t.TempDir(), ledger.Name)
	l, err := ledger.Open(elsewhere, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(ledger.Enrolment, []byte("hello fleet")); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/ledger", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, elsewhere) })
	serve(t, paths.ServiceSocket, local.RoleService, mux)
	for want, args := range map[string][]string{
		"This computer sent 1 entry:":                    {"ledger", "--device"},
		"hello fleet":                                    {"ledger", "--device", "show", "1"},
		"The ledger is whole: 1 entry sent, 0 receipts,": {"ledger", "verify", "--device"},
	} {
		if out, err := handrail(home, args...); err != nil || !strings.HasPrefix(out, want) {
			t.Errorf("%v: %q, %v", args, out, err)
		}
	}
	if err := os.WriteFile(elsewhere, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := handrail(home, "ledger", "verify", "--device"); err == nil || !strings.Contains(err.Error(), "broken at line 1: edited") {
		t.Errorf("a broken one: %v", err)
	}
}

// What Safe Paste keeps is in the session's memory only, so it is asked for how
// much there was.
func TestForgetSaysHowManyValuesAreWiped(t *testing.T) {
	home, values := t.TempDir(), 0
	paths := config.Under(home)
	if err := os.MkdirAll(filepath.Dir(paths.SessionSocket), 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := handrail(home, "forget"); err == nil || !strings.Contains(err.Error(), "no Handrail session") {
		t.Errorf("without a session: %q, %v", out, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/safe-paste/forget", func(w http.ResponseWriter, _ *http.Request) { local.Reply(w, session.Forgot{Values: values}) })
	serve(t, paths.SessionSocket, local.RoleSession, mux)
	for n, want := range []string{"nothing to forget", "one value", "2 values"} {
		values = n
		if out, err := handrail(home, "forget"); err != nil || !strings.Contains(out, want) {
			t.Errorf("%d values: %q, %v; want %q", n, out, err, want)
		}
	}
}
