package text

import (
	"regexp"
	"slices"
	"testing"
)

func TestSayAndCount(t *testing.T) {
	p := For("en")
	for _, c := range []struct{ got, want string }{
		{p.Say(Open, "tool", "Copilot"), "Open Copilot"},
		{p.Say(Destination, "tool", "{domain}", "domain", "x.com"), "{domain} (x.com)"},
		{p.Count(Cards, 1), "a payment card number"},
		{p.Count(Cards, 3), "3 payment card numbers"},
		{p.Count(Cards, 0), "0 payment card numbers"},
		{Printer{}.Say(NotSensitive), "Not sensitive"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestFor(t *testing.T) {
	for _, locale := range []string{"", "en", "EN-gb", "en_US.UTF-8", "C.UTF-8", "xx", "C"} {
		if got := For(locale).Say(NotSensitive); got != "Not sensitive" {
			t.Errorf("For(%q) says %q", locale, got)
		}
	}
}

// Every table says everything, with the holes of the English one.
func TestTablesAreComplete(t *testing.T) {
	hole := regexp.MustCompile(`\{[a-z]+\}`)
	holes := func(s string) []string {
		h := hole.FindAllString(s, -1)
		slices.Sort(h)
		return h
	}
	for lang, table := range tables {
		for k := range keys {
			f := table[k]
			if f.one == "" || f.other == "" {
				t.Errorf("%s: message %d is missing", lang, k)
			}
			if got, want := holes(f.other), holes(english[k].other); !slices.Equal(got, want) {
				t.Errorf("%s: %q has the holes %v, want %v", lang, f.other, got, want)
			}
		}
	}
}
