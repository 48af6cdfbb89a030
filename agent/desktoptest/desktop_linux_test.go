package desktoptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDesktop(t *testing.T) {
	for _, wm := range []string{"openbox", "xfwm4"} {
		t.Run(wm, func(t *testing.T) {
			t.Parallel()
			d := Start(t, Options{WM: wm})
			a := d.Window(t, WindowOptions{Title: "A"})
			b := d.Window(t, WindowOptions{Title: "B", Class: "Other"})
			a.Focus(t)
			b.Focus(t)
			if got := d.Active(t); got != b.ID {
				t.Errorf("active window %#x, want %#x", got, b.ID)
			}
			b.Forget()
			d.Type(t, "hello")
			b.Wait(t, "hello", func([]Event) bool { return true })
			b.Wait(t, "five keys", func(e []Event) bool { return len(e) >= 5 })
			if got := b.Typed(); got != "hello" {
				t.Errorf("typed %q, want hello", got)
			}
			if got := d.Find(t, "Other"); got != b.ID {
				t.Errorf("found %#x, want %#x", got, b.ID)
			}
			b.Close()
			a.Focus(t)

			picture := filepath.Join(t.TempDir(), "screen.png")
			d.Screenshot(t, picture)
			if info, err := os.Stat(picture); err != nil || info.Size() == 0 {
				t.Errorf("no screenshot: %v", err)
			}
		})
	}
}

func TestOwnerServesOtherPrograms(t *testing.T) {
	d := Start(t, Options{})
	Need(t, "xclip")
	big := strings.Repeat("0123456789", 50_000)
	for _, c := range []Clip{
		{Text: []byte("short")},
		{Text: []byte(big)},
		{Text: []byte(big), Whole: true},
	} {
		o := d.Own(t, c)
		if got := d.Run(t, "xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING"); got != string(c.Text) {
			t.Errorf("xclip read %d bytes, want %d", len(got), len(c.Text))
		}
		if o.Asked("UTF8_STRING") != 1 {
			t.Errorf("asked %d times, want 1", o.Asked("UTF8_STRING"))
		}
		o.Die()
	}
	w := d.Window(t, WindowOptions{Title: "no window manager"})
	w.Focus(t)
}

func TestSessionBus(t *testing.T) {
	d := Start(t, Options{})
	if out := d.Run(t, "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.ListNames"); !strings.Contains(out, "org.freedesktop.DBus") {
		t.Errorf("the bus said %q", out)
	}
}
