package detect

// Words that begin something are found by their first two bytes: one look
// into a table says which few prefixes can stand here, for most words none.

// entry is one way a word can begin something.
type entry struct {
	prefix string
	third  byte // the third byte, in lower case
	kind   kind
	not    uint16 // what may not stand before it, so that a long token is read once
	at     int    // index in tokenForms, spokenWords
}

type kind uint8

const (
	kindToken kind = iota
	kindJWT
	kindDiscord
	kindSpoken
	kindTerraform
	kindEncoded
	kindSeed
	kindBIC
)

// code numbers the 63 word bytes; 0 is every other byte.
var code = func() (t [256]uint8) {
	n := uint8(0)
	for c := range 256 {
		if class[c]&isWord != 0 && n < 63 {
			n++
			t[c] = n
		}
	}
	return t
}()

var (
	pairs   [64 * 64]uint16 // two codes -> index in entries, 0 for none
	entries = [][]entry{nil}
)

// third is what an entry's third byte has to be; a separator of a phrase can
// be several, which 0 allows.
func third(p string) byte {
	if len(p) < 3 || p[2] == ' ' || p[2] >= 0x80 || p[1] >= 0x80 {
		return 0
	}
	return lower(p[2])
}

func init() {
	register := func(c0, c1 byte, e entry) {
		p := int(code[c0])<<6 | int(code[c1])
		if pairs[p] == 0 {
			pairs[p] = uint16(len(entries))
			entries = append(entries, nil)
		}
		entries[pairs[p]] = append(entries[pairs[p]], e)
	}
	for i, f := range tokenForms {
		register(f.prefix[0], f.prefix[1], entry{f.prefix, third(f.prefix), kindToken, f.not, i})
	}
	register('e', 'y', entry{"eyJ", 'j', kindJWT, isTokenDot, 0})
	register('a', 't', entry{"atlasv1.", 'l', kindTerraform, 0, 0})
	for _, p := range encodedKeys {
		register(p[0], p[1], entry{p, third(p), kindEncoded, isWord, 0})
	}
	for _, p := range discordStarts {
		register(p[0], p[1], entry{p, 0, kindDiscord, isTokenDot, 0})
	}
	fold := func(word string, e entry) {
		for _, c0 := range [2]byte{word[0], upper(word[0])} {
			for _, c1 := range [2]byte{word[1], upper(word[1])} {
				register(c0, c1, e)
			}
		}
	}
	for i, w := range spokenWords {
		fold(w, entry{"", third(w), kindSpoken, 0, i})
	}
	for i, w := range seedNames {
		fold(w.text, entry{"", third(w.text), kindSeed, isWord, i})
	}
	for i, w := range bicNames {
		fold(w.text, entry{"", third(w.text), kindBIC, isWord, i})
	}
}

// word looks at a word that starts with a letter or underscore at i.
func (s *scanner) word(i int) int {
	text := s.text
	if i+3 >= len(text) {
		return i
	}
	if c := text[i+2]; class[c]&isDigit != 0 || (c == ' ' || c == '-') && class[text[i+3]]&isDigit != 0 {
		if j := s.iban(i); j > i {
			return j
		}
	}
	if j := s.begins(i); j > i {
		return j
	}
	if mayMark(text, i) && s.previous(i)&(isWord|isDot) == 0 {
		return s.marking(i)
	}
	return i
}

// begins looks at what the word at i begins with.
func (s *scanner) begins(i int) int {
	text := s.text
	if i+3 >= len(text) {
		return i
	}
	b := pairs[int(code[text[i]])<<6|int(code[text[i+1]])]
	if b == 0 {
		return i
	}
	c2, prev := lower(text[i+2]), s.previous(i)
	for k := range entries[b] {
		e := &entries[b][k]
		if e.third != 0 && e.third != c2 || prev&e.not != 0 || !hasPrefix(text, i, e.prefix) {
			continue
		}
		j := i
		switch e.kind {
		case kindToken:
			j = s.token(i, &tokenForms[e.at])
		case kindJWT:
			j = s.jwt(i)
		case kindDiscord:
			j = s.discord(i)
		case kindSpoken:
			j = s.spoken(i, spokenWords[e.at])
		case kindTerraform:
			j = s.terraform(i)
		case kindEncoded:
			j = s.encodedKey(i)
		case kindSeed:
			j = s.seed(i, &seedNames[e.at])
		case kindBIC:
			j = s.bic(i, &bicNames[e.at])
		}
		if j > i {
			return j
		}
	}
	return i
}

// previous is the class of the byte before i; the letter of an escape such as
// \n is none.
func (s *scanner) previous(i int) uint16 {
	if i == 0 || i >= 2 && s.text[i-2] == '\\' {
		return 0
	}
	return class[s.text[i-1]]
}
