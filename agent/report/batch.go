package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// BatchID names a batch, the stretch of time that one report is about:
//
//	2026-W48      a week: ISO 8601, Monday 00:00 UTC to the next
//	s60-29384722  any other length: its seconds, and how many of them had
//	              passed since 1970-01-01 00:00 UTC when it began
//
// The id alone says when a batch begins and ends, the same on every laptop.
type BatchID string

// Week is the length of a batch where nothing else is configured.
const Week = 7 * 24 * time.Hour

// Batch is one batch: Start is in it, End is the start of the next.
type Batch struct {
	ID         BatchID
	Start, End time.Time
}

// Length returns how long the batch is.
func (b Batch) Length() time.Duration { return b.End.Sub(b.Start) }

// Next returns the batch of the same length that follows.
func (b Batch) Next() Batch { return BatchOf(b.End, b.Length()) }

// Before returns the batch of the same length that came before.
func (b Batch) Before() Batch { return BatchOf(b.Start.Add(-time.Second), b.Length()) }

// BatchOf returns the batch of the given length that t lies in. Lengths are
// whole seconds, at least one; a fraction is cut off.
func BatchOf(t time.Time, length time.Duration) Batch {
	t = t.UTC()
	if length == Week {
		monday := time.Date(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, 0, 0, 0, 0, time.UTC)
		y, w := monday.ISOWeek()
		return Batch{ID: BatchID(fmt.Sprintf("%04d-W%02d", y, w)), Start: monday, End: monday.AddDate(0, 0, 7)}
	}
	secs := max(int64(length/time.Second), 1)
	n := t.Unix() / secs
	if t.Unix()%secs < 0 {
		n-- // before 1970: round down, not towards zero
	}
	return Batch{
		ID:    BatchID(fmt.Sprintf("s%d-%d", secs, n)),
		Start: time.Unix(n*secs, 0).UTC(),
		End:   time.Unix((n+1)*secs, 0).UTC(),
	}
}

// maxBatchSeconds bounds what ParseBatch accepts: no batch is longer than a
// year, and none begins after the year 9999.
const (
	maxBatchSeconds = 366 * 24 * 60 * 60
	maxUnix         = 253402300799
)

// ParseBatch returns the batch that an id names.
func ParseBatch(id BatchID) (Batch, error) {
	bad := fmt.Errorf("%w: bad batch id", ErrMalformed)
	if secs, n, ok := strings.Cut(strings.TrimPrefix(string(id), "s"), "-"); ok && strings.HasPrefix(string(id), "s") {
		s, err := strconv.ParseInt(secs, 10, 64)
		i, err2 := strconv.ParseInt(n, 10, 64)
		if err != nil || err2 != nil || s < 1 || s > maxBatchSeconds || i < 0 || i > maxUnix/s {
			return Batch{}, bad
		}
		b := BatchOf(time.Unix(i*s, 0), time.Duration(s)*time.Second)
		if b.ID != id { // a week in seconds, leading zeros, a plus sign
			return Batch{}, bad
		}
		return b, nil
	}
	year, week, ok := strings.Cut(string(id), "-W")
	y, err := strconv.Atoi(year)
	w, err2 := strconv.Atoi(week)
	if !ok || err != nil || err2 != nil || y < 1970 || y > 9999 || w < 1 || w > 53 {
		return Batch{}, bad
	}
	// The fourth of January is always in the first ISO week.
	b := BatchOf(time.Date(y, 1, 4, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*(w-1)), Week)
	if b.ID != id {
		return Batch{}, bad
	}
	return b, nil
}
