package report

import (
	"encoding"
	"reflect"
	"slices"
	"strings"
	"time"

	"handrail/agent/coverage"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// Form names one of the messages that leave a laptop, as the Dictionary does.
type Form string

// The messages. Enrolment holds a secret, a key, a version and a platform, and
// is in the device's ledger; it is no report.
const (
	BehaviourReport Form = "behaviour" // about nobody
	HealthReport    Form = "health"    // about a device
	ToolRequest     Form = "request"   // about nobody, when the person sends one
	RequestAnswer   Form = "question"  // for the answer to one
)

// wireTypes are all types whose values leave a laptop.
var wireTypes = map[Form]reflect.Type{
	BehaviourReport: reflect.TypeFor[wire](),
	HealthReport:    reflect.TypeFor[Health](),
	ToolRequest:     reflect.TypeFor[requestWire](),
	RequestAnswer:   reflect.TypeFor[AnswerQuestion](),
}

// holding is what a field of the schema can hold.
type holding uint8

// What fields can hold. From freeText on it is what no report may have; that is
// here to be found.
const (
	aList   holding = iota + 1 // one value of a list that this package knows
	aYes                       // true or nothing
	aSerial                    // a number that is the same for everybody: a version, a policy's serial
	aName                      // an id that a policy or the catalogue gave, or a version
	aPeriod                    // a batch, the same for everybody
	aDevice                    // the number of a device
	aHost                      // a public host
	random                     // random bits and digests of them
	zeros                      // padding
	freeText
	someBytes // such as a picture
	aMoment
	aNumber
	anything
)

// ids are the only strings on the wire. Each has a check of its own.
var ids = map[reflect.Type]holding{
	reflect.TypeFor[policy.RuleID](): aName, reflect.TypeFor[catalog.ToolID](): aName, reflect.TypeFor[Cohort](): aName, reflect.TypeFor[AgentVersion](): aName,
	reflect.TypeFor[BatchID](): aPeriod, reflect.TypeFor[DeviceID](): aDevice, reflect.TypeFor[PublicHost](): aHost, reflect.TypeFor[padding](): zeros,
	reflect.TypeFor[Nonce](): random, reflect.TypeFor[Claim](): random, reflect.TypeFor[ClaimDigest](): random,
}

// serials are the numbers that are the same for everybody, by their place.
var serials = []string{"v", "policy"}

// schemaField is one place of the schema.
type schemaField struct {
	path  string
	typ   reflect.Type
	holds holding // 0 for one that has fields of its own
}

// schema returns every place of a type that leaves a laptop, in the order on
// the wire. What has no name there is called "?".
func schema(t reflect.Type) []schemaField {
	var all []schemaField
	var walk func(t reflect.Type, path string)
	walk = func(t reflect.Type, path string) {
		for t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8 || isList(t) {
			t = t.Elem()
		}
		h := holds(t, path)
		if path != "" {
			all = append(all, schemaField{path, t, h})
		}
		if h != 0 {
			return
		}
		for i := range t.NumField() {
			f := t.Field(i)
			tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if tag == "" || tag == "-" || f.Anonymous {
				tag = "?"
			}
			walk(f.Type, strings.TrimPrefix(path+"."+tag, "."))
		}
	}
	walk(t, "")
	return all
}

// isList tells a list of closed values, which are bytes inside, from bytes.
func isList(t reflect.Type) bool { return t.Kind() == reflect.Slice && isClosed(t.Elem()) }

func isClosed(t reflect.Type) bool {
	return t.Kind() == reflect.Uint8 && t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) &&
		reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

func holds(t reflect.Type, path string) holding {
	if h, ok := ids[t]; ok {
		return h
	}
	switch {
	case isClosed(t):
		return aList
	case t.Kind() == reflect.Bool:
		return aYes
	case t == reflect.TypeFor[int](), t == reflect.TypeFor[uint64]():
		if slices.Contains(serials, path) {
			return aSerial
		}
		return aNumber
	case t.Kind() == reflect.String:
		return freeText
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Array:
		return someBytes
	case t == reflect.TypeFor[time.Time]():
		return aMoment
	case t.Kind() == reflect.Struct:
		return 0
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64:
		return aNumber
	}
	return anything
}

// deed are types that say what somebody did.
var deed = []reflect.Type{
	reflect.TypeFor[Cell](), reflect.TypeFor[Answer](), reflect.TypeFor[catalog.ToolID](), reflect.TypeFor[catalog.Surface](), reflect.TypeFor[policy.RuleID](),
	reflect.TypeFor[detect.Class](), reflect.TypeFor[BatchID](), reflect.TypeFor[Task](), reflect.TypeFor[Lack](), reflect.TypeFor[Said](), reflect.TypeFor[Stake](),
}

// thing are types that say which computer it is, or how it is.
var thing = []reflect.Type{reflect.TypeFor[DeviceID](), reflect.TypeFor[Platform](), reflect.TypeFor[AgentVersion](), reflect.TypeFor[coverage.Entry]()}
