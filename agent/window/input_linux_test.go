package window

import (
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/card"
	"handrail/agent/desktoptest"
	"handrail/agent/focus"
	"handrail/agent/x11"
)

func has(kind desktoptest.EventKind) func([]desktoptest.Event) bool {
	return func(events []desktoptest.Event) bool {
		for _, e := range events {
			if e.Kind == kind {
				return true
			}
		}
		return false
	}
}

func gets(letter byte) func([]desktoptest.Event) bool {
	return func(events []desktoptest.Event) bool {
		return slices.Contains(events, desktoptest.Event{Kind: desktoptest.KeyPress, Key: letter})
	}
}

// The keyboard goes to the nudge when the person asks, works there, and comes
// back after each way a nudge can end.
func TestHotkey(t *testing.T) {
	for _, wm := range managers {
		t.Run(wm, func(t *testing.T) {
			s := newScene(t, wm)
			c := s.start(t)
			next(t, c, card.EventReady)
			sensor, err := focus.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer sensor.Close()
			answered := func(want card.Answer) func(card.ID) {
				return func(id card.ID) {
					if e := next(t, c, card.EventAnswered); e.ID != id || e.Answer != want {
						t.Errorf("got %+v, want %v for card %d", e, want, id)
					}
				}
			}
			for i, way := range []struct {
				keys []string
				ends func(card.ID)
			}{
				{[]string{"Return"}, answered(card.OpenApproved)},
				{[]string{"Tab", "Return"}, answered(card.NotSensitive)},
				{[]string{"Tab", "Tab", "space"}, answered(card.Allowed)},
				{[]string{"Tab", "Tab", "Tab", "space"}, answered(card.PasteAnyway)},
				{[]string{"shift+Tab", "KP_Enter"}, answered(card.Dismiss)}, // the × comes last
				{[]string{"x", "Escape"}, answered(card.Dismiss)},
				{nil, func(id card.ID) {
					if err := c.Withdraw(id); err != nil {
						t.Error(err)
					}
					next(t, c, card.EventClosed)
				}},
			} {
				id := card.ID(i + 1)
				e := show(t, c, nudge(id))
				if e.Hotkey != "Ctrl+Alt+H" {
					t.Fatalf("the hotkey is %q", e.Hotkey)
				}
				w := s.nudgeWindow(t, c)
				if f := s.focused(t); f != xproto.Window(s.editor.ID) {
					t.Fatalf("before the hotkey %#x has the keyboard, want the editor", f)
				}
				s.Key(t, "ctrl+alt+h")
				s.until(t, "the nudge has the keyboard", func() bool { return s.focused(t) == w })
				s.editor.Wait(t, "losing the keyboard", has(desktoptest.FocusOut))
				s.editor.Forget()
				// Otherwise the session would think that the person went elsewhere,
				// and take the nudge away.
				s.sensorSays(t, sensor, c.PID())
				for _, k := range way.keys {
					s.Key(t, k)
				}
				way.ends(id)
				s.editor.Wait(t, "the keyboard's return", has(desktoptest.FocusIn))
				s.WaitActive(t, s.editor.ID)
				s.sensorSays(t, sensor, os.Getpid())
				s.editor.Forget()
				s.Type(t, "back")
				s.editor.Wait(t, "four letters", func(e []desktoptest.Event) bool { return len(e) >= 4 })
				if got := s.editor.Typed(); got != "back" {
					t.Errorf("after %v the editor got %q, want what is typed now", way.keys, got)
				}
				s.editor.Forget()
			}
			// While nothing is shown the combination is the editor's.
			s.Key(t, "ctrl+alt+h")
			s.editor.Wait(t, "the h", gets('h'))
			if n := focusOuts(s.editor); n > 0 {
				t.Errorf("pressing it then took the keyboard %d times", n)
			}
		})
	}
}

// sensorSays waits until the session's sensor says that a window of this
// process has the keyboard.
func (s *scene) sensorSays(t *testing.T, sensor *focus.Watcher, pid int) {
	t.Helper()
	deadline := time.After(desktoptest.Patience)
	for {
		select {
		case change := <-sensor.Changes():
			if change.Window.PID == pid {
				return
			}
		case <-deadline:
			t.Fatalf("the focus sensor does not say that process %d has the keyboard", pid)
		}
	}
}

// Somebody who goes elsewhere with the mouse is not called back.
func TestKeyboardIsNotTakenBack(t *testing.T) {
	s := newScene(t, "openbox")
	c := s.start(t)
	show(t, c, nudge(1))
	w := s.nudgeWindow(t, c)
	s.Key(t, "ctrl+alt+h")
	s.until(t, "the nudge has the keyboard", func() bool { return s.focused(t) == w })
	other := s.Window(t, desktoptest.WindowOptions{Title: "Other"})
	s.give(t, other)
	if err := c.Withdraw(1); err != nil {
		t.Fatal(err)
	}
	next(t, c, card.EventClosed)
	if f := s.focused(t); f != xproto.Window(other.ID) {
		t.Errorf("%#x has the keyboard, want the other window %#x", f, other.ID)
	}
}

func TestHotkeyOfSomebodyElse(t *testing.T) {
	s := newScene(t, "openbox")
	// Each key is taken by another program, that is, connection.
	take := func(name string) {
		t.Helper()
		conn, err := x11.Dial()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(conn.Close)
		if got := (&Stage{conn: conn}).grabOne(); got != name {
			t.Fatalf("took %q, want %q", got, name)
		}
	}
	c := s.start(t)
	for i, want := range []string{"Ctrl+Alt+H", "Ctrl+Alt+J", "Ctrl+Alt+Shift+H", ""} {
		e := show(t, c, nudge(card.ID(i+1)))
		if e.Hotkey != want {
			t.Errorf("with %d taken the hotkey is %q, want %q", i, e.Hotkey, want)
		}
		if err := c.Withdraw(e.ID); err != nil {
			t.Fatal(err)
		}
		next(t, c, card.EventClosed)
		if want != "" {
			take(want)
		}
	}
}

// A click answers, and does not even borrow the keyboard.
func TestClick(t *testing.T) {
	for _, wm := range managers {
		t.Run(wm, func(t *testing.T) {
			s := newScene(t, wm)
			c := s.start(t)
			next(t, c, card.EventReady)
			for i, way := range []struct {
				at   func(nudge, big image.Rectangle) image.Point
				want card.Answer
			}{
				{func(_, big image.Rectangle) image.Point { return big.Min.Add(big.Size().Div(2)) }, card.OpenApproved},
				{func(_, big image.Rectangle) image.Point { return image.Pt(big.Min.X+40, big.Max.Y+28) }, card.NotSensitive},
				{func(_, big image.Rectangle) image.Point { return image.Pt(big.Max.X-40, big.Max.Y+28) }, card.PasteAnyway},
				{func(n, _ image.Rectangle) image.Point { return image.Pt(n.Max.X-24, n.Min.Y+21) }, card.Dismiss},
			} {
				id := card.ID(i + 1)
				show(t, c, nudge(id))
				big := s.seen(t, c, screen)
				s.click(t, way.at(s.bounds(t, s.nudgeWindow(t, c)), big))
				if e := next(t, c, card.EventAnswered); e.Answer != way.want || e.ID != id {
					t.Errorf("got %+v, want %v for card %d", e, way.want, id)
				}
				s.until(t, "the nudge is gone", func() bool { return s.nudgeWindow(t, c) == 0 })
			}
			s.Type(t, "still")
			s.editor.Wait(t, "five letters", func(e []desktoptest.Event) bool { return len(e) >= 5 })
			if got := s.editor.Typed(); got != "still" || len(s.editor.Events()) != 5 {
				t.Errorf("the editor got %q and the events %v", got, s.editor.Events())
			}
		})
	}
}

// unmanaged puts a window on the screen as a locker does.
func (s *scene) unmanaged(t *testing.T, b image.Rectangle) xproto.Window {
	t.Helper()
	w := s.unmapped(t, b)
	xproto.ChangeWindowAttributes(s.eye.Conn, w, xproto.CwOverrideRedirect, []uint32{1})
	xproto.MapWindow(s.eye.Conn, w)
	s.eye.Sync()
	return w
}

func (s *scene) place(w xproto.Window, b image.Rectangle) {
	xproto.ConfigureWindow(s.eye.Conn, w, xproto.ConfigWindowX|xproto.ConfigWindowY|xproto.ConfigWindowWidth|xproto.ConfigWindowHeight,
		[]uint32{uint32(b.Min.X), uint32(b.Min.Y), uint32(b.Dx()), uint32(b.Dy())})
	s.eye.Sync()
}

func TestStaysAboveWindowsAndBelowTheLock(t *testing.T) {
	for _, wm := range managers {
		t.Run(wm, func(t *testing.T) {
			s := newScene(t, wm)
			c := s.start(t)
			show(t, c, nudge(1))
			s.seen(t, c, screen)
			w := s.nudgeWindow(t, c)
			s.editor.Fullscreen(t, true)
			s.until(t, "the editor fills the screen", func() bool { return s.bounds(t, xproto.Window(s.editor.ID)) == screen })
			s.until(t, "the nudge is above it", func() bool { return !s.covered(t, w) })
			s.seen(t, c, screen)

			lock := s.unmanaged(t, screen)
			if !s.covered(t, w) {
				t.Fatal("the lock does not cover the nudge")
			}
			// Something else moves, and a new nudge comes: neither goes above the lock.
			s.editor.Fullscreen(t, false)
			s.until(t, "the editor is small again", func() bool { return s.bounds(t, xproto.Window(s.editor.ID)) != screen })
			if err := c.Show(nudge(2)); err != nil {
				t.Fatal(err)
			}
			next(t, c, card.EventClosed)
			next(t, c, card.EventShown)
			if !s.covered(t, w) {
				t.Error("the nudge came above the lock")
			}
			xproto.DestroyWindow(s.eye.Conn, lock)
			s.until(t, "the nudge is back", func() bool { return !s.covered(t, w) })
			s.seen(t, c, screen)
		})
	}
}

// The corner is that of the monitor in use, without the panels.
func TestCorner(t *testing.T) {
	for _, wm := range managers {
		t.Run(wm, func(t *testing.T) {
			s := newScene(t, wm)
			if _, err := s.eye.Extension("RANDR"); err != nil {
				t.Fatal(err)
			}
			name, err := s.eye.Atoms("left", "right", "_NET_WM_WINDOW_TYPE", "_NET_WM_WINDOW_TYPE_DOCK", "_NET_WM_STRUT", "_NET_WORKAREA", "_NET_WM_STRUT_PARTIAL")
			if err != nil {
				t.Fatal(err)
			}
			left, right := image.Rect(0, 0, 640, 800), image.Rect(640, 0, 1280, 800)
			for i, b := range []image.Rectangle{left, right} {
				err := randr.SetMonitorChecked(s.eye.Conn, s.root, randr.MonitorInfo{Name: name[i], X: int16(b.Min.X), Y: int16(b.Min.Y),
					Width: uint16(b.Dx()), Height: uint16(b.Dy()), WidthInMillimeters: 170, HeightInMillimeters: 210}).Check()
				if err != nil {
					t.Fatal(err)
				}
			}
			c := s.start(t)
			at := func(id card.ID, editor, want image.Rectangle) {
				t.Helper()
				s.place(xproto.Window(s.editor.ID), editor)
				s.until(t, "the editor has moved", func() bool {
					b := s.bounds(t, xproto.Window(s.editor.ID))
					return b.Min.Add(b.Size().Div(2)).In(want)
				})
				show(t, c, nudge(id))
				s.seen(t, c, want)
				if err := c.Withdraw(id); err != nil {
					t.Fatal(err)
				}
				next(t, c, card.EventClosed)
			}
			at(1, rect(50, 100, 300, 300), left)
			at(2, rect(800, 100, 300, 300), right)

			// A panel of 60 pixels along the bottom.
			panel := s.unmapped(t, rect(0, 740, 1280, 60))
			set := func(property, typ xproto.Atom, v ...uint32) {
				b := make([]byte, 4*len(v))
				for i := range v {
					xgb.Put32(b[4*i:], v[i])
				}
				xproto.ChangeProperty(s.eye.Conn, xproto.PropModeReplace, panel, property, typ, 32, uint32(len(v)), b)
			}
			set(name[2], xproto.AtomAtom, uint32(name[3]))
			set(name[4], xproto.AtomCardinal, 0, 0, 0, 60)
			set(name[6], xproto.AtomCardinal, 0, 0, 0, 60, 0, 0, 0, 0, 0, 0, 0, 1279)
			xproto.MapWindow(s.eye.Conn, panel)
			look := &Stage{conn: s.eye}
			s.until(t, "the window manager leaves room for the panel", func() bool {
				v := look.numbers(name[5], xproto.AtomCardinal, 0, 4)
				return len(v) == 4 && v[3] == 740
			})
			at(3, rect(50, 100, 300, 300), image.Rect(0, 0, 640, 740))
		})
	}
}

func (s *scene) unmapped(t *testing.T, b image.Rectangle) xproto.Window {
	t.Helper()
	w, err := xproto.NewWindowId(s.eye.Conn)
	if err != nil {
		t.Fatal(err)
	}
	sc := xproto.Setup(s.eye.Conn).DefaultScreen(s.eye.Conn)
	xproto.CreateWindow(s.eye.Conn, sc.RootDepth, w, s.root, int16(b.Min.X), int16(b.Min.Y), uint16(b.Dx()), uint16(b.Dy()), 0,
		xproto.WindowClassInputOutput, sc.RootVisual, xproto.CwBackPixel, []uint32{0x404040})
	return w
}

// A card that replaces another says so, and an old answer or withdrawal does
// nothing.
func TestReplace(t *testing.T) {
	s := newScene(t, "openbox")
	c := s.start(t)
	show(t, c, nudge(1))
	if err := c.Show(nudge(2)); err != nil {
		t.Fatal(err)
	}
	if e := next(t, c, card.EventClosed); e.ID != 1 {
		t.Errorf("closed card %d, want 1", e.ID)
	}
	next(t, c, card.EventShown)
	if err := c.Withdraw(1); err != nil {
		t.Fatal(err)
	}
	s.seen(t, c, screen)
	if err := c.Withdraw(2); err != nil {
		t.Fatal(err)
	}
	if e := next(t, c, card.EventClosed); e.ID != 2 {
		t.Errorf("closed card %d, want 2", e.ID)
	}
}

func TestKilledWhileAsked(t *testing.T) {
	s := newScene(t, "openbox")
	c := s.start(t)
	show(t, c, nudge(1))
	if err := syscall.Kill(c.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if e := next(t, c, card.EventGone); !errors.Is(e.Err, ErrGone) || !strings.Contains(e.Err.Error(), "killed") {
		t.Errorf("gone because of %v, want killed", e.Err)
	}
	if err := c.Show(nudge(2)); !errors.Is(err, ErrGone) {
		t.Errorf("Show: %v, want ErrGone", err)
	}
	// Nothing of it stays behind: not the window, not the hotkey.
	s.Key(t, "ctrl+alt+h")
	s.editor.Wait(t, "the h", gets('h'))
}

func TestWhereNoWindowOpens(t *testing.T) {
	for name, env := range map[string][]string{
		"no display":      {"DISPLAY="},
		"nobody there":    {"DISPLAY=:4711"},
		"Wayland":         {"XDG_SESSION_TYPE=wayland"},
		"no such OpenGL ": {"LIBGL_DRIVERS_PATH=/nonexistent", "__GLX_VENDOR_LIBRARY_NAME=nonexistent", "__EGL_VENDOR_LIBRARY_FILENAMES=/nonexistent"},
	} {
		t.Run(name, func(t *testing.T) {
			d := desktoptest.Start(t, desktoptest.Options{})
			c, err := Start(t.Context(), Options{Path: handrailUI(t), Env: append(d.Env(), env...), Log: discard})
			if err != nil {
				t.Log(err)
				return
			}
			defer c.Close()
			if e := next(t, c, card.EventGone); e.Err == nil {
				t.Error("gone without a reason")
			} else {
				t.Log(e.Err)
			}
		})
	}
}

// The parent is gone, or not the one it should be.
func TestHandrailUIEndsWithItsParent(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	hello := func(version int) string { return fmt.Sprintf("{\"kind\":\"hello\",\"version\":%d}\n", version) }
	for name, c := range map[string]struct {
		says string
		code int
	}{
		"nothing":         {"", 0},
		"hello, then end": {hello(card.Protocol), 0},
		"garbage":         {"c4n4ry\n", 2},
		"binary":          {strings.Repeat("\x00\xff", 40000), 2},
		"garbage later":   {hello(card.Protocol) + "c4n4ry\n", 2},
		"newer":           {hello(card.Protocol + 1), 3},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(handrailUI(t))
			cmd.Env, cmd.Stdin = d.Env(), strings.NewReader(c.says)
			var out strings.Builder
			cmd.Stdout, cmd.Stderr = &out, &out
			timeout := time.AfterFunc(desktoptest.Patience, func() { _ = cmd.Process.Kill() })
			defer timeout.Stop()
			err := cmd.Run()
			if got := cmd.ProcessState.ExitCode(); got != c.code {
				t.Errorf("exit code %d (%v), want %d", got, err, c.code)
			}
			if strings.Contains(out.String(), "c4n4ry") {
				t.Errorf("it repeats what it was told: %s", out.String())
			}
		})
	}
}
