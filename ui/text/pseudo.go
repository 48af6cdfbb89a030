package text

import "strings"

var (
	accents = strings.NewReplacer(
		"A", "Å", "C", "Ç", "D", "Ð", "E", "É", "G", "Ĝ", "H", "Ĥ", "I", "Î", "K", "Ķ", "L", "Ļ", "N", "Ñ", "O", "Ö", "R", "Ŕ", "S", "Š", "T", "Ţ", "U", "Û", "W", "Ŵ", "Y", "Ý", "Z", "Ž",
		"a", "å", "c", "ç", "d", "ð", "e", "é", "g", "ĝ", "h", "ĥ", "i", "î", "k", "ķ", "l", "ļ", "n", "ñ", "o", "ö", "r", "ŕ", "s", "š", "t", "ţ", "u", "û", "w", "ŵ", "y", "ý", "z", "ž")
	longer = strings.NewReplacer("a", "aa", "e", "ee", "i", "ii", "o", "oo", "u", "uu")
)

// stretch is the pseudo-locale's translation: accents show what a font lacks,
// brackets what is cut off, and its length, 40 % more at least, what doesn't
// fit. What stands in a hole is left alone, and so is the hole.
func stretch(english string) string {
	var b strings.Builder
	letters, more := 0, 0
	rest := english
	for rest != "" {
		plain, named := rest, ""
		if at := hole.FindStringIndex(rest); at != nil {
			plain, named, rest = rest[:at[0]], rest[at[0]:at[1]], rest[at[1]:]
		} else {
			rest = ""
		}
		long := longer.Replace(plain)
		letters, more = letters+len(plain), more+len(long)-len(plain)
		b.WriteString(accents.Replace(long) + named)
	}
	// Where vowels are few, words are added, as long as words are.
	for _, word := range strings.Fields(strings.Repeat("one two three four five six seven eight ", 1+letters/20)) {
		if more*10 >= letters*4 {
			break
		}
		b.WriteString(" " + accents.Replace(word))
		more += len(word) + 1
	}
	return "[" + b.String() + "]"
}
