package process

import "context"

// Browser is a browser that runs as this user.
type Browser struct {
	Kind BrowserKind
	// PID is its first process, which starts all others. A browser that is
	// started with a profile folder of its own has another one.
	PID int
	// Confined is true for one from Snap or Flatpak: it may not start programs
	// outside of its box, so its extension can't reach Handrail.
	Confined bool
}

// BrowserKind is the closed list of browsers that are told apart.
type BrowserKind string

// The kinds, as the extension names them too.
const (
	Chromium     BrowserKind = "chromium"
	Chrome       BrowserKind = "chrome"
	Edge         BrowserKind = "edge"
	Firefox      BrowserKind = "firefox"
	OtherBrowser BrowserKind = "other" // Brave, Opera, Vivaldi and others that extensions exist for
)

// browserNames are the names of the browsers' programs, as the kernel keeps
// them.
var browserNames = map[string]BrowserKind{
	"chromium": Chromium, "chromium-browse": Chromium, "chrome": Chrome, "google-chrome": Chrome,
	"msedge": Edge, "microsoft-edge": Edge,
	"firefox": Firefox, "firefox-esr": Firefox, "firefox-bin": Firefox, "librewolf": Firefox,
	"brave": OtherBrowser, "opera": OtherBrowser, "vivaldi-bin": OtherBrowser, "epiphany": OtherBrowser, "falkon": OtherBrowser, "konqueror": OtherBrowser,
}

// Browsers returns the browsers that run as this user. Elsewhere than on Linux
// the error says so.
func Browsers(ctx context.Context) ([]Browser, error) { return browsers(ctx) }

// BrowserOf returns the PID of the browser that started a process, itself or by
// others, 0 if none did or nobody knows.
func BrowserOf(pid int) int { return browserOf(pid) }
