package view

import (
	"strings"
	"testing"

	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/ui/text"
)

func ledgerIn(language string) Ledger {
	return Ledger{P: text.For(language), Tool: func(id catalog.ToolID) string {
		if id == "deepseek" {
			return "DeepSeek"
		}
		return ""
	}}
}

func often(c report.Cell, o report.Often) report.Cell {
	c.Often = o
	return c
}

func TestWhatACellTells(t *testing.T) {
	for _, c := range []struct {
		cell   report.Cell
		en, de string
	}{
		{often(report.NudgeCell("r", detect.ClassContacts, "deepseek", catalog.SurfaceBrowser, report.Switched), report.Once),
			"Nudge about contacts going to DeepSeek in the browser: you opened the approved tool (once)",
			"Hinweis: Kontaktdaten auf dem Weg zu DeepSeek im Browser: Sie haben das freigegebene Tool geöffnet (einmal)"},
		{often(report.NudgeCell("r", detect.ClassSecret, catalog.Other, catalog.SurfaceTerminal, report.Ignored), report.Many),
			"Nudge about keys or passwords going to an AI tool that the catalogue does not name in a terminal: no answer (5 times or more)",
			"Hinweis: Schlüssel oder Passwörter auf dem Weg zu einem KI-Tool, das der Katalog nicht kennt, im Terminal: keine Antwort (5 Mal oder öfter)"},
		{often(report.UseCell("new_tool", catalog.SurfaceApp), report.Few),
			"In use: new_tool in its app (2 to 4 times)", "Arbeit mit new_tool in der App (2 bis 4 Mal)"},
		{often(report.PulseCell(report.Coding, report.ErrorFound), report.Once),
			"Weekly question about code: you said an error was found", "Frage der Woche, Code: Ihre Antwort: ein Fehler gefunden"},
		{often(report.CheckCell(report.CustomerMail, report.PersonHas), report.Many),
			"Question about mail to customers: you said a person has checked it (5 times or more)",
			"Frage, Post an Kunden: Ihre Antwort: ein Mensch hat sie geprüft (5 Mal oder öfter)"},
	} {
		for language, want := range map[string]string{"en": c.en, "de": c.de} {
			if got := ledgerIn(language).Cells([]report.Cell{c.cell})[0]; got != want {
				t.Errorf("%s:\ngot  %s\nwant %s", language, got, want)
			}
		}
	}
}

// Whatever a report can hold has words of its own: a name of the wire, or
// nothing at all, is not for people.
func TestEverythingInAReportHasWords(t *testing.T) {
	for _, language := range []string{"en", "de"} {
		l := ledgerIn(language)
		seen := map[string]string{}
		say := func(what, name string, k text.Key) {
			s := l.P.Say(k)
			if before := seen[what+s]; s == "" || before != "" {
				t.Errorf("%s: %s %s is %q, as %q", language, what, name, s, before)
			}
			seen[what+s] = name
		}
		for _, c := range detect.Classes() {
			say("class", c.String(), aboutKeys[c])
		}
		for _, s := range catalog.Surfaces() {
			say("surface", s.String(), placeKeys[s])
		}
		for _, a := range report.Answers() {
			say("answer", a.String(), answerKeys[a])
		}
		for _, c := range report.Causes() {
			say("cause", c.String(), causeKeys[c])
		}
		for _, x := range report.Tasks() {
			say("task", x.String(), taskKeys[x])
		}
		for _, s := range report.Stakes() {
			say("stake", s.String(), stakeKeys[s])
		}
		for _, q := range report.Questions() {
			for _, s := range q.Answers() {
				say("said", s.String(), saidKeys[s])
			}
		}
		for _, x := range report.Lacks() {
			say("lack", x.String(), lackKeys[x])
		}
	}
}

func TestBytesOfAnotherVersionAreSaidToBe(t *testing.T) {
	l := ledgerIn("en")
	for title, f := range map[string]func([]byte) (string, []string){"Report": l.Report, "Request for a tool": l.Request, "Question for an answer": l.Question} {
		got, lines := f([]byte("from the future"))
		if got != title || len(lines) != 1 || !strings.HasPrefix(lines[0], "This version can’t read") {
			t.Errorf("%s: %q, %q", title, got, lines)
		}
	}
}
