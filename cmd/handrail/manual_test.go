package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// The manual page names every command, in the order of the help page, and every
// answer.
func TestTheManualNamesEveryCommand(t *testing.T) {
	b, err := os.ReadFile("../../installer/linux/handrail.1")
	if err != nil {
		t.Fatal(err)
	}
	page := strings.ReplaceAll(string(b), `\-`, "-")
	var want, got []string
	for _, c := range commands() {
		want = append(want, c.Name())
	}
	_, section, _ := strings.Cut(page, ".SH COMMANDS\n")
	section, _, _ = strings.Cut(section, "\n.PP\n")
	for _, entry := range strings.Split(section, ".TP\n.B ")[1:] {
		name, _, _ := strings.Cut(entry, "\n")
		got = append(got, name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the manual has %q, want %q", got, want)
	}
	for word := range answerWords {
		if !strings.Contains(section, word) {
			t.Errorf("the manual does not name the answer %s", word)
		}
		if long := answerCommand().Long; !strings.Contains(long, "\n  "+word+" ") {
			t.Errorf("the help does not name the answer %s", word)
		}
	}
}
