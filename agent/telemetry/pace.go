// Package telemetry sends what leaves the computer, on two planes that share
// nothing: check-ins with the device's health, signed and by name, and reports
// about nobody. Health is on the disk in the device's ledger before it is
// sent; a report lies in its person's ledger since before it was handed in.
// The package never looks inside a report.
package telemetry

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// Apart keeps the two planes a minute apart, so that times alone don't tell
// which device a report came from. Nil keeps nothing apart. Its zero value is
// ready to use.
type Apart struct {
	mu   sync.Mutex // guards last
	last [2]time.Time
}

type plane int

const (
	healthPlane plane = iota
	reportPlane
)

// apart is how far the planes stay from each other. It is longer than any
// request takes, so that none of the two begins while the other is under way.
const apart = time.Minute

// claim takes the present moment for a plane. When the other one had it just
// now, it says how long to wait instead.
func (a *Apart) claim(p plane, now time.Time) (wait time.Duration) {
	if a == nil {
		return 0
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if other := a.last[1-p]; !other.IsZero() && now.Sub(other) < apart {
		return apart - now.Sub(other)
	}
	a.last[p] = now
	return 0
}

// backOff says how long to wait after failures: full jitter over twice as long
// a time each, from first up to most. The zero value is not usable.
type backOff struct {
	first, most time.Duration
	failed      int
}

// again counts a failure. asked is what the server asked to wait at least.
func (b *backOff) again(asked time.Duration) time.Duration {
	span := b.first << min(b.failed, 30)
	if span <= 0 || span > b.most {
		span = b.most
	}
	b.failed++
	// Never at once: a server that answers quickly with errors is not well.
	return asked + max(upTo(span), b.first/4)
}

func (b *backOff) reset() { b.failed = 0 }

// upTo returns a random time from 0 up to d.
func upTo(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return rand.N(d)
}

// sleep waits, and says whether it was left in peace.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
