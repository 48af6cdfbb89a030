package policy

import (
	"slices"
	"strings"
	"testing"

	"handrail/detect/catalog"
)

const (
	approving = head + "tools:\n" +
		"  - {id: m365-copilot, standing: approved, receives: [contacts]}\n" + // line 4
		"  - {id: claude, standing: trial}\n" +
		"  - {id: chatgpt, standing: unapproved}\n" +
		"rules:\n"
	anyRule = "  - {id: all, do: observe, when: {min_findings: 99, confidence: low}, because: B., instead: {advice: A.}}\n"
	clean   = approving + anyRule // rules of a test start at line 9
)

func TestLint(t *testing.T) {
	words31 := strings.TrimSpace(strings.Repeat("word ", 31))
	for name, c := range map[string]struct {
		text string
		want []string // severity, line and message
	}{
		"clean": {clean, nil},
		"no alternative": {clean + "  - id: a\n    do: nudge\n    because: B.\n", []string{
			`error 9: rule "a" has no alternative: say under instead which approved tool to use, or give advice`}},
		"no alternative when only observing": {clean + "  - id: a\n    do: observe\n    because: B.\n    when: {min_findings: 1}\n", []string{
			`error 9: rule "a" has no alternative: say under instead which approved tool to use, or give advice`}},
		"empty alternative": {clean + "  - id: a\n    do: nudge\n    because: B.\n    instead: {}\n", []string{
			`error 9: rule "a" has no alternative: say under instead which approved tool to use, or give advice`}},
		"no reason": {clean + "  - id: a\n    do: nudge\n    instead: {advice: A.}\n", []string{
			`error 9: rule "a" has no because: say in one sentence why`}},
		"long reason": {clean + "  - id: a\n    do: nudge\n    because: " + words31 + "\n    instead: {advice: A.}\n", []string{
			`error 11: the reason of rule "a" has 31 words: 30 is the most that is read before a paste`}},
		"just short enough": {clean + "  - id: a\n    do: nudge\n    because: " + words31[5:] + "\n    instead: {advice: A.}\n", nil},
		"long advice": {clean + "  - id: a\n    do: nudge\n    because: B.\n    instead:\n      advice: " + words31 + "\n", []string{
			`error 13: the advice of rule "a" has 31 words: 30 is the most that is read before a paste`}},
		"offers what isn't there": {clean + "  - {id: a, do: nudge, because: B., instead: {tool: m356-copilot}}\n", []string{
			`error 9: rule "a" offers "m356-copilot", which is not under tools: did you mean "m365-copilot"?`}},
		"offers a trial": {clean + "  - {id: a, do: nudge, because: B., instead: {tool: claude}}\n", []string{
			`error 9: rule "a" offers "claude", which is trial and not approved`}},
		"offers without any tool": {head + "rules:\n" + anyRule + "  - {id: a, do: nudge, because: B., instead: {tool: chatgpt}}\n", []string{
			`error 5: rule "a" offers "chatgpt", and the policy approves no tool: list it under tools, or give advice`}},
		"offers where it may not go": {clean + "  - {id: a, do: nudge, when: {classes: [contacts, card, bank]}, because: B., instead: {tool: m365-copilot}}\n", []string{
			`error 9: rule "a" offers "m365-copilot", which may not receive card, bank: name those classes in another rule, or add advice for them`}},
		"by detector": {clean + "  - {id: a, do: nudge, when: {detectors: [iban]}, because: B., instead: {tool: m365-copilot}}\n", []string{
			`error 9: rule "a" offers "m365-copilot", which may not receive bank: name those classes in another rule, or add advice for them`}},
		"offers with advice for the rest": {clean + "  - {id: a, do: nudge, when: {classes: [contacts, card]}, because: B., instead: {tool: m365-copilot, advice: A.}}\n", nil},
		"offers itself": {clean + "  - {id: a, do: nudge, when: {classes: [card], tools: [m365-copilot]}, because: B., instead: {tool: m365-copilot, advice: A.}}\n", []string{
			`error 9: rule "a" offers the tool it is about: give advice`}},
		"unknown tool": {strings.Replace(clean, "id: chatgpt", "id: chatgtp", 1), []string{
			`error 6: the catalogue has no AI tool "chatgtp": did you mean "chatgpt"?`}},
		"unknown approved tool": {strings.Replace(clean, "id: m365-copilot", "id: m365-copilott", 1), []string{
			`error 4: the catalogue has no AI tool "m365-copilott", and one of your own needs name and open: did you mean "m365-copilot"?`}},
		"a tool of their own": {strings.Replace(clean, "tools:\n", "tools:\n  - {id: kestrel-desk, standing: approved, name: Desk, open: 'https://desk.example'}\n", 1), nil},
		"nearly a tool of their own": {strings.Replace(clean, "tools:\n", "tools:\n  - {id: chatgtp, standing: approved, name: Desk, open: 'https://desk.example'}\n", 1), []string{
			`warning 4: "chatgtp" is taken for a tool of your own, and the catalogue has "chatgpt": is it that?`}},
		"unknown tool in a rule": {clean + "  - {id: a, do: nudge, when: {tools: [gork]}, because: B., instead: {advice: A.}}\n", []string{
			`error 9: the catalogue has no AI tool "gork": did you mean "grok"?`}},
		"unknown detector": {clean + "  - {id: a, do: nudge, when: {detectors: [payment_crad]}, because: B., instead: {advice: A.}}\n", []string{
			`error 9: there is no detector "payment_crad": did you mean "payment_card"?`}},
		"nothing to find": {clean + "  - {id: a, do: nudge, when: {classes: [card], detectors: [iban]}, because: B., instead: {advice: A.}}\n", []string{
			`error 9: rule "a" can never act: no detector finds what classes, detectors and confidence ask for together`}},
		"blocks what is approved": {clean + "  - {id: a, do: block, when: {classes: [contacts], tools: [m365-copilot]}, because: B., instead: {advice: A.}}\n", []string{
			`warning 9: rule "a" can never act: what its tools may receive, or their standing, leaves it nothing to say`}},
		"blocks what isn't": {clean + "  - {id: a, do: block, when: {classes: [card], tools: [m365-copilot]}, because: B., instead: {advice: A.}}\n", nil},
		"offers the company's account of the same tool": {strings.Replace(clean, "{id: chatgpt, standing: unapproved}", "{id: chatgpt, standing: approved, tenants: [k.example]}", 1) +
			"  - {id: a, do: nudge, when: {classes: [card], tools: [chatgpt]}, because: B., instead: {tool: chatgpt}}\n", nil},
		"accounts that nobody can see": {strings.Replace(clean, "{id: claude, standing: trial}", "{id: deepseek, standing: trial, tenants: [k.example], unclear: nudge}", 1), []string{
			`warning 5: Handrail can't see whose account is in use at "deepseek": it is always unclear there, which means nudge`}},
		"not in vain: a personal account": {strings.Replace(clean, "{id: chatgpt, standing: unapproved}", "{id: chatgpt, standing: approved, tenants: [k.example], unclear: allow}", 1) +
			"  - {id: a, do: nudge, when: {tools: [chatgpt]}, because: B., instead: {advice: A.}}\n", nil},
		"hidden by an equal": {clean + "  - {id: a, do: nudge, because: B., instead: {advice: A.}}\n  - {id: b, do: nudge, when: {classes: [card]}, because: B., instead: {advice: A.}}\n", []string{
			`warning 10: rule "b" can never act: whenever it could, rule "a" on line 9 wins, which is as strong and comes first`}},
		"hidden by a stronger": {clean + "  - {id: a, do: nudge, when: {detectors: [iban], surfaces: [app]}, because: B., instead: {advice: A.}}\n  - {id: b, do: warn, when: {classes: [bank]}, because: B., instead: {advice: A.}}\n", []string{
			`warning 9: rule "a" can never act: whenever it could, rule "b" on line 10 wins, which is stronger`}},
		"not hidden: another surface": {clean + "  - {id: a, do: warn, when: {surfaces: [app]}, because: B., instead: {advice: A.}}\n  - {id: b, do: nudge, because: B., instead: {advice: A.}}\n", nil},
		"not hidden: more findings":   {clean + "  - {id: a, do: warn, when: {min_findings: 5}, because: B., instead: {advice: A.}}\n  - {id: b, do: nudge, because: B., instead: {advice: A.}}\n", nil},
		"not hidden: surer":           {clean + "  - {id: a, do: warn, when: {confidence: high}, because: B., instead: {advice: A.}}\n  - {id: b, do: nudge, because: B., instead: {advice: A.}}\n", nil},
		"not hidden: weaker first":    {clean + "  - {id: a, do: nudge, because: B., instead: {advice: A.}}\n  - {id: b, do: warn, when: {classes: [card]}, because: B., instead: {advice: A.}}\n", nil},
		"nothing for unknown": {approving + strings.Replace(anyRule, "min_findings: 99, confidence: low", "standing: [unapproved]", 1), []string{
			"warning 7: no rule is about unknown AI tools, those that are not under tools: add one with standing: [unknown]"}},
		"no rules":     {head, []string{"warning 1: the policy has no rules, so nothing is ever said"}},
		"switched off": {head + "enabled: false\n", nil},
	} {
		p, err := Parse([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, problem := range Lint(p, catalog.Default()) {
			got = append(got, problem.Severity.String()+strings.TrimPrefix(problem.String(), "line"))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"abc", "ab", 1}, {"abc", "abcd", 1}, {"abc", "xbc", 1}, {"", "abc", 3}, {"kitten", "sitting", 3}} {
		if got := edits(c.a, c.b); got != c.want {
			t.Errorf("edits(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
