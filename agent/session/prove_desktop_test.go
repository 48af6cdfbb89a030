package session

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/coverage"
)

func (d *desk) wantDesktop(state coverage.State, why coverage.Why) {
	d.t.Helper()
	synctest.Wait()
	for _, s := range []coverage.Surface{coverage.Windows, coverage.Apps} {
		if got := d.status().Coverage.Of(s); got.State != state || got.Why != why {
			d.t.Errorf("%s: %s, %s; want %s, %s", s, got.State, got.Why, state, why)
		}
	}
}

// Windows and apps are green with a self-test only; it is made at the start,
// and again when the person comes to an AI tool after a while.
func TestTheDesktopIsGreenOnlyWithAProof(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.wantDesktop(coverage.Seen, coverage.None)
		first, begun := d.status().Proof, d.clipboard.proofs.asked()
		if first.IsZero() {
			t.Error("no time of the self-test")
		}
		time.Sleep(3 * proofAge)
		d.elsewhere()
		if n := d.clipboard.proofs.asked() - begun; n != 0 {
			t.Errorf("%d self-tests while nobody was at an AI tool", n)
		}
		d.chatgpt()
		d.chatgpt()
		if n, at := d.clipboard.proofs.asked()-begun, d.status().Proof; n != 1 || !at.After(first) {
			t.Errorf("%d self-tests, the last at %v", n, at)
		}
		d.wantDesktop(coverage.Seen, coverage.None)
	})
}

// A sensor that is open and tells nothing is found out, and what it sees is
// green again once a self-test has gone through.
func TestADeadSensorIsFoundOut(t *testing.T) {
	for name, of := range map[string]func(*desk) *proofs{
		"clipboard": func(d *desk) *proofs { return &d.clipboard.proofs },
		"focus":     func(d *desk) *proofs { return &d.focus.proofs },
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, d *desk) {
				of(d).fail(errors.New("no notice"))
				time.Sleep(proofAge + time.Second)
				d.chatgpt()
				d.wantDesktop(coverage.Partly, coverage.NotProven)
				of(d).fail(nil)
				d.elsewhere()
				d.wantDesktop(coverage.Partly, coverage.NotProven)
				d.chatgpt()
				d.wantDesktop(coverage.Seen, coverage.None)

				of(d).stall(true)
				time.Sleep(proofAge + time.Second)
				d.chatgpt()
				d.wantDesktop(coverage.Seen, coverage.None)
				time.Sleep(proofPatience)
				d.wantDesktop(coverage.Partly, coverage.NotProven)
			})
		})
	}
}

// What was proven of a sensor says nothing of the next one, and nothing is
// proven in a pause.
func TestAProofIsOfThisSensor(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		old := d.clipboard
		old.proofs.stall(true)
		time.Sleep(proofAge + time.Second)
		d.chatgpt() // the old one's self-test is under way
		old.die()
		synctest.Wait()
		time.Sleep(firstRest)
		synctest.Wait()
		if d.clipboard == old || d.clipboard.proofs.asked() != 1 {
			t.Errorf("the new sensor was asked %d times", d.clipboard.proofs.asked())
		}
		d.wantDesktop(coverage.Seen, coverage.None)
		time.Sleep(proofPatience) // now the old one's ends
		d.wantDesktop(coverage.Seen, coverage.None)

		d.pause(true)
		time.Sleep(2 * proofAge)
		d.chatgpt()
		if n := d.clipboard.proofs.asked(); n != 1 {
			t.Errorf("%d self-tests, one of them in a pause", n)
		}
		d.pause(false)
		if n := d.clipboard.proofs.asked(); n != 2 {
			t.Errorf("%d self-tests after the pause", n)
		}
	})
}
