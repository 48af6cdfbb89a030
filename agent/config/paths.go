// Package config knows where Handrail's files are, what the settings file
// says, and which policy is in force. Everything is decoded once into structs;
// nothing else in Handrail reads environment variables or settings.
package config

import (
	"fmt"
	"os"
	"path/filepath"
)

// HomeVar is the one environment variable of Handrail's own: a folder that holds
// everything, instead of the system's folders. It is for development and the
// demo; the flag --home overrides it.
const HomeVar = "HANDRAIL_HOME"

// Paths is where Handrail's files are. No folder needs to exist yet.
type Paths struct {
	Policy   string // the managed policy file
	Settings string // the settings file

	ServiceState  string // folder of the service: spool, ledger, last good policy
	ServiceSocket string // socket of the service

	UserState     string // folder of the person: tally, ledger, learned list
	UserRuntime   string // folder that is gone after logging out
	SessionSocket string // socket of the person's session

	// Home is the folder that holds all of the above, "" for the system's layout.
	Home string
}

// Find returns the layout below home, or the system's when home is "".
func Find(home string) (Paths, error) {
	if home == "" {
		return System()
	}
	abs, err := filepath.Abs(home)
	if err != nil {
		return Paths{}, fmt.Errorf("finding the folder %s: %w", home, err)
	}
	return Under(abs), nil
}

// Under returns a layout in which everything is below one folder and nothing
// needs root. Service and session must run as the same account.
func Under(home string) Paths {
	return Paths{
		Policy:        filepath.Join(home, "policy.yaml"),
		Settings:      filepath.Join(home, "handrail.yaml"),
		ServiceState:  filepath.Join(home, "service"),
		ServiceSocket: filepath.Join(home, "service.sock"),
		UserState:     filepath.Join(home, "user"),
		UserRuntime:   filepath.Join(home, "run"),
		SessionSocket: filepath.Join(home, "run", "session.sock"),
		Home:          home,
	}
}

// user fills in the person's folders below state and runtime.
func (p *Paths) user(state, runtime string) {
	p.UserState = filepath.Join(state, "handrail")
	p.UserRuntime = filepath.Join(runtime, "handrail")
	p.SessionSocket = filepath.Join(p.UserRuntime, "session.sock")
}

// KeptPolicy is where the service keeps the last policy that was good.
func (p Paths) KeptPolicy() string { return filepath.Join(p.ServiceState, "policy.last-good.yaml") }

// DeviceLedger is the file of what was sent about this device.
func (p Paths) DeviceLedger() string { return filepath.Join(p.ServiceState, "device-ledger.jsonl") }

// Spool is the folder of handed reports that wait to be sent.
func (p Paths) Spool() string { return filepath.Join(p.ServiceState, "spool") }

// DeviceKey is the folder of the device's key and of what it knows about the
// server that it joined.
func (p Paths) DeviceKey() string { return filepath.Join(p.ServiceState, "device") }

// CredentialFile is the file in which systemd hands the service the secret of
// /etc/handrail/enrol-secret, which only root can read; "" where there is no
// such hand-over. See LoadCredential= in systemd.exec(5).
func CredentialFile() string {
	dir := os.Getenv("CREDENTIALS_DIRECTORY")
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "enrol-secret")
}
