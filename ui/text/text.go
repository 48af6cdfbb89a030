// Package text holds the words that people read, in each language.
//
//	p := text.For("de-AT")
//	p.Say(text.Open, "tool", "Copilot") // "Copilot öffnen"
//	p.Count(text.Cards, 3)              // "3 Kartennummern"
//
// A message is a sentence with named holes; what is counted has the plural
// forms that its language has. The English ones are in nudge.go, panel.go and
// so on, those of another language in a file, such as messages/de.json. A file
// may lack messages: each is whole in its language, or it is the English one.
//
// To add a message: a line beside its like in English, and its German in
// messages/de.json. The tests say what is missing or doesn't fit. To add a
// language: a file.
package text

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Key is a message: its name in the message files, and what it says in English.
// Only this package makes them.
type Key struct {
	name    string
	english forms
}

// String returns the message's name.
func (k Key) String() string { return k.name }

// forms are the plural forms of a message. One that isn't counted has Other
// alone.
type forms [plural.Many + 1]string

// all are the messages. It grows while the package starts, and never later.
var all []Key

// say makes a message that doesn't depend on a number.
func say(name, english string) Key { return add(Key{name, forms{plural.Other: english}}) }

// counted makes a message about {n} things, with its form for one.
func counted(name, one, other string) Key {
	return add(Key{name, forms{plural.One: one, plural.Other: other}})
}

func add(k Key) Key {
	all = append(all, k)
	return k
}

// Printer says messages in one language. The zero value speaks English.
type Printer struct {
	lang     language.Tag
	messages map[string]forms      // by name; what isn't here is said in English
	stretch  func(s string) string // of a pseudo-locale, else nil
}

// Language returns the language as people's settings name it, such as "de", for
// the lang of a page.
func (p Printer) Language() string {
	if p.lang == language.Und {
		return language.English.String()
	}
	return p.lang.String()
}

// find returns the forms of a message and the language that they are in.
func (p Printer) find(k Key) (forms, language.Tag) {
	if f, ok := p.messages[k.name]; ok {
		return f, p.lang
	}
	f := k.english
	if p.stretch != nil {
		for i, s := range f {
			if s != "" {
				f[i] = p.stretch(s)
			}
		}
	}
	return f, language.English
}

// Say returns a message with its holes filled: pairs of a hole's name and what
// goes there.
func (p Printer) Say(k Key, pairs ...string) string {
	f, _ := p.find(k)
	return fill(f[plural.Other], pairs)
}

// Label returns a message as it begins a line: some are words of a sentence, too.
func (p Printer) Label(k Key) string {
	s := p.Say(k)
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

// Count returns a message for n things; the hole {n} is the number.
func (p Printer) Count(k Key, n int, pairs ...string) string {
	f, lang := p.find(k)
	s := f[plural.Cardinal.MatchPlural(lang, n, 0, 0, 0, 0)]
	if s == "" {
		s = f[plural.Other]
	}
	return fill(s, append([]string{"n", strconv.Itoa(n)}, pairs...))
}

// fill goes over the message once, so that what is put in a hole is never
// taken for a hole itself.
func fill(s string, pairs []string) string {
	holes := make([]string, len(pairs))
	for i, p := range pairs {
		if i%2 == 0 {
			p = "{" + p + "}"
		}
		holes[i] = p
	}
	return strings.NewReplacer(holes...).Replace(s)
}
