package ask

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// token is a word of a question.
type token struct {
	word string // folded and without its plural
	raw  string // as it was typed
	host string // what could be an address, "" for most
}

var umlauts = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// fold makes words equal that people take for equal: case, accents, umlauts.
func fold(s string) string {
	s = umlauts.Replace(strings.ToLower(norm.NFC.String(s)))
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// singular drops an English plural. It is applied to both sides, so a word
// that only looks like a plural still equals itself.
func singular(w string) string {
	if len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return w[:len(w)-1]
	}
	return w
}

// split returns the words of a text. An address is one word.
func split(s string) []token {
	var all []token
	for field := range strings.FieldsSeq(s) {
		raw := strings.TrimFunc(field, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if i := strings.IndexByte(raw, '.'); i > 0 && i < len(raw)-1 || strings.Contains(raw, "://") {
			all = append(all, token{word: fold(raw), raw: raw, host: raw})
			continue
		}
		for part := range strings.FieldsFuncSeq(raw, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			all = append(all, token{word: singular(fold(part)), raw: part})
		}
	}
	return all
}

// phrase is a text as the index knows it.
func phrase(s string) string {
	var words []string
	for part := range strings.FieldsFuncSeq(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words = append(words, singular(part))
	}
	return strings.Join(words, " ")
}

// slips is how many slips of the keyboard a word of this length may have and
// still be recognised. Short words have too many neighbours.
func slips(w string) int {
	switch n := len(w); {
	case n >= 9:
		return 2
	case n >= 5:
		return 1
	}
	return 0
}

// distance is the number of letters that were left out, added, exchanged or
// swapped with their neighbour between a and b (optimal string alignment), or
// more than most as soon as it can't be less.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if abs(len(x)-len(y)) > most {
		return most + 1
	}
	before, row, next := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least > most {
			return most + 1
		}
		before, row, next = row, next, before
	}
	return row[len(y)]
}

func abs(n int) int { return max(n, -n) }
