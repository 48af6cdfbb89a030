// Package query asks the fleet's questions, each once: whoever shows a number
// (console, export, API) gets it from here, so that two places cannot differ.
//
//	q := query.New(store, query.Options{})
//	o, err := q.Overview(ctx, time.Now())
//
// It only reads. Devices and their coverage are counted as they are; figures
// about what people did come from published batches alone, and a figure that
// is hidden there has no number here either. Nothing is computed about a batch
// that is still open.
package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/fleet/aggregate"
	"handrail/fleet/store"
)

// Store is what the questions need of the fleet's store. Its methods may be
// called from any number of goroutines.
type Store interface {
	// Devices returns every enrolled device.
	Devices(ctx context.Context) ([]store.Device, error)
	// Published returns at most limit published batches, newest first.
	Published(ctx context.Context, limit int) ([]store.Published, error)
	// Requests returns every request for a tool, and Decisions what was decided.
	Requests(ctx context.Context) ([]store.Requested, error)
	Decisions(ctx context.Context) (map[store.Subject]report.AnswerReply, error)
}

// Options say how this fleet counts. The zero value is a fleet with weekly
// batches and the default thresholds.
type Options struct {
	Batch time.Duration // length of a batch; 0 is a week
	Grace time.Duration // how long after its end a batch takes reports; 0 is a day
	K     int           // fewest reports behind a figure that is shown; 0 is aggregate.DefaultK, and less than aggregate.FloorK is that
}

// ActiveDays is for how many days, today included, a device counts as active
// after its last check-in.
const ActiveDays = 14

// Queries answers the fleet's questions.
type Queries struct {
	store Store
	opts  Options
}

// New returns the questions about one store.
func New(s Store, o Options) *Queries {
	if o.Batch <= 0 {
		o.Batch = report.Week
	}
	if o.Grace <= 0 {
		o.Grace = 24 * time.Hour
	}
	if o.K <= 0 {
		o.K = aggregate.DefaultK
	}
	o.K = max(o.K, aggregate.FloorK)
	return &Queries{store: s, opts: o}
}

// Overview is the fleet on one page.
type Overview struct {
	K          int // fewest reports behind a figure that is shown
	MinActive  int // fewest active devices for any figure
	MaxMerges  int // how often reports of too small a batch wait for the next
	ActiveDays int

	Devices  Totals
	Coverage []Coverage // in the order of coverage.Surfaces
	Figures  Figures
	Batches  []Batch // newest first
}

// Totals counts devices.
type Totals struct {
	Total  int
	Active int // checked in within ActiveDays
	Silent int // the others
	// Watching are the active ones that have no blind surface.
	Watching int
	// Versions, Platforms and Policies count the active ones, most first.
	Versions, Platforms, Policies []Count
}

// Count is how many devices say one thing.
type Count struct {
	Name  string
	Count int
}

// Coverage is how one surface is seen on the active devices.
type Coverage struct {
	Surface             coverage.Surface
	Seen, Partly, Blind int
	Reasons             []Reason // for partly and blind, most first
}

// Reason counts one reason for partly or blind.
type Reason struct {
	Why   coverage.Why
	Count int
}

// batchesShown is how many published batches an overview lists.
const batchesShown = 12

// Overview returns how the fleet is at the given time.
func (q *Queries) Overview(ctx context.Context, now time.Time) (Overview, error) {
	devices, err := q.store.Devices(ctx)
	if err != nil {
		return Overview{}, fmt.Errorf("counting devices: %w", err)
	}
	published, err := q.store.Published(ctx, batchesShown)
	if err != nil {
		return Overview{}, fmt.Errorf("reading published batches: %w", err)
	}
	o := Overview{K: q.opts.K, MinActive: aggregate.MinActive, MaxMerges: aggregate.MaxMerges, ActiveDays: ActiveDays}
	o.Devices, o.Coverage = count(devices, activeSince(now))
	o.Batches = q.batches(published, now)
	o.Figures = q.figures(published, o.Devices, now)
	return o, nil
}

// dayFormat is how days are stored: they sort as text.
const dayFormat = "2006-01-02"

// activeSince is the first day on which a check-in makes a device active now.
func activeSince(now time.Time) string {
	return now.UTC().AddDate(0, 0, 1-ActiveDays).Format(dayFormat)
}

// count tallies the devices. What a silent device last saw is no coverage: it
// is counted as silent only.
func count(devices []store.Device, since string) (Totals, []Coverage) {
	t := Totals{Total: len(devices)}
	surfaces := make([]Coverage, len(coverage.Surfaces()))
	for i, s := range coverage.Surfaces() {
		surfaces[i].Surface = s
	}
	reasons := make([]map[coverage.Why]int, len(surfaces))
	versions, platforms, policies := map[string]int{}, map[string]int{}, map[string]int{}
	for i := range devices {
		d := deviceOf(&devices[i], since)
		if !d.Active {
			t.Silent++
			continue
		}
		t.Active++
		versions[d.Version]++
		platforms[d.Platform.String()]++
		policies[fmt.Sprint(d.Policy)]++
		watching := true
		for i := range surfaces {
			e := d.Coverage.Of(surfaces[i].Surface)
			switch e.State {
			case coverage.Seen:
				surfaces[i].Seen++
				continue
			case coverage.Partly:
				surfaces[i].Partly++
			default:
				surfaces[i].Blind++
				watching = false
			}
			if reasons[i] == nil {
				reasons[i] = map[coverage.Why]int{}
			}
			reasons[i][e.Why]++
		}
		if watching {
			t.Watching++
		}
	}
	for i, m := range reasons {
		for why, n := range m {
			surfaces[i].Reasons = append(surfaces[i].Reasons, Reason{Why: why, Count: n})
		}
		slices.SortFunc(surfaces[i].Reasons, func(a, b Reason) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Why, b.Why))
		})
	}
	t.Versions, t.Platforms, t.Policies = counts(versions), counts(platforms), counts(policies)
	return t, surfaces
}

func counts(m map[string]int) []Count {
	all := make([]Count, 0, len(m))
	for name, n := range m {
		all = append(all, Count{Name: name, Count: n})
	}
	slices.SortFunc(all, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// Thresholds returns the fewest reports behind a figure that is shown, and the
// fewest active devices for any figure.
func (q *Queries) Thresholds() (k, minActive int) { return q.opts.K, aggregate.MinActive }
