package detect

import (
	"math/bits"
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
	// any other byte itself, as in "dd.dd.dd-ddd.dd". What is x throughout has a
	// letter. Small letters count as letters only where the topic names the
	// number.
	shapes []string
	// check tells whether it can be one, from its letters (in capitals) and
	// digits without separators; nil if nothing can be calculated.
	check   func(v []byte) bool
	form    Word // "Dutch BSN"
	checked Word // what check did: "checksum ok", "date possible"
	// bare tells that a number counts, with Medium, where nothing names it: that
	// by chance one in a thousand or fewer has this shape and check. nil is never.
	bare func(v []byte) bool
	// bareAs are the shapes in which it does; nil is all of them.
	bareAs []string
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

// An idPattern is one way to write numbers, and all the numbers that are
// written that way.
type idPattern struct {
	pattern string
	build   build
	specs   []idUse
	topics  topics // of the specs
	bare    bool   // one of them counts where nothing names it
}

// An idUse is a spec in one of its shapes.
type idUse struct {
	*idSpec
	counts bool // where nothing names it, if its bare says so
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
	return max(end, s.idAt(i, n, &letterFirst[n-i]))
}

// otherNumbers are words that say that a number is none of a person's.
var otherNumbers = newTopic("order", "invoice", "tracking", "phone", "tel", "fax", "ref", "reference", "ticket", "sku", "part", "serial", "version",
	"build", "commit", "case", "model", "item", "article", "product", "batch", "lot", "shipment", "parcel", "quote", "po number", "isbn", "ean", "gtin", "imei",
	"mobile", "call", "whatsapp", "timestamp", "hash", "bestellung", "rechnung", "telefon", "commande", "facture", "pedido", "factura", "tlf", "faktura",
	"ordre", "ordine", "fattura", "bestelling", "factuur", "puh", "tilaus", "lasku", "zamówieni", "objednávk")

// idAt looks for the best of the numbers that can be written at i, by a word
// as long as the text's there, of which text[i:j] was read, and returns where
// it ends, or i.
func (s *scanner) idAt(i, j int, byWord *idPatterns) int {
	text := s.text
	for j < len(text) && class[text[j]]&isAlnum != 0 {
		if j++; j-i > maxID {
			return i
		}
	}
	w := &byWord[j-i]
	one := w.one
	var more *idList
	if j+1 < len(text) && class[text[j+1]]&isAlnum != 0 {
		if seconds := w.more[separatorNumber[text[j]]]; seconds != nil {
			more = seconds[s.stretch(j+1, isAlnum, 31)-j-1]
		}
	}
	if one != nil && one.loose && s.inToken(i, j) {
		one = nil
	}
	if one == nil && more == nil {
		return i
	}
	if i > 0 && (class[text[i-1]]&isWord != 0 || text[i-1] >= 0x80 && s.previousLetter(i)) {
		return i
	}
	if i > 1 && class[text[i-2]]&isDigit != 0 && (text[i-1] == '-' || text[i-1] == '.' || text[i-1] == '/') {
		return i // the tail of a longer number with separators
	}
	var built uint64 // the patterns of more that are built like the text, a bit each
	if more != nil {
		words := s.buildAt(i, j-i, more.words)
		for k := range more.patterns {
			if b := &more.patterns[k].build; words&b.mask == b.words {
				built |= 1 << k
			}
		}
		if built == 0 && one == nil {
			return i
		}
	}
	end := j
	if built != 0 {
		end = i + more.longest
	}
	// Most numbers are named as nothing.
	named := s.mayBeNamed(i, j, end)
	if one != nil && !one.bare && !named.any(&one.topics) {
		one = nil
	}
	if built != 0 && !more.bare && !named.any(&more.topics) {
		built = 0
	}
	if one == nil && built == 0 {
		return i
	}
	best, skip := Finding{Start: i, End: i}, i
	if one != nil {
		for k := range one.patterns {
			skip = max(skip, s.written(i, &one.patterns[k], named, &best))
		}
	}
	for ; built != 0; built &= built - 1 {
		skip = max(skip, s.written(i, &more.patterns[bits.TrailingZeros64(built)], named, &best))
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

// written looks for the numbers that are written like x at i, keeps the best in
// best, and returns where a sample ends, or i. Nothing names them that isn't in
// named.
func (s *scanner) written(i int, x *idPattern, named *topics, best *Finding) (skip int) {
	if !x.bare && !named.any(&x.topics) {
		return i
	}
	if s.idChars == nil {
		s.idChars = idCharsPool.Get().(*[maxID]byte)
	}
	v, end, small := s.shaped(i, x.pattern, s.idChars[:0])
	if end == i || s.inRow(i, end) {
		return i
	}
	skip = i
	for _, p := range x.specs {
		maybe := named.has(p.topic)
		if !maybe && !p.counts || p.check != nil && !p.check(v) {
			continue
		}
		if !p.counts && !s.near(i, end).names(p.topic) {
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
		f, ok := Finding{Detector: p.id, Class: p.class, Start: i, End: end, Count: 1}, false
		if maybe {
			f.Why, f.Confidence, ok = s.named(i, end, p.idSpec)
		}
		if !ok {
			if small && !p.bareSmall || !p.counts || !s.standsAlone(i, end) || !p.bare(v) || s.near(i, end).names(otherNumbers) {
				continue
			}
			f.Why, f.Confidence = Why{}, min(p.confidence, Medium)
		}
		f.Why.Length, f.Why.Form, f.Why.Check = len(v), p.form, p.checked
		if isAllDigits(v) {
			f.Why.Unit = unitDigits
		}
		if best.End == i || betterNamed(&f, best) {
			*best = f
		}
	}
	return skip
}

// named says by what and how surely text[i:end] is named as p's; ok is false
// where nothing names it.
func (s *scanner) named(i, end int, p *idSpec) (why Why, conf Confidence, ok bool) {
	why, ok = s.about(i, end, p.topic)
	if ok && p.unless != 0 {
		other, is := s.about(i, end, p.unless)
		ok = (!is || !closer(other, why)) && (why.Where != Before || !s.sentenceEnds(i, why.Distance))
	}
	if ok && p.ahead {
		other, is := s.about(i, end, otherNumbers)
		ok = why.Where != After && (!is || !closer(other, why))
	}
	if ok && why.Where == After {
		// The name of the next value, mostly, where another stands before this.
		other, is := s.about(i, end, otherNumbers)
		ok = (!is || other.Where == After) && !s.breaks(end, why.Distance) &&
			!s.sentenceEnds(min(len(s.text), end+why.Distance+4), why.Distance+4)
	}
	if conf = p.confidence; why.Where == After {
		conf = min(conf, Medium)
	}
	return why, conf, ok
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
