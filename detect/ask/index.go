package ask

import (
	"slices"
	"strings"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// meaning is what a phrase can mean: some tools, or one of the others.
type meaning struct {
	tools []catalog.ToolID
	kind  kind
	role  Role
}

// index knows what each phrase means, and every word that is in one.
type index struct {
	phrases map[string]meaning
	longest int             // words of the longest phrase
	weak    map[string]bool // words that mean a tool only where something leads to them
	known   map[string]bool // words of phrases, holders and fillers
	sorted  []string        // the same, in order
	names   map[catalog.ToolID]tool
	open    map[string]catalog.ToolID // exact hosts of what the policy's tools open
	public  func(string) (string, bool)
}

// ordinary are names of tools that are everyday words too: they count where
// something leads to them ("in jasper"), or where nothing else is asked.
var ordinary = set("amp", "ambient", "avian", "bolt", "chute", "consensus", "crush", "cursor", "dust", "elicit", "falcon", "fathom", "flow", "gamma",
	"glean", "goose", "granola", "harvey", "inception", "jan", "jasper", "merlin", "modular", "monica", "morph", "opal", "otter", "pi", "poe", "read",
	"replicate", "runway", "sora", "spark", "stitch", "upstage", "venice", "writer", "flux", "llm", "exa", "fal")

// leads are words after which a tool is named.
var leads = set("in", "into", "with", "to", "on", "using", "use", "via", "through", "ask", "mit", "bei", "ins", "nutzen", "verwenden")

func newIndex(p *policy.Policy, c *catalog.Catalog, public func(string) (string, bool)) *index {
	x := &index{phrases: map[string]meaning{}, weak: map[string]bool{}, known: map[string]bool{}, names: map[catalog.ToolID]tool{}, open: map[string]catalog.ToolID{}, public: public}
	a := Asker{policy: p, catalog: c}
	partial, vendors, parts := map[string][]catalog.ToolID{}, map[string][]catalog.ToolID{}, map[string][]catalog.ToolID{}
	for _, t := range c.Tools() {
		x.names[t.ID] = a.named(t.ID)
		name, vendor := phrase(t.Name), phrase(t.Vendor)
		x.tool(name, t.ID)
		x.tool(phrase(string(t.ID)), t.ID)
		x.tool(strings.TrimPrefix(name, vendor+" "), t.ID)
		vendors[vendor] = append(vendors[vendor], t.ID)
		for w := range strings.FieldsSeq(name) {
			parts[w] = append(parts[w], t.ID)
		}
	}
	for _, t := range p.Tools {
		x.names[t.ID] = a.named(t.ID)
		x.tool(phrase(x.names[t.ID].name), t.ID)
		x.tool(phrase(string(t.ID)), t.ID)
		for w := range strings.FieldsSeq(phrase(x.names[t.ID].name)) {
			partial[w] = append(partial[w], t.ID)
		}
		if h, _ := address(t.Open); h != "" {
			x.open[h] = t.ID
		}
	}
	for class, words := range kindWords {
		for _, w := range words {
			x.phrases[phrase(w)] = meaning{kind: kind{class: class}}
		}
	}
	for role, words := range roleWords {
		for _, w := range words {
			x.phrases[phrase(w)] = meaning{role: role}
		}
	}
	for _, o := range p.Own {
		k := kind{class: detect.ClassOwn, term: o.Name}
		if o.Label {
			k.class = detect.ClassMarking
		}
		x.phrases[phrase(o.Name)] = meaning{kind: k}
	}
	// One word of a longer name means the tools that the policy names; the word
	// "copilot" alone should not lead past the one that is approved.
	for w, ids := range partial {
		m := x.phrases[w]
		if m.kind == (kind{}) && m.role == 0 && !fillers[w] && !holders[w] && len(w) > 2 {
			m.tools = append(ids, m.tools...)
			x.phrases[w] = m
		}
	}
	for v, ids := range vendors {
		x.ifFree(v, ids)
	}
	for w, ids := range parts {
		if len(ids) <= fewTools && len(w) > 3 {
			x.weak[w] = x.ifFree(w, ids)
		}
	}
	delete(x.phrases, "")
	for s, m := range x.phrases {
		m.tools = x.inOrder(m.tools, p)
		x.phrases[s] = m
		words := strings.Fields(s)
		x.longest = max(x.longest, len(words))
		for _, w := range words {
			x.known[w] = true
		}
	}
	for _, words := range []map[string]bool{holders, fillers} {
		for w := range words {
			x.known[singular(w)] = true
		}
	}
	for w := range x.known {
		x.sorted = append(x.sorted, w)
	}
	slices.Sort(x.sorted)
	return x
}

// fewTools is how many tools a word of their names may mean; one that is in
// more of them ("studio") means none.
const fewTools = 3

// ifFree gives a phrase that means nothing yet to some tools, and says whether
// it did.
func (x *index) ifFree(phrase string, ids []catalog.ToolID) bool {
	if _, taken := x.phrases[phrase]; taken || fillers[phrase] || holders[phrase] {
		return false
	}
	x.phrases[phrase] = meaning{tools: ids}
	return true
}

func (x *index) tool(phrase string, id catalog.ToolID) {
	if fillers[phrase] || holders[phrase] || phrase == "" {
		return
	}
	m := x.phrases[phrase]
	if !slices.Contains(m.tools, id) {
		m.tools = append(m.tools, id)
	}
	x.phrases[phrase] = m
}

// inOrder puts what the policy names first, each tool once.
func (x *index) inOrder(ids []catalog.ToolID, p *policy.Policy) []catalog.ToolID {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	slices.SortStableFunc(ids, func(a, b catalog.ToolID) int { return named(p, b) - named(p, a) })
	return ids
}

func named(p *policy.Policy, id catalog.ToolID) int {
	if _, ok := p.Tool(id); ok {
		return 1
	}
	return 0
}

// question is what was understood of one.
type question struct {
	tools   []tool
	kinds   []kind
	roles   []Role
	unknown []string
}

// read understands a question, from left to right, the longest phrase first.
func (x *index) read(s string, c *catalog.Catalog) question {
	tokens := split(s)
	for i := range tokens {
		if t := &tokens[i]; t.host == "" && !x.known[t.word] {
			t.word = x.nearest(t.word)
		}
	}
	content := 0 // words that mean something
	for _, t := range tokens {
		if t.host != "" || !fillers[t.word] {
			content++
		}
	}
	var q question
	var held []string // words that name what data lie in
	for i := 0; i < len(tokens); {
		n, m := x.longestAt(tokens[i:])
		first := tokens[i]
		single := n == 1 && (ordinary[first.word] || x.weak[first.word])
		led := content == 1 || i > 0 && leads[tokens[i-1].word]
		switch {
		case first.host != "":
			q.addHost(x, first, c)
			n = 1
		case n > 0 && (!single || led):
			q.add(x, m)
		case fillers[first.word]:
			n = 1
		case holders[first.word]:
			held = append(held, first.raw)
			n = 1
		default:
			q.unknown = append(q.unknown, first.raw)
			n = 1
		}
		i += n
	}
	if len(q.kinds)+len(q.roles) == 0 {
		// "a document": but what is in it?
		q.unknown = append(q.unknown, held...)
	}
	if len(q.kinds) > 0 {
		q.roles = nil // the kind was said
	}
	return q
}

// longestAt returns how many words the longest phrase has that the words begin
// with, and what it means.
func (x *index) longestAt(tokens []token) (int, meaning) {
	var b strings.Builder
	n, found := 0, meaning{}
	for i, t := range tokens[:min(len(tokens), x.longest)] {
		if t.host != "" {
			break
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.word)
		if m, ok := x.phrases[b.String()]; ok {
			n, found = i+1, m
		}
	}
	return n, found
}

func (q *question) add(x *index, m meaning) {
	switch {
	case len(m.tools) > 0:
		for _, id := range m.tools {
			q.addTool(x.names[id])
		}
	case m.role != 0:
		if !slices.Contains(q.roles, m.role) {
			q.roles = append(q.roles, m.role)
		}
	case !slices.Contains(q.kinds, m.kind):
		q.kinds = append(q.kinds, m.kind)
	}
}

func (q *question) addTool(t tool) {
	if !slices.Contains(q.tools, t) {
		q.tools = append(q.tools, t)
	}
}

// addHost understands an address: a tool's, or a public one of nobody we know.
func (q *question) addHost(x *index, t token, c *catalog.Catalog) {
	host, path := address(t.host)
	if id, own := x.open[host]; own {
		q.addTool(x.names[id])
		return
	}
	if d, ok := c.Lookup(catalog.Target{Host: host, Path: path}); ok {
		q.addTool(x.names[d.Tool])
		return
	}
	// The name of a tool may have a dot (Leonardo.Ai) and its address be another.
	if m := x.phrases[phrase(t.host)]; len(m.tools) > 0 {
		q.add(x, m)
	} else if public, ok := x.public(host); ok {
		q.addTool(tool{name: public, host: public})
	} else {
		q.unknown = append(q.unknown, t.raw)
	}
}

// address returns host and path of an address, with or without a scheme.
func address(s string) (host, path string) {
	s = strings.ToLower(s)
	for _, scheme := range []string{"https://", "http://"} {
		s = strings.TrimPrefix(s, scheme)
	}
	host, path, _ = strings.Cut(s, "/")
	host, _, _ = strings.Cut(host, ":")
	return host, "/" + path
}

// nearest corrects a slip of the keyboard, if there is one word only that it
// can be. The first letter is hardly ever wrong.
func (x *index) nearest(w string) string {
	most := slips(w)
	if most == 0 {
		return w
	}
	best, at, several := w, most+1, false
	from, _ := slices.BinarySearch(x.sorted, w[:1])
	for _, k := range x.sorted[from:] {
		if k[0] != w[0] {
			break
		}
		switch d := distance(w, k, most); {
		case d < at:
			best, at, several = k, d, false
		case d == at && d <= most:
			several = true
		}
	}
	if several {
		return w
	}
	return best
}
