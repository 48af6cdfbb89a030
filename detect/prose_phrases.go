package detect

import (
	"encoding/binary"
	"strings"
)

// A cue is a phrase that stands in a kind of document more than elsewhere,
// such as "in witness whereof". One cue says nothing; a document is known by
// several of different groups, close together.
type cue struct {
	text   string // lower case; see matchCue
	kind   uint8  // index in proseKinds
	group  uint8  // index in the kind's groups
	number uint16 // of the cue among its kind's
}

// cueIndex finds what can begin at a word by a hash of its first bytes, so that
// most words cost two looks into four kilobytes.
type cueIndex struct {
	long, short [1 << 14 / 64]uint64
	slots       [1 << 15]uint16 // by hash, short ones with the top bit: index in buckets
	buckets     [][]uint16      // indices of cues
}

const (
	longKey  = 5 // bytes that are hashed of a cue that begins with as many plain ones
	shortKey = 3
	isShort  = 1 << 14
)

// cueHash hashes the first n bytes of x without regard to case.
func cueHash(x uint64, n int) uint16 {
	return uint16((x | 0x2020202020) & (1<<(8*n) - 1) * 0x9e3779b97f4a7c15 >> 50)
}

// add adds the cue with the given index.
func (c *cueIndex) add(text string, at int) {
	if star := strings.IndexByte(text, '*'); len(text) < shortKey || star >= 0 && (star < shortKey || star != len(text)-1) {
		panic("detect: a cue has a star at its end only: " + text)
	}
	n, bits, flag := longKey, &c.long, uint16(0)
	if len(text) < longKey || strings.ContainsAny(text[:longKey], "#'*") {
		n, bits, flag = shortKey, &c.short, isShort
	}
	var enter func(key []byte)
	enter = func(key []byte) {
		if len(key) < n {
			for _, b := range []byte(variants(text[len(key)])) {
				enter(append(key[:len(key):len(key)], b))
			}
			return
		}
		var first [8]byte
		copy(first[:], key)
		h := cueHash(binary.LittleEndian.Uint64(first[:]), n)
		if bits[h>>6]>>(h&63)&1 == 0 {
			bits[h>>6] |= 1 << (h & 63)
			c.slots[h|flag] = uint16(len(c.buckets))
			c.buckets = append(c.buckets, nil)
		}
		if b := &c.buckets[c.slots[h|flag]]; len(*b) == 0 || (*b)[len(*b)-1] != uint16(at) {
			*b = append(*b, uint16(at))
		}
	}
	enter(nil)
}

// variants are the bytes that a cue's byte stands for.
func variants(b byte) string {
	switch b {
	case '#':
		return "0123456789"
	case ' ':
		return " \n\r\t-\xc2"
	case '\'':
		return "'\xe2"
	}
	return string([]byte{b})
}

// begin returns the cues that may stand at i.
func (c *cueIndex) begin(text []byte, i int) (long, short []uint16) {
	var x uint64
	if i+8 <= len(text) {
		x = binary.LittleEndian.Uint64(text[i:])
	} else {
		var last [8]byte
		copy(last[:], text[i:])
		x = binary.LittleEndian.Uint64(last[:])
	}
	if h := cueHash(x, longKey); c.long[h>>6]>>(h&63)&1 != 0 {
		long = c.buckets[c.slots[h]]
	}
	if h := cueHash(x, shortKey); c.short[h>>6]>>(h&63)&1 != 0 {
		short = c.buckets[c.slots[h|isShort]]
	}
	return long, short
}

// matchCue returns the end of cue p at i, or i. A space in p is up to four
// spaces, line breaks and dashes, # is a number, an apostrophe is either
// apostrophe. The cue ends where a word ends, or goes on if p ends in a star.
func matchCue(text []byte, i int, p string) int {
	j := i
	for k := range len(p) {
		if p[k] == '*' {
			return j
		}
		if j >= len(text) {
			return i
		}
		c := text[j]
		switch p[k] {
		case ' ':
			from := j
			for j < len(text) && j-from < 4 && (class[text[j]]&(isSpace|isDash) != 0 || text[j] == 0xc2 || text[j] == 0xa0) {
				j++
			}
			if j == from {
				return i
			}
			continue
		case '#':
			from := j
			for j < len(text) && j-from < 6 && class[text[j]]&isDigit != 0 {
				j++
			}
			if j == from {
				return i
			}
			continue
		case '\'':
			if hasPrefix(text, j, "’") {
				j += len("’")
				continue
			}
		}
		if lower(c) != p[k] {
			return i
		}
		j++
	}
	if j < len(text) && class[text[j]]&isWord != 0 && class[text[j-1]]&isWord != 0 {
		return i
	}
	return j
}
