package detect

import (
	"os"
	"strings"
	"testing"
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
