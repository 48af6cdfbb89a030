package detect

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// A topic is a set of words that say what a value near them is, such as
// "passport" and its translations. A value's surroundings are read once, for
// all topics together; a detector then asks for its own.
type topic uint8

// topics is a set of topics.
type topics [4]uint64

func (t *topics) add(x topic) { t[x>>6] |= 1 << (x & 63) }

func (t *topics) has(x topic) bool { return t[x>>6]>>(x&63)&1 != 0 }

// any reports whether the two have one in common.
func (t *topics) any(u *topics) bool {
	return t[0]&u[0]|t[1]&u[1]|t[2]&u[2]|t[3]&u[3] != 0
}

func (t *topics) merge(u *topics) {
	for i := range t {
		t[i] |= u[i]
	}
}

// contextReach is how far from a value its keyword may stand, in characters
// (AWS Macie's 30; Purview's 300 are for documents). maxReach is the same in
// bytes, for text in other scripts.
const (
	contextReach = 30
	maxReach     = 3 * contextReach
)

// contextWord is one word of the topics.
type contextWord struct {
	text   string
	say    Word
	topics topics
}

// contextWords is every context word; newTopic fills it while package
// variables are made. They are found by how they begin, see known.
var (
	contextWords []contextWord
	topicCount   topic // the last topic given out; 0 is none
)

// newTopic makes a topic from its words, which are in lower case, as a rule, and
// of two bytes or more. A space in a word stands for a space, dash, underscore,
// nothing, or a hump of camelCase. Words of three letters or fewer have to end
// where they end; longer ones may go on, as "passport" does in "passports". A
// letter that is a capital here has to be one there: SIN is no sin.
// It is called by package variables only.
func newTopic(words ...string) topic {
	topicCount++
	if topicCount == 0 {
		panic("detect: too many topics")
	}
	for _, w := range words {
		if class[w[0]]&isAlpha == 0 && w[0] < utf8.RuneSelf {
			panic("detect: a context word begins with a letter")
		}
		at := slices.IndexFunc(contextWords, func(c contextWord) bool { return c.text == w })
		if at < 0 {
			at = len(contextWords)
			contextWords = append(contextWords, contextWord{text: w, say: say(w)})
		}
		contextWords[at].topics.add(topicCount)
	}
	return topicCount
}

// vicinity is the topics near one value, kept until another is asked for. What
// stands before a value is the same however long it is.
type vicinity struct {
	start, end   int // of the value; 0 0 before the first
	before, name topics
	column       topics
	after        topics
	all          topics // of these four
}

// about says whether a word of the topic speaks of text[start:end], and which
// and where. It looks at what stands before, the key or name, the column's
// header, and what stands behind, in this order.
func (s *scanner) about(start, end int, t topic) (Why, bool) {
	c := s.near(start, end)
	switch {
	case c.before.has(t):
		w, d := s.nearest(start-maxReach, start, t, true)
		return Why{Near: w, Where: Before, Distance: d}, true
	case c.name.has(t):
		from, to := s.name(start)
		w, _ := s.nearest(from, to, t, true)
		return Why{Near: w, Where: Key}, true
	case c.column.has(t):
		from, to := s.header(start)
		w, _ := s.nearest(from, to, t, true)
		return Why{Near: w, Where: Column}, true
	case c.after.has(t):
		w, d := s.nearest(end, end+maxReach, t, false)
		return Why{Near: w, Where: After, Distance: d}, true
	}
	return Why{}, false
}

// names reports whether a word of the topic stands anywhere around the value.
func (c *vicinity) names(t topic) bool { return c.all.has(t) }

// near reads what stands around a value.
func (s *scanner) near(start, end int) *vicinity {
	c := &s.around
	if c.start == start && c.end == end && end > 0 {
		return c
	}
	if c.start != start || c.end == 0 {
		*c = vicinity{start: start}
		from := s.reachBack(start)
		s.mentions(from, start, &c.before)
		if a, b := s.name(start); a < from && a < b {
			s.mentions(a, b, &c.name)
		}
		if a, b := s.header(start); a < b {
			s.mentions(a, b, &c.column)
		}
	}
	c.end, c.after = end, *s.behind(end)
	c.all = c.before
	for _, t := range [...]*topics{&c.name, &c.column, &c.after} {
		c.all.merge(t)
	}
	return c
}

// heard is the last context words that the pass came by.
type heard struct {
	words [16]heardWord
	n     int // so far; the last is at n-1, modulo their number
}

type heardWord struct {
	at   int
	word uint16 // index in contextWords
}

// hearParts notes the context words inside a word such as emp_ssn or
// customerPassport.
func (s *scanner) hearParts(start, end int) {
	for i := start + 1; i < end; i++ {
		if class[s.text[i]]&isAlpha == 0 || !wordStart(s.text, i) {
			continue
		}
		head := headAt(s.text, i)
		for n := contexts.lengths(head); n != 0; n &= n - 1 {
			list := contexts.of(head, n)
			for k := range list {
				if x := &list[k]; head&x.mask == x.head {
					s.note(i, x.at)
				}
				if list[k].last {
					break
				}
			}
		}
	}
	s.steps += end - start
}

// note notes the context word with the given index if it stands at i.
func (s *scanner) note(i int, word uint16) {
	s.steps++
	if contextWordEnd(s.text, i, contextWords[word].text) > 0 {
		s.heard.words[s.heard.n%len(s.heard.words)] = heardWord{i, word}
		s.heard.n++
	}
}

// naming is the topics of the words that may name a number, and those in the
// stretch of text that was read for it: numbers stand close, and each word is
// read once for several.
type naming struct {
	topics   topics
	from, to int
	read     topics // of text[from:to]
}

// mayBeNamed returns the topics that name a number text[i:end], or one that
// begins like it and ends before most: more of them in doubt, never fewer, for
// words that the pass came by. What it did not, such as the inside of an
// address, names nothing.
func (s *scanner) mayBeNamed(i, end, most int) *topics {
	c := &s.naming
	if s.other {
		if !c.holds(max(0, i-maxReach)) {
			from := s.reachBack(i)
			if a, b := s.name(i); a < b {
				from = min(from, a)
			}
			s.readFrom(from)
		}
		s.readOn(s.reachOn(min(len(s.text), most)))
		c.topics = c.read
	} else {
		s.readFrom(end)
		s.readOn(min(len(s.text), most+contextReach))
		c.topics = c.read
		s.heardBefore(i, &c.topics)
	}
	if s.tables.n > 0 {
		if a, b := s.header(i); a < b {
			s.mentions(a, b, &c.topics)
		}
	}
	return &c.topics
}

// readAgain is how far before what is asked for the words may stand that naming
// holds.
const readAgain = 256

// readFrom makes sure that the words from i are among those read.
func (s *scanner) readFrom(i int) {
	if c := &s.naming; !c.holds(i) {
		c.from, c.to, c.read = i, i, topics{}
	}
}

// holds reports whether the words from i on are among those read.
func (c *naming) holds(i int) bool { return c.from <= i && i <= c.to && i-c.from <= readAgain }

// readOn reads the words on to end. In plain ASCII that is no farther than the
// line, because a word on the next one names nothing before it.
func (s *scanner) readOn(end int) {
	c, text := &s.naming, s.text
	i := c.to
	if i >= end {
		return
	}
	for i < end {
		k := class[text[i]]
		if k&isAlnum == 0 {
			if text[i] == '\n' && !s.other {
				end = i
				break
			}
			if text[i] < 0xc0 {
				i++
				continue
			}
		} else if k&isDigit != 0 || !wordStart(text, i) {
			i++ // no context word begins with a digit
			continue
		}
		head := headAt(text, i)
		if lengths := contexts.lengths(head); lengths != 0 {
			c.read.mergeWords(text, i, head, lengths)
		}
		for i++; k&isAlnum != 0 && i < end && class[text[i]]&isLower != 0; i++ { // to the end of the word or hump
		}
	}
	s.steps += end - c.to
	c.to = end
}

// heardBefore adds the topics of the words that the pass came by before a number
// at i, as far back as they may name it.
func (s *scanner) heardBefore(i int, into *topics) {
	h := &s.heard
	reach := contextReach
	if a, b := s.name(i); a < b {
		reach = i - a
	}
	for k := h.n - 1; k >= 0 && k >= h.n-len(h.words); k-- {
		w := &h.words[k%len(h.words)]
		if w.at < i-reach {
			break
		}
		into.merge(&contextWords[w.word].topics)
	}
}

// behind returns the topics of the words behind a value that ends at end.
func (s *scanner) behind(end int) *topics {
	if c := &s.after; c.end != end || end == 0 {
		c.end, c.topics = end, topics{}
		s.mentions(end, s.reachOn(end), &c.topics)
	}
	return &s.after.topics
}

// reachBack returns where the contextReach characters before i begin.
func (s *scanner) reachBack(i int) int {
	if i > contextReach && i < len(s.text) && plain((*[contextReach + 2]byte)(s.text[i-contextReach-1:])) {
		s.steps += contextReach
		return i - contextReach
	}
	j, n := i, 0
	for j > 0 && n < contextReach && i-j < maxReach {
		j--
		if s.text[j]&0xc0 != 0x80 {
			n++
		}
	}
	s.steps += i - j
	return j
}

// reachOn returns where the contextReach characters from i end.
func (s *scanner) reachOn(i int) int {
	if i+contextReach+2 <= len(s.text) && plain((*[contextReach + 2]byte)(s.text[i:])) {
		s.steps += contextReach
		return i + contextReach
	}
	j, n := i, 0
	for j < len(s.text) && n < contextReach && j-i < maxReach {
		j++
		if j == len(s.text) || s.text[j]&0xc0 != 0x80 {
			n++
		}
	}
	s.steps += j - i
	return j
}

// plain reports that each byte is a character: those of the reach, and what fills
// up four words of eight.
func plain(b *[contextReach + 2]byte) bool {
	word := binary.LittleEndian.Uint64
	return (word(b[:])|word(b[8:])|word(b[16:])|word(b[24:]))&0x8080808080808080 == 0
}

// mentions adds the topics of all context words that start in text[from:to].
func (s *scanner) mentions(from, to int, into *topics) {
	text := s.text
	inWord := from > 0 && class[text[from-1]]&isAlnum != 0
	for i := from; i+1 < to; i++ {
		k := class[text[i]]
		if k&isAlnum == 0 {
			inWord = false
			if text[i] < 0xc0 {
				continue
			}
		} else if inWord && (k&isUpper == 0 || class[text[i-1]]&isUpper != 0) {
			continue // see wordStart
		} else {
			inWord = true
		}
		head := headAt(text, i)
		if lengths := contexts.lengths(head); lengths != 0 {
			into.mergeWords(text[:to], i, head, lengths)
		}
	}
	s.steps += to - from
}

// mergeWords adds the topics of the context words at i, which has this head, of
// these lengths.
func (t *topics) mergeWords(text []byte, i int, head uint64, lengths uint) {
	for n := lengths; n != 0; n &= n - 1 {
		list := contexts.of(head, n)
		for k := range list {
			if x := &list[k]; head&x.mask == x.head && contextWordEnd(text, i, contextWords[x.at].text) > 0 {
				t.merge(&contextWords[x.at].topics)
			}
			if list[k].last {
				break
			}
		}
	}
}

// nearest returns the word of the topic in text[from:to] that is nearest to
// the end, or to the start, and its distance in characters.
func (s *scanner) nearest(from, to int, t topic, toEnd bool) (found Word, distance int) {
	text := s.text
	from, to = max(from, 0), min(to, len(text))
	for i := from; i+1 < to; i++ {
		if !wordStart(text, i) {
			continue
		}
		head := headAt(text, i)
		lengths := contexts.lengths(head)
		if lengths == 0 {
			continue
		}
		// Of words that begin alike, the one that was given first, or last.
		best, end := -1, 0
		for n := lengths; n != 0; n &= n - 1 {
			list := contexts.of(head, n)
			for k := range list {
				if x := &list[k]; head&x.mask == x.head && contextWords[x.at].topics.has(t) && (best < 0 || (int(x.at) > best) == toEnd) {
					if e := contextWordEnd(text[:to], i, contextWords[x.at].text); e > 0 {
						best, end = int(x.at), e
					}
				}
				if list[k].last {
					break
				}
			}
		}
		switch {
		case best < 0:
		case !toEnd:
			return contextWords[best].say, characters(text[from:i])
		default:
			found, distance = contextWords[best].say, characters(text[end:to])
		}
	}
	return found, distance
}

func characters(b []byte) (n int) {
	for _, c := range b {
		if c&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// wordStart reports whether a context word may start at i: not inside a word,
// unless a hump of camelCase starts here, and anywhere in scripts without
// spaces.
func wordStart(text []byte, i int) bool {
	c := class[text[i]]
	if c&isAlnum == 0 {
		return text[i] >= 0xc0
	}
	if i == 0 || class[text[i-1]]&isAlnum == 0 {
		return true
	}
	return c&isUpper != 0 && class[text[i-1]]&isUpper == 0
}

func isHexWord(w string) bool {
	for k := range len(w) {
		if class[w[k]]&isHex == 0 {
			return false
		}
	}
	return true
}

// contextWordEnd returns where the context word w ends that stands at i, or 0.
func contextWordEnd(text []byte, i int, w string) int {
	j := i
	for k := range len(w) {
		if w[k] == ' ' {
			if j < len(text) && (text[j] == ' ' || text[j] == '-' || text[j] == '_') {
				j++
			}
			continue
		}
		if j >= len(text) || text[j] != w[k] && (class[w[k]]&isUpper != 0 || lower(text[j]) != w[k]) {
			return 0
		}
		j++
	}
	if len(w) <= 3 && j < len(text) && class[text[j]]&isDigit != 0 && isHexWord(w) {
		return 0 // cb37a978 has no "cb"
	}
	if len(w) <= 3 && j < len(text) && w[len(w)-1] < 0x80 && class[text[j]]&isAlpha != 0 && (class[text[j]]&isUpper == 0 || class[text[j-1]]&isUpper != 0) {
		return 0
	}
	return j
}

// maxKey is the longest key or name that is read, in bytes.
const maxKey = 64

// name returns where the key of JSON or YAML, or the name of an assignment,
// stands whose value starts at i; from == to when there is none.
func (s *scanner) name(i int) (from, to int) {
	text := s.text
	k := i
	for k > 0 && i-k < 8 && (text[k-1] == ' ' || text[k-1] == '\t' || text[k-1] == '"' || text[k-1] == '\'' || text[k-1] == '[' || text[k-1] == '\\') {
		k--
	}
	if k == 0 || text[k-1] != ':' && text[k-1] != '=' {
		return 0, 0
	}
	to = k - 1
	for from = to; from > 0 && to-from < maxKey && text[from-1] != '\n' && text[from-1] != ',' && text[from-1] != '{' && text[from-1] != ';'; from-- {
	}
	s.steps += i - from
	return from, to
}
