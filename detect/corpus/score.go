package corpus

import (
	"slices"

	"handrail/detect"
)

// Group is a kind of content as the peers' figures group it: classes of ours on
// one side, labels of the corpus on the other.
type Group struct {
	Name    string
	Classes []detect.Class
	Labels  []string
}

// Groups are the groups of the published figures.
var Groups = []Group{
	{"card", []detect.Class{detect.ClassCard}, []string{"CREDIT_CARD"}},
	{"bank", []detect.Class{detect.ClassBank}, []string{"IBAN", "BANK_ACCOUNT"}},
	{"govid", []detect.Class{detect.ClassGovID}, []string{"NATIONAL_ID", "TAX_ID", "HEALTH_ID", "PASSPORT", "DRIVER_LICENSE"}},
	{"secret", []detect.Class{detect.ClassSecret}, []string{"SECRET", "PASSWORD", "CONN_STRING", "JWT", "PRIVATE_KEY"}},
	{"bulk", []detect.Class{detect.ClassContacts, detect.ClassHR}, []string{"BULK_CONTACTS", "HR_RECORD"}},
	{"marking", []detect.Class{detect.ClassMarking}, []string{"CLASSIFICATION_MARKING"}},
	{"prose", []detect.Class{detect.ClassContract, detect.ClassFinance, detect.ClassHealth}, []string{"LEGAL_CONTRACT", "FINANCE_CONFIDENTIAL"}},
}

// holds reports whether the item is labelled with something of the group.
func (g Group) holds(it Item) bool {
	return it.Sensitive && slices.ContainsFunc(it.Labels, func(l string) bool { return slices.Contains(g.Labels, l) })
}

// Outcome is an item and what a scan made of it.
type Outcome struct {
	Item
	Findings []detect.Finding // those that count, of medium confidence or more
	Alarm    bool
}

// found reports whether something of the group was found.
func (o Outcome) found(g Group) bool {
	return slices.ContainsFunc(o.Findings, func(f detect.Finding) bool { return slices.Contains(g.Classes, f.Class) })
}

// Run scans the items.
func Run(items []Item) []Outcome {
	out := make([]Outcome, len(items))
	for i, it := range items {
		res := detect.Scan([]byte(it.Text))
		out[i] = Outcome{Item: it, Alarm: Alarms(res)}
		for _, f := range res.Findings {
			if f.Confidence >= detect.Medium {
				out[i].Findings = append(out[i].Findings, f)
			}
		}
	}
	return out
}

// Tally counts the outcomes of a question with two answers.
type Tally struct{ TruePos, FalsePos, FalseNeg, TrueNeg int }

// Add counts one more.
func (t *Tally) Add(truth, said bool) {
	switch {
	case truth && said:
		t.TruePos++
	case said:
		t.FalsePos++
	case truth:
		t.FalseNeg++
	default:
		t.TrueNeg++
	}
}

// Positives is how many of those counted are positive in truth.
func (t Tally) Positives() int { return t.TruePos + t.FalseNeg }

// Negatives is how many of those counted are negative in truth.
func (t Tally) Negatives() int { return t.FalsePos + t.TrueNeg }

// Precision is how many of those called positive are, 1 if none was called so.
func (t Tally) Precision() float64 { return share(t.TruePos, t.TruePos+t.FalsePos) }

// Recall is how many of the positives were found, 1 if there are none.
func (t Tally) Recall() float64 { return share(t.TruePos, t.Positives()) }

// F1 is the harmonic mean of precision and recall.
func (t Tally) F1() float64 { return share(2*t.TruePos, 2*t.TruePos+t.FalsePos+t.FalseNeg) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Count asks of each outcome that is meant whether the alarm was right.
func Count(outcomes []Outcome, meant func(Outcome) bool) Tally {
	var t Tally
	for _, o := range outcomes {
		if meant(o) {
			t.Add(o.Sensitive, o.Alarm)
		}
	}
	return t
}

// CountGroup asks of each outcome that is meant whether something of the group
// is in the text, and was found.
func CountGroup(outcomes []Outcome, g Group, meant func(Outcome) bool) Tally {
	var t Tally
	for _, o := range outcomes {
		if meant(o) {
			t.Add(g.holds(o.Item), o.found(g))
		}
	}
	return t
}
