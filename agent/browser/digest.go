package browser

import (
	"math/bits"
	"unicode/utf8"
)

// Digest returns the length of a text in UTF-16 code units, as JavaScript
// counts it, and its digest under the key: two murmur3-like hashes that a
// script computes in step with the paste (ui/extension/digest.js does the same,
// tested on the same testdata/digest.json). It tells equal texts from others
// that happen by; it is no protection against somebody who looks for two texts
// with one digest, and the key changes with each connection so that nobody has
// the time.
func Digest(text []byte, key [2]uint32) (length int, digest [2]uint32) {
	h0, h1 := key[0], key[1]
	unit := func(u uint32) {
		h0, h1 = mix(h0, u), mix(h1, u)
		length++
	}
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		if r >= 0x10000 {
			r -= 0x10000
			unit(0xd800 + uint32(r>>10))
			unit(0xdc00 + uint32(r&0x3ff))
			continue
		}
		unit(uint32(r))
	}
	return length, [2]uint32{final(h0 ^ uint32(length)), final(h1 ^ uint32(length))}
}

func mix(h, u uint32) uint32 {
	return bits.RotateLeft32((h^u)*0x85ebca6b, 13)*5 + 0xe6546b64
}

// final is murmur3's fmix32.
func final(h uint32) uint32 {
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}
