// Package redact takes the sensitive values out of a text and puts a token in
// the place of each, so that the rest can be given to an AI tool and still
// makes sense to it: the same value is the same token for a whole session.
//
//	r := redact.New()
//	safe := r.Tokenise(text, detect.Scan(text).Findings, redact.Options{})
//	// "Please charge [PAYMENT_CARD_k7f2] today."
//	if safe.OK { paste(safe.Text) }
//	r.Restore(answer) // back to what was written
//
// A token's last letters are a digest under the session's own random key, so
// it can't be turned back, or compared with another session's, without the
// Redactor. It is no count: what was redacted before tells nothing.
//
// What it is not: a promise that nothing can be guessed from what is left.
package redact

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"

	"github.com/dchest/siphash"

	"handrail/detect"
	"handrail/detect/secret"
)

// Redactor makes the tokens of one session and knows what they stand for. It
// is safe for concurrent use.
type Redactor struct {
	k0, k1 uint64

	// mu guards what follows: a text is made safe in a goroutine of its own.
	mu     sync.Mutex
	tokens map[digest]string   // of a value
	values map[string]original // of a token
	bytes  int                 // of all originals
}

// digest stands for a label and a value, under the session's key.
type digest [2]uint64

type original struct {
	digest digest
	text   *secret.Text
}

// Limits of what is kept of one session. A value beyond them gets a token that
// can't be restored.
const (
	maxTokens = 200_000
	maxBytes  = 32 << 20
)

// New returns a Redactor with a key of its own.
func New() *Redactor {
	r := &Redactor{}
	r.Forget()
	return r
}

// Forget wipes all values and takes another key: a new session begins.
func (r *Redactor) Forget() {
	var key [16]byte
	_, _ = rand.Read(key[:]) // never fails: see crypto/rand
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, o := range r.values {
		o.text.Wipe()
	}
	r.k0, r.k1 = binary.LittleEndian.Uint64(key[:]), binary.LittleEndian.Uint64(key[8:])
	r.tokens, r.values, r.bytes = map[digest]string{}, map[string]original{}, 0
}

// Format prints a placeholder whatever the verb: the key is not for logs.
func (r *Redactor) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte("[redactor]")) }

// Safe is a text with tokens in the place of what was found in it.
type Safe struct {
	// Text is the caller's to wipe.
	Text *secret.Text
	// Tokens is how many places of the text were swapped for a token.
	Tokens int
	// OK is true when a second look found nothing of the same classes with
	// Medium confidence or more, saw the whole text, and no finding said that
	// the text itself is sensitive: a contract, a marking. Only then may the
	// text be offered. Source code is a label, and stays; whoever acts on it
	// asks the policy about Text.
	OK bool
	// Left is what the second look found, in Text's offsets.
	Left []detect.Finding
}

// Options are about the second look. The zero value is strict.
type Options struct {
	// Own finds the organisation's own terms; nil if it has none.
	Own detect.Finder
	// Harmless says of a finding and its value that it may stay, such as one
	// that the person called not sensitive. nil: none may.
	Harmless func(f detect.Finding, value []byte) bool
}

// Tokenise makes a safe text of a text and what Scan found in it, all of it or
// what matters. Every finding becomes a token, with its value wherever else it
// stands; of a list of people, the names, numbers and cells; of something
// encoded, all of the encoded run. The rest is left byte by byte: tables keep
// their columns. The text is not kept, the values are, until Forget.
func (r *Redactor) Tokenise(text []byte, fs []detect.Finding, o Options) Safe {
	spans := cut(text, fs)
	spans = elsewhere(text, spans)
	size := len(text)
	for _, s := range spans {
		size += len(s.label) + 8 - (s.end - s.start)
	}
	out := make([]byte, 0, max(size, 0)+64)
	at := 0
	r.mu.Lock()
	for _, s := range spans {
		out = append(out, text[at:s.start]...)
		out = grow(out, maxToken)
		out = append(out, r.token(s.label, text[s.start:s.end])...)
		at = s.end
	}
	r.mu.Unlock()
	out = append(grow(out, len(text)-at), text[at:]...)
	safe := Safe{Text: secret.New(out), Tokens: len(spans)}
	safe.OK, safe.Left = look(out, fs, o)
	safe.OK = safe.OK && len(text) <= detect.MaxText
	return safe
}

// grow makes room for n more bytes, and wipes the old place.
func grow(b []byte, n int) []byte {
	if cap(b)-len(b) >= n {
		return b
	}
	bigger := append(make([]byte, 0, 2*cap(b)+n), b...)
	clear(b[:cap(b)])
	return bigger
}

// look is the second look.
func look(out []byte, fs []detect.Finding, o Options) (ok bool, left []detect.Finding) {
	res, err := detect.ScanWith(context.Background(), out, o.Own)
	ok = err == nil && !res.Partial
	var classes [256]bool
	for _, f := range fs {
		if f.Class == detect.ClassCode {
			continue
		}
		if detect.IsDocument(f) && f.Confidence >= detect.Medium {
			ok = false
		}
		classes[f.Class] = true
	}
	for _, f := range res.Findings {
		if classes[f.Class] && f.Confidence >= detect.Medium && (o.Harmless == nil || !o.Harmless(f, out[f.Start:f.End])) {
			ok = false
		}
	}
	return ok, res.Findings
}

// The last letters of a token. No vowels, so that they are no words, and no l,
// which looks like a 1.
const (
	letters    = "0123456789bcdfghjkmnpqrstvwxyz"
	fewLetters = 4
	maxLetters = 26 // of 128 bits
	maxToken   = 64 // bytes of a whole token; labels are shorter than 32
)

// token returns the token of a value. mu is held.
func (r *Redactor) token(label string, value []byte) string {
	d := r.digest(label, value)
	if t, ok := r.tokens[d]; ok {
		return t
	}
	suffix := d.letters()
	keep := len(r.tokens) < maxTokens && r.bytes+len(value) <= maxBytes
	n := fewLetters
	if !keep {
		n = maxLetters // no chance of being another's
	}
	t := "[" + label + "_" + suffix[:n] + "]"
	for _, taken := r.values[t]; taken && n < maxLetters; _, taken = r.values[t] {
		n++
		t = "[" + label + "_" + suffix[:n] + "]"
	}
	if keep {
		r.tokens[d] = t
		r.values[t] = original{d, secret.New(append([]byte(nil), value...))}
		r.bytes += len(value)
	}
	return t
}

func (r *Redactor) digest(label string, value []byte) digest {
	// The label goes into the key: no copy of the value is made that would have
	// to be wiped.
	a, b := siphash.Hash128(r.k0, r.k1, []byte(label))
	a, b = siphash.Hash128(a, b, value)
	return digest{a, b}
}

func (d digest) letters() string {
	var b strings.Builder
	for _, x := range d {
		for range maxLetters / 2 {
			b.WriteByte(letters[x%uint64(len(letters))])
			x /= uint64(len(letters))
		}
	}
	return b.String()
}
