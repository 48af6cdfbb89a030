package tray

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/systray"
	"github.com/godbus/dbus/v5"
)

const (
	// watcher is the name that whoever shows icons has on the bus:
	// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/
	watcher = "org.kde.StatusNotifierWatcher"
	// callTimeout bounds the first calls on the bus.
	callTimeout = 5 * time.Second
)

// run waits for a panel that shows icons and puts the icon there. From then on
// the library itself registers the icon with every panel that comes up.
//
// The library is not started before: without a panel it complains, and without
// a bus it would start one.
func (t *Tray) run(ctx context.Context) error {
	if err := waitForHost(ctx); err != nil {
		return err
	}
	face, err := t.first(ctx)
	if err != nil {
		return err
	}
	// Before the start, because the library loses an icon that is set while it
	// starts.
	d := t.build(ctx, face)
	start, end := systray.RunWithExternalLoop(nil, nil)
	started := make(chan struct{})
	go func() {
		start()
		close(started)
	}()
	select {
	case <-started:
	case <-ctx.Done():
		return ctx.Err() // the bus hangs, and the session ends
	}
	t.log.Info("the icon is in the panel")
	t.follow(ctx, face, d.change)
	end()
	return nil
}

// waitForHost returns when a panel shows icons. It sleeps until the bus tells
// of one, and asks once.
func waitForHost(ctx context.Context) error {
	// Not the variant that may start a bus of its own: no panel would be there.
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithSignalHandler(dbus.NewSequentialSignalHandler()))
	if err != nil {
		return fmt.Errorf("reaching the session's message bus: %w", err)
	}
	defer conn.Close()
	hung := time.AfterFunc(callTimeout, func() { conn.Close() })
	defer hung.Stop()
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals)
	err = conn.Auth(nil)
	if err == nil {
		err = conn.Hello()
	}
	if err == nil {
		err = conn.AddMatchSignal(dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchInterface("org.freedesktop.DBus"),
			dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, watcher))
	}
	var there bool
	if err == nil {
		err = conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, watcher).Store(&there)
	}
	if err != nil {
		return fmt.Errorf("asking the session's message bus for a panel: %w", err)
	}
	hung.Stop()
	for !there {
		select {
		case s, ok := <-signals:
			if !ok {
				return errors.New("waiting for a panel: the session's message bus has gone")
			}
			var name, before, after string
			there = s.Name == "org.freedesktop.DBus.NameOwnerChanged" &&
				dbus.Store(s.Body, &name, &before, &after) == nil && name == watcher && after != ""
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func iconFile(i Icon) []byte { return i.PNG() }

// escape is for menus that take an underscore for the sign of a key.
func escape(label string) string { return strings.ReplaceAll(label, "_", "__") }
