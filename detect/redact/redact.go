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
// Redactor. It is no count: what was redacted before tells nothing. The values
// lie in a secret.Vault until Forget or Expire.
//
// What it is not: a promise that nothing can be guessed from what is left.
package redact

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"
	"time"

	"handrail/detect"
	"handrail/detect/secret"
)

// Redactor makes the tokens of one session and knows what they stand for. It
// is safe for concurrent use.
type Redactor struct {
	// mu guards what follows: a text is made safe in a goroutine of its own.
	mu       sync.Mutex
	k0, k1   uint64
	vault    secret.Vault
	byDigest map[digest]*entry
	bySuffix map[string]*entry
	labels   map[string]*issued
	bytes    int // of all values in the vault
	// taken outlives the values and the key: a token that stands in an old answer
	// must never come to stand for another value.
	taken taken
}

// digest stands for a value, under the session's key.
type digest [2]uint64

// entry is a token and what it stands for.
type entry struct {
	digest        digest
	label, suffix string
	at            time.Time // when the value was last made this token
	value         secret.Place
	forms         form // those that were given out
}

// issued are the tokens with one label.
type issued struct {
	tokens int    // since Forget, also those that stand for nothing any more
	only   *entry // of one
}

// Limits of what is kept of one session. A value beyond them gets a token that
// can't be restored.
const (
	maxTokens = 200_000
	maxBytes  = 32 << 20
)

// New returns a Redactor with a key of its own.
func New() *Redactor {
	r := &Redactor{taken: taken{}}
	r.Forget()
	return r
}

// Forget wipes all values and takes another key: a new session begins.
func (r *Redactor) Forget() {
	var key [16]byte
	_, _ = rand.Read(key[:]) // never fails: see crypto/rand
	r.mu.Lock()
	defer r.mu.Unlock()
	r.vault.Wipe()
	r.k0, r.k1 = binary.LittleEndian.Uint64(key[:]), binary.LittleEndian.Uint64(key[8:])
	clear(key[:])
	r.byDigest, r.bySuffix, r.labels, r.bytes = map[digest]*entry{}, map[string]*entry{}, map[string]*issued{}, 0
}

// Expire wipes the values that were last made a token of before that time.
func (r *Redactor) Expire(before time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for suffix, e := range r.bySuffix {
		if e.at.Before(before) {
			clear(r.vault.Bytes(e.value))
			r.bytes -= e.value.Len()
			delete(r.bySuffix, suffix)
			delete(r.byDigest, e.digest)
		}
	}
	if len(r.bySuffix) == 0 {
		r.vault.Wipe()
	}
}

// Values returns how many values are kept, and since when the one that has
// longest not been made a token of; the zero time if there are none.
func (r *Redactor) Values() (n int, oldest time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.bySuffix {
		if n++; n == 1 || e.at.Before(oldest) {
			oldest = e.at
		}
	}
	return n, oldest
}

// Locked says whether all values are kept out of the swap file: see
// secret.Vault.
func (r *Redactor) Locked() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.vault.Locked()
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

// Options are what Tokenise goes by. The zero value is strict.
type Options struct {
	// At is when this is, for Expire.
	At time.Time
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
// their columns, and code that can be read by its compiler still can, but for
// values that are only a part of a name or of a number. The text is not kept,
// the values are, until Forget or Expire.
func (r *Redactor) Tokenise(text []byte, fs []detect.Finding, o Options) Safe {
	const rounds = 3
	for round := 1; ; round++ {
		safe, spans := r.swap(text, fs, o)
		if safe.OK || round == rounds {
			return safe
		}
		more := unswapped(safe, spans, fs, o)
		if len(more) == 0 {
			return safe
		}
		// A label is a word that a number beside it is known by, and so the number
		// is found only now.
		safe.Text.Wipe()
		fs = append(slices.Clip(fs), more...)
	}
}

// swap is one round of Tokenise. It returns the spans that it took out as well.
func (r *Redactor) swap(text []byte, fs []detect.Finding, o Options) (Safe, []span) {
	spans := cut(text, fs)
	spans = elsewhere(text, spans)
	spans = inCells(text, spans)
	setForms(text, spans, fs)
	size := len(text)
	for _, s := range spans {
		size += len(s.label) + 8 - (s.end - s.start)
	}
	out := make([]byte, 0, max(size, 0)+64)
	at := 0
	r.mu.Lock()
	for i := range spans {
		s := &spans[i]
		out = append(out, text[at:s.start]...)
		out = grow(out, maxToken)
		n := len(out)
		out = s.form.append(out, r.token(*s, text[s.start:s.end], o.At))
		s.size = len(out) - n
		at = s.end
	}
	r.mu.Unlock()
	out = append(grow(out, len(text)-at), text[at:]...)
	safe := Safe{Text: secret.New(out), Tokens: len(spans)}
	safe.OK, safe.Left = look(out, fs, o)
	safe.OK = safe.OK && len(text) <= detect.MaxText
	return safe, spans
}

// unswapped are the findings of the second look that matter and are of one piece
// of the text itself, at their place in it.
func unswapped(safe Safe, spans []span, fs []detect.Finding, o Options) []detect.Finding {
	matters := classesOf(fs)
	var more []detect.Finding
	for _, f := range safe.Left {
		if o.Harmless != nil && o.Harmless(f, safe.Text.Bytes()[f.Start:f.End]) {
			continue
		}
		if !matters[f.Class] || f.Confidence < detect.Medium || f.Decoded != detect.Plain || detect.IsList(f.Detector) || detect.IsDocument(f) {
			continue
		}
		shift, piece := 0, true // how much later a place is in the safe text
		for _, s := range spans {
			from := s.start + shift
			if from >= f.End {
				break
			}
			shift += s.size - (s.end - s.start)
			piece = piece && from+s.size <= f.Start
		}
		if piece {
			f.Start, f.End = f.Start-shift, f.End-shift
			more = append(more, f)
		}
	}
	return more
}

// classesOf are the classes of which nothing may be left. Source code is a
// label, and stays.
func classesOf(fs []detect.Finding) (classes [256]bool) {
	for _, f := range fs {
		classes[f.Class] = classes[f.Class] || f.Class != detect.ClassCode
	}
	return classes
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
	for _, f := range fs {
		if f.Class != detect.ClassCode && detect.IsDocument(f) && f.Confidence >= detect.Medium {
			ok = false
		}
	}
	classes := classesOf(fs)
	for _, f := range res.Findings {
		if classes[f.Class] && f.Confidence >= detect.Medium && (o.Harmless == nil || !o.Harmless(f, out[f.Start:f.End])) {
			ok = false
		}
	}
	return ok, res.Findings
}
