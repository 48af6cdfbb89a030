package policy

import (
	"bytes"
	_ "embed" // the default policy, the example and the schema
	"errors"
	"io"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"handrail/detect/catalog"
)

// MaxBytes is the size of the largest policy that is read.
const MaxBytes = 1 << 20

const formatVersion = 1

var (
	//go:embed default.yaml
	defaultSource []byte
	//go:embed example.yaml
	exampleSource []byte
	//go:embed schema.json
	schemaSource []byte
)

// Example returns the policy of an invented company, Kestrel Freight, as a
// file to start from; the demo uses it too.
func Example() []byte { return bytes.Clone(exampleSource) }

// Schema returns the JSON Schema (draft 2020-12) of a policy, for editors. It
// asks for what Parse and the plainest of Lint's checks ask for; it can't see
// what lies between the lines, such as an id that is used twice.
func Schema() []byte { return bytes.Clone(schemaSource) }

// Default returns the policy that serves without a server or a managed file.
// It knows no organisation, so it calls no tool approved: it nudges whatever
// the tool, and gives advice.
func Default() *Policy {
	p, err := Parse(defaultSource)
	if err != nil {
		panic("policy: the embedded default does not parse: " + err.Error())
	}
	return p
}

// Parse reads a policy. Its error is a Problems that names everything that is
// wrong, each with its line; then there is no policy, never half of one. What
// parses can still be unwise: see Lint.
func Parse(data []byte) (*Policy, error) {
	root, problems := document(data)
	if len(problems) > 0 {
		return nil, problems
	}
	p := &Policy{Enabled: true, Pulse: true, source: bytes.Clone(data)}
	p.Quiet.preset()
	p.SafePaste.preset()
	var r reader
	r.read(root, "the policy", reflect.ValueOf(p).Elem())
	r.check(p)
	if len(r.problems) > 0 {
		ps := r.problems.sorted()
		return nil, ps[:min(len(ps), maxProblems)]
	}
	return p, nil
}

var lineInError = regexp.MustCompile(`^line (\d+): `)

// document returns the root of the only YAML document in data.
func document(data []byte) (*yaml.Node, Problems) {
	var ps Problems
	if len(data) > MaxBytes {
		ps.add(Error, 0, "the policy is larger than %d bytes", MaxBytes)
		return nil, ps
	}
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			ps.add(Error, i+1, "this is not UTF-8 text: save the file as UTF-8")
			return nil, ps
		}
	}
	var doc, second yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	err := dec.Decode(&doc)
	if err == nil {
		if err = dec.Decode(&second); errors.Is(err, io.EOF) {
			return doc.Content[0], nil
		}
		if err == nil {
			ps.add(Error, second.Content[0].Line, "a second document starts here: a policy is one")
			return nil, ps
		}
	}
	if errors.Is(err, io.EOF) {
		ps.add(Error, 0, "the policy is empty: start it with version: 1")
		return nil, ps
	}
	msg, line := strings.TrimPrefix(err.Error(), "yaml: "), 0
	if m := lineInError.FindStringSubmatch(msg); m != nil {
		line, _ = strconv.Atoi(m[1])
		msg = msg[len(m[0]):]
	}
	ps.add(Error, line, "this is not YAML: %s", msg)
	return nil, ps
}

// unprintable tells characters that would change how the text around them is
// shown: controls, line separators, and the marks that turn reading order.
func unprintable(c rune) bool {
	return unicode.IsControl(c) || unicode.In(c, unicode.Bidi_Control, unicode.Zl, unicode.Zp) || c == utf8.RuneError
}

// check says what is wrong in a policy beyond the shape of its values.
func (r *reader) check(p *Policy) {
	fail := func(line int, format string, args ...any) { r.problems.add(Error, line, format, args...) }
	need := func(at *position, what string, keys ...string) {
		for _, k := range keys {
			if at.line > 0 && !at.has(k) {
				fail(at.line, "%s has no %s: add a line for it", what, k)
			}
		}
	}
	need(&p.position, "the policy", "version", "serial")
	if p.has("version") && p.Version != formatVersion && !r.blames(p.of("version")) {
		fail(p.of("version"), "version is %d, and this Handrail reads version %d", p.Version, formatVersion)
	}
	if p.Serial < 0 {
		fail(p.of("serial"), "serial can't be less than 0")
	}

	r.checkQuiet(&p.Quiet)
	r.checkSafePaste(&p.SafePaste)

	seen := map[string]int{}
	id := func(at *position, kind, id string) {
		key := kind + " " + id
		switch {
		case id == "":
		case !validID(id):
			fail(at.of("id"), "id %q can't be used: take 1 to 64 of a-z, 0-9, - and _", id)
		case seen[key] > 0:
			fail(at.of("id"), "the %s %q is already on line %d: give each an id of its own", kind, id, seen[key])
		default:
			seen[key] = at.of("id")
		}
	}
	for i := range p.Tools {
		t := &p.Tools[i]
		need(&t.position, "the tool", "id", "standing")
		id(&t.position, "tool", string(t.ID))
		if t.ID == catalog.Other {
			fail(t.of("id"), "%q stands for every AI tool that has no name: use a rule with standing: [unknown]", t.ID)
		}
		if t.has("standing") && t.Standing == Unknown && !r.blames(t.of("standing")) {
			fail(t.of("standing"), "a tool that is named is not unknown: use approved, trial or unapproved")
		}
		if t.Standing == Unapproved && t.Receives != nil {
			fail(t.of("receives"), "an unapproved tool receives nothing: remove this line, or call the tool approved or trial")
		}
		if t.Standing == Unapproved && t.has("record") {
			fail(t.of("record"), "a record is about a tool that people may use: remove it, or call the tool approved or trial")
		}
		if t.Open != "" && !opensSafely(t.Open) {
			fail(t.of("open"), "open must be an address that starts with https://")
		}
	}
	for i := range p.Tools {
		r.checkTenants(&p.Tools[i])
	}
	r.checkOwn(p)
	r.checkConnectors(p)
	r.checkSystems(p)
	for i := range p.Rules {
		rule := &p.Rules[i]
		need(&rule.position, "the rule", "id", "do")
		id(&rule.position, "rule", string(rule.ID))
		w := &rule.When
		if w.has("min_findings") && w.MinFindings < 1 && !r.blames(w.of("min_findings")) {
			fail(w.of("min_findings"), "min_findings can't be less than 1")
		}
		if slices.Contains(w.Standing, Approved) {
			fail(w.of("standing"), "a rule can't be about what an approved tool may receive: take the class out of the tool's receives instead")
		}
		for key, n := range map[string]int{"classes": len(w.Classes), "detectors": len(w.Detectors), "standing": len(w.Standing), "tools": len(w.Tools), "surfaces": len(w.Surfaces)} {
			if w.has(key) && n == 0 && !r.blames(w.of(key)) {
				fail(w.of(key), "%s is an empty list: remove the line if it doesn't matter", key)
			}
		}
	}
}

// blames says whether a problem is already known on a line, so that one slip
// is not told twice.
func (r *reader) blames(line int) bool {
	return slices.ContainsFunc(r.problems, func(p Problem) bool { return p.Line == line })
}

// validID says whether s can name a rule or a tool. Ids are part of reports.
func validID(s string) bool {
	return len(s) <= 64 && s != "" && !strings.ContainsFunc(s, func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_'
	})
}

// opensSafely says whether an address can be handed to the desktop to open: a
// web page, with nothing in it that misleads about whose.
func opensSafely(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil && !strings.ContainsAny(s, " \"'`<>\\")
}
