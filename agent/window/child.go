package window

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"handrail/agent/card"
)

// Deadlines. A child that misses one is ended, so that the session can use
// native notifications instead of waiting.
const (
	// Patience is how long the child may take to say hello, then to be ready,
	// and then for each card to be on the screen.
	Patience = 10 * time.Second
	// writeTime is how long the child may take to take a message off its pipe.
	writeTime = 2 * time.Second
	// quitTime is how long the child may take to end when it is told to.
	quitTime = 2 * time.Second
)

// ErrGone is the error of a call when the process has ended.
var ErrGone = errors.New("handrail-ui has ended")

// Options says how to start handrail-ui.
type Options struct {
	Path string       // the program
	Args []string     // the program's arguments
	Env  []string     // the environment; nil is this process's own
	Log  *slog.Logger // required

	patience time.Duration // for tests: instead of Patience
}

// Child is a running handrail-ui. Its methods may be used by any goroutine.
type Child struct {
	log      *slog.Logger
	patience time.Duration
	cmd      *exec.Cmd
	in       *os.File // the child's standard input
	enc      *card.Encoder
	events   chan card.Event
	ended    chan struct{}   // closed when the process has ended
	closed   context.Context // ends when nobody wants to hear of events any more
	close    context.CancelFunc

	mu    sync.Mutex  // guards what follows
	owed  int         // shows without an answer
	why   error       // why the process was, or will be, ended by us
	timer *time.Timer // runs while the child owes a Ready or a Shown
}

// busVar is where a desktop says how to reach its session bus.
const busVar = "DBUS_SESSION_BUS_ADDRESS="

// noBusOfItsOwn is env, or this process's own, for a desktop without a session
// bus: the D-Bus library of the windows would start one there that outlives
// them.
func noBusOfItsOwn(env []string) []string {
	if env == nil {
		env = os.Environ()
	}
	if slices.ContainsFunc(env, func(v string) bool { return strings.HasPrefix(v, busVar) && v != busVar }) {
		return env
	}
	return append(slices.Clone(env), busVar+"disabled:")
}

// Start starts handrail-ui and returns once it has said hello. An error means
// that no window can be shown here now: another version, no display, no such
// program. The process ends with ctx.
func Start(ctx context.Context, o Options) (*Child, error) {
	c := &Child{log: o.Log, patience: cmp.Or(o.patience, Patience), events: make(chan card.Event, 64), ended: make(chan struct{})}
	c.closed, c.close = context.WithCancel(ctx)
	childIn, in, err := os.Pipe()
	if err != nil {
		c.close()
		return nil, fmt.Errorf("starting handrail-ui: %w", err)
	}
	out, childOut, err := os.Pipe()
	if err != nil {
		c.close()
		childIn.Close()
		in.Close()
		return nil, fmt.Errorf("starting handrail-ui: %w", err)
	}
	c.in, c.enc = in, card.NewEncoder(deadlineWriter{in})
	c.cmd = exec.CommandContext(ctx, o.Path, o.Args...)
	c.cmd.Env, c.cmd.Stdin, c.cmd.Stdout = noBusOfItsOwn(o.Env), childIn, childOut
	c.cmd.WaitDelay = quitTime
	err = c.cmd.Start()
	childIn.Close()
	childOut.Close()
	if err != nil {
		c.close() // this is tried again as long as the session lasts
		in.Close()
		out.Close()
		return nil, fmt.Errorf("starting handrail-ui: %w", err)
	}

	hello := make(chan error, 1)
	go c.run(out, hello)
	if err := c.enc.Encode(card.Message{Kind: card.Hello, Version: card.Protocol}); err != nil {
		c.end(err)
	}
	c.await("did not say hello", 0)
	if err := <-hello; err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("it ended without a hello")
		}
		c.end(err)
		<-c.ended
		c.mu.Lock()
		defer c.mu.Unlock()
		return nil, fmt.Errorf("starting handrail-ui: %w", c.why)
	}
	return c, nil
}

// PID returns the id of the process that owns the windows.
func (c *Child) PID() int { return c.cmd.Process.Pid }

// Events tells what happens, in order. It is closed when the process has
// ended; if nobody called Close, EventGone comes last.
func (c *Child) Events() <-chan card.Event { return c.events }

// Show asks for a card, instead of the one that is shown. EventShown or
// EventFailed answers it, or the process ends.
func (c *Child) Show(k card.Card) error {
	c.await("did not show a card", 1)
	return c.send(card.Message{Kind: card.Show, Card: &k})
}

// Withdraw takes a card off the screen. It does nothing if the card has gone
// already; EventClosed follows if it had not.
func (c *Child) Withdraw(id card.ID) error {
	return c.send(card.Message{Kind: card.Withdraw, ID: id})
}

// Panel opens the panel, or renews one that is open: card.Panel's Tab says
// which. EventPanelShut follows when the person closes it.
func (c *Child) Panel(p card.Panel) error {
	return c.send(card.Message{Kind: card.ShowPanel, Panel: &p})
}

// Close ends the process and waits for its end.
func (c *Child) Close() error {
	c.close()
	_ = c.enc.Encode(card.Message{Kind: card.Quit})
	_ = c.in.Close()
	select {
	case <-c.ended:
	case <-time.After(quitTime):
		_ = c.cmd.Process.Kill()
		<-c.ended
	}
	return nil
}

func (c *Child) send(m card.Message) error {
	select {
	case <-c.ended:
		return ErrGone
	default:
	}
	err := c.enc.Encode(m)
	if err == nil || errors.Is(err, card.ErrGarbage) {
		return err
	}
	c.end(err) // a pipe that broke, or that nobody reads
	return fmt.Errorf("%w: %w", ErrGone, err)
}

// await ends the process unless what it owes comes in time.
func (c *Child) await(did string, cards int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.owed += cards
	if c.timer != nil {
		c.timer.Stop()
	}
	c.timer = time.AfterFunc(c.patience, func() { c.end(fmt.Errorf("handrail-ui %s within %v", did, c.patience)) })
}

// heard takes note of a Ready (0) or of the answer to a Show (1).
func (c *Child) heard(cards int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.owed -= cards; c.owed <= 0 && c.timer != nil {
		c.timer.Stop()
	}
}

// end kills the process; the first reason stays.
func (c *Child) end(why error) {
	c.mu.Lock()
	if c.why == nil {
		c.why = why
	}
	c.mu.Unlock()
	_ = c.cmd.Process.Kill()
}

// run hears the child until it has ended.
func (c *Child) run(out *os.File, hello chan<- error) {
	dec := card.NewDecoder(out)
	err := dec.Greet()
	if err == nil {
		c.await("did not open a window", 0)
	}
	greeted := err == nil
	hello <- err
	for err == nil {
		var m card.Message
		if m, err = dec.Decode(); err == nil {
			err = c.hear(m)
		}
	}
	if !errors.Is(err, io.EOF) {
		c.end(err)
	}
	// A child that closed its output and stays is of no use either.
	kill := time.AfterFunc(quitTime, func() { _ = c.cmd.Process.Kill() })
	exit := c.cmd.Wait()
	kill.Stop()
	c.mu.Lock()
	if c.timer != nil {
		c.timer.Stop()
	}
	c.mu.Unlock()
	out.Close()
	_ = c.in.Close()

	c.mu.Lock()
	why := c.why
	c.mu.Unlock()
	switch {
	case why != nil:
	case exit != nil:
		why = fmt.Errorf("%w: %w", ErrGone, exit)
	default:
		why = ErrGone
	}
	if greeted && c.closed.Err() == nil {
		c.log.Warn("the window process has ended", "error", why)
		c.say(card.Event{Kind: card.EventGone, Err: why})
	}
	c.close()
	close(c.ended)
	close(c.events)
}

// hear turns a message into an event.
func (c *Child) hear(m card.Message) error {
	e := card.Event{ID: m.ID}
	switch m.Kind {
	case card.Ready:
		e.Kind = card.EventReady
		c.heard(0)
	case card.Shown:
		e.Kind, e.Hotkey = card.EventShown, m.Hotkey
		c.heard(1)
	case card.Answered:
		e.Kind, e.Answer = card.EventAnswered, m.Answer
	case card.Closed:
		e.Kind = card.EventClosed
	case card.Acted:
		e.Kind, e.Action, e.Item, e.Text = card.EventActed, m.Action, m.Item, m.Text
	case card.PanelShut:
		e.Kind = card.EventPanelShut
	case card.Failed:
		if m.ID == 0 {
			return fmt.Errorf("handrail-ui can't show windows: %s", m.Reason)
		}
		e.Kind = card.EventFailed
		c.heard(1)
	default:
		return fmt.Errorf("%w: a message that only the session sends", card.ErrGarbage)
	}
	c.say(e)
	return nil
}

func (c *Child) say(e card.Event) {
	select {
	case c.events <- e:
	case <-c.closed.Done():
	}
}

// deadlineWriter is a pipe whose reader may hang.
type deadlineWriter struct{ f *os.File }

func (w deadlineWriter) Write(b []byte) (int, error) {
	_ = w.f.SetWriteDeadline(time.Now().Add(writeTime))
	return w.f.Write(b)
}
