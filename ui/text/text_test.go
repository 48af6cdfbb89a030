package text

import (
	"testing"
	"time"
)

func TestSayAndCount(t *testing.T) {
	en, de := For("en"), For("de")
	for _, c := range []struct{ got, want string }{
		{en.Say(Open, "tool", "Copilot"), "Open Copilot"},
		{en.Say(Destination, "tool", "{domain}", "domain", "x.com"), "{domain} (x.com)"},
		{en.Count(Cards, 1), "a payment card number"},
		{en.Count(Cards, 3), "3 payment card numbers"},
		{en.Count(Cards, 0), "0 payment card numbers"},
		{en.Count(Markings, 1), "a text marked as confidential"},
		{Printer{}.Say(NotSensitive), "Not sensitive"},
		{de.Say(Open, "tool", "Copilot"), "Copilot öffnen"},
		{de.Count(Cards, 1), "eine Kartennummer"},
		{de.Count(Cards, 21), "21 Kartennummern"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestFor(t *testing.T) {
	for locale, want := range map[string]string{
		"": "Not sensitive", "en": "Not sensitive", "EN-gb": "Not sensitive", "en_US.UTF-8": "Not sensitive",
		"C.UTF-8": "Not sensitive", "xx": "Not sensitive", "C": "Not sensitive", "POSIX": "Not sensitive", "../de": "Not sensitive",
		"de": "Nicht sensibel", "de-AT": "Nicht sensibel", "de_DE.UTF-8": "Nicht sensibel", "de_DE@euro": "Nicht sensibel", "DE": "Nicht sensibel",
		"en_XA.UTF-8": "[Ñööţ šééñšîîţîîvéé öñé]",
	} {
		if got := For(locale).Say(NotSensitive); got != want {
			t.Errorf("For(%q) says %q, want %q", locale, got, want)
		}
	}
}

func TestForTakesTheFirstThatThereIs(t *testing.T) {
	for want, locales := range map[string][]string{"en": {"xx", "C", "en-GB", "de"}, "de": {"", "xx", "de-CH", "en"}} {
		if got := For(locales...).Language(); got != want {
			t.Errorf("For(%q) speaks %s, want %s", locales, got, want)
		}
	}
}

func TestDatesAndNumbers(t *testing.T) {
	at := time.Date(2026, 3, 4, 9, 5, 0, 0, time.UTC)
	en, de := For("en"), For("de")
	for _, c := range []struct{ got, want string }{
		{en.Time(at), "4 March 2026 09:05"},
		{de.Time(at), "4. März 2026, 09:05"},
		{en.Number(999), "999"},
		{en.Number(1002003), "1,002,003"},
		{de.Number(2048), "2.048"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
