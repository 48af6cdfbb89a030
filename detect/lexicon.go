package detect

// starts says which two bytes a word of a set can begin with, so that a text
// is searched for all of them at one look a byte.
type starts [128]uint64

func (s *starts) add(word string) { s[word[0]&127] |= 1 << (word[1] & 63) }

// has takes bytes in lower case. It may say yes wrongly, never no.
func (s *starts) has(a, b byte) bool { return s[a&127]>>(b&63)&1 != 0 }

// lexicon is a set of words, in lower case, of two bytes or more.
type lexicon struct {
	words  []string
	starts starts
}

func newLexicon(words ...string) *lexicon {
	l := &lexicon{words: words}
	for _, w := range words {
		l.starts.add(w)
	}
	return l
}

// at reports whether one of the words stands at i, in either case.
func (l *lexicon) at(text []byte, i int) bool {
	if i+1 >= len(text) || !l.starts.has(lower(text[i]), lower(text[i+1])) {
		return false
	}
	for _, w := range l.words {
		if hasPrefixFold(text, i, w) {
			return true
		}
	}
	return false
}

// in reports whether one of the words stands anywhere in text.
func (l *lexicon) in(text []byte) bool {
	for i := range text {
		if l.at(text, i) {
			return true
		}
	}
	return false
}
