package presence

import (
	"context"
	"fmt"
	"time"

	"github.com/godbus/dbus/v5"
)

// busTimeout bounds each call on a message bus: a program that hangs must not
// keep the others from being heard.
const busTimeout = 2 * time.Second

// Moments tells what the person is in the middle of. It sleeps until one of the
// two message buses, or a device, says that something has changed, and then
// asks everything again: what a signal says is not relied on.
type Moments struct {
	changes chan State
	stop    context.CancelFunc
	done    chan struct{}
	session *bus
	system  *bus // nil where there is none
	devices *devices
}

// OpenMoments connects to the session's message bus, and to the system's where
// there is one.
func OpenMoments() (*Moments, error) {
	session, err := openBus(dbus.SessionBusPrivateNoAutoStartup, sessionMatches())
	if err != nil {
		return nil, fmt.Errorf("watching for moments: reaching the session's message bus: %w", err)
	}
	// Containers, and systems without logind, have none: less is told then.
	system, _ := openBus(dbus.SystemBusPrivate, systemMatches())
	ctx, stop := context.WithCancel(context.Background())
	m := &Moments{
		changes: make(chan State), stop: stop, done: make(chan struct{}),
		session: session, system: system, devices: openDevices(),
	}
	go m.run(ctx)
	return m, nil
}

// Changes tells the state at once, and then whenever it changes. It is closed
// when the session's message bus has gone.
func (m *Moments) Changes() <-chan State { return m.changes }

// Close ends the watch.
func (m *Moments) Close() error {
	m.stop()
	<-m.done
	return nil
}

func (m *Moments) run(ctx context.Context) {
	defer close(m.done)
	defer close(m.changes)
	defer func() {
		m.session.close()
		m.system.close()
		m.devices.close()
	}()
	var last State
	for first := true; ; first = false {
		if s := m.ask(ctx); first || s != last {
			select {
			case m.changes <- s:
				last = s
			case <-ctx.Done():
				return
			}
		}
		if !m.wait(ctx) {
			return
		}
	}
}

// wait returns when something may have changed, and is false at the end.
func (m *Moments) wait(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case _, ok := <-m.session.signals:
		if !ok {
			return false
		}
	case _, ok := <-m.system.heard():
		if !ok {
			m.system = nil
		}
	case n, ok := <-m.devices.changed():
		if ok {
			m.devices.moved(n)
		} else {
			m.devices = nil
		}
	}
	m.session.drain()
	m.system.drain()
	return true
}

// ask asks everybody who may know.
func (m *Moments) ask(ctx context.Context) (s State) {
	for _, q := range m.questions() {
		on, told := q.ask(ctx)
		*q.part(&s.Moment) = *q.part(&s.Moment) || on
		*q.part(&s.Told) = *q.part(&s.Told) || told
	}
	return s
}

// bus is a connection to a message bus and what is heard there.
type bus struct {
	conn    *dbus.Conn
	signals chan *dbus.Signal
}

// openBus connects, and listens for signals that match.
func openBus(dial func(...dbus.ConnOption) (*dbus.Conn, error), matches [][]dbus.MatchOption) (*bus, error) {
	conn, err := dial(dbus.WithSignalHandler(dbus.NewSequentialSignalHandler()))
	if err != nil {
		return nil, err
	}
	// None of what follows has a deadline of its own.
	hung := time.AfterFunc(busTimeout, func() { conn.Close() })
	defer hung.Stop()
	b := &bus{conn, make(chan *dbus.Signal, 8)}
	conn.Signal(b.signals)
	err = conn.Auth(nil)
	if err == nil {
		err = conn.Hello()
	}
	for _, match := range matches {
		if err == nil {
			err = conn.AddMatchSignal(match...)
		}
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return b, nil
}

func (b *bus) close() {
	if b != nil {
		b.conn.Close()
	}
}

// heard is nil, and never read from, where there is no bus.
func (b *bus) heard() <-chan *dbus.Signal {
	if b == nil {
		return nil
	}
	return b.signals
}

// drain drops what came meanwhile: everything is asked again anyway. An end is
// left for wait to see.
func (b *bus) drain() {
	for b != nil && len(b.signals) > 0 {
		<-b.signals
	}
}

// call asks a program that runs; it starts none. It is nil if there was no
// answer.
func (b *bus) call(ctx context.Context, name string, path dbus.ObjectPath, method string, args ...any) []any {
	if b == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, busTimeout)
	defer cancel()
	c := b.conn.Object(name, path).CallWithContext(ctx, method, dbus.FlagNoAutoStart, args...)
	if c.Err != nil {
		return nil
	}
	return c.Body
}

// first is the first value of an answer, out of its variant if it is in one.
func first[T any](answer []any) (v T, ok bool) {
	if len(answer) == 0 {
		return v, false
	}
	x := answer[0]
	if boxed, is := x.(dbus.Variant); is {
		x = boxed.Value()
	}
	v, ok = x.(T)
	return v, ok
}

func property[T any](ctx context.Context, b *bus, name string, path dbus.ObjectPath, of, property string) (T, bool) {
	return first[T](b.call(ctx, name, path, "org.freedesktop.DBus.Properties.Get", of, property))
}

// runs tells whether a name has an owner on the bus.
func (b *bus) runs(ctx context.Context, name string) bool {
	there, _ := first[bool](b.call(ctx, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", name))
	return there
}
