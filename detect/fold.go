package detect

import (
	"unicode"
	"unicode/utf8"
)

// foldRune is the letter at i in lower case, and how many bytes it has. The
// end form of sigma is the other one, and a dash is a dash.
func foldRune(text []byte, i int) (r rune, n int) {
	if text[i] < utf8.RuneSelf {
		return rune(lower(text[i])), 1
	}
	r, n = utf8.DecodeRune(text[i:])
	switch r = unicode.ToLower(r); r {
	case 'ς':
		r = 'σ'
	case '’':
		r = '\''
	case '–', '—':
		r = '-'
	case '\u00a0':
		r = ' '
	}
	return r, n
}

// A foldedIndex finds the few words of a set that can stand at a place, by how
// they begin: two letters without accents, without regard to case.
type foldedIndex [64 * 64][]foldedWord

// A foldedWord is a word of the index, by its number, and the up to eight bytes
// of ASCII that it begins with, as headAt has them.
type foldedWord struct {
	head   uint64
	mask   uint64 // ones where head says something
	number uint16
}

func (x *foldedIndex) add(word string, number int) {
	b := append([]byte(word), 0, 0)
	w := foldedWord{number: uint16(number)}
	for k := 0; k < len(word) && k < 8 && word[k] < utf8.RuneSelf && word[k] != ' '; k++ {
		w.head |= uint64(word[k]|0x20) << (8 * k)
		w.mask |= 0xff << (8 * k)
	}
	at := foldedSlot(b[0], b[1])
	x[at] = append(x[at], w)
}

// at returns the words that can stand at i.
func (x *foldedIndex) at(text []byte, i int) []foldedWord {
	if i+1 >= len(text) {
		return x[foldedSlot(text[i], 0)]
	}
	return x[foldedSlot(text[i], text[i+1])]
}

// may reports whether the word can stand where the text has this head. Letters
// that aren't ASCII may be folded to others.
func (w *foldedWord) may(head uint64) bool {
	return head&w.mask == w.head || head&0x8080808080808080 != 0
}

// foldedSlot goes by the numbers that word bytes have; other bytes are alike.
func foldedSlot(a, b byte) int { return int(code[lower(a)])<<6 | int(code[lower(b)]) }

// matchFold returns where the word w ends that stands at i, or 0. The word is
// in lower case; a space in it stands for a space, dash, underscore or nothing.
func matchFold(text []byte, i int, w string) int {
	for k := 0; k < len(w); {
		if w[k] == ' ' {
			if i < len(text) && (text[i] == ' ' || text[i] == '-' || text[i] == '_') {
				i++
			}
			k++
			continue
		}
		if i >= len(text) {
			return 0
		}
		if w[k] < utf8.RuneSelf {
			if lower(text[i]) != w[k] {
				if r, n := foldRune(text, i); text[i] < utf8.RuneSelf || r != rune(w[k]) {
					return 0
				} else {
					i += n
					k++
					continue
				}
			}
			i++
			k++
			continue
		}
		r, n := foldRune(text, i)
		want, m := utf8.DecodeRuneInString(w[k:])
		if want == 'ς' {
			want = 'σ'
		}
		if r != want {
			return 0
		}
		i += n
		k += m
	}
	return i
}
