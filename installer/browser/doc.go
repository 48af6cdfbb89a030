// Package browser gets the browser extension onto laptops: it packs the
// extension for Chromium's family (crx) and Firefox (xpi), and writes what IT
// gives to the browsers so that they install it: policies and native messaging
// manifests for four browsers on three systems, from one description.
//
//	packed, err := browser.Pack(source, key, "1.2.0")
//	r := browser.Rollout{Browser: browser.Chromium, System: browser.Linux, Extension: packed.ID, UpdateURL: url}
//	file, err := r.Policy()
//
// It is pure: reading and writing files is the callers'. What was run and what
// was only read: Chromium 156 and Firefox ESR 153 on Debian 12 take these files
// (see the tests); the forms for Windows and macOS, and for Chrome and Edge,
// follow the vendors' documentation.
package browser

import (
	"fmt"
	"slices"
	"strings"
)

// HostName is what the extension calls the relay to the session by.
const HostName = "dev.handrail.browser"

// FirefoxID is the extension's id in Firefox. In Chromium's family the id comes
// from the key that the extension is packed with.
const FirefoxID = "handrail@handrail.dev"

// Browser is one of the browsers that the extension is made for.
type Browser string

// The browsers.
const (
	Chromium Browser = "chromium"
	Chrome   Browser = "chrome"
	Edge     Browser = "edge"
	Firefox  Browser = "firefox"
)

// Browsers returns every browser.
func Browsers() []Browser { return []Browser{Chromium, Chrome, Edge, Firefox} }

// ParseBrowser returns the browser of that name.
func ParseBrowser(name string) (Browser, error) { return oneOf("browser", name, Browsers()) }

// System is an operating system, by Go's name.
type System string

// The systems.
const (
	Linux   System = "linux"
	Windows System = "windows"
	Darwin  System = "darwin"
)

// Systems returns every system.
func Systems() []System { return []System{Linux, Windows, Darwin} }

// ParseSystem returns the system of that name.
func ParseSystem(name string) (System, error) { return oneOf("system", name, Systems()) }

func oneOf[T ~string](what, name string, all []T) (T, error) {
	if slices.Contains(all, T(name)) {
		return T(name), nil
	}
	names := make([]string, len(all))
	for i, x := range all {
		names[i] = string(x)
	}
	last := len(names) - 1
	return "", fmt.Errorf("unknown %s %q: use %s or %s", what, name, strings.Join(names[:last], ", "), names[last])
}
