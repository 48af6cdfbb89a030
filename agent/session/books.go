package session

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/nudge"
	"handrail/agent/process"
	"handrail/agent/report"
	"handrail/agent/tally"
	"handrail/detect/catalog"
)

const (
	// usesEvery is how often the running AI tools are listed.
	usesEvery = 30 * time.Minute
	// saveAgain is how long an outcome waits that could not be written.
	saveAgain = 10 * time.Second
	// maxUnsaved bounds the outcomes that wait in memory for a full disk.
	maxUnsaved = 1000
	// handOverFirst and handOverLast bound the waits between attempts to hand a
	// report to the service, twice as long each time.
	handOverFirst = 10 * time.Second
	handOverLast  = 30 * time.Minute
	// receiptsEvery is how often the service is asked for the server's receipts
	// of reports that it has not sent yet, unless a quarter of the batch is
	// shorter, and maxReceipts for how many.
	receiptsEvery = 10 * time.Minute
	maxReceipts   = 8
	// lookForEnd bounds the wait for the end of a batch: timers stand still
	// while a laptop sleeps, and calendars don't.
	lookForEnd = time.Hour
)

// books are the person's own files: the tally of the running batch, and the
// ledger of what left.
type books struct {
	dir    string
	tally  *tally.Tally
	ledger *ledger.Ledger
	length time.Duration // of a batch

	unsaved []outcome
	retry   *time.Timer

	uses *time.Timer
	used map[use]bool // in the batch usedIn
	in   report.BatchID

	handOver *time.Timer
	handing  bool          // one attempt is under way
	again    bool          // and another is due after it
	rest     time.Duration // before the next attempt after a failed one
}

// outcome is a cell that has to be counted in a batch.
type outcome struct {
	batch report.BatchID
	cell  report.Cell
}

type use struct {
	tool    catalog.ToolID
	surface catalog.Surface
}

// openBooks opens what is not open yet. A session without its books still
// nudges; what it has to write waits, and nothing leaves.
func (e *engine) openBooks() error {
	b := &e.books
	if b.tally == nil {
		t, err := tally.Open(b.dir, tally.Options{
			Batch: b.length,
			Say:   func(n tally.Note) { e.Log.Warn("the tally was repaired", "note", string(n)) },
		})
		if err != nil {
			return err
		}
		b.tally = t
	}
	if b.ledger == nil {
		l, err := ledger.Open(filepath.Join(e.Paths.UserState, ledger.Name), ledger.Options{
			Say: func(note string) { e.Log.Warn("the ledger was repaired", "note", note) },
		})
		if err != nil {
			return err
		}
		b.ledger = l
	}
	return nil
}

// schedule sets the timers: what is due at the start is done at once.
func (b *books) schedule() {
	b.retry, b.uses, b.handOver = stopped(), time.NewTimer(0), time.NewTimer(0)
}

func (b *books) stop() {
	b.retry.Stop()
	b.uses.Stop()
	b.handOver.Stop()
}

// record keeps an outcome. It is on the disk when it counts.
func (e *engine) record(o nudge.Outcome) {
	switch {
	case o.Kind == report.KindBadge:
		e.count(report.BadgeCell(o.Rule, o.Class, o.Tool, o.Surface))
	case o.Kind == report.KindHeldOut:
		e.count(report.HeldOutCell(o.Rule, o.Class, o.Tool, o.Surface))
	case o.Kind == report.KindCheck:
		e.count(report.CheckCell(o.Stake, o.Said))
	case o.Kind == report.KindCause:
		e.count(report.CauseCell(o.Tool, o.Surface, o.Cause))
	case o.Answer != 0: // else a rule that observes: reports have no cell for it yet
		e.count(report.NudgeCell(o.Rule, o.Class, o.Tool, o.Surface, o.Answer))
		e.remember(o)
	}
}

func (e *engine) count(c report.Cell) {
	b := &e.books
	if len(b.unsaved) == maxUnsaved || ReportsOff(e.Paths.UserState) {
		return
	}
	b.unsaved = append(b.unsaved, outcome{report.BatchOf(time.Now(), b.length).ID, c})
	e.saveUnsaved()
}

// saveUnsaved writes what waits to be written, in order.
func (e *engine) saveUnsaved() {
	b := &e.books
	for len(b.unsaved) > 0 {
		err := e.openBooks()
		if b.tally != nil { // the ledger may be what is missing
			err = b.tally.Add(b.unsaved[0].batch, b.unsaved[0].cell)
		}
		if err != nil {
			e.trouble("an outcome could not be written, it is tried again", err)
			b.retry.Reset(saveAgain)
			return
		}
		b.unsaved = b.unsaved[1:]
	}
}

// trouble is for what a person should know of in the session's status.
func (e *engine) trouble(what string, err error) {
	e.lastError = what + ": " + err.Error()
	e.Log.Error(what, "error", err)
}

// listUses asks which AI tools and local model servers run, and again later. Not in a pause, and not
// when the policy switches everything off.
func (e *engine) listUses(ctx context.Context) {
	e.books.uses.Reset(usesEvery)
	if e.paused || !e.policy.Enabled {
		return
	}
	e.start("uses", func() {
		uses, err := e.Running(ctx, e.Catalog)
		if err != nil {
			e.Log.Warn("the running AI tools could not be listed", "error", err)
		}
		e.post(ctx, running{append(uses, e.listServers(ctx)...)})
	})
}

// countUses counts each tool and surface once a batch, however often the
// session was started in it.
func (e *engine) countUses(uses []process.Use) {
	b := &e.books
	batch := report.BatchOf(time.Now(), b.length)
	if b.in != batch.ID {
		counted, _, err := tally.Look(b.dir)
		if err != nil {
			e.Log.Warn("the tally could not be read", "error", err)
			return
		}
		b.in, b.used = batch.ID, map[use]bool{}
		for _, c := range counted {
			for _, cell := range c.Cells {
				if c.Batch.ID == batch.ID && cell.Kind == report.KindUse {
					b.used[use{cell.Tool, cell.Surface}] = true
				}
			}
		}
	}
	for _, u := range uses {
		if k := (use{u.Tool, u.Surface}); !b.used[k] {
			b.used[k] = true
			e.count(report.UseCell(u.Tool, u.Surface))
		}
	}
}

// soon hands over at once what is due, because the service has come.
func (b *books) soon() {
	b.rest = 0
	b.handOver.Reset(0)
}

// startHandOver closes the batches that have ended, writes their reports to
// the person's ledger and hands them to the service. Then it collects what the
// server answered to earlier ones.
func (e *engine) startHandOver(ctx context.Context) {
	b := &e.books
	if b.handing {
		b.again = true
		return
	}
	if err := e.openBooks(); err != nil {
		e.onHandedOver(handedOver{err: err})
		return
	}
	b.handing = true
	about := tally.About{Cohort: report.Cohort(e.Settings.Cohort), Policy: uint64(max(0, e.policyStatus.Serial)), Off: ReportsOff(e.Paths.UserState)}
	t, l := b.tally, b.ledger
	e.start("hand over", func() {
		err := t.HandOver(time.Now(), about,
			func(body []byte) error {
				_, err := l.Record(ledger.Behaviour, body)
				return err
			},
			func(id report.ID, body []byte) error { return e.hand(ctx, id, body) })
		if err = errors.Join(err, e.handRequests(ctx, l)); err != nil {
			e.post(ctx, handedOver{err: err})
			return
		}
		waiting, err := e.collectReceipts(ctx, l)
		e.post(ctx, handedOver{waiting, err})
	})
}

func (e *engine) hand(ctx context.Context, id report.ID, body []byte) error {
	r, err := e.Service.HandReport(ctx, string(id), body)
	if err == nil && !r.Accepted {
		err = errors.New("it was not accepted")
	}
	return err
}

// collectReceipts adds the server's receipts for the last reports to the
// ledger, and says whether some are still to come.
func (e *engine) collectReceipts(ctx context.Context, l *ledger.Ledger) (waiting bool, err error) {
	sent := map[uint64]ledger.Hash{}
	err = ledger.Entries(filepath.Join(e.Paths.UserState, ledger.Name), func(x ledger.Entry) error {
		switch {
		case x.Kind == ledger.Behaviour, x.Kind == ledger.Request:
			sent[x.Seq] = x.SHA256
			if len(sent) > maxReceipts {
				delete(sent, slices.Min(slices.Collect(maps.Keys(sent))))
			}
		case x.Kind == ledger.Receipt:
			delete(sent, x.Of)
		}
		return nil
	})
	for _, seq := range slices.Sorted(maps.Keys(sent)) {
		if err != nil {
			return true, err
		}
		var r local.Receipt
		r, err = e.Service.Report(ctx, sent[seq].String())
		switch {
		case errors.Is(err, local.ErrUnknownReport):
			err = nil // from before the service was set up anew
		case err == nil && r.Delivered && len(r.Server) > 0:
			_, err = l.Receipt(seq, r.Server)
		case err == nil && !r.Refused:
			waiting = true
		}
	}
	return waiting, err
}

func (e *engine) onHandedOver(h handedOver) {
	b := &e.books
	b.handing = false
	now := time.Now()
	next := min(report.BatchOf(now, b.length).End.Sub(now), lookForEnd)
	switch {
	case h.err != nil:
		b.rest = min(max(handOverFirst, 2*b.rest), handOverLast)
		next = min(next, b.rest)
		if !errors.Is(h.err, local.ErrNotRunning) && !errors.Is(h.err, context.Canceled) {
			e.trouble("a report could not be handed to the service, it is tried again", h.err)
		}
	case h.waiting:
		b.rest = 0
		next = min(next, receiptsEvery, b.length/4)
	default:
		b.rest = 0
	}
	if b.again {
		b.again, next = false, 0
	}
	b.handOver.Reset(next)
}
