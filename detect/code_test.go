package detect

import (
	"os"
	"strings"
	"testing"
)

// codeCases are the texts of testdata/prose/code.txt: a hit's title is the
// language, with a number behind it.
func TestCodeIsLabelledWithItsLanguage(t *testing.T) {
	hits, misses := proseCases(t, "code")
	for title, text := range hits {
		want, _, _ := strings.Cut(title, " ")
		if f := proseFinding([]byte(text), SourceCode); f == nil {
			t.Errorf("%s is not found", title)
		} else if f.Why.Form.String() != want {
			t.Errorf("%s is found as %s", title, f.Why)
		}
	}
	for title, text := range misses {
		if f := proseFinding([]byte(text), SourceCode); f != nil {
			t.Errorf("%s is found: %s in %q", title, f.Why, text[f.Start:f.End])
		}
	}
	t.Logf("%d of code, %d of none", len(hits), len(misses))
}

// Code labels what the package itself is written in, and none of its data.
func TestOurOwnSourceIsCode(t *testing.T) {
	for _, name := range []string{"scan.go", "bytes.go", "code.go", "prose_signs.go", "detect_test.go"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if f := proseFinding(text, SourceCode); f == nil || f.Why.Form.String() != "Go" || f.Confidence != High {
			t.Errorf("%s: got %+v, want Go", name, f)
		}
	}
	for _, name := range []string{"contract", "finance", "hr", "health"} {
		hits, misses := proseCases(t, name)
		for _, texts := range []map[string]string{hits, misses} {
			for title, text := range texts {
				if f := proseFinding([]byte(text), SourceCode); f != nil {
					t.Errorf("%s, %q is labelled as code: %s", name, title, f.Why)
				}
			}
		}
	}
}
