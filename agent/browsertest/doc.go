// Package browsertest gives a test a real Chromium or Firefox with the browser
// extension in it, a site with the kinds of text field that AI tools have, and
// a session that does what the test says.
//
// The site answers for any host that it is given, by TLS, through a proxy that
// reaches nothing else; so pages live under the hosts of the catalogue and no
// packet leaves the computer. Pastes are the X server's: a selection that the
// test owns and keys pressed in the browser's window. The debugging ports (CDP
// of Chromium, WebDriver BiDi of Firefox) only open pages and read them.
//
//	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
//	site := browsertest.Serve(t, "chatgpt.com")
//	b := browsertest.Firefox(t, d, site, browsertest.Options{Extension: dir})
//	page := b.Open(t, site.URL("chatgpt.com", "prosemirror"))
//	page.Paste(t, "hello")
//
// It is for tests only, and for Linux only.
package browsertest
