package config

import (
	"fmt"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// System returns the layout of an installed Handrail. The folders come from
// the system and not from the environment, which differs in services.
func System() (Paths, error) {
	data, err := windows.KnownFolderPath(windows.FOLDERID_ProgramData, 0)
	if err != nil {
		return Paths{}, fmt.Errorf("finding the program data folder: %w", err)
	}
	own, err := windows.KnownFolderPath(windows.FOLDERID_LocalAppData, 0)
	if err != nil {
		return Paths{}, fmt.Errorf("finding the local app data folder: %w", err)
	}
	data = filepath.Join(data, "Handrail")
	p := Paths{
		Policy:        filepath.Join(data, "policy.yaml"),
		Settings:      filepath.Join(data, "handrail.yaml"),
		ServiceState:  filepath.Join(data, "service"),
		ServiceSocket: `\\.\pipe\handrail-service`,
	}
	p.user(own, filepath.Join(own, "handrail", "run"))
	return p, nil
}
