package config

import (
	"os/exec"
	"strings"
)

// desktopLanguages asks the person's settings, which print as ("de-DE", en).
func desktopLanguages() []string {
	out, err := exec.Command("/usr/bin/defaults", "read", "-g", "AppleLanguages").Output()
	if err != nil {
		return nil
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return strings.ContainsRune("(), \"\n\t", r) })
}
