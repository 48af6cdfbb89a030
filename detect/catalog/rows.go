package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// host reads one row of hosts.
func (p *parser) host(pattern, role, source string) (Host, error) {
	h := Host{Pattern: pattern, Source: source}
	if err := p.source(source); err != nil {
		return h, err
	}
	i := slices.Index(roleNames[:], role)
	if i <= 0 {
		return h, fmt.Errorf("unknown role %q: use chat, api, docs or cdn", role)
	}
	h.Role = Role(i)
	if strings.Contains(pattern, ":") {
		return h, errors.New("write neither a port nor https:// : a port is no evidence")
	}
	name, path, hasPath := strings.Cut(pattern, "/")
	if hasPath && (path == "" || strings.ContainsAny(path, "/?#%* ")) {
		return h, errors.New("a path may be one plain part only, as in example.com/chat")
	}
	h.path = path
	h.name, h.below = strings.CutPrefix(name, ".")
	labels := strings.Split(h.name, ".")
	for i, l := range labels {
		if !strings.HasPrefix(l, "*") {
			continue
		}
		if h.below || i > len(labels)-3 || (l != "*" && i > 0) {
			return h, errors.New("a * may be a whole label or begin the first, with two labels after it and no dot before the name")
		}
		h.stars++
		labels[i] = "x" + l[1:]
	}
	plain := strings.Join(labels, ".")
	normal, ok := appendHost(nil, plain)
	if !ok || len(labels) < 2 || strings.Trim(labels[len(labels)-1], "0123456789") == "" {
		return h, errors.New("this is not the name of a host: write it as example.com, or .example.com for all below it")
	}
	if string(normal) != plain {
		return h, fmt.Errorf("write the name as browsers report it: %s", normal)
	}
	return h, nil
}

// addHost files the row under the part of its name that has no star.
func (p *parser) addHost(id ToolID, tool int, h Host) error {
	address := h.name + "/" + strings.ToLower(h.path)
	if other, ok := p.addresses[address]; ok {
		return fmt.Errorf("the host is already there, for %q: keep one; the form with a dot covers the one without", other)
	}
	p.addresses[address] = string(id)
	key := h.name
	if i := strings.LastIndexByte(key, '*'); i >= 0 {
		key = key[i:]
		key = key[strings.IndexByte(key, '.')+1:]
	}
	node := p.cat.hosts[key]
	if node == nil {
		node = &hostNode{}
		p.cat.hosts[key] = node
	}
	node.rows = append(node.rows, hostRow{tool: tool, Host: h})
	return nil
}

// title reads one row of titles.
func (p *parser) title(pattern, source string) (Title, error) {
	t := Title{Pattern: pattern, Source: source, text: pattern}
	if err := p.source(source); err != nil {
		return t, err
	}
	for _, s := range separators {
		if s.text != s.kind {
			continue // another dash: " - " is written for all
		}
		if rest, ok := strings.CutPrefix(pattern, "*"+s.text); ok {
			t.text, t.at, t.sep = rest, last, s.kind
		} else if rest, ok := strings.CutSuffix(pattern, s.text+"*"); ok {
			t.text, t.at, t.sep = rest, first, s.kind
		}
	}
	if t.text == "" || t.text != strings.TrimSpace(t.text) || strings.Contains(t.text, "*") {
		return t, errors.New(`write "Name", "* - Name" or "Name - *", with one of the separators " - ", " | ", ": ", " · ", " • "`)
	}
	for _, s := range separators {
		if t.at != whole && s.kind == t.sep && strings.Contains(t.text, s.text) {
			return t, fmt.Errorf("a part can't hold the separator %q that is beside it: write the last part, or the first, alone", t.sep)
		}
	}
	return t, nil
}

func (p *parser) addTitle(tool int, t Title) error {
	key := titleKey{t.sep, t.text}
	if _, ok := p.cat.titles[t.at][key]; ok {
		return errors.New("the title is already there: keep one")
	}
	p.cat.titles[t.at][key] = tool
	return nil
}

// app reads one row of apps.
func (p *parser) app(f fileProgram) (Program, error) {
	a := Program{Name: f.Process + f.Window, Class: f.Window != "", Surface: SurfaceApp, Second: f.Second, Source: f.Source}
	if (f.Process == "") == (f.Window == "") || f.Command != "" {
		return a, errors.New("give process: or window:, one of them")
	}
	switch f.Surface {
	case "", "app":
	case "ide":
		a.Surface = SurfaceIDE
	default:
		return a, fmt.Errorf("unknown surface %q: use app or ide", f.Surface)
	}
	return a, p.program(&a)
}

// command reads one row of commands.
func (p *parser) command(f fileProgram) (Program, error) {
	c := Program{Name: f.Command, Surface: SurfaceTerminal, Second: f.Second, Source: f.Source}
	if f.Process+f.Window+f.Surface != "" {
		return c, errors.New("a command has no process, window or surface: move the row to apps")
	}
	return c, p.program(&c)
}

// program checks what apps and commands have in common, and reads the second
// facts.
func (p *parser) program(r *Program) error {
	if err := p.source(r.Source); err != nil {
		return err
	}
	if r.Name == "" || string(appendName(nil, r.Name)) != r.Name || strings.ContainsAny(r.Name, `/\`) {
		return fmt.Errorf("write the name in lower case, without path and .exe, %d letters at most", maxName)
	}
	if p.ambiguous[r.Name] && len(r.Second) == 0 {
		return errors.New("other programs have this name as well: add a second fact, as in second: [exe=/part/of/its/path/]")
	}
	if isBrowser(r.Name) && !(r.Surface == SurfaceTerminal) {
		return errors.New("this is a browser: name the tool's host or title instead")
	}
	for _, s := range r.Second {
		f, err := parseFact(s)
		if err != nil {
			return err
		}
		r.second = append(r.second, f)
	}
	return nil
}

func parseFact(s string) (fact, error) {
	kind, value, _ := strings.Cut(s, "=")
	f := fact{value: value}
	switch {
	case kind == "exe" && len(value) > 2 && value[0] == '/' && strings.ToLower(value) == value && !strings.Contains(value, `\`):
		f.kind = factExe
		return f, nil
	case kind == "class" && value != "" && string(appendName(nil, value)) == value:
		f.kind = factClass
		return f, nil
	case kind == "process" && value != "" && string(appendName(nil, value)) == value:
		f.kind = factProcess
		return f, nil
	}
	return f, fmt.Errorf("second fact %q: write exe=/part/of/the/path, class=name or process=name, in lower case", s)
}

func (p *parser) addProgram(tool int, r Program) error {
	in := p.cat.processes
	switch {
	case r.Surface == SurfaceTerminal:
		in = p.cat.commands
	case r.Class:
		in = p.cat.classes
	}
	if e, ok := in[r.Name]; ok {
		if e.tool == tool {
			return errors.New("it is there twice: keep one row, with all second facts")
		}
		return fmt.Errorf("it is already there, for %q: keep one", p.cat.tools[e.tool].ID)
	}
	in[r.Name] = entry{tool: tool, Program: r}
	return nil
}
