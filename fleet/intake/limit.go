package intake

import (
	"sync"
	"time"
)

// limit lets so many requests through in a row, and one more each interval. It
// is for all senders together: looking at who sends would be a way to tell them
// apart.
type limit struct {
	burst int
	every time.Duration
	now   func() time.Time

	mu   sync.Mutex // guards left and from
	left int
	from time.Time
}

func newLimit(burst int, every time.Duration, now func() time.Time) *limit {
	return &limit{burst: burst, every: every, now: now, left: burst, from: now()}
}

// take uses up a turn, and is false when there is none.
func (l *limit) take() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if more := int(l.now().Sub(l.from) / l.every); more > 0 {
		l.left = min(l.burst, l.left+more)
		l.from = l.from.Add(time.Duration(more) * l.every)
	}
	if l.left == 0 {
		return false
	}
	l.left--
	return true
}
