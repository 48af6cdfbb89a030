package desktoptest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// The library's log would write into the middle of the tests' output, and says
// nothing that the errors do not.
func init() { xgb.Logger = log.New(io.Discard, "", 0) }

// Patience is how long the harness waits for any one thing. It is generous, so
// that a loaded machine fails no test; nothing waits longer than it has to.
const Patience = 30 * time.Second

// Options says what kind of desktop is wanted.
type Options struct {
	WM   string // "openbox", "xfwm4", or "" for none
	Size string // "1280x800" if empty
}

// Desktop is one running desktop. Its methods may be used from the test's
// goroutine only; they fail the test when something does not work.
type Desktop struct {
	Display string // ":99"
	Bus     string // the address of the session bus
	Home    string // a fresh home folder

	dir  string
	conn *xgb.Conn // the harness's own connection, which reads and asks
	root xproto.Window

	atoms sync.Map // name -> xproto.Atom
}

// aptPackage says what to install for a program.
var aptPackage = map[string]string{
	"Xvfb": "xvfb", "dbus-daemon": "dbus-daemon", "import": "imagemagick", "xclip": "xclip",
	"xdotool": "xdotool", "xterm": "xterm", "openbox": "openbox", "xfwm4": "xfwm4",
}

// Need skips the test when the program is missing. With CI set it fails
// instead, because a test that is always skipped proves nothing.
func Need(t TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	pkg := aptPackage[program]
	if pkg == "" {
		pkg = program
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is missing: apt-get install %s", program, pkg)
	}
	t.Skipf("%s is missing: apt-get install %s", program, pkg)
}

// Start brings up a desktop and takes it down when the test ends.
func Start(t TB, o Options) *Desktop {
	t.Helper()
	Need(t, "Xvfb")
	Need(t, "dbus-daemon")
	if o.WM != "" {
		Need(t, o.WM)
	}
	if o.Size == "" {
		o.Size = "1280x800"
	}
	d := &Desktop{dir: t.TempDir()}
	d.Home = filepath.Join(d.dir, "home")
	for _, sub := range []string{"home/.config", "home/.local/share", "home/.local/state", "home/.cache", "run"} {
		if err := os.MkdirAll(filepath.Join(d.dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	number := d.startAndRead(t, "Xvfb", "-displayfd", "3", "-screen", "0", o.Size+"x24",
		"-nolisten", "tcp", "-noreset", "-dpi", "96", "+extension", "RANDR", "+extension", "XTEST")
	d.Display = ":" + number
	d.Bus = d.startAndRead(t, "dbus-daemon", "--session", "--nofork", "--print-address=3")

	conn, err := xgb.NewConnDisplay(d.Display)
	if err != nil {
		t.Fatalf("connecting to %s: %v", d.Display, err)
	}
	t.Cleanup(conn.Close)
	d.conn, d.root = conn, xproto.Setup(conn).DefaultScreen(conn).Root
	if o.WM != "" {
		d.startWM(t, o.WM)
	}
	return d
}

// Env is the environment for a program on this desktop.
func (d *Desktop) Env() []string {
	var env []string
	for _, kv := range os.Environ() {
		switch name, _, _ := strings.Cut(kv, "="); name {
		case "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "HOME",
			"XDG_SESSION_TYPE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
			"XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CURRENT_DESKTOP", "SESSION_MANAGER":
		default:
			env = append(env, kv)
		}
	}
	env = append(env,
		"HOME="+d.Home,
		"XDG_RUNTIME_DIR="+filepath.Join(d.dir, "run"),
		"XDG_CONFIG_HOME="+filepath.Join(d.Home, ".config"),
		"XDG_DATA_HOME="+filepath.Join(d.Home, ".local/share"),
		"XDG_STATE_HOME="+filepath.Join(d.Home, ".local/state"),
		"XDG_CACHE_HOME="+filepath.Join(d.Home, ".cache"),
		"XDG_SESSION_TYPE=x11")
	if d.Display != "" {
		env = append(env, "DISPLAY="+d.Display)
	}
	if d.Bus != "" {
		env = append(env, "DBUS_SESSION_BUS_ADDRESS="+d.Bus)
	}
	return env
}

// Use makes the test's own process part of the desktop: what the product finds
// in the environment is this desktop's.
func (d *Desktop) Use(t *testing.T) {
	t.Helper()
	t.Setenv("DISPLAY", d.Display)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", d.Bus)
	t.Setenv("XDG_SESSION_TYPE", "x11")
	t.Setenv("WAYLAND_DISPLAY", "")
}

// Command prepares a program on this desktop, in a process group of its own
// that ends with the test. The caller starts it; its output goes to the test's
// log unless the caller takes it.
func (d *Desktop) Command(t TB, name string, args ...string) *exec.Cmd {
	t.Helper()
	Need(t, name)
	cmd := exec.Command(name, args...)
	cmd.Env = d.Env()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.WaitDelay = time.Second
	t.Cleanup(func() { End(cmd) })
	return cmd
}

// End kills the process group of a command that Command made, and waits for
// it. A command that was never started, or has ended, is left alone.
func End(cmd *exec.Cmd) {
	if cmd.Process == nil || cmd.ProcessState != nil {
		return
	}
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	_ = cmd.Wait()
}

// Start runs a program on this desktop until the test ends.
func (d *Desktop) Start(t TB, name string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := d.Command(t, name, args...)
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", name, err)
	}
	return cmd
}

// Run runs a program on this desktop to its end and returns what it printed.
func (d *Desktop) Run(t TB, name string, args ...string) string {
	t.Helper()
	cmd := d.Command(t, name, args...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, errs.String())
	}
	return string(out)
}

// Screenshot writes a picture of the whole screen to path, which ends in .png.
func (d *Desktop) Screenshot(t TB, path string) {
	t.Helper()
	d.Run(t, "import", "-window", "root", path)
}

// Type types text into the window that has the keyboard.
func (d *Desktop) Type(t TB, text string) {
	t.Helper()
	d.Run(t, "xdotool", "type", "--delay", "1", "--", text)
}

// Key presses keys, such as "ctrl+v" or "Escape".
func (d *Desktop) Key(t TB, keys ...string) {
	t.Helper()
	d.Run(t, "xdotool", append([]string{"key", "--"}, keys...)...)
}

// startAndRead starts a server that writes one line to its file descriptor 3
// when it is ready, and returns that line.
func (d *Desktop) startAndRead(t TB, name string, args ...string) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := d.Command(t, name, args...)
	cmd.ExtraFiles = []*os.File{w}
	var said output
	cmd.Stdout, cmd.Stderr = &said, &said
	err = cmd.Start()
	w.Close()
	if err != nil {
		t.Fatalf("starting %s: %v", name, err)
	}
	_ = r.SetReadDeadline(time.Now().Add(Patience))
	line, err := bufio.NewReader(r).ReadString('\n')
	if line = strings.TrimSpace(line); line == "" {
		t.Fatalf("%s did not come up: %v\n%s", name, err, said.String())
	}
	return line
}

func (d *Desktop) startWM(t TB, name string) {
	t.Helper()
	var args []string
	if name == "xfwm4" {
		args = []string{"--compositor=off"}
	}
	cmd := d.Command(t, name, args...)
	var said output
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", name, err)
	}
	check := d.atom(t, "_NET_SUPPORTING_WM_CHECK")
	up := d.waitRoot(t, func() bool {
		w := d.windows(d.root, check)
		return len(w) == 1 && len(d.windows(w[0], check)) == 1
	})
	if !up {
		t.Fatalf("%s did not come up\n%s", name, said.String())
	}
	d.probe(t, name)
}

// probe waits until the window manager shows windows. A manager announces
// itself before it listens, and openbox then forgets a window that was to be
// shown meanwhile, for ever; so the probe asks again.
func (d *Desktop) probe(t TB, name string) {
	t.Helper()
	conn, err := xgb.NewConnDisplay(d.Display)
	if err != nil {
		t.Fatalf("connecting to %s: %v", d.Display, err)
	}
	defer conn.Close()
	win, err := xproto.NewWindowId(conn)
	if err != nil {
		t.Fatal(err)
	}
	screen := xproto.Setup(conn).DefaultScreen(conn)
	xproto.CreateWindow(conn, 0, win, screen.Root, 0, 0, 10, 10, 0, xproto.WindowClassInputOutput, screen.RootVisual,
		xproto.CwEventMask, []uint32{xproto.EventMaskStructureNotify})
	// It takes no keyboard (WM_HINTS with input false): openbox goes on naming
	// as active a window that died while it was given the focus.
	noInput := append(le32(1), make([]byte, 8*4)...)
	xproto.ChangeProperty(conn, xproto.PropModeReplace, win, xproto.AtomWmHints, xproto.AtomWmHints, 32, 9, noInput)
	mapped := make(chan struct{})
	go func() {
		for {
			ev, xerr := conn.WaitForEvent()
			if ev == nil && xerr == nil {
				return
			}
			if _, ok := ev.(xproto.MapNotifyEvent); ok {
				close(mapped)
				return
			}
		}
	}()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	deadline := time.After(Patience)
	for up := false; !up; {
		xproto.MapWindow(conn, win)
		select {
		case <-mapped:
			up = true
		case <-again.C:
		case <-deadline:
			t.Fatalf("%s shows no windows", name)
		}
	}
	// It is destroyed only when the manager has done everything for it, so that
	// it leaves nothing behind.
	list := d.atom(t, "_NET_CLIENT_LIST")
	if !d.waitRoot(t, func() bool { return slices.Contains(d.windows(d.root, list), win) }) {
		t.Fatalf("%s does not list its windows", name)
	}
	xproto.DestroyWindow(conn, win)
	conn.Sync()
	if !d.waitRoot(t, func() bool { return !slices.Contains(d.windows(d.root, list), win) }) {
		t.Fatalf("%s keeps a window that is gone", name)
	}
}

// Active returns the window that the window manager says is active, 0 if none.
// (xfwm4 writes a second number behind it.)
func (d *Desktop) Active(t TB) uint32 {
	t.Helper()
	if w := d.windows(d.root, d.atom(t, "_NET_ACTIVE_WINDOW")); len(w) >= 1 {
		return uint32(w[0])
	}
	return 0
}

// WaitActive waits until the window manager says that window is active.
func (d *Desktop) WaitActive(t TB, window uint32) {
	t.Helper()
	if !d.waitRoot(t, func() bool { return d.Active(t) == window }) {
		t.Fatalf("window %#x did not become active; active is %#x", window, d.Active(t))
	}
}

// Find waits for a window of that class (the second part of WM_CLASS) in the
// window manager's list, and returns it.
func (d *Desktop) Find(t TB, class string) uint32 {
	t.Helper()
	list := d.atom(t, "_NET_CLIENT_LIST")
	var found uint32
	if !d.waitRoot(t, func() bool {
		for _, w := range d.windows(d.root, list) {
			p, err := xproto.GetProperty(d.conn, false, w, xproto.AtomWmClass, xproto.AtomString, 0, 64).Reply()
			if err == nil && strings.HasSuffix(string(p.Value), "\x00"+class+"\x00") {
				found = uint32(w)
				return true
			}
		}
		return false
	}) {
		t.Fatalf("no window of class %s came up", class)
	}
	return found
}

// Activate asks the window manager to give a window the keyboard, as a taskbar
// does, and waits for it.
func (d *Desktop) Activate(t TB, window uint32) {
	t.Helper()
	d.tellWM(t, window, "_NET_ACTIVE_WINDOW", 2, 0, 0)
	d.WaitActive(t, window)
}

// tellWM sends a client message about a window to the window manager.
func (d *Desktop) tellWM(t TB, window uint32, message string, data ...uint32) {
	t.Helper()
	sendToRoot(d.conn, d.root, xproto.Window(window), d.atom(t, message), data...)
}

func sendToRoot(c *xgb.Conn, root, window xproto.Window, message xproto.Atom, data ...uint32) {
	ev := xproto.ClientMessageEvent{Format: 32, Window: window, Type: message,
		Data: xproto.ClientMessageDataUnionData32New(append(data, make([]uint32, 5-len(data))...))}
	xproto.SendEvent(c, false, root, xproto.EventMaskSubstructureRedirect|xproto.EventMaskSubstructureNotify, string(ev.Bytes()))
}

// waitRoot waits until ok, asking again whenever a property of the root window
// or the set of its children has changed.
func (d *Desktop) waitRoot(t TB, ok func() bool) bool {
	t.Helper()
	conn, err := xgb.NewConnDisplay(d.Display)
	if err != nil {
		t.Fatalf("connecting to %s: %v", d.Display, err)
	}
	defer conn.Close()
	err = xproto.ChangeWindowAttributesChecked(conn, d.root, xproto.CwEventMask,
		[]uint32{xproto.EventMaskPropertyChange | xproto.EventMaskSubstructureNotify}).Check()
	if err != nil {
		t.Fatalf("watching the root window: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), Patience)
	defer cancel()
	changed := make(chan struct{}, 1)
	go func() {
		for {
			if ev, xerr := conn.WaitForEvent(); ev == nil && xerr == nil {
				return
			}
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	}()
	for {
		if ok() {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ok()
		}
	}
}

// windows reads a property that is a list of windows.
func (d *Desktop) windows(of xproto.Window, property xproto.Atom) []xproto.Window {
	p, err := xproto.GetProperty(d.conn, false, of, property, xproto.AtomWindow, 0, 1024).Reply()
	if err != nil || p.Format != 32 {
		return nil
	}
	var list []xproto.Window
	for b := p.Value; len(b) >= 4; b = b[4:] {
		list = append(list, xproto.Window(xgb.Get32(b)))
	}
	return list
}

func (d *Desktop) atom(t TB, name string) xproto.Atom {
	t.Helper()
	if a, ok := d.atoms.Load(name); ok {
		return a.(xproto.Atom)
	}
	a, err := intern(d.conn, name)
	if err != nil {
		t.Fatal(err)
	}
	d.atoms.Store(name, a)
	return a
}

func intern(c *xgb.Conn, name string) (xproto.Atom, error) {
	r, err := xproto.InternAtom(c, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, fmt.Errorf("interning %s: %w", name, err)
	}
	if r == nil {
		return 0, errors.New("the X server is gone")
	}
	return r.Atom, nil
}

// output keeps what a server says, for the failure text.
type output struct {
	mu sync.Mutex
	b  strings.Builder
}

var _ io.Writer = (*output)(nil)

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}
