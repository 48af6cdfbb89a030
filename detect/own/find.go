package own

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"handrail/detect"
)

// Find implements detect.Finder.
func (s *Set) Find(text []byte, found func(detect.Finding)) {
	if len(s.terms) > 0 || len(s.dicts) > 0 {
		s.walk(text, found)
	}
	for i := range s.patterns {
		s.patterns[i].find(text, found)
	}
}

// window is how far around its literal a pattern is tried, in bytes: a match
// is a name or a number, not a page.
const window = 256

// find runs the expression where its literal stands. Windows that touch are
// one, so that no byte is read twice.
func (p *pattern) find(text []byte, found func(detect.Finding)) {
	n := 0
	for at := 0; n < maxFindings; {
		k := bytes.Index(text[at:], p.literal)
		if k < 0 {
			return
		}
		from, to := max(at, at+k-window), at+k+len(p.literal)+window
		for to < len(text) {
			next := bytes.Index(text[to-window:min(len(text), to+window+len(p.literal))], p.literal)
			if next < 0 {
				break
			}
			to += next + len(p.literal)
		}
		to = min(to, len(text))
		for _, m := range p.re.FindAllIndex(text[from:to], maxFindings-n) {
			if m[1] > m[0] {
				found(finding(Pattern, p.entry, from+m[0], from+m[1]))
				n++
			}
		}
		at = to
	}
}

func finding(id detect.DetectorID, e entry, start, end int) detect.Finding {
	f := detect.Finding{Detector: id, Class: detect.ClassOwn, Start: start, End: end, Confidence: e.confidence, Count: 1, Own: e.number}
	if e.label {
		f.Detector, f.Class = Label, detect.ClassMarking
	}
	return f
}

// word is one word of the text: its place and the hash of its folded letters.
type word struct {
	start, end int
	hash       uint64
	terms      []term // that begin with it
}

// walk goes over the words of a text and looks up every run of words that may
// be a term or a name.
func (s *Set) walk(text []byte, found func(detect.Finding)) {
	var ring [MaxWords]word // the last words, the newest at n-1
	var buf [maxFolded]byte
	n := 0
	counts := map[int]int{}
	report := func(id detect.DetectorID, e entry, start, end int) {
		if counts[e.number]++; counts[e.number] <= maxFindings {
			found(finding(id, e, start, end))
		}
	}
	for i := 0; i < len(text); {
		w := nextWord(text, i)
		if w.end == 0 {
			return
		}
		// A run ends at a new paragraph or after more than a few signs.
		if n > 0 && !joined(text[ring[n-1].end:w.start]) {
			n = 0
		}
		if n == MaxWords {
			copy(ring[:], ring[1:])
			n--
		}
		w.terms = s.terms[w.hash]
		ring[n] = w
		n++
		for k := range n {
			run := ring[n-1-k : n]
			for _, t := range run[0].terms {
				if len(t.words) == len(run) && sameWords(text, run, t.words) {
					report(Term, t.entry, run[0].start, w.end)
				}
			}
			for d := range s.dicts {
				if s.dicts[d].has(text, run, buf[:]) {
					report(Dictionary, s.dicts[d].entry, run[0].start, w.end)
				}
			}
		}
		i = w.end
	}
}

// joined reports whether what stands between two words leaves them one name.
func joined(between []byte) bool {
	return len(between) <= 6 && bytes.Count(between, []byte("\n")) <= 1
}

// nextWord returns the first word at or after i; its end is 0 if there is none.
func nextWord(text []byte, i int) word {
	for i < len(text) {
		r, size := utf8.DecodeRune(text[i:])
		if isWordRune(r) {
			break
		}
		i += size
	}
	w := word{start: i, hash: offsetBasis}
	for i < len(text) {
		r, size := utf8.DecodeRune(text[i:])
		if !isWordRune(r) {
			break
		}
		w.hash = (w.hash ^ uint64(fold(r))) * prime
		i += size
	}
	if i > w.start {
		w.end = i
	}
	return w
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r))
}

// fold makes letters that differ in case only the same.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(r)
}

// FNV-1a over runes: a table's hash, not a digest.
const (
	offsetBasis uint64 = 14695981039346656037
	prime       uint64 = 1099511628211
)

func hash(folded string) uint64 {
	h := offsetBasis
	for _, r := range folded {
		h = (h ^ uint64(r)) * prime
	}
	return h
}

// split returns the folded words of a term.
func split(s string) (words []string) {
	text := []byte(s)
	for i := 0; i < len(text); {
		w := nextWord(text, i)
		if w.end == 0 {
			break
		}
		words = append(words, string(foldAll(nil, text[w.start:w.end])))
		i = w.end
	}
	return words
}

// foldAll appends the folded word to b.
func foldAll(b, w []byte) []byte {
	for len(w) > 0 {
		r, size := utf8.DecodeRune(w)
		b = utf8.AppendRune(b, fold(r))
		w = w[size:]
	}
	return b
}

func sameWords(text []byte, run []word, want []string) bool {
	for i, w := range run {
		if w.hash != hash(want[i]) || !sameWord(text[w.start:w.end], want[i]) {
			return false
		}
	}
	return true
}

func sameWord(w []byte, folded string) bool {
	for _, r := range folded {
		c, size := utf8.DecodeRune(w)
		if size == 0 || fold(c) != r {
			return false
		}
		w = w[size:]
	}
	return len(w) == 0
}
