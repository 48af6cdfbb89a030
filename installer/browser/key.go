package browser

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

const keyBits = 2048 // what Chromium itself makes

// Key is the RSA key that the extension is packed with. Its public half is the
// extension's identity in Chromium's family: another key is another extension.
// The zero Key packs nothing.
type Key struct {
	private *rsa.PrivateKey
	public  []byte // SubjectPublicKeyInfo, DER
}

// NewKey makes a key.
func NewKey() (Key, error) {
	private, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return Key{}, fmt.Errorf("making a key: %w", err)
	}
	return newKey(private)
}

// ParseKey reads a private RSA key in PEM, as NewKey's PEM, Chromium's
// --pack-extension and openssl write it.
func ParseKey(text []byte) (Key, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return Key{}, errors.New("this is no key in PEM: make one with handrail browser key")
	}
	var parsed any
	var err error
	switch block.Type {
	case "PRIVATE KEY":
		parsed, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		parsed, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	default:
		return Key{}, fmt.Errorf("this holds a %s, not a private key: make one with handrail browser key", block.Type)
	}
	if err != nil {
		return Key{}, fmt.Errorf("reading the key: %w", err)
	}
	private, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return Key{}, errors.New("this key is not RSA, which browsers want: make one with handrail browser key")
	}
	if private.N.BitLen() < keyBits {
		return Key{}, fmt.Errorf("this key has %d bits: use %d or more", private.N.BitLen(), keyBits)
	}
	return newKey(private)
}

func newKey(private *rsa.PrivateKey) (Key, error) {
	public, err := x509.MarshalPKIXPublicKey(&private.PublicKey)
	if err != nil {
		return Key{}, fmt.Errorf("encoding the public key: %w", err)
	}
	return Key{private, public}, nil
}

// PEM returns the private key as PKCS #8, to be kept secret.
func (k Key) PEM() ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(k.private)
	if err != nil {
		return nil, fmt.Errorf("encoding the key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// ID returns the id that an extension packed with the key has in Chromium's
// family: 32 letters from a to p.
func (k Key) ID() string {
	id := make([]byte, 0, 32)
	for _, b := range k.hash() {
		id = append(id, 'a'+b>>4, 'a'+b&15)
	}
	return string(id)
}

// hash returns the id as a crx holds it: half of the public key's SHA-256.
func (k Key) hash() []byte {
	sum := sha256.Sum256(k.public)
	return sum[:16]
}

func (k Key) sign(message []byte) ([]byte, error) {
	sum := sha256.Sum256(message)
	return rsa.SignPKCS1v15(nil, k.private, crypto.SHA256, sum[:])
}

// CheckID says whether id can be an extension's in Chromium's family.
func CheckID(id string) error {
	if len(id) != 32 {
		return fmt.Errorf("%q is no extension id: it has 32 letters from a to p", id)
	}
	for _, c := range id {
		if c < 'a' || c > 'p' {
			return fmt.Errorf("%q is no extension id: it has 32 letters from a to p", id)
		}
	}
	return nil
}
