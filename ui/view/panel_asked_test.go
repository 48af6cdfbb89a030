package view

import (
	"reflect"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/ui/text"
)

// The panel says what the console and the command line say.
func TestNeverCollectedIsSaidAlikeEverywhere(t *testing.T) {
	for _, n := range report.NeverCollected() {
		if got := (text.Printer{}).Say(neverKeys[n]); got != n.Words() {
			t.Errorf("the panel says %q, want %q", got, n.Words())
		}
	}
}

// Whatever a policy says, the page about what IT saw is the same, with all that
// was sent, the switch, and what is never collected.
func TestNoPolicyHidesWhatITSaw(t *testing.T) {
	page := func(edit func(*card.Panel)) []Block {
		p := usual()
		edit(&p)
		for _, q := range PanelIn(p, text.Printer{}, time.UTC).Pages {
			if q.Tab == card.TabLedger {
				return q.Blocks
			}
		}
		t.Fatal("there is no such page")
		return nil
	}
	want := page(func(*card.Panel) {})
	for source := card.PolicyBuiltIn; source <= card.PolicyLastGood; source++ {
		for _, serial := range []int{0, 7} {
			for _, off := range []bool{false, true} {
				for _, broken := range []bool{false, true} {
					got := page(func(p *card.Panel) {
						p.Policy, p.Serial, p.PolicyOff, p.PolicyBroken, p.Own = source, serial, off, broken, []string{"Project Larch"}
					})
					if !reflect.DeepEqual(got, want) {
						t.Errorf("policy %v %d, off %v, broken %v: the page is another", source, serial, off, broken)
					}
				}
			}
		}
	}
}
