package redact

import (
	"bytes"
	"encoding/json"

	"handrail/detect"
)

// form is how a token is written: what stands in a text must not keep the rest
// from being read by a compiler or a parser.
type form uint8

const (
	bracketed form = 1 << iota // [EMAIL_k7f2], almost everywhere
	bare                       // EMAIL_k7f2, a name in place of a name or a number of source code
	quoted                     // "EMAIL_k7f2", a string in place of a number of JSON
	// plain is a bracketed one with an s behind it that is the text's own and no
	// plural.
	plain
)

// append adds a token in that form.
func (f form) append(out []byte, e *entry) []byte {
	left, right := "[", "]"
	switch {
	case f&bare != 0:
		left, right = "", ""
	case f&quoted != 0:
		left, right = `"`, `"`
	}
	out = append(append(out, left...), e.label...)
	out = append(append(out, '_'), e.suffix...)
	return append(out, right...)
}

// setForms says of each span how its token is written. Spans are in order and
// apart.
func setForms(text []byte, spans []span, fs []detect.Finding) {
	code := false
	for _, f := range fs {
		code = code || f.Class == detect.ClassCode
	}
	data := isJSON(text)
	if code || data {
		setCodeForms(text, spans, data)
	}
	for i := range spans {
		s := &spans[i]
		if s.form == 0 {
			s.form = bracketed
			if s.end < len(text) && text[s.end]|0x20 == 's' && (s.end+1 == len(text) || !isWord(text[s.end+1])) {
				s.form |= plain
			}
		}
	}
}

func isJSON(text []byte) bool {
	t := bytes.TrimLeft(text, " \t\r\n")
	return len(t) > 0 && (t[0] == '{' || t[0] == '[') && json.Valid(text)
}

// setCodeForms goes once over a text that is code, or JSON.
func setCodeForms(text []byte, spans []span, data bool) {
	var l lexer
	at := 0
	for i := range spans {
		s := &spans[i]
		l.pass(text, at, s.start)
		at = s.start
		before, after := 0, len(text)
		if i > 0 {
			before = spans[i-1].end
		}
		if i+1 < len(spans) {
			after = spans[i+1].start
		}
		switch {
		case l.inside():
		case data:
			if start, end := number(text, s.start, s.end); start >= before && end <= after {
				s.start, s.end, s.form = start, end, quoted
			}
		case !isWhole(text, s.start, s.end):
		case s.start > 0 && text[s.start-1] == '[' && s.end < len(text) && text[s.end] == ']':
			// A list of one: with its brackets it is the value of the token.
			if s.start > before && s.end < after {
				s.start, s.end = s.start-1, s.end+1
			}
		default:
			s.form = bare
		}
	}
}

// number is all of the number of JSON that text[start:end] is a part of.
func number(text []byte, start, end int) (int, int) {
	in := func(i int) bool { return bytes.IndexByte([]byte("+-.0123456789Ee"), text[i]) >= 0 }
	for start > 0 && in(start-1) {
		start--
	}
	for end < len(text) && in(end) {
		end++
	}
	return start, end
}

// isWhole reports whether a value is a whole name or number.
func isWhole(text []byte, start, end int) bool {
	for _, c := range text[start:end] {
		if !isName(c) {
			return false
		}
	}
	return (start == 0 || !isName(text[start-1]) && text[start-1] != '.' && text[start-1] != '-') &&
		(end == len(text) || !isName(text[end]) && text[end] != '-') &&
		!(end+1 < len(text) && text[end] == '.' && text[end+1] >= '0' && text[end+1] <= '9')
}

func isName(c byte) bool { return isWord(c) || c == '_' }

// lexer knows, for most languages, whether a place is inside of a string or a
// comment. Where it errs a token has brackets that nobody needed.
type lexer struct {
	quote   byte // that the string ends with, 0 outside
	comment bool // to the end of the line
}

func (l *lexer) inside() bool { return l.quote != 0 || l.comment }

// pass goes over text[from:to].
func (l *lexer) pass(text []byte, from, to int) {
	for i := from; i < to; i++ {
		c := text[i]
		switch {
		case c == '\n':
			l.comment = false
			if l.quote != '`' {
				l.quote = 0
			}
		case l.comment:
		case l.quote != 0:
			if c == '\\' && l.quote != '`' {
				i++
			} else if c == l.quote {
				l.quote = 0
			}
		case c == '"' || c == '\'' || c == '`':
			l.quote = c
		case c == '#', (c == '/' || c == '-') && i+1 < len(text) && text[i+1] == c, c == '/' && i+1 < len(text) && text[i+1] == '*', c == '*' && (i == 0 || text[i-1] <= ' '):
			l.comment = true
		}
	}
}
