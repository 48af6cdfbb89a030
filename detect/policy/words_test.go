package policy

import (
	"slices"
	"strings"
	"testing"

	"handrail/detect"
	"handrail/detect/catalog"
)

func TestSpeak(t *testing.T) {
	p := mustParse(t, `version: 1
serial: 1
rules:
  - id: a
    do: nudge
    because: {de: Deshalb., de-at: Drum., en: Because.}
    instead: {advice: {fr: Autrement., pl: Inaczej.}}
  - id: b
    do: nudge
    because: Because.
    instead: {advice: Otherwise.}
`)
	for _, c := range []struct {
		languages       []string
		because, advice string
	}{
		{nil, "Because.", "Autrement."},
		{[]string{"de"}, "Deshalb.", "Autrement."},
		{[]string{"de-AT"}, "Drum.", "Autrement."},
		{[]string{"de_CH"}, "Deshalb.", "Autrement."},
		{[]string{"pl", "de"}, "Deshalb.", "Inaczej."},
		{[]string{"xx"}, "Because.", "Autrement."},
	} {
		q := p.Speak(Speech{Languages: c.languages})
		if r := q.Rules[0]; r.Because.Text != c.because || r.Instead.Advice.Text != c.advice {
			t.Errorf("%q: %q and %q", c.languages, r.Because.Text, r.Instead.Advice.Text)
		}
		if r := q.Rules[1]; r.Because.Text != "Because." || r.Instead.Advice.Text != "Otherwise." {
			t.Errorf("%q: %q and %q", c.languages, r.Because.Text, r.Instead.Advice.Text)
		}
	}
	if p.Rules[0].Because.Text != "Because." {
		t.Error("Speak has changed the policy that it was asked of")
	}
	q := p.Speak(Speech{AskIT: "Frag.", WorkAccount: "{tool}: Arbeitskonto.", UseTool: "Nimm {tool}."})
	if got := []string{q.ask(), q.workAccount("X"), q.use("X")}; !slices.Equal(got, []string{"Frag.", "X: Arbeitskonto.", "Nimm X."}) {
		t.Error(got)
	}
}

func TestWordsThatAreNone(t *testing.T) {
	for because, want := range map[string]string{
		"{}":                   "because is empty",
		"{German: Ja.}":        "a language that is none",
		"{DE: Ja.}":            "a language that is none",
		"{de: Ja., de: Nein.}": `already there in "de"`,
		"{de: 12}":             "because in de must be text",
		"{de: }":               "because in de is empty",
		"[Ja.]":                "because must be text",
		"{de: [Ja.]}":          "because in de must be text",
		"{de: {en: Yes.}}":     "because in de must be text",
		"{de: \"a\\u202Eb\"}":  "control character",
	} {
		_, err := Parse([]byte("version: 1\nserial: 1\nrules:\n  - id: a\n    do: nudge\n    because: " + because + "\n    instead: {advice: A.}\n"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", because, err, want)
		}
	}
}

// The policy that everybody has until there is another speaks English and
// German, all of it.
func TestDefaultSpeaksBothLanguages(t *testing.T) {
	for _, r := range Default().Rules {
		for what, w := range map[string]Words{"because": r.Because, "advice": r.Instead.Advice} {
			if w.In["en"] == "" || w.In["de"] == "" {
				t.Errorf("%s of %s: %v", what, r.ID, w.In)
			}
		}
	}
	p := Default().Speak(Speech{Languages: []string{"de"}})
	if problems := Lint(p, catalog.Default()); len(problems) > 0 {
		t.Error(problems)
	}
	d := p.Decide(found(detect.ClassCard, detect.PaymentCard, detect.High, 1), chatgpt)
	if r := p.Rules[len(p.Rules)-1]; d.Rule != r.ID || d.Because != r.Because.In["de"] || d.Instead.Advice != r.Instead.Advice.In["de"] {
		t.Errorf("%+v, want the words of %s", d, r.ID)
	}
}
