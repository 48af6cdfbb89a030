// Package ordinary writes pastes that hold nothing sensitive: mails, notes,
// code, logs, tables, configuration and prose of the kind that people give to
// an AI tool all day. They are full of what a careless detector falls for:
// numbers of all lengths, hashes, ids, phone numbers of twenty countries,
// placeholders where a password would stand, and talk about secrets. Every
// alarm on one of them is a false one.
//
//	for _, t := range ordinary.Texts(1, 10000) {
//		fmt.Println(t.Kind, len(t.Body))
//	}
//
// The texts are made of templates whose gaps are filled at random, the same
// for the same seed.
package ordinary

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// Text is one paste.
type Text struct {
	Kind string
	Body string
}

// kind is a kind of text and how one is written.
type kind struct {
	name  string
	write func(*writer) string
}

// Texts returns n texts, all kinds in turn.
func Texts(seed uint64, n int) []Text {
	kinds := slices.Concat(letters, talk, languages, codes, logs, tables, settings)
	w := &writer{rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15))}
	out := make([]Text, n)
	for i := range out {
		k := kinds[i%len(kinds)]
		out[i] = Text{k.name, k.write(w)}
	}
	return out
}

// Rows returns head and n times row, each with its gaps filled, the same for
// the same seed.
func Rows(seed uint64, head, row string, n int) string {
	w := &writer{rand.New(rand.NewPCG(seed, 0))}
	return w.fill(head) + w.lines(n, row)
}

// writer fills templates.
type writer struct{ *rand.Rand }

// between returns a number from lo to hi, both included.
func (w *writer) between(lo, hi int) int { return lo + w.IntN(hi-lo+1) }

// pick returns one of the choices.
func (w *writer) pick(choices ...string) string { return choices[w.IntN(len(choices))] }

// some returns n different ones of the choices, in random order.
func (w *writer) some(n int, choices []string) []string {
	perm := w.Perm(len(choices))
	out := make([]string, 0, n)
	for _, i := range perm[:min(n, len(perm))] {
		out = append(out, choices[i])
	}
	return out
}

// one fills one of the templates.
func (w *writer) one(templates ...string) string { return w.fill(w.pick(templates...)) }

// lines fills n times one of the templates, each on its own line.
func (w *writer) lines(n int, templates ...string) string {
	var b strings.Builder
	for range n {
		b.WriteString(w.one(templates...))
		b.WriteByte('\n')
	}
	return b.String()
}

// passage fills n different templates and joins them to a paragraph.
func (w *writer) passage(n int, between string, templates []string) string {
	chosen := w.some(n, templates)
	for i := range chosen {
		chosen[i] = w.fill(chosen[i])
	}
	return strings.Join(chosen, between)
}

// fill replaces each gap, such as ~city~, by a value. What stands between two
// tildes and is no gap's name stays.
func (w *writer) fill(template string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(template, "~")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "~")
		value, known := "", false
		if closed {
			value, known = w.value(name)
		}
		if !known {
			b.WriteByte('~')
			template = rest
			continue
		}
		b.WriteString(value)
		template = after
	}
}

// from returns a kind's function that fills one of the templates.
func from(templates ...string) func(*writer) string {
	return func(w *writer) string { return w.one(templates...) }
}
