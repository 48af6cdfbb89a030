package corpus

import "testing"

// gate fails the test where a figure is below what is wanted of it.
func gate(t testing.TB, name string, y Tally, precision, recall, f1 float64) {
	t.Helper()
	if y.Positives() == 0 {
		t.Errorf("%s: there is nothing to find", name)
	}
	if y.Precision() < precision || y.Recall() < recall || y.F1() < f1 {
		t.Errorf("%s: P %.3f R %.3f F1 %.3f; wanted at least %.2f, %.2f, %.2f (%d false alarms, %d missed)",
			name, y.Precision(), y.Recall(), y.F1(), precision, recall, f1, y.FalsePos, y.FalseNeg)
	}
}

// TestGates holds the figures of the corpus to what is wanted. All classes
// together are held on each half; a class only on the whole, because in a half
// there are as few as four texts of one, and a single miss would be 25 points.
func TestGates(t *testing.T) {
	m := measured(t)
	all := both(m)
	gate(t, "all", Count(all, strong), 0.97, 0.88, 0.92)
	for _, h := range []Half{Tune, Check} {
		gate(t, "half "+string(h), Count(m[h], strong), 0.97, 0.88, 0.92)
	}
	gate(t, "card", CountGroup(all, group("card"), strong), 0, 0, 0.95)
	gate(t, "bank", CountGroup(all, group("bank"), strong), 0, 0, 0.95)
	gate(t, "govid", CountGroup(all, group("govid"), strong), 0, 0, 0.92)
	gate(t, "secret without gitleaks' own examples", CountGroup(all, group("secret"), notGitleaks), 0.97, 0.70, 0)
	gate(t, "bulk", CountGroup(all, group("bulk"), strong), 0.97, 0.90, 0)
	gate(t, "marking", CountGroup(all, group("marking"), strong), 0.97, 0.90, 0)
	gate(t, "evasion", Count(all, inSlice("evasion")), 0, 0.85, 0)
	for slice, most := range map[string]int{"sample_values": 1, "hard_negative": 1, "ordinary": 0, "public_text": 0} {
		y := Count(all, inSlice(slice))
		if y.FalsePos > most || y.Negatives() == 0 {
			t.Errorf("%s: %d false alarms on %d texts; at most %d are allowed", slice, y.FalsePos, y.Negatives(), most)
		}
	}
}

// failed counts what a gate says.
type failed struct {
	testing.TB
	n int
}

func (f *failed) Helper()               {}
func (f *failed) Errorf(string, ...any) { f.n++ }

// TestGatesCanFail holds that a gate which is asked about nothing is closed.
func TestGatesCanFail(t *testing.T) {
	for name, c := range map[string]struct {
		y        Tally
		p, r, f1 float64
		fails    bool
	}{
		"met":               {Tally{TruePos: 9, FalseNeg: 1, TrueNeg: 5}, 0.9, 0.9, 0.9, false},
		"precision":         {Tally{TruePos: 9, FalsePos: 2}, 0.9, 0, 0, true},
		"recall":            {Tally{TruePos: 8, FalseNeg: 2}, 0, 0.9, 0, true},
		"F1":                {Tally{TruePos: 8, FalsePos: 2, FalseNeg: 2}, 0, 0, 0.9, true},
		"nothing to find":   {Tally{TrueNeg: 9}, 0, 0, 0.9, true},
		"nothing is called": {Tally{FalseNeg: 9}, 0.9, 0.1, 0, true},
	} {
		f := &failed{TB: t}
		if gate(f, name, c.y, c.p, c.r, c.f1); f.n > 0 != c.fails {
			t.Errorf("%s: said %d times, wanted to fail: %v", name, f.n, c.fails)
		}
	}
}
