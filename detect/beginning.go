package detect

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// Everything that a word can begin is found with one look at its first bytes:
// context words, cues of prose, tokens, markings, names of secrets. Most words
// begin nothing, and that costs four tests of a bit.

// kind is what begins. What is behind kindContext is tried in this order.
type kind uint8

const (
	kindCue     kind = iota // a cue of prose
	kindCues                // the cues that begin with one word, which has more than one space behind it
	kindContext             // a context word
	kindToken
	kindJWT
	kindTerraform
	kindEncoded
	kindDiscord
	kindPhrase
	kindSpoken
	kindSeed
	kindBIC
)

// A beginning is up to eight bytes that something can begin with.
type beginning struct {
	head uint64 // the bytes, each with the bit 0x20 set, so in either case
	mask uint64 // ones where head says something
	kind kind
	last bool // of those with the same hash
	at   uint16
}

// rank orders the beginnings of one word.
func (b *beginning) rank() uint32 { return uint32(b.kind)<<16 | uint32(b.at) }

const (
	fold8      = 0x2020202020202020
	lengths    = 4  // how many bytes are hashed: 6, 4, 3 or 2, as many as a beginning has
	headBits   = 17 // of the hash that tells what begins nothing
	bucketBits = 15 // of the hash that leads to the beginnings
)

var hashMasks = [lengths]uint64{1<<48 - 1, 1<<32 - 1, 1<<24 - 1, 1<<16 - 1}

// beginnings finds what can begin at a word.
type beginnings struct {
	bits    [lengths][1 << headBits / 64]uint64
	buckets [lengths][1 << bucketBits]uint16 // where in list those with a hash start
	list    []beginning
}

// known is every beginning there is, contexts those of context words alone:
// where nothing else is looked for, most words end at their first bits.
var known, contexts beginnings

func headHash(head uint64) uint64 { return head * 0x9e3779b97f4a7c15 >> (64 - headBits) }

// headAt returns the eight bytes at i with the bit 0x20 set, those behind the
// end of the text as if they were zeros.
func headAt(text []byte, i int) uint64 {
	if i+8 <= len(text) {
		return binary.LittleEndian.Uint64(text[i:]) | fold8
	}
	if len(text) >= 8 {
		return binary.LittleEndian.Uint64(text[len(text)-8:])>>(8*(i+8-len(text))) | fold8
	}
	head := uint64(0)
	for k := len(text) - 1; k >= i; k-- {
		head = head<<8 | uint64(text[k])
	}
	return head | fold8
}

// lengths returns a bit for each length with beginnings whose hash is that of
// head. Most heads have none.
func (b *beginnings) lengths(head uint64) uint {
	h0, h1, h2, h3 := headHash(head&(1<<48-1)), headHash(head&(1<<32-1)), headHash(head&(1<<24-1)), headHash(head&(1<<16-1))
	return uint(b.bits[0][h0>>6]>>(h0&63)&1 | b.bits[1][h1>>6]>>(h1&63)&1<<1 | b.bits[2][h2>>6]>>(h2&63)&1<<2 | b.bits[3][h3>>6]>>(h3&63)&1<<3)
}

// of returns the beginnings with the first of these lengths whose hash is that
// of head: some of them may begin like it, the one marked as last ends them.
func (b *beginnings) of(head uint64, lengths uint) []beginning {
	n := bits.TrailingZeros(lengths)
	return b.list[b.buckets[n][headHash(head&hashMasks[n])>>(headBits-bucketBits)]:]
}

// writing is how what a word begins is compared with the text.
type writing uint8

const (
	asIs      writing = iota // byte for byte
	asContext                // by contextWordEnd
	asCue                    // by matchCue
	asWords                  // by scanner.words
)

// listing gathers the beginnings before they are put in order.
type listing struct {
	into *beginnings
	all  []listed
	cues map[string]uint16 // words that cues begin with: index in cuesBehind
	seen map[beginning]bool
}

type listed struct {
	beginning
	length uint8
	slot   uint16
}

// cuesBehind are the cues by the words they begin with, for where more than one
// blank is behind the word.
var cuesBehind [][]uint16

// put adds a beginning of n bytes.
func (l *listing) put(b beginning, n int) {
	length := map[int]uint8{2: 3, 3: 2, 4: 1, 5: 1}[min(n, 6)]
	if n < 2 {
		panic("detect: one byte begins too much")
	}
	if b.kind == kindPhrase || b.kind == kindCues { // one look finds all that begin alike
		if l.seen[b] {
			return
		}
		l.seen[b] = true
	}
	h := headHash(b.head & hashMasks[length])
	l.into.bits[length][h>>6] |= 1 << (h & 63)
	l.all = append(l.all, listed{b, length, uint16(h >> (headBits - bucketBits))})
}

// write adds what text begins with from its k-th byte on to b, which has n
// bytes so far, in all the ways in which it can be written. One separator is
// written out; the bytes behind a second say nothing.
func (l *listing) write(b beginning, text string, how writing, k, n int, separated bool) {
	if n == 8 || k == len(text) {
		l.put(b, n)
		return
	}
	with := func(c byte) beginning {
		x := b
		x.head |= uint64(c|0x20) << (8 * n)
		x.mask |= 0xff << (8 * n)
		return x
	}
	on := func(bytes string) {
		for i := range len(bytes) {
			l.write(with(bytes[i]), text, how, k+1, n+1, separated)
		}
	}
	end := func(bytes string) {
		for i := range len(bytes) {
			l.put(with(bytes[i]), n+1)
		}
	}
	c := text[k]
	switch {
	case how == asIs:
		on(string(text[k : k+1]))
	case c == ' ' && separated:
		l.put(b, n)
	case c == ' ' && how == asContext:
		separated = true
		on(" -_")
		l.write(b, text, how, k+1, n, true)
	case c == ' ' && how == asCue:
		separated = true
		const blanks = " \n-\t\xc2\xa0" // a \r is a dash with the bit set
		on(blanks)
		if n == 7 {
			return
		}
		at, ok := l.cues[text[:k]]
		if !ok {
			at = uint16(len(cuesBehind))
			cuesBehind = append(cuesBehind, nil)
			l.cues[text[:k]] = at
		}
		if of := &cuesBehind[at]; len(*of) == 0 || (*of)[len(*of)-1] != b.at {
			*of = append(*of, b.at)
		}
		for i := range len(blanks) {
			more := with(blanks[i])
			more.kind, more.at = kindCues, at
			for j := range len(blanks) {
				m := more
				m.head |= uint64(blanks[j]|0x20) << (8 * (n + 1))
				m.mask |= 0xff << (8 * (n + 1))
				l.put(m, n+2)
			}
		}
	case c == ' ' && how == asWords:
		separated = true
		on(" -_")
		end("\xc2\xe2")
	case c == '*' && how == asCue:
		l.put(b, n)
	case c == '#' && how == asCue:
		end("0123456789")
	case c == '\'' && how == asCue, (c == '\'' || c == '-') && how == asWords:
		on(text[k : k+1])
		end("\xe2")
	case c >= utf8.RuneSelf && how == asWords:
		r, _ := utf8.DecodeRuneInString(text[k:])
		if r == '–' {
			end("-")
		}
		for f := unicode.SimpleFold(r); ; f = unicode.SimpleFold(f) {
			end(string(f)[:1])
			if f == r {
				break
			}
		}
	case c == 'i' && how == asWords:
		on("i")
		if n > 1 {
			end("İ"[:1])
		}
	default:
		on(text[k : k+1])
	}
}

func init() {
	c := listing{into: &contexts}
	l := listing{into: &known, cues: map[string]uint16{}, seen: map[beginning]bool{}}
	add := func(text string, how writing, k kind, at int) {
		l.write(beginning{kind: k, at: uint16(at)}, text, how, 0, 0, false)
	}
	for i := range cues {
		add(cues[i].text, asCue, kindCue, i)
	}
	for i := range contextWords {
		add(contextWords[i].text, asContext, kindContext, i)
		c.write(beginning{kind: kindContext, at: uint16(i)}, contextWords[i].text, asContext, 0, 0, false)
	}
	for i, f := range tokenForms {
		add(f.prefix, asIs, kindToken, i)
	}
	add("eyJ", asIs, kindJWT, 0)
	add("atlasv1.", asIs, kindTerraform, 0)
	for i, p := range encodedKeys {
		add(p, asIs, kindEncoded, i)
	}
	for i, p := range discordStarts {
		add(p, asIs, kindDiscord, i)
	}
	for _, p := range phrases {
		if p.use <= labelled && class[p.text[0]]&isWord != 0 {
			add(p.text, asWords, kindPhrase, 0)
		}
	}
	for i, w := range spokenWords {
		if w[len(w)-1] == ' ' {
			w = w[:3] // see setting
		}
		add(w, asWords, kindSpoken, i)
	}
	for i, w := range seedNames {
		add(w.text, asWords, kindSeed, i)
	}
	for i, w := range bicNames {
		add(w.text, asWords, kindBIC, i)
	}
	known.order(l.all)
	contexts.order(c.all)
}

// order puts the beginnings behind one another by their hash.
func (b *beginnings) order(all []listed) {
	if len(all) > 1<<16 {
		panic("detect: too many beginnings")
	}
	var count [lengths][1 << bucketBits]uint16
	for i := range all {
		count[all[i].length][all[i].slot]++
	}
	at := 0
	for length := range count {
		for slot, n := range count[length] {
			b.buckets[length][slot] = uint16(at)
			at += int(n)
		}
	}
	b.list = make([]beginning, len(all))
	for i := range all {
		x := &all[i]
		n := &count[x.length][x.slot]
		*n--
		x.last = *n == 0
		k := &b.buckets[x.length][x.slot]
		b.list[*k] = x.beginning
		*k++
	}
	for i := range all {
		b.buckets[all[i].length][all[i].slot]--
	}
}
