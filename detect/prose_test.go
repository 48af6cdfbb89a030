package detect

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// proseCases are the texts of testdata/prose/NAME.txt, each behind a line
// "-- hit: title" or "-- miss: title". All are invented.
func proseCases(t testing.TB, name string) (hits, misses map[string]string) {
	b, err := os.ReadFile("testdata/prose/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	hits, misses = map[string]string{}, map[string]string{}
	for _, part := range strings.Split("\n"+string(b), "\n-- ")[1:] {
		head, text, _ := strings.Cut(part, "\n")
		kind, title, _ := strings.Cut(head, ": ")
		switch kind {
		case "hit":
			hits[title] = text
		case "miss":
			misses[title] = text
		default:
			t.Fatalf("%s.txt: neither hit nor miss: %q", name, head)
		}
	}
	return hits, misses
}

var proseFiles = map[string]DetectorID{"contract": ContractText, "finance": FinanceText, "hr": HRText, "health": HealthText}

func TestProseIsKnownByItsWording(t *testing.T) {
	for name, id := range proseFiles {
		hits, misses := proseCases(t, name)
		found, alarms := 0, 0
		for title, text := range hits {
			if f := proseFinding([]byte(text), id); f != nil {
				found++
			} else {
				t.Errorf("%s: %q is not found", id, title)
			}
		}
		for title, text := range misses {
			for _, f := range Scan([]byte(text)).Findings {
				if f.Class >= ClassHR && f.Class <= ClassFinance {
					alarms++
					t.Errorf("%s: %q is found as %s: %s", id, title, f.Detector, f.Why)
				}
			}
		}
		t.Logf("%s: %d of %d found, %d alarms on %d harmless texts", id, found, len(hits), alarms, len(misses))
	}
}

func proseFinding(text []byte, id DetectorID) *Finding {
	for _, f := range Scan(text).Findings {
		if f.Detector == id {
			return &f
		}
	}
	return nil
}

const neutralText = "The committee met on Tuesday and moved the summer fair to the larger field, because the old one floods when it rains. Volunteers bring tables, and the bakery sends bread and cakes.\n"

// Harmless text around it neither makes a document of a text nor hides one.
func TestNeutralTextChangesNothing(t *testing.T) {
	for name, id := range proseFiles {
		hits, misses := proseCases(t, name)
		rapid.Check(t, func(t *rapid.T) {
			before := strings.Repeat(neutralText, rapid.IntRange(0, 40).Draw(t, "before"))
			after := strings.Repeat(neutralText, rapid.IntRange(0, 40).Draw(t, "after"))
			title := rapid.SampledFrom(slices.Sorted(maps.Keys(hits))).Draw(t, "hit")
			if f := proseFinding([]byte(before+hits[title]+"\n"+after), id); f == nil {
				t.Errorf("%s: %q is lost between other text", id, title)
			} else if f.Start < len(before) || f.End > len(before)+len(hits[title]) {
				t.Errorf("%s: %q: the finding goes beyond it", id, title)
			}
			title = rapid.SampledFrom(slices.Sorted(maps.Keys(misses))).Draw(t, "miss")
			if f := proseFinding([]byte(before+misses[title]+"\n"+after), id); f != nil {
				t.Errorf("%s: %q is found between other text: %s", id, title, f.Why)
			}
		})
	}
}

func TestProseIsLinear(t *testing.T) {
	perByte := func(text string, n int) float64 {
		s := scanner{text: repeat(text, n)}
		_ = s.run(t.Context())
		return float64(s.steps) / float64(n)
	}
	for name := range proseFiles {
		hits, misses := proseCases(t, name)
		for _, texts := range []map[string]string{hits, misses} {
			all := strings.Join(slices.Sorted(maps.Values(texts)), "\n")
			if small, large := perByte(all, 64<<10), perByte(all, 512<<10); large > 1.1*small+0.5 {
				t.Errorf("%s: %.2f looks a byte at 64 KB, %.2f at 512 KB", name, small, large)
			}
		}
	}
}

// The reason names the groups that gave most.
func TestProseSaysWhatSpeaksForIt(t *testing.T) {
	f := proseFinding([]byte(proseDetectors()[0].Hits[0]), ContractText)
	if got := f.Why.String(); !strings.Contains(got, "phrases, contract prose: title, parties, execution") || f.Confidence != Medium {
		t.Errorf("got %q, %s", got, f.Confidence)
	}
}
