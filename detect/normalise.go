package detect

import (
	"context"
	"encoding/binary"
	"unicode/utf8"
)

// Text is looked at in plain letters: "ＡＫＩＡ", a card number with a zero-width
// space in it and "conﬁdential" from a PDF are read as a person reads them. Only
// what changes is copied, and every finding is led back to the text as it is.

// ascii returns how many bytes at the start of text are ASCII.
func ascii(text []byte) int {
	const high = 0x8080808080808080
	i := 0
	for ; i+32 <= len(text); i += 32 {
		b := text[i : i+32]
		if (binary.LittleEndian.Uint64(b)|binary.LittleEndian.Uint64(b[8:])|binary.LittleEndian.Uint64(b[16:])|binary.LittleEndian.Uint64(b[24:]))&high != 0 {
			break
		}
	}
	for ; i+8 <= len(text) && binary.LittleEndian.Uint64(text[i:])&high == 0; i += 8 {
	}
	for i < len(text) && text[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// normalise returns text in plain letters, or nil if it is already; first is
// the offset of the first byte that isn't ASCII. steps counts what is looked at.
func normalise(ctx context.Context, text []byte, first int, steps *int) (*rewrite, error) {
	var (
		r    *rewrite
		kept int // text[kept:i] is still to be taken over
		word mixedWord
		look = first + stretchOfText
	)
	flush := func(i int) {
		if r == nil {
			r = newRewrite()
			r.reserve(len(text)) // nothing gets longer
		}
		r.keep(text, kept, i, Plain)
	}
	for i := first; i < len(text); {
		if i >= look {
			if err := ctx.Err(); err != nil {
				r.release()
				return nil, err
			}
			look = i + stretchOfText
		}
		if text[i] < utf8.RuneSelf {
			i += ascii(text[i:])
			continue
		}
		c, n := utf8.DecodeRune(text[i:])
		f := foldOf(c)
		switch {
		case f == foldNone:
		case f < foldDrop:
			flush(i)
			r.put(i, n, Plain, byte(f))
			kept = i + n
		case f == foldDrop:
			flush(i)
			kept = i + n
		case f == foldMark:
			if i == 0 {
				break
			}
			p, size := utf8.DecodeLastRune(text[kept:i])
			if kept == i {
				if p = utf8.RuneError; r != nil {
					p, size = utf8.DecodeLastRune(r.text)
				}
			}
			composed := compose(p, c)
			if composed == 0 && !isLatin(p) {
				break
			}
			flush(i)
			if kept = i + n; composed != 0 {
				from, _ := r.back(len(r.text)-size, len(r.text))
				r.cut(size)
				r.put(from, i+n-from, Plain, utf8.AppendRune(nil, composed)...)
			}
		case f&foldLike != 0:
			if i >= word.end {
				word = mixedAt(text, i, steps)
			}
			if word.mixed {
				flush(i)
				r.put(i, n, Plain, byte(f))
				kept = i + n
			}
		case f&foldRaised != 0:
			// Behind a word it is a footnote or a power.
			if i == 0 || class[text[i-1]]&isAlnum == 0 {
				flush(i)
				r.put(i, n, Plain, byte(f))
				kept = i + n
			}
		default:
			flush(i)
			r.put(i, n, Plain, longer[f&^foldLonger]...)
			kept = i + n
		}
		i += n
	}
	*steps += len(text) - first
	if r != nil {
		r.keep(text, kept, len(text), Plain)
	}
	return r, nil
}

// isLatin reports letters and digits that a mark is dropped from which makes no
// letter with them.
func isLatin(c rune) bool {
	return c < 0x80 && class[c]&isAlnum != 0 || c >= 0xc0 && c < 0x250 || c >= 0x1e00 && c < 0x1f00
}

// mixedWord says whether a word mixes ASCII letters with letters that look
// like them, and where it ends.
type mixedWord struct {
	end   int
	mixed bool
}

// maxMixed is how far a word is read each way, in bytes.
const maxMixed = 256

// mixedAt reads the word around the look-alike at i. One letter that looks like
// none of ASCII's makes it a word of its own language.
func mixedAt(text []byte, i int, steps *int) mixedWord {
	ascii, foreign := false, false
	see := func(c rune) bool {
		switch f := foldOf(c); {
		case c < 0x80:
			ascii = ascii || class[c]&isAlpha != 0
			return class[c]&isWord != 0
		case f&foldLike != 0 || f == foldDrop:
		case f != foldNone && f < foldDrop:
			ascii = ascii || class[f]&isAlpha != 0
			return class[f]&isWord != 0
		case c >= 0x370 && c < 0x530:
			foreign = true
		default:
			return false
		}
		return true
	}
	from, to := i, i
	for from > 0 && i-from < maxMixed {
		c, n := utf8.DecodeLastRune(text[:from])
		if !see(c) {
			break
		}
		from -= n
	}
	for to < len(text) && to-i < maxMixed {
		c, n := utf8.DecodeRune(text[to:])
		if !see(c) {
			break
		}
		to += n
	}
	*steps += to - from
	return mixedWord{to, ascii && !foreign}
}
