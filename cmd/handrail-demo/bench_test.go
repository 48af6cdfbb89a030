package main

import (
	"os"
	"testing"
	"time"

	"handrail/detect"
)

func TestQuantile(t *testing.T) {
	ten := make([]time.Duration, 10)
	for i := range ten {
		ten[i] = time.Duration(10 - i)
	}
	for _, row := range []struct {
		all     []time.Duration
		percent int
		want    time.Duration
	}{
		{nil, 95, 0},
		{[]time.Duration{7}, 50, 7},
		{[]time.Duration{7}, 95, 7},
		{ten, 50, 5},
		{ten, 90, 9},
		{ten, 91, 10},
		{ten, 100, 10},
	} {
		if got := quantile(row.all, row.percent); got != row.want {
			t.Errorf("quantile(%v, %d) = %v, want %v", row.all, row.percent, got, row.want)
		}
	}
	if ten[0] != 10 {
		t.Error("quantile sorted what it was given")
	}
}

// The text that is scanned holds each kind of thing, at both sizes.
func TestMixedText(t *testing.T) {
	for _, n := range []int{64 << 10, 1 << 20} {
		text := mixedText(n)
		if len(text) != n {
			t.Errorf("%d bytes, want %d", len(text), n)
		}
		found := map[detect.Class]bool{}
		for _, f := range detect.Scan(text).Findings {
			found[f.Class] = true
		}
		for _, c := range []detect.Class{detect.ClassContacts, detect.ClassCard, detect.ClassBank, detect.ClassSecret} {
			if !found[c] {
				t.Errorf("%d bytes of mixed text hold no %v", n, c)
			}
		}
	}
}

func TestUsageOf(t *testing.T) {
	u, err := usageOf(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if u.cpu <= 0 || u.wakeUps <= 0 || u.anon <= 0 || u.rss < u.anon {
		t.Errorf("this process has used nothing: %+v", u)
	}
	if _, err := usageOf(-1); err == nil {
		t.Error("no error for a process that is not there")
	}
}
