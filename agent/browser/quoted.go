package browser

import (
	"encoding/json"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// quoted is a JSON string as bytes that can be wiped. encoding/json would make
// a Go string of it, which can't.
type quoted []byte

// UnmarshalJSON takes the string apart. b is part of the frame itself.
func (q *quoted) UnmarshalJSON(b []byte) error {
	clear(*q) // the key came twice
	*q = nil
	if string(b) == "null" {
		return nil
	}
	if len(b) < 2 || b[0] != '"' {
		return ErrGarbage
	}
	b = b[1 : len(b)-1]
	out := make([]byte, 0, len(b)+utf8.UTFMax) // no escape is shorter than what it stands for
	for len(b) > 0 {
		switch {
		case b[0] == '\\':
			var n int
			out, n = appendEscape(out, b)
			b = b[n:]
		case b[0] < utf8.RuneSelf:
			out = append(out, b[0])
			b = b[1:]
		default:
			r, n := utf8.DecodeRune(b)
			if r == utf8.RuneError && n == 1 {
				return ErrGarbage // browsers send UTF-8; three bytes for one would not fit
			}
			out = append(out, b[:n]...)
			b = b[n:]
		}
	}
	*q = out
	return nil
}

var escapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// appendEscape appends what an escape stands for, and says how long it is. The
// decoder has checked its form. Half of a surrogate pair becomes U+FFFD, as in
// everything that a browser encodes.
func appendEscape(out, b []byte) ([]byte, int) {
	if b[1] != 'u' {
		return append(out, escapes[b[1]]), 2
	}
	r := unit(b)
	if !utf16.IsSurrogate(r) {
		return utf8.AppendRune(out, r), 6
	}
	if len(b) >= 12 && b[6] == '\\' && b[7] == 'u' {
		if pair := utf16.DecodeRune(r, unit(b[6:])); pair != utf8.RuneError {
			return utf8.AppendRune(out, pair), 12
		}
	}
	return utf8.AppendRune(out, utf8.RuneError), 6
}

// unit reads \uXXXX.
func unit(b []byte) rune {
	n, _ := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n)
}

// appendQuoted appends a text as a JSON string.
func appendQuoted(out, text []byte) []byte {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case r == '"' || r == '\\':
			out = append(out, '\\', byte(r))
		case r < ' ':
			out = append(out, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			out = utf8.AppendRune(out, r)
		}
		text = text[n:]
	}
	return append(out, '"')
}

var _ json.Unmarshaler = (*quoted)(nil)
