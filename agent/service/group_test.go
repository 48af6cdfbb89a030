package service

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
)

func TestGroupEndsTogether(t *testing.T) {
	wrong := errors.New("disk on fire")
	g := newGroup(slog.New(slog.DiscardHandler))
	ended := false
	g.add("patient", func(ctx context.Context) error { <-ctx.Done(); ended = true; return nil })
	g.add("failing", func(context.Context) error { return wrong })
	if err := g.wait(t.Context()); !errors.Is(err, wrong) || !strings.Contains(err.Error(), "failing") || !ended {
		t.Errorf("%v, ended %v", err, ended)
	}
	g = newGroup(slog.New(slog.DiscardHandler))
	g.add("patient", func(ctx context.Context) error { <-ctx.Done(); return nil })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := g.wait(ctx); err != nil {
		t.Errorf("asked to end: %v", err)
	}
}

// An actor that does not end is named, and not waited for for ever.
func TestGroupNamesWhoBlocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		g := newGroup(slog.New(slog.NewTextHandler(&out, nil)))
		release := make(chan struct{})
		g.add("stubborn", func(context.Context) error { <-release; return nil })
		g.add("patient", func(ctx context.Context) error { <-ctx.Done(); return nil })
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := g.wait(ctx)
		if err == nil || !strings.Contains(err.Error(), "stubborn") || strings.Contains(err.Error(), "patient") || !strings.Contains(out.String(), "stubborn") {
			t.Errorf("%v, log %q", err, out.String())
		}
		close(release)
		synctest.Wait()
	})
}
