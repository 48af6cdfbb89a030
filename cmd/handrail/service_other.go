//go:build !linux

package main

import (
	"errors"

	daemon "github.com/kardianos/service"

	"handrail/agent/config"
)

func manageable() error {
	return errors.New("installing the service is not built for this system yet: \"handrail service run\" works in the foreground")
}

func managedConfig() *daemon.Config { return daemonConfig(nil) }

func packaged() error { return nil }

func deleteState(config.Paths) error { return nil }
