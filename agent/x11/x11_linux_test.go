package x11

import (
	"errors"
	"os"
	"os/exec"
	"testing"

	"github.com/jezek/xgb/xproto"

	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
)

func TestDialSaysWhyNot(t *testing.T) {
	for _, c := range []struct {
		name    string
		env     map[string]string
		want    coverage.Why
		comment string
	}{
		{"wayland by type", map[string]string{"XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}, coverage.Wayland, "Xwayland is there, and of no use"},
		{"wayland by display", map[string]string{"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, coverage.Wayland, ""},
		{"no display", map[string]string{"XDG_SESSION_TYPE": "x11"}, coverage.NoDisplay, ""},
		{"nobody there", map[string]string{"DISPLAY": "/nonexistent/x:0"}, coverage.NoDisplay, ""},
		{"garbage", map[string]string{"DISPLAY": "garbage"}, coverage.NoDisplay, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, k := range []string{"DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"} {
				t.Setenv(k, c.env[k])
			}
			_, err := Dial()
			if u := new(coverage.Unavailable); !errors.As(err, &u) || u.Why != c.want {
				t.Errorf("Dial: %v, want an Unavailable with %v", err, c.want)
			}
		})
	}
}

func TestPID(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	c, err := Dial()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	atoms, err := c.Atoms("_NET_WM_PID", "UTF8_STRING")
	if err != nil || atoms[0] == atoms[1] || atoms[1] == 0 {
		t.Fatalf("Atoms: %v, %v", atoms, err)
	}

	w := d.Window(t, desktoptest.WindowOptions{Title: "A"})
	if got := c.PID(xproto.Window(w.ID), atoms[0]); got != os.Getpid() {
		t.Errorf("pid of our own window: %d, want %d", got, os.Getpid())
	}
	dead := exec.Command("true")
	if err := dead.Run(); err != nil {
		t.Fatal(err)
	}
	c.xres = false
	for _, o := range []struct{ says, want int }{{os.Getppid(), os.Getppid()}, {dead.Process.Pid, 0}, {1, 0}, {0, 0}} {
		w := d.Window(t, desktoptest.WindowOptions{Title: "B", PID: o.says})
		if got := c.PID(xproto.Window(w.ID), atoms[0]); got != o.want {
			t.Errorf("a window says that it is of %d: got %d, want %d", o.says, got, o.want)
		}
	}
	if got := c.PID(0x7fffff, atoms[0]); got != 0 {
		t.Errorf("pid of no window: %d, want 0", got)
	}
}

func TestServerGone(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{})
	d.Use(t)
	p := d.Proxy(t)
	t.Setenv("DISPLAY", p.Display)
	c, err := Dial()
	if err != nil {
		t.Fatal(err)
	}
	p.Close()
	if _, err := c.Atoms("X"); !errors.Is(err, ErrGone) {
		t.Errorf("Atoms: %v, want ErrGone", err)
	}
	if _, err := c.Extension("XFIXES"); !errors.Is(err, ErrGone) {
		t.Errorf("Extension: %v, want ErrGone", err)
	}
}

func FuzzFindCounter(f *testing.F) {
	reply := make([]byte, 32)
	reply[8] = 2
	reply = append(reply, "\x07\x00\x00\x00........\x0a\x00SERVERTIME"...)
	reply = append(reply, "\x08\x00\x00\x00........\x08\x00IDLETIME\x00\x00"...)
	if id, ok := findCounter(reply, "IDLETIME"); id != 8 || !ok {
		f.Fatalf("got %d, %v; want 8", id, ok)
	}
	f.Add(reply)
	f.Fuzz(func(t *testing.T, b []byte) { findCounter(b, "IDLETIME") })
}
