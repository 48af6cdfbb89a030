package window

import (
	"slices"

	"github.com/jezek/xgb/xproto"

	"handrail/agent/x11"
)

// maxRaises bounds how often a nudge comes back above a window that covers it,
// so that two programs that both want to be on top do not fight for ever.
const maxRaises = 20

// Watch handles what happens on the desktop until the X server is gone. It
// calls pressed when the hotkey is pressed while a nudge is shown, with the
// server's time for TakeKeyboard.
func (s *Stage) Watch(pressed func(at uint32)) error {
	for {
		ev, xerr := s.conn.WaitForEvent()
		switch e := ev.(type) {
		case nil:
			if xerr == nil {
				return x11.ErrGone
			}
		case xproto.KeyPressEvent:
			// The key's grab has become one of the whole keyboard, till the key is
			// up again. The nudge needs the keyboard before that.
			xproto.UngrabKeyboard(s.conn.Conn, e.Time)
			pressed(uint32(e.Time))
		case xproto.ConfigureNotifyEvent, xproto.MapNotifyEvent:
			s.mu.Lock()
			if s.up {
				s.raise()
			}
			s.mu.Unlock()
		}
	}
}

// listen asks the server to tell of windows that come up or move, or no longer.
func (s *Stage) listen(on bool) {
	mask := uint32(xproto.EventMaskNoEvent)
	if on {
		mask = xproto.EventMaskSubstructureNotify
	}
	xproto.ChangeWindowAttributes(s.conn.Conn, s.conn.Root, xproto.CwEventMask, []uint32{mask})
}

// raise puts the nudge above the topmost of the windows that the window manager
// manages, and not above everything: a screen locker's window is unmanaged
// too, and a nudge has no business above that.
func (s *Stage) raise() {
	if s.raises >= maxRaises {
		return
	}
	top := s.topManaged()
	if top == 0 {
		return
	}
	tree, err := xproto.QueryTree(s.conn.Conn, s.conn.Root).Reply()
	if err != nil || slices.Index(tree.Children, top) < slices.Index(tree.Children, s.win) {
		return
	}
	s.raises++
	xproto.ConfigureWindow(s.conn.Conn, s.win, xproto.ConfigWindowSibling|xproto.ConfigWindowStackMode,
		[]uint32{uint32(top), xproto.StackModeAbove})
}

// topManaged returns the topmost managed window that is on the screen, as the
// child of the root that it is in: its frame. 0 if there is none.
func (s *Stage) topManaged() xproto.Window {
	list := s.numbers(s.stack, xproto.AtomWindow, 0, 1<<12)
	for _, id := range slices.Backward(list) {
		w := xproto.Window(id)
		at, err := xproto.GetWindowAttributes(s.conn.Conn, w).Reply()
		if err != nil || at.MapState != xproto.MapStateViewable {
			continue
		}
		for range 8 { // a frame has a wrapper or two, not more
			t, err := xproto.QueryTree(s.conn.Conn, w).Reply()
			if err != nil {
				break
			}
			if t.Parent == s.conn.Root {
				return w
			}
			w = t.Parent
		}
	}
	return 0
}
