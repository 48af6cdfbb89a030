package detect

import (
	"math/bits"
	"slices"
	"strings"
)

// How the ways to write numbers are found: a text's first words, by how many
// letters and digits they have and what stands between them, say which can be
// meant at all.

// digitFirst and letterFirst are the patterns by how many digits, or letters,
// they begin with, and then by how many letters and digits stand before the
// first separator: what remains for one word of a text is few. A pattern that
// begins with x stands in both.
var digitFirst, letterFirst [maxID + 1]idPatterns

type idPatterns [maxID + 1]idWord

// idWord is the patterns whose first word has one length.
type idWord struct {
	one  *idList                    // nothing but that word
	more [separators + 1]*idSeconds // more behind a separator, by which one
}

// idSeconds is patterns by how long their second word is.
type idSeconds [32]*idList

// idList is patterns that are tried together.
type idList struct {
	patterns []idPattern
	topics   topics // of all of them
	longest  int    // bytes of the longest
	words    int    // in the one with most
	bare     bool   // one of them counts where nothing names it
	loose    bool   // none of them is looked for in a token
}

// A build says of what words a number is made: how many letters and digits
// each has, and the separator behind it. It is one byte a word, the first the
// lowest: five bits for the length, three for the separator.
type build struct {
	words uint64
	mask  uint64 // ones where a pattern says something; its last separator is open
}

// separators is how many kinds of them there are.
const separators = 7

// separatorNumber numbers them from 1; 0 is none.
var separatorNumber = [256]uint8{' ': 1, '-': 2, '.': 3, '/': 4, '+': 5, '\'': 6, ':': 7, '(': 7, ',': 7}

// buildOf returns the build of a pattern.
func buildOf(p string) (b build) {
	n, at := uint64(0), 0
	for i := range len(p) {
		if class[p[i]]&isAlnum != 0 {
			n++
			continue
		}
		if i+1 == len(p) || class[p[i+1]]&isAlnum == 0 {
			break // the text is read that far only
		}
		sep := uint64(separatorNumber[p[i]])
		if sep == 0 || n > 31 || at > 48 {
			panic("detect: no number is written like " + p)
		}
		b.words |= (n | sep<<5) << at
		b.mask |= 0xff << at
		n, at = 0, at+8
	}
	b.words |= n << at
	b.mask |= 0x1f << at
	return b
}

// buildAt returns what the text at i is made of, up to most words.
func (s *scanner) buildAt(i, word, most int) (words uint64) {
	text, n, j := s.text, len(s.text), i+word
	for at := 0; ; at += 8 {
		words |= uint64(min(word, 31)) << at
		if at == 8*most-8 || j+1 >= n || class[text[j+1]]&isAlnum == 0 {
			break
		}
		sep := separatorNumber[text[j]]
		if sep == 0 {
			break
		}
		words |= uint64(sep) << 5 << at
		word = 0
		for j++; j < n && word < 31 && class[text[j]]&isAlnum != 0; j++ {
			word++
		}
		if word == 31 {
			break
		}
	}
	s.steps += j - i
	return words
}

func init() {
	for i := range idSpecs {
		for _, p := range idSpecs[i].shapes {
			for _, first := range firstRuns(p) {
				list := &digitFirst[first.n]
				if first.letters {
					list = &letterFirst[first.n]
				}
				word := 0
				for word < len(p) && class[p[word]]&isAlnum != 0 {
					word++
				}
				list[word].add(p, word, &idSpecs[i])
			}
		}
	}
}

// add adds a spec's shape whose first word has the given length.
func (w *idWord) add(shape string, word int, spec *idSpec) {
	build, to := buildOf(shape), &w.one
	if word < len(shape) {
		seconds := &w.more[separatorNumber[shape[word]]]
		if *seconds == nil {
			*seconds = new(idSeconds)
		}
		to = &(*seconds)[build.words>>8&31]
	}
	if *to == nil {
		*to = &idList{loose: true}
	}
	list := *to
	at := slices.IndexFunc(list.patterns, func(p idPattern) bool { return p.pattern == shape })
	if at < 0 {
		at = len(list.patterns)
		if at == 64 {
			panic("detect: too many ways to write a number")
		}
		list.patterns = append(list.patterns, idPattern{pattern: shape, build: build})
	}
	p := &list.patterns[at]
	use := idUse{spec, spec.bare != nil && (spec.bareAs == nil || slices.Contains(spec.bareAs, shape))}
	p.specs = append(p.specs, use)
	p.topics.add(spec.topic)
	list.topics.add(spec.topic)
	list.longest = max(list.longest, len(shape))
	list.words = max(list.words, (bits.Len64(build.mask)+7)/8)
	list.loose = list.loose && spec.unless != 0
	p.bare = p.bare || use.counts
	list.bare = list.bare || p.bare
}

type firstRun struct {
	letters bool
	n       int
}

// firstRuns returns the runs of digits or letters that a text of this shape
// can begin with. One of nothing but x has a letter.
func firstRuns(p string) (runs []firstRun) {
	for _, letters := range [2]bool{false, true} {
		own, other := byte('d'), byte('a')
		if letters {
			own, other = 'a', 'd'
		}
		n := 0
		for n < len(p) && p[n] == own {
			n++
		}
		for {
			switch {
			case n == len(p) || p[n] != own && p[n] != 'x':
				if n > 0 && p[0] != other && (n < len(p) || letters || strings.Trim(p, "x") != "") {
					runs = append(runs, firstRun{letters, n})
				}
			case p[n] == 'x':
				if n > 0 {
					runs = append(runs, firstRun{letters, n})
				}
				n++
				continue
			case p[n] == own:
				n++
				continue
			}
			break
		}
	}
	return runs
}
