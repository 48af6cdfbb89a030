package telemetry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"handrail/agent/enroll"
	"handrail/agent/ledger"
	"handrail/agent/report"
)

// Ledger is the device's ledger.
type Ledger interface {
	enroll.Ledger
	// Append returns once b is on the disk.
	Append(k ledger.Kind, b []byte) (ledger.Entry, error)
}

// CheckIns joins the fleet and then tells the server regularly how this device
// is.
type CheckIns struct {
	Server  string // its address, without a path of ours
	Device  *enroll.Device
	Joining enroll.Joining
	// Health returns the health to report, without the device's id, and a
	// function that is called once the server has it.
	Health func() (h report.Health, stored func())
	Ledger Ledger
	// Every is the time between check-ins until the server says another one.
	Every time.Duration
	Apart *Apart
	HTTP  *http.Client // see enroll.NewClient
	// Said is told the outcome of each attempt, nil for a good one.
	Said func(error)
	// Refused counts that the server refused something.
	Refused func()
	Log     *slog.Logger

	// waiting is the entry that no receipt came for yet. The same health needs
	// no second one.
	waiting ledger.Entry
}

// firstRetry and lastRetry bound the waits after failures. Where check-ins are
// closer together than lastRetry, so are the attempts.
const (
	firstRetry = 2 * time.Second
	lastRetry  = time.Hour
)

// Run checks in until ctx ends, which is no error: the first time at once,
// because this computer may be off again soon.
func (c *CheckIns) Run(ctx context.Context) error {
	c.Device.Tidy(c.Joining.SecretFiles)
	back := backOff{first: min(firstRetry, c.Every), most: min(lastRetry, c.Every)}
	last := ""
	for {
		next, err := c.once(ctx)
		if ctx.Err() != nil {
			return nil
		}
		c.Said(err)
		if err == nil {
			back.reset()
			last = ""
		} else {
			var no *enroll.Refused
			if errors.As(err, &no) {
				c.Refused()
				next = no.RetryAfter
			}
			next = back.again(next)
			if words := err.Error(); words != last { // once, not at each attempt
				c.Log.Warn("the check-in did not succeed, it is tried again", "error", err)
				last = words
			}
		}
		if !sleep(ctx, next) {
			return nil
		}
	}
}

// once joins if need be, checks in, and says when to do it next.
func (c *CheckIns) once(ctx context.Context) (next time.Duration, err error) {
	for wait := c.Apart.claim(healthPlane, time.Now()); wait > 0; wait = c.Apart.claim(healthPlane, time.Now()) {
		if !sleep(ctx, wait) {
			return 0, ctx.Err()
		}
	}
	if c.Device.ID() == "" {
		if err := c.Device.Join(ctx, c.Joining); err != nil {
			return 0, err
		}
		c.Log.Info("this computer has joined the organisation's fleet")
	}
	next, err = c.checkIn(ctx)
	var no *enroll.Refused
	if !errors.As(err, &no) {
		return next, err
	}
	switch no.Reason {
	case report.OldCounter:
		if err := c.Device.GoOnAfter(no.Counter); err != nil {
			return 0, err
		}
		return c.checkIn(ctx)
	case report.UnknownDevice:
		// With a new secret it can join again; without one nothing changes.
		switch joined := c.Device.Join(ctx, c.Joining); {
		case joined == nil:
			return c.checkIn(ctx)
		case !errors.Is(joined, enroll.ErrNoSecret):
			return 0, joined
		}
	}
	return 0, err
}

// checkIn writes the health to the ledger, sends it and adds the receipt.
func (c *CheckIns) checkIn(ctx context.Context) (next time.Duration, err error) {
	h, stored := c.Health()
	h.Device = c.Device.ID()
	body, err := report.EncodeHealth(h)
	if err != nil {
		return 0, fmt.Errorf("checking in: %w", err)
	}
	if c.waiting.Seq == 0 || c.waiting.SHA256 != ledger.HashOf(body) {
		c.waiting, err = c.Ledger.Append(ledger.Health, body)
		if err != nil {
			return 0, fmt.Errorf("checking in: nothing is sent without the ledger: %w", err)
		}
	}
	header, err := c.Device.Sign(body)
	if err != nil {
		return 0, err
	}
	header.Set("Content-Type", "application/json")
	a, err := enroll.Post(ctx, c.HTTP, c.Server+report.CheckInPath, header, body)
	if err != nil {
		return 0, fmt.Errorf("checking in: %w", err)
	}
	if a.Status != http.StatusOK {
		return 0, fmt.Errorf("checking in: %w", a.Refusal())
	}
	reply, err := report.DecodeCheckInReply(a.Body)
	if err != nil {
		return 0, fmt.Errorf("checking in: the server's answer: %w", err)
	}
	if reply.Receipt != report.IDOf(body) {
		return 0, errors.New("checking in: the server's receipt is for something else")
	}
	stored()
	entry := c.waiting.Seq
	c.waiting = ledger.Entry{}
	if _, err := c.Ledger.Receipt(entry, a.Body); err != nil {
		return 0, fmt.Errorf("checking in: the receipt: %w", err)
	}
	return time.Duration(reply.NextIn) * time.Second, nil
}

// Resume looks up the last health entry of the ledger at path if no receipt
// came for it: a crash may have been between the two. The first check-in then
// needs no second entry, if nothing has changed since.
func (c *CheckIns) Resume(path string) error {
	var last ledger.Entry
	err := ledger.Entries(path, func(e ledger.Entry) error {
		switch {
		case e.Kind == ledger.Health:
			last = e
		case e.Kind == ledger.Receipt && e.Of == last.Seq:
			last = ledger.Entry{}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking for a health report without a receipt: %w", err)
	}
	c.waiting = last
	return nil
}
