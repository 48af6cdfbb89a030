package focus

import (
	"testing"

	"handrail/detect/catalog"
)

func TestEmulator(t *testing.T) {
	for class, want := range map[string]bool{
		"XTerm": true, "Gnome-terminal": true, "org.wezfurlong.wezterm": true, "kitty": true, "Alacritty": true, "konsole": true,
		"URxvt": true, "st-256color": true, "org.gnome.Ptyxis": true, "foot": true, "com.mitchellh.ghostty": true,
		"Football": false, "Curious": false, "Code": false, "": false,
	} {
		if emulator(catalog.Target{Class: class}) != want {
			t.Errorf("%q: got %v", class, !want)
		}
	}
}
