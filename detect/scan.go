package detect

import (
	"context"
	"slices"
)

// Scan says what is in text, in whatever letters it is written, and in what is
// encoded in it. It takes time proportional to the text's length whatever it
// holds, allocates nothing when there is nothing to say, and keeps no reference
// to it. Text needs not be valid UTF-8; offsets are in bytes.
func Scan(text []byte) Result {
	r, _ := ScanWith(context.Background(), text, nil)
	return r
}

// ScanWith is Scan that also finds an organisation's own terms, if own isn't
// nil, and that can be cancelled: then it returns what was found so far and the
// context's error.
func ScanWith(ctx context.Context, text []byte, own Finder) (Result, error) {
	s := scanner{text: text}
	if len(text) > MaxText {
		s.text, s.partial = text[:MaxText], true
	}
	err := s.scan(ctx, own)
	return Result{Findings: s.findings, Partial: s.partial}, err
}

// scan finds what is in the text as it is read, then what is encoded in it, and
// leads all of it back to the text as it is written.
func (s *scanner) scan(ctx context.Context, own Finder) error {
	var plain *rewrite
	if first := ascii(s.text); first < len(s.text) {
		s.other = true
		var err error
		if plain, err = normalise(ctx, s.text, first, &s.steps); err != nil {
			return err
		}
	}
	if plain != nil {
		defer plain.release()
		s.text = plain.text
	}
	err := s.run(ctx)
	if own != nil && err == nil {
		s.findings = findOwn(own, s.text, s.findings)
		err = ctx.Err()
	}
	if err == nil {
		err = s.decode(ctx, own)
	}
	s.findings = s.resolve()
	if plain != nil {
		for i := range s.findings {
			f := &s.findings[i]
			f.Start, f.End = plain.back(f.Start, f.End)
		}
	}
	return err
}

// findOwn is a function of its own so that the scanner stays off the heap.
func findOwn(own Finder, text []byte, findings []Finding) []Finding {
	own.Find(text, func(f Finding) { findings = append(findings, f) })
	return findings
}

// scanner is one pass over one text.
type scanner struct {
	text     []byte
	findings []Finding
	emails   emailCount
	authors  uint8 // whether the text is a list of authors: 0 unknown, 1 no, 2 yes
	tables   tables
	roster   roster
	around   vicinity
	heard    heard
	naming   naming
	after    struct {
		end    int
		topics topics // of the words behind there
	}
	other    bool // there are letters of other scripts, which the pass doesn't stop at
	sections [len(proseKinds)]section
	idChars  *[maxID]byte // of the number that is looked at, nil before the first
	taken    int          // end of the last value that was recorded by its name
	partial  bool
	parts    *[]Part // where parts are noted, nil in a scan for findings
	ahead    int     // up to where a manifest or key file was looked for the rest of it
	// steps counts the bytes that validators looked at, so that a test can
	// show that no text makes them look again and again.
	steps int
}

// stretchOfText is how many bytes are read between two looks at whether the
// scan was cancelled.
const stretchOfText = 64 << 10

// run is the pass: it skips to the next word or trigger byte, lets the
// validators that could start there look, and goes on after what they took.
func (s *scanner) run(ctx context.Context) error {
	defer s.forget()
	n := len(s.text)
	s.layout()
	s.secretColumns()
	for i := 0; i < n; {
		if err := ctx.Err(); err != nil {
			return err
		}
		i = s.pass(i, min(n, i+stretchOfText))
	}
	s.steps += n
	s.roster.records.flush()
	s.lists()
	s.judgeProse()
	s.sourceCode()
	return nil
}

// pass reads from i until it is past end. Every validator returns where to go
// on, or i when it found nothing.
func (s *scanner) pass(i, end int) int {
	text, n := s.text, len(s.text)
	for i < end {
		k := class[text[i]]
		if k&(isWord|isTrig) == 0 {
			i++
			continue
		}
		if k&isWord == 0 {
			i = s.trigger(i)
			continue
		}
		start, j := i, i
		if k&isDigit != 0 {
			j = s.digits(i)
		} else {
			j = s.word(i)
		}
		// On to the end of the word, unless a word starts here anyway. A word
		// with letters and digits may be an id, and one with a number behind it
		// may begin one ("AB 1234567").
		if i = max(j, i+1); class[text[i-1]]&isWord != 0 {
			seen := uint16(0) // behind the first
			for i < n && class[text[i]]&isWord != 0 {
				seen |= class[text[i]]
				i++
			}
			if seen&isUnder != 0 || seen&(isUpper|isLower) == isUpper|isLower {
				s.hearParts(start, i)
			}
			seen |= k
			if i-start >= shortestCoin && seen&isAlpha != 0 { // one in three hundred addresses has no digit
				s.coin(start, i)
			}
			if i-start >= minUnmarked && seen&isDigit != 0 && seen&isAlpha != 0 {
				if k := s.unmarked(start, i); k > start {
					i = max(i, k)
					continue
				}
			}
			if seen&isAlpha != 0 && j == start && (seen&isDigit != 0 || i+1 < n && class[text[i+1]]&isDigit != 0 && (text[i] == ' ' || text[i] == '-')) {
				i = s.mixed(start, i)
			}
		}
	}
	return i
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
		s.keyed(i)
		return s.assign(i)
	case '=':
		return s.assign(i)
	case '>':
		return s.element(i)
	case ',':
		return s.argument(i)
	case '(':
		return s.call(i)
	case '~':
		j = s.azure(i)
	case '$':
		j = s.crypt(i)
	case '|':
		j = s.facebook(i)
	default:
		return s.foreignLetter(i)
	}
	return max(j, i+1)
}

// add records a finding.
func (s *scanner) add(id DetectorID, c Class, conf Confidence, start, end int, why Why) {
	s.findings = append(s.findings, Finding{Detector: id, Class: c, Start: start, End: end, Confidence: conf, Count: 1, Why: why})
}

// resolve puts the findings in order and keeps the stronger of two that
// overlap: the more confident, then the one that knows what it is over one
// that goes by a name, then the longer, then the earlier. What is about the
// text as a whole may enclose others and stand beside them.
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
	kept, last := fs[:0], -1 // last is the index in kept of the last that isn't about the whole text
	for _, f := range fs {
		switch {
		case aboutText(f.Detector):
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
	// What stands there in plain letters is surer than what it can be decoded to.
	if x, y := a.Decoded != Plain, b.Decoded != Plain; x != y && min(a.Confidence, b.Confidence) >= Medium {
		return y
	}
	if a.Confidence != b.Confidence {
		return a.Confidence > b.Confidence
	}
	if x, y := byName(a.Detector), byName(b.Detector); x != y {
		return y
	}
	return a.End-a.Start > b.End-b.Start
}

// aboutText reports the detectors that judge the text as a whole rather than
// one value in it.
func aboutText(id DetectorID) bool {
	switch id {
	case ContractText, FinanceText, HRText, HealthText, SourceCode:
		return true
	}
	return isList(id)
}

func byName(id DetectorID) bool { return id == PasswordAssignment || id == SecretAssignment }

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
