package catalog

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// The data file as it is written; see tools.yaml for what each part means.
type (
	file struct {
		Sources    map[string]string
		DocsLabels []string `yaml:"docs_labels"`
		Ambiguous  []string
		PagesAbout []string `yaml:"pages_about"`
		Tools      []fileTool
	}
	fileTool struct {
		ID, Name, Vendor, Category string
		AskOrganisation            bool `yaml:"ask_organisation"`
		Hosts                      []struct{ Host, Role, Source string }
		Titles                     []struct{ Title, Source string }
		Apps                       []fileProgram
		Commands                   []fileProgram
	}
	fileProgram struct {
		Process, Window, Command, Surface, Source string
		Second                                    []string
	}
)

var categories = []string{"chat", "code", "image", "voice", "meeting", "search", "writing", "agent", "api", "local"}

// Parse reads a catalogue in the form of tools.yaml. The error names the line
// and the tool, and says what to do.
func Parse(data []byte) (*Catalog, error) {
	var f file
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&f); errors.Is(err, io.EOF) {
		return nil, errors.New("catalogue: the file is empty: add tools")
	} else if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	if err := dec.Decode(new(any)); !errors.Is(err, io.EOF) {
		return nil, errors.New("catalogue: there is more than one document: remove the line ---")
	}
	if len(f.Tools) == 0 {
		return nil, errors.New("catalogue: there are no tools: add some under tools:")
	}
	p := parser{file: &f, cat: &Catalog{
		byID:       map[ToolID]int{},
		hosts:      map[string]*hostNode{},
		docsLabels: set(f.DocsLabels),
		about:      set(f.PagesAbout),
		processes:  map[string]entry{}, classes: map[string]entry{}, commands: map[string]entry{},
	}, names: map[string]string{}, addresses: map[string]string{}, ambiguous: set(f.Ambiguous)}
	for i := range p.cat.titles {
		p.cat.titles[i] = map[titleKey]int{}
	}
	// Lookups point into the list of tools, so it gets its order first.
	order := make([]int, len(f.Tools))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return strings.Compare(f.Tools[a].ID, f.Tools[b].ID) })
	for _, i := range order {
		if list, row, err := p.tool(&f.Tools[i]); err != nil {
			return nil, fmt.Errorf("catalogue, line %d, tool %q: %w", lineOf(data, i, list, row), f.Tools[i].ID, err)
		}
	}
	for _, node := range p.cat.hosts {
		slices.SortStableFunc(node.rows, func(a, b hostRow) int { return b.weight() - a.weight() })
	}
	return p.cat, nil
}

func set(list []string) map[string]bool {
	m := make(map[string]bool, len(list))
	for _, s := range list {
		m[s] = true
	}
	return m
}

// weight says how specific a row is among those under one name.
func (h hostRow) weight() int {
	w := 0
	if h.path != "" {
		w += 2
	}
	if h.stars > 0 {
		w++
	}
	return w
}

// lineOf finds the line of a tool, or of a row of one of its lists. It reads
// the file again: this is for errors only.
func lineOf(data []byte, tool int, list string, row int) int {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil || len(doc.Content) == 0 {
		return 0
	}
	child := func(n *yaml.Node, key string, i int) *yaml.Node {
		for k := 0; k+1 < len(n.Content); k += 2 {
			if v := n.Content[k+1]; n.Content[k].Value == key && i < len(v.Content) {
				return v.Content[i]
			}
		}
		return nil
	}
	n := child(doc.Content[0], "tools", tool)
	if n == nil {
		return 0
	}
	if r := child(n, list, row); list != "" && r != nil {
		return r.Line
	}
	return n.Line
}

type parser struct {
	file      *file
	cat       *Catalog
	names     map[string]string // tools by lower-case name
	addresses map[string]string // tools by host and path
	ambiguous map[string]bool
}

// tool adds one tool. With an error come the list and row that it is about.
func (p *parser) tool(f *fileTool) (list string, row int, err error) {
	t := Tool{ID: ToolID(f.ID), Name: f.Name, Vendor: f.Vendor, Category: f.Category, AskOrganisation: f.AskOrganisation}
	if err := p.identity(t); err != nil {
		return "", 0, err
	}
	index, reachable := len(p.cat.tools), false
	for i, h := range f.Hosts {
		host, err := p.host(h.Host, h.Role, h.Source)
		if err == nil {
			err = p.addHost(t.ID, index, host)
		}
		if err != nil {
			return "hosts", i, fmt.Errorf("host %q: %w", h.Host, err)
		}
		reachable = reachable || host.Role == RoleChat || host.Role == RoleAPI
		t.Hosts = append(t.Hosts, host)
	}
	for i, r := range f.Titles {
		title, err := p.title(r.Title, r.Source)
		if err == nil {
			err = p.addTitle(index, title)
		}
		if err != nil {
			return "titles", i, fmt.Errorf("title %q: %w", r.Title, err)
		}
		t.Titles = append(t.Titles, title)
	}
	for i, r := range f.Apps {
		app, err := p.app(r)
		if err == nil {
			err = p.addProgram(index, app)
		}
		if err != nil {
			return "apps", i, fmt.Errorf("app %q: %w", r.Process+r.Window, err)
		}
		t.Apps = append(t.Apps, app)
	}
	for i, r := range f.Commands {
		command, err := p.command(r)
		if err == nil {
			err = p.addProgram(index, command)
		}
		if err != nil {
			return "commands", i, fmt.Errorf("command %q: %w", r.Command, err)
		}
		t.Commands = append(t.Commands, command)
	}
	if !reachable && len(t.Titles)+len(t.Apps)+len(t.Commands) == 0 {
		return "", 0, errors.New("nothing leads to it: add a host with the role chat or api, a title, an app or a command, or leave the tool out")
	}
	p.cat.byID[t.ID] = index
	p.cat.tools = append(p.cat.tools, t)
	return "", 0, nil
}

// maxToolName keeps a nudge's sentence short, in letters.
const maxToolName = 40

func (p *parser) identity(t Tool) error {
	if t.ID == "" || len(t.ID) > maxToolName || strings.Trim(string(t.ID), "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return errors.New("the id may hold a-z, 0-9 and - only, 40 at most: choose another")
	}
	if t.ID == Other {
		return fmt.Errorf("the id %q stands for tools that are not in the catalogue: choose another", Other)
	}
	if _, ok := p.cat.byID[t.ID]; ok {
		return errors.New("the id is used twice: merge the two, or choose another id for one")
	}
	if n := utf8.RuneCountInString(t.Name); n == 0 || n > maxToolName || strings.ContainsFunc(t.Name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return fmt.Errorf("the name %q must have 1 to %d printable letters", t.Name, maxToolName)
	}
	key := strings.ToLower(t.Name)
	if other, ok := p.names[key]; ok {
		return fmt.Errorf("the name %q is also that of %q: merge the two, or choose another name for one", t.Name, other)
	}
	p.names[key] = string(t.ID)
	if t.Vendor == "" {
		return errors.New("add a vendor")
	}
	if !slices.Contains(categories, t.Category) {
		return fmt.Errorf("unknown category %q: use one of %s", t.Category, strings.Join(categories, ", "))
	}
	return nil
}

func (p *parser) source(s string) error {
	if s == "" {
		return errors.New("add a source")
	}
	if p.file.Sources[s] == "" {
		return fmt.Errorf("unknown source %q: add it under sources: with what it is", s)
	}
	return nil
}
