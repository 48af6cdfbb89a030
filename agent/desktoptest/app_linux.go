package desktoptest

import (
	"errors"
	"fmt"
	"io"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// App is a small desktop application: one window that pastes the clipboard
// when Ctrl+V is pressed, as any program does, and writes each text to pasted,
// followed by a zero byte. It runs until the X server of the display goes away.
// What others know it by is its process: run it in a program of its own name.
func App(display, class, title string, pasted io.Writer) error {
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		return fmt.Errorf("connecting to %s: %w", display, err)
	}
	defer conn.Close()
	a := app{conn: conn, pasted: pasted}
	for name, atom := range map[string]*xproto.Atom{"CLIPBOARD": &a.clipboard, "UTF8_STRING": &a.utf8, "APP_PASTE": &a.property} {
		if *atom, err = intern(conn, name); err != nil {
			return err
		}
	}
	if err := a.open(class, title); err != nil {
		return err
	}
	for {
		ev, xerr := conn.WaitForEvent()
		if ev == nil && xerr == nil {
			return nil
		}
		switch e := ev.(type) {
		case xproto.KeyPressEvent:
			if e.Detail == a.v && e.State&xproto.ModMaskControl != 0 {
				xproto.ConvertSelection(conn, a.win, a.clipboard, a.utf8, a.property, e.Time)
			}
		case xproto.SelectionNotifyEvent:
			if err := a.paste(e); err != nil {
				return err
			}
		}
	}
}

type app struct {
	conn                      *xgb.Conn
	win                       xproto.Window
	v                         xproto.Keycode
	clipboard, utf8, property xproto.Atom
	pasted                    io.Writer
}

func (a *app) open(class, title string) (err error) {
	setup := xproto.Setup(a.conn)
	screen := setup.DefaultScreen(a.conn)
	m, err := xproto.GetKeyboardMapping(a.conn, setup.MinKeycode, byte(setup.MaxKeycode-setup.MinKeycode+1)).Reply()
	if err != nil {
		return fmt.Errorf("asking for the keyboard: %w", err)
	}
	for i, sym := range m.Keysyms {
		if sym == 'v' {
			a.v = setup.MinKeycode + xproto.Keycode(i/int(m.KeysymsPerKeycode))
			break
		}
	}
	if a.win, err = xproto.NewWindowId(a.conn); err != nil {
		return err
	}
	err = xproto.CreateWindowChecked(a.conn, screen.RootDepth, a.win, screen.Root, 60, 60, 400, 300, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwBackPixel|xproto.CwEventMask,
		[]uint32{screen.WhitePixel, xproto.EventMaskKeyPress}).Check()
	if err != nil {
		return fmt.Errorf("opening a window: %w", err)
	}
	names := class + "\x00" + class + "\x00"
	xproto.ChangeProperty(a.conn, xproto.PropModeReplace, a.win, xproto.AtomWmClass, xproto.AtomString, 8, uint32(len(names)), []byte(names))
	xproto.ChangeProperty(a.conn, xproto.PropModeReplace, a.win, xproto.AtomWmName, xproto.AtomString, 8, uint32(len(title)), []byte(title))
	return xproto.MapWindowChecked(a.conn, a.win).Check()
}

func (a *app) paste(e xproto.SelectionNotifyEvent) error {
	if e.Property == 0 {
		return errors.New("nobody gave the clipboard as text")
	}
	p, err := xproto.GetProperty(a.conn, true, a.win, a.property, a.utf8, 0, 1<<16).Reply()
	if err != nil {
		return fmt.Errorf("reading the clipboard: %w", err)
	}
	_, err = a.pasted.Write(append(p.Value, 0))
	return err
}
