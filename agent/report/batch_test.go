package report

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestBatchOf(t *testing.T) {
	berlin := time.FixedZone("", 2*60*60)
	for _, c := range []struct {
		t          time.Time
		length     time.Duration
		id         BatchID
		start, end string
	}{
		{time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC), Week, "2026-W48", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"},
		{time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Week, "2026-W48", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"},
		{time.Date(2026, 11, 29, 23, 59, 59, 999, time.UTC), Week, "2026-W48", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"},
		{time.Date(2026, 11, 23, 1, 0, 0, 0, berlin), Week, "2026-W47", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z"},
		{time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC), Week, "2026-W53", "2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z"},
		{time.Date(2024, 12, 31, 12, 0, 0, 0, time.UTC), Week, "2025-W01", "2024-12-30T00:00:00Z", "2025-01-06T00:00:00Z"},
		{time.Date(1970, 1, 1, 0, 2, 59, 0, time.UTC), time.Minute, "s60-2", "1970-01-01T00:02:00Z", "1970-01-01T00:03:00Z"},
		{time.Date(1970, 1, 3, 0, 0, 0, 0, time.UTC), 24 * time.Hour, "s86400-2", "1970-01-03T00:00:00Z", "1970-01-04T00:00:00Z"},
		{time.Unix(100, 0), time.Millisecond, "s1-100", "1970-01-01T00:01:40Z", "1970-01-01T00:01:41Z"},
	} {
		b := BatchOf(c.t, c.length)
		if b.ID != c.id || b.Start.Format(time.RFC3339Nano) != c.start || b.End.Format(time.RFC3339Nano) != c.end {
			t.Errorf("BatchOf(%s, %s) = %s %s %s, want %s %s %s", c.t, c.length, b.ID, b.Start, b.End, c.id, c.start, c.end)
		}
	}
}

func TestBatchesFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "t"), 0)
		length := rapid.SampledFrom([]time.Duration{time.Second, 90 * time.Second, time.Hour, 24 * time.Hour, Week}).Draw(t, "length")
		b := BatchOf(at, length)
		if at.Before(b.Start) || !at.Before(b.End) || b.Length() != length {
			t.Fatalf("%s is not in %v of %s", at, b, length)
		}
		if n := b.Next(); !n.Start.Equal(b.End) || n.Before() != b {
			t.Fatalf("%v is followed by %v, which is preceded by %v", b, n, n.Before())
		}
		p, err := ParseBatch(b.ID)
		if err != nil || p != b {
			t.Fatalf("ParseBatch(%s) = %v, %v, want %v", b.ID, p, err, b)
		}
	})
}

func TestParseBatchRefuses(t *testing.T) {
	for _, id := range []BatchID{"", "s", "s-", "s60", "s60-", "s060-1", "s60-01", "s60-+1", "s60--1", "s0-1", "s-60-1", "s99999999999-1",
		"s60-99999999999999", "s604800-2968", "2026-W00", "2026-W54", "2025-W53", "2026-W4", "2026-w48", "026-W48", "1969-W01", "2026-W48 ", "2026-W+8"} {
		if b, err := ParseBatch(id); !errors.Is(err, ErrMalformed) {
			t.Errorf("ParseBatch(%q) = %v, %v, want ErrMalformed", id, b, err)
		}
	}
}
