// Package document takes the text out of a file that is about to be given to
// an AI tool, so that it can be scanned: plain text in UTF-8 and UTF-16, Word
// documents and Excel sheets. A sheet becomes rows with tabs, so that headers
// speak for their columns.
//
//	text, partial, err := document.Text(document.Xlsx, data, detect.MaxText)
//	if r, ok := errors.AsType[document.Reason](err); ok { say("not inspected: " + r) }
//
// What it is not: a reader of documents as they look. Pictures, embedded files
// and what formulas would say are not read. Whatever the bytes are, it takes
// bounded time and memory, and no error repeats what is in them. Copies that
// the XML reader makes on its way can't be wiped; the text can.
package document

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"handrail/detect/secret"
)

// Kind is what a file is by its name. The values are those of the browser
// extension.
type Kind string

// The kinds.
const (
	Txt   Kind = "txt"
	CSV   Kind = "csv"
	MD    Kind = "md"
	JSON  Kind = "json"
	Code  Kind = "code"
	Docx  Kind = "docx"
	Xlsx  Kind = "xlsx"
	Other Kind = "other"
)

// Reason is the closed list of why a file was not inspected. It is an error.
type Reason string

// The reasons.
const (
	ReasonKind      Reason = "kind"      // of a kind that isn't read
	ReasonEncrypted Reason = "encrypted" // with a password, or in the old binary format
	ReasonMalformed Reason = "malformed" // not what its name says, or damaged
	ReasonTooLarge  Reason = "too_large" // it unpacks to far more than it is: a zip bomb
	ReasonBinary    Reason = "binary"    // named as text, and isn't
)

// Error implements error.
func (r Reason) Error() string { return "the file was not inspected: " + string(r) }

// Text returns the text of a file as UTF-8, at most limit bytes of it; partial
// is true when there is more, or something in the file that isn't read. The
// error is a Reason. The text is the caller's to wipe; data is not kept.
func Text(kind Kind, data []byte, limit int) (text *secret.Text, partial bool, err error) {
	out := &output{limit: limit}
	switch kind {
	case Txt, CSV, MD, JSON, Code:
		err = plain(data, out)
	case Docx, Xlsx:
		err = office(kind, data, out)
	default:
		err = ReasonKind
	}
	if err != nil {
		clear(out.b[:cap(out.b)])
		return nil, false, err
	}
	return secret.New(out.b), out.partial, nil
}

// output gathers text up to a limit. What it grows out of is wiped.
type output struct {
	b       []byte
	limit   int
	partial bool
	cut     bool // limit was reached
}

func (o *output) write(b ...byte) {
	if o.full() {
		return
	}
	if room := o.limit - len(o.b); len(b) > room {
		b, o.partial, o.cut = wholeLetters(b[:room]), true, true
	}
	if cap(o.b)-len(o.b) < len(b) {
		old := o.b
		o.b = append(make([]byte, 0, 2*cap(old)+len(b)), old...)
		clear(old[:cap(old)])
	}
	o.b = append(o.b, b...)
}

// full reports that nothing more goes in.
func (o *output) full() bool { return o.cut }

// wholeLetters leaves out a letter at the end that was cut in two.
func wholeLetters(b []byte) []byte {
	for n := 1; n <= utf8.UTFMax && n <= len(b); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return b[:len(b)-n]
			}
			break
		}
	}
	return b
}

func plain(data []byte, out *output) error {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		utf16Text(data[2:], 0, out)
		return nil
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		utf16Text(data[2:], 1, out)
		return nil
	}
	// UTF-16 without a mark has zeros in every other byte of what is ASCII.
	head := data[:min(len(data), 4096)]
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	switch half := len(head) / 2; {
	case zeros[0]+zeros[1] == 0:
		out.write(data...)
	case zeros[1] > half*7/10 && zeros[0] <= half/20:
		utf16Text(data, 0, out)
	case zeros[0] > half*7/10 && zeros[1] <= half/20:
		utf16Text(data, 1, out)
	default:
		return ReasonBinary
	}
	return nil
}

// utf16Text writes UTF-16 whose high byte is at odd places (0) or even ones (1).
func utf16Text(data []byte, high int, out *output) {
	var buf [utf8.UTFMax]byte
	unit := func(i int) rune {
		return rune(data[i+1-high])<<8 | rune(data[i+high])
	}
	for i := 0; i+1 < len(data) && !out.full(); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) {
			pair := utf8.RuneError
			if i+3 < len(data) {
				pair = utf16.DecodeRune(r, unit(i+2))
			}
			if r = pair; r != utf8.RuneError {
				i += 2
			}
		}
		out.write(buf[:utf8.EncodeRune(buf[:], r)]...)
	}
}
