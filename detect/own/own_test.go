package own

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"handrail/detect"
)

func set(t testing.TB, entries ...Entry) *Set {
	t.Helper()
	s, err := New(entries)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func find(s *Set, text string) (out []string) {
	s.Find([]byte(text), func(f detect.Finding) { out = append(out, fmt.Sprint(f.Own)+": "+text[f.Start:f.End]) })
	return out
}

func dictionaryOf(t testing.TB, name string, names ...string) Entry {
	t.Helper()
	e := Entry{Name: name, Key: NewKey(), Confidence: detect.High}
	for _, n := range names {
		var err error
		if e.Digests, err = Digest(e.Digests, e.Key, n); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

func TestTermsAreWholeWords(t *testing.T) {
	s := set(t, Entry{Name: "P", Words: []string{"Larch", "Blue Heron", "Straße 7b"}})
	for text, want := range map[string]string{
		"larch":                      "1: larch",
		"the LARCH-deal":             "1: LARCH",
		"larches, Larchmont":         "",
		"blue  heron, blue\nheron":   "1: blue  heron|1: blue\nheron",
		"Blue-Heron_2":               "1: Blue-Heron",
		"BlueHeron":                  "",
		"blue. And a heron":          "",
		"blue\n\nheron":              "",
		"STRASSE 7B":                 "",
		"STRAßE 7B":                  "1: STRAßE 7B",
		"blue blue heron heron blue": "1: blue heron",
		"\xff\xfelarch\xff":          "1: larch",
	} {
		if got := strings.Join(find(s, text), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestPatternsNeedALiteral(t *testing.T) {
	for pattern, literal := range map[string]string{
		`KF-[0-9]{6}`:           "KF-",
		`\bKF-\d+/[a-z]{2}\b`:   "KF-",
		`(?:ACME|Zenith) order`: " order",
		`x+PROJ-(A|B)`:          "PROJ-",
		`(LARCH){2}`:            "LARCH",
	} {
		p, err := compile(&Entry{Pattern: pattern}, entry{})
		if err != nil || string(p.literal) != literal {
			t.Errorf("%s: literal %q, %v; want %q", pattern, p.literal, err, literal)
		}
	}
	for _, pattern := range []string{`\d{6}`, `(?i)larch`, `KF|LARCH`, `K*`, `(`, strings.Repeat("a", MaxPattern+1)} {
		if _, err := compile(&Entry{Pattern: pattern}, entry{}); err == nil {
			t.Errorf("%.20s: no error", pattern)
		}
	}
	if _, err := compile(&Entry{Pattern: `(?i)kf-[0-9]{6}`, Literal: "204"}, entry{}); err != nil {
		t.Errorf("with a literal: %v", err)
	}
}

// The window around the literal finds what the expression finds in the whole.
func TestPatternsFindWhatTheExpressionFinds(t *testing.T) {
	e := Entry{Name: "N", Pattern: `\bKF-[0-9]{4,6}(?:/[a-z]{2})?\b`, Confidence: detect.High}
	s, re := set(t, e), regexp.MustCompile(e.Pattern)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"KF-", "KF-20481", "KF-204811/ab", " ", "x", "\n", "é",
			strings.Repeat("lorem ipsum ", 40), strings.Repeat("KF-1 ", 200)}), 0, 30).Draw(t, "parts"), "")
		var want []string
		for _, m := range re.FindAllString(text, -1) {
			want = append(want, "1: "+m)
		}
		if got := find(s, text); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("got %q\nwant %q", got, want)
		}
	})
}

func TestDictionariesHoldNoNames(t *testing.T) {
	e := dictionaryOf(t, "Customers", "Hansen & Søn A/S", "Contoso", "Northwind Traders Ltd.")
	s := set(t, e)
	for text, want := range map[string]string{
		"mail from CONTOSO, thanks":       "1: CONTOSO",
		"hansen  &  søn a/s":              "1: hansen  &  søn a/s",
		"Northwind traders, ltd":          "1: Northwind traders, ltd",
		"Northwind, contosos, Hansen Søn": "",
	} {
		if got := strings.Join(find(s, text), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for _, name := range []string{"contoso", "hansen", "northwind"} {
		if strings.Contains(strings.ToLower(string(e.Digests)), name) {
			t.Errorf("the digests hold %q", name)
		}
	}
	other := e
	other.Key = NewKey()
	if got := find(set(t, other), "Contoso"); got != nil {
		t.Errorf("found under another key: %v", got)
	}
	for _, broken := range []Entry{{Key: e.Key[:5], Digests: e.Digests}, {Key: e.Key, Digests: e.Digests[:10]}, {Key: e.Key, Digests: append([]byte{99}, e.Digests[1:]...)}} {
		if _, err := New([]Entry{broken}); err == nil {
			t.Errorf("no error for %v", broken)
		}
	}
}

func FuzzFind(f *testing.F) {
	s := set(f, Entry{Name: "T", Words: []string{"Larch", "Blue Heron"}}, Entry{Name: "P", Pattern: "KF-[0-9]{6}"}, dictionaryOf(f, "D", "Contoso", "Hansen Søn"))
	for _, x := range []string{"larch", "KF-204811", "contoso blue heron", "\xff\xfe", "İstanbul larch", strings.Repeat("KF-", 300)} {
		f.Add([]byte(x))
	}
	slow := regexp.MustCompile(`(?i)larch`)
	f.Fuzz(func(t *testing.T, text []byte) {
		larches := 0
		s.Find(text, func(x detect.Finding) {
			if x.Start < 0 || x.End > len(text) || x.Start >= x.End || x.Own < 1 || x.Own > 3 || x.Class != detect.ClassOwn {
				t.Fatalf("impossible: %+v", x)
			}
			if x.Own == 1 && x.End-x.Start == 5 {
				larches++
			}
		})
		want := 0
		runes := string(text)
		for _, m := range slow.FindAllStringIndex(runes, -1) {
			before, after := []rune(runes[:m[0]]), []rune(runes[m[1]:])
			if m[1]-m[0] == 5 && (len(before) == 0 || !isWordRune(before[len(before)-1])) && (len(after) == 0 || !isWordRune(after[0])) {
				want++
			}
		}
		if larches != min(want, maxFindings) {
			t.Errorf("found %d of %d: %q", larches, want, text)
		}
	})
}

func TestFoldIsLowerCase(t *testing.T) {
	for _, r := range "AzÄéßĞЖΩ9_" {
		if fold(r) != unicode.ToLower(r) {
			t.Errorf("%c folds to %c", r, fold(r))
		}
	}
}

func BenchmarkFind64K(b *testing.B) {
	var names []string
	for i := range 5000 {
		names = append(names, fmt.Sprintf("Customer%d Holding", i))
	}
	s := set(b, Entry{Name: "T", Words: []string{"Larch", "Blue Heron"}}, Entry{Name: "P", Pattern: "KF-[0-9]{6}"}, dictionaryOf(b, "D", names...))
	text := []byte(strings.Repeat("Thanks for the call on Project Larix, the order KX-2048 arrives in May.\n", 920))[:64<<10]
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Find(text, func(detect.Finding) {})
	}
}

// A word that is longer when it is folded leaves no copy behind: it is folded
// into room that is wiped.
func TestFoldedWordsFitTheirRoom(t *testing.T) {
	s := set(t, dictionaryOf(t, "D", "Contoso"))
	allocs := func(text string) float64 {
		b := []byte(text)
		return testing.AllocsPerRun(10, func() { s.Find(b, func(detect.Finding) {}) })
	}
	if short, long := allocs("contosi"), allocs(strings.Repeat("Ⱥ", maxName/2)); long > short {
		t.Errorf("a long word allocates %v times, a short one %v", long, short)
	}
}
