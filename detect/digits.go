package detect

// A chain is a run of digit groups with single separators between them, such
// as 4716 2580 5997 0930. It is read once and then offered to every numeric
// validator, which picks by number of digits and grouping.
type chain struct {
	groups [maxGroups]group
	n      int
}

type group struct {
	start, end int
	sep        byte // the separator behind it, 0 at the end of the chain
}

func (g group) len() int { return g.end - g.start }

// maxGroups bounds a chain; a longer one is read in pieces that overlap by
// the most groups that one number can have.
const (
	maxGroups    = 64
	maxPerNumber = 5
	minAlone     = 6 // digits of the shortest number without a separator
)

// digits looks at the digit groups that start at i.
func (s *scanner) digits(i int) int {
	text, n := s.text, len(s.text)
	// Most numbers in a text are short and stand alone. A plus stands in Finnish
	// and Swedish numbers of people over a hundred.
	j := i + 1
	for j < n && class[text[j]]&isDigit != 0 {
		j++
	}
	if j-i < minAlone && (j >= n || class[text[j]]&isAlpha == 0 && (!isSeparator(text[j]) && text[j] != '+' || j+1 >= n || class[text[j+1]]&isAlnum == 0)) {
		return j
	}
	c := &s.chain // one for the whole pass: clearing it each time would cost more than reading
	c.n = 0
	for j = i; c.n < maxGroups; {
		g := group{start: j}
		for j < n && class[text[j]]&isDigit != 0 {
			j++
		}
		g.end = j
		c.n++
		if j+1 < n && isSeparator(text[j]) && class[text[j+1]]&isDigit != 0 {
			g.sep = text[j]
			c.groups[c.n-1] = g
			j++
			continue
		}
		c.groups[c.n-1] = g
		break
	}
	s.steps += j - i
	last := c.n
	if c.n == maxGroups && c.groups[c.n-1].sep != 0 {
		last = c.n - maxPerNumber // the rest is looked at with what follows
	}
	k := 0
	for k < last {
		used := 0
		n := c.groups[k].len()
		if (n == 4 || n == 6 || n == 8 || n >= 12) && (k > 0 || s.leftEdge(c.groups[0].start)) { // what a card can begin with
			used = s.card(c, k)
		}
		// What follows a plus, a dash, a dot or a slash is the rest of a phone
		// number, date or version.
		if used == 0 && n <= maxID && (k == 0 && (i == 0 || text[i-1] != '+') || k > 0 && c.groups[k-1].sep == ' ') {
			if end := s.idAt(c.groups[k].start, &digitFirst[n]); end > c.groups[c.n-1].end {
				return end
			} else if end > c.groups[k].start {
				for used++; c.groups[k+used-1].end < end; used++ {
				}
			}
		}
		k += max(1, used)
	}
	if k < c.n {
		return c.groups[k].start
	}
	return c.groups[c.n-1].end
}

func isSeparator(b byte) bool { return b == ' ' || b == '-' || b == '.' || b == '/' }

// leftEdge reports whether a number may start at i: not behind a letter, and
// not the tail of a decimal, a phone number or an amount.
func (s *scanner) leftEdge(i int) bool {
	if i == 0 {
		return true
	}
	switch b := s.text[i-1]; b {
	case '+', '.', '$', '_', '%', '&', '~':
		return false
	default:
		return class[b]&isWord == 0
	}
}

// rightEdge reports whether a number may end before i.
func (s *scanner) rightEdge(i int) bool {
	return i >= len(s.text) || class[s.text[i]]&isWord == 0 && s.text[i] != '%'
}
