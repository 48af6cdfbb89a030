package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// measured is every outcome of both halves.
func measured(t *testing.T) map[Half][]Outcome {
	t.Helper()
	out := map[Half][]Outcome{}
	for _, h := range []Half{Tune, Check} {
		items, err := Load(h)
		if err != nil {
			t.Fatal(err)
		}
		out[h] = Run(items)
	}
	return out
}

func both(m map[Half][]Outcome) []Outcome { return slices.Concat(m[Tune], m[Check]) }

func strong(o Outcome) bool      { return !o.Weak }
func everyone(Outcome) bool      { return true }
func notGitleaks(o Outcome) bool { return strong(o) && o.Origin() != "gitleaks-tests" }

func inSlice(name string) func(Outcome) bool {
	return func(o Outcome) bool { return o.Slice == name }
}

func group(name string) Group {
	i := slices.IndexFunc(Groups, func(g Group) bool { return g.Name == name })
	return Groups[i]
}

func TestTheHalvesAreWhatTheySay(t *testing.T) {
	seen := map[string]bool{}
	for _, h := range []Half{Tune, Check} {
		items, err := Load(h)
		if err != nil {
			t.Fatal(err)
		}
		if len(items) < 200 {
			t.Errorf("%s has %d items only", h, len(items))
		}
		for _, it := range items {
			if seen[it.ID] || HalfOf(it.ID) != h {
				t.Errorf("%s is there twice, or in the wrong half", it.ID)
			}
			seen[it.ID] = true
			if it.Origin() == "pupa-redacted" {
				t.Errorf("%s may not be redistributed", it.ID)
			}
			if it.Weak && it.Sensitive {
				t.Errorf("%s: only a negative can be weak", it.ID)
			}
		}
	}
}

// TestFigures prints the figures; go test -v shows them.
func TestFigures(t *testing.T) {
	m := measured(t)
	all := both(m)
	var b strings.Builder
	line := func(name string, y Tally) {
		fmt.Fprintf(&b, "%-44s P %.3f  R %.3f  F1 %.3f  (%d positives, %d false alarms, %d missed)\n",
			name, y.Precision(), y.Recall(), y.F1(), y.Positives(), y.FalsePos, y.FalseNeg)
	}
	b.WriteString("\nAny sensitive finding against the label\n")
	line("all, strong labels", Count(all, strong))
	line("all, with weak negatives", Count(all, everyone))
	for _, h := range []Half{Tune, Check} {
		line("half "+string(h)+", strong labels", Count(m[h], strong))
		line("half "+string(h)+", with weak negatives", Count(m[h], everyone))
	}
	b.WriteString("\nBy class, strong labels: a finding of the class against its labels\n")
	for _, g := range Groups {
		line(g.Name, CountGroup(all, g, strong))
		for _, h := range []Half{Tune, Check} {
			line("  half "+string(h), CountGroup(m[h], g, strong))
		}
	}
	line("secret without gitleaks' own examples", CountGroup(all, group("secret"), notGitleaks))
	b.WriteString("\nBy source\n")
	for _, origin := range values(all, Outcome.Origin) {
		line(origin, Count(all, func(o Outcome) bool { return strong(o) && o.Origin() == origin }))
	}
	b.WriteString("\nBy slice: recall, and false alarms\n")
	for _, name := range values(all, func(o Outcome) string { return o.Slice }) {
		y := Count(all, inSlice(name))
		if y.Positives() > 0 {
			fmt.Fprintf(&b, "%-20s recall      %.3f (%d of %d)\n", name, y.Recall(), y.TruePos, y.Positives())
		}
		if y.Negatives() > 0 {
			fmt.Fprintf(&b, "%-20s false alarm %.3f (%d of %d)\n", name, share(y.FalsePos, y.Negatives()), y.FalsePos, y.Negatives())
		}
	}
	t.Log(b.String())
}

// values returns the different values of a question, sorted.
func values(outcomes []Outcome, of func(Outcome) string) []string {
	var all []string
	for _, o := range outcomes {
		all = append(all, of(o))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
