package presence

import (
	"testing"
	"time"
)

func TestTyping(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	at := sample{x: 10, y: 10}
	for _, c := range []struct {
		name  string
		since time.Duration // before now
		last  sample
		s     sample
		want  bool
	}{
		{"keys just now", 5 * time.Second, at, sample{idle: 100 * time.Millisecond, x: 10, y: 10}, true},
		{"a pause", 5 * time.Second, at, sample{idle: Pause, x: 10, y: 10}, false},
		{"the key that switched", 30 * time.Millisecond, at, sample{idle: 35 * time.Millisecond, x: 10, y: 10}, false},
		{"the switching key let go", 90 * time.Millisecond, at, sample{idle: 50 * time.Millisecond, x: 10, y: 10}, false},
		{"the pointer moved", 5 * time.Second, at, sample{idle: 0, x: 12, y: 10}, false},
		{"a button went down", 5 * time.Second, at, sample{idle: 0, x: 10, y: 10, buttons: 1}, false},
	} {
		if got := typing(now, now.Add(-c.since), c.last, c.s); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}
