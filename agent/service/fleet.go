package service

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"handrail/agent/config"
	"handrail/agent/enroll"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/report"
	"handrail/agent/telemetry"
)

// fleet is what the service knows about the organisation's server.
type fleet struct {
	mu sync.Mutex // guards now
	// now is nil where the settings name no server.
	now     *local.ServerStatus
	answers *telemetry.Answers // nil where requests go nowhere; set before anything runs
}

func newFleet(s config.Settings) fleet {
	if s.Server == "" {
		return fleet{}
	}
	return fleet{now: &local.ServerStatus{Address: base(s.Server), Reports: base(s.ReportServer)}}
}

// base is an address that a path can be added to.
func base(address string) string { return strings.TrimRight(address, "/") }

func (f *fleet) status() *local.ServerStatus {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.now == nil {
		return nil
	}
	now := *f.now
	return &now
}

func (f *fleet) change(how func(*local.ServerStatus)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	how(f.now)
}

// words are those of an error, "" of none.
func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// reopenEvery is how often a device's key that can't be opened is tried again.
const reopenEvery = time.Minute

// addFleet adds what talks to the organisation's server, if there is one. The
// two actors share nothing but the minute that they keep between them.
func (s *Service) addFleet(g *group) {
	set := s.opts.Settings
	if set.Server == "" {
		return
	}
	var apart *telemetry.Apart
	if set.Batch >= time.Hour { // short batches are for trying things out
		apart = new(telemetry.Apart)
	}
	g.add("check-ins", func(ctx context.Context) error { return s.checkIn(ctx, apart) })
	if set.ReportServer == "" {
		s.opts.Log.Warn("the settings name no report_server, so no reports are sent")
		return
	}
	s.fleet.answers = &telemetry.Answers{Server: base(set.ReportServer), Apart: apart, HTTP: enroll.NewClient()}
	g.add("reports", func(ctx context.Context) error {
		r := telemetry.Reports{
			Server: base(set.ReportServer), Spool: s.spool, New: s.handed, Batch: set.Batch, Apart: apart,
			HTTP: enroll.NewClient(), May: s.ledger.may, Log: s.opts.Log,
			Said:    func(err error) { s.fleet.change(func(st *local.ServerStatus) { st.ReportsError = words(err) }) },
			Refused: func() { s.errors.add(report.ErrorServer) },
		}
		return r.Run(ctx)
	})
}

// checkIn joins the fleet and checks in until ctx ends.
func (s *Service) checkIn(ctx context.Context, apart *telemetry.Apart) error {
	set := s.opts.Settings
	said := func(err error) { s.fleet.change(func(st *local.ServerStatus) { st.Error = words(err) }) }
	if err := s.ledger.may(); err != nil {
		said(err)
		<-ctx.Done()
		return nil
	}
	device, err := enroll.Open(s.opts.Paths.DeviceKey(), base(set.Server))
	for ; err != nil; device, err = enroll.Open(s.opts.Paths.DeviceKey(), base(set.Server)) {
		said(err)
		s.opts.Log.Error("the device's key can't be used, nothing is told about this device", "error", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(reopenEvery):
		}
	}
	// Just after the start there is no policy for a moment, and its serial is
	// part of the health.
	if _, err := s.policy.wait(ctx, ""); err != nil {
		return nil
	}
	http := enroll.NewClient()
	c := telemetry.CheckIns{
		Server: base(set.Server), Device: device, Health: s.Health, Ledger: s.ledger, Every: set.CheckIn, Apart: apart,
		HTTP: http, Log: s.opts.Log,
		Joining: enroll.Joining{
			SecretFiles: secretFiles(set), Version: report.AgentVersion(s.opts.Version),
			Platform: report.PlatformOf(runtime.GOOS, runtime.GOARCH), Ledger: s.ledger, HTTP: http,
		},
		Said: func(err error) {
			s.fleet.change(func(st *local.ServerStatus) {
				st.Error = words(err)
				st.Joined = device.ID() != "" && !unknown(err)
			})
		},
		Refused: func() { s.errors.add(report.ErrorServer) },
	}
	s.fleet.change(func(st *local.ServerStatus) { st.Joined = device.ID() != "" })
	if err := c.Resume(s.opts.Paths.DeviceLedger()); err != nil {
		s.opts.Log.Warn("a health report gets a second entry", "error", err)
	}
	return c.Run(ctx)
}

// unknown tells that the server does not know this device any more.
func unknown(err error) bool {
	var no *enroll.Refused
	return errors.As(err, &no) && no.Reason == report.UnknownDevice
}

// secretFiles are where an enrolment secret may be, in the order of trying.
func secretFiles(s config.Settings) []string {
	var files []string
	for _, f := range []string{s.EnrolSecretFile, config.CredentialFile()} {
		if f != "" {
			files = append(files, f)
		}
	}
	return files
}

// Answer implements local.Service.
func (s *Service) Answer(ctx context.Context, question []byte) ([]byte, error) {
	if s.fleet.answers == nil {
		return nil, fmt.Errorf("%w: the settings name no server that requests go to", local.ErrBadRequest)
	}
	if err := s.ledger.may(); err != nil {
		return nil, err
	}
	b, err := s.fleet.answers.Ask(ctx, question)
	switch {
	case errors.Is(err, telemetry.ErrTooSoon):
		return nil, fmt.Errorf("%w: %w", local.ErrBusy, err)
	case errors.Is(err, telemetry.ErrNoAnswer):
		return nil, fmt.Errorf("%w: %w", local.ErrUnknownReport, err)
	case errors.Is(err, report.ErrMalformed):
		return nil, fmt.Errorf("%w: %w", local.ErrBadRequest, err)
	}
	return b, err
}

// errNoLedger is why nothing is sent.
var errNoLedger = errors.New("the device's ledger can't be written, so nothing is sent: see handrail ledger verify")

// may returns why nothing may leave this computer, nil if something may.
func (d *deviceLedger) may() error {
	if d.book == nil {
		return errNoLedger
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.failed
}

// note keeps the outcome of the last attempt to write.
func (d *deviceLedger) note(e ledger.Entry, err error) (ledger.Entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failed = nil
	if err != nil {
		d.failed = fmt.Errorf("nothing is sent without the device's ledger: %w", err)
	}
	return e, err
}

// Append implements telemetry.Ledger.
func (d *deviceLedger) Append(k ledger.Kind, b []byte) (ledger.Entry, error) {
	return d.note(d.book.Append(k, b))
}

// Record implements telemetry.Ledger.
func (d *deviceLedger) Record(k ledger.Kind, b []byte) (ledger.Entry, error) {
	return d.note(d.book.Record(k, b))
}

// Receipt implements telemetry.Ledger.
func (d *deviceLedger) Receipt(seq uint64, b []byte) (ledger.Entry, error) {
	return d.note(d.book.Receipt(seq, b))
}
