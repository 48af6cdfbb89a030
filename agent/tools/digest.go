package tools

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Digest is by what a connector is known again. Without the key it says
// nothing. The name that somebody gave a server is part of it only where there
// is nothing else: another name is no other server.
func (c Connector) Digest(key []byte) string {
	parts := []string{c.Kind, string(c.Tool), c.ID, c.Package, c.Host}
	if c.ID == "" && c.Package == "" && c.Host == "" {
		parts = append(parts, c.Name)
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(h.Sum(nil)[:16])
}
