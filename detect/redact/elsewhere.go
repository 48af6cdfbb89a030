package redact

// A value that was found by what stands beside it, such as a password by its
// name, may stand elsewhere in the text without that. It is taken out there
// too.

// Lengths of the values that are looked for elsewhere. A shorter one would tear
// words apart; a longer one is found for what it is wherever it stands.
const (
	shortest = 5
	longest  = 128
	// anywhere is from which length on a value is looked for inside of words.
	anywhere = 12
)

// places are the values by their hash, and by their first bytes how long the
// values are that begin so.
type places struct {
	values  map[uint64]int // a hash to the span that it is of
	lengths map[uint32]*[longest + 1]bool
	longest map[uint32]int
}

// elsewhere adds the other places of the values of spans, which are in order
// and apart. It takes time proportional to the text's length.
func elsewhere(text []byte, spans []span) []span {
	if len(spans) == 0 {
		return spans
	}
	p := places{map[uint64]int{}, map[uint32]*[longest + 1]bool{}, map[uint32]int{}}
	for k, s := range spans {
		n := s.end - s.start
		if !s.everywhere || n < shortest || n > longest {
			continue
		}
		first := four(text, s.start)
		if p.lengths[first] == nil {
			p.lengths[first] = new([longest + 1]bool)
		}
		p.lengths[first][n] = true
		p.longest[first] = max(p.longest[first], n)
		h := uint64(offset)
		for _, c := range text[s.start:s.end] {
			h = (h ^ uint64(c)) * prime
		}
		if _, ok := p.values[h]; !ok {
			p.values[h] = k
		}
	}
	if len(p.values) == 0 {
		return spans
	}
	all := make([]span, 0, len(spans))
	next := 0
	for i := 0; i < len(text); {
		if next < len(spans) && spans[next].start == i {
			all = append(all, spans[next])
			i = spans[next].end
			next++
			continue
		}
		free := len(text)
		if next < len(spans) {
			free = spans[next].start
		}
		if s, ok := p.at(text, spans, i, free); ok {
			all = append(all, s)
			i = s.end
			continue
		}
		i++
	}
	return all
}

// FNV-1a. A hash only picks a candidate, which is then compared.
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

// at returns the longest value that stands at i and ends by free.
func (p *places) at(text []byte, spans []span, i, free int) (found span, ok bool) {
	if free-i < shortest {
		return found, false
	}
	first := four(text, i)
	lengths := p.lengths[first]
	if lengths == nil {
		return found, false
	}
	h := uint64(offset)
	for j, end := i, min(free, i+p.longest[first]); j < end; j++ {
		h = (h ^ uint64(text[j])) * prime
		n := j + 1 - i
		if !lengths[n] {
			continue
		}
		k, known := p.values[h]
		if !known || spans[k].end-spans[k].start != n || string(text[i:i+n]) != string(text[spans[k].start:spans[k].end]) {
			continue
		}
		if n < anywhere && (i > 0 && isWord(text[i-1]) && isWord(text[i]) || j+1 < len(text) && isWord(text[j+1]) && isWord(text[j])) {
			continue
		}
		found, ok = span{start: i, end: j + 1, label: spans[k].label, everywhere: true}, true
	}
	return found, ok
}

func four(text []byte, i int) uint32 {
	return uint32(text[i]) | uint32(text[i+1])<<8 | uint32(text[i+2])<<16 | uint32(text[i+3])<<24
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
