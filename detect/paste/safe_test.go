package paste

import (
	"strings"
	"testing"

	"handrail/detect/allow"
	"handrail/detect/policy"
	"handrail/detect/redact"
	"handrail/detect/secret"
)

func TestSafeIsWhatThePolicyWouldLetThrough(t *testing.T) {
	code := `version: 1
serial: 1
rules:
  - {id: code, when: {classes: [code]}, do: nudge, because: Code stays here., instead: {advice: Ask first.}}
  - {id: cards, when: {classes: [card]}, do: nudge, because: Cards stay here., instead: {advice: Ask first.}}
`
	strict, err := policy.Parse([]byte(code))
	if err != nil {
		t.Fatal(err)
	}
	program := "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfor i := range 10 {\n\t\tfmt.Println(i)\n\t}\n\tif len(os.Args) > 1 {\n\t\treturn\n\t}\n}\n// card 4716 2580 5997 0930\n"
	for _, c := range []struct {
		name, text string
		p          *policy.Policy
		ok         bool
	}{
		{"customers", customers(14), example(t), true},
		{"a card", card, example(t), true},
		{"customers and a card", customers(14) + card, example(t), true},
		{"code with a card", program, example(t), true},
		{"code where code itself is sensitive", program, strict, false},
		{"more than is looked at", card + strings.Repeat("x ", 2<<20), example(t), false},
	} {
		a := Attempt{Text: secret.New([]byte(c.text)), Destination: destination(t, "chatgpt.com"), Via: Browser}
		was := assess(t, a, c.p, nil)
		if was.Decision.Do < policy.Nudge {
			t.Fatalf("%s: %+v", c.name, was)
		}
		safe := Safe(redact.New(), a, was, c.p, nil, day)
		if safe.OK != c.ok {
			t.Errorf("%s: OK is %v, left is %+v", c.name, safe.OK, safe.Left)
		}
		if strings.Contains(string(safe.Text.Bytes()), "4716 2580") || strings.Contains(string(safe.Text.Bytes()), "@northwind") {
			t.Errorf("%s: a value is left", c.name)
		}
		again := assess(t, Attempt{Text: safe.Text, Destination: a.Destination, Via: Browser}, c.p, nil)
		if safe.OK && again.Decision.Do >= policy.Nudge {
			t.Errorf("%s: offered, and nudged again: %+v", c.name, again)
		}
	}
}

// What was called not sensitive stays in, and keeps nothing from being offered.
func TestSafeKeepsWhatWasLearned(t *testing.T) {
	p, learned := example(t), allow.New([32]byte{1})
	a := Attempt{Text: secret.New([]byte(card)), Destination: destination(t, "chatgpt.com"), Via: Browser}
	for _, m := range assess(t, a, p, learned).Learnable {
		learned.Add(m, day)
	}
	a.Text = secret.New([]byte(card + "Another card: 4539 5787 6362 1486"))
	safe := Safe(redact.New(), a, assess(t, a, p, learned), p, learned, day)
	if got := string(safe.Text.Bytes()); !safe.OK || !strings.HasPrefix(got, card) || strings.Contains(got, "4539") {
		t.Errorf("got %q, %+v", got, safe)
	}
}
