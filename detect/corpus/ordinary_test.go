package corpus

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"handrail/detect"
	"handrail/detect/corpus/ordinary"
)

// The ordinary pastes that are looked at: the first so many of this seed.
const (
	ordinaryTexts = 12000
	ordinarySeed  = 1
)

// falseAlarms is what was said of texts that hold nothing.
type falseAlarms struct {
	texts, alarms int
	byKind        map[string]int
	byDetector    map[detect.DetectorID]int
	kinds         map[string]int
	examples      []string
}

func (a falseAlarms) perThousand() float64 { return 1000 * share(a.alarms, a.texts) }

func alarmsOn(texts []ordinary.Text) falseAlarms {
	a := falseAlarms{texts: len(texts), byKind: map[string]int{}, byDetector: map[detect.DetectorID]int{}, kinds: map[string]int{}}
	for _, text := range texts {
		a.kinds[text.Kind]++
		res := detect.Scan([]byte(text.Body))
		if !Alarms(res) {
			continue
		}
		a.alarms++
		a.byKind[text.Kind]++
		for _, f := range res.Findings {
			if f.Confidence >= detect.Medium {
				a.byDetector[f.Detector]++
				a.examples = append(a.examples, fmt.Sprintf("%s: %s %q (%s)", text.Kind, f.Detector, clip(text.Body, f), f.Why))
			}
		}
	}
	return a
}

// clip is what was found with some of what stands around it.
func clip(text string, f detect.Finding) string {
	return text[max(0, f.Start-30):f.Start] + "[" + text[f.Start:min(f.End, f.Start+80)] + "]" + text[f.End:min(len(text), f.End+10)]
}

// TestOrdinaryPastesStayQuiet holds the promise that people judge us by: fewer
// than one false alarm in a thousand ordinary pastes.
func TestOrdinaryPastesStayQuiet(t *testing.T) {
	a := alarmsOn(ordinary.Texts(ordinarySeed, ordinaryTexts))
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d false alarms on %d ordinary pastes of %d kinds: %.2f per thousand\n", a.alarms, a.texts, len(a.kinds), a.perThousand())
	for _, kind := range slices.Sorted(maps.Keys(a.byKind)) {
		fmt.Fprintf(&b, "  %-24s %d of %d\n", kind, a.byKind[kind], a.kinds[kind])
	}
	for _, id := range slices.Sorted(maps.Keys(a.byDetector)) {
		fmt.Fprintf(&b, "  by %-24s %d\n", id, a.byDetector[id])
	}
	for _, e := range a.examples[:min(len(a.examples), 40)] {
		b.WriteString("  " + e + "\n")
	}
	t.Log(b.String())
	if a.perThousand() >= 1 {
		t.Errorf("%.2f false alarms per thousand ordinary pastes; fewer than 1 are allowed", a.perThousand())
	}
}
