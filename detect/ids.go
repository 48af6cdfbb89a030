package detect

import (
	"slices"
	"strings"
	"sync"
)

// An idSpec declares one kind of number that is given to a person, a company
// or an account: how it is written, how it is checked, and which words name it.
// Everything about it stands in one place; the pass, the tests and the
// documentation are made from it.
type idSpec struct {
	id    DetectorID
	class Class
	// confidence is what a number has that is named by its topic before it, in
	// its key or in its column's header. Named behind it, it has Medium at most.
	confidence Confidence
	title      string
	topic      topic
	// unless names what else it may be: a word of it that stands as near counts
	// against the topic. 0 is nothing.
	unless topic
	// shapes are the ways to write it: d is a digit, a a letter, x either, and
	// any other byte itself, as in "dd.dd.dd-ddd.dd". Small letters count as
	// letters only where the topic names the number.
	shapes []string
	// check tells whether it can be one, from its letters (in capitals) and
	// digits without separators; nil if nothing can be calculated.
	check   func(v []byte) bool
	form    Word // "Dutch BSN"
	checked Word // what check did: "checksum ok", "date possible"
	// bare tells that a number counts, with Medium, where nothing names it: that
	// by chance one in a thousand or fewer has this shape and check. nil is never.
	bare func(v []byte, shape string) bool
	// bareSmall tells that this holds for small letters, too.
	bareSmall bool
	// ahead tells that the shape says so little that only a word of the topic
	// counts that stands before the number or is its name or header, and that no
	// word for another kind of number stands as near.
	ahead bool
	// samples are numbers that documentation shows and nobody was given, with
	// their source beside them.
	samples []string

	hits, misses []string
}

// idSpecs is every number that is told by shape, check and topic.
var idSpecs = func() (all []idSpec) {
	for _, family := range [][]idSpec{
		govIDs,
		europeIDs,
		worldIDs,
		documentIDs,
		accountIDs,
	} {
		all = append(all, family...)
	}
	return all
}()

func idDetectors() (all []Detector) {
	for _, s := range idSpecs {
		all = append(all, Detector{ID: s.id, Class: s.class, Confidence: s.confidence, Title: s.title, Hits: s.hits, Misses: s.misses})
	}
	return all
}

// idShape is one way to write one of the numbers.
type idShape struct {
	pattern string
	word    int  // letters and digits before its first separator
	sep     byte // what stands behind its first word, 0 for nothing
	then    byte // d or a behind that, 0 for either
	again   bool // the shape before it has the same pattern
	spec    *idSpec
}

const maxID = 26 // letters and digits in the longest number

// idCharsPool holds room for the letters and digits of one number. The checks are
// function values, so what they are given can't stay on the stack.
var idCharsPool = sync.Pool{New: func() any { return new([maxID]byte) }}

// forget gives the room back, empty.
func (s *scanner) forget() {
	if s.idChars != nil {
		clear(s.idChars[:])
		idCharsPool.Put(s.idChars)
		s.idChars = nil
	}
}

// The shapes by how many digits, or letters, they begin with, and then by how
// many letters and digits stand before the first separator: what remains for
// one word of a text is few. A shape that begins with x stands in both.
var digitFirst, letterFirst [maxID + 1]idShapes

type idShapes [maxID + 1][]idShape

func init() {
	for i := range idSpecs {
		for _, p := range idSpecs[i].shapes {
			shape := newShape(p, &idSpecs[i])
			for _, first := range firstRuns(p) {
				list := &digitFirst[first.n]
				if first.letters {
					list = &letterFirst[first.n]
				}
				list[shape.word] = append(list[shape.word], shape)
			}
		}
	}
	for n := range maxID + 1 {
		for word := range maxID + 1 {
			oneAfterAnother(digitFirst[n][word])
			oneAfterAnother(letterFirst[n][word])
		}
	}
}

// oneAfterAnother puts shapes with the same pattern together, so that the text
// is read once for them.
func oneAfterAnother(shapes []idShape) {
	slices.SortStableFunc(shapes, func(a, b idShape) int { return strings.Compare(a.pattern, b.pattern) })
	for i := range shapes {
		shapes[i].again = i > 0 && shapes[i].pattern == shapes[i-1].pattern
	}
}

func newShape(p string, spec *idSpec) idShape {
	x := idShape{pattern: p, spec: spec}
	for x.word < len(p) && class[p[x.word]]&isAlnum != 0 {
		x.word++
	}
	if x.word+1 < len(p) {
		x.sep = p[x.word]
		if c := p[x.word+1]; c == 'd' || c == 'a' {
			x.then = c
		}
	}
	return x
}

// canBe reports whether a first word of this length, with this text behind it,
// is the shape's.
func (p *idShape) canBe(word int, behind []byte) bool {
	switch {
	case word != p.word:
		return false
	case p.sep == 0:
		return true
	case len(behind) < 2 || behind[0] != p.sep:
		return false
	case p.then == 'd':
		return class[behind[1]]&isDigit != 0
	case p.then == 'a':
		return class[behind[1]]&isAlpha != 0
	}
	return true
}

type firstRun struct {
	letters bool
	n       int
}

// firstRuns returns the runs of digits or letters that a text of this shape
// can begin with.
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
				if n > 0 && p[0] != other {
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

// mixed looks at the word text[i:end], which starts with a letter and holds
// digits or has some behind it, and returns where the pass goes on.
func (s *scanner) mixed(i, end int) int {
	n := i
	for n < end && n-i <= maxID && class[s.text[n]]&isAlpha != 0 {
		n++
	}
	s.steps += n - i
	if n-i > maxID {
		return end
	}
	return max(end, s.idAt(i, &letterFirst[n-i]))
}

// otherNumbers are words that say that a number is none of a person's.
var otherNumbers = newTopic("order", "invoice", "tracking", "phone", "tel", "fax", "ref", "reference", "ticket", "sku", "part", "serial", "version",
	"build", "commit", "case", "model", "item", "article", "product", "batch", "lot", "shipment", "parcel", "quote", "po number", "isbn", "ean", "gtin", "imei",
	"mobile", "call", "whatsapp", "timestamp", "hash", "bestellung", "rechnung", "telefon", "commande", "facture", "pedido", "factura", "tlf", "faktura",
	"ordre", "ordine", "fattura", "bestelling", "factuur", "puh", "tilaus", "lasku", "zamówieni", "objednávk")

// idAt is ids for those shapes of a list whose first word is as long as the
// text's at i.
func (s *scanner) idAt(i int, byWord *idShapes) int {
	word := s.stretch(i, isAlnum, maxID+1) - i
	if word > maxID || len(byWord[word]) == 0 {
		return i
	}
	return s.ids(i, byWord[word])
}

// ids looks for the best of the numbers that can be written like one of the
// shapes at i, and returns where it ends, or i.
func (s *scanner) ids(i int, shapes []idShape) int {
	if i > 0 && (class[s.text[i-1]]&isWord != 0 || s.text[i-1] >= 0x80 && s.previousLetter(i)) {
		return i
	}
	if i > 1 && class[s.text[i-2]]&isDigit != 0 && (s.text[i-1] == '-' || s.text[i-1] == '.' || s.text[i-1] == '/') {
		return i // the tail of a longer number with separators
	}
	if s.idChars == nil {
		s.idChars = idCharsPool.Get().(*[maxID]byte)
	}
	behind := s.text[s.stretch(i, isAlnum, maxID+1):]
	word := len(s.text) - len(behind) - i
	best := Finding{Start: i, End: i}
	skip := i // behind a sample
	var v []byte
	var end int
	var small bool
	for k := range shapes {
		x, p := &shapes[k], shapes[k].spec
		if !x.canBe(word, behind) {
			continue
		}
		if !x.again {
			if v, end, small = s.shaped(i, x.pattern, s.idChars[:0]); end > i && s.inRow(i, end) {
				end = i
			}
		}
		// Most numbers are named as nothing; to see that costs less than a check.
		if end == i || p.bare == nil && !s.near(i, end).names(p.topic) || p.check != nil && !p.check(v) {
			continue
		}
		if isSampleID(v, p.samples) {
			skip = max(skip, end)
			continue
		}
		// The loose forms are also those of hashes and of parts of a UUID or path.
		if p.unless != 0 && (s.inToken(i, end) || small && !lettersFirst(v)) {
			continue
		}
		f := Finding{Detector: p.id, Class: p.class, Start: i, End: end, Count: 1}
		why, named := s.about(i, end, p.topic)
		if named && p.unless != 0 {
			other, is := s.about(i, end, p.unless)
			named = !is || !closer(other, why)
		}
		if named && p.unless != 0 {
			named = why.Where != Before || !s.sentenceEnds(i, why.Distance)
		}
		if named && p.ahead {
			other, is := s.about(i, end, otherNumbers)
			named = why.Where != After && (!is || !closer(other, why))
		}
		if named && why.Where == After {
			// The name of the next value, mostly, where another stands before this.
			other, is := s.about(i, end, otherNumbers)
			named = (!is || other.Where == After) && !s.breaks(end, why.Distance) && !s.sentenceEnds(min(len(s.text), end+why.Distance+4), why.Distance+4)
		}
		if !named {
			why = Why{}
		}
		switch {
		case named && why.Where == After:
			f.Confidence = min(p.confidence, Medium)
		case named:
			f.Confidence = p.confidence
		case small && !p.bareSmall || p.bare == nil || !s.standsAlone(i, end) || !p.bare(v, x.pattern):
			continue
		default:
			if _, other := s.about(i, end, otherNumbers); other {
				continue
			}
			f.Confidence = min(p.confidence, Medium)
		}
		why.Length, why.Form, why.Check = len(v), p.form, p.checked
		if isAllDigits(v) {
			why.Unit = unitDigits
		}
		f.Why = why
		if best.End == i || betterNamed(&f, &best) {
			best = f
		}
	}
	if best.End == i {
		return skip
	}
	s.findings = append(s.findings, best)
	return best.End
}

// inToken reports that text[i:end] is a part of something longer, such as a
// UUID, a file's name or a range of commits.
func (s *scanner) inToken(i, end int) bool {
	text := s.text
	if i > 1 && (text[i-1] == '.' || text[i-1] == '/') && class[text[i-2]]&isWord != 0 {
		return true
	}
	return end+1 < len(text) && (text[end] == '-' || text[end] == '.' || text[end] == '/') && (class[text[end+1]]&isAlnum != 0 || text[end+1] == '.')
}

// sentenceEnds reports that a line or sentence ends in the n characters before
// i, and another begins before i: a name in the first is not about what is in
// the second. After "no." nothing begins.
func (s *scanner) sentenceEnds(i, n int) bool {
	text := s.text
	for k := i - 1; k > 0 && n > 0; k-- {
		if text[k]&0xc0 == 0x80 {
			continue
		}
		n--
		s.steps++
		switch {
		case text[k] == '\n' && k+1 < i,
			(text[k] == '.' || text[k] == '?' || text[k] == '!') && k+2 < i && text[k+1] == ' ' && isCapital(text, k+2),
			hasPrefix(text, k, "。") && k+4 < i:
			return true
		}
	}
	return false
}

// lettersFirst reports that no digit stands before a letter, as in a hash.
func lettersFirst(v []byte) bool {
	for k := 1; k < len(v); k++ {
		if class[v[k]]&isAlpha != 0 && class[v[k-1]]&isDigit != 0 {
			return false
		}
	}
	return true
}

// breaks reports whether a line ends within n bytes from i.
func (s *scanner) breaks(i, n int) bool {
	for _, c := range s.text[i:min(len(s.text), i+n)] {
		if c == '\n' {
			return true
		}
	}
	return false
}

// betterNamed reports whether a says more surely what the number is than b.
func betterNamed(a, b *Finding) bool {
	if a.Confidence != b.Confidence {
		return a.Confidence > b.Confidence
	}
	if (a.Why.Near != 0) != (b.Why.Near != 0) {
		return a.Why.Near != 0
	}
	if a.Why.Where != b.Why.Where {
		return a.Why.Where < b.Why.Where
	}
	if a.Why.Distance != b.Why.Distance {
		return a.Why.Distance < b.Why.Distance
	}
	return a.End > b.End
}

// shaped reads the text at i as the pattern says. It returns the letters and
// digits, in capitals and appended to v, where they end, or i when the text is
// otherwise, and whether there were small letters.
func (s *scanner) shaped(i int, pattern string, v []byte) (value []byte, end int, small bool) {
	text, j := s.text, i
	for k := range len(pattern) {
		if j >= len(text) {
			return nil, i, false
		}
		c := text[j]
		switch pattern[k] {
		case 'd':
			if class[c]&isDigit == 0 {
				return nil, i, false
			}
			v = append(v, c)
		case 'a', 'x':
			if class[c]&isAlpha == 0 && (pattern[k] == 'a' || class[c]&isDigit == 0) {
				return nil, i, false
			}
			small = small || class[c]&isLower != 0
			v = append(v, upper(c))
		default:
			if c != pattern[k] {
				return nil, i, false
			}
		}
		j++
	}
	s.steps += j - i
	// It must not go on: as a word, or as a longer number with separators.
	if j < len(text) {
		c := text[j]
		if class[c]&isWord != 0 || c == '%' {
			return nil, i, false
		}
		if (c == '-' || c == '.' || c == '/' || c == ',') && j+1 < len(text) && class[text[j+1]]&isDigit != 0 && c != ',' {
			return nil, i, false
		}
	}
	return v, j, small
}

// previousLetter reports whether a letter of more than one byte ends before i.
func (s *scanner) previousLetter(i int) bool {
	// In scripts without spaces a number follows its word directly, so only the
	// Latin, Greek and Cyrillic letters (two bytes) count.
	return i >= 2 && s.text[i-1]&0xc0 == 0x80 && s.text[i-2]&0xe0 == 0xc0
}

// inRow reports that a number has a number before and behind it, with spaces
// between: it is part of a drawing or a table.
func (s *scanner) inRow(i, end int) bool {
	return i > 1 && end+1 < len(s.text) && s.text[i-1] == ' ' && s.text[end] == ' ' && class[s.text[i-2]]&class[s.text[end+1]]&isDigit != 0
}

// standsAlone reports that a value is not the tail or middle of something
// longer: an id with dashes, an address, an amount, a decimal.
func (s *scanner) standsAlone(i, end int) bool {
	if i > 0 {
		switch s.text[i-1] {
		case '-', '.', '/', '#', '+', '$', '%', '&', '~', '=', '@':
			return false
		case ' ':
			if i > 1 && class[s.text[i-2]]&isDigit != 0 {
				return false // of a row of numbers
			}
		}
	}
	if end+1 < len(s.text) && s.text[end] == ' ' && class[s.text[end+1]]&isDigit != 0 {
		return false
	}
	return end >= len(s.text) || s.text[end] != '@' && s.text[end] != '/' && s.text[end] != '-'
}

func isSampleID(v []byte, samples []string) bool {
	for _, x := range samples {
		if string(v) == x {
			return true
		}
	}
	same := true
	for _, c := range v[1:] {
		same = same && c == v[0]
	}
	return same
}

func isAllDigits(v []byte) bool {
	for _, c := range v {
		if class[c]&isDigit == 0 {
			return false
		}
	}
	return true
}
