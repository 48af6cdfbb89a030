package report

import (
	"reflect"
	"slices"
)

// Never is the closed list of what is never collected.
type Never uint8

// What is never collected.
const (
	NeverContent   Never = iota + 1 // what is copied, pasted or typed
	NeverRecording                  // keys, pictures, sound, traffic
	NeverPlaces                     // addresses, titles, file names
	NeverPeople                     // who somebody is
	NeverTogether                   // a device together with what was done on it
	NeverTimes                      // when
	NeverAmounts                    // how often, exactly
)

// never says what fields would have to hold for a line to be untrue, and in
// which messages. A field that can hold any of it takes the line off the list.
var never = []struct {
	line  Never
	words string
	holds []holding
	in    []Form // nil: in all
}{
	{NeverContent, "What you copied, typed or pasted, or any part, length or fingerprint of it.", []holding{freeText, someBytes, anything, aNumber}, nil},
	{NeverRecording, "Keystrokes, pictures of the screen, sound, your network traffic.", []holding{someBytes, anything}, nil},
	{NeverPlaces, "Addresses of pages, titles of windows, names of files. Only if you ask for a tool yourself, and no list of ours names it, does its public name go out, such as newtool.ai.",
		[]holding{freeText, aHost, anything}, []Form{BehaviourReport, HealthReport, RequestAnswer}},
	{NeverPeople, "Your name, your account, your address or your job.", []holding{freeText, anything}, nil},
	{NeverTogether, "What you did, and on which computer you did it.", []holding{aDevice}, []Form{BehaviourReport, ToolRequest, RequestAnswer}},
	{NeverTimes, "The time of anything: no report holds a clock time or a day, only the period that it is about.", []holding{aMoment, aNumber, freeText, anything}, nil},
	{NeverAmounts, "How often you did something, exactly: only once, a few times or more.", []holding{aNumber, anything}, nil},
}

// NeverCollected returns what no field of anything that leaves a laptop can
// hold. It is worked out from the types of the reports themselves: a field that
// could hold one of these takes its line off the list, on every page that shows
// it.
func NeverCollected() []Never { return neverIn(wireTypes) }

func neverIn(types map[Form]reflect.Type) []Never {
	var lines []Never
	for _, n := range never {
		untrue := false
		for name, t := range types {
			if n.in != nil && !slices.Contains(n.in, name) {
				continue
			}
			fields := schema(t)
			untrue = untrue || slices.ContainsFunc(fields, func(f schemaField) bool { return slices.Contains(n.holds, f.holds) }) ||
				n.line == NeverTogether && has(fields, deed) && has(fields, thing)
		}
		if n.line == NeverTogether {
			// Nor may the report that names the device say what was done.
			untrue = untrue || has(schema(types[HealthReport]), deed)
		}
		if !untrue {
			lines = append(lines, n.line)
		}
	}
	return lines
}

func has(fields []schemaField, types []reflect.Type) bool {
	return slices.ContainsFunc(fields, func(f schemaField) bool { return slices.Contains(types, f.typ) })
}

// Words says it in a sentence, in English.
func (n Never) Words() string {
	for _, x := range never {
		if x.line == n {
			return x.words
		}
	}
	return ""
}
