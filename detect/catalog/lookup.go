package catalog

// Lookup says which AI tool a paste into the target would go to; false where
// it is none that the catalogue knows, or a page of a tool's that takes no
// paste. What is known best decides, and nothing falls back to a weaker fact:
// the page's address; else the program in the foreground of a terminal; else,
// in a browser, the title; else the window's program and class.
//
// A tool that runs as a script of node, python or the like is met under the
// script's name: the sensors put that into Foreground, and the interpreter's
// path into ForegroundExe.
//
// Of a page's address, Domain is the catalogue's name for the host, so a
// customer's part such as "acme" in acme.openai.azure.com is not in it.
func (c *Catalog) Lookup(t Target) (Destination, bool) {
	switch {
	case t.Host != "":
		row, domain, ok := c.byHost(t.Host, t.Path)
		if !ok {
			return Destination{}, false
		}
		d := c.destination(row.tool, SurfaceBrowser, row.Role)
		d.Domain = domain
		return d, true
	case t.Foreground != "":
		if e, ok := c.program(c.commands, t.Foreground, t, t.ForegroundExe); ok {
			return c.destination(e.tool, e.Surface, RoleChat), true
		}
		return Destination{}, false
	case isBrowser(t.Process) || isBrowser(t.Class):
		i, ok := c.byTitle(t.Title)
		if !ok {
			return Destination{}, false
		}
		d := c.destination(i, SurfaceBrowser, RoleChat)
		d.Domain = c.tools[i].Domain()
		return d, true
	}
	e, ok := c.program(c.processes, t.Process, t, t.Exe)
	if !ok {
		e, ok = c.program(c.classes, t.Class, t, t.Exe)
	}
	if !ok {
		return Destination{}, false
	}
	return c.destination(e.tool, e.Surface, RoleChat), true
}

func (c *Catalog) destination(tool int, s Surface, r Role) Destination {
	t := &c.tools[tool]
	return Destination{Tool: t.ID, Name: t.Name, Surface: s, Role: r, AskOrganisation: t.AskOrganisation}
}

// program finds a program by name, and checks its second fact.
func (c *Catalog) program(in map[string]entry, name string, t Target, exe string) (entry, bool) {
	var buf [maxName]byte
	e, ok := in[string(appendName(buf[:0], name))]
	if !ok || len(e.second) == 0 {
		return e, ok
	}
	for _, f := range e.second {
		if f.holds(t, exe) {
			return e, true
		}
	}
	return entry{}, false
}

// fact is a second fact about a program.
type fact struct {
	kind  factKind
	value string // lower case, with forward slashes
}

type factKind uint8

const (
	factExe     factKind = iota // value is part of the executable's path
	factClass                   // value is the window's class
	factProcess                 // value is the window's process
)

func (f fact) holds(t Target, exe string) bool {
	var buf [maxName]byte
	switch f.kind {
	case factExe:
		return pathContains(exe, f.value)
	case factClass:
		return string(appendName(buf[:0], t.Class)) == f.value
	case factProcess:
		return string(appendName(buf[:0], t.Process)) == f.value
	}
	return false
}

// maxName is the longest name of a program or class that is looked at.
const maxName = 64

// appendName appends a program's name as the catalogue has it: lower case,
// without ".exe". A longer name than any in the catalogue is "".
func appendName(dst []byte, name string) []byte {
	if n := len(name) - 4; n > 0 && equalFold(name[n:], ".exe") {
		name = name[:n]
	}
	if len(name) > maxName {
		return dst
	}
	for i := range len(name) {
		dst = append(dst, lower(name[i]))
	}
	return dst
}

// pathContains reports whether part, which begins with a slash, is in the
// path, whatever the case and the kind of slash.
func pathContains(path, part string) bool {
	for i := 0; i+len(part) <= len(path); i++ {
		j := 0
		for j < len(part) && pathByte(path[i+j]) == part[j] {
			j++
		}
		if j == len(part) {
			return true
		}
	}
	return false
}

func pathByte(c byte) byte {
	if c == '\\' {
		return '/'
	}
	return lower(c)
}
