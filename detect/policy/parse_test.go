package policy

import (
	"bytes"
	"encoding"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"handrail/detect"
	"handrail/detect/catalog"
)

func mustParse(t *testing.T, text string) *Policy {
	t.Helper()
	p, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("parsing %s:\n%v", text, err)
	}
	return p
}

func kestrel(t *testing.T) *Policy {
	t.Helper()
	b, err := os.ReadFile("testdata/kestrel.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return mustParse(t, string(b))
}

func TestParseReadsEveryField(t *testing.T) {
	p := kestrel(t)
	if p.Version != 1 || p.Serial != 41 || p.Organisation != "Kestrel Freight" || !p.Enabled || len(p.Tools) != 4 || len(p.Rules) != 5 {
		t.Errorf("got %+v", p)
	}
	copilot := p.Tools[0]
	if copilot.ID != "m365-copilot" || copilot.Standing != Approved || copilot.Name != "Microsoft 365 Copilot" ||
		copilot.Open != "https://m365.cloud.microsoft/chat" || !slices.Equal(copilot.Receives, []detect.Class{detect.ClassContacts}) {
		t.Errorf("got tool %+v", copilot)
	}
	if p.Tools[1].Receives != nil {
		t.Errorf("a tool without receives has %v", p.Tools[1].Receives)
	}
	w := p.Rules[1].When
	if !slices.Equal(w.Detectors, []detect.DetectorID{detect.EmailBulk}) || w.MinFindings != 10 || w.Confidence != detect.Medium ||
		!slices.Equal(w.Standing, []Standing{Unapproved, Unknown}) || w.Classes != nil || w.Tools != nil || w.Surfaces != nil {
		t.Errorf("got when %+v", w)
	}
	if r := p.Rules[1]; r.ID != "customers" || r.Do != Nudge || r.Because.Text != "Our customers have not agreed to that." ||
		r.Instead.Tool != "m365-copilot" || r.Instead.Advice.Text != "Remove the names first." {
		t.Errorf("got rule %+v", r)
	}
	w = p.Rules[4].When
	if !slices.Equal(w.Surfaces, []catalog.Surface{catalog.SurfaceTerminal}) || !slices.Equal(w.Tools, []catalog.ToolID{"claude", catalog.Other}) || w.MinFindings != 1 {
		t.Errorf("got when %+v", w)
	}
	if p.Rules[2].When.Confidence != detect.High {
		t.Errorf("got confidence %s", p.Rules[2].When.Confidence)
	}
}

// The bytes are what gets signed, so they are kept as they came, and a caller
// that reuses its buffer changes nothing.
func TestSourceIsTheExactBytes(t *testing.T) {
	text := []byte("# a comment \r\nversion: 1\nserial: 3   \n\n")
	want := bytes.Clone(text)
	p := mustParse(t, string(text))
	p2, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	clear(text)
	if !bytes.Equal(p.Source(), want) || !bytes.Equal(p2.Source(), want) {
		t.Errorf("got %q and %q, want %q", p.Source(), p2.Source(), want)
	}
}

func TestOneLineSwitchesEverythingOff(t *testing.T) {
	b, err := os.ReadFile("testdata/kestrel.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := mustParse(t, string(b)+"\nenabled: false\n")
	key := found(detect.ClassSecret, detect.PrivateKey, detect.High, 1)
	if p.Enabled || p.MustRead(chatgpt) || p.Decide(key, chatgpt).Do != Nothing {
		t.Errorf("switched off, and still: enabled %v, must read %v, decides %+v", p.Enabled, p.MustRead(chatgpt), p.Decide(key, chatgpt))
	}
	if !mustParse(t, "version: 1\nserial: 1\n").Enabled {
		t.Error("a policy without the line must be switched on")
	}
}

const head = "version: 1\nserial: 1\n"

func rule(lines string) string { return head + "rules:\n  - id: a\n    do: nudge\n" + lines }

// bad are policies that Parse refuses, and what it says about them.
var bad = map[string]struct {
	text string
	want []string // each a whole line of the error
}{
	"empty":            {"", []string{"the policy is empty: start it with version: 1"}},
	"only a comment":   {"# nothing\n", []string{"the policy is empty: start it with version: 1"}},
	"a list":           {"- a\n", []string{"line 1: the policy must have keys of its own, such as version:"}},
	"broken yaml":      {"version: 1\nserial: 1\norganisation: a: b\nrules: []\n", []string{"line 3: this is not YAML: mapping values are not allowed in this context"}},
	"two documents":    {head + "---\nversion: 1\n", []string{"line 4: a second document starts here: a policy is one"}},
	"not UTF-8":        {"version: 1\nserial: 1\norganisation: K\xe4se\n", []string{"line 3: this is not UTF-8 text: save the file as UTF-8"}},
	"too large":        {head + strings.Repeat("#", MaxBytes), []string{"the policy is larger than 1048576 bytes"}},
	"nothing required": {"enabled: true\n", []string{"line 1: the policy has no version: add a line for it", "line 1: the policy has no serial: add a line for it"}},
	"next version":     {"version: 2\nserial: 1\n", []string{"line 1: version is 2, and this Handrail reads version 1"}},
	"negative serial":  {"version: 1\nserial: -1\n", []string{"line 2: serial can't be less than 0"}},
	"huge serial":      {"version: 1\nserial: 99999999999\n", []string{"line 2: serial must be a whole number"}},
	"unknown key":      {head + "ruels: []\n", []string{`line 3: unknown key "ruels" in the policy: did you mean "rules"?`}},
	"far off key":      {head + "colour: red\n", []string{`line 3: unknown key "colour" in the policy: use one of version, serial, organisation, enabled, tools, own, rules, connectors, quiet, safe_paste, contact, pulse, systems`}},
	"duplicate key":    {head + "serial: 2\n", []string{`line 3: key "serial" is already on line 2: remove one of them`}},
	"merge key":        {head + "<<: {enabled: false}\n", []string{`line 3: unknown key "<<" in the policy: use one of version, serial, organisation, enabled, tools, own, rules, connectors, quiet, safe_paste, contact, pulse, systems`}},
	"anchor":           {head + "organisation: &o Kestrel\n", []string{"line 3: organisation: anchors and aliases are not read in a policy: write it out"}},
	"key in a key":     {head + "? [a]\n: 1\n", []string{"line 3: a key of the policy must be a word"}},
	"number as text":   {"version: \"1\"\nserial: 1\n", []string{"line 1: version must be a whole number"}},
	"fraction":         {"version: 1\nserial: 1.5\n", []string{"line 2: serial must be a whole number"}},
	"text as switch":   {head + "enabled: \"false\"\n", []string{"line 3: enabled must be true or false"}},
	"yes as switch":    {head + "enabled: yes\n", []string{"line 3: enabled must be true or false"}},
	"nothing as value": {head + "enabled:\n", []string{"line 3: enabled is empty: give it a value or remove the line"}},
	"number as name":   {head + "organisation: 42\n", []string{"line 3: organisation must be text: put it in quotes"}},
	"blank name":       {head + "organisation: \" \"\n", []string{"line 3: organisation is empty: give it a value or remove the line"}},
	"long name":        {head + "organisation: " + strings.Repeat("K", 501) + "\n", []string{"line 3: organisation is 501 bytes long: 500 is the most"}},
	"escape in name":   {head + "organisation: \"a\\eb\"\n", []string{"line 3: organisation has a control character in it"}},
	"turned name":      {head + "organisation: \"a\u202eb\"\n", []string{"line 3: organisation has a control character in it"}},
	"tool as word":     {head + "tools: [chatgpt]\n", []string{"line 3: an entry of tools must have keys of its own, such as id:"}},
	"tool without id":  {head + "tools:\n  - standing: trial\n", []string{"line 4: the tool has no id: add a line for it"}},
	"standing":         {head + "tools:\n  - id: a\n    standing: aproved\n", []string{`line 5: standing can't be "aproved": did you mean "approved"?`}},
	"too many tools":   {head + "tools:\n" + strings.Repeat("  - {id: a}\n", maxEntries+1), []string{"line 4: tools has 1001 entries: 1000 is the most"}},
	"unknown named":    {head + "tools:\n  - {id: a, standing: unknown}\n", []string{"line 4: a tool that is named is not unknown: use approved, trial or unapproved"}},
	"other named":      {head + "tools:\n  - {id: other, standing: unapproved}\n", []string{`line 4: "other" stands for every AI tool that has no name: use a rule with standing: [unknown]`}},
	"bad id":           {head + "tools:\n  - {id: Chat GPT, standing: trial}\n", []string{`line 4: id "Chat GPT" can't be used: take 1 to 64 of a-z, 0-9, - and _`}},
	"same tool twice":  {head + "tools:\n  - {id: a, standing: trial}\n  - {id: a, standing: trial}\n", []string{`line 5: the tool "a" is already on line 4: give each an id of its own`}},
	"receives nothing": {head + "tools:\n  - {id: a, standing: unapproved, receives: [card]}\n", []string{"line 4: an unapproved tool receives nothing: remove this line, or call the tool approved or trial"}},
	"record, unapproved": {head + "tools:\n  - {id: a, standing: unapproved, record: {logged: It is.}}\n", []string{
		"line 4: a record is about a tool that people may use: remove it, or call the tool approved or trial"}},
	"no such day":     {head + "tools:\n  - {id: a, standing: trial, record: {until: 2027-02-30}}\n", []string{"line 4: until must be a day such as 2027-03-31"}},
	"a day in words":  {head + "tools:\n  - {id: a, standing: trial, record: {until: [May]}}\n", []string{"line 4: until must be a day such as 2027-03-31"}},
	"opens a program": {head + "tools:\n  - {id: a, standing: trial, open: 'file:///bin/sh'}\n", []string{"line 4: open must be an address that starts with https://"}},
	"opens with user": {head + "tools:\n  - {id: a, standing: trial, open: 'https://bank.example@evil.example/'}\n", []string{"line 4: open must be an address that starts with https://"}},
	"tenants, unapproved": {head + "tools:\n  - {id: a, standing: unapproved, tenants: [kestrel.example]}\n", []string{
		"line 4: an unapproved tool is unapproved with every account: remove this line, or call the tool approved or trial"}},
	"no tenants":        {head + "tools:\n  - {id: a, standing: approved, tenants: []}\n", []string{"line 4: tenants is an empty list: remove the line if the account doesn't matter"}},
	"tenant as address": {head + "tools:\n  - {id: a, standing: approved, tenants: [jo@kestrel.example]}\n", []string{`line 4: the tenant "jo@kestrel.example" holds a person's address: write the part after the @ only`}},
	"tenant other":      {head + "tools:\n  - {id: a, standing: approved, tenants: [Other]}\n", []string{`line 4: "Other" stands for every tenant that has no name here: name yours`}},
	"long tenant":       {head + "tools:\n  - {id: a, standing: approved, tenants: [" + strings.Repeat("k", 101) + "]}\n", []string{"line 4: a tenant is 101 bytes long: 100 is the most"}},
	"else approved":     {head + "tools:\n  - {id: a, standing: approved, tenants: [k], else_standing: approved}\n", []string{"line 4: else_standing is about accounts that are not yours: use trial or unapproved"}},
	"else without":      {head + "tools:\n  - {id: a, standing: approved, else_standing: trial}\n", []string{"line 4: else_standing is about accounts: say under tenants which are your organisation's"}},
	"unclear without":   {head + "tools:\n  - {id: a, standing: approved, unclear: allow}\n", []string{"line 4: unclear is about accounts: say under tenants which are your organisation's"}},
	"unclear":           {head + "tools:\n  - {id: a, standing: approved, tenants: [k], unclear: aks}\n", []string{`line 4: unclear can't be "aks": did you mean "ask"?`}},
	"rule without do":   {head + "rules:\n  - id: a\n", []string{"line 4: the rule has no do: add a line for it"}},
	"do":                {head + "rules:\n  - id: a\n    do: nugde\n", []string{`line 5: do can't be "nugde": did you mean "nudge"?`}},
	"do nothing":        {head + "rules:\n  - id: a\n    do: nothing\n", []string{`line 5: do can't be "nothing": use one of observe, nudge, warn, block`}},
	"when as word":      {rule("    when: secret\n"), []string{"line 6: when must have keys of its own, such as classes:"}},
	"key in when":       {rule("    when:\n      clases: [card]\n"), []string{`line 7: unknown key "clases" in when: did you mean "classes"?`}},
	"class":             {rule("    when: {classes: [card, secrets]}\n"), []string{`line 6: an entry of classes can't be "secrets": did you mean "secret"?`}},
	"class none":        {rule("    when: {classes: [none]}\n"), []string{`line 6: an entry of classes can't be "none": did you mean "code"?`}},
	"class in class":    {rule("    when: {classes: [[card]]}\n"), []string{"line 6: an entry of classes must be one word: card, bank, gov_id, secret, contacts, marking, hr, health, contract, finance, code, own"}},
	"one for a list":    {rule("    when: {classes: card}\n"), []string{"line 6: classes must be a list: write [card]"}},
	"empty list":        {rule("    when: {tools: []}\n"), []string{"line 6: tools is an empty list: remove the line if it doesn't matter"}},
	"no findings":       {rule("    when: {min_findings: 0}\n"), []string{"line 6: min_findings can't be less than 1"}},
	"confidence":        {rule("    when: {confidence: 75}\n"), []string{`line 6: confidence can't be "75": use one of low, medium, high`}},
	"about approved":    {rule("    when: {standing: [approved]}\n"), []string{"line 6: a rule can't be about what an approved tool may receive: take the class out of the tool's receives instead"}},
	"instead as word":   {rule("    instead: copilot\n"), []string{"line 6: instead must have keys of its own, such as tool:"}},
	"everything": {"version: 1\nserail: 1\nrules:\n  - id: a\n    do: nugde\n    becuase: x\n  - id: a\n    when: {min_findings: lots}\n    do: warn\n", []string{
		"line 1: the policy has no serial: add a line for it",
		`line 2: unknown key "serail" in the policy: did you mean "serial"?`,
		`line 5: do can't be "nugde": did you mean "nudge"?`,
		`line 6: unknown key "becuase" in an entry of rules: did you mean "because"?`,
		`line 7: the rule "a" is already on line 4: give each an id of its own`,
		"line 8: min_findings must be a whole number",
	}},
}

func TestParseNamesTheLineAndTheWayOut(t *testing.T) {
	for name, c := range bad {
		p, err := Parse([]byte(c.text))
		if err == nil || p != nil {
			t.Errorf("%s: parsed", name)
			continue
		}
		if ps := (Problems{}); !errors.As(err, &ps) {
			t.Errorf("%s: the error is a %T", name, err)
		}
		if got := strings.Split(err.Error(), "\n"); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

// A file that is wrong everywhere is refused without telling it all.
func TestProblemsHaveAnEnd(t *testing.T) {
	for name, text := range map[string]string{
		"keys":  head + strings.Repeat("a: 1\n", 100_000),
		"tools": head + "tools:\n" + strings.Repeat("  - {id: A}\n", maxEntries),
	} {
		_, err := Parse([]byte(text))
		if ps := (Problems{}); !errors.As(err, &ps) || len(ps) != maxProblems {
			t.Errorf("%s: got %d problems, want %d", name, len(ps), maxProblems)
		}
	}
}

func TestParseTakes(t *testing.T) {
	for name, text := range map[string]string{
		"windows lines":     strings.ReplaceAll(rule("    because: Because.\n"), "\n", "\r\n"),
		"byte order mark":   "\ufeff" + head,
		"JSON":              `{"version": 1, "serial": 1, "rules": [{"id": "a", "do": "warn", "because": "b", "instead": {"tool": "x"}}]}`,
		"switched off":      head + "enabled: false\n",
		"receives nothing":  head + "tools:\n  - {id: a, standing: approved, receives: []}\n",
		"a folded reason":   rule("    because: >\n      One\n      two.\n"),
		"other in a rule":   rule("    when: {tools: [other]}\n"),
		"a future detector": rule("    when: {detectors: [dna]}\n"),
	} {
		if _, err := Parse([]byte(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p := mustParse(t, rule("    because: >\n      One\n      two.\n")); p.Rules[0].Because.Text != "One two." {
		t.Errorf("a folded reason is %q", p.Rules[0].Because.Text)
	}
}

// word relies on it.
func TestEveryNameIsTaken(t *testing.T) {
	for typ, words := range names {
		for _, w := range words {
			v := reflect.New(typ)
			if err := v.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(w)); err != nil {
				t.Errorf("%s: %v", typ, err)
			}
			if got := v.Elem().Interface().(interface{ String() string }).String(); got != w {
				t.Errorf("%s: %q reads as %q", typ, w, got)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range bad {
		if len(c.text) < 10_000 {
			f.Add([]byte(c.text))
		}
	}
	f.Add(defaultSource)
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse(data)
		if (p == nil) != (err != nil) {
			t.Fatalf("got policy %v and error %v", p, err)
		}
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error without words")
			}
			return
		}
		if !bytes.Equal(p.Source(), data) {
			t.Fatal("the source is not what was parsed")
		}
		for _, c := range detect.Classes() {
			res := found(c, "x", detect.High, 1)
			if dec := p.Decide(res, chatgpt); dec.Do >= Nudge && dec.Instead.Name == "" && dec.Instead.Advice == "" {
				t.Fatalf("no way forward: %+v", dec)
			}
		}
	})
}

func TestDefault(t *testing.T) {
	p := Default()
	if !p.Enabled || !bytes.Equal(p.Source(), defaultSource) {
		t.Error("the default policy is switched off, or not the embedded one")
	}
	for _, tool := range p.Tools {
		if tool.Standing == Approved {
			t.Errorf("the default policy can't know that %s is approved", tool.ID)
		}
	}
	for _, c := range detect.Classes() {
		if c == detect.ClassCode {
			// A label: only a rule that names it speaks of it.
			if dec := p.Decide(found(c, "source_code", detect.High, 1), chatgpt); dec.Do != Nothing {
				t.Errorf("the default policy speaks of source code: %+v", dec)
			}
			continue
		}
		for _, d := range []catalog.Destination{chatgpt, {Tool: catalog.Other, Surface: catalog.SurfaceBrowser, Role: catalog.RoleChat}} {
			dec := p.Decide(found(c, "x", detect.Medium, 1), d)
			if dec.Do != Nudge || dec.Because == "" || dec.Instead.Advice == "" || dec.Class != c || dec.Standing != Unknown {
				t.Errorf("%s to %s: got %+v", c, d.Tool, dec)
			}
			if dec := p.Decide(found(c, "x", detect.Low, 1), d); dec.Do != Nothing {
				t.Errorf("%s with low confidence to %s: got %+v", c, d.Tool, dec)
			}
		}
	}
	// An organisation that adds nothing but its tools gets a rule a class.
	q := mustParse(t, string(defaultSource)+"\ntools: [{id: chatgpt, standing: unapproved}]\n")
	for _, c := range detect.Classes() {
		if dec := q.Decide(found(c, "x", detect.Medium, 1), chatgpt); c != detect.ClassCode && (dec.Do != Nudge || string(dec.Rule) != c.String() || dec.Standing != Unapproved) {
			t.Errorf("%s to an unapproved tool: got %+v", c, dec)
		}
	}
}
