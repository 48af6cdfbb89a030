package detect

import "slices"

// Scan says what is in text. It reads the text once, in time proportional to
// its length whatever it holds, allocates nothing when there is nothing to
// say, and keeps no reference to it. Text needs not be valid UTF-8; offsets
// are in bytes.
func Scan(text []byte) Result {
	s := scanner{text: text}
	if len(text) > MaxText {
		s.text = text[:MaxText]
	}
	s.run()
	return Result{Findings: s.resolve(), Partial: len(text) > MaxText}
}

// scanner is one pass over one text.
type scanner struct {
	text     []byte
	findings []Finding
	emails   emailCount
	chain    chain
	taken    int // end of the last value that was recorded by its name
	// steps counts the bytes that validators looked at, so that a test can
	// show that no text makes them look again and again.
	steps int
}

// run is the pass: it skips to the next word or trigger byte, lets the
// validators that could start there look, and goes on after what they took.
// Every validator returns where to go on, or i when it found nothing.
func (s *scanner) run() {
	text, n := s.text, len(s.text)
	for i := 0; i < n; {
		k := class[text[i]]
		if k&(isWord|isTrig) == 0 {
			i++
			continue
		}
		if k&isWord == 0 {
			i = s.trigger(i)
			continue
		}
		j := i
		if k&isDigit != 0 {
			j = s.digits(i)
		} else {
			j = s.word(i)
		}
		// On to the end of the word, unless a word starts here anyway.
		if i = max(j, i+1); class[text[i-1]]&isWord != 0 {
			for i < n && class[text[i]]&isWord != 0 {
				i++
			}
		}
	}
	s.steps += n
	s.bulk()
}

// trigger looks around a byte that may be the middle or start of something,
// and returns where the pass goes on.
func (s *scanner) trigger(i int) int {
	text := s.text
	j := i
	switch text[i] {
	case '@':
		return s.email(i)
	case '-':
		return s.dashes(i)
	case '\\':
		// An escape such as the \n in JSON is no part of the word behind it.
		return min(i+2, len(text))
	case ':':
		if hasPrefix(text, i, "://") {
			return s.address(i)
		}
		if j = s.telegram(i); j > i {
			return j
		}
		return s.assign(i)
	case '=':
		return s.assign(i)
	case '>':
		return s.element(i)
	case ',':
		return s.argument(i)
	case '~':
		j = s.azure(i)
	}
	return max(j, i+1)
}

// add records a finding.
func (s *scanner) add(id DetectorID, c Class, conf Confidence, start, end int) {
	s.findings = append(s.findings, Finding{Detector: id, Class: c, Start: start, End: end, Confidence: conf, Count: 1})
}

// resolve puts the findings in order and keeps the stronger of two that
// overlap: the more confident, then the one that knows what it is over one
// that goes by a name, then the longer, then the earlier. A list of contacts
// is about the text as a whole, so it may enclose others.
func (s *scanner) resolve() []Finding {
	fs := s.findings
	if len(fs) < 2 {
		return fs
	}
	slices.SortStableFunc(fs, func(a, b Finding) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	kept, last := fs[:0], -1 // last is the index in kept of the last that isn't a list
	for _, f := range fs {
		switch {
		case f.Detector == EmailBulk:
			kept = append(kept, f)
		case last >= 0 && f.Start < kept[last].End:
			if stronger(f, kept[last]) {
				kept[last] = f
			}
		default:
			kept = append(kept, f)
			last = len(kept) - 1
		}
	}
	clear(fs[len(kept):])
	return kept
}

func stronger(a, b Finding) bool {
	if a.Confidence != b.Confidence {
		return a.Confidence > b.Confidence
	}
	if x, y := byName(a.Detector), byName(b.Detector); x != y {
		return y
	}
	return a.End-a.Start > b.End-b.Start
}

func byName(id DetectorID) bool { return id == PasswordAssignment || id == SecretAssignment }

// contextReach is how far before a candidate its keyword may stand, in bytes
// (AWS Macie's 30 characters; Purview's 300 are for documents).
const contextReach = 30

// before reports whether one of the words starts a word in
// the bytes before i.
func (s *scanner) before(i int, words *lexicon) bool {
	w := s.text[max(0, i-contextReach):i]
	s.steps += len(w)
	for k := range w {
		if class[w[k]]&isAlnum == 0 {
			continue
		}
		if k > 0 && class[w[k-1]]&isAlnum != 0 && (class[w[k]]&isUpper == 0 || class[w[k-1]]&isUpper != 0) {
			continue // inside a word that isn't camelCase
		}
		if words.at(w, k) {
			return true
		}
	}
	return false
}

// stretch returns the end of the stretch of bytes of the given class from i, at
// most limit bytes long.
func (s *scanner) stretch(i int, chars uint16, limit int) int {
	j, end := i, min(len(s.text), i+limit)
	for j < end && class[s.text[j]]&chars != 0 {
		j++
	}
	s.steps += j - i
	return j
}

// back returns the start of the stretch of bytes of the given class before i.
func (s *scanner) back(i int, chars uint16, limit int) int {
	j, end := i, max(0, i-limit)
	for j > end && class[s.text[j-1]]&chars != 0 {
		j--
	}
	s.steps += i - j
	return j
}
