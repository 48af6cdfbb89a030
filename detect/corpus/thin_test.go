package corpus

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"handrail/detect"
)

func disguiseNames() []string { return slices.Sorted(maps.Keys(disguises)) }

// marked reads testdata/markings.txt.
func marked(t *testing.T) (yes, no []string) {
	t.Helper()
	b, err := os.ReadFile("testdata/markings.txt")
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq("\n"+string(b), "\n=== ") {
		if text, ok := strings.CutPrefix(part, "yes\n"); ok {
			yes = append(yes, text)
		} else if text, ok := strings.CutPrefix(part, "no\n"); ok {
			no = append(no, text)
		} else if part != "" {
			t.Fatalf("a text starts with neither yes nor no: %q", part)
		}
	}
	return yes, no
}

func texts(lists []list) []string {
	out := make([]string, len(lists))
	for i, l := range lists {
		out[i] = l.text(i)
	}
	return out
}

// TestOurOwnCases is about what the corpus has little of: texts of our own,
// written from public knowledge, at least thirty of each kind.
func TestOurOwnCases(t *testing.T) {
	yes, no := marked(t)
	thin := []struct {
		name    string
		yes, no []string
		found   func(detect.Result) bool
		recall  float64 // wanted, at a precision of 0.97
	}{
		{"marking", yes, no, foundGroup("marking"), 0.90},
		{"bulk", texts(manyPeople), texts(fewOrNobody), foundGroup("bulk"), 0.90},
		{name: "evasion", found: Alarms, recall: 0.85},
	}
	thin[2].yes, thin[2].no = disguised()
	for _, c := range thin {
		if len(c.yes) < 30 || len(c.no) < 30 {
			t.Errorf("%s: %d and %d cases are too few", c.name, len(c.yes), len(c.no))
		}
		var y Tally
		var wrong strings.Builder
		for _, text := range c.yes {
			said := c.found(detect.Scan([]byte(text)))
			if y.Add(true, said); !said {
				fmt.Fprintf(&wrong, "  missed:      %.90q\n", text)
			}
		}
		for _, text := range c.no {
			res := detect.Scan([]byte(text))
			said := c.found(res) || Alarms(res)
			if y.Add(false, said); said {
				fmt.Fprintf(&wrong, "  false alarm: %.90q\n", text)
			}
		}
		t.Logf("%s: P %.3f  R %.3f  (%d and %d texts)\n%s", c.name, y.Precision(), y.Recall(), len(c.yes), len(c.no), wrong.String())
		gate(t, c.name, y, 0.97, c.recall, 0)
	}
}

func foundGroup(name string) func(detect.Result) bool {
	g := group(name)
	return func(res detect.Result) bool {
		return slices.ContainsFunc(res.Findings, func(f detect.Finding) bool {
			return f.Confidence >= detect.Medium && slices.Contains(g.Classes, f.Class)
		})
	}
}
