package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	daemon "github.com/kardianos/service"

	"handrail/agent/config"
	"handrail/installer/linux"
)

// manageable: other service managers than systemd would run the service as
// root and without a sandbox, so they are not used.
func manageable() error {
	if daemon.Platform() != "linux-systemd" {
		return errors.New("there is no systemd here: run \"handrail service run\" under your own service manager, as an account that owns nothing")
	}
	return nil
}

func managedConfig() *daemon.Config {
	c := daemonConfig(nil)
	if path, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			path = real
		}
		c.Option = daemon.KeyValue{"SystemdScript": linux.Unit(path)}
	}
	return c
}

// packaged is an error when the unit came with a package, which then is the
// one to install and remove it.
func packaged() error {
	for _, dir := range []string{"/lib/systemd/system", "/usr/lib/systemd/system"} {
		unit := filepath.Join(dir, serviceName+".service")
		if _, err := os.Stat(unit); err == nil {
			return fmt.Errorf("a package brought the service (%s): install and remove that instead", unit)
		}
	}
	return nil
}

// deleteState removes what the service has kept. With DynamicUser= the folder
// is a link to one that only root can enter.
func deleteState(p config.Paths) error {
	return errors.Join(
		os.RemoveAll(filepath.Join(filepath.Dir(p.ServiceState), "private", filepath.Base(p.ServiceState))),
		os.RemoveAll(p.ServiceState),
	)
}
