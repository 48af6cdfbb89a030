package ui

import (
	"runtime/debug"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"handrail/agent/card"
	"handrail/ui/panel"
	"handrail/ui/view"
)

// desk is the panel's window. Unlike the nudge's it is the window manager's,
// and takes the keyboard: the person asked for it. It belongs to Fyne's
// goroutine.
type desk struct {
	window fyne.Window // made when it is first asked for
	panel  *panel.Panel
	open   atomic.Bool // atomic for the tests: their driver has no goroutine of its own
}

// showPanel opens the panel, or renews what it shows while it is open.
func (a *App) showPanel(c card.Panel) {
	a.ready() // the parent waits for it, and the work would no longer come to it
	d := &a.panel
	if c.Tab == 0 && !d.open.Load() {
		return // it was closed just now
	}
	v, look := view.PanelIn(c, a.Words, time.Local), a.look()
	if d.window == nil {
		d.panel = panel.New(v, look, a.shutPanel, func(what card.Action, item uint32, text string) {
			a.send(card.Message{Kind: card.Acted, Action: what, Item: item, Text: text})
		})
		w := a.App.NewWindow(v.Title)
		w.SetPadded(false)
		w.SetIcon(panel.Icon)
		w.SetContent(d.panel)
		w.Resize(fyne.NewSize(panel.Width, panel.Height))
		w.CenterOnScreen()
		w.SetCloseIntercept(a.shutPanel)
		w.Canvas().SetOnTypedKey(d.panel.TypedKey)
		d.window = w
	} else {
		d.panel.Set(v, look)
	}
	if c.Tab == 0 {
		return
	}
	d.panel.Open(c.Tab)
	d.open.Store(true)
	d.window.Show()
	d.window.RequestFocus()
	if f := d.panel.Field(); f != nil {
		d.window.Canvas().Focus(f)
	}
}

func (a *App) shutPanel() {
	if !a.panel.open.Load() {
		return
	}
	a.panel.open.Store(false)
	a.panel.panel.Clear()
	a.panel.window.Hide()
	a.send(card.Message{Kind: card.PanelShut})
	go debug.FreeOSMemory()
	a.again() // to wait for the parent
}
