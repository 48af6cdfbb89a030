package tools

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// patience is for a machine that is busy; what is waited for comes in a moment.
const patience = 20 * time.Second

func names(s Seen) []string {
	list := []string{}
	for _, c := range s.Connectors {
		list = append(list, c.Name)
	}
	return list
}

// until takes changes until these are the connectors.
func until(t *testing.T, w *Watcher, want ...string) {
	t.Helper()
	timeout := time.After(patience)
	last := []string{"nothing yet"}
	for {
		select {
		case c, open := <-w.Changes():
			if !open {
				t.Fatal("the watch ended")
			}
			if last = names(c.Seen); slices.Equal(last, want) {
				return
			}
		case <-timeout:
			t.Fatalf("waited in vain for %q; the last were %q", want, last)
		}
	}
}

func TestWatch(t *testing.T) {
	dir := t.TempDir()
	w, err := Open(under(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	until(t, w)

	// A folder that wasn't there, with the file in it.
	cursor := filepath.Join(dir, ".cursor", "mcp.json")
	write(t, cursor, `{"mcpServers":{"one":{"command":"npx","args":["a"]}}}`)
	until(t, w, "one")
	// Saved over, and in place.
	write(t, cursor, `{"mcpServers":{"two":{"command":"npx","args":["a"]}}}`)
	until(t, w, "two")
	if err := os.WriteFile(cursor, []byte(`{"mcpServers":{"three":{"command":"npx","args":["a"]}}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	until(t, w, "three")
	// The folder goes, and comes again.
	if err := os.RemoveAll(filepath.Dir(cursor)); err != nil {
		t.Fatal(err)
	}
	until(t, w)
	write(t, cursor, `{"mcpServers":{"four":{"command":"npx","args":["a"]}}}`)
	until(t, w, "four")
	if err := os.Rename(filepath.Dir(cursor), filepath.Join(dir, "away")); err != nil {
		t.Fatal(err)
	}
	until(t, w)

	// Settings that are kept elsewhere and linked.
	kept := filepath.Join(dir, "dotfiles", "codex.toml")
	write(t, kept, "[mcp_servers.five]\ncommand = \"x\"\n")
	codex := filepath.Join(dir, ".codex", "config.toml")
	if err := os.MkdirAll(filepath.Dir(codex), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(kept, codex); err != nil {
		t.Fatal(err)
	}
	until(t, w, "five")
	write(t, kept, "[mcp_servers.six]\ncommand = \"x\"\n")
	until(t, w, "six")
	if err := os.Remove(codex); err != nil {
		t.Fatal(err)
	}
	until(t, w)

	// An extension in a profile that is made now.
	extension := filepath.Join(dir, "config/chromium/Profile 7/Extensions/kbfnbcaeplbcioakkpcpgfkobkghlhen")
	if err := os.MkdirAll(extension, 0o700); err != nil {
		t.Fatal(err)
	}
	until(t, w, "kbfnbcaeplbcioakkpcpgfkobkghlhen")
	if err := os.Remove(extension); err != nil {
		t.Fatal(err)
	}
	until(t, w)

	w.Close()
	for range w.Changes() {
	}
}
