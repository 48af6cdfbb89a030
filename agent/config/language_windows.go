package config

import "golang.org/x/sys/windows"

// desktopLanguages asks for the languages of the desktop, which are not those
// of its dates and numbers.
func desktopLanguages() []string {
	list, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return list
}
