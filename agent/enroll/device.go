// Package enroll makes a computer a device of its organisation's fleet. It
// keeps the device's key and counter, joins with a secret that is used once,
// and signs check-ins. It does not decide when to do what, and never meets a
// report about behaviour.
//
//	d, err := enroll.Open(dir, "https://handrail.example.org")
//	err = d.Join(ctx, enroll.Joining{...})
//	header, err := d.Sign(body) // for one check-in
package enroll

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"handrail/agent/durable"
	"handrail/agent/report"
)

// Device is this computer towards one server. It is safe for concurrent use.
type Device struct {
	dir, server string

	mu      sync.Mutex // guards the rest
	key     ed25519.PrivateKey
	state   state
	counter uint64 // of the last check-in that was signed
}

// state is what device.json holds.
type state struct {
	// Server is the one the key belongs to: another one gets another key, so
	// that two servers can't tell that it is the same computer.
	Server string          `json:"server"`
	Device report.DeviceID `json:"device,omitempty"` // "" before it has joined
	// Secret is the SHA-256 of the secret that was used, in hexadecimal. A file
	// that can't be removed is known by it.
	Secret string `json:"secret,omitempty"`
}

func (d *Device) keyFile() string     { return filepath.Join(d.dir, "key") }
func (d *Device) stateFile() string   { return filepath.Join(d.dir, "device.json") }
func (d *Device) counterFile() string { return filepath.Join(d.dir, "counter") }

// Open returns the device that dir holds for this server. The folder is made
// if need be, closed to other accounts, and gets a new key when the key in it
// belongs to another server.
func Open(dir, server string) (*Device, error) {
	d := &Device{dir: dir, server: server}
	if err := d.open(); err != nil {
		return nil, fmt.Errorf("opening the device's key: %w", err)
	}
	return d, nil
}

func (d *Device) open() error {
	if err := durable.PrivateDir(d.dir); err != nil {
		return err
	}
	b, err := os.ReadFile(d.stateFile())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		if err := json.Unmarshal(b, &d.state); err != nil {
			return fmt.Errorf("%s is damaged: remove it, and hand out a new enrolment secret", d.stateFile())
		}
	}
	if d.state.Server != d.server {
		return d.begin()
	}
	hexed, err := os.ReadFile(d.keyFile())
	if errors.Is(err, fs.ErrNotExist) {
		return d.begin()
	}
	if err != nil {
		return err
	}
	seed, err := hex.DecodeString(string(bytes.TrimSpace(hexed)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return fmt.Errorf("%s is damaged: remove it, and hand out a new enrolment secret", d.keyFile())
	}
	d.key = ed25519.NewKeyFromSeed(seed)
	// A lost counter is no harm: the server tells where to go on.
	if c, err := os.ReadFile(d.counterFile()); err == nil {
		d.counter, _ = report.ParseCounter(string(bytes.TrimSpace(c)))
	}
	return nil
}

// begin makes a new key. The state, written last, makes it valid.
func (d *Device) begin() error {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return err
	}
	if err := durable.Remove(d.stateFile()); err != nil {
		return err
	}
	if err := durable.Remove(d.counterFile()); err != nil {
		return err
	}
	if err := durable.Replace(d.keyFile(), hex.AppendEncode(nil, key.Seed()), 0o600); err != nil {
		return err
	}
	d.key, d.counter = key, 0
	return d.save(state{Server: d.server})
}

func (d *Device) save(s state) error {
	b, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := durable.Replace(d.stateFile(), b, 0o600); err != nil {
		return err
	}
	d.state = s
	return nil
}

// ID returns the device's id, "" before it has joined.
func (d *Device) ID() report.DeviceID {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.state.Device
}

// Sign returns the headers of one check-in with exactly this body. Its counter
// is on the disk before it returns, so none is used twice.
func (d *Device) Sign(body []byte) (http.Header, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.state.Device == "" {
		return nil, errors.New("signing a check-in: this computer has not joined")
	}
	if err := d.count(d.counter + 1); err != nil {
		return nil, fmt.Errorf("signing a check-in: %w", err)
	}
	h := http.Header{}
	h.Set(report.DeviceHeader, string(d.state.Device))
	h.Set(report.CounterHeader, report.FormatCounter(d.counter))
	h.Set(report.SignatureHeader, report.SignCheckIn(d.key, d.state.Device, d.counter, body))
	return h, nil
}

// GoOnAfter notes a counter that the server has seen from this device: the
// folder may be an older copy of itself.
func (d *Device) GoOnAfter(counter uint64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if counter <= d.counter {
		return nil
	}
	if err := d.count(counter); err != nil {
		return fmt.Errorf("keeping the server's counter: %w", err)
	}
	return nil
}

func (d *Device) count(n uint64) error {
	if n > report.MaxCounter {
		return errors.New("the counter is at its end")
	}
	if err := durable.Replace(d.counterFile(), []byte(report.FormatCounter(n)), 0o600); err != nil {
		return err
	}
	d.counter = n
	return nil
}
