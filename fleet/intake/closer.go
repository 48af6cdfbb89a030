package intake

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"handrail/agent/report"
	"handrail/fleet/aggregate"
	"handrail/fleet/query"
	"handrail/fleet/store"
)

// Closer closes batches whose time is over.
type Closer struct {
	Store *store.Store
	Grace time.Duration // how long after its end a batch takes reports
	K     int           // 0: aggregate.DefaultK
	Now   func() time.Time
	Log   *slog.Logger
}

// Run closes what is due, at once and then every so often, until ctx ends. A
// batch that can't be closed is tried again: its reports stay in the inbox.
func (c Closer) Run(ctx context.Context) error {
	every := time.NewTicker(min(max(c.Grace/4, 100*time.Millisecond), time.Minute))
	defer every.Stop()
	tidy := false
	for {
		if tidy {
			tidy = c.Store.Tidy(ctx) != nil
		}
		if err := c.CloseDue(ctx); err != nil && ctx.Err() == nil {
			tidy = true
			c.Log.Error("a batch could not be closed", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
	}
}

// CloseDue closes every batch that is over for longer than the grace, oldest
// first.
func (c Closer) CloseDue(ctx context.Context) error {
	now := time.Now
	if c.Now != nil {
		now = c.Now
	}
	k := c.K
	if k == 0 {
		k = aggregate.DefaultK
	}
	for {
		due, ok, err := c.due(ctx, now())
		if err != nil || !ok {
			return err
		}
		active, err := c.Store.Active(ctx, now().UTC().AddDate(0, 0, 1-query.ActiveDays).Format(time.DateOnly))
		if err != nil {
			return err
		}
		next, err := c.open(ctx, due.Next())
		if err != nil {
			return err
		}
		var r aggregate.Result
		err = c.Store.CloseBatch(ctx, due.ID, func(bodies [][]byte, merged int) store.Outcome {
			r = aggregate.Close(bodies, active, k, merged)
			switch r.Verdict {
			case aggregate.Publish:
				return store.Publish(store.Published{Batch: due.ID, Reports: r.Reports, Active: active, Cells: r.Cells})
			case aggregate.Merge:
				return store.Merge(next)
			}
			return store.Expire()
		})
		if err != nil {
			return err
		}
		c.Log.Info("a batch was closed", "batch", due.ID, "published", r.Verdict == aggregate.Publish, "reason", r.Reason)
	}
}

// due returns the oldest batch in the inbox whose time is over.
func (c Closer) due(ctx context.Context, now time.Time) (report.Batch, bool, error) {
	waiting, err := c.Store.Inbox(ctx)
	if err != nil {
		return report.Batch{}, false, err
	}
	var due []report.Batch
	for _, w := range waiting {
		b, err := report.ParseBatch(w.ID)
		if err != nil {
			return report.Batch{}, false, fmt.Errorf("reading the inbox: %w", err)
		}
		if !now.Before(b.End.Add(c.Grace)) {
			due = append(due, b)
		}
	}
	if len(due) == 0 {
		return report.Batch{}, false, nil
	}
	return slices.MinFunc(due, func(a, b report.Batch) int { return a.End.Compare(b.End) }), true, nil
}

// open returns the first batch from b on that has not been closed.
func (c Closer) open(ctx context.Context, b report.Batch) (report.BatchID, error) {
	for range 1000 {
		closed, err := c.Store.Closed(ctx, b.ID)
		if err != nil {
			return "", err
		}
		if !closed {
			return b.ID, nil
		}
		b = b.Next()
	}
	return "", errors.New("looking for an open batch: none")
}
