// Package doctor looks at each part of an installed Handrail and says what is
// wrong and what to do about it. It only reads, and nothing that it says holds
// what a person did: it can be shown to anybody who helps.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"handrail/agent/config"
	"handrail/agent/local"
	"handrail/detect/policy"
)

// Check is one look at one thing.
type Check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
	// Advice says what to do, "" if nothing.
	Advice string `json:"advice,omitempty"`
}

// Options are where to look.
type Options struct {
	Paths   config.Paths
	Version string
	// Window finds the program that draws the windows.
	Window func() (path string, err error)
	// Env looks up the desktop's environment variables.
	Env func(string) string
	Now time.Time
}

// patience is how long one check may wait for an answer.
const patience = 5 * time.Second

// Run makes every check, in the order that helps most: what others depend on
// comes first. It never fails as a whole.
func Run(ctx context.Context, o Options) []Check {
	return []Check{
		o.settings(), o.policyFile(),
		o.socket(ctx), o.serviceVersion(ctx), o.server(ctx),
		o.display(), o.session(ctx), o.window(),
		o.disk(), o.clock(),
	}
}

// AllOK reports whether nothing is wrong.
func AllOK(checks []Check) bool {
	for _, c := range checks {
		if !c.OK {
			return false
		}
	}
	return true
}

func good(name, format string, args ...any) Check {
	return Check{Name: name, OK: true, Detail: fmt.Sprintf(format, args...)}
}

func bad(name string, err error, advice string) Check {
	return Check{Name: name, Detail: err.Error(), Advice: advice}
}

func (o Options) settings() Check {
	const name = "settings file"
	if _, err := os.Stat(o.Paths.Settings); errors.Is(err, os.ErrNotExist) {
		return good(name, "there is none: Handrail works by itself and reports to nobody")
	}
	s, err := config.LoadSettings(o.Paths.Settings)
	if err != nil {
		return bad(name, err, "correct the line and restart the service; until then the defaults are used")
	}
	if s.Server == "" {
		return good(name, "%s, no server: Handrail works by itself and reports to nobody", o.Paths.Settings)
	}
	return good(name, "%s, server %s", o.Paths.Settings, s.Server)
}

func (o Options) policyFile() Check {
	const name = "policy file"
	b, err := os.ReadFile(o.Paths.Policy)
	if errors.Is(err, os.ErrNotExist) {
		return good(name, "there is none: the built-in policy is used")
	}
	if err != nil {
		return bad(name, err, "make the file readable for everybody: chmod 644 "+o.Paths.Policy)
	}
	p, err := policy.Parse(b)
	if err != nil {
		return bad(name, fmt.Errorf("%s: %w", o.Paths.Policy, err),
			"correct it (handrail policy lint shows everything); until then the last good policy is used")
	}
	if !p.Enabled {
		return good(name, "%s, serial %d, switches Handrail off", o.Paths.Policy, p.Serial)
	}
	return good(name, "%s, serial %d", o.Paths.Policy, p.Serial)
}

func (o Options) hello(ctx context.Context, socket string) (local.Hello, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return local.NewClient(socket, o.Version).Hello(ctx)
}

func (o Options) socket(ctx context.Context) Check {
	const name = "service"
	h, err := o.hello(ctx, o.Paths.ServiceSocket)
	switch wrong := new(local.VersionError); {
	case err == nil, errors.As(err, &wrong):
		return good(name, "answers on %s", o.Paths.ServiceSocket)
	case errors.Is(err, local.ErrNotRunning):
		return bad(name, err, "start it: handrail service start")
	case h.Role != "" && h.Role != local.RoleService:
		return bad(name, fmt.Errorf("a %s answers where the service should", h.Role), "restart the service")
	default:
		return bad(name, err, "restart it: handrail service stop, then handrail service start")
	}
}

func (o Options) serviceVersion(ctx context.Context) Check {
	const name = "service version"
	h, err := o.hello(ctx, o.Paths.ServiceSocket)
	switch wrong := new(local.VersionError); {
	case errors.As(err, &wrong):
		return bad(name, err, "finish the upgrade, then restart the service")
	case err != nil:
		return bad(name, errors.New("unknown, because it does not answer"), "")
	case h.Version != o.Version:
		return Check{Name: name, OK: true,
			Detail: fmt.Sprintf("%s, and this program is %s: they understand each other", h.Version, o.Version),
			Advice: "restart the service to finish the upgrade"}
	default:
		return good(name, "%s, the same as this program", h.Version)
	}
}

func (o Options) server(ctx context.Context) Check {
	const name = "server"
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	st, err := local.NewClient(o.Paths.ServiceSocket, o.Version).Status(ctx)
	switch s := st.Server; {
	case err != nil:
		return bad(name, errors.New("unknown, because the service does not answer"), "")
	case s == nil:
		return good(name, "none: Handrail works by itself and reports to nobody")
	case s.Error != "":
		return bad(name, errors.New(s.Error), "it is tried again by itself; what waits is kept until then")
	case !s.Joined:
		return bad(name, fmt.Errorf("%s: this device is about to join", s.Address), "look again in a minute")
	case s.ReportsError != "":
		return bad(name, errors.New(s.ReportsError), "reports that can be sent later are kept until then")
	case s.Reports == "":
		c := good(name, "%s, this device has joined; no reports are sent", s.Address)
		c.Advice = "set report_server in the settings if reports about nobody should be sent"
		return c
	default:
		return good(name, "%s, this device has joined", s.Address)
	}
}

func (o Options) display() Check {
	const name = "desktop"
	switch kind := o.Env("XDG_SESSION_TYPE"); {
	case o.Env("WAYLAND_DISPLAY") != "" || kind == "wayland":
		return bad(name, errors.New("Wayland: programs get no clipboard and window events there"),
			"use an X11 session to be watched; handrail check works anywhere")
	case o.Env("DISPLAY") != "":
		return good(name, "X11")
	case displayless:
		return bad(name, errors.New("no display"), "run this in the desktop session, not over ssh")
	default:
		return good(name, "native")
	}
}

func (o Options) session(ctx context.Context) Check {
	const name = "session"
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	s, err := local.NewClient(o.Paths.SessionSocket, o.Version).SessionStatus(ctx)
	switch wrong := new(local.VersionError); {
	case errors.As(err, &wrong):
		return bad(name, err, "log out and in again")
	case errors.Is(err, local.ErrNotRunning):
		return bad(name, errors.New("it does not run: nobody watches in this desktop"), "start Handrail from the launcher, or log out and in again")
	case err != nil:
		return bad(name, err, "log out and in again")
	case s.Paused:
		return good(name, "paused")
	case !s.Watching:
		why := "it does not watch"
		if s.LastError != "" {
			why += ": " + s.LastError
		}
		return bad(name, errors.New(why), "handrail status says what is not seen")
	default:
		return good(name, "watching")
	}
}

func (o Options) window() Check {
	const name = "nudge window"
	path, err := o.Window()
	if err != nil {
		return bad(name, err, "install the whole package; until then nudges are native notifications")
	}
	return good(name, "%s", path)
}

// enough is the free space under which reports and ledgers may not fit soon.
const enough = 16 << 20

func (o Options) disk() Check {
	const name = "disk space"
	var said []string
	for _, dir := range []string{o.Paths.ServiceState, o.Paths.UserState} {
		free, err := freeSpace(existing(dir))
		if err != nil {
			return bad(name, fmt.Errorf("%s: %w", dir, err), "")
		}
		if free < enough {
			return bad(name, fmt.Errorf("%d MB are free for %s", free>>20, dir), "free some space: reports wait until they can be stored")
		}
		said = append(said, fmt.Sprintf("%d MB free for %s", free>>20, dir))
	}
	return good(name, "%s", strings.Join(said, ", "))
}

func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// built is a time before any Handrail of this source was made.
var built = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

func (o Options) clock() Check {
	const name = "clock"
	now := o.Now.UTC().Format("2006-01-02 15:04 MST")
	if o.Now.Before(built) {
		return bad(name, fmt.Errorf("it says %s, before Handrail was made", now), "set the clock: batches and certificates depend on it")
	}
	return good(name, "%s", now)
}
