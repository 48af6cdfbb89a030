package detect

// word looks at a word that starts with a letter or underscore at i.
func (s *scanner) word(i int) int {
	text := s.text
	head := headAt(text, i)
	var b begun
	if lengths := known.lengths(head); lengths != 0 {
		s.begin(i, head, lengths, &b)
	}
	if i+3 >= len(text) {
		return i
	}
	if c := text[i+2]; class[c]&isDigit != 0 || (c == ' ' || c == '-') && class[text[i+3]]&isDigit != 0 {
		if j := s.iban(i); j > i {
			return j
		}
	}
	if b.n == 0 {
		return i
	}
	return s.begins(i, &b)
}

// begun is what a word begins but for context words and cues, in the order in
// which it is tried.
type begun struct {
	n  int
	by [16]*beginning
}

// begin notes the context words and cues at i, which has this head, of these
// lengths, and adds the others to b.
func (s *scanner) begin(i int, head uint64, lengths uint, b *begun) {
	for n := lengths; n != 0; n &= n - 1 {
		list := known.of(head, n)
		for k := range list {
			x := &list[k]
			if head&x.mask == x.head {
				switch x.kind {
				case kindCue:
					s.cue(i, x.at)
				case kindCues:
					for _, at := range cuesBehind[x.at] {
						s.cue(i, at)
					}
				case kindContext:
					s.note(i, x.at)
				default:
					b.add(x)
				}
			}
			if x.last {
				break
			}
		}
	}
}

// add puts x behind what is tried before it.
func (b *begun) add(x *beginning) {
	k := b.n
	for k > 0 && b.by[k-1].rank() > x.rank() {
		b.by[k] = b.by[k-1]
		k--
	}
	b.by[k] = x
	b.n++
}

// beginsToken looks at the tokens and the like that the word at i begins with.
func (s *scanner) beginsToken(i int) int {
	head := headAt(s.text, i)
	if i+3 >= len(s.text) {
		return i
	}
	var b begun
	for n := known.lengths(head); n != 0; n &= n - 1 {
		list := known.of(head, n)
		for k := range list {
			if x := &list[k]; x.kind >= kindToken && head&x.mask == x.head {
				b.add(x)
			}
			if list[k].last {
				break
			}
		}
	}
	return s.begins(i, &b)
}

// begins looks at what the word at i begins with.
func (s *scanner) begins(i int, b *begun) int {
	prev := s.previous(i)
	marked := false
	for _, x := range b.by[:b.n] {
		j := i
		switch x.kind {
		case kindToken:
			if f := &tokenForms[x.at]; prev&f.not == 0 && hasPrefix(s.text, i, f.prefix) {
				j = s.token(i, f)
			}
		case kindJWT:
			if prev&isTokenDot == 0 && hasPrefix(s.text, i, "eyJ") {
				j = s.jwt(i)
			}
		case kindTerraform:
			if hasPrefix(s.text, i, "atlasv1.") {
				j = s.terraform(i)
			}
		case kindEncoded:
			if prev&isWord == 0 && hasPrefix(s.text, i, encodedKeys[x.at]) {
				j = s.encodedKey(i)
			}
		case kindDiscord:
			if prev&isTokenDot == 0 && hasPrefix(s.text, i, discordStarts[x.at]) {
				j = s.discord(i)
			}
		case kindPhrase:
			if !marked && prev&(isWord|isDot) == 0 {
				marked = true
				j = s.marking(i)
			}
		case kindSpoken:
			j = s.spoken(i, spokenWords[x.at])
		case kindSeed:
			if prev&isWord == 0 {
				j = s.seed(i, &seedNames[x.at])
			}
		case kindBIC:
			if prev&isWord == 0 {
				j = s.bic(i, &bicNames[x.at])
			}
		}
		if j > i {
			return j
		}
	}
	return i
}

// previous is the class of the byte before i; the letter of an escape such as
// \n is none.
func (s *scanner) previous(i int) uint16 {
	if i == 0 || i >= 2 && s.text[i-2] == '\\' {
		return 0
	}
	return class[s.text[i-1]]
}

// code numbers the 63 word bytes; 0 is every other byte.
var code = func() (t [256]uint8) {
	n := uint8(0)
	for c := range 256 {
		if class[c]&isWord != 0 && n < 63 {
			n++
			t[c] = n
		}
	}
	return t
}()
