// Package tools says what AI tools on this computer have been given to work
// with: the MCP servers in their settings, and AI extensions of code editors
// and browsers.
//
// Of a server it keeps the name, and what is public about it: the package that
// it is started from, or the host that it runs on, or else the base name of its
// program. Arguments, environment, tokens and paths are never kept, and nothing
// here is logged; see public. Of extensions only folder names are read, and
// only ids that the catalogue names are kept.
//
// Connectors that live in somebody's account at an AI service can't be seen
// here, nor can settings inside a project's own folder.
package tools

import (
	"cmp"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"handrail/agent/process"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// Connector is an MCP server or an AI extension. It is for the person's own
// eyes: only Use leaves the session.
type Connector struct {
	Kind    string         // "mcp", or the kind of extension: "vscode", "jetbrains", "chrome"
	Tool    catalog.ToolID // the tool that uses the server, or that the extension is
	Surface catalog.Surface
	Name    string // what somebody called the server; the extension's id
	ID      string // "vscode:github.copilot", "command:kestrel-mcp"; "" where package or host says more
	Package string // the public package, without version
	Host    string // the host, without port and path
}

// Connected is the connector in the policy's words.
func (c Connector) Connected() policy.Connected {
	p := policy.Connected{ID: c.ID, Package: c.Package, Host: c.Host}
	if c.Kind != mcp {
		p.Tool = c.Tool
	}
	return p
}

// Use is what is counted: the AI tool that the connector is or leads to, Other
// if the catalogue does not name it.
func (c Connector) Use(cat *catalog.Catalog) process.Use {
	if c.Kind != mcp {
		return process.Use{Tool: c.Tool, Surface: c.Surface}
	}
	if d, ok := cat.Lookup(catalog.Target{Host: c.Host}); ok && c.Host != "" {
		return process.Use{Tool: d.Tool, Surface: c.Surface}
	}
	return process.Use{Tool: catalog.Other, Surface: c.Surface}
}

// IsServer tells an MCP server from an extension.
func (c Connector) IsServer() bool { return c.Kind == mcp }

// Public is what is public of a connector, in a word: its package, or else its
// host, or else its id. It is "" where nothing is known.
func (c Connector) Public() string {
	return cmp.Or(c.Package, c.Host, strings.TrimPrefix(c.ID, "command:"))
}

const mcp = "mcp"

// Seen is what was found.
type Seen struct {
	Connectors []Connector // sorted, each once
	// Unread are the tools of whose settings a file is there but could not be
	// read: too large, or not in its form. What is in it isn't known.
	Unread []catalog.ToolID
}

// Folders are the person's folders that tools keep their settings in.
type Folders struct{ Home, Config, Data string }

// UserFolders returns the folders of whoever runs this.
func UserFolders() (Folders, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return Folders{}, err
	}
	f := Folders{Home: home, Data: filepath.Join(home, ".local", "share")}
	if f.Config, err = os.UserConfigDir(); err != nil {
		return Folders{}, err
	}
	switch runtime.GOOS {
	case "darwin":
		f.Data = f.Config
	case "windows":
		if f.Data, err = os.UserCacheDir(); err != nil { // %LocalAppData%
			return Folders{}, err
		}
	}
	return f, nil
}

// split returns where a path of the catalogue begins, and its parts below.
func (f Folders) split(p string) (dir string, parts []string) {
	first, rest, _ := strings.Cut(p, "/")
	dir = map[string]string{"~": f.Home, "{config}": f.Config, "{data}": f.Data}[first]
	return dir, strings.Split(rest, "/")
}

// Scan reads what is there now.
func Scan(f Folders) Seen {
	var s Seen
	files, extensions := catalog.Configs()
	for _, file := range files {
		dir, parts := f.split(file.Path)
		found, err := readFile(filepath.Join(append([]string{dir}, parts...)...), file)
		if err != nil {
			s.Unread = append(s.Unread, file.Tool)
		}
		s.Connectors = append(s.Connectors, found...)
	}
	for _, x := range extensions {
		for _, p := range x.Paths {
			dir, parts := f.split(p)
			for _, folder := range matches(dir, parts) {
				s.Connectors = append(s.Connectors, installed(folder, x)...)
			}
		}
	}
	slices.SortFunc(s.Connectors, compare)
	s.Connectors = slices.Compact(s.Connectors)
	slices.Sort(s.Unread)
	s.Unread = slices.Compact(s.Unread)
	return s
}

func compare(a, b Connector) int { return strings.Compare(a.key(), b.key()) }

// key tells connectors apart.
func (c Connector) key() string {
	return strings.Join([]string{c.Kind, string(c.Tool), c.Surface.String(), c.Name, c.ID, c.Package, c.Host}, "\x00")
}

// matches returns the folders that a path means; a part "*" is any folder.
func matches(dir string, parts []string) []string {
	dirs := []string{dir}
	for _, part := range parts {
		var next []string
		for _, d := range dirs {
			if part != "*" {
				next = append(next, filepath.Join(d, part))
				continue
			}
			for _, name := range folders(d) {
				next = append(next, filepath.Join(d, name))
			}
		}
		dirs = next
	}
	return dirs
}

// maxEntries bounds how many entries of a folder are looked at.
const maxEntries = 5000

// folders returns the names of the folders in a folder, links to some included.
func folders(dir string) []string {
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer d.Close()
	entries, _ := d.ReadDir(maxEntries)
	var names []string
	for _, e := range entries {
		if e.IsDir() || e.Type()&os.ModeSymlink != 0 {
			names = append(names, e.Name())
		}
	}
	return names
}

// version is what editors put behind an extension's id: "-1.2.3-linux-x64".
var version = regexp.MustCompile(`-\d+\.\d+.*$`)

// installed returns the AI extensions in a folder of extensions.
func installed(dir string, x catalog.Extensions) []Connector {
	var list []Connector
	for _, name := range folders(dir) {
		id := name
		if x.Kind == "vscode" {
			id = version.ReplaceAllString(strings.ToLower(name), "")
		}
		if tool, ok := x.IDs[id]; ok {
			list = append(list, Connector{Kind: x.Kind, Tool: tool, Surface: x.Surface, Name: id, ID: x.Kind + ":" + id})
		}
	}
	return list
}

// base returns the last part of a path of any system, without ".exe".
func base(p string) string {
	p = path.Base(strings.ReplaceAll(p, `\`, "/"))
	for _, ext := range []string{".exe", ".cmd", ".bat"} {
		if len(p) > len(ext) && strings.EqualFold(p[len(p)-len(ext):], ext) {
			return p[:len(p)-len(ext)]
		}
	}
	return p
}
