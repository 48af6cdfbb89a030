package config

import (
	"fmt"
	"os"
	"path/filepath"
)

// System returns the layout of an installed Handrail.
func System() (Paths, error) {
	const lib = "/Library/Application Support/Handrail"
	p := Paths{
		Policy:        lib + "/policy.yaml",
		Settings:      lib + "/handrail.yaml",
		ServiceState:  lib + "/service",
		ServiceSocket: "/var/run/handrail/service.sock",
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return Paths{}, fmt.Errorf("finding the home folder: %w", err)
	}
	own := filepath.Join(home, "Library", "Application Support")
	p.user(own, filepath.Join(own, "handrail", "run"))
	return p, nil
}
