package window

import (
	"fmt"

	"github.com/jezek/xgb/xproto"
)

// hotkeys are tried in this order, until one is free. Desktops and the
// programs we know leave them alone.
var hotkeys = []hotkey{
	{"Ctrl+Alt+H", 'h', xproto.ModMaskControl | xproto.ModMask1},
	{"Ctrl+Alt+J", 'j', xproto.ModMaskControl | xproto.ModMask1},
	{"Ctrl+Alt+Shift+H", 'h', xproto.ModMaskControl | xproto.ModMask1 | xproto.ModMaskShift},
}

type hotkey struct {
	name string
	sym  xproto.Keysym
	mods uint16
}

// grab is one key that the server reports to us instead of to the window that
// has the keyboard.
type grab struct {
	code xproto.Keycode
	mods uint16
}

// loan remembers who has to get the keyboard back.
type loan struct {
	from xproto.Window
	at   xproto.Timestamp
}

// locks are the modifiers that must not matter: none, Caps Lock, Num Lock
// (which is Mod2 on every desktop we know), both.
var locks = []uint16{0, xproto.ModMaskLock, xproto.ModMask2, xproto.ModMaskLock | xproto.ModMask2}

// Enter says that a nudge is about to be shown. From now to Leave it stays
// above other windows and the hotkey works; its name is returned, "" if every
// candidate belongs to somebody else. An error means that the window may not
// be shown.
func (s *Stage) Enter() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, err := xproto.GetWindowAttributes(s.conn.Conn, s.win).Reply()
	if err != nil {
		return "", fmt.Errorf("looking at the nudge's window: %w", err)
	}
	if !at.OverrideRedirect {
		return "", fmt.Errorf("the nudge's window is the window manager's: it could take the keyboard")
	}
	s.up, s.raises = true, 0
	s.listen(true)
	s.raise()
	s.ungrab()
	return s.grabOne(), nil
}

// Leave says that the nudge is about to be hidden. If it has the keyboard,
// that goes back to where it was, unless it went elsewhere meanwhile.
func (s *Stage) Leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.up = false
	s.listen(false)
	s.ungrab()
	l := s.lent
	s.lent = nil
	if l == nil {
		return
	}
	if f, err := xproto.GetInputFocus(s.conn.Conn).Reply(); err != nil || f.Focus != s.win {
		return
	}
	// With the time of the loan the server ignores this if somebody else has
	// got the keyboard since.
	if xproto.SetInputFocusChecked(s.conn.Conn, xproto.InputFocusParent, l.from, l.at).Check() != nil {
		// That window is gone. The window manager finds another when nobody has
		// the keyboard.
		xproto.SetInputFocus(s.conn.Conn, xproto.InputFocusPointerRoot, xproto.InputFocusPointerRoot, l.at)
	}
}

// TakeKeyboard moves the keyboard to the nudge because the person pressed the
// hotkey, at this time of the server. It is the only way it gets there.
func (s *Stage) TakeKeyboard(at uint32) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.up {
		return nil
	}
	f, err := xproto.GetInputFocus(s.conn.Conn).Reply()
	if err != nil {
		return fmt.Errorf("asking who has the keyboard: %w", err)
	}
	if f.Focus == s.win {
		return nil
	}
	t := xproto.Timestamp(at)
	if err := xproto.SetInputFocusChecked(s.conn.Conn, xproto.InputFocusPointerRoot, s.win, t).Check(); err != nil {
		return fmt.Errorf("moving the keyboard to the nudge: %w", err)
	}
	s.lent = &loan{f.Focus, t}
	return nil
}

func (s *Stage) ungrab() {
	for _, g := range s.grabs {
		xproto.UngrabKey(s.conn.Conn, g.code, s.conn.Root, g.mods)
	}
	s.grabs = nil
}

// grabOne grabs the first hotkey that is free and returns its name. The
// keyboard's map is asked for each time: people switch layouts.
func (s *Stage) grabOne() string {
	for _, h := range hotkeys {
		codes := s.codes(h.sym)
		for _, code := range codes {
			for _, lock := range locks {
				err := xproto.GrabKeyChecked(s.conn.Conn, false, s.conn.Root, h.mods|lock, code, xproto.GrabModeAsync, xproto.GrabModeAsync).Check()
				if err != nil {
					s.ungrab()
					break
				}
				s.grabs = append(s.grabs, grab{code, h.mods | lock})
			}
			if len(s.grabs) == len(locks) {
				return h.name
			}
		}
	}
	return ""
}

// codes returns the keys that type a letter, in any group of the layout.
func (s *Stage) codes(sym xproto.Keysym) []xproto.Keycode {
	setup := xproto.Setup(s.conn.Conn)
	first := setup.MinKeycode
	m, err := xproto.GetKeyboardMapping(s.conn.Conn, first, byte(setup.MaxKeycode-first+1)).Reply()
	if err != nil || m.KeysymsPerKeycode == 0 {
		return nil
	}
	per := int(m.KeysymsPerKeycode)
	var codes []xproto.Keycode
	for i := 0; i+per <= len(m.Keysyms); i += per {
		for _, k := range m.Keysyms[i : i+per] {
			if k == sym {
				codes = append(codes, first+xproto.Keycode(i/per))
				break
			}
		}
	}
	return codes
}
