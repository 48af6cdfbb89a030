package detect

// What a byte can be. The scan reads one entry of this table for each byte of
// the text; everything else happens only where a word starts or a trigger
// byte stands.
const (
	isDigit  uint16 = 1 << iota
	isUpper         // A-Z
	isLower         // a-z
	isUnder         // _
	isDash          // -
	isDot           // .
	isBase64        // + / and the letters and digits
	isLocal         // may stand in the local part of an e-mail address
	isValue         // may stand in an unquoted secret value
	isHex           // 0-9 a-f A-F
	isSpace         // space, tab, CR, LF
	isTrig          // @ : = - \ , > ~ | ( $

	isAlpha = isUpper | isLower
	isAlnum = isAlpha | isDigit
	isWord  = isAlnum | isUnder
	isToken = isWord | isDash // what most vendors build tokens from
)

var class = func() (t [256]uint16) {
	for c := range 256 {
		b := byte(c)
		switch {
		case b >= '0' && b <= '9':
			t[c] |= isDigit | isHex | isBase64 | isLocal | isValue
		case b >= 'A' && b <= 'Z':
			t[c] |= isUpper | isBase64 | isLocal | isValue
		case b >= 'a' && b <= 'z':
			t[c] |= isLower | isBase64 | isLocal | isValue
		}
	}
	mark := func(set string, bits uint16) {
		for i := range len(set) {
			t[set[i]] |= bits
		}
	}
	mark("abcdefABCDEF", isHex)
	mark("_", isUnder|isLocal|isValue)
	mark("-", isDash|isLocal|isValue|isTrig)
	mark(".", isDot|isLocal|isValue)
	mark("+/", isBase64)
	mark("%+", isLocal)
	mark("!#$%&*+/:=?@^~|", isValue)
	mark(" \t\r\n", isSpace)
	mark("@:=\\,>~|($", isTrig)
	mark("\xc3\xc5\xce\xcf\xd0\xd1", isTrig) // letters that markings begin with in other languages
	return t
}()

func lower(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

func upper(b byte) byte {
	if b >= 'a' && b <= 'z' {
		return b - ('a' - 'A')
	}
	return b
}

// hasPrefix reports whether text continues with p at i.
func hasPrefix(text []byte, i int, p string) bool {
	return len(text)-i >= len(p) && string(text[i:i+len(p)]) == p
}

// hasPrefixFold is hasPrefix without regard to case; p is in lower case.
func hasPrefixFold(text []byte, i int, p string) bool {
	if len(text)-i < len(p) {
		return false
	}
	for k := range len(p) {
		if lower(text[i+k]) != p[k] {
			return false
		}
	}
	return true
}

// containsFold reports whether text holds p, in lower case, at any place.
func containsFold(text []byte, p string) bool {
	for i := 0; i+len(p) <= len(text); i++ {
		if lower(text[i]) == p[0] && hasPrefixFold(text, i, p) {
			return true
		}
	}
	return false
}
