package detect

// A chain is a run of digit groups with single separators between them, such
// as 4716 2580 5997 0930. Each group is offered to the numeric validators, which
// pick by number of digits and grouping.

// group is the digits text[start:end] of a chain.
type group struct {
	start, end int
	sep        byte // the separator behind it, 0 at the end of the chain
}

func (g group) len() int { return g.end - g.start }

const (
	maxGroups = 64 // of a chain that are read at one go
	minAlone  = 6  // digits of the shortest number without a separator
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
	var before group
	for k := range maxGroups {
		g := group{i, j, s.separator(j)}
		s.steps += j - i
		end := i
		if mayBeginCard(g) && (k > 0 || s.leftEdge(i)) {
			end = s.card(g, before)
		}
		// What follows a plus, a dash, a dot or a slash is the rest of a phone
		// number, date or version.
		if end == i && j-i <= maxID && (before.sep == ' ' || before.sep == 0 && (i == 0 || text[i-1] != '+')) {
			end = s.idAt(i, j, &digitFirst[j-i])
		}
		for g.end < end && g.sep != 0 {
			before, g = g, s.group(g.end+1)
		}
		if g.sep == 0 {
			return max(end, g.end)
		}
		before, i = g, g.end+1
		for j = i + 1; j < n && class[text[j]]&isDigit != 0; {
			j++
		}
	}
	return i
}

// group reads the digits at i.
func (s *scanner) group(i int) group {
	j := i
	for j < len(s.text) && class[s.text[j]]&isDigit != 0 {
		j++
	}
	return group{i, j, s.separator(j)}
}

// separator returns the separator at j if a digit stands behind it.
func (s *scanner) separator(j int) byte {
	if j+1 < len(s.text) && isSeparator(s.text[j]) && class[s.text[j+1]]&isDigit != 0 {
		return s.text[j]
	}
	return 0
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
