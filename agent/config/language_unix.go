//go:build unix && !darwin

package config

import (
	"os"
	"strings"
)

// desktopLanguages follows gettext, as the rest of a Linux desktop does: the
// first of three variables that is set, and LANGUAGE, a list, before it unless
// the locale is C. See gettext's manual, "The LANGUAGE variable".
func desktopLanguages() []string {
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale = os.Getenv(name); locale != "" {
			break
		}
	}
	if lang, _, _ := strings.Cut(locale, "."); lang == "" || lang == "C" || lang == "POSIX" {
		return nil
	}
	var list []string
	for l := range strings.SplitSeq(os.Getenv("LANGUAGE"), ":") {
		if l != "" {
			list = append(list, l)
		}
	}
	return append(list, locale)
}
