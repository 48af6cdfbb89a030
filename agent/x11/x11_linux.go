package x11

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/res"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/coverage"
)

// ErrGone is the error of a request to an X server that is gone.
var ErrGone = errors.New("the X server is gone")

// dialTimeout is how long an X server may take to let us in. One that takes
// longer is hanging, and the desktop with it.
const dialTimeout = 10 * time.Second

// Raw is an event of an extension, as 32 bytes off the wire.
type Raw []byte

// Bytes returns the event.
func (r Raw) Bytes() []byte { return r }

// String says nothing: an event is not for people.
func (r Raw) String() string { return "extension event" }

// Code returns the event's number, without the mark of a sent event.
func (r Raw) Code() byte { return r[0] & 0x7f }

// rawError is an error of an extension.
type rawError []byte

func (r rawError) SequenceId() uint16 { return xgb.Get16(r[2:]) }
func (r rawError) BadId() uint32      { return xgb.Get32(r[4:]) }
func (r rawError) Error() string      { return fmt.Sprintf("X error %d", r[1]) }

// The library finds the constructor for an event or error by its number, and
// drops what it does not know. Extensions get their numbers from the server,
// 64 and up for events and 128 and up for errors; all are filled in here, once
// and before there is any connection, so that the maps are never written while
// one reads them.
func init() {
	for n := 64; n < 128; n++ {
		xgb.NewEventFuncs[n] = func(b []byte) xgb.Event { return Raw(b) }
	}
	for n := 128; n < 256; n++ {
		xgb.NewErrorFuncs[n] = func(b []byte) xgb.Error { return rawError(b) }
	}
	// Its log goes to stderr and says nothing that the errors do not.
	xgb.Logger = log.New(io.Discard, "", 0)
}

// Conn is a connection to the desktop's X server.
type Conn struct {
	*xgb.Conn
	Root xproto.Window

	xres bool
}

// Dial connects to the X server of the desktop that this process belongs to.
// Where there is none, or only the one that Wayland keeps for old programs and
// through which the others can't be seen, the error is a
// *coverage.Unavailable.
func Dial() (*Conn, error) {
	display := os.Getenv("DISPLAY")
	switch {
	case os.Getenv("XDG_SESSION_TYPE") == "wayland", os.Getenv("WAYLAND_DISPLAY") != "" && os.Getenv("XDG_SESSION_TYPE") != "x11":
		return nil, unavailable(coverage.Wayland, errors.New("this is a Wayland session, where programs are not told about the clipboard and other windows"))
	case display == "":
		return nil, unavailable(coverage.NoDisplay, errors.New("DISPLAY is not set: there is no desktop to watch"))
	}
	type answer struct {
		conn *xgb.Conn
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		conn, err := xgb.NewConnDisplay(display)
		got <- answer{conn, err}
	}()
	timeout := time.NewTimer(dialTimeout)
	defer timeout.Stop()
	select {
	case a := <-got:
		if a.err != nil {
			return nil, unavailable(coverage.NoDisplay, fmt.Errorf("connecting to the X server: %w", a.err))
		}
		screen := xproto.Setup(a.conn).DefaultScreen(a.conn)
		if screen == nil {
			a.conn.Close()
			return nil, unavailable(coverage.NoDisplay, errors.New("the X server has no screen"))
		}
		c := &Conn{Conn: a.conn, Root: screen.Root}
		_, err := c.Extension("X-Resource")
		c.xres = err == nil
		return c, nil
	case <-timeout.C:
		go func() {
			if a := <-got; a.err == nil {
				a.conn.Close()
			}
		}()
		return nil, unavailable(coverage.NoDisplay, errors.New("the X server does not answer"))
	}
}

func unavailable(why coverage.Why, err error) error {
	return &coverage.Unavailable{Why: why, Err: err}
}

// Extension makes an extension ready for use and returns the number of its
// first event.
func (c *Conn) Extension(name string) (firstEvent byte, err error) {
	r, err := xproto.QueryExtension(c.Conn, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, fmt.Errorf("asking for X extension %s: %w", name, gone(err))
	}
	if !r.Present {
		return 0, fmt.Errorf("the X server has no extension %s", name)
	}
	c.ExtLock.Lock()
	c.Extensions[name] = r.MajorOpcode
	c.ExtLock.Unlock()
	return r.FirstEvent, nil
}

// Opcode returns the number by which requests of an extension begin.
func (c *Conn) Opcode(extension string) byte {
	c.ExtLock.RLock()
	defer c.ExtLock.RUnlock()
	return c.Extensions[extension]
}

// Atoms returns the atoms with these names, in one round trip.
func (c *Conn) Atoms(names ...string) ([]xproto.Atom, error) {
	cookies := make([]xproto.InternAtomCookie, len(names))
	for i, n := range names {
		cookies[i] = xproto.InternAtom(c.Conn, false, uint16(len(n)), n)
	}
	atoms := make([]xproto.Atom, len(names))
	for i, k := range cookies {
		r, err := k.Reply()
		if err != nil {
			return nil, fmt.Errorf("interning X atoms: %w", gone(err))
		}
		atoms[i] = r.Atom
	}
	return atoms, nil
}

// PID returns the process that owns a window, 0 if it is not known: one on
// another machine, or one that is gone. The server knows the process that
// opened the connection; property, if not 0, is asked where it does not
// (_NET_WM_PID, which the window says of itself).
//
// A program that forks after connecting, as xclip does, leaves the id of a
// dead parent, which counts as not known.
func (c *Conn) PID(w xproto.Window, property xproto.Atom) int {
	if w == 0 {
		return 0
	}
	if c.xres {
		r, err := res.QueryClientIds(c.Conn, 1, []res.ClientIdSpec{{Client: uint32(w), Mask: res.ClientIdMaskLocalClientPID}}).Reply()
		if err == nil {
			for _, id := range r.Ids {
				if len(id.Value) > 0 && alive(int(id.Value[0])) {
					return int(id.Value[0])
				}
			}
		}
	}
	if property == 0 {
		return 0
	}
	r, err := xproto.GetProperty(c.Conn, false, w, property, xproto.AtomCardinal, 0, 1).Reply()
	if err != nil || r.Format != 32 || len(r.Value) < 4 {
		return 0
	}
	if pid := int(xgb.Get32(r.Value)); alive(pid) {
		return pid
	}
	return 0
}

func alive(pid int) bool {
	if pid <= 1 {
		return false
	}
	_, err := os.Stat(filepath.Join("/proc", strconv.Itoa(pid)))
	return err == nil
}

// gone turns the library's way of saying that the connection is closed into
// ErrGone.
func gone(err error) error {
	if errors.Is(err, io.EOF) {
		return ErrGone
	}
	return err
}

// Unavailable returns the error of a sensor for which this X server lacks
// something.
func Unavailable(err error) error { return unavailable(coverage.Unsupported, err) }
