// Package receipts keeps a person's receipts for answers of an AI that they have
// had checked before they brought them into a system with high stakes. A receipt
// says when, for what kind of system and how, signed with a key of the person's
// own; it holds nothing of the answer, no digest of it either. Receipts lie in the
// person's own folder, and go nowhere unless they are exported by hand.
//
// A signature says that nobody has changed the receipt since. Whose key it is, the
// file alone can't say.
package receipts

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"handrail/agent/durable"
	"handrail/agent/report"
)

// The person's files: the receipts, and the seed of the key.
const (
	name    = "receipts.json"
	keyName = "receipts.key"
)

const version = 1

// Receipt is one check.
type Receipt struct {
	V         int          `json:"v"`
	At        time.Time    `json:"at"` // to the second, in UTC
	Stake     report.Stake `json:"stake"`
	How       report.Said  `json:"how"` // an answer to report.AskedChecked that says yes
	Key       []byte       `json:"key"` // the public one
	Signature []byte       `json:"signature,omitempty"`
}

// signed is what the signature is over.
func (r Receipt) signed() []byte {
	r.Signature = nil
	b, err := json.Marshal(r)
	if err != nil {
		panic("receipts: a receipt can't be written: " + err.Error())
	}
	return append([]byte("handrail receipt 1\n"), b...)
}

// whole says whether the receipt is one of this version.
func (r Receipt) whole() bool {
	return r.V == version && r.Stake.String() != "" && r.How.Question() == report.AskedChecked && r.How != report.CheckedNot &&
		len(r.Key) == ed25519.PublicKeySize && len(r.Signature) == ed25519.SignatureSize
}

// Verify says whether the receipt is as it was signed.
func (r Receipt) Verify() bool { return r.whole() && ed25519.Verify(r.Key, r.signed(), r.Signature) }

// Book is a person's receipts. The zero value is not usable.
type Book struct{ dir string }

// In returns the book of a person's folder.
func In(dir string) Book { return Book{dir} }

func (b Book) path() string { return filepath.Join(b.dir, name) }

var errDamaged = errors.New("damaged")

// List returns the receipts, the oldest first. No file is an empty book.
func (b Book) List() ([]Receipt, error) {
	raw, err := os.ReadFile(b.path())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading your receipts: %w", err)
	}
	all, err := Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("reading your receipts: %s is %w", b.path(), errDamaged)
	}
	return all, nil
}

// Parse reads receipts as List and an export have them. It does not verify them.
func Parse(raw []byte) (all []Receipt, err error) {
	if json.Unmarshal(raw, &all) != nil {
		return nil, errors.New("these are no receipts of Handrail")
	}
	return all, nil
}

// Format writes receipts for an export.
func Format(all []Receipt) ([]byte, error) { return json.MarshalIndent(all, "", "  ") }

// Add signs a receipt and keeps it. A damaged book is set aside, as
// receipts.json.damaged, and begins anew: the error says so, and the receipt is
// in the new one.
func (b Book) Add(at time.Time, stake report.Stake, how report.Said) error {
	unlock, err := durable.Lock(b.path()+".lock", 0o600)
	if err != nil {
		return fmt.Errorf("writing a receipt: %w", err)
	}
	defer unlock()
	key, err := b.key()
	if err != nil {
		return fmt.Errorf("writing a receipt: %w", err)
	}
	r := Receipt{V: version, At: at.UTC().Truncate(time.Second), Stake: stake, How: how, Key: key.Public().(ed25519.PublicKey)}
	r.Signature = ed25519.Sign(key, r.signed())
	if !r.whole() {
		return errors.New("writing a receipt: it would say nothing")
	}
	all, err := b.List()
	if errors.Is(err, errDamaged) {
		var moved bool
		if err, moved = durable.SetAside(b.path(), err); !moved {
			return err
		}
	} else if err != nil {
		return err
	}
	raw, wrote := Format(append(all, r))
	if wrote == nil {
		wrote = durable.Replace(b.path(), raw, 0o600)
	}
	if wrote != nil {
		wrote = fmt.Errorf("writing a receipt: %w", wrote)
	}
	return errors.Join(err, wrote)
}

// key returns the person's key, and makes it if there is none.
func (b Book) key() (ed25519.PrivateKey, error) {
	path := filepath.Join(b.dir, keyName)
	seed, err := os.ReadFile(path)
	if err == nil && len(seed) == ed25519.SeedSize {
		return ed25519.NewKeyFromSeed(seed), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	return key, durable.Replace(path, key.Seed(), 0o600)
}

// Public returns the person's public key, nil if there is none yet.
func (b Book) Public() ed25519.PublicKey {
	seed, err := os.ReadFile(filepath.Join(b.dir, keyName))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil
	}
	return ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
}

// Forget erases the receipts and the key.
func (b Book) Forget() error {
	unlock, err := durable.Lock(b.path()+".lock", 0o600)
	if err != nil {
		return fmt.Errorf("erasing your receipts: %w", err)
	}
	defer unlock()
	for _, path := range []string{b.path(), filepath.Join(b.dir, keyName)} {
		if err := durable.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("erasing your receipts: %w", err)
		}
	}
	return nil
}
