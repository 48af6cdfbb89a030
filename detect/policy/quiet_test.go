package policy

import (
	"strings"
	"testing"

	"handrail/detect/catalog"
)

func TestQuiet(t *testing.T) {
	const head = "version: 1\nserial: 1\n"
	for in, want := range map[string]Quiet{
		head:                             {NudgesPerDay: 3, CooldownMinutes: 30},
		head + "quiet: {hold_out: 10}\n": {NudgesPerDay: 3, CooldownMinutes: 30, HoldOut: 10},
		head + "quiet: {nudges_per_day: 5, cooldown_minutes: 0}\n": {NudgesPerDay: 5},
	} {
		p, err := Parse([]byte(in))
		if err != nil {
			t.Fatalf("%q: %v", in, err)
		}
		if p.Quiet.NudgesPerDay != want.NudgesPerDay || p.Quiet.CooldownMinutes != want.CooldownMinutes || p.Quiet.HoldOut != want.HoldOut {
			t.Errorf("%q: %+v", in, p.Quiet)
		}
	}
	s := compiled(t)
	for in, want := range map[string]string{
		"quiet: {nudges_per_day: 0}":     "line 3: nudges_per_day must be from 1 to 100",
		"quiet: {cooldown_minutes: -1}":  "line 3: cooldown_minutes must be from 0 to 1440",
		"quiet: {hold_out: 51}":          "line 3: hold_out must be from 0 to 50",
		"quiet: {nudges_a_day: 3}":       "unknown key",
		"quiet: {nudges_per_day: three}": "whole number",
	} {
		if _, err := Parse([]byte(head + in + "\n")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", in, err)
		}
		if refused, _ := refuses(s, []byte(head+in+"\n")); !refused {
			t.Errorf("the schema takes %q", in)
		}
	}
	p, err := Parse([]byte(head + "quiet: {nudges_per_day: 50}\n"))
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, x := range Lint(p, catalog.Default()) {
		found = found || x.Line == 3 && strings.Contains(x.Message, "50 nudges a day")
	}
	if !found {
		t.Error("nobody says that fifty nudges a day are too many")
	}
}

func TestPulse(t *testing.T) {
	const head = "version: 1\nserial: 1\n"
	for in, want := range map[string]bool{head: true, head + "pulse: true\n": true, head + "pulse: false\n": false} {
		p, err := Parse([]byte(in))
		if err != nil || p.Pulse != want {
			t.Errorf("%q: %v, %v", in, p, err)
		}
	}
	if _, err := Parse([]byte(head + "pulse: weekly\n")); err == nil || !strings.Contains(err.Error(), "pulse must be true or false") {
		t.Errorf("%v", err)
	}
}
