package focus

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"handrail/agent/desktoptest"
)

func TestProof(t *testing.T) {
	d, w := open(t, "openbox")
	a := d.Window(t, desktoptest.WindowOptions{Title: "one"})
	b := d.Window(t, desktoptest.WindowOptions{Title: "two"})
	ctx, cancel := context.WithTimeout(t.Context(), desktoptest.Patience)
	defer cancel()
	for _, x := range []*desktoptest.Window{a, b, a} {
		x.Focus(t)
		if err := w.Prove(ctx); err != nil {
			t.Error(err)
		}
	}
	until(t, w, "the first window", func(x Window) bool { return x.ID == a.ID })

	// The desktop no longer says which window is active.
	if err := xproto.ChangeWindowAttributesChecked(w.conn.Conn, w.conn.Root, xproto.CwEventMask, []uint32{0}).Check(); err != nil {
		t.Fatal(err)
	}
	if err := w.Prove(ctx); err != nil {
		t.Errorf("nothing has happened since, and yet: %v", err)
	}
	b.Focus(t)
	if err := w.Prove(ctx); !errors.Is(err, errNotTold) {
		t.Errorf("got %v", err)
	}
	w.Close()
	if err := w.Prove(ctx); !errors.Is(err, errEnded) {
		t.Errorf("after Close: %v", err)
	}
}

// A desktop that hangs is not waited for any longer than asked.
func TestProofEndsInTime(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
	p := d.Proxy(t)
	d.Use(t)
	t.Setenv("DISPLAY", p.Display)
	w, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	resume := p.Stall()
	t.Cleanup(resume)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := w.Prove(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	resume()
	again, cancel := context.WithTimeout(t.Context(), desktoptest.Patience)
	defer cancel()
	if err := w.Prove(again); err != nil {
		t.Errorf("the desktop is back, and the self-test says %v", err)
	}
}
