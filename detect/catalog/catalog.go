// Package catalog knows the AI tools: which program, window or host is one,
// and where a paste into it would go. The data are embedded, each row with its
// source; Lookup is the one question. Beside them stands how a tool's page shows
// whose account is in use (accounts.yaml), for the browser extension.
package catalog

import "fmt"

// ToolID names one AI tool, such as "chatgpt". It goes into reports, so the
// set is closed: an AI tool that is not in the catalogue is reported as Other.
type ToolID string

// Other stands for an AI tool that the catalogue does not name.
const Other ToolID = "other"

// Surface is where on the desktop an AI tool is met.
type Surface uint8

// The surfaces. Their names are the vocabulary of policies and reports.
const (
	SurfaceBrowser  Surface = iota + 1 // a tab or a web app
	SurfaceApp                         // a desktop application
	SurfaceTerminal                    // a command line tool in a terminal
	SurfaceIDE                         // a panel in a code editor
	SurfaceCommand                     // handrail check
)

var surfaceNames = [...]string{"", "browser", "app", "terminal", "ide", "command"}

// Surfaces returns every surface.
func Surfaces() []Surface {
	return []Surface{SurfaceBrowser, SurfaceApp, SurfaceTerminal, SurfaceIDE, SurfaceCommand}
}

// String returns the surface's name in policies and reports.
func (s Surface) String() string {
	if int(s) < len(surfaceNames) {
		return surfaceNames[s]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (s Surface) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (s *Surface) UnmarshalText(b []byte) error {
	for i, n := range surfaceNames {
		if i > 0 && n == string(b) {
			*s = Surface(i)
			return nil
		}
	}
	return fmt.Errorf("unknown surface %q: use browser, app, terminal, ide or command", b)
}

// Role is what a tool's address is for. Only chat and api take a paste.
type Role uint8

// The roles of an address.
const (
	RoleChat Role = iota + 1 // where people type and paste
	RoleAPI                  // where programs send
	RoleDocs                 // documentation, status, marketing
	RoleCDN                  // files that pages load
)

var roleNames = [...]string{"", "chat", "api", "docs", "cdn"}

// String returns the role's name in the catalogue's data.
func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return ""
}

// Target is what the sensors know about where the keyboard is. It holds
// window titles and paths, so it stays in the session's memory: it is never
// logged, stored or sent.
type Target struct {
	Process string // base name of the window owner's executable, "" if unknown
	Exe     string // its full path, "" if it can't be read
	Class   string // the window's class (WM_CLASS on X11)
	Title   string // the window's title
	// Foreground and ForegroundExe describe the program in the foreground of a
	// terminal window; both are "" for other windows.
	Foreground    string
	ForegroundExe string
	// Host and Path are the page's address where a browser extension or a
	// command tells it; "" where only the title is known.
	Host string
	Path string
}

// Destination is an AI tool that a paste would go to.
type Destination struct {
	Tool    ToolID
	Name    string // what people call it, "ChatGPT"
	Domain  string // the public host shown to the person, "chatgpt.com"; "" for apps and CLIs
	Surface Surface
	Role    Role
	// AskOrganisation marks the clouds that are usually the approved way
	// (Azure OpenAI, Bedrock, Vertex): without a word in the policy they are
	// neither approved nor a reason to nudge.
	AskOrganisation bool
	// Local marks a model server that runs on this computer.
	Local bool
	// Account is whose account is in use, and Tenant the organisation of a work
	// account in the policy's own spelling: TenantOther for one that the policy
	// does not name, "" where it is not known. Lookup leaves both empty;
	// policy.WithAccount fills them.
	Account Account
	Tenant  string
}
