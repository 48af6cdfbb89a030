package service

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/oklog/run"

	"handrail/agent/nodump"
)

// grace is how long actors have to end once one of them has.
const grace = 10 * time.Second

// group runs named actors until the first of them ends, then asks all others
// to end, and says who doesn't.
type group struct {
	log   *slog.Logger
	grace time.Duration
	run   run.Group

	mu      sync.Mutex // guards running
	running map[string]bool
}

func newGroup(log *slog.Logger) *group {
	return &group{log: log, grace: grace, running: map[string]bool{}}
}

// add takes an actor: f runs until its ctx ends, or until it fails.
func (g *group) add(name string, f func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	g.set(name, true)
	g.run.Add(func() (err error) {
		defer g.set(name, false)
		nodump.Run(g.log, name, func() { err = f(ctx) })
		if err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
		return err
	}, func(error) { cancel() })
}

// wait runs everything until ctx ends, which is no error, or an actor does.
func (g *group) wait(ctx context.Context) error {
	stopping := make(chan struct{})
	stop := sync.OnceFunc(func() { close(stopping) })
	g.run.Add(func() error { // the actor that ends by request
		select {
		case <-ctx.Done():
		case <-stopping:
		}
		return nil
	}, func(error) { stop() })
	ended := make(chan error, 1)
	go func() { ended <- g.run.Run() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	case <-stopping:
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(g.grace):
		who := g.blocking()
		g.log.Error("the service does not wait any longer", "for", who)
		return errors.New("stopping: still busy after " + g.grace.String() + ": " + strings.Join(who, ", "))
	}
}

func (g *group) set(name string, running bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running[name] = running
}

func (g *group) blocking() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	var names []string
	for name, running := range g.running {
		if running {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
