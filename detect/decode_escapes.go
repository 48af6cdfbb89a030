package detect

import (
	"bytes"
	"context"
	"unicode/utf16"
	"unicode/utf8"
)

// An escape writes one character as several, beginning with its mark.
type escape struct {
	coded Encoding
	mark  byte
	// read reads the escape at i, where the mark stands: the character, or a
	// byte of one, and the length of the escape, 0 if it is none.
	read func(text []byte, i int) (c rune, isByte bool, n int)
	// sign reports whether the escape at i tells that a text is encoded; nil if
	// each does.
	sign func(text []byte, i int) bool
	// where reports whether texts like this one are encoded in this way at all.
	where func(text []byte) bool
}

var escapes = [...]escape{
	{coded: Percent, mark: '%', read: readPercent, sign: isPercentEncoded},
	{coded: Entities, mark: '&', read: readEntity},
	{coded: Escapes, mark: '\\', read: readBackslash, sign: isCodeEscape},
	{coded: QuotedPrintable, mark: '=', read: readQuoted, where: isQuotedPrintable},
}

// escapeReach is how much is taken along before and behind an escape, in
// bytes, for the words that say what a value is.
const escapeReach = 128

// escapes decodes the stretches of text that have escapes of this kind.
func (d *decoder) escapes(ctx context.Context, e *escape) error {
	text := d.text
	d.steps += len(text)
	if e.where != nil {
		if d.steps += len(text); !e.where(text) {
			return nil
		}
	}
	d.done = 0
	for i, look := 0, 0; ; {
		if i >= look {
			if err := ctx.Err(); err != nil {
				return err
			}
			look = i + stretchOfText
		}
		k := bytes.IndexByte(text[i:], e.mark)
		if k < 0 {
			return nil
		}
		i += k
		if _, _, n := e.read(text, i); n == 0 || e.sign != nil && !e.sign(text, i) {
			i += max(1, n)
			continue
		}
		if !d.room(0) {
			return nil
		}
		i = d.unescape(e, i)
	}
}

// unescape decodes around the escape at i, and returns where it ended.
func (d *decoder) unescape(e *escape, i int) int {
	text := d.text
	from := max(d.done, i-escapeReach)
	if from > d.done { // not from the middle of a word
		if k := bytes.IndexByte(text[from:i], ' '); k >= 0 {
			from += k + 1
		}
	}
	d.begin(from)
	kept, last, j := from, i, i
	inWord := false // behind an escape in the same word
	for j < len(text) && j-last <= escapeReach && d.room(j-kept) {
		switch c := text[j]; {
		case c == e.mark:
			if c, isByte, n := e.read(text, j); n > 0 {
				d.out.keep(text, kept, j, Plain)
				d.character(e, j, n, c, isByte)
				j += n
				kept, last, inWord = j, j, true
				continue
			}
		case c <= ' ':
			inWord = false
		case c == '+' && inWord && e.coded == Percent: // a space in a query
			d.out.keep(text, kept, j, Plain)
			d.out.put(j, 1, e.coded, ' ')
			kept = j + 1
		}
		j++
	}
	for j < len(text) && j-last <= 2*escapeReach && text[j] > ' ' {
		j++
	}
	d.out.keep(text, kept, j, Plain)
	d.steps += j - from
	d.done = j
	return j
}

// character writes what an escape of n bytes at i stands for.
func (d *decoder) character(e *escape, i, n int, c rune, isByte bool) {
	if isByte || c < utf8.RuneSelf {
		d.out.put(i, n, e.coded, byte(c))
		return
	}
	switch f := foldOf(c); {
	case f == foldDrop:
	case f != foldNone && f < foldDrop:
		d.out.put(i, n, e.coded, byte(f))
	default:
		var b [utf8.UTFMax]byte
		d.out.put(i, n, e.coded, b[:utf8.EncodeRune(b[:], c)]...)
	}
}

// hexNumber reads up to limit hex digits at i.
func hexNumber(text []byte, i, limit int) (v rune, n int) {
	for n < limit && i+n < len(text) && class[text[i+n]]&isHex != 0 {
		v = v<<4 | rune(nibble(text[i+n]))
		n++
	}
	return v, n
}

// nibble is the value of a hex digit.
func nibble(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}

func readPercent(text []byte, i int) (rune, bool, int) {
	if c, n := hexNumber(text, i+1, 2); n == 2 {
		return c, true, 3
	}
	return 0, false, 0
}

// isPercentEncoded tells %20 from the remainder in len%64: what is encoded is
// what has a meaning in an address, or there is more of it close by.
func isPercentEncoded(text []byte, i int) bool {
	const near = 32
	if c, _ := hexNumber(text, i+1, 2); c >= ' ' && c < 0x7f && class[c]&isAlnum == 0 {
		return true
	}
	for j := i + 3; j < len(text) && j-i < near && text[j] > ' '; j++ {
		if _, _, n := readPercent(text, j); text[j] == '%' && n > 0 {
			return true
		}
	}
	return false
}

func readEntity(text []byte, i int) (rune, bool, int) {
	j := i + 1
	if j >= len(text) {
		return 0, false, 0
	}
	if text[j] != '#' {
		for j < len(text) && j-i <= 8 && class[text[j]]&isAlpha != 0 {
			j++
		}
		if j < len(text) && text[j] == ';' {
			if c := entity(text[i+1 : j]); c != 0 {
				return c, false, j + 1 - i
			}
		}
		return 0, false, 0
	}
	var c rune
	n := 0
	if j++; j < len(text) && (text[j] == 'x' || text[j] == 'X') {
		j++
		c, n = hexNumber(text, j, 6)
	} else {
		for ; n < 7 && j+n < len(text) && class[text[j+n]]&isDigit != 0; n++ {
			c = c*10 + rune(text[j+n]-'0')
		}
	}
	if n == 0 || c == 0 || !utf8.ValidRune(c) {
		return 0, false, 0
	}
	if j += n; j < len(text) && text[j] == ';' { // browsers read it without, too
		j++
	}
	return c, false, j - i
}

// entity is the character that HTML gives this name; the ones that stand in
// or around a value.
func entity(name []byte) rune {
	switch string(name) {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot", "ldquo", "rdquo":
		return '"'
	case "apos", "lsquo", "rsquo":
		return '\''
	case "nbsp", "ensp", "emsp", "thinsp":
		return ' '
	case "shy", "zwnj", "zwj":
		return '\u00ad'
	case "ndash", "mdash", "hyphen", "dash", "minus":
		return '-'
	case "colon":
		return ':'
	case "semi":
		return ';'
	case "equals":
		return '='
	case "commat":
		return '@'
	case "period":
		return '.'
	case "comma":
		return ','
	case "sol":
		return '/'
	case "lowbar":
		return '_'
	case "num":
		return '#'
	case "Tab":
		return '\t'
	case "NewLine":
		return '\n'
	}
	return 0
}

// isCodeEscape reports a backslash escape that names a character by number.
// The others, as \n, are in every JSON.
func isCodeEscape(text []byte, i int) bool {
	c := text[i+1]
	return c == 'x' || c == 'u' || c == 'U'
}

func readBackslash(text []byte, i int) (rune, bool, int) {
	if i+1 >= len(text) {
		return 0, false, 0
	}
	switch c := text[i+1]; c {
	case 'n':
		return '\n', false, 2
	case 'r':
		return '\r', false, 2
	case 't':
		return '\t', false, 2
	case '"', '\'', '\\', '/':
		return rune(c), false, 2
	case 'x':
		if c, n := hexNumber(text, i+2, 2); n == 2 {
			return c, true, 4
		}
	case 'u':
		if i+2 < len(text) && text[i+2] == '{' {
			if c, n := hexNumber(text, i+3, 6); n > 0 && i+3+n < len(text) && text[i+3+n] == '}' && utf8.ValidRune(c) {
				return c, false, n + 4
			}
			break
		}
		c, n := hexNumber(text, i+2, 4)
		if n < 4 {
			break
		}
		if hasPrefix(text, i+6, `\u`) {
			if low, n := hexNumber(text, i+8, 4); n == 4 {
				if both := utf16.DecodeRune(c, low); both != utf8.RuneError {
					return both, false, 12
				}
			}
		}
		if utf8.ValidRune(c) {
			return c, false, 6
		}
	case 'U':
		if c, n := hexNumber(text, i+2, 8); n == 8 && utf8.ValidRune(c) {
			return c, false, 10
		}
	}
	return 0, false, 0
}

// readQuoted reads quoted-printable (RFC 2045, 6.7); a break of a line that
// is none of the text's is dropped.
func readQuoted(text []byte, i int) (rune, bool, int) {
	switch {
	case hasPrefix(text, i+1, "\n"):
		return '\u00ad', false, 2
	case hasPrefix(text, i+1, "\r\n"):
		return '\u00ad', false, 3
	}
	if c, n := hexNumber(text, i+1, 2); n == 2 && class[text[i+1]]&isLower == 0 && class[text[i+2]]&isLower == 0 {
		return c, true, 3
	}
	return 0, false, 0
}

// isQuotedPrintable reports whether text says so, as e-mail does in its
// headers, or has a soft line break where it is due. An = alone is in all code.
func isQuotedPrintable(text []byte) bool {
	const shortest, longest = 60, 76
	for i := 0; ; i++ {
		k := bytes.IndexByte(text[i:], '=')
		if k < 0 {
			break
		}
		i += k
		if !hasPrefix(text, i+1, "\n") && !hasPrefix(text, i+1, "\r\n") {
			continue
		}
		n := 0
		for n <= longest && n < i && text[i-n-1] != '\n' {
			n++
		}
		if n >= shortest && n <= longest && text[i-1] != '=' {
			return true
		}
	}
	return bytes.Contains(text, []byte("quoted-printable"))
}
