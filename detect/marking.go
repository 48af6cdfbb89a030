package detect

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// ClassificationMarking finds the words by which somebody said that a text is
// not for everybody.
const ClassificationMarking DetectorID = "classification_marking"

// phraseIndex finds phrases by how they begin.
var phraseIndex foldedIndex

func init() {
	for i, p := range phrases {
		phraseIndex.add(p.text, i)
	}
}

func markingDetectors() []Detector {
	return []Detector{{
		ID: ClassificationMarking, Class: ClassMarking, Confidence: High,
		Title:  "Classification marking, as a banner, a line of its own or a phrase with one meaning",
		Hits:   markingHits,
		Misses: markingMisses,
	}}
}

// maxBanner is how long a line can be and still be a banner.
const maxBanner = 120

var (
	asBanner = say("a banner")
	asPhrase = say("a marking in the text")
	asLabel  = say("behind a label")
)

// marking looks for a marking that starts with the letter at i.
func (s *scanner) marking(i int) int {
	p, end, caps := s.longest(i, func(u use) bool { return u <= labelled })
	if p == nil {
		return i
	}
	b, framed := s.bannerAround(i, end, caps || p.use == shouted)
	first := isCapital(s.text, i)
	counts := false
	switch p.use {
	case anywhere:
		counts = b.ok
	case shouted, banner:
		counts = b.ok && (caps || !b.bullet && !b.heading)
	case title:
		counts = b.ok && !b.bullet && (caps || b.label || first && !b.heading && (framed || b.edge))
	case capitals:
		counts = b.ok && !b.bullet && (caps || b.label)
	case labelled:
		counts = b.ok && b.label
	}
	switch {
	case counts:
		why := Why{Form: asBanner}
		conf := High
		if b.label {
			why.Form = asLabel
			if p.use == labelled {
				conf = Medium
			}
		}
		s.add(ClassificationMarking, ClassMarking, conf, i, b.end, why)
		return b.end
	case (p.use == anywhere || p.use == shouted && caps) && !s.isTalk(i, end):
		conf := Medium
		if caps {
			conf = High
		}
		s.add(ClassificationMarking, ClassMarking, conf, i, end, Why{Form: asPhrase})
		return end
	}
	return i
}

// foreignLetter looks for a marking at a letter of more than one byte, which the
// pass stops at only for this.
func (s *scanner) foreignLetter(i int) int {
	_, n := utf8.DecodeRune(s.text[i:])
	if i > 0 && (class[s.text[i-1]]&isWord != 0 || s.previousLetter(i)) {
		return i + n
	}
	return max(i+n, s.marking(i))
}

// longest returns the longest phrase at i among the wanted uses, where it ends,
// and whether it is in capitals.
func (s *scanner) longest(i int, want func(use) bool) (found *phrase, end int, caps bool) {
	head, list := headAt(s.text, i), phraseIndex.at(s.text, i)
	for k := range list {
		p := &phrases[list[k].number]
		if !list[k].may(head) || !want(p.use) || found != nil && len(p.text) <= len(found.text) {
			continue
		}
		// An assignment or TOP_SECRET is code.
		if e, c := s.words(i, p.text); e > i && (e >= len(s.text) || s.text[e] != '=') && bytes.IndexByte(s.text[i:e], '_') < 0 {
			found, end, caps = p, e, c
		}
	}
	return found, end, caps
}

// words returns the end of the phrase at i, or i, and whether it is all in
// capitals. A space in it stands for a space, dash or underscore.
func (s *scanner) words(i int, p string) (end int, caps bool) {
	text := s.text
	j := i
	caps = true
	for k := 0; k < len(p); {
		if j >= len(text) {
			return i, false
		}
		if c := text[j]; c < utf8.RuneSelf && p[k] < utf8.RuneSelf {
			if p[k] == ' ' {
				if c != ' ' && c != '-' && c != '_' {
					return i, false
				}
			} else if lower(c) != p[k] {
				return i, false
			} else if class[c]&isLower != 0 {
				caps = false
			}
			j++
			k++
			continue
		}
		r, n := foldRune(text, j)
		want, m := utf8.DecodeRuneInString(p[k:])
		if want == 'ς' {
			want = 'σ'
		} else if want == '–' {
			want = '-'
		}
		if r != want && !(want == ' ' && r == '-') {
			return i, false
		}
		if o, _ := utf8.DecodeRune(text[j:]); unicode.IsLower(o) {
			caps = false
		}
		j += n
		k += m
	}
	s.steps += j - i
	if j < len(text) {
		if c := text[j]; class[c]&isWord != 0 || c >= utf8.RuneSelf && isLetterAt(text, j) {
			return i, false
		}
	}
	return j, caps
}

func isLetterAt(text []byte, i int) bool {
	r, _ := utf8.DecodeRune(text[i:])
	return unicode.IsLetter(r)
}

func isCapital(text []byte, i int) bool {
	r, _ := utf8.DecodeRune(text[i:])
	return unicode.IsUpper(r)
}

// A bannerLook is what a line, or what is in brackets, says around a marking.
type bannerLook struct {
	ok      bool
	end     int  // of its last marking
	label   bool // "Classification:" stands before it
	bullet  bool // it is an entry of a list
	heading bool // it is a heading of Markdown, as of an article
	edge    bool // it is the text's first or last line
}

// bannerAround looks whether nothing but markings, joiners and ornament is on
// the line of text[i:end], or between its brackets. Framed says that there are
// brackets or ornament on its sides; colon that text may follow behind one.
func (s *scanner) bannerAround(i, end int, colon bool) (b bannerLook, framed bool) {
	text := s.text
	k, ornaments := i, 0
	for k > 0 && i-k < 24 && isOrnament(text[k-1]) {
		k--
		if text[k] != ' ' && text[k] != '\t' && text[k] != '.' {
			ornaments++
		}
	}
	last := byte('\n')
	if k > 0 && (text[k-1] == '[' || text[k-1] == '(') {
		last = ']'
		if text[k-1] == '(' {
			last = ')'
			// (SECRET) in the middle of a sentence is a word in brackets.
			for j := k - 1; j > 0 && text[j-1] != '\n'; j-- {
				if !isOrnament(text[j-1]) {
					return b, false
				}
			}
		}
		framed = true
	} else {
		start := k
		for start > 0 && text[start-1] != '\n' && text[start-1] != '\r' {
			if start--; i-start > maxBanner {
				return b, false
			}
		}
		var l line
		if start < k || ornaments > 0 {
			if l = s.bannerLine(start, i, 0); l.end != i {
				return b, false
			}
		}
		if l.comment {
			return b, false
		}
		b.label = l.label
		b.heading = text[start] == '#'
		b.edge = isBlank(text[max(0, start-8):start]) && start <= 8
		b.bullet = ornaments == 1 && (text[start] == '-' || text[start] == '*' || text[start] == '+')
	}
	l := s.bannerLine(end, min(len(text), i+maxBanner), last)
	if l.done {
		b.ok, b.end = true, max(end, l.last)
		if last == '\n' {
			n := l.end
			framed = framed || ornaments >= 2 && l.ornaments >= 2
			b.bullet = b.bullet && l.ornaments == 0
			b.edge = (b.edge || isBlank(text[n:min(len(text), n+8)]) && n+8 >= len(text)) && len(text) > 2*(end-i)
		}
		s.steps += l.end - k
		return b, framed
	}
	// "CONFIDENTIAL: the plan", "Strictly confidential - reorganisation".
	if last == '\n' && k == i && !b.bullet && isCapital(text, i) && s.leads(i, end, colon) && !s.isTalk(i, end) {
		b.ok, b.end = true, end
	}
	return b, framed
}

// leads reports that a text is continued on the line behind a marking at its
// start, with a colon or dash between.
func (s *scanner) leads(i, end int, colon bool) bool {
	text := s.text
	if i > 0 && text[i-1] != '\n' {
		return false
	}
	rest := text[end:min(len(text), end+12)]
	switch {
	case len(rest) < 12 || bytes.IndexByte(rest, '\n') >= 0:
		return false
	case colon && rest[0] == ':' && rest[1] == ' ', rest[0] == ' ' && (rest[1] == '-' || rest[1] == '|') && rest[2] == ' ', rest[0] == ' ' && rest[1] == 0xe2, rest[0] == '/' && rest[1] == '/':
		return true
	}
	return false
}

// line is what bannerLine found.
type line struct {
	end       int  // how far it is nothing but a banner
	last      int  // the end of its last marking or joiner
	done      bool // the closing byte, or the end of the text, was reached
	label     bool
	comment   bool // it is a comment of source code
	ornaments int
}

// bannerLine reads text[i:end] as part of a banner, up to the closing byte.
func (s *scanner) bannerLine(i, end int, last byte) (l line) {
	text := s.text
	start, numbers := i, false
	for i < end {
		c := text[i]
		switch {
		case last != 0 && (c == last || last == '\n' && c == '\r'):
			l.done, l.end = true, i
			return l
		case c == '\n':
			l.end = i
			return l
		case isOrnament(c):
			if c == '/' && last == 0 && (i == start || text[i-1] == '/' || isBlank(text[start:i])) || c == '#' && i > start && text[i-1] != '#' {
				l.comment = true
			}
			if c != ' ' && c != '\t' && c != '.' {
				l.ornaments++
			}
			i++
		case class[c]&isDigit != 0:
			j := i
			for j < end && class[text[j]]&isDigit != 0 {
				j++
			}
			if j-i > 4 || !numbers && last == 0 {
				l.end = i
				return l
			}
			i = j
		case c >= utf8.RuneSelf && !isLetterAt(text, i):
			_, n := utf8.DecodeRune(text[i:])
			i += n
			l.ornaments++
		default:
			p, e, _ := s.longest(i, func(use) bool { return true })
			if p == nil || e > end {
				l.end = i
				return l
			}
			switch p.use {
			case label:
				l.label = true
			case page:
				numbers = true
			default:
				if p.use != joiner {
					l.last = e
				}
			}
			i = e
		}
	}
	l.end = i
	l.done = i == len(text) && last == '\n'
	return l
}

func isBlank(v []byte) bool {
	for _, c := range v {
		if class[c]&isSpace == 0 {
			return false
		}
	}
	return true
}

func isOrnament(c byte) bool {
	switch c {
	case ' ', '\t', '-', '*', '=', '_', '#', '|', ':', '/', '~', '!', '>', '<', '.', '+', '&', ';', ',':
		return true
	}
	return false
}

// talk are words of a text about markings, and of the paragraph that mail
// systems add to every message.
var talk = newLexicon("recipient", "this e-mail", "this email", "this message", "this communication", "received this", "diese e-mail", "diese nachricht", "ce message", "este mensaje", "este correo", "questo messaggio", "questa e-mail", "dit bericht", "deze e-mail",
	"empfänger", "destinataire", "destinatario", "destinatário", "geadresseerde", "adressat", "intended", "ta wiadomość", "odbiorc", "mottagar", "esta mensagem",
	"what is", "what does", "what are", "meaning of", " means ", "definition", "defined as", "stands for", "the term", "e.g.", "for example", "difference between", "explain", "tlp:green", "tlp:white", "tlp:clear", "treated as", "be treated", "kept strictly", "remain strictly",
	"documents marked", "if marked", "not marked", "marked as", "labeled", "labelled", "classification levels", "was bedeutet", "que signifie", "qué significa", "information shall", "information means", "handbook", "policy requires", "article", "wikipedia")

// isTalk reports that text[i:end] is spoken of rather than meant: quoted,
// explained, or part of a disclaimer.
func (s *scanner) isTalk(i, end int) bool {
	text := s.text
	if i > 0 && (text[i-1] == '"' || text[i-1] == '\'' || text[i-1] == '`') {
		return true
	}
	w := text[max(0, i-160):min(len(text), end+240)]
	s.steps += len(w)
	return talk.in(w)
}
