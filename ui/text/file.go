package text

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// The message files are JSON as go-i18n has it, which translators' tools know
// (Weblate, Crowdin and Transifex call it "go-i18n JSON v2"): a name and a
// sentence, or a name and an object with a sentence for each plural form.
//
//go:embed messages/*.json
var files embed.FS

// PseudoLocale is a language for trying layouts: English with accents, in
// brackets, and longer by half, as other languages are.
const PseudoLocale = "en-XA"

// For returns the printer for the first locale that there are words in, such as
// "en", "de-AT" or "de_DE.UTF-8": the file of its language and region, else that
// of its language. Without one it is English.
func For(locales ...string) Printer {
	for _, l := range locales {
		if p, ok := in(l); ok {
			return p
		}
	}
	return Printer{}
}

func in(locale string) (p Printer, ok bool) {
	locale, _, _ = strings.Cut(locale, ".") // the encoding
	locale, _, _ = strings.Cut(locale, "@") // and a variant such as euro
	tag, err := language.Parse(locale)
	if err != nil {
		return p, false // C, POSIX, or no language at all
	}
	if tag.String() == PseudoLocale {
		return Printer{lang: tag, stretch: stretch}, true
	}
	if base, _ := tag.Base(); base.String() == "en" {
		return p, true
	}
	for t := tag; t != language.Und; t = t.Parent() {
		b, err := files.ReadFile("messages/" + t.String() + ".json")
		if err != nil {
			continue
		}
		messages, _ := parse(t, b) // a message with a mistake is said in English
		return Printer{lang: t, messages: messages}, true
	}
	return p, false
}

// formNames are the plural forms of the message files.
var formNames = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// parse returns the messages of a file that are whole, and says for each other
// one what is wrong with it.
func parse(lang language.Tag, b []byte) (map[string]forms, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(b, &raw); err != nil {
		return nil, fmt.Errorf("reading the messages of %s: %w", lang, err)
	}
	messages := map[string]forms{}
	var wrong []error
	for _, k := range all {
		r, there := raw[k.name]
		if !there {
			continue
		}
		delete(raw, k.name)
		f, err := k.translated(lang, r)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %s: %w", lang, k.name, err))
			continue
		}
		messages[k.name] = f
	}
	for name := range raw {
		wrong = append(wrong, fmt.Errorf("%s: %s: there is no such message", lang, name))
	}
	return messages, errors.Join(wrong...)
}

// translated reads one message and compares it with the English one.
func (k Key) translated(lang language.Tag, raw json.RawMessage) (f forms, err error) {
	var plain string
	named := map[string]string{}
	if json.Unmarshal(raw, &plain) == nil {
		named["other"] = plain
	} else if err := json.Unmarshal(raw, &named); err != nil {
		return f, errors.New("it is neither a sentence nor plural forms")
	}
	need := []plural.Form{plural.Other}
	if k.english[plural.One] != "" {
		need = formsOf(lang)
	}
	for name, s := range named {
		form, known := formNames[name]
		if !known || !slices.Contains(need, form) {
			return f, fmt.Errorf("it has a form %q, which this language or message has not", name)
		}
		if strings.TrimSpace(s) == "" {
			return f, errors.New("it is empty")
		}
		got, want := holes(s), holes(k.english[plural.Other])
		if form != plural.Other { // which says its number or not: "a key", "2 keys"
			got, want = slices.DeleteFunc(got, isNumber), slices.DeleteFunc(want, isNumber)
		}
		if !slices.Equal(got, want) {
			return f, fmt.Errorf("it has the holes %v, and English %v", got, want)
		}
		f[form] = s
	}
	for _, form := range need {
		if f[form] == "" {
			return f, errors.New("a plural form is missing")
		}
	}
	return f, nil
}

// formsOf lists the plural forms that a language has for whole numbers.
func formsOf(lang language.Tag) (list []plural.Form) {
	// The rules look at the last digits; millions are many in some languages.
	for n := range 1001 {
		for _, n := range []int{n, n * 1_000_000} {
			if f := plural.Cardinal.MatchPlural(lang, n, 0, 0, 0, 0); !slices.Contains(list, f) {
				list = append(list, f)
			}
		}
	}
	if !slices.Contains(list, plural.Other) { // what files always have
		list = append(list, plural.Other)
	}
	return list
}

var hole = regexp.MustCompile(`\{[a-z_]+\}`)

// holes returns the holes of a sentence, sorted, each once.
func holes(s string) []string {
	h := hole.FindAllString(s, -1)
	slices.Sort(h)
	return slices.Compact(h)
}

func isNumber(hole string) bool { return hole == "{n}" }
