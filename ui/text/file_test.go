package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// complete are the languages that say everything. Others may lack messages.
var complete = []string{"de"}

// Each message file fits the English messages: their names, holes and plural
// forms.
func TestMessageFiles(t *testing.T) {
	paths, err := fs.Glob(files, "messages/*.json")
	if err != nil || len(paths) < len(complete) {
		t.Fatalf("%v, %v", paths, err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		tag := language.MustParse(name)
		if tag.String() != name {
			t.Errorf("%s: call it %s.json, or nobody finds it", path, tag)
		}
		b, err := files.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		messages, err := parse(tag, b)
		if err != nil {
			t.Error(err)
		}
		if m, ok := messages[Months.name]; ok && len(strings.Fields(m[plural.Other])) != 12 {
			t.Errorf("%s: %q are not twelve months", name, m[plural.Other])
		}
		for _, k := range all {
			if n := strings.Count(string(b), `"`+k.name+`":`); n > 1 {
				t.Errorf("%s: %s is there %d times", name, k, n)
			}
			if _, ok := messages[k.name]; !ok && slices.Contains(complete, name) {
				t.Errorf("%s: %s is missing: %q", name, k, k.english[plural.Other])
			}
		}
	}
}

// A message is found by the name that Go has for it.
func TestNames(t *testing.T) {
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range sources {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			call, ok := spec.Values[0].(*ast.CallExpr)
			if !ok {
				return true
			}
			if made, ok := call.Fun.(*ast.Ident); ok && (made.Name == "say" || made.Name == "counted") {
				got, err := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
				if want := spec.Names[0].Name; err != nil || got != want {
					t.Errorf("%s calls itself %s", want, got)
				}
				names = append(names, got)
			}
			return true
		})
	}
	if len(names) != len(all) {
		t.Errorf("%d messages are made, %d declared", len(all), len(names))
	}
	slices.Sort(names)
	if len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Error("a name is used twice")
	}
}

// What isn't whole is said in English, and said so to who runs the tests.
func TestParseTakesWholeMessagesOnly(t *testing.T) {
	for _, c := range []struct{ lang, file, wrong string }{
		{"fr", `{"Open": "Ouvrir {tool}"}`, ""},
		{"fr", `{"Open": "Ouvrir {outil}"}`, "fr: Open: it has the holes [{outil}], and English [{tool}]"},
		{"fr", `{"Open": "Ouvrir"}`, "fr: Open: it has the holes [], and English [{tool}]"},
		{"fr", `{"Open": " "}`, "fr: Open: it is empty"},
		{"fr", `{"Open": 3}`, "fr: Open: it is neither a sentence nor plural forms"},
		{"fr", `{"Opne": "Ouvrir {tool}"}`, "fr: Opne: there is no such message"},
		{"de", `{"Cards": {"one": "eine", "other": "{n} Karten"}}`, ""},
		{"de", `{"Cards": {"other": "{n} Karten"}}`, "de: Cards: a plural form is missing"},
		{"de", `{"Cards": {"one": "eine", "other": "Karten"}}`, "de: Cards: it has the holes [], and English [{n}]"},
		{"de", `{"Cards": {"one": "eine", "few": "{n}", "other": "{n}"}}`, `de: Cards: it has a form "few", which this language or message has not`},
		{"de", `{"Open": {"one": "{tool} öffnen", "other": "{tool} öffnen"}}`, `de: Open: it has a form "one", which this language or message has not`},
		{"pl", `{"Cards": {"one": "karta", "few": "{n} karty", "many": "{n} kart", "other": "{n} karty"}}`, ""},
		{"ja", `{"Cards": {"other": "{n} 枚"}}`, ""},
	} {
		messages, err := parse(language.MustParse(c.lang), []byte(c.file))
		if c.wrong == "" {
			if err != nil || len(messages) != 1 {
				t.Errorf("%s: %v, %v", c.file, messages, err)
			}
			continue
		}
		if err == nil || err.Error() != c.wrong || len(messages) != 0 {
			t.Errorf("%s: %v, %v, want %s", c.file, messages, err, c.wrong)
		}
	}
	if _, err := parse(language.German, []byte(`{`)); err == nil {
		t.Error("half a file is no file")
	}
}

// A language's own plural forms are used, and English where a message lacks.
func TestPlurals(t *testing.T) {
	polish := language.MustParse("pl")
	messages, err := parse(polish, []byte(`{"Cards": {"one": "karta", "few": "{n} karty", "many": "{n} kart", "other": "{n} karty"}}`))
	if err != nil {
		t.Fatal(err)
	}
	p := Printer{lang: polish, messages: messages}
	for n, want := range map[int]string{1: "karta", 2: "2 karty", 5: "5 kart", 22: "22 karty", 25: "25 kart"} {
		if got := p.Count(Cards, n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	// Polish has a form for 22 that English has not.
	if got, want := p.Count(Banks, 22), "22 bank account numbers"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The pseudo-locale says each message in brackets, longer by 40 %, with its
// holes.
func TestPseudo(t *testing.T) {
	p := For(PseudoLocale)
	for _, k := range all {
		if k == Months {
			continue // is taken apart
		}
		got, want := p.Say(k), k.english[plural.Other]
		if !slices.Equal(holes(got), holes(want)) {
			t.Errorf("%q has other holes than %q", got, want)
		}
		words := func(s string) int { return utf8.RuneCountInString(hole.ReplaceAllString(s, "")) }
		if words(got) < words(want)*7/5+2 || !strings.HasPrefix(got, "[") || !strings.HasSuffix(got, "]") {
			t.Errorf("%q stretches to %q", want, got)
		}
	}
}
