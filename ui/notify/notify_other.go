//go:build !linux

package notify

import (
	"context"
	"log/slog"

	"handrail/agent/card"
	"handrail/ui/text"
)

// owner has nothing to own where notifications are not built in yet.
type owner struct {
	text text.Printer
	log  *slog.Logger
	up   map[uint32]shown
}

func (o *owner) run(ctx context.Context, asks <-chan func(*owner)) {
	for {
		select {
		case <-ctx.Done():
			return
		case ask := <-asks:
			ask(o)
		}
	}
}

func (o *owner) show(context.Context, card.Card, func(card.Answer)) error { return ErrUnsupported }

func (o *owner) tell(context.Context, string, string) error { return ErrUnsupported }

func (o *owner) withdraw(card.ID) {}
