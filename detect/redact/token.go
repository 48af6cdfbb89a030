package redact

import (
	"strings"
	"time"

	"github.com/dchest/siphash"
)

// The last letters of a token. No vowels, so that they are no words, and no l,
// which looks like a 1.
const (
	letters    = "0123456789bcdfghjkmnpqrstvwxyz"
	fewLetters = 4
	maxLetters = 12 // of 58 bits: no two are equal by chance
	maxToken   = 64 // bytes of a whole token; labels are shorter than 32
)

// token returns the token of a value. mu is held.
func (r *Redactor) token(s span, value []byte, at time.Time) *entry {
	d := r.digest(value)
	if e := r.byDigest[d]; e != nil {
		e.at, e.forms = later(e.at, at), e.forms|s.form
		return e
	}
	all := d.letters()
	keep := len(r.bySuffix) < maxTokens && r.bytes+len(value) <= maxBytes && len(r.taken) < maxTaken
	n := maxLetters
	if keep {
		for n = fewLetters; n < maxLetters && !(mixed(all[:n]) && r.taken.isFar(all[:n])); n++ {
		}
		keep = r.bySuffix[all[:n]] == nil
	}
	e := &entry{digest: d, label: s.label, suffix: all[:n], at: at, forms: s.form}
	if keep {
		e.value, keep = r.vault.Keep(value)
	}
	of := r.labels[e.label]
	if of == nil {
		of = &issued{}
		r.labels[e.label] = of
	}
	of.tokens++
	of.only = nil
	if keep {
		r.taken.add(e.suffix)
		r.byDigest[d], r.bySuffix[e.suffix] = e, e
		r.bytes += len(value)
		if of.tokens == 1 {
			of.only = e
		}
	}
	return e
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (r *Redactor) digest(value []byte) digest {
	a, b := siphash.Hash128(r.k0, r.k1, value)
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

// mixed reports whether there are digits and letters in it: "2026" and "km" may
// stand behind a word that is the same as a label by chance.
func mixed(suffix string) bool {
	return strings.ContainsAny(suffix, letters[:10]) && strings.ContainsAny(suffix, letters[10:])
}

// taken are the last letters of all tokens, and each of them with one letter
// left out: what two tokens share here is what a slip, of a letter changed, lost,
// doubled or swapped, could make one of the other.
type taken map[uint64]struct{}

// maxTaken bounds what is kept, in entries of 8 bytes.
const maxTaken = 1_500_000

// isFar reports whether no slip leads from these letters to a token.
func (t taken) isFar(suffix string) bool {
	for n := range variants(suffix) {
		if _, there := t[n]; there {
			return false
		}
	}
	return true
}

func (t taken) add(suffix string) {
	for n := range variants(suffix) {
		t[n] = struct{}{}
	}
}

// variants are the suffix, and the suffix without one of its letters, as
// numbers.
func variants(suffix string) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		for without := -1; without < len(suffix); without++ {
			var n uint64
			for i := range len(suffix) {
				if i != without {
					n = n*uint64(len(letters)+1) + uint64(strings.IndexByte(letters, suffix[i])) + 1
				}
			}
			if !yield(n) {
				return
			}
		}
	}
}
