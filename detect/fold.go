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

// foldFirst is the first byte of the letter at i in lower case.
func foldFirst(text []byte, i int) byte {
	if text[i] < utf8.RuneSelf {
		return lower(text[i])
	}
	r, _ := foldRune(text, i)
	var b [utf8.UTFMax]byte
	utf8.EncodeRune(b[:], r)
	return b[0]
}

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
