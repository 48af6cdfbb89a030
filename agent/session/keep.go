package session

import (
	"cmp"
	"context"
	"errors"
	"time"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/focus"
	"handrail/agent/nodump"
)

// part names a part of the session that can end and is opened again.
type part uint8

const (
	clipboardPart part = iota
	focusPart
	presencePart
	windowsPart
	servicePart
	connectorsPart
	momentsPart
)

func (p part) String() string {
	return [...]string{"clipboard", "focus", "presence", "windows", "service", "connectors", "moments"}[p]
}

// How long a part that has ended rests before it is opened again: twice as
// long each time, from firstRest to lastRest, and from the beginning once it
// has stood for steady.
const (
	firstRest = time.Second
	lastRest  = 2 * time.Minute
	steady    = time.Minute
	// serviceRest replaces lastRest for the service, which is asked cheaply and
	// should not wait for outcomes longer than it has to.
	serviceRest = 10 * time.Second
)

// errEnded is why a part is down that ended without a word.
var errEnded = errors.New("it ended")

// keep runs a part until ctx ends, again and again. run returns when the part
// has ended or could not be opened.
func (e *engine) keep(ctx context.Context, p part, run func(context.Context) error) {
	e.start(p.String(), func() {
		rest := firstRest
		for {
			began := time.Now()
			err := run(ctx)
			if !e.post(ctx, down{p, err}) || hopeless(err) {
				return
			}
			if time.Since(began) >= steady {
				rest = firstRest
			}
			if !sleep(ctx, rest) {
				return
			}
			rest = min(2*rest, lastRest)
			if p == servicePart {
				rest = min(rest, serviceRest)
			}
		}
	})
}

// start runs f in a goroutine of that name, which the engine waits for.
func (e *engine) start(name string, f func()) {
	e.helpers.Add(1)
	nodump.Go(e.Log, name, func() {
		defer e.helpers.Done()
		f()
	})
}

// sleep is false when ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (e *engine) keepSensors(ctx context.Context) {
	e.keep(ctx, clipboardPart, func(ctx context.Context) error {
		c, err := e.Clipboard()
		if err != nil {
			return err
		}
		defer c.Close()
		e.post(ctx, clipUp{c})
		return cmp.Or(forward(ctx, e, c.Changes(), func(c clip.Change) message { return clipChanged{c} }), c.Err(), errEnded)
	})
	e.keep(ctx, focusPart, func(ctx context.Context) error {
		f, err := e.Focus()
		if err != nil {
			return err
		}
		defer f.Close()
		e.post(ctx, focusUp{f})
		return cmp.Or(forward(ctx, e, f.Changes(), func(c focus.Change) message { return focusMoved{c} }), errEnded)
	})
	e.keep(ctx, presencePart, func(ctx context.Context) error {
		p, err := e.Presence()
		if err != nil {
			return err
		}
		defer p.Close()
		e.post(ctx, presenceUp{p})
		<-ctx.Done()
		return ctx.Err()
	})
	e.keepMoments(ctx)
	e.keep(ctx, windowsPart, func(ctx context.Context) error {
		w, err := e.Windows(ctx)
		if err != nil {
			return err
		}
		defer w.Close()
		e.post(ctx, windowsUp{w})
		why := errEnded
		err = forward(ctx, e, w.Events(), func(v card.Event) message {
			if v.Kind == card.EventGone && v.Err != nil {
				why = v.Err
			}
			return windowSaid{v}
		})
		return cmp.Or(err, why)
	})
}

// forward posts what a part says until it has ended, or ctx has.
func forward[C any](ctx context.Context, e *engine, from <-chan C, as func(C) message) error {
	for {
		select {
		case c, ok := <-from:
			if !ok {
				return nil
			}
			e.post(ctx, as(c))
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
