package detect

import (
	"context"
	"unicode/utf8"
)

// Base64 and hex have no mark: they are long runs of their alphabet that turn
// out to be text.

const (
	minBase64 = 24 // characters, 18 bytes decoded
	minPairs  = 16 // bytes written as two hex digits
	maxTries  = 6  // a path or a name may stand before, in letters of base64 too
	minLine   = 40 // of base64 that goes on in the next line
)

const (
	inBase64 uint8 = 1 << iota // of both alphabets
	inPairs                    // hex digits and what stands between them
)

var alphabet = func() (t [256]uint8) {
	for c := range 256 {
		if class[c]&(isAlnum|isBase64|isUnder|isDash) != 0 {
			t[c] |= inBase64
		}
		if class[c]&(isHex|isSpace) != 0 {
			t[c] |= inPairs
		}
	}
	for _, c := range "xX,:;-" {
		t[c] |= inPairs
	}
	return t
}()

// nextRun returns the next run of at least least bytes of the alphabet, from i
// on. It looks at the end of where one could be and so skips most of a text.
func (d *decoder) nextRun(i, least int, in uint8) (start, end int, ok bool) {
	text := d.text
	for known := i; i+least <= len(text); { // up to known all are of the alphabet
		k := i + least - 1
		for k >= known && alphabet[text[k]]&in != 0 {
			k--
		}
		d.steps += i + least - k
		if k >= known {
			known, i = i+least, k+1
			continue
		}
		end = i + least
		for end < len(text) && alphabet[text[end]]&in != 0 {
			end++
		}
		d.steps += end - i - least
		return i, end, true
	}
	return len(text), len(text), false
}

// pairs decodes hex whose bytes stand apart: 41 4b, 41:4b, 0x41, 0x4b, or in
// groups as hex dumps have them.
func (d *decoder) pairs(ctx context.Context) error {
	text := d.text
	for i, look := 0, 0; ; {
		if i >= look {
			if err := ctx.Err(); err != nil {
				return err
			}
			look = i + stretchOfText
		}
		start, end, ok := d.nextRun(i, 3*minPairs-1, inPairs)
		if !ok {
			return nil
		}
		d.steps += end - start
		j := start
		for start > 0 && class[text[start-1]]&isAlnum != 0 && j < end && class[text[j]]&isHex != 0 {
			j++ // the end of a word
		}
		for j < end {
			from, to, n, size := j, j, 0, 0 // groups of size digits, n bytes of them
			for j < end {
				k := j
				for k < end && class[text[k]]&isHex == 0 && text[k] != 'x' && text[k] != 'X' {
					k++ // to the next group
				}
				if k+1 < end && text[k] == '0' && (text[k+1] == 'x' || text[k+1] == 'X') {
					k += 2
				}
				g := k
				for k < end && class[text[k]]&isHex != 0 {
					k++
				}
				if k == g && k < end {
					k++ // an x alone
				}
				if k == end && k < len(text) && class[text[k]]&isAlnum != 0 {
					g = k // the beginning of a word
				}
				if n == 0 {
					size, from = k-g, g
				}
				whole := k-g == size || k-g < size && k-g > 0
				if size == 0 || size%2 != 0 || size > 8 || (k-g)%2 != 0 || !whole {
					if n > 0 {
						break // what stands here may begin another
					}
					j = k
					continue
				}
				n, to, j = n+(k-g)/2, k, k
			}
			if n >= minPairs {
				d.hex(from, to, n)
			}
		}
		i = end
	}
}

// hex decodes text[start:end], n bytes written in hex, if it is text.
func (d *decoder) hex(start, end, n int) bool {
	var head [48]byte
	h := unhex(head[:0:min(n, len(head))], d.text[start:end])
	d.steps += 2 * len(h)
	if !readable(h) || !d.room(n) {
		return false
	}
	d.lead(start)
	at := len(d.out.text)
	d.out.reserve(n)
	d.out.text = unhex(d.out.text[:at:at+n], d.text[start:end])
	d.steps += end - start
	d.block(at, start, end, Hex)
	return true
}

// unhex decodes hex up to the capacity of b, whatever stands between the pairs.
func unhex(b, hex []byte) []byte {
	for i := 0; i+1 < len(hex) && len(b) < cap(b); {
		if class[hex[i]]&class[hex[i+1]]&isHex == 0 {
			i++
			continue
		}
		b = append(b, nibble(hex[i])<<4|nibble(hex[i+1]))
		i += 2
	}
	return b
}

// lead begins a block with what stands before it in its line, so that its name
// or the words before it speak for what is in it.
func (d *decoder) lead(start int) {
	from := start
	for from > 0 && start-from < contextReach && d.text[from-1] != '\n' {
		from--
	}
	for from < start && !utf8.RuneStart(d.text[from]) {
		from++
	}
	d.begin(-1)
	d.out.keep(d.text, from, start, Plain)
}

// block says that what was written from offset at on stands for all of
// text[start:end].
func (d *decoder) block(at, start, end int, coded Encoding) {
	d.out.runs = append(d.out.runs, run{int32(at), int32(start), int32(end - start), int32(len(d.out.text) - at), coded})
}

// blocks decodes base64, and hex without anything between its digits.
func (d *decoder) blocks(ctx context.Context) error {
	text := d.text
	for i, look := 0, 0; ; {
		if i >= look {
			if err := ctx.Err(); err != nil {
				return err
			}
			look = i + stretchOfText
		}
		start, end, ok := d.nextRun(i, minBase64, inBase64)
		if !ok {
			return nil
		}
		i = end
		for tries := 0; tries < maxTries && end-start >= minBase64; tries++ {
			if stop := d.encoded(start, end); stop > 0 {
				i = max(i, stop)
				break
			}
			k := start
			for k < end && class[text[k]]&isAlnum != 0 {
				k++
			}
			for k < end && class[text[k]]&isAlnum == 0 {
				k++
			}
			d.steps += k - start
			start = k
		}
	}
}

// encoded decodes the run text[start:end] if it is hex or base64 of a text, and
// returns where that ended, or 0.
func (d *decoder) encoded(start, end int) int {
	text := d.text
	from := start
	if hasPrefix(text, from, "0x") {
		from += 2
	}
	if n := end - from; n >= 2*minPairs && n%2 == 0 {
		k := from
		for k < end && class[text[k]]&isHex != 0 {
			k++
		}
		d.steps += k - from
		if k == end && d.hex(from, end, n/2) {
			return end
		}
	}
	var head [48]byte
	h := unbase64(head[:0], text[start:min(end, start+64)])
	d.steps += len(h)
	wide := isWide(h)
	if !wide && !readable(h) {
		return 0
	}
	stop := d.wrapped(start, end)
	n := (stop-start)/4*3 + 3
	if !d.room(n + 2*contextReach) { // as much as there is room for
		n = max(0, maxDecoded-2*contextReach)
		if d.out != nil {
			n = max(0, n-len(d.out.text))
		}
		if n /= 3; n == 0 {
			return stop
		}
		stop, n = min(stop, start+4*n), 3*n+3
	}
	d.lead(start)
	at := len(d.out.text)
	d.out.reserve(n)
	d.out.text = unbase64(d.out.text, text[start:stop])
	d.steps += stop - start
	if wide {
		d.out.text = narrow(d.out.text, at)
	}
	d.block(at, start, stop, Base64)
	return stop
}

// wrapped returns the end of the base64 whose first line is text[start:end]:
// lines of one length, the last of which may be shorter, and = at the end.
func (d *decoder) wrapped(start, end int) int {
	text, width := d.text, end-start
	for width >= minLine {
		j := end
		for j < len(text) && j-end < 16 && class[text[j]]&isSpace != 0 {
			j++
		}
		if j == end || class[text[end]]&isSpace == 0 || text[end] == ' ' {
			break
		}
		k := j
		for k < len(text) && k-j <= width && alphabet[text[k]]&inBase64 != 0 {
			k++
		}
		d.steps += k - end
		if k == j || k-j > width {
			break
		}
		if k-j < width { // the last line, which nothing follows
			e := k
			for e < len(text) && e-k < 2 && text[e] == '=' {
				e++
			}
			if e < len(text) && text[e] != '\n' && text[e] != '\r' && text[e] != '"' && text[e] != '\'' {
				break
			}
			return e
		}
		end = k
	}
	for n := 0; n < 2 && end < len(text) && text[end] == '='; n++ {
		end++
	}
	return end
}

// unbase64 appends what is encoded in either alphabet to b, which has room for
// it, up to the padding. Spaces are skipped.
func unbase64(b, code []byte) []byte {
	var v uint32
	n := 0
	for _, c := range code {
		switch k := class[c]; {
		case k&isUpper != 0:
			c -= 'A'
		case k&isLower != 0:
			c -= 'a' - 26
		case k&isDigit != 0:
			c += 52 - '0'
		case c == '+' || c == '-':
			c = 62
		case c == '/' || c == '_':
			c = 63
		default:
			continue
		}
		v = v<<6 | uint32(c)
		if n++; n == 4 {
			b = append(b, byte(v>>16), byte(v>>8), byte(v))
			n = 0
		}
	}
	switch n {
	case 2:
		b = append(b, byte(v>>4))
	case 3:
		b = append(b, byte(v>>10), byte(v>>2))
	}
	return b
}

// readable reports whether b, the beginning of something decoded, is text.
func readable(b []byte) bool {
	bad := 0
	for i := 0; i < len(b); {
		c := b[i]
		if c < utf8.RuneSelf {
			if c < ' ' && class[c]&isSpace == 0 || c == 0x7f {
				bad++
			}
			i++
		} else if r, n := utf8.DecodeRune(b[i:]); r != utf8.RuneError {
			i += n
		} else {
			if utf8.FullRune(b[i:]) {
				bad++
			}
			i++
		}
		if bad*16 > len(b) {
			return false
		}
	}
	return len(b) > 0
}

// isWide reports whether b is text in UTF-16LE, as PowerShell encodes commands.
func isWide(b []byte) bool {
	zeros, bad := 0, 0
	for i := 0; i+1 < len(b); i += 2 {
		switch {
		case b[i+1] != 0:
		case b[i] < ' ' && class[b[i]]&isSpace == 0:
			bad++
		default:
			zeros++
		}
	}
	return zeros*10 >= len(b)/2*8 && bad == 0 && zeros > 0
}

// narrow makes UTF-8 of the UTF-16LE in b[at:]; what isn't Latin becomes a ?.
func narrow(b []byte, at int) []byte {
	out := at
	for i := at; i+1 < len(b); i += 2 {
		switch c := rune(b[i+1])<<8 | rune(b[i]); {
		case c < utf8.RuneSelf:
			b[out] = byte(c)
			out++
		case c < 0x800:
			out += utf8.EncodeRune(b[out:out+2], c)
		default:
			b[out] = '?'
			out++
		}
	}
	return b[:out]
}
