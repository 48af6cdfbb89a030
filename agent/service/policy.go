package service

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"sync"

	"handrail/agent/config"
	"handrail/agent/durable"
	"handrail/agent/local"
	"handrail/agent/report"
)

// inForce holds the policy that rules, and wakes those who wait for another.
type inForce struct {
	mu      sync.Mutex // guards both
	reply   local.PolicyReply
	changed chan struct{} // closed and replaced at each change
}

func newInForce() *inForce { return &inForce{changed: make(chan struct{})} }

func (p *inForce) get() (local.PolicyReply, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.reply, p.changed
}

func (p *inForce) set(s config.PolicyState) {
	r := local.PolicyReply{
		YAML:   s.Policy.Source(),
		Status: local.PolicyStatus{Source: string(s.Source), Serial: s.Policy.Serial, Off: !s.Policy.Enabled},
	}
	if s.Err != nil {
		r.Status.Error = s.Err.Error()
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s", r.Status.Source, r.Status.Error, r.YAML))
	r.ETag = hex.EncodeToString(sum[:16])
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reply = r
	close(p.changed)
	p.changed = make(chan struct{})
}

// wait returns the policy once it is another than have.
func (p *inForce) wait(ctx context.Context, have string) (local.PolicyReply, error) {
	for {
		r, changed := p.get()
		if r.ETag != "" && r.ETag != have {
			return r, nil
		}
		select {
		case <-ctx.Done():
			return local.PolicyReply{}, fmt.Errorf("waiting for a policy: %w", ctx.Err())
		case <-changed:
		}
	}
}

// watchPolicy keeps the policy in force up to date, and a copy of the last
// good one on the disk, so that a broken file does not loosen anything after
// a restart either.
func (s *Service) watchPolicy(ctx context.Context) error {
	kept := s.opts.Paths.KeptPolicy()
	last, err := os.ReadFile(kept)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		s.opts.Log.Warn("the kept policy can't be read", "error", err)
	}
	for state := range config.WatchPolicy(ctx, s.opts.Paths.Policy, last, s.opts.Log) {
		var err error
		switch {
		case state.Err != nil:
			s.errors.add(report.ErrorPolicy)
		case state.Source == config.PolicyManaged:
			err = durable.Replace(kept, state.Policy.Source(), 0o600)
		case state.Source == config.PolicyDefault:
			err = durable.Remove(kept)
		}
		if err != nil {
			s.opts.Log.Warn("the policy can't be kept for the next start", "error", err)
		}
		s.policy.set(state)
	}
	return nil
}
