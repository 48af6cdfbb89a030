package session

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/durable"
	"handrail/agent/local"
	"handrail/agent/nudge"
	"handrail/detect/policy"
)

// serve stays with the service until that goes away: it takes each policy that
// comes into force and says what is watched.
func (e *engine) serve(ctx context.Context) error {
	reply, err := e.Service.Policy(ctx, "")
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	tables := make(chan coverage.Table, 1)
	e.post(ctx, serviceUp{tables})
	e.start("watch", func() {
		if err := e.Service.Watch(ctx, tables); err != nil && ctx.Err() == nil {
			e.Log.Info("the service no longer hears what is watched", "error", err)
		}
		stop()
	})
	for err == nil {
		e.post(ctx, policyArrived{reply})
		reply, err = e.Service.Policy(ctx, reply.ETag)
	}
	return err
}

// keptFile is the last policy that the service handed out, for when there is
// no service.
func (e *engine) keptFile() string {
	return filepath.Join(e.Paths.UserState, "policy.last-good.yaml")
}

// keptPolicy is what is in force until the service answers.
func (e *engine) keptPolicy() (*policy.Policy, local.PolicyStatus) {
	b, err := os.ReadFile(e.keptFile())
	if err == nil {
		var p *policy.Policy
		if p, err = policy.Parse(b); err == nil {
			return p, local.PolicyStatus{Source: "last good", Serial: p.Serial, Off: !p.Enabled}
		}
	}
	p := policy.Default()
	s := local.PolicyStatus{Source: "default", Serial: p.Serial, Off: !p.Enabled}
	if !errors.Is(err, fs.ErrNotExist) {
		s.Error = "the kept policy can't be read"
		e.Log.Warn("the kept policy can't be read and is not used", "error", err)
	}
	return p, s
}

func (e *engine) onPolicy(ctx context.Context, r local.PolicyReply) {
	p, err := policy.Parse(r.YAML)
	if err != nil {
		// A service of another version may know more than this session does.
		e.trouble("the service's policy can't be read, the one before stays in force", err)
		return
	}
	if err := durable.Replace(e.keptFile(), r.YAML, 0o600); err != nil {
		e.Log.Warn("the policy could not be kept for when there is no service", "error", err)
	}
	e.usePolicy(ctx, p, r.Status)
}

// usePolicy puts a policy in force: at once, also for the window that has the
// keyboard and the clip that is there.
func (e *engine) usePolicy(ctx context.Context, p *policy.Policy, s local.PolicyStatus) {
	e.policy, e.policyStatus = p.Speak(e.Speech), s
	e.allowed.answers = nil // the next letter that is typed is answered by this one
	e.Log.Info("policy in force", "source", s.Source, "serial", s.Serial)
	e.watchValues()
	e.renewBrowsers()
	e.proveDesktop(ctx)
	now := time.Now()
	// First away from the window: nothing is looked at by half a policy.
	e.play(ctx, nudge.Focused{At: now})
	e.play(ctx, e.policyChanged())
	again := e.focused(e.focus)
	again.At = now
	e.play(ctx, again)
	e.reviewConnectors(ctx)
	e.cover()
}

func (e *engine) policyChanged() nudge.PolicyChanged {
	return nudge.PolicyChanged{At: time.Now(), Limits: nudge.LimitsOf(e.policy.Quiet)}
}
