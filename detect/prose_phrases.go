package detect

// A cue is a phrase that stands in a kind of document more than elsewhere,
// such as "in witness whereof". One cue says nothing; a document is known by
// several of different groups, close together.
type cue struct {
	text   string // lower case; see matchCue
	kind   uint8  // index in proseKinds
	group  uint8  // index in the kind's groups
	number uint16 // of the cue among its kind's
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
