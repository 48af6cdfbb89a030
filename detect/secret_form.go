package detect

import (
	"fmt"
	"strconv"
	"strings"
)

// A form is how a vendor writes its tokens, declared as a regular expression
// of the simplest kind: bytes, classes such as [a-f0-9] or \w, counts, and one
// (a|b) of plain words. So what a vendor documents can be read here as it is
// there, and the standard regexp can check the matcher (see its test). Each
// part takes all it can and nothing is tried twice; newForm refuses an
// expression for which that would be wrong.
type form struct {
	parts  []part
	expr   string // as declared, for tests
	prefix string // the bytes that every token begins with
	chars  uint64 // the byte sets of all its parts, see byteSets
}

// part is some bytes as they are, or min to max bytes of a set.
type part struct {
	bytes    string
	set      uint64
	min, max int
}

// unlimited stands for a {n,} count. It bounds what one look reads.
const unlimited = 1 << 16

// byteSets says which of the sets that forms use a byte is in: one bit a set.
var (
	byteSets [256]uint64
	setNames []string
)

// setOf returns the bit of a set, written as in [a-f0-9_-].
func setOf(name string) uint64 {
	for i, n := range setNames {
		if n == name {
			return 1 << i
		}
	}
	bit := uint64(1) << len(setNames)
	if bit == 0 {
		panic("detect: forms use too many byte sets")
	}
	setNames = append(setNames, name)
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '\\' && name[i+1] == 'w':
			for b := range 256 {
				if class[b]&isWord != 0 {
					byteSets[b] |= bit
				}
			}
			i++
		case i+2 < len(name) && name[i+1] == '-':
			for b := int(c); b <= int(name[i+2]); b++ {
				byteSets[b] |= bit
			}
			i += 2
		default:
			byteSets[c] |= bit
		}
	}
	return bit
}

// newForms reads forms, with a space between them.
func newForms(text string) (all []form) {
	for _, f := range strings.Fields(text) {
		all = append(all, alternatives(f)...)
	}
	return all
}

// alternatives makes one form of each word of the first (a|b).
func alternatives(expr string) (all []form) {
	open := strings.IndexByte(expr, '(')
	if open < 0 {
		return []form{newForm(expr)}
	}
	inside, after, _ := strings.Cut(expr[open+1:], ")")
	for _, word := range strings.Split(inside, "|") {
		all = append(all, alternatives(expr[:open]+word+after)...)
	}
	return all
}

func newForm(expr string) (f form) {
	f.expr = expr
	for rest := expr; rest != ""; {
		var p part
		switch {
		case rest[0] == '[':
			name, after, _ := strings.Cut(rest[1:], "]")
			p, rest = part{set: setOf(name), min: 1, max: 1}, after
		case strings.HasPrefix(rest, `\w`):
			p, rest = part{set: setOf(`\w`), min: 1, max: 1}, rest[2:]
		case strings.HasPrefix(rest, `\d`):
			p, rest = part{set: setOf("0-9"), min: 1, max: 1}, rest[2:]
		case rest[0] == '\\':
			p, rest = part{bytes: rest[1:2]}, rest[2:]
		default:
			p, rest = part{bytes: rest[:1]}, rest[1:]
		}
		if rest != "" && rest[0] == '{' {
			count, after, _ := strings.Cut(rest[1:], "}")
			from, to, isRange := strings.Cut(count, ",")
			p.min, _ = strconv.Atoi(from)
			if p.max = p.min; isRange {
				if p.max = unlimited; to != "" {
					p.max, _ = strconv.Atoi(to)
				}
			}
			if rest = after; p.bytes != "" {
				p.bytes, p.set = "", setOf(p.bytes)
			}
		}
		if n := len(f.parts); n > 0 && p.bytes != "" && f.parts[n-1].bytes != "" {
			f.parts[n-1].bytes += p.bytes
			continue
		}
		f.parts = append(f.parts, p)
	}
	for i, p := range f.parts {
		f.chars |= p.set
		if i == 0 || f.parts[i-1].min == f.parts[i-1].max {
			continue
		}
		for b := range 256 {
			if byteSets[b]&f.parts[i-1].set != 0 && (p.bytes != "" && p.bytes[0] == byte(b) || byteSets[b]&p.set != 0) {
				panic(fmt.Sprintf("detect: the form %s can't be matched without going back", expr))
			}
		}
	}
	f.prefix = f.parts[0].bytes
	return f
}

// match returns where the token of this form ends that starts at i, or i, and
// up to where it looked. A dot or dash behind a token is the sentence's, not its own, unless it needs
// it to be long enough.
func (f *form) match(text []byte, i int) (end, looked int) {
	j, least := i, i // least is where the last part may end
	for k := range f.parts {
		p := &f.parts[k]
		if p.bytes != "" {
			if !hasPrefix(text, j, p.bytes) {
				return i, j
			}
			j += len(p.bytes)
			least = j
			continue
		}
		from, limit := j, min(len(text), j+p.max)
		for j < limit && byteSets[text[j]]&p.set != 0 {
			j++
		}
		if j-from < p.min {
			return i, j
		}
		if j > from {
			least = from + p.min
		}
	}
	for j > least && (text[j-1] == '.' || text[j-1] == '-') {
		j--
	}
	if j < len(text) && (class[text[j]]&isWord != 0 || j+1 < len(text) && byteSets[text[j]]&f.parts[len(f.parts)-1].set != 0 && class[text[j+1]]&isWord != 0) {
		return i, j // it goes on: another thing, or longer than any
	}
	return j, j
}

// sample makes a token of this form that looks random, n bytes of those parts
// that have no fixed length, but not less or more than may be. Tokens in tests
// and documentation are made by it, so that none stands in the source.
func (f *form) sample(n int) string {
	const source = "q7Zt4Bf9xK2mVc8Rj5Ld0Wn6Ah3Ps1Yg"
	var b []byte
	at := 0
	for _, p := range f.parts {
		b = append(b, p.bytes...)
		for range min(max(n, p.min), p.max) {
			c := source[(at*5+at/32)%len(source)]
			for _, other := range [...]byte{lower(c), upper(c), "0123456789abcdef"[c%16], "234567"[c%6], '=', 'A' + c%26, 'a' + c%26, "abcdef"[c%6]} {
				if byteSets[c]&p.set == 0 {
					c = other
				}
			}
			for k := 0; byteSets[c]&p.set == 0; k++ {
				c = byte(k)
			}
			b = append(b, c)
			at++
		}
	}
	return string(b)
}
