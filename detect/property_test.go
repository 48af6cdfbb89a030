package detect

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// withCheckDigit makes n digits that start with prefix and pass Luhn.
func withCheckDigit(prefix string, n int, rest []int) string {
	d := []byte(prefix)
	for i := 0; len(d) < n-1; i++ {
		d = append(d, byte('0'+rest[i]))
	}
	for c := byte('0'); ; c++ {
		if luhn(append(d, c)) {
			return string(append(d, c))
		}
	}
}

// grouped writes digits in groups of the given lengths with sep between.
func grouped(digits, sep string, lens ...int) string {
	var parts []string
	for _, n := range lens {
		parts = append(parts, digits[:n])
		digits = digits[n:]
	}
	return strings.Join(parts, sep)
}

type cardKind struct {
	prefix string
	n      int
	lens   []int
}

var cardKinds = []cardKind{
	{"4", 16, []int{4, 4, 4, 4}}, {"51", 16, []int{4, 4, 4, 4}}, {"55", 16, []int{4, 4, 4, 4}}, {"2221", 16, []int{4, 4, 4, 4}},
	{"2719", 16, []int{4, 4, 4, 4}}, {"34", 15, []int{4, 6, 5}}, {"37", 15, []int{4, 6, 5}}, {"6011", 16, []int{4, 4, 4, 4}},
	{"65", 16, []int{4, 4, 4, 4}}, {"3530", 16, []int{4, 4, 4, 4}}, {"62", 16, []int{4, 4, 4, 4}},
}

// covers reports whether a finding of the detector covers text[start:end].
func covers(fs []Finding, id DetectorID, start, end int) bool {
	for _, f := range fs {
		if f.Detector == id && f.Start == start && f.End == end {
			return true
		}
	}
	return false
}

// surroundings are arbitrary text before and after, on lines of their own.
func surroundings(t *rapid.T, keyword, value string) (text string, start int) {
	before := rapid.String().Draw(t, "before") + "\n" + keyword
	return before + value + "\n" + rapid.String().Draw(t, "after"), len(before)
}

func TestEveryValidCardIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(cardKinds).Draw(t, "issuer")
		pan := withCheckDigit(k.prefix, k.n, rapid.SliceOfN(rapid.IntRange(0, 9), 16, 16).Draw(t, "digits"))
		if isSampleCard([]byte(pan)) {
			t.Skip("a published sample")
		}
		value := pan
		if sep := rapid.SampledFrom([]string{"", " ", "-"}).Draw(t, "separator"); sep != "" {
			value = grouped(pan, sep, k.lens...)
		}
		text, start := surroundings(t, "card ", value)
		if !covers(Scan([]byte(text)).Findings, PaymentCard, start, start+len(value)) {
			t.Fatalf("not found: %q in %q", value, text)
		}
		// Another check digit is no card.
		wrong := value[:len(value)-1] + string('0'+(value[len(value)-1]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "flip")))%10)
		text = text[:start] + wrong + text[start+len(wrong):]
		if covers(Scan([]byte(text)).Findings, PaymentCard, start, start+len(wrong)) {
			t.Fatalf("found with a wrong check digit: %q", wrong)
		}
	})
}

func TestEveryValidIBANIsFound(t *testing.T) {
	countries := strings.Fields(ibanLengths)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(countries).Draw(t, "country")
		n := int(c[2]-'0')*10 + int(c[3]-'0')
		bban := []byte(rapid.StringMatching("[0-9A-Z]{30}").Draw(t, "account"))[:n-4]
		num := append([]byte(c[:2]+"00"), bban...)
		check := 98 - mod97(num)
		num[2], num[3] = byte('0'+check/10), byte('0'+check%10)
		value := string(num)
		if sep := rapid.SampledFrom([]string{"", " ", "-"}).Draw(t, "separator"); sep != "" {
			var parts []string
			for rest := value; rest != ""; rest = rest[min(4, len(rest)):] {
				parts = append(parts, rest[:min(4, len(rest))])
			}
			value = strings.Join(parts, sep)
		}
		text, start := surroundings(t, "", value)
		if !covers(Scan([]byte(text)).Findings, IBAN, start, start+len(value)) {
			t.Fatalf("not found: %q in %q", value, text)
		}
		wrong := value[:2] + string('0'+(value[2]-'0'+1)%10) + value[3:]
		text = text[:start] + wrong + text[start+len(wrong):]
		if covers(Scan([]byte(text)).Findings, IBAN, start, start+len(wrong)) {
			t.Fatalf("found with wrong check digits: %q", wrong)
		}
	})
}
