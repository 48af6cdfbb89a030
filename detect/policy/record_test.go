package policy

import (
	"strings"
	"testing"

	"handrail/detect"
	"handrail/detect/catalog"
)

// What is known of a tool comes with the offer of it, in the person's language.
func TestTheRecordComesWithTheOffer(t *testing.T) {
	p := mustParse(t, `version: 1
serial: 1
tools:
  - id: m365-copilot
    standing: approved
    record:
      logged: {en: Kept for 30 days., de: 30 Tage gespeichert.}
      until: 2027-03-31
  - {id: chatgpt, standing: unapproved}
rules:
  - {id: a, do: nudge, because: Because., instead: {tool: m365-copilot}}
`)
	found := detect.Result{Findings: []detect.Finding{{Class: detect.ClassContacts, Confidence: detect.High, Count: 2}}}
	for language, want := range map[string]string{"en": "Kept for 30 days.", "de": "30 Tage gespeichert."} {
		got := p.Speak(Speech{Languages: []string{language}}).Decide(found, catalog.Destination{Tool: "chatgpt"}).Instead
		if got.Logged != want || got.Until != "2027-03-31" {
			t.Errorf("%s: %+v", language, got)
		}
	}
	if p.Tools[0].Record.Logged.Text != "Kept for 30 days." {
		t.Error("Speak has changed the policy that it was asked of")
	}
}

func TestARecordThatIsTooLong(t *testing.T) {
	p := mustParse(t, "version: 1\nserial: 1\ntools:\n  - {id: claude, standing: trial, record: {logged: "+strings.Repeat("word ", maxLogged+1)+"}}\n")
	for _, x := range Lint(p, catalog.Default()) {
		if x.Line == 4 && strings.Contains(x.Message, "takes 21 words: 20 is the most") {
			return
		}
	}
	t.Error("nothing was said of it")
}
