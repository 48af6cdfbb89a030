// Package window is how a nudge gets on the screen without ever taking the
// keyboard. It has two halves, one for each end of the window protocol
// (agent/card).
//
// Child is the session's half: it starts handrail-ui, sends it cards and hears
// answers.
//
//	c, err := window.Start(ctx, window.Options{Path: "/usr/bin/handrail-ui", Log: log})
//	err = c.Show(card)
//	for e := range c.Events() { ... }
//
// Stage is the half of handrail-ui, on X11: it makes the process's window one
// that the window manager doesn't manage, finds the corner it belongs in, and
// moves the keyboard when, and only when, the person asks for it with the
// hotkey.
//
// # Why the window takes no focus
//
// Who gets the keyboard when a window appears is decided by the window
// manager, each in its own way. A window with the override-redirect attribute,
// as menus and most notification daemons use it, is not shown to the window
// manager at all, so there is nothing to get wrong: not when it appears, not
// when it is clicked, not when another window closes. The attribute has to be
// set before the window is first mapped, so handrail-ui calls Stage.Own between
// creating and mapping it, and Own returns only once the server has done it.
// The other half is that GLFW must not ask for the focus itself
// (glfw.FocusOnShow off).
//
// What it is not: a way to see keys. One combination is grabbed, and only
// while a nudge is shown.
package window
