package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// System returns the layout of an installed Handrail, with the person's
// folders by the XDG base directory specification.
func System() (Paths, error) {
	p := Paths{
		Policy:        "/etc/handrail/policy.yaml",
		Settings:      "/etc/handrail/handrail.yaml",
		ServiceState:  "/var/lib/handrail",
		ServiceSocket: "/run/handrail/service.sock",
	}
	state := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) { // the specification: a relative one is ignored
		home, err := os.UserHomeDir()
		if err != nil {
			// A service account has none, and needs none.
			home = "/nonexistent"
		}
		state = filepath.Join(home, ".local", "state")
	}
	runtime := os.Getenv("XDG_RUNTIME_DIR")
	if !filepath.IsAbs(runtime) {
		runtime = fmt.Sprintf("/run/user/%d", os.Getuid())
		if _, err := os.Stat(runtime); errors.Is(err, os.ErrNotExist) {
			// No login manager made one: a folder of one's own does too.
			runtime = filepath.Join(state, "handrail", "run")
		}
	}
	p.user(state, runtime)
	return p, nil
}
