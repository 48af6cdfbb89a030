package catalog

import (
	_ "embed"
	"slices"
	"sync"
)

// Tool is one AI tool and how it is recognised.
type Tool struct {
	ID       ToolID
	Name     string // what people call it
	Vendor   string
	Category string // chat, code, image, voice, meeting, search, writing, agent, api or local
	// AskOrganisation marks the clouds that are usually the approved way; see
	// Destination.
	AskOrganisation bool

	Hosts    []Host
	Titles   []Title
	Apps     []Program // owners of windows
	Commands []Program // programs in the foreground of a terminal
}

// Domain returns the tool's main public host, such as "chatgpt.com": the first
// where people type, otherwise the first that takes a paste, otherwise "".
func (t Tool) Domain() string {
	for _, role := range []Role{RoleChat, RoleAPI} {
		for _, h := range t.Hosts {
			if h.Role == role && h.stars == 0 {
				return h.name
			}
		}
	}
	return ""
}

// Host is one address of a tool.
type Host struct {
	Pattern string // as in the data file: "example.com", ".example.com", "example.com/chat"
	Role    Role
	Source  string // a key of the data file's sources

	name  string // the pattern without leading dot and path
	below bool   // hosts below name match too
	stars int    // how many labels of name are a star or begin with one
	path  string // the first part of the path; "" is any
}

// Title is one form of the title of a tool's browser tabs.
type Title struct {
	Pattern string // as in the data file: "Claude", "* - Claude", "Claude - *"
	Source  string

	text string // the pattern without star and separator
	at   place
	sep  string // the separator beside the star
}

// Program is a desktop application or a command line tool.
type Program struct {
	Name    string   // of the process, or of the window's class; lower case
	Class   bool     // Name is a window's class
	Surface Surface  // SurfaceApp, SurfaceIDE or SurfaceTerminal
	Second  []string // facts of which one must hold as well: "exe=/part/", "class=x", "process=x"
	Source  string

	second []fact
}

// Catalog is a set of AI tools, ready for Lookup. It never changes, so any
// number of goroutines may use one.
type Catalog struct {
	tools []Tool // sorted by id
	byID  map[ToolID]int

	hosts      map[string]*hostNode
	docsLabels map[string]bool

	titles [places]map[titleKey]int
	about  map[string]bool // last parts of titles of pages that are about a tool

	processes, classes, commands map[string]entry
}

// entry is a program and its tool.
type entry struct {
	tool int
	Program
}

//go:embed tools.yaml
var embedded []byte

var parseDefault = sync.OnceValues(func() (*Catalog, error) { return Parse(embedded) })

// Default returns the catalogue that is built in. It is parsed once; a broken
// data file fails this package's tests, so Default panics on one.
func Default() *Catalog {
	c, err := parseDefault()
	if err != nil {
		panic("the built-in " + err.Error())
	}
	return c
}

// Tool returns the tool with that id.
func (c *Catalog) Tool(id ToolID) (Tool, bool) {
	i, ok := c.byID[id]
	if !ok {
		return Tool{}, false
	}
	return c.tools[i], true
}

// Tools returns every tool, sorted by id.
func (c *Catalog) Tools() []Tool { return slices.Clone(c.tools) }
