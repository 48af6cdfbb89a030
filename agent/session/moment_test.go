package session

import (
	"testing"
	"testing/synctest"

	"handrail/agent/presence"
)

// A sensor that has ended says nothing about anybody.
func TestMomentsEnd(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.isIn(presence.Moment{Locked: true})
		if !d.e.moment.Locked {
			t.Fatal("the lock was not noticed")
		}
		d.moments.die()
		synctest.Wait()
		if d.e.moment.Busy() {
			t.Error("busy for ever, because the sensor ended")
		}
	})
}
