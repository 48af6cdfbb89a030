package focus

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/x11"
)

func open(t *testing.T, wm string) (*desktoptest.Desktop, *Watcher) {
	t.Helper()
	d := desktoptest.Start(t, desktoptest.Options{WM: wm})
	d.Use(t)
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return d, w
}

// until takes changes until one is as wanted.
func until(t *testing.T, w *Watcher, what string, ok func(Window) bool) Window {
	t.Helper()
	timeout := time.After(desktoptest.Patience)
	var last Window
	for {
		select {
		case c, open := <-w.Changes():
			if !open {
				t.Fatalf("the watch ended while waiting for %s", what)
			}
			if last = c.Window; ok(last) {
				return last
			}
		case <-timeout:
			t.Fatalf("waited in vain for %s; the last change was %+v", what, last)
		}
	}
}

func TestFollowsFocusTitleAndFullscreen(t *testing.T) {
	for _, wm := range []string{"openbox", "xfwm4"} {
		t.Run(wm, func(t *testing.T) {
			d, w := open(t, wm)
			a := d.Window(t, desktoptest.WindowOptions{Title: "Editor", Class: "Edit"})
			a.Focus(t)
			got := until(t, w, "the editor", func(x Window) bool { return x.ID == a.ID && x.Target.Title == "Editor" })
			if got.Target.Class != "Edit" || got.PID != os.Getpid() || got.Target.Process != filepath.Base(os.Args[0]) {
				t.Errorf("got %+v", got)
			}
			b := d.Window(t, desktoptest.WindowOptions{Title: "DeepSeek - Chromium", Class: "Chromium"})
			b.Focus(t)
			until(t, w, "the browser", func(x Window) bool { return x.ID == b.ID && x.Target.Class == "Chromium" })
			b.SetTitle(t, "Inbox – später - Chromium")
			until(t, w, "another title", func(x Window) bool { return x.Target.Title == "Inbox – später - Chromium" })
			b.Fullscreen(t, true)
			until(t, w, "full screen", func(x Window) bool { return x.Fullscreen })
			b.Fullscreen(t, false)
			until(t, w, "no full screen", func(x Window) bool { return x.ID == b.ID && !x.Fullscreen })
			b.Close()
			until(t, w, "another window after the close", func(x Window) bool { return x.ID != b.ID })
			a.Focus(t)
		})
	}
}

func TestSeesTheCommandInATerminal(t *testing.T) {
	d, w := open(t, "openbox")
	aider := filepath.Join(t.TempDir(), "aider")
	if err := os.WriteFile(aider, []byte("#!/bin/sh\nread line\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	// An interactive shell, because only that gives each command a process
	// group of its own. The window's title stays the same throughout.
	d.Start(t, "xterm", "-T", "work", "-xrm", "XTerm*allowTitleOps: false", "-e", "bash", "--norc", "--noprofile", "-i")
	d.Activate(t, d.Find(t, "XTerm"))
	until(t, w, "the shell in front", func(x Window) bool { return x.Target.Class == "XTerm" && x.Target.Foreground == "bash" })
	d.Type(t, aider)
	d.Key(t, "Return")
	got := until(t, w, "aider in front", func(x Window) bool { return x.Target.Foreground == "aider" })
	if got.Target.ForegroundExe == "" {
		t.Errorf("no executable: %+v", got)
	}
	d.Key(t, "Return")
	until(t, w, "the shell again", func(x Window) bool { return x.Target.Foreground == "bash" })
}

func TestAWindowThatDiesMeanwhileIsSurvived(t *testing.T) {
	d, w := open(t, "openbox")
	keep := d.Window(t, desktoptest.WindowOptions{Title: "stays"})
	for range 20 {
		x := d.Window(t, desktoptest.WindowOptions{Title: "goes"})
		x.Close()
	}
	keep.Focus(t)
	keep.SetTitle(t, "still here")
	until(t, w, "the window that stayed", func(x Window) bool { return x.ID == keep.ID && x.Target.Title == "still here" })
}

func TestWhereNothingCanBeSeenItIsSaid(t *testing.T) {
	for _, c := range []struct {
		session, display, wayland string
		want                      coverage.Why
	}{
		{"wayland", ":0", "wayland-0", coverage.Wayland},
		{"x11", "", "", coverage.NoDisplay},
		{"x11", ":2147483", "", coverage.NoDisplay},
	} {
		t.Setenv("XDG_SESSION_TYPE", c.session)
		t.Setenv("DISPLAY", c.display)
		t.Setenv("WAYLAND_DISPLAY", c.wayland)
		_, err := Open()
		if u := new(coverage.Unavailable); !errors.As(err, &u) || u.Why != c.want {
			t.Errorf("%+v: got %v", c, err)
		}
	}
}

// Somebody who was away starts a tool: no clock runs meanwhile, the server
// says that they are back.
func TestSeesACommandStartedAfterAPause(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
	d.Use(t)
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	conn, err := x11.Dial()
	if err != nil {
		t.Fatal(err)
	}
	w, err := watch(conn, 2*time.Millisecond) // whoever did nothing for so long is away
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	dir := t.TempDir()
	for name, body := range map[string]string{"aider": "read line\n", "shell": "read line; " + filepath.Join(dir, "aider") + "; read line\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+body), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	d.Start(t, "xterm", "-T", "work", "-e", filepath.Join(dir, "shell"))
	d.Activate(t, d.Find(t, "XTerm"))
	until(t, w, "the shell in front", func(x Window) bool { return x.Target.Foreground == "shell" })
	d.Key(t, "Return")
	until(t, w, "aider in front", func(x Window) bool { return x.Target.Foreground == "aider" })
}

// A program that changes its title faster than anybody can look must not fill
// a queue that the answers come through as well.
func TestAStormOfTitlesIsSurvived(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
	d.Use(t)
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	x := d.Window(t, desktoptest.WindowOptions{Title: "calm"})
	x.Focus(t)
	until(t, w, "the window", func(v Window) bool { return v.ID == x.ID && v.Target.Title == "calm" })
	resume := p.Stall()
	const last = 6000 // more than the library queues
	for i := range last + 1 {
		x.SetTitle(t, fmt.Sprint("title ", i))
	}
	resume()
	until(t, w, "the last title", func(v Window) bool { return v.Target.Title == fmt.Sprint("title ", last) })
}

// Where nothing happens to the window in front nothing is asked, whatever is
// typed into it and whatever others do. There is no window manager here, so
// that the test alone says what happens.
func TestWatchingAsksNothing(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	conn, err := x11.Dial()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	atoms, err := conn.Atoms("_NET_ACTIVE_WINDOW", "_NET_WM_NAME", "UTF8_STRING")
	if err != nil {
		t.Fatal(err)
	}
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	other := d.Window(t, desktoptest.WindowOptions{Title: "behind"})
	x := d.Window(t, desktoptest.WindowOptions{Title: "in front"})
	x.Focus(t)
	id := make([]byte, 4)
	xgb.Put32(id, x.ID)
	xproto.ChangeProperty(conn.Conn, xproto.PropModeReplace, conn.Root, atoms[0], xproto.AtomWindow, 32, 1, id)
	until(t, w, "the window", func(v Window) bool { return v.ID == x.ID })
	title := []byte("settled")
	xproto.ChangeProperty(conn.Conn, xproto.PropModeReplace, xproto.Window(x.ID), atoms[1], atoms[2], 8, uint32(len(title)), title)
	until(t, w, "its title", func(v Window) bool { return v.Target.Title == "settled" })

	before := p.Sent()
	for i := range 100 {
		other.SetTitle(t, fmt.Sprint("behind ", i))
	}
	d.Type(t, "words typed into the window")
	x.Wait(t, "the words", func(e []desktoptest.Event) bool { return len(e) > 20 })
	d.Copy(t, "and copied")
	if sent := p.Sent() - before; sent != 0 {
		t.Errorf("watching sent %d bytes to the X server, want none", sent)
	}
}

func TestServerThatGoesAway(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	p.Close()
	for range w.Changes() {
	}
}
