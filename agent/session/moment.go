package session

import (
	"cmp"
	"context"
	"time"

	"handrail/agent/nudge"
	"handrail/agent/presence"
)

// keepMoments watches what the person is in the middle of.
func (e *engine) keepMoments(ctx context.Context) {
	if e.Moments == nil {
		return
	}
	e.keep(ctx, momentsPart, func(ctx context.Context) error {
		m, err := e.Moments()
		if err != nil {
			return err
		}
		defer m.Close()
		return cmp.Or(forward(ctx, e, m.Changes(), func(s presence.State) message { return momentChanged{s} }), errEnded)
	})
}

// onMoment takes what a person is in the middle of now. A sensor that has ended
// says nothing: nobody counts as busy then.
func (e *engine) onMoment(ctx context.Context, s presence.State) {
	before := e.moment
	e.moment = s
	if s.Busy() != before.Busy() {
		e.play(ctx, nudge.Busy{At: time.Now(), On: s.Busy()})
	}
	if s.Locked && !before.Locked {
		e.onLocked()
	}
}

// onLocked is when the screen is locked: what should not outlive the person's
// being there ends here.
func (e *engine) onLocked() { e.forgetSafePaste() }
