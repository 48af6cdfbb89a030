// Package desktoptest gives a test a desktop of its own: an X server on a free
// display, a private D-Bus session bus and a window manager, with programs,
// windows and clipboard owners on it that behave as told, badly included.
//
// Everything is real but the screen. It is for tests only, and for Linux only:
// a test file that uses it is named x_linux_test.go.
//
//	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
//	w := d.Window(t, desktoptest.WindowOptions{Title: "Editor"})
//	d.Copy(t, "hello")
//	w.Focus(t)
//
// Only processes that the desktop started are ended, by their process groups.
package desktoptest
