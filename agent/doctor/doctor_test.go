//go:build linux

package doctor

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"handrail/agent/config"
	"handrail/agent/local"
)

func options(t *testing.T) Options {
	t.Helper()
	p := config.Under(t.TempDir())
	if err := os.MkdirAll(filepath.Dir(p.SessionSocket), 0o700); err != nil {
		t.Fatal(err)
	}
	return Options{
		Paths: p, Version: "1.0.0", Now: built.Add(time.Hour),
		Window: func() (string, error) { return "/usr/bin/handrail-ui", nil },
		Env:    func(name string) string { return map[string]string{"DISPLAY": ":0"}[name] },
	}
}

// serve answers on a socket until the test ends.
func serve(t *testing.T, path string, srv *local.Server) {
	t.Helper()
	l, err := local.Listen(path, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	srv.Log = slog.New(slog.DiscardHandler)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ctx, l) }()
	t.Cleanup(func() { cancel(); <-done })
}

func session(s local.SessionStatus) *local.Server {
	return &local.Server{Role: local.RoleSession, Version: "1.0.0",
		Handler: local.SessionHandler(func(context.Context) local.SessionStatus { return s })}
}

// known is a service of which only the status is asked.
type known struct {
	local.Service
	status local.ServiceStatus
}

func (k known) Status(context.Context, local.Caller) local.ServiceStatus { return k.status }

func service(s *local.ServerStatus) *local.Server {
	return &local.Server{Role: local.RoleService, Version: "1.0.0", Handler: local.ServiceHandler(known{status: local.ServiceStatus{Server: s}})}
}

func find(t *testing.T, checks []Check, name string) Check {
	t.Helper()
	for _, c := range checks {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no check named %q", name)
	return Check{}
}

func TestAllIsWell(t *testing.T) {
	o := options(t)
	serve(t, o.Paths.ServiceSocket, service(&local.ServerStatus{Address: "https://h.example", Reports: "https://r.example", Joined: true}))
	serve(t, o.Paths.SessionSocket, session(local.SessionStatus{Watching: true}))
	put(t, o.Paths.Settings, "server: https://h.example\n")
	put(t, o.Paths.Policy, "version: 1\nserial: 12\n")
	checks := Run(t.Context(), o)
	for _, c := range checks {
		if !c.OK || c.Advice != "" {
			t.Errorf("%+v", c)
		}
	}
	if !AllOK(checks) || len(checks) != 10 {
		t.Errorf("%d checks", len(checks))
	}
	if c := find(t, checks, "policy file"); !strings.Contains(c.Detail, "serial 12") {
		t.Errorf("%+v", c)
	}
}

// Each thing that is wrong is found by its own check, with advice.
func TestWhatIsWrongIsFound(t *testing.T) {
	for _, tt := range []struct {
		check, want string
		spoil       func(*testing.T, *Options)
	}{
		{"settings file", `unknown key "x"`, func(t *testing.T, o *Options) { put(t, o.Paths.Settings, "x: 1\n") }},
		{"policy file", "line 3", func(t *testing.T, o *Options) { put(t, o.Paths.Policy, "version: 1\nserial: 1\nbroken: 1\n") }},
		{"policy file", "is a directory", func(t *testing.T, o *Options) {
			if err := os.Mkdir(o.Paths.Policy, 0o700); err != nil {
				t.Fatal(err)
			}
		}},
		{"service", "nobody answers", func(*testing.T, *Options) {}},
		{"service version", "protocol 7", func(t *testing.T, o *Options) { newer(t, o.Paths.ServiceSocket) }},
		{"server", "no such secret", func(t *testing.T, o *Options) {
			serve(t, o.Paths.ServiceSocket, service(&local.ServerStatus{Address: "https://h.example", Error: "no such secret"}))
		}},
		{"server", "about to join", func(t *testing.T, o *Options) {
			serve(t, o.Paths.ServiceSocket, service(&local.ServerStatus{Address: "https://h.example"}))
		}},
		{"server", "the clock", func(t *testing.T, o *Options) {
			serve(t, o.Paths.ServiceSocket, service(&local.ServerStatus{Joined: true, ReportsError: "look at the clock"}))
		}},
		{"desktop", "Wayland", func(_ *testing.T, o *Options) {
			o.Env = func(n string) string { return map[string]string{"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}[n] }
		}},
		{"desktop", "no display", func(_ *testing.T, o *Options) { o.Env = func(string) string { return "" } }},
		{"session", "nobody watches", func(*testing.T, *Options) {}},
		{"session", "the display is gone", func(t *testing.T, o *Options) {
			serve(t, o.Paths.SessionSocket, session(local.SessionStatus{LastError: "the display is gone"}))
		}},
		{"session", "protocol 7", func(t *testing.T, o *Options) { newer(t, o.Paths.SessionSocket) }},
		{"nudge window", "no window", func(_ *testing.T, o *Options) {
			o.Window = func() (string, error) { return "", errors.New("no window") }
		}},
		{"clock", "1999", func(_ *testing.T, o *Options) { o.Now = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC) }},
	} {
		t.Run(tt.check+" "+tt.want, func(t *testing.T) {
			o := options(t)
			tt.spoil(t, &o)
			checks := Run(t.Context(), o)
			c := find(t, checks, tt.check)
			if c.OK || !strings.Contains(c.Detail, tt.want) || c.Advice == "" || AllOK(checks) {
				t.Errorf("%+v", c)
			}
		})
	}
}

func TestPausedIsNoFault(t *testing.T) {
	o := options(t)
	serve(t, o.Paths.SessionSocket, session(local.SessionStatus{Paused: true}))
	if c := find(t, Run(t.Context(), o), "session"); !c.OK || c.Detail != "paused" {
		t.Errorf("%+v", c)
	}
}

func TestLittleSpace(t *testing.T) {
	o := options(t)
	if err := os.Mkdir(o.Paths.UserState, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("tmpfs", o.Paths.UserState, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a small disk can't be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(o.Paths.UserState, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	c := find(t, Run(t.Context(), o), "disk space")
	if c.OK || !strings.Contains(c.Detail, o.Paths.UserState) || c.Advice == "" {
		t.Errorf("%+v", c)
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// newer answers as a Handrail of a later version would.
func newer(t *testing.T, path string) {
	t.Helper()
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUpgradeRequired)
		fmt.Fprint(w, `{"protocol":7,"version":"9.0.0","role":"service"}`)
	})}
	done := make(chan struct{})
	go func() { _ = srv.Serve(l); close(done) }()
	t.Cleanup(func() { srv.Close(); <-done })
}
