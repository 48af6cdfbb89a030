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

func TestPrivateWindowsAreClosedByPolicy(t *testing.T) {
	const id = "abcdefghijklmnopabcdefghijklmnop"
	for text, want := range map[string]bool{
		`{}`:                               false,
		`{"IncognitoModeAvailability": 0}`: false,
		`{"IncognitoModeAvailability": 1}`: true,
		`{"InPrivateModeAvailability": 1}`: true,
		`{"MandatoryExtensionsForIncognitoNavigation": ["` + id + `"]}`:                                 false,
		`{"MandatoryExtensionsForIncognitoNavigation": ["ponmlkjihgfedcbaponmlkjihgfedcba"]}`:           true,
		`{"MandatoryExtensionsForInPrivateNavigation": ["x", "ponmlkjihgfedcbaponmlkjihgfedcba", "y"]}`: true,
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "handrail.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := closesPrivate(dir, []string{"chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba/"}); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}
