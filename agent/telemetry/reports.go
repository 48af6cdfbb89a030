package telemetry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"time"

	"handrail/agent/enroll"
	"handrail/agent/report"
)

// Spool is where reports wait. Names say nothing about whose they are.
type Spool interface {
	// Waiting returns the names of the reports that wait.
	Waiting() ([]string, error)
	// Read returns a waiting report's exact bytes.
	Read(name string) ([]byte, error)
	// Delivered puts the server's receipt in the place of a report, durably.
	Delivered(name string, receipt []byte) error
	// SetAside takes a report that the server will never take out of those that
	// wait.
	SetAside(name string) error
}

// Reports sends the reports of a spool, each once, each on a connection of its
// own and at a random time. What is as long as a request for a tool is one.
type Reports struct {
	Server string // its address, without a path of ours
	Spool  Spool
	// New gets a value when a report was added.
	New <-chan struct{}
	// Batch is the length of a batch.
	Batch time.Duration
	Apart *Apart
	HTTP  *http.Client // see enroll.NewClient; not the one of CheckIns
	// May returns why nothing may be sent now, nil if it may.
	May func() error
	// Said is told the outcome of each attempt, nil for a good one.
	Said func(error)
	// Refused counts that the server refused something.
	Refused func()
	Log     *slog.Logger

	due map[string]time.Time // when each waiting report is sent
}

// maxSpread is the longest time that reports are spread over.
const maxSpread = time.Hour

// Spread is the time over which the reports of a batch are spread.
func Spread(batch time.Duration) time.Duration { return min(batch/4, maxSpread) }

// refusedForGood is for a report that the server will never take.
var refusedForGood = errors.New("the server did not take a report, it was set aside")

// Run sends until ctx ends, which is no error.
func (r *Reports) Run(ctx context.Context) error {
	r.due = map[string]time.Time{}
	spread := Spread(r.Batch)
	back := backOff{first: min(firstRetry, spread), most: spread}
	last := ""
	for {
		name, at, err := r.next(spread)
		if err == nil {
			if now := time.Now(); name == "" || at.After(now) {
				if !r.wait(ctx, name != "", at.Sub(now)) {
					return nil
				}
				continue
			}
			if wait := r.Apart.claim(reportPlane, time.Now()); wait > 0 {
				r.due[name] = time.Now().Add(wait + upTo(spread))
				continue
			}
			err = r.send(ctx, name)
		}
		if ctx.Err() != nil {
			return nil
		}
		r.Said(err)
		var no *enroll.Refused
		if errors.As(err, &no) {
			r.Refused()
		}
		if err == nil || errors.Is(err, refusedForGood) {
			back.reset()
			delete(r.due, name)
		}
		if err == nil {
			last = ""
			continue
		}
		if words := err.Error(); words != last {
			r.Log.Warn("a report was not delivered", "error", err)
			last = words
		}
		if errors.Is(err, refusedForGood) {
			continue
		}
		asked := time.Duration(0)
		if no != nil {
			asked = no.RetryAfter
		}
		r.postpone(time.Now().Add(back.again(asked)), spread)
		if name == "" && !sleep(ctx, back.first) { // the spool itself is ill
			return nil
		}
	}
}

// next gives each new report its time, and returns the one that is due first,
// "" if none waits. Random times are also a random order.
func (r *Reports) next(spread time.Duration) (name string, at time.Time, err error) {
	waiting, err := r.Spool.Waiting()
	if err != nil {
		return "", time.Time{}, err
	}
	now := time.Now()
	due := make(map[string]time.Time, len(waiting))
	for _, n := range waiting {
		t, known := r.due[n]
		if !known {
			t = now.Add(upTo(spread))
		}
		due[n] = t
	}
	r.due = due
	for n, t := range due {
		if name == "" || t.Before(at) {
			name, at = n, t
		}
	}
	return name, at, nil
}

// postpone moves what is due before a time to after it, spread again: reports
// of one computer that leave together could be told to belong together.
func (r *Reports) postpone(until time.Time, spread time.Duration) {
	for _, n := range slices.Collect(maps.Keys(r.due)) {
		if r.due[n].Before(until) {
			r.due[n] = until.Add(upTo(spread))
		}
	}
}

// wait returns when a report was added or, where there is one already, when it
// is due. It is false when ctx has ended.
func (r *Reports) wait(ctx context.Context, timed bool, d time.Duration) bool {
	var due <-chan time.Time
	if timed {
		t := time.NewTimer(d)
		defer t.Stop()
		due = t.C
	}
	select {
	case <-ctx.Done():
		return false
	case <-r.New:
	case <-due:
	}
	return true
}

// send sends one report. Nothing in its errors is from the report.
func (r *Reports) send(ctx context.Context, name string) error {
	if err := r.May(); err != nil {
		return fmt.Errorf("sending a report: %w", err)
	}
	body, err := r.Spool.Read(name)
	if err != nil {
		return fmt.Errorf("sending a report: %w", err)
	}
	path := report.ReportsPath
	switch len(body) {
	case report.PlainSize:
	case report.RequestSize: // somebody asks for a tool
		path = report.RequestsPath
	default:
		// No report of ours: its size would say something about it.
		if err := r.Spool.SetAside(name); err != nil {
			return err
		}
		return fmt.Errorf("sending a report: %w: it has the wrong size", refusedForGood)
	}
	header := http.Header{"Content-Type": {"application/octet-stream"}}
	a, err := enroll.Post(ctx, r.HTTP, r.Server+path, header, body)
	if err != nil {
		return fmt.Errorf("sending a report: %w", err)
	}
	switch a.Status {
	case http.StatusAccepted, http.StatusOK: // 200: it had come before
		reply, err := report.DecodeReportReply(a.Body)
		if err != nil {
			return fmt.Errorf("sending a report: the server's answer: %w", err)
		}
		if reply.Receipt != report.IDOf(body) {
			return errors.New("sending a report: the server's receipt is for something else")
		}
		return r.Spool.Delivered(name, a.Body)
	case http.StatusBadRequest, http.StatusGone, http.StatusRequestEntityTooLarge:
		no := a.Refusal()
		if no.Reason == 0 {
			// Not in our words: a proxy or another server. It may be gone tomorrow.
			return fmt.Errorf("sending a report: %w", no)
		}
		if err := r.Spool.SetAside(name); err != nil {
			return err
		}
		return fmt.Errorf("sending a report: %w: %w", refusedForGood, no)
	}
	return fmt.Errorf("sending a report: %w", a.Refusal())
}
