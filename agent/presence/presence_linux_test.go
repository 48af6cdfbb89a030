package presence

import (
	"testing"
	"time"

	"handrail/agent/desktoptest"
)

func TestKeysAreTypingAndThePointerIsNot(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	long := time.Now().Add(-time.Minute)

	d.Run(t, "xdotool", "mousemove", "200", "150")
	if w.Typing(long) {
		t.Error("moving the pointer counted as typing")
	}
	d.Key(t, "a")
	typed := w.Typing(long)
	if idle, ok := w.Idle(); !ok || (!typed && idle < Pause/2) {
		t.Errorf("a key did not count as typing; idle %v, known %v", idle, ok)
	}
	if w.Typing(time.Now().Add(time.Minute)) {
		t.Error("a key from before the moment in question counted as typing")
	}
}

// The session asks from its one loop, so an X server that hangs must not keep
// it.
func TestAnXServerThatHangsIsNotWaitedFor(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	resume := p.Stall()
	defer resume()
	for range 3 { // all but the first at once
		if w.Typing(time.Time{}) {
			t.Error("nobody can know, and yet somebody types")
		}
	}
}

func TestNoDesktopIsSaid(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("XDG_SESSION_TYPE", "x11")
	if _, err := Open(); err == nil {
		t.Fatal("opened without a display")
	}
}
