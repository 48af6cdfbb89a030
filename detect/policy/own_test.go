package policy

import (
	"encoding/base64"
	"strings"
	"testing"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/own"
)

func dictionaryYAML(t *testing.T, names ...string) string {
	t.Helper()
	key := own.NewKey()
	var records []byte
	for _, n := range names {
		var err error
		if records, err = own.Digest(records, key, n); err != nil {
			t.Fatal(err)
		}
	}
	enc := base64.StdEncoding.EncodeToString
	return "  - name: Customers\n    key: " + enc(key) + "\n    names: |\n      " + enc(records) + "\n"
}

func TestOwnEntriesAreFoundAndDecided(t *testing.T) {
	p := mustParse(t, string(defaultSource)+"own:\n"+
		"  - {name: Project Larch, words: [Larch]}\n"+
		"  - {name: Customer number, pattern: 'KF-[0-9]{6}'}\n"+
		"  - {name: Kestrel Internal, label: true, words: [Kestrel intern]}\n"+
		dictionaryYAML(t, "Hansen & Søn A/S"))
	for text, want := range map[string]struct {
		name  string
		class detect.Class
	}{
		"status of LARCH please":       {"Project Larch", detect.ClassOwn},
		"ask KF-204811 about it":       {"Customer number", detect.ClassOwn},
		"-- KESTREL INTERN --":         {"Kestrel Internal", detect.ClassMarking},
		"offer to hansen & søn a/s":    {"Customers", detect.ClassOwn},
		"larches grow in KF-20481 Bay": {},
	} {
		res, err := detect.ScanWith(t.Context(), []byte(text), p.Finder())
		if err != nil {
			t.Fatal(err)
		}
		d := p.Decide(res, chatgpt)
		if d.Term != want.name || d.Class != want.class || (d.Do == Nudge) != (want.name != "") {
			t.Errorf("%q: got %+v, want %v", text, d, want)
		}
	}
	p = mustParse(t, strings.Replace(string(defaultSource), "enabled: true", "enabled: false", 1)+"own: [{name: Larch, words: [Larch]}]\n")
	if p.Finder() != nil {
		t.Error("a policy that is switched off looks for its terms")
	}
}

func TestOwnEntriesWithErrors(t *testing.T) {
	for text, want := range map[string]string{
		"- {words: [Larch]}": "line 4: the entry of own has no name",
		"- {name: Larch}":    `line 4: "Larch" needs one of words, pattern and names`,
		"- {name: Larch, words: [Larch], pattern: 'KF-1'}":            `line 4: "Larch" needs one of words, pattern and names`,
		"- {name: Larch, words: []}":                                  "line 4: words is an empty list",
		"- {name: Larch, words: [ab]}":                                `line 4: "Larch": the term "ab" is too short`,
		"- {name: N, pattern: '[0-9]{6}'}":                            `line 4: "N": the pattern has no fixed text`,
		"- {name: N, pattern: 'KF-[0-9'}":                             `line 4: "N": the pattern can't be read`,
		"- {name: N, pattern: '(KF-1)?'}":                             `line 4: "N": the pattern matches nothing at all`,
		"- {name: N, words: [Larch], literal: KF-}":                   "line 4: a literal belongs to a pattern",
		"- {name: N, names: AAAA}":                                    "line 4: key and names belong together",
		"- {name: N, key: '??', names: AAAA}":                         "line 4: key can't be read as base64",
		"- {name: N, key: AAAA, names: AAAA}":                         `line 4: "N": the dictionary's key has 3 bytes`,
		"- {name: one two three four five six seven, words: [Larch]}": "line 4: the name",
	} {
		_, err := Parse([]byte("version: 1\nserial: 1\nown:\n" + text + "\n"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
}

func TestLintWarnsOfTermsAboutPeople(t *testing.T) {
	for entry, want := range map[string]own.Concern{
		"{name: Betriebsrat, words: [Betriebsratswahl]}":  own.Union,
		"{name: N, words: [works council]}":               own.Union,
		"{name: N, words: [pregnant]}":                    own.Health,
		"{name: N, words: [Freitagsgebet, Moschee]}":      own.Belief,
		"{name: N, words: [Anna Schmidt]}":                own.Person,
		"{name: N, words: [ana.rossi@contoso.com]}":       own.Person,
		"{name: N, pattern: 'union (meeting|vote)'}":      own.Union,
		"{name: Project Larch, words: [Larch, Osprey]}":   own.NoConcern,
		"{name: Customer number, pattern: 'KF-[0-9]{6}'}": own.NoConcern,
		"{name: N, words: [St Martin Hospital Group]}":    own.NoConcern,
	} {
		p := mustParse(t, string(defaultSource)+"own:\n  - "+entry+"\n")
		var got []string
		for _, x := range Lint(p, catalog.Default()) {
			if x.Severity == Warning && strings.Contains(x.Message, "watching what people talk about") {
				got = append(got, x.Message)
			}
		}
		if want == own.NoConcern && len(got) > 0 || want != own.NoConcern && (len(got) != 1 || !strings.Contains(got[0], string(want))) {
			t.Errorf("%s: got %v, want %q", entry, got, want)
		}
	}
}

func TestSourceCodeIsALabel(t *testing.T) {
	code := found(detect.ClassCode, "source_code", detect.High, 1)
	for when, want := range map[string]Do{
		"":                                       Nothing,
		"    when: {confidence: low}\n":          Nothing,
		"    when: {classes: [card]}\n":          Nothing,
		"    when: {classes: [code]}\n":          Nudge,
		"    when: {detectors: [source_code]}\n": Nudge,
		"    when: {classes: [code, secret]}\n":  Nudge,
	} {
		if d := mustParse(t, rule(when)).Decide(code, chatgpt); d.Do != want {
			t.Errorf("%q: got %v", when, d.Do)
		}
	}
}
