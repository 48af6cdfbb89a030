package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPasteButtonsAreBlockedOnlyWhereEverySiteIs(t *testing.T) {
	dir := t.TempDir()
	sites := []string{"https://chatgpt.com", "https://claude.ai"}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := func(blocked bool) {
		t.Helper()
		if got := blocksClipboard(dir, sites); got != blocked {
			t.Errorf("got %v", got)
		}
	}
	want(false)
	write("other.json", "not JSON")
	write("a.json", `{"ClipboardBlockedForUrls": ["https://chatgpt.com"]}`)
	want(false)
	write("b.json", `{"ClipboardBlockedForUrls": ["https://claude.ai", "https://else.example"]}`)
	want(true)
}
