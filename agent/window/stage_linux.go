package window

import (
	"errors"
	"fmt"
	"image"
	"sync"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/x11"
)

// Stage is the X11 desktop that handrail-ui's window is on, seen through a
// connection of its own.
type Stage struct {
	conn   *x11.Conn
	randr  bool
	active xproto.Atom // _NET_ACTIVE_WINDOW
	stack  xproto.Atom // _NET_CLIENT_LIST_STACKING
	work   xproto.Atom // _NET_WORKAREA
	desk   xproto.Atom // _NET_CURRENT_DESKTOP
	typ    xproto.Atom // _NET_WM_WINDOW_TYPE
	notice xproto.Atom // _NET_WM_WINDOW_TYPE_NOTIFICATION

	mu     sync.Mutex // guards what follows
	win    xproto.Window
	up     bool   // a nudge is shown
	raises int    // in this show
	grabs  []grab // of the hotkey
	lent   *loan  // the keyboard, while the nudge has it
}

// OpenStage connects to the desktop. Where there is none on which a window can
// keep off the keyboard, the error is a *coverage.Unavailable.
func OpenStage() (*Stage, error) {
	conn, err := x11.Dial()
	if err != nil {
		return nil, err
	}
	s := &Stage{conn: conn}
	atoms, err := conn.Atoms("_NET_ACTIVE_WINDOW", "_NET_WORKAREA", "_NET_CURRENT_DESKTOP", "_NET_WM_WINDOW_TYPE", "_NET_WM_WINDOW_TYPE_NOTIFICATION", "_NET_CLIENT_LIST_STACKING")
	if err != nil {
		conn.Close()
		return nil, x11.Unavailable(err)
	}
	s.active, s.work, s.desk, s.typ, s.notice = atoms[0], atoms[1], atoms[2], atoms[3], atoms[4]
	s.stack = atoms[5]
	_, err = conn.Extension("RANDR")
	s.randr = err == nil
	return s, nil
}

// Own takes a window that was created and never mapped away from the window
// manager, see the package's comment. When it returns nil the server has done
// it; after an error the window must not be mapped.
func (s *Stage) Own(id uintptr) error {
	w := xproto.Window(id)
	at, err := xproto.GetWindowAttributes(s.conn.Conn, w).Reply()
	if err != nil {
		return fmt.Errorf("looking at the nudge's window: %w", err)
	}
	if at.MapState != xproto.MapStateUnmapped {
		return errors.New("the nudge's window is on the screen already: it is too late to keep it off the keyboard")
	}
	err = xproto.ChangeWindowAttributesChecked(s.conn.Conn, w, xproto.CwOverrideRedirect, []uint32{1}).Check()
	if err != nil {
		return fmt.Errorf("taking the nudge's window from the window manager: %w", err)
	}
	// For compositors, which choose shadow and animation by it.
	value := make([]byte, 4)
	xgb.Put32(value, uint32(s.notice))
	xproto.ChangeProperty(s.conn.Conn, xproto.PropModeReplace, w, s.typ, xproto.AtomAtom, 32, 1, value)
	s.mu.Lock()
	s.win = w
	s.mu.Unlock()
	return nil
}

// Bounds returns where the nudge's window is, in pixels.
func (s *Stage) Bounds() (image.Rectangle, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bounds(s.win)
}

func (s *Stage) bounds(w xproto.Window) (image.Rectangle, error) {
	g, err := xproto.GetGeometry(s.conn.Conn, xproto.Drawable(w)).Reply()
	if err != nil {
		return image.Rectangle{}, fmt.Errorf("asking where a window is: %w", err)
	}
	p, err := xproto.TranslateCoordinates(s.conn.Conn, w, s.conn.Root, 0, 0).Reply()
	if err != nil {
		return image.Rectangle{}, fmt.Errorf("asking where a window is: %w", err)
	}
	return rect(int(p.DstX), int(p.DstY), int(g.Width), int(g.Height)), nil
}

func rect(x, y, w, h int) image.Rectangle { return image.Rect(x, y, x+w, y+h) }

// Area returns the part of the screen in use that panels leave free, in
// pixels. In use is the monitor with the middle of the active window, or with
// the pointer if there is none.
func (s *Stage) Area() (image.Rectangle, error) {
	all, err := s.bounds(s.conn.Root)
	if err != nil {
		return all, err
	}
	monitor := s.monitorAt(s.attention(all), all)
	if free := monitor.Intersect(s.workArea(all)); !free.Empty() {
		return free, nil
	}
	return monitor, nil
}

func (s *Stage) attention(all image.Rectangle) image.Point {
	if v := s.numbers(s.active, xproto.AtomWindow, 0, 1); len(v) == 1 && v[0] != 0 {
		if b, err := s.bounds(xproto.Window(v[0])); err == nil {
			if b = b.Intersect(all); !b.Empty() {
				return b.Min.Add(b.Size().Div(2))
			}
		}
	}
	if p, err := xproto.QueryPointer(s.conn.Conn, s.conn.Root).Reply(); err == nil {
		return image.Pt(int(p.RootX), int(p.RootY))
	}
	return all.Min
}

// monitorAt asks anew each time: monitors come and go.
func (s *Stage) monitorAt(p image.Point, all image.Rectangle) image.Rectangle {
	if !s.randr {
		return all
	}
	r, err := randr.GetMonitors(s.conn.Conn, s.conn.Root, true).Reply()
	if err != nil {
		return all
	}
	found := all
	for _, m := range r.Monitors {
		b := rect(int(m.X), int(m.Y), int(m.Width), int(m.Height))
		if p.In(b) {
			return b
		}
		if m.Primary {
			found = b
		}
	}
	return found
}

// workArea is one rectangle for all monitors together: cutting a monitor with
// it leaves out panels at the outer edges, which is where panels are.
func (s *Stage) workArea(all image.Rectangle) image.Rectangle {
	desk := uint32(0)
	if v := s.numbers(s.desk, xproto.AtomCardinal, 0, 1); len(v) == 1 && v[0] < 1<<10 {
		desk = v[0]
	}
	v := s.numbers(s.work, xproto.AtomCardinal, desk*4, 4)
	if len(v) != 4 {
		return all
	}
	return rect(int(int32(v[0])), int(int32(v[1])), int(v[2]), int(v[3]))
}

// numbers reads n numbers of a property of the root window from one on.
func (s *Stage) numbers(property, typ xproto.Atom, from, n uint32) []uint32 {
	r, err := xproto.GetProperty(s.conn.Conn, false, s.conn.Root, property, typ, from, n).Reply()
	if err != nil || r.Format != 32 {
		return nil
	}
	var v []uint32
	for b := r.Value; len(b) >= 4; b = b[4:] {
		v = append(v, xgb.Get32(b))
	}
	return v
}
