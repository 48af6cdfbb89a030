package detect

// starts says which two bytes a word of a set can begin with, so that a text
// is searched for all of them at one look a byte.
type starts [128]uint64

func (s *starts) add(word string) { s[word[0]&127] |= 1 << (word[1] & 63) }

// has takes bytes in lower case. It may say yes wrongly, never no.
func (s *starts) has(a, b byte) bool { return s[a&127]>>(b&63)&1 != 0 }

// triples says which three bytes a word of a set can begin with. It is for sets
// of many words: by two bytes, most texts could begin one of them.
type triples [1 << 13 / 64]uint64

func tripleHash(a, b, c byte) uint32 {
	return (uint32(a|0x20) | uint32(b|0x20)<<8 | uint32(c|0x20)<<16) * 0x9e3779b1 >> 19
}

// add adds a word in lower case. A space in it stands for any separator or
// nothing.
func (t *triples) add(word string) {
	if len(word) > 2 && word[1] == ' ' {
		for _, sep := range [...]string{"-", "_", ""} {
			t.add(word[:1] + sep + word[2:])
		}
	}
	add := func(c byte) {
		h := tripleHash(word[0], word[1], c)
		t[h>>6] |= 1 << (h & 63)
	}
	if len(word) > 2 && word[2] != ' ' {
		add(word[2])
		return
	}
	for c := range 128 {
		add(byte(c))
	}
}

// at reports whether one of the words may stand at i, in either case. It may
// say yes wrongly, never no; of letters that aren't ASCII it knows nothing.
func (t *triples) at(text []byte, i int) bool {
	c := byte(0)
	if i+2 < len(text) {
		c = text[i+2]
	}
	h := tripleHash(text[i], text[i+1], c)
	return t[h>>6]>>(h&63)&1 != 0 || (text[i]|text[i+1]|c)&0x80 != 0
}

// next returns the first place from i on at which one of the words may stand,
// as at knows it, or len(text).
func (t *triples) next(text []byte, i int) int {
	if i+2 < len(text) {
		w := uint32(text[i])<<8 | uint32(text[i+1])<<16
		for k, c := range text[i+2:] {
			w = w>>8 | uint32(c)<<16
			h := (w | 0x202020) * 0x9e3779b1 >> 19
			if t[h>>6]>>(h&63)&1 != 0 || w&0x808080 != 0 {
				return i + k
			}
		}
		i = len(text) - 2
	}
	if i+2 == len(text) && t.at(text, i) {
		return i
	}
	return len(text)
}

// lexicon is a set of words, in lower case, of two bytes or more.
type lexicon struct {
	words []string
	// three is the hashes of the three bytes that a word can begin with, any
	// behind one of two bytes. Most of the places in a text are told by it from
	// those where one could stand.
	three [1 << threeBits / 64]uint64
}

const threeBits = 11

func threeHash(w uint32) uint32 { return (w | 0x202020) * 0x9e3779b1 >> (32 - threeBits) }

func newLexicon(words ...string) *lexicon {
	l := &lexicon{words: words}
	for _, w := range words {
		two, third := uint32(w[0])|uint32(w[1])<<8, []byte(w[2:])
		if len(third) == 0 { // any may follow
			for c := range 256 {
				third = append(third, byte(c))
			}
		} else {
			third = third[:1]
		}
		for _, c := range third {
			h := threeHash(two | uint32(c)<<16)
			l.three[h>>6] |= 1 << (h & 63)
		}
	}
	return l
}

// may reports whether a word can begin with three bytes, the first the lowest.
func (l *lexicon) may(three uint32) bool {
	h := threeHash(three)
	return l.three[h>>6]>>(h&63)&1 != 0
}

// mayAt reports whether one of the words can stand at i.
func (l *lexicon) mayAt(text []byte, i int) bool {
	if i+1 >= len(text) {
		return false
	}
	three := uint32(text[i]) | uint32(text[i+1])<<8
	if i+2 < len(text) {
		three |= uint32(text[i+2]) << 16
	}
	return l.may(three)
}

// at reports whether one of the words stands at i, in either case.
func (l *lexicon) at(text []byte, i int) bool {
	if !l.mayAt(text, i) {
		return false
	}
	for _, w := range l.words {
		if hasPrefixFold(text, i, w) {
			return true
		}
	}
	return false
}

// has reports whether word is one of the words, in either case.
func (l *lexicon) has(word []byte) bool {
	if !l.mayAt(word, 0) {
		return false
	}
	for _, w := range l.words {
		if len(w) == len(word) && hasPrefixFold(word, 0, w) {
			return true
		}
	}
	return false
}

// in reports whether one of the words stands anywhere in text.
func (l *lexicon) in(text []byte) bool {
	if len(text) < 2 {
		return false
	}
	w := uint32(text[0])<<8 | uint32(text[1])<<16
	for i, c := range text[2:] {
		w = w>>8 | uint32(c)<<16
		if l.may(w) && l.at(text, i) {
			return true
		}
	}
	return l.at(text, len(text)-2)
}
