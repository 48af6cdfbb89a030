package detect

import (
	"bytes"
	"encoding/base64"
)

// given is a value that a name is given to.
type given struct {
	at              int // where the value, or the white space before it, begins
	nameAt, nameEnd int
	said            says  // by the name
	compares        bool  // the value is compared, or given to a function: only a quoted one counts
	colon           bool  // the operator is a colon
	where           Where // the name stands; 0 is right before
}

var (
	byChance   = say("value drawn by chance")
	likeChosen = say("value like a password")
	userAndKey = say("base64 of a name and its password")
	accountKey = say("base64 of 32 bytes or more")
)

// value judges a value and records it when it is a secret.
func (s *scanner) value(g given) {
	text, n := s.text, len(s.text)
	i := g.at
	for k := 0; k < 24 && i < n && (text[i] == ' ' || text[i] == '\t'); k++ {
		i++
	}
	spaced := i > g.at
	if i = s.below(i, g); i >= n {
		return
	}
	if g.said.role == anAuthorization {
		i = s.scheme(i)
		g.said.role = aToken
	}
	i = s.prefixed(i)
	var quote byte
	escaped := false
	if i+1 < n && text[i] == '\\' && (text[i+1] == '"' || text[i+1] == '\'') {
		escaped = true
		i++
	}
	if i < n && (text[i] == '"' || text[i] == '\'' || text[i] == '`') {
		quote = text[i]
		i++
		if i+1 < n && text[i] == quote && text[i+1] == quote { // """..."""
			i += 2
		}
	}
	if i < s.taken || quote == 0 && g.compares {
		return // inside of a value that was recorded
	}
	end := s.valueEnd(i, quote, escaped, maxValue)
	if quote != 0 && (end >= n || text[end] != quote && !escaped) {
		return // an open quote is prose or cut off
	}
	if quote == 0 {
		if end < n && (text[end] == '(' || text[end] == '[') {
			return
		}
		end = s.withoutStop(i, end)
	}
	v := text[i:end]
	if len(v) < 6 {
		return
	}
	if g.nameAt > 4 && text[g.nameAt-1] == '?' && hasPrefix(text, g.nameAt-5, ".svg") { // a public badge
		return
	}
	if isReference(v) || isStored(v) {
		return
	}
	w := vendorOf(text[g.nameAt:g.nameEnd])
	none := g.said.role == noSecret || isExpression(v, quote != 0) || !varied(v)
	if w == nil && none {
		return
	}
	if quote == 0 && class[v[0]]&isAlpha != 0 && nameRole(v).role != noSecret && lookAt(v).surprises*10 < len(v)*4 { // another name, as in type T = FooToken
		return
	}
	if w != nil {
		if e := s.ofVendor(w, i, end, g.said.role); e > 0 {
			s.taken = e
			return
		}
	}
	if none {
		return
	}
	why := Why{Length: len(v), Form: byChance, Near: g.said.word, Where: Key}
	if g.where != Nowhere {
		why.Where = g.where
	}
	if g.said.role == anAccountKey {
		if e := s.stretch(i, isBase64, 90); e-i >= 42 && hasPrefix(text, e, "=") && !isPlaceholder(v) {
			for e < n && text[e] == '=' {
				e++
			}
			why.Length, why.Form = e-i, accountKey
			s.add(AzureAccountKey, ClassSecret, High, i, e, why)
			s.taken = e
			return
		}
		g.said.role = aToken
	}
	l := lookAt(v)
	id, conf := SecretAssignment, Medium
	switch {
	case isUUID(v), startsAsDate(v):
		return
	case g.said.role == aKey && (len(v) < 20 || l.lower == 0 || l.upper == 0 || l.digit == 0 || !rare(v, l)):
		return
	case rare(v, l) && len(v) >= 10 && (len(v) >= 16 || l.classes() > 2 || g.said.role == aPassword || l.surprises*5 >= len(v)*2):
		if len(v) >= 16 {
			conf = High
		}
	case g.said.role == aToken && isCredentialPair(v):
		why.Form = userAndKey
	case g.said.role == aPassword && quote == 0 && isIdentifier(v, l) && !s.aloneOnLine(end, spaced && !g.colon):
		return
	case g.said.role == aPassword && (chosen(v, l) || rare(v, l)):
		why.Form = likeChosen
	default:
		return
	}
	if isWeakPassword(v) {
		return
	}
	if g.said.role == aPassword {
		id = PasswordAssignment
		if s.connection(g.nameAt) {
			id, conf = ConnectionString, High
		}
	}
	if quote == 0 && end-i == maxValue {
		end = s.valueEnd(i, quote, escaped, n) // no tail of a long one is left over
	}
	if quote == 0 && (g.nameAt == 0 || text[g.nameAt-1] != '?' && text[g.nameAt-1] != '&') {
		end = s.behindAmpersands(end)
	}
	why.Length = end - i
	s.add(id, ClassSecret, conf, i, end, why)
	s.taken = end
}

// behindAmpersands returns where a value ends that was read up to end, as an
// ampersand there may be one of its letters: "password = Tr0ub4dor&3xKq". It is
// not where another name=value is behind it, or it begins an entity (&lt;) but
// its own.
func (s *scanner) behindAmpersands(end int) int {
	text, n := s.text, len(s.text)
	for end+1 < n && text[end] == '&' {
		from := end + 1
		if hasPrefix(text, from, "amp;") {
			from += len("amp;")
		}
		e := s.valueEnd(from, 0, false, maxValue)
		rest := text[from:e]
		if len(rest) == 0 || bytes.IndexByte(text[from:min(n, e+1)], '=') >= 0 || e < n && text[e] == ';' && isEntity(rest) {
			break
		}
		end = s.withoutStop(from, e)
	}
	return end
}

// withoutStop leaves out the stop of a sentence at the end of a value.
func (s *scanner) withoutStop(i, end int) int {
	for end > i && (s.text[end-1] == '.' || s.text[end-1] == ':' || s.text[end-1] == '?') {
		end--
	}
	return end
}

// isEntity reports what is a character between an ampersand and a semicolon.
func isEntity(name []byte) bool {
	if name[0] == '#' {
		return true
	}
	for _, c := range name {
		if class[c]&isAlpha == 0 {
			return false
		}
	}
	return true
}

// below returns where a value begins that stands on the line below its
// name, or i: "Password:\nkT7-mmQ2x", and YAML's block after |.
func (s *scanner) below(i int, g given) int {
	text, n := s.text, len(s.text)
	block := false
	if j := i; g.colon && j < n && (text[j] == '|' || text[j] == '>') {
		if j++; j < n && (text[j] == '-' || text[j] == '+') {
			j++
		}
		if block = j < n && text[j] == '\n'; block {
			i = j
		}
	}
	if i >= n || text[i] != '\n' && text[i] != '\r' || !g.colon || !block && g.said.role != aPassword {
		return i
	}
	j := s.stretch(i, isSpace, 16)
	end := s.valueEnd(j, 0, false, 64)
	if end-j < 6 || end < n && text[end] != '\n' && text[end] != '\r' {
		return n
	}
	if l := lookAt(text[j:end]); l.digit == 0 || l.classes() < 3 || text[end-1] == ':' {
		return n
	}
	return j
}

// scheme returns where the token begins in an Authorization header's value at
// i: behind the scheme, such as Bearer or Api-Token.
func (s *scanner) scheme(i int) int {
	text, n := s.text, len(s.text)
	if i < n && (text[i] == '"' || text[i] == '\'') {
		i++
	}
	if e := s.stretch(i, isAlpha|isDash, 12); e > i && e < n && text[e] == ' ' {
		return e + 1
	}
	return i
}

// prefixed returns where the quote begins of a string at i: behind Python's b
// or r, SQL's N, C's L, C#'s @ and $, Rust's and Kotlin's calls aside.
func (s *scanner) prefixed(i int) int {
	text := s.text
	if i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\'') {
		switch text[i] {
		case 'b', 'r', 'u', 'N', 'L', '@', '$', '(', '[':
			return i + 1
		}
	}
	return i
}

// aloneOnLine reports whether the line ends at i, as it does behind a value in
// a file of settings; apart says that the operator has space around it.
func (s *scanner) aloneOnLine(i int, apart bool) bool {
	text := s.text
	if i < len(text) && text[i] == ' ' {
		i++
	}
	return !apart && (i >= len(text) || text[i] == '\n' || text[i] == '\r' || text[i] == '#' || text[i] == '<' || text[i] == '&' || text[i-1] == ' ' || text[i] == '\\')
}

// startsAsDate reports a value that starts as dates of ISO 8601 do.
func startsAsDate(v []byte) bool {
	return len(v) >= 10 && v[4] == '-' && v[7] == '-' && class[v[0]]&class[v[3]]&class[v[5]]&class[v[6]]&class[v[8]]&isDigit != 0
}

// isIdentifier reports a value that could be the name of a variable.
func isIdentifier(v []byte, l look) bool {
	if l.surprises >= 3 || class[v[0]]&(isAlpha|isUnder) == 0 {
		return false
	}
	for _, c := range v {
		if class[c]&(isWord|isDot) == 0 {
			return false
		}
	}
	return true
}

// isCredentialPair reports base64 of "user:password", as HTTP's Basic scheme
// and Docker's configuration have it.
func isCredentialPair(v []byte) bool {
	var buf [96]byte
	if len(v) < 8 || len(v) > 120 {
		return false
	}
	n, err := base64.StdEncoding.Decode(buf[:], v)
	if err != nil {
		if n, err = base64.RawStdEncoding.Decode(buf[:], v); err != nil {
			return false
		}
	}
	colon := -1
	for i, c := range buf[:n] {
		if c < ' ' || c >= 0x7f {
			return false
		}
		if c == ':' && colon < 0 {
			colon = i
		}
	}
	return colon > 0 && n-colon > 4 && !isWeakPassword(buf[colon+1:n]) && !isReference(buf[colon+1:n])
}

// valueEnd returns where the value at i ends, at most limit bytes on.
func (s *scanner) valueEnd(i int, quote byte, escaped bool, limit int) int {
	text, end := s.text, i
	for end < len(text) && end-i < limit {
		c := text[end]
		if quote != 0 {
			if c == quote || c == '\n' || escaped && c == '\\' {
				break
			}
		} else if c <= ' ' || c == '"' || c == '\'' || c == '`' || c == ';' || c == ',' || c == '<' || c == ')' || c == '}' || c == ']' || c == '\\' ||
			c == '&' || c >= 0x7f || c == '=' && end+1 < len(text) && class[text[end+1]]&isAlnum != 0 {
			break
		}
		end++
	}
	s.steps += end - i
	return end
}

// storedStarts begin values that say where a secret is kept, or that are
// locked already: SOPS, sealed secrets, AWS, Azure, 1Password, Vault.
var storedStarts = newLexicon("enc[", "enc(", "arn:", "vault:", "ssm:", "secretsmanager:", "op:", "secret:", "secrets/", "secret/", "projects/", "file:", "env:",
	"urn:", "@microsoft", "keyvault", "kv/", "agb", "sha256:", "sha512:", "sha1:", "md5:", "sha256-", "sha384-", "sha512-", "__", "@@", "ref+", "data:")

func isStored(v []byte) bool {
	if len(v) > 3 && (v[0] == 'A' || v[0] == 'a') && (v[2] == 'B' || v[2] == 'b') {
		return len(v) > 300 && v[0] == 'A' // a sealed secret's AgB is in capitals and long
	}
	return storedStarts.at(v, 0)
}

// isExpression reports code, a path or prose instead of a value.
func isExpression(v []byte, quoted bool) bool {
	if v[0] == '\\' {
		return true
	}
	slashes, dots, letters := 0, 0, 0
	for i, c := range v {
		switch {
		case c <= ' ':
			return true // a sentence, or a terminal's escape
		case c == '(' && !quoted, c == '[' && !quoted:
			return true
		case c == '/' || c == '\\':
			slashes++
		case c == '.':
			dots++
		case class[c]&(isAlpha|isUnder) != 0:
			letters++
		case c == ':' && i+2 < len(v) && v[i+1] == '/' && v[i+2] == '/':
			return true
		}
	}
	if slashes > 0 && (v[0] == '/' || v[0] == '~' || v[0] == '.' || len(v) > 2 && v[1] == ':') {
		l := lookAt(v)
		return len(v) < 36 || l.surprises*10 < len(v)*3
	}
	// a.b.c of an unquoted name
	return !quoted && dots > 0 && letters+dots >= len(v)-2 && lookAt(v).surprises*10 < len(v)*3
}
