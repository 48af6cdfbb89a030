package clip

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jezek/xgb/xfixes"

	"handrail/agent/desktoptest"
)

// A self-test goes the whole way, again and again, and what the person has
// copied is neither asked for nor announced anew, nor does it count as read.
func TestProofLeavesTheClipboardAlone(t *testing.T) {
	d, w := desktop(t)
	clip := d.Copy(t, "mine")
	was := next(t, w, Clipboard, nil)
	for range 3 {
		if err := w.Prove(patient(t)); err != nil {
			t.Fatal(err)
		}
	}
	if n := clip.Asked("TARGETS") + clip.Asked("UTF8_STRING"); n != 0 || w.Reads() != 0 {
		t.Errorf("the clip was asked for %d times, %d reads", n, w.Reads())
	}
	c, err := w.Read(patient(t), Clipboard, was.Seq) // no newer one
	if err != nil || string(c.Text.Bytes()) != "mine" {
		t.Errorf("the clip is %q, %v", c.Text.Bytes(), err)
	}
	c.Text.Wipe()
	select {
	case c := <-w.Changes():
		t.Errorf("a change was told: %+v", c)
	default:
	}
}

// Each way in which a desktop stops telling of copies fails the self-test.
func TestProofFailsWhereCopiesAreNotSeen(t *testing.T) {
	for name, s := range map[string]Selection{"no notice of the self-test": proof, "no notice of a copy": Clipboard} {
		t.Run(name, func(t *testing.T) {
			d, w := desktop(t)
			x := w.w.(*x11Watcher)
			if err := xfixes.SelectSelectionInputChecked(x.conn.Conn, x.conn.Root, x.atoms.selection[s], 0).Check(); err != nil {
				t.Fatal(err)
			}
			d.Copy(t, "something")
			ctx := patient(t)
			if s == proof { // no notice comes, so what ends the wait is the context
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 200*time.Millisecond)
				defer cancel()
			}
			err := w.Prove(ctx)
			if err == nil || s == Clipboard && !errors.Is(err, errNoNotice) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A desktop that hangs is not waited for any longer than asked.
func TestProofEndsInTime(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	p := d.Proxy(t)
	d.Use(t)
	t.Setenv("DISPLAY", p.Display)
	w := openHere(t)
	resume := p.Stall()
	t.Cleanup(resume)
	ctx, cancel := context.WithTimeout(patient(t), ReadTimeout/10)
	defer cancel()
	if err := w.Prove(ctx); !errors.Is(err, ErrTimeout) {
		t.Errorf("got %v", err)
	}
	resume()
	if err := w.Prove(patient(t)); err != nil {
		t.Errorf("the desktop is back, and the self-test says %v", err)
	}
}
