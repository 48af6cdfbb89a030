package policy

import (
	"strings"

	"handrail/detect/own"
)

// maxName is how long the name of an own entry can be, in bytes and words: a
// nudge says it.
const (
	maxName      = 60
	maxNameWords = 6
)

// checkOwn says what is wrong in the organisation's own list, and makes it
// ready to search with.
func (r *reader) checkOwn(p *Policy) {
	var entries []own.Entry
	for i := range p.Own {
		o := &p.Own[i]
		fail := func(key, format string, args ...any) { r.problems.add(Error, o.of(key), format, args...) }
		if o.line > 0 && o.Name == "" && !o.has("name") {
			fail("name", "the entry of own has no name: staff are shown what is looked for, by name")
		}
		if n := len(strings.Fields(o.Name)); n > maxNameWords || len(o.Name) > maxName {
			fail("name", "the name %q is too long: %d words and %d bytes are the most that fit into a nudge", o.Name, maxNameWords, maxName)
		}
		kinds := 0
		for _, key := range [...]string{"words", "pattern", "names"} {
			if o.has(key) {
				kinds++
			}
		}
		switch {
		case r.blames(o.line):
			continue
		case kinds != 1:
			fail("name", "%q needs one of words, pattern and names: make an entry for each", o.Name)
			continue
		case o.has("literal") && !o.has("pattern"):
			fail("literal", "a literal belongs to a pattern: remove this line")
		case o.has("key") != o.has("names"):
			fail("key", "key and names belong together: handrail policy dictionary prints both")
			continue
		case o.has("words") && len(o.Words) == 0 && !r.blames(o.of("words")):
			fail("words", "words is an empty list: remove the entry if there are none")
			continue
		}
		e := o.entry()
		if _, err := own.New([]own.Entry{e}); err != nil {
			for _, key := range [...]string{"words", "pattern", "names"} {
				if o.has(key) && !r.blames(o.of(key)) {
					fail(key, "%v", err)
				}
			}
			continue
		}
		entries = append(entries, e)
	}
	if len(entries) == 0 {
		return
	}
	set, err := own.New(entries)
	if err != nil {
		r.problems.add(Error, p.of("own"), "own: %v", err)
		return
	}
	p.finder = set
}

// own warns of entries that would watch people.
func (l *linter) own(o *Own) {
	for _, words := range [][]string{{o.Name}, o.Words} {
		for _, w := range words {
			if c := own.Sensitive(w); c != own.NoConcern {
				key := "words"
				if w == o.Name {
					key = "name"
				}
				l.warn(o.of(key), "%q looks as if it is about %s: this list is for what belongs to the organisation, not for watching what people talk about", w, c)
				return
			}
		}
	}
	if c := own.Sensitive(string(o.Pattern)); c != own.NoConcern {
		l.warn(o.of("pattern"), "the pattern of %q looks as if it is about %s: this list is for what belongs to the organisation, not for watching what people talk about", o.Name, c)
	}
}
