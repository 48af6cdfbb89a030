package config

// Languages are the languages to speak to a person in, as locales, the one they
// like best first: the setting's, else those that their desktop is set to. It
// may be empty.
func (s Settings) Languages() []string {
	if s.Language != "" {
		return []string{s.Language}
	}
	return desktopLanguages()
}
