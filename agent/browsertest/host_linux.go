package browsertest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// hostName and geckoID are the names by which the extension and its native
// host know each other; they stand in ui/extension/manifest.json.
const (
	hostName = "dev.handrail.browser"
	geckoID  = "handrail@handrail.dev"
)

// nativeHost makes a program the browser's native-messaging host.
func (b *Browser) nativeHost(t TB, dir, program, allowed, who string) {
	t.Helper()
	manifest, err := json.Marshal(map[string]any{
		"name": hostName, "description": "Handrail", "type": "stdio", "path": program, allowed: []string{who},
	})
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, hostName+".json"), manifest, 0o600)
	}
	if err != nil {
		t.Fatalf("installing the native host: %v", err)
	}
}

// extensionID is Chromium's id of an unpacked extension, which follows from
// the key in its manifest.
func extensionID(t TB, dir string) string {
	t.Helper()
	var manifest struct{ Key string }
	b, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err == nil {
		err = json.Unmarshal(b, &manifest)
	}
	if err != nil {
		t.Fatalf("reading the extension's manifest: %v", err)
	}
	key, err := base64.StdEncoding.DecodeString(manifest.Key)
	if err != nil || len(key) == 0 {
		t.Fatalf("the extension's manifest has no key: %v", err)
	}
	sum := sha256.Sum256(key)
	var id strings.Builder
	for _, b := range sum[:16] {
		id.WriteByte('a' + b>>4)
		id.WriteByte('a' + b&15)
	}
	return id.String()
}
