// Package ui is the window process between its parent's pipe and Fyne: it
// reads the window protocol (agent/card), shows cards with ui/popup, and sends
// answers. cmd/handrail-ui gives it the parts that need a screen, so that all
// of this is tested without one.
//
// Everything that touches Fyne happens on Fyne's goroutine. The crossing is in
// one place, App.wake. While nothing is shown that goroutine waits for the
// parent's next message instead of going round Fyne's loop sixty times a
// second, so a hidden window costs no time at all.
package ui
