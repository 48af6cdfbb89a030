package enroll

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"

	"handrail/agent/durable"
	"handrail/agent/ledger"
	"handrail/agent/report"
)

// ErrNoSecret is what Join's error wraps when there is no secret that was not
// used before.
var ErrNoSecret = errors.New("there is no new enrolment secret")

// LeftOut stands in the ledger in the place of the secret: everybody on the
// device can read the ledger, and the secret lets others join. Everything else
// of the entry is what was sent.
const LeftOut = "this-secret-is-left-out-of-the-ledger"

// Ledger is the device's ledger.
type Ledger interface {
	// Record returns once b is on the disk, in one entry however often it is
	// called.
	Record(k ledger.Kind, b []byte) (ledger.Entry, error)
	// Receipt adds what the server answered to an entry.
	Receipt(seq uint64, b []byte) (ledger.Entry, error)
}

// Joining is what Join needs.
type Joining struct {
	// SecretFiles are where a secret may be; the first that has one counts.
	SecretFiles []string
	Version     report.AgentVersion
	Platform    report.Platform
	Ledger      Ledger
	HTTP        *http.Client // see NewClient
}

// Join lets the server know this device. A secret is used for one success: its
// file is removed then, or remembered where it can't be. An interrupted Join
// can be repeated and gives the same device.
func (d *Device) Join(ctx context.Context, j Joining) error {
	secret, file, err := d.secret(j.SecretFiles)
	if err != nil {
		return err
	}
	d.mu.Lock()
	public := d.key.Public().(ed25519.PublicKey)
	d.mu.Unlock()
	req := report.EnrolRequest{Secret: secret, PublicKey: public, Version: j.Version, Platform: j.Platform}
	body, err := report.EncodeEnrol(req)
	if err != nil {
		return fmt.Errorf("joining: %w", err)
	}
	req.Secret = LeftOut
	shown, err := report.EncodeEnrol(req)
	if err != nil {
		return fmt.Errorf("joining: %w", err)
	}
	entry, err := j.Ledger.Record(ledger.Enrolment, shown)
	if err != nil {
		return fmt.Errorf("joining: nothing is sent without the ledger: %w", err)
	}
	header := http.Header{"Content-Type": {"application/json"}}
	a, err := Post(ctx, j.HTTP, d.server+report.EnrolPath, header, body)
	if err != nil {
		return fmt.Errorf("joining: %w", err)
	}
	if a.Status != http.StatusCreated && a.Status != http.StatusOK {
		return fmt.Errorf("joining: %w", a.Refusal())
	}
	reply, err := report.DecodeEnrolReply(a.Body)
	if err != nil {
		return fmt.Errorf("joining: the server's answer: %w", err)
	}
	d.mu.Lock()
	err = d.save(state{Server: d.server, Device: reply.Device, Secret: digest(secret)})
	d.mu.Unlock()
	if err != nil {
		return fmt.Errorf("joining: keeping the device's id: %w", err)
	}
	_ = durable.Remove(file) // often not ours to remove; its digest is kept
	if _, err := j.Ledger.Receipt(entry.Seq, a.Body); err != nil {
		return fmt.Errorf("joining: the receipt: %w", err)
	}
	return nil
}

// Tidy removes the file of a secret that was used, where an interruption left
// one and it can be removed.
func (d *Device) Tidy(files []string) {
	d.mu.Lock()
	used := d.state.Secret
	d.mu.Unlock()
	for _, f := range files {
		if s, err := readSecret(f); err == nil && used != "" && digest(s) == used {
			_ = durable.Remove(f)
		}
	}
}

// secret returns the first secret that was not used, and its file. No error
// repeats what is in a file.
func (d *Device) secret(files []string) (secret, file string, err error) {
	d.mu.Lock()
	used := d.state.Secret
	d.mu.Unlock()
	var wrong error
	again := false
	for _, f := range files {
		s, err := readSecret(f)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			wrong = err
		case digest(s) == used:
			again = true
		default:
			return s, f, nil
		}
	}
	switch {
	case len(files) == 0:
		return "", "", fmt.Errorf("joining: %w: set enrol_secret_file", ErrNoSecret)
	case wrong != nil:
		return "", "", fmt.Errorf("joining: %w: %w", ErrNoSecret, wrong)
	case again:
		return "", "", fmt.Errorf("joining: %w: the one in %s was used before", ErrNoSecret, strings.Join(files, " or "))
	}
	return "", "", fmt.Errorf("joining: %w: put one into %s", ErrNoSecret, files[0])
}

// maxFile bounds what is read of a secret's file.
const maxFile = 1024

// readSecret reads a secret's file. An empty file is as good as none: a
// service manager makes one where the organisation has put nothing.
func readSecret(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is not a file", path)
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrPermission) {
		return "", fmt.Errorf("%s can't be read by the service: see enrol_secret_file in handrail(1)", path)
	}
	if err != nil {
		return "", err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return "", err
	}
	s := strings.TrimSpace(string(b))
	if s == "" {
		return "", fs.ErrNotExist
	}
	if !report.ValidSecret(s) {
		return "", fmt.Errorf("%s does not hold an enrolment secret", path)
	}
	return s, nil
}

func digest(secret string) string {
	h := ledger.HashOf([]byte(secret))
	return hex.EncodeToString(h[:])
}
