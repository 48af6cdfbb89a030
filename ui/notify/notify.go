// Package notify shows a card as the desktop's own notification, for when no
// window can be opened. It runs in the session.
//
//	n := notify.New(text.For("de"), log)
//	defer n.Close()
//	err := n.Show(ctx, card, func(a card.Answer) { ... })
//
// What it is not: a place for anything but the card's own words. A
// notification server may keep what it is given, so cards are marked as
// transient.
package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"handrail/agent/card"
	"handrail/ui/text"
	"handrail/ui/view"
)

// ErrUnsupported says that this system's notifications are not built in yet.
var ErrUnsupported = errors.New("native notifications are not built for this system yet")

// errClosed is returned after Close.
var errClosed = errors.New("showing a notification: the notifier is closed")

// Notifier shows cards as native notifications. It connects when the first
// card is shown, and again when the connection was lost. Its methods may be
// called from any goroutine.
type Notifier struct {
	log  *slog.Logger
	asks chan func(*owner)
	stop context.CancelFunc
	done sync.WaitGroup
	quit <-chan struct{}
}

// New returns a notifier, which runs until it is closed.
func New(p text.Printer, log *slog.Logger) *Notifier {
	ctx, stop := context.WithCancel(context.Background())
	n := &Notifier{log: log, asks: make(chan func(*owner)), stop: stop, quit: ctx.Done()}
	n.done.Go(func() {
		o := &owner{text: p, log: log, up: map[uint32]shown{}}
		o.run(ctx, n.asks)
	})
	return n
}

// Close takes down what is shown and lets go of the connection.
func (n *Notifier) Close() error {
	n.stop()
	n.done.Wait()
	return nil
}

// Show shows a card and returns once the notification server has it. After
// that done is called exactly once, from another goroutine: with the person's
// answer, or with zero if the notification went away without one. It is not
// called after an error, nor after Withdraw has returned.
func (n *Notifier) Show(ctx context.Context, c card.Card, done func(card.Answer)) error {
	result := make(chan error, 1)
	ask := func(o *owner) { result <- o.show(ctx, c, done) }
	select {
	case n.asks <- ask:
	case <-ctx.Done():
		return fmt.Errorf("showing a notification: %w", ctx.Err())
	case <-n.quit:
		return errClosed
	}
	return <-result
}

// Tell shows a notification that asks for nothing, has no buttons and goes away
// by itself.
func (n *Notifier) Tell(ctx context.Context, title, body string) error {
	result := make(chan error, 1)
	select {
	case n.asks <- func(o *owner) { result <- o.tell(ctx, title, body) }:
	case <-ctx.Done():
		return fmt.Errorf("showing a notification: %w", ctx.Err())
	case <-n.quit:
		return errClosed
	}
	return <-result
}

// Withdraw takes a card's notification down, if it is up.
func (n *Notifier) Withdraw(id card.ID) {
	finished := make(chan struct{})
	select {
	case n.asks <- func(o *owner) { o.withdraw(id); close(finished) }:
		<-finished
	case <-n.quit:
	}
}

// shown is one notification that is up.
type shown struct {
	card  card.ID
	click card.Answer // what a click on the text itself means, 0 for nothing
	done  func(card.Answer)
}

// words are the texts of a notification.
type words struct {
	title, body string
	// actions are pairs of key and label, the card's answers in order.
	actions []string
	click   card.Answer
}

// wordsOf takes the card's words from ui/view, so that a notification and a
// window say the same. Without buttons the body says how to answer.
func wordsOf(c card.Card, p text.Printer, buttons bool) words {
	v := view.NudgeIn(c, p)
	w := words{title: v.Title, body: v.Body}
	if !buttons {
		how := text.HowToAnswer
		if c.About == card.Welcome {
			how = text.WelcomeHow
		}
		w.body += "\n" + p.Say(how)
		return w
	}
	for _, b := range v.Buttons {
		if b.Style == view.Primary && b.Answer != card.Dismiss {
			// A click on the text itself takes the way that is always safe.
			w.click = b.Answer
			w.actions = append(w.actions, defaultAction, b.Label)
		}
		w.actions = append(w.actions, b.Answer.String(), b.Label)
	}
	return w
}

// defaultAction is the key of a click on the notification itself.
const defaultAction = "default"

// answer turns an action's key into the answer it stands for.
func (s shown) answer(key string) (card.Answer, bool) {
	if key == defaultAction {
		return s.click, s.click != 0
	}
	var a card.Answer
	if err := a.UnmarshalText([]byte(key)); err != nil {
		return 0, false
	}
	return a, true
}
