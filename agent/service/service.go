// Package service is the background service of one computer. It runs under an
// account that owns nothing, knows which desktop sessions watch, hands them
// the policy, and keeps sealed reports until they are sent. It never meets
// clip text and never looks inside a report: both stay with the person's own
// session.
package service

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"handrail/agent/config"
	"handrail/agent/coverage"
	"handrail/agent/durable"
	"handrail/agent/local"
	"handrail/agent/report"
)

// Options are what a service needs.
type Options struct {
	Paths    config.Paths
	Settings config.Settings
	Version  string
	Log      *slog.Logger
	// Ready is called once the socket answers; nil is fine.
	Ready func()
}

// Service is the background service.
type Service struct {
	opts     Options
	sessions sessions
	policy   *inForce
	errors   counters
	spool    *Spool
	ledger   *deviceLedger
	fleet    fleet
	handed   chan struct{} // holds a value after a report was handed in
}

// New returns a service that does nothing until Run.
func New(o Options) *Service {
	return &Service{opts: o, policy: newInForce(), ledger: &deviceLedger{path: o.Paths.DeviceLedger()},
		fleet: newFleet(o.Settings), handed: make(chan struct{}, 1)}
}

// Run serves until ctx ends, which is no error. A second service on the same
// paths is refused before it touches anything.
func (s *Service) Run(ctx context.Context) error {
	l, err := s.open()
	if err != nil {
		return err
	}
	g := newGroup(s.opts.Log)
	g.add("policy", s.watchPolicy)
	g.add("local API", func(ctx context.Context) error {
		srv := &local.Server{Role: local.RoleService, Version: s.opts.Version, Handler: local.ServiceHandler(s), Log: s.opts.Log,
			Stranger: func() { s.errors.add(report.ErrorLocal) }}
		return srv.Serve(ctx, l)
	})
	s.addFleet(g)
	s.opts.Log.Info("the service is up", "version", s.opts.Version, "socket", s.opts.Paths.ServiceSocket)
	if s.opts.Ready != nil {
		s.opts.Ready()
	}
	err = g.wait(ctx)
	s.opts.Log.Info("the service ends")
	return err
}

// open takes the socket first: it is also the lock of everything else.
func (s *Service) open() (l net.Listener, err error) {
	socket := s.opts.Paths.ServiceSocket
	if err := os.MkdirAll(filepath.Dir(socket), 0o755); err != nil {
		return nil, fmt.Errorf("making the socket's folder: %w", err)
	}
	// Everybody on this computer may ask; each question knows who asks.
	if l, err = local.Listen(socket, 0o666); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			l.Close()
		}
	}()
	if err := durable.PrivateDir(s.opts.Paths.ServiceState); err != nil {
		return nil, fmt.Errorf("opening the service's folder %s: %w", s.opts.Paths.ServiceState, err)
	}
	if s.spool, err = OpenSpool(s.opts.Paths.Spool()); err != nil {
		return nil, err
	}
	if err := s.ledger.open(s.opts.Log); err != nil {
		s.errors.add(report.ErrorLedger)
		s.opts.Log.Error("the device's ledger can't be written, nothing is sent", "error", err)
	}
	return l, nil
}

// Health is the device's health as it would be reported now. It names no
// device: enrolment does. stored is called once the server has it.
func (s *Service) Health() (h report.Health, stored func()) {
	p, _ := s.policy.get()
	errs, stored := s.errors.often()
	return report.Health{
		Agent:    report.AgentVersion(s.opts.Version),
		Platform: report.PlatformOf(runtime.GOOS, runtime.GOARCH),
		Policy:   uint64(p.Status.Serial),
		Coverage: s.sessions.coverage(),
		Errors:   errs,
	}, stored
}

// Status implements local.Service.
func (s *Service) Status(ctx context.Context, who local.Caller) local.ServiceStatus {
	// Just after the start there is none for a moment.
	p, _ := s.policy.wait(ctx, "")
	n, own := s.sessions.count(who.UID)
	st := local.ServiceStatus{
		Version:  s.opts.Version,
		Platform: report.PlatformOf(runtime.GOOS, runtime.GOARCH).String(),
		Sessions: n, Yours: own,
		Coverage: s.sessions.coverage(),
		Policy:   p.Status,
		Ledger:   s.ledger.check(),
		Errors:   s.errors.all(),
		Server:   s.fleet.status(),
	}
	if waiting, err := s.spool.Waiting(); err == nil {
		st.Waiting = len(waiting)
	}
	return st
}

// Policy implements local.Service.
func (s *Service) Policy(ctx context.Context, have string) (local.PolicyReply, error) {
	return s.policy.wait(ctx, have)
}

// Watch implements local.Service.
func (s *Service) Watch(who local.Caller) (update func(coverage.Table), gone func()) {
	return s.sessions.enter(who)
}

// HandReport implements local.Service.
func (s *Service) HandReport(_ context.Context, who local.Caller, id string, body []byte) (local.Receipt, error) {
	r, err := s.spool.Put(who, id, body)
	if err != nil {
		s.errors.add(report.ErrorSpool)
		s.opts.Log.Warn("a report was not stored", "error", err)
		return r, err
	}
	select {
	case s.handed <- struct{}{}:
	default: // the sender has yet to see the one before, and will see both
	}
	return r, nil
}

// Report implements local.Service.
func (s *Service) Report(_ context.Context, who local.Caller, id string) (local.Receipt, error) {
	return s.spool.Receipt(who, id)
}

// DeviceLedger implements local.Service.
func (s *Service) DeviceLedger(context.Context) (io.ReadCloser, error) { return s.ledger.read() }

var _ local.Service = (*Service)(nil)

// counters counts what went wrong since the start. The zero value is empty.
type counters struct {
	mu       sync.Mutex // guards both
	n        map[report.ErrorName]uint64
	reported map[report.ErrorName]uint64 // what the server knows of n
}

func (c *counters) add(e report.ErrorName) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[report.ErrorName]uint64{}
	}
	c.n[e]++
}

func (c *counters) all() map[string]uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := map[string]uint64{}
	for e, n := range c.n {
		out[e.String()] = n
	}
	return out
}

// often is what leaves the computer: categories, because an exact number could
// mirror what somebody did. It is about what the server does not know yet;
// stored says that it knows.
func (c *counters) often() (errs []report.ErrorCount, stored func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	errs = []report.ErrorCount{}
	for e, n := range c.n {
		if more := n - c.reported[e]; more > 0 {
			errs = append(errs, report.ErrorCount{Name: e, Often: report.OftenOf(int(more))})
		}
	}
	now := maps.Clone(c.n)
	return errs, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.reported = now
	}
}
