package window

import (
	"os/exec"
	"strings"
)

// HighContrast says whether the person's desktop is set to high contrast, by
// what macOS calls Increase contrast.
func HighContrast() bool {
	out, err := exec.Command("/usr/bin/defaults", "read", "com.apple.universalaccess", "increaseContrast").Output()
	return err == nil && strings.TrimSpace(string(out)) == "1"
}
