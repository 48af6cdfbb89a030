package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"handrail/agent/coverage"
)

// DeviceID names a device on the health plane. It is random, given at
// enrolment, and never part of a behaviour report.
type DeviceID string

// AgentVersion is Handrail's own version, such as "1.4.2" or "1.5.0-rc.1".
type AgentVersion string

// Health is how a device is: identified, and without anything that a person
// did. It has no time, no AI tool, and one reason for everything that ends in
// nobody watching (see coverage.NotWatching).
type Health struct {
	V        int            `json:"v"`
	Device   DeviceID       `json:"device"`
	Agent    AgentVersion   `json:"agent"`
	Platform Platform       `json:"platform"`
	Policy   uint64         `json:"policy"`
	Coverage coverage.Table `json:"coverage"`
	// Errors are sorted by name, each once.
	Errors []ErrorCount `json:"errors"`
}

// ErrorCount is how often one thing went wrong since the last health report,
// as a category: an exact number could mirror what somebody did.
type ErrorCount struct {
	Name  ErrorName `json:"name"`
	Often Often     `json:"often"`
}

// ErrorName is the closed list of what can go wrong.
type ErrorName uint8

// The errors, all of them about Handrail's own parts.
const (
	ErrorPolicy  ErrorName = iota + 1 // a policy was refused; the last good one stays
	ErrorSensor                       // a sensor stopped and was restarted
	ErrorWindow                       // the window process ended and was restarted
	ErrorSession                      // a session ended unexpectedly
	ErrorLedger                       // a ledger could not be written or is broken
	ErrorTally                        // a tally was damaged and set aside
	ErrorSpool                        // the spool could not be written
	ErrorServer                       // the fleet server refused something
	ErrorLocal                        // somebody sent garbage to the local socket
)

var errorNames = [...]string{"", "policy", "sensor", "window", "session", "ledger", "tally", "spool", "server", "local"}

// ErrorNames returns every error.
func ErrorNames() []ErrorName {
	all := make([]ErrorName, 0, len(errorNames)-1)
	for i := 1; i < len(errorNames); i++ {
		all = append(all, ErrorName(i))
	}
	return all
}

// String returns the error's name in reports.
func (e ErrorName) String() string { return nameOf(errorNames[:], e) }

// MarshalText implements encoding.TextMarshaler.
func (e ErrorName) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (e *ErrorName) UnmarshalText(b []byte) (err error) {
	*e, err = valueOf[ErrorName](errorNames[:], b)
	return err
}

// Platform is the closed list of systems.
type Platform uint8

// The platforms.
const (
	OtherPlatform Platform = iota + 1
	LinuxAMD64
	LinuxARM64
	WindowsAMD64
	WindowsARM64
	DarwinAMD64
	DarwinARM64
)

var platformNames = [...]string{"", "other", "linux_amd64", "linux_arm64", "windows_amd64", "windows_arm64", "darwin_amd64", "darwin_arm64"}

// Platforms returns every platform.
func Platforms() []Platform {
	return []Platform{OtherPlatform, LinuxAMD64, LinuxARM64, WindowsAMD64, WindowsARM64, DarwinAMD64, DarwinARM64}
}

// PlatformOf returns the platform of runtime.GOOS and runtime.GOARCH.
func PlatformOf(goos, goarch string) Platform {
	p, err := valueOf[Platform](platformNames[:], []byte(goos+"_"+goarch))
	if err != nil {
		return OtherPlatform
	}
	return p
}

// String returns the platform's name in reports.
func (p Platform) String() string { return nameOf(platformNames[:], p) }

// MarshalText implements encoding.TextMarshaler.
func (p Platform) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (p *Platform) UnmarshalText(b []byte) (err error) {
	*p, err = valueOf[Platform](platformNames[:], b)
	return err
}

// MaxHealth bounds a health report in bytes.
const MaxHealth = 4096

// EncodeHealth writes a health report: the same health always gives the same
// bytes. It sets the version, orders the coverage table and sorts the errors.
func EncodeHealth(h Health) ([]byte, error) {
	h.V = Version
	table := make(coverage.Table, 0, len(h.Coverage))
	for _, s := range coverage.Surfaces() {
		table = append(table, h.Coverage.Of(s))
	}
	h.Coverage = table
	h.Errors = slices.Clone(h.Errors)
	slices.SortFunc(h.Errors, func(a, b ErrorCount) int { return strings.Compare(a.Name.String(), b.Name.String()) })
	if h.Errors == nil {
		h.Errors = []ErrorCount{}
	}
	if err := h.check(); err != nil {
		return nil, err
	}
	b, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("writing a health report: %w", err)
	}
	return b, nil
}

// DecodeHealth reads a health report. It accepts only the bytes that
// EncodeHealth writes; its errors wrap ErrMalformed and repeat nothing.
func DecodeHealth(b []byte) (Health, error) {
	if len(b) > MaxHealth {
		return Health{}, fmt.Errorf("%w: it is longer than %d bytes", ErrMalformed, MaxHealth)
	}
	var h Health
	if err := strictly(b, &h); err != nil {
		return Health{}, err
	}
	if h.V != Version {
		return Health{}, fmt.Errorf("%w: it is of another version", ErrMalformed)
	}
	again, err := EncodeHealth(h)
	if err != nil {
		return Health{}, err
	}
	if !bytes.Equal(again, b) {
		return Health{}, fmt.Errorf("%w: it is not written as EncodeHealth writes it", ErrMalformed)
	}
	return h, nil
}

func (h Health) check() error {
	if !validID(string(h.Device)) {
		return fmt.Errorf("%w: bad device id", ErrMalformed)
	}
	if !validVersion(string(h.Agent)) {
		return fmt.Errorf("%w: bad agent version", ErrMalformed)
	}
	if h.Platform.String() == "" {
		return fmt.Errorf("%w: bad platform", ErrMalformed)
	}
	for _, e := range h.Coverage {
		if e.Surface.String() == "" || e.State.String() == "" || e.Why != coverage.None && e.Why.String() == "" {
			return fmt.Errorf("%w: bad coverage", ErrMalformed)
		}
	}
	for i, e := range h.Errors {
		if e.Name.String() == "" || e.Often.String() == "" || i > 0 && h.Errors[i-1].Name == e.Name {
			return fmt.Errorf("%w: bad error counter", ErrMalformed)
		}
	}
	return nil
}

// validVersion says whether s is three numbers and perhaps a short suffix:
// 1.4.2, 0.1.0-dev, 1.5.0-rc.1.
func validVersion(s string) bool {
	numbers, suffix, has := strings.Cut(s, "-")
	if has && (suffix == "" || len(suffix) > 16 || strings.Trim(suffix, "abcdefghijklmnopqrstuvwxyz0123456789.") != "") {
		return false
	}
	parts := strings.Split(numbers, ".")
	if len(parts) != 3 {
		return false
	}
	for _, p := range parts {
		if p == "" || len(p) > 5 || strings.Trim(p, "0123456789") != "" {
			return false
		}
	}
	return true
}
