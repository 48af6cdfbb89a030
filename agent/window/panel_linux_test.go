package window

import (
	"testing"

	"github.com/jezek/xgb/xproto"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
)

// The panel is an ordinary window that has the keyboard, because the person
// asked for it; a nudge beside it still takes none.
func TestPanel(t *testing.T) {
	for _, wm := range managers {
		t.Run(wm, func(t *testing.T) {
			s := newScene(t, wm)
			c := s.start(t)
			what := func(tab card.Tab) card.Panel {
				return card.Panel{Tab: tab, Version: "1.2.3", Policy: card.PolicyBuiltIn, Coverage: coverage.All(coverage.Seen, coverage.None)}
			}
			// Also before the windows are warm, and again after it was closed.
			for _, tab := range []card.Tab{card.TabCoverage, card.TabLedger} {
				if err := c.Panel(what(tab)); err != nil {
					t.Fatal(err)
				}
				var w xproto.Window
				s.until(t, "the panel has the keyboard", func() bool {
					w = s.focused(t)
					return s.eye.PID(w, 0) == c.PID()
				})
				s.WaitActive(t, uint32(w))
				at, err := xproto.GetWindowAttributes(s.eye.Conn, w).Reply()
				if err != nil || at.OverrideRedirect {
					t.Fatalf("the panel's window is not the window manager's (%v)", err)
				}
				if got := s.text(t, w, xproto.AtomWmName); got != "Handrail" {
					t.Errorf("the title is %q", got)
				}
				if got := s.text(t, w, xproto.AtomWmClass); got != "Handrail\x00Handrail\x00" {
					t.Errorf("the class is %q", got)
				}
				news := what(0)
				news.Clips = 3
				if err := c.Panel(news); err != nil {
					t.Fatal(err)
				}
				show(t, c, nudge(card.ID(tab)))
				if f := s.focused(t); f != w {
					t.Errorf("with a nudge up %#x has the keyboard, want the panel", f)
				}
				if err := c.Withdraw(card.ID(tab)); err != nil {
					t.Fatal(err)
				}
				next(t, c, card.EventClosed)
				s.Key(t, "Escape")
				next(t, c, card.EventPanelShut)
				s.editor.Wait(t, "the keyboard's return", has(desktoptest.FocusIn))
				s.WaitActive(t, s.editor.ID)
				s.editor.Forget()
			}
		})
	}
}

// text is a property of a window.
func (s *scene) text(t *testing.T, w xproto.Window, property xproto.Atom) string {
	t.Helper()
	r, err := xproto.GetProperty(s.eye.Conn, false, w, property, xproto.GetPropertyTypeAny, 0, 64).Reply()
	if err != nil {
		t.Fatal(err)
	}
	return string(r.Value)
}
