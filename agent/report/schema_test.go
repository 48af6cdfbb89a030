package report

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// evil has a field of each kind that may not leave.
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

// forbidden returns the paths of what no report may hold.
func forbidden(t reflect.Type) (bad []string) {
	for _, f := range schema(t) {
		if f.holds >= freeText || strings.HasSuffix(f.path, "?") {
			bad = append(bad, f.path)
		}
	}
	return bad
}

func TestOnlyClosedListsCountsAndIDsLeave(t *testing.T) {
	for name, typ := range wireTypes {
		if bad := forbidden(typ); len(bad) > 0 {
			t.Errorf("the %s report may not hold %q", name, bad)
		}
	}
	// The check itself must find what it is for.
	if bad := forbidden(reflect.TypeFor[evil]()); len(bad) != 8 {
		t.Errorf("of 8 forbidden fields only these were found: %q", bad)
	}
}

func TestDictionaryIsComplete(t *testing.T) {
	for name, typ := range wireTypes {
		var want, got []string
		for _, f := range schema(typ) {
			want = append(want, f.path)
		}
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

// What is never collected is worked out from the schema: a field that could hold
// it takes its line off the list, and today none does.
func TestNeverCollectedFollowsTheSchema(t *testing.T) {
	if got := NeverCollected(); len(got) != len(never) {
		t.Errorf("of %d lines these are true: %v", len(never), got)
	}
	for _, c := range []struct {
		what string
		in   Form
		typ  reflect.Type
		gone []Never
	}{
		{"a text", BehaviourReport, reflect.TypeFor[struct {
			T string `json:"t"`
		}](), []Never{NeverContent, NeverPlaces, NeverPeople, NeverTimes}},
		{"a picture", HealthReport, reflect.TypeFor[struct {
			B []byte `json:"b"`
		}](), []Never{NeverContent, NeverRecording}},
		{"a time", ToolRequest, reflect.TypeFor[struct {
			T time.Time `json:"t"`
		}](), []Never{NeverTimes}},
		{"a number", BehaviourReport, reflect.TypeFor[struct {
			N int `json:"n"`
		}](), []Never{NeverContent, NeverTimes, NeverAmounts}},
		{"a host", BehaviourReport, reflect.TypeFor[struct {
			H PublicHost `json:"h"`
		}](), []Never{NeverPlaces}},
		{"a device", ToolRequest, reflect.TypeFor[struct {
			D []DeviceID `json:"d"`
		}](), []Never{NeverTogether}},
		{"a deed beside the device", HealthReport, reflect.TypeFor[struct {
			C []Cell `json:"c"`
		}](), []Never{NeverTogether}},
		{"a map", RequestAnswer, reflect.TypeFor[struct {
			M map[string]bool `json:"m"`
		}](), []Never{NeverContent, NeverRecording, NeverPlaces, NeverPeople, NeverTimes, NeverAmounts}},
	} {
		types := maps.Clone(wireTypes)
		types[c.in] = c.typ
		var gone []Never
		left := neverIn(types)
		for _, n := range never {
			if !slices.Contains(left, n.line) {
				gone = append(gone, n.line)
			}
		}
		if !slices.Equal(gone, c.gone) {
			t.Errorf("with %s in the %s report, %v are gone, want %v", c.what, c.in, gone, c.gone)
		}
	}
	for _, n := range never {
		if !strings.HasSuffix(n.line.Words(), ".") {
			t.Errorf("line %d has no words", n.line)
		}
	}
}

// Nothing that a person did may be on the plane that names devices, and no
// device on the other.
func TestTheTwoPlanesShareNothing(t *testing.T) {
	fields := func(name Form) (types []string) {
		for _, f := range schema(wireTypes[name]) {
			types = append(types, f.typ.String())
		}
		return types
	}
	for _, forbidden := range []any{Cell{}, Answer(0), catalog.ToolID(""), catalog.Surface(0), policy.RuleID(""), BatchID("")} {
		if typ := fmt.Sprintf("%T", forbidden); slices.Contains(fields(HealthReport), typ) {
			t.Errorf("the health report holds a %s", typ)
		} else if !slices.Contains(fields(BehaviourReport), typ) {
			t.Errorf("the behaviour report holds no %s: does this test still look?", typ)
		}
	}
	for _, forbidden := range []any{DeviceID(""), Platform(0), AgentVersion(""), coverage.Entry{}} {
		if typ := fmt.Sprintf("%T", forbidden); slices.Contains(fields(BehaviourReport), typ) {
			t.Errorf("the behaviour report holds a %s", typ)
		} else if slices.Contains(fields(ToolRequest), typ) {
			t.Errorf("a request holds a %s", typ)
		}
	}
}
