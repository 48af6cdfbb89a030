package report

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// wireTypes are all types whose values leave a laptop.
var wireTypes = map[string]reflect.Type{
	"behaviour": reflect.TypeFor[wire](),
	"health":    reflect.TypeFor[Health](),
}

// idTypes are the only strings on the wire. Each has a check of its own.
var idTypes = []reflect.Type{
	reflect.TypeFor[policy.RuleID](), reflect.TypeFor[catalog.ToolID](), reflect.TypeFor[BatchID](),
	reflect.TypeFor[Cohort](), reflect.TypeFor[DeviceID](), reflect.TypeFor[AgentVersion](), reflect.TypeFor[padding](),
}

// walk calls fn with the path of every field below t, in order, and returns
// what may not be on the wire.
func walk(t reflect.Type, path string, fn func(path string)) (bad []string) {
	switch {
	case t.Kind() == reflect.Slice:
		return walk(t.Elem(), path, fn)
	case t == reflect.TypeFor[Nonce](), slices.Contains(idTypes, t):
	case t.Kind() == reflect.Struct && t.PkgPath() != "time":
		for i := range t.NumField() {
			f := t.Field(i)
			tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if tag == "" || tag == "-" || f.Anonymous {
				bad = append(bad, fmt.Sprintf("%s.%s has no name on the wire", t, f.Name))
				continue
			}
			name := strings.TrimPrefix(path+"."+tag, ".")
			fn(name)
			bad = append(bad, walk(f.Type, name, fn)...)
		}
	case t.Kind() == reflect.Uint8 && t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) &&
		reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()): // a closed list
	case t.Kind() == reflect.Bool, t == reflect.TypeFor[int](), t == reflect.TypeFor[uint64]():
	default:
		bad = append(bad, fmt.Sprintf("%s is a %s", path, t))
	}
	return bad
}

func TestOnlyClosedListsCountsAndIDsLeave(t *testing.T) {
	for name, typ := range wireTypes {
		for _, b := range walk(typ, "", func(string) {}) {
			t.Errorf("%s report: %s", name, b)
		}
	}
	// The check itself must find what it is for.
	type evil struct {
		At    time.Time      `json:"at"`
		Title string         `json:"title"`
		Any   any            `json:"any"`
		Map   map[string]int `json:"map"`
		Bytes []byte         `json:"bytes"`
		Score float64        `json:"score"`
		None  int
		Deep  []struct {
			Host *string `json:"host"`
		} `json:"deep"`
	}
	if bad := walk(reflect.TypeFor[evil](), "", func(string) {}); len(bad) != 8 {
		t.Errorf("of 8 forbidden fields only these were found: %q", bad)
	}
}

func TestDictionaryIsComplete(t *testing.T) {
	for _, name := range []string{"behaviour", "health"} {
		var want, got []string
		walk(wireTypes[name], "", func(path string) { want = append(want, path) })
		for _, f := range Dictionary() {
			if f.Report == name {
				got = append(got, f.Name)
			}
			if len(f.Words) < 10 || !strings.HasSuffix(f.Words, ".") {
				t.Errorf("%s %s: %q is no sentence", f.Report, f.Name, f.Words)
			}
			if slices.Contains(f.Values, "") {
				t.Errorf("%s %s has a value without a name", f.Report, f.Name)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s report:\nthe dictionary has %v\nthe wire has       %v", name, got, want)
		}
	}
	if n := len(whys()); n != int(coverage.Unguarded) {
		t.Errorf("%d reasons for coverage are listed, want %d", n, coverage.Unguarded)
	}
}

// Nothing that a person did may be on the plane that names devices, and no
// device on the other.
func TestTheTwoPlanesShareNothing(t *testing.T) {
	fields := func(name string) (types []string) {
		var collect func(reflect.Type)
		collect = func(t reflect.Type) {
			for t.Kind() == reflect.Slice {
				t = t.Elem()
			}
			types = append(types, t.String())
			if t.Kind() == reflect.Struct {
				for i := range t.NumField() {
					collect(t.Field(i).Type)
				}
			}
		}
		collect(wireTypes[name])
		return types
	}
	for _, forbidden := range []any{Cell{}, Answer(0), catalog.ToolID(""), catalog.Surface(0), policy.RuleID(""), BatchID("")} {
		if typ := fmt.Sprintf("%T", forbidden); slices.Contains(fields("health"), typ) {
			t.Errorf("the health report holds a %s", typ)
		} else if !slices.Contains(fields("behaviour"), typ) {
			t.Errorf("the behaviour report holds no %s: does this test still look?", typ)
		}
	}
	for _, forbidden := range []any{DeviceID(""), Platform(0), AgentVersion(""), coverage.Entry{}} {
		if typ := fmt.Sprintf("%T", forbidden); slices.Contains(fields("behaviour"), typ) {
			t.Errorf("the behaviour report holds a %s", typ)
		}
	}
}
