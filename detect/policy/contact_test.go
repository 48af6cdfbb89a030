package policy

import (
	"strings"
	"testing"

	"handrail/detect/catalog"
)

func TestContact(t *testing.T) {
	p := mustParse(t, "version: 1\nserial: 1\ncontact: {en: Write to help@kestrel.example., de: Schreiben Sie an help@kestrel.example.}\n")
	for language, want := range map[string]string{"en": "Write to help@kestrel.example.", "de": "Schreiben Sie an help@kestrel.example."} {
		if got := p.Speak(Speech{Languages: []string{language}}).Contact.Text; got != want {
			t.Errorf("%s: %q", language, got)
		}
	}
	if p := mustParse(t, "version: 1\nserial: 1\n"); p.Speak(Speech{}).Contact.Text != "" {
		t.Error("a policy without a contact has one")
	}
	long := mustParse(t, "version: 1\nserial: 1\ncontact: "+strings.Repeat("word ", maxContact+1)+"\n")
	for _, x := range Lint(long, catalog.Default()) {
		if x.Line == 3 && strings.Contains(x.Message, "takes 21 words: 20 is the most") {
			return
		}
	}
	t.Error("nothing was said of one that is too long")
}
