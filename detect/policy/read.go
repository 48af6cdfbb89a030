package policy

import (
	"encoding"
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"handrail/detect"
	"handrail/detect/catalog"
)

// reader fills the policy's structs from YAML nodes. The yaml module's own
// decoder stops being strict where it matters to people: it names Go types
// and takes 12 for a text. This one knows the few shapes that a policy has,
// says every problem with its line, and goes on to the next.
type reader struct{ problems Problems }

// position is where something stands in the policy's file.
type position struct {
	line int
	keys map[string]int // key -> line
}

func (p *position) place() *position { return p }

// of returns the line of a key, or of the whole if the key isn't there.
func (p *position) of(key string) int {
	if n, ok := p.keys[key]; ok {
		return n
	}
	return p.line
}

func (p *position) has(key string) bool { _, ok := p.keys[key]; return ok }

// names are the words that a closed type can have in a policy.
var names = map[reflect.Type][]string{
	reflect.TypeFor[detect.Class]():      textOf(detect.Classes()...),
	reflect.TypeFor[detect.Confidence](): textOf(detect.Low, detect.Medium, detect.High),
	reflect.TypeFor[catalog.Surface]():   textOf(catalog.Surfaces()...),
	reflect.TypeFor[Standing]():          textOf(Approved, Trial, Unapproved, Unknown),
	reflect.TypeFor[Stake]():             textOf(Hiring, Lending, Pricing, CustomerMail),
	reflect.TypeFor[Do]():                textOf(Observe, Nudge, Warn, Block),
	reflect.TypeFor[Unclear]():           textOf(UnclearAsk, UnclearNudge, UnclearAllow),
}

func textOf[T fmt.Stringer](vs ...T) []string {
	var s []string
	for _, v := range vs {
		s = append(s, v.String())
	}
	return s
}

// No policy needs more than maxEntries of anything, and nobody reads more than
// maxProblems at once. The limits keep a hostile file from taking seconds.
const (
	maxEntries  = 1000
	maxProblems = 100
)

func (r *reader) errorf(n *yaml.Node, format string, args ...any) {
	r.problems.add(Error, n.Line, format, args...)
}

// read fills v from n; what is the key's name for messages.
func (r *reader) read(n *yaml.Node, what string, v reflect.Value) {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.errorf(n, "%s: anchors and aliases are not read in a policy: write it out", what)
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		r.errorf(n, "%s is empty: give it a value or remove the line", what)
	case names[v.Type()] != nil:
		r.word(n, what, v)
	case v.Type() == reflect.TypeFor[Base64]():
		r.base64(n, what, v)
	case v.Type() == reflect.TypeFor[Words]():
		r.words(n, what, v)
	case v.Type() == reflect.TypeFor[Date]():
		r.date(n, what, v)
	case v.Type() == reflect.TypeFor[Expression]():
		r.expression(n, what, v)
	case v.Kind() == reflect.Struct:
		r.mapping(n, what, v)
	case v.Kind() == reflect.Slice:
		r.list(n, what, v)
	default:
		r.scalar(n, what, v)
	}
}

// fields returns the keys of a struct, and each key's field.
func fields(t reflect.Type) (keys []string, index map[string]int) {
	index = map[string]int{}
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("yaml"); key != "" {
			keys = append(keys, key)
			index[key] = i
		}
	}
	return keys, index
}

func (r *reader) mapping(n *yaml.Node, what string, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		r.errorf(n, "%s must have keys of its own, such as %s:", what, firstKey(v.Type()))
		return
	}
	if p, ok := v.Addr().Interface().(interface{ preset() }); ok {
		p.preset()
	}
	pos := v.Addr().Interface().(interface{ place() *position }).place()
	pos.line, pos.keys = n.Line, map[string]int{}
	keys, index := fields(v.Type())
	for i := 0; i+1 < len(n.Content) && len(r.problems) < maxProblems; i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at, ok := index[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode:
			r.errorf(key, "a key of %s must be a word", what)
		case !ok:
			r.errorf(key, "unknown key %q in %s: %s", key.Value, what, didYouMean(key.Value, keys))
		case pos.has(key.Value):
			r.errorf(key, "key %q is already on line %d: remove one of them", key.Value, pos.of(key.Value))
		default:
			pos.keys[key.Value] = key.Line
			r.read(value, key.Value, v.Field(at))
		}
	}
}

func firstKey(t reflect.Type) string { keys, _ := fields(t); return keys[0] }

func (r *reader) list(n *yaml.Node, what string, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		hint := "start each entry with a dash"
		if n.Kind == yaml.ScalarNode {
			hint = fmt.Sprintf("write [%s]", n.Value)
		}
		r.errorf(n, "%s must be a list: %s", what, hint)
		return
	}
	if len(n.Content) > maxEntries {
		r.errorf(n, "%s has %d entries: %d is the most", what, len(n.Content), maxEntries)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, c := range n.Content {
		r.read(c, "an entry of "+what, v.Index(i))
	}
}

func (r *reader) word(n *yaml.Node, what string, v reflect.Value) {
	valid := names[v.Type()]
	if n.Kind != yaml.ScalarNode {
		r.errorf(n, "%s must be one word: %s", what, strings.Join(valid, ", "))
		return
	}
	for _, w := range valid {
		if w == n.Value {
			// Every name is one that UnmarshalText takes: a test holds that.
			_ = v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(w))
			return
		}
	}
	r.errorf(n, "%s can't be %q: %s", what, n.Value, didYouMean(n.Value, valid))
}

func (r *reader) scalar(n *yaml.Node, what string, v reflect.Value) {
	tag := n.ShortTag()
	if n.Kind != yaml.ScalarNode {
		tag = ""
	}
	switch v.Kind() {
	case reflect.String:
		if tag != "!!str" {
			r.errorf(n, "%s must be text: put it in quotes", what)
			return
		}
		r.text(n, what, v)
	case reflect.Int:
		x, err := strconv.ParseInt(n.Value, 10, 32)
		if tag != "!!int" || err != nil {
			r.errorf(n, "%s must be a whole number", what)
			return
		}
		v.SetInt(x)
	case reflect.Bool:
		if tag != "!!bool" {
			r.errorf(n, "%s must be true or false", what)
			return
		}
		v.SetBool(strings.EqualFold(n.Value, "true"))
	default:
		panic("policy: no way to read a " + v.Type().String())
	}
}

func (r *reader) base64(n *yaml.Node, what string, v reflect.Value) {
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.Value), ""))
	if n.Kind != yaml.ScalarNode || err != nil {
		r.errorf(n, "%s can't be read as base64: copy all of what handrail policy dictionary prints", what)
		return
	}
	v.SetBytes(b)
}

// expression reads a pattern as it stands, white space and all.
func (r *reader) expression(n *yaml.Node, what string, v reflect.Value) {
	switch {
	case n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str":
		r.errorf(n, "%s must be text: put it in single quotes", what)
	case n.Value == "":
		r.errorf(n, "%s is empty: give it a value or remove the line", what)
	case strings.ContainsFunc(n.Value, unprintable):
		r.errorf(n, "%s has a control character in it", what)
	default:
		v.SetString(n.Value)
	}
}

// maxText is how long a text in a policy may be, in bytes. A reason of 30
// words has about 200.
const maxText = 500

// text reads words for people. They are shown in windows, notifications and
// terminals, so nothing that could reorder or restyle them gets through.
func (r *reader) text(n *yaml.Node, what string, v reflect.Value) {
	s := strings.Join(strings.Fields(n.Value), " ")
	switch {
	case s == "":
		r.errorf(n, "%s is empty: give it a value or remove the line", what)
	case len(s) > maxText:
		r.errorf(n, "%s is %d bytes long: %d is the most", what, len(s), maxText)
	case strings.ContainsFunc(s, unprintable):
		r.errorf(n, "%s has a control character in it", what)
	default:
		v.SetString(s)
	}
}
