package policy

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"handrail/detect"
	"handrail/detect/catalog"
)

func schemaTree(t *testing.T) map[string]any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:handrail:policy:1", schemaTree(t)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("urn:handrail:policy:1")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// refuses says whether the schema refuses a policy, and how YAML reads it
// at all.
func refuses(s *jsonschema.Schema, text []byte) (refused, readable bool) {
	var v any
	if err := yaml.Unmarshal(text, &v); err != nil {
		return false, false
	}
	return s.Validate(v) != nil, true
}

func TestSchemaAndStructsHaveTheSameKeys(t *testing.T) {
	root := schemaTree(t)
	defs := root["$defs"].(map[string]any)
	for where, c := range map[string]struct {
		object any
		typ    reflect.Type
	}{
		"policy": {root, reflect.TypeFor[Policy]()}, "tool": {defs["tool"], reflect.TypeFor[Tool]()}, "rule": {defs["rule"], reflect.TypeFor[Rule]()},
		"when": {defs["when"], reflect.TypeFor[When]()}, "instead": {defs["instead"], reflect.TypeFor[Instead]()}, "quiet": {defs["quiet"], reflect.TypeFor[Quiet]()},
		"system": {defs["system"], reflect.TypeFor[System]()},
	} {
		object := c.object.(map[string]any)
		if object["additionalProperties"] != false {
			t.Errorf("%s: the schema lets other keys through", where)
		}
		var inSchema []string
		for k := range object["properties"].(map[string]any) {
			inSchema = append(inSchema, k)
		}
		inStruct, _ := fields(c.typ)
		slices.Sort(inSchema)
		slices.Sort(inStruct)
		if !slices.Equal(inSchema, inStruct) {
			t.Errorf("%s: the schema has %v, the struct %v", where, inSchema, inStruct)
		}
	}
}

func TestSchemaAndTypesHaveTheSameWords(t *testing.T) {
	defs := schemaTree(t)["$defs"].(map[string]any)
	prop := func(def, key string) map[string]any {
		return defs[def].(map[string]any)["properties"].(map[string]any)[key].(map[string]any)
	}
	items := func(m map[string]any) map[string]any { return m["items"].(map[string]any) }
	without := func(s []string, w string) []string {
		return slices.DeleteFunc(slices.Clone(s), func(x string) bool { return x == w })
	}
	standings := names[reflect.TypeFor[Standing]()]
	for where, c := range map[string]struct {
		schema map[string]any
		want   []string
	}{
		"class":         {defs["class"].(map[string]any), names[reflect.TypeFor[detect.Class]()]},
		"do":            {prop("rule", "do"), names[reflect.TypeFor[Do]()]},
		"confidence":    {prop("when", "confidence"), names[reflect.TypeFor[detect.Confidence]()]},
		"surface":       {items(prop("when", "surfaces")), names[reflect.TypeFor[catalog.Surface]()]},
		"standing":      {prop("tool", "standing"), without(standings, "unknown")},
		"else_standing": {prop("tool", "else_standing"), without(without(standings, "unknown"), "approved")},
		"stake":         {prop("system", "stake"), names[reflect.TypeFor[Stake]()]},
		"unclear":       {prop("tool", "unclear"), names[reflect.TypeFor[Unclear]()]},
		"when.standing": {items(prop("when", "standing")), without(standings, "approved")},
	} {
		var got []string
		for _, w := range c.schema["enum"].([]any) {
			got = append(got, w.(string))
		}
		slices.Sort(got)
		want := slices.Sorted(slices.Values(c.want))
		if !slices.Equal(got, want) {
			t.Errorf("%s: the schema has %v, the type %v", where, got, want)
		}
	}
}

func TestPoliciesThatAreShippedValidate(t *testing.T) {
	s := compiled(t)
	all := map[string][]byte{"default": defaultSource, "example": Example()}
	files, _ := filepath.Glob("testdata/*.yaml")
	if len(files) == 0 {
		t.Fatal("no sample policies")
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[f] = b
	}
	for name, b := range all {
		if refused, readable := refuses(s, b); refused || !readable {
			t.Errorf("%s: the schema refuses it", name)
		}
		p, err := Parse(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, problem := range Lint(p, catalog.Default()) {
			if !strings.HasPrefix(name, "testdata/") {
				t.Errorf("%s: %v", name, problem)
			}
		}
	}
}

func TestSchemaRefusesWhatParseRefuses(t *testing.T) {
	// What a schema can't see: it is about one value at a time, and not about
	// the bytes that it was read from.
	blind := []string{"same tool twice", "anchor", "merge key", "escape in name", "turned name", "too large", "no such day"}
	s := compiled(t)
	seen := 0
	for name, c := range bad {
		refused, readable := refuses(s, []byte(c.text))
		switch {
		case !readable || name == "two documents":
		case refused == slices.Contains(blind, name):
			t.Errorf("%s: the schema refuses it: %v", name, refused)
		default:
			seen++
		}
	}
	if seen < 30 {
		t.Errorf("only %d policies were compared", seen)
	}
}
