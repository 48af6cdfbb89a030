package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"handrail/agent/card"
	"handrail/ui/text"

	"github.com/godbus/dbus/v5"
)

// The Desktop Notifications Specification 1.2,
// https://specifications.freedesktop.org/notification-spec/1.2/
const (
	service  = "org.freedesktop.Notifications"
	path     = dbus.ObjectPath("/org/freedesktop/Notifications")
	invoked  = service + ".ActionInvoked"
	closed   = service + ".NotificationClosed"
	ownerBus = "org.freedesktop.DBus.NameOwnerChanged"

	// closedByPerson is the reason in NotificationClosed for a notification
	// that somebody closed by hand.
	closedByPerson = 2

	urgencyNormal, urgencyCritical = byte(1), byte(2)

	// callTimeout bounds each call: a server that hangs must not keep a card
	// from being given up.
	callTimeout = 2 * time.Second
)

// owner holds the connection and what is up; one goroutine has it.
type owner struct {
	text    text.Printer
	log     *slog.Logger
	conn    *dbus.Conn
	signals chan *dbus.Signal
	up      map[uint32]shown // by the server's number
}

func (o *owner) run(ctx context.Context, asks <-chan func(*owner)) {
	for {
		select {
		case <-ctx.Done():
			for id := range o.up {
				o.closeNotification(id)
			}
			o.disconnect()
			return
		case ask := <-asks:
			ask(o)
		case s, ok := <-o.signals:
			if !ok {
				o.lost()
				continue
			}
			o.onSignal(s)
		}
	}
}

func (o *owner) connect() error {
	if o.conn != nil && o.conn.Connected() {
		return nil
	}
	o.lost()
	// Not the variant that may start a bus of its own: nobody would listen there.
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithSignalHandler(dbus.NewSequentialSignalHandler()))
	if err != nil {
		return err
	}
	// None of what follows has a deadline of its own, and a bus that hangs must
	// not keep the session from giving the card up, or from ending.
	hung := time.AfterFunc(callTimeout, func() { conn.Close() })
	defer hung.Stop()
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals)
	err = conn.Auth(nil)
	if err == nil {
		err = conn.Hello()
	}
	if err == nil {
		err = conn.AddMatchSignal(dbus.WithMatchSender(service), dbus.WithMatchInterface(service))
	}
	if err == nil {
		err = conn.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"),
			dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, service))
	}
	if err != nil {
		conn.Close()
		return err
	}
	o.conn, o.signals = conn, signals
	return nil
}

func (o *owner) disconnect() {
	if o.conn != nil {
		o.conn.Close()
	}
	o.conn, o.signals = nil, nil
}

// lost ends everything that is up without an answer: the bus, or the server,
// has gone and nobody can see it any more.
func (o *owner) lost() {
	if o.conn != nil && !o.conn.Connected() {
		o.disconnect()
	}
	for id := range o.up {
		o.end(id, 0)
	}
}

func (o *owner) call(ctx context.Context, method string, args ...any) *dbus.Call {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return o.conn.Object(service, path).CallWithContext(ctx, service+"."+method, 0, args...)
}

// reach finds the notification server and says what it can do.
func (o *owner) reach(ctx context.Context) (can []string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("showing a notification: %w", err)
	}
	if err := o.connect(); err != nil {
		return nil, fmt.Errorf("showing a notification: reaching the session's message bus: %w", err)
	}
	if err := o.call(ctx, "GetCapabilities").Store(&can); err != nil {
		return nil, fmt.Errorf("showing a notification: no notification server answers: %w", err)
	}
	return can, nil
}

func (o *owner) show(ctx context.Context, c card.Card, done func(card.Answer)) error {
	can, err := o.reach(ctx)
	if err != nil {
		return err
	}
	w := wordsOf(c, o.text, slices.Contains(can, "actions"))
	urgency := urgencyNormal
	if c.Block {
		urgency = urgencyCritical
	}
	const never = int32(0) // it is withdrawn when its moment has passed
	id, err := o.send(ctx, can, "dialog-warning", w, urgency, never)
	if err != nil {
		return err
	}
	o.up[id] = shown{card: c.ID, click: w.click, done: done}
	return nil
}

func (o *owner) tell(ctx context.Context, title, body string) error {
	can, err := o.reach(ctx)
	if err != nil {
		return err
	}
	const usual = int32(-1) // the server knows how long people look
	_, err = o.send(ctx, can, "dialog-information", words{title: title, body: body}, urgencyNormal, usual)
	return err
}

// send hands a notification to a server that can do what is in can.
func (o *owner) send(ctx context.Context, can []string, icon string, w words, urgency byte, expires int32) (id uint32, err error) {
	if slices.Contains(can, "body-markup") {
		w.body = escape.Replace(w.body)
	}
	hints := map[string]dbus.Variant{
		"urgency":       dbus.MakeVariant(urgency),
		"transient":     dbus.MakeVariant(true), // not for the server's history
		"desktop-entry": dbus.MakeVariant("handrail-session"),
	}
	if w.actions == nil {
		w.actions = []string{}
	}
	err = o.call(ctx, "Notify", "Handrail", uint32(0), icon, w.title, w.body, w.actions, hints, expires).Store(&id)
	if err != nil {
		return 0, fmt.Errorf("showing a notification: %w", err)
	}
	return id, nil
}

// escape is for servers that read markup in the body.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func (o *owner) withdraw(c card.ID) {
	for id, s := range o.up {
		if s.card == c {
			delete(o.up, id)
			o.closeNotification(id)
		}
	}
}

func (o *owner) closeNotification(id uint32) {
	if o.conn == nil {
		return
	}
	if err := o.call(context.Background(), "CloseNotification", id).Err; err != nil && !errors.Is(err, dbus.ErrClosed) {
		o.log.Debug("a notification could not be closed; it may have gone already")
	}
}

func (o *owner) onSignal(s *dbus.Signal) {
	switch s.Name {
	case invoked:
		var id uint32
		var key string
		if dbus.Store(s.Body, &id, &key) != nil {
			return
		}
		if a, ok := o.up[id].answer(key); ok {
			o.end(id, a)
		}
	case closed:
		var id, reason uint32
		if dbus.Store(s.Body, &id, &reason) != nil {
			return
		}
		if reason == closedByPerson {
			o.end(id, card.Dismiss)
		} else {
			o.end(id, 0)
		}
	case ownerBus:
		var name, before, after string
		if dbus.Store(s.Body, &name, &before, &after) == nil && name == service && before != "" {
			o.lost()
		}
	}
}

func (o *owner) end(id uint32, a card.Answer) {
	s, ok := o.up[id]
	if !ok {
		return
	}
	delete(o.up, id)
	s.done(a)
}
