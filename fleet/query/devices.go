package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/fleet/store"
)

// Device is one laptop: how it is, and nothing that anybody did on it.
type Device struct {
	ID       report.DeviceID
	Version  string
	Platform report.Platform
	Policy   uint64
	Coverage coverage.Table // empty until the first check-in
	Errors   []report.ErrorCount
	Last     string // the day of the last check-in, as 2026-11-24; "" before the first
	Active   bool   // checked in within ActiveDays
}

// DevicePage is one page of the list of devices.
type DevicePage struct {
	Devices     []Device
	Page, Pages int // from 1; Pages is at least 1
	Total       int
	ActiveDays  int
}

// PageSize is how many devices are on a page.
const PageSize = 100

// Devices returns a page of the devices: those that went silent first, as they
// are what somebody looks for, then by id. A page beyond the last is the last.
func (q *Queries) Devices(ctx context.Context, now time.Time, page int) (DevicePage, error) {
	stored, err := q.store.Devices(ctx)
	if err != nil {
		return DevicePage{}, fmt.Errorf("listing devices: %w", err)
	}
	all := make([]Device, len(stored))
	for i := range stored {
		all[i] = deviceOf(&stored[i], activeSince(now))
	}
	slices.SortFunc(all, func(a, b Device) int {
		if a.Active != b.Active {
			if b.Active {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.ID, b.ID)
	})
	p := DevicePage{Total: len(all), Pages: max(1, (len(all)+PageSize-1)/PageSize), ActiveDays: ActiveDays}
	p.Page = min(max(page, 1), p.Pages)
	from := (p.Page - 1) * PageSize
	p.Devices = all[from:min(from+PageSize, len(all))]
	return p, nil
}

// deviceOf takes from a stored device what is shown of it.
func deviceOf(d *store.Device, since string) Device {
	x := Device{ID: d.ID, Version: d.Version, Platform: d.Platform, Last: d.LastSeen, Active: d.LastSeen >= since}
	if d.Health != nil {
		x.Version, x.Platform, x.Policy = string(d.Health.Agent), d.Health.Platform, d.Health.Policy
		x.Coverage, x.Errors = d.Health.Coverage, d.Health.Errors
	}
	return x
}
