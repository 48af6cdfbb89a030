package detect

// option looks at a command's option whose dashes end before i.
func (s *scanner) option(dashes, i int) int {
	text := s.text
	if dashes > 0 && class[text[dashes-1]]&isSpace == 0 && text[dashes-1] != '"' && text[dashes-1] != '\'' && text[dashes-1] != '[' {
		return i
	}
	end := s.stretch(i, nameByte, maxName)
	if end == i || end+1 >= len(text) {
		return i
	}
	if text[i] == 'p' && end == i+1 && (text[end] == '\'' || text[end] == '"') {
		s.attached(dashes, end, end)
		return i
	}
	if text[i] == 'p' && i-dashes == 1 && end-i >= 7 {
		s.attached(dashes, i+1, end)
		return i
	}
	// -name value, or "-name", "value" of a list.
	if from := end + 1; text[end] == '"' && from+2 < len(text) && text[from] == ',' {
		if said := nameRole(text[i:end]); said.role != noSecret {
			s.value(given{at: from + 1, nameAt: i, nameEnd: end, said: said, compares: true})
		}
		return i
	}
	if text[end] != ' ' || text[end+1] == '-' {
		return i
	}
	if name := text[i:end]; len(name) <= 2 {
		s.shortOption(dashes, i, end)
		return i
	} else if string(name) == "user" || string(name) == "proxy-user" {
		s.userOption(dashes, end+1)
		return i
	}
	if said := nameRole(text[i:end]); said.role != noSecret {
		at := end + 1
		if hasPrefix(text, at, "pass:") { // openssl's -passin pass:...
			at += len("pass:")
		}
		s.value(given{at: at, nameAt: i, nameEnd: end, said: said})
	}
	return i
}

// commandReach is how far before an option its command is looked for.
const commandReach = 120

var (
	webCommands = newLexicon("curl", "wget", "http ", "https ")
	// passCommands take a password behind -p, and wordCommands behind -w or -a.
	passCommands = newLexicon("sshpass", "docker login", "podman login", "helm registry login", "az login", "mongo", "mongosh", "mongodump", "mongoexport", "mongorestore",
		"oc login", "cf login", "plink", "pscp", "winexe", "skopeo", "nerdctl", "crane", "sqlplus", "snowsql", "pgcli", "mycli", "rdesktop", "xfreerdp", "evil-winrm", "bw login", "sqlcmd", "bcp ", "cqlsh", "ipmitool")
	wordCommands   = newLexicon("ldapsearch", "ldapadd", "ldapmodify", "ldapwhoami", "ldappasswd", "redis-cli", "mosquitto_", "pg_dump", "isql")
	attachCommands = newLexicon("mysql", "mysqldump", "mysqladmin", "mariadb", "sshpass", "7z ", "7za ", "unrar", "rar ")
	asItsOption    = say("-p")
)

// command reports whether one of the commands stands before the option at i,
// on its line.
func (s *scanner) command(i int, commands *lexicon) bool {
	w := s.text[max(0, i-commandReach):i]
	s.steps += len(w)
	for k := len(w) - 1; k > 0; k-- {
		if w[k] == '\n' && w[k-1] != '\\' {
			w = w[k:]
			break
		}
	}
	return commands.in(w)
}

// shortOption looks at -u user:password of curl, and -p, -P, -w and -a of
// commands that take a password there.
func (s *scanner) shortOption(dashes, i, end int) {
	text := s.text
	var commands *lexicon
	switch string(text[i:end]) {
	case "u", "U":
		s.userOption(dashes, end+1)
		return
	case "p", "P", "pw":
		commands = passCommands
	case "w", "a", "W":
		commands = wordCommands
	default:
		return
	}
	if s.command(dashes, commands) {
		s.value(given{at: end + 1, nameAt: i, nameEnd: end, said: says{aPassword, asItsOption}})
	}
}

// attached looks at -pSECRET of mysql and others.
func (s *scanner) attached(dashes, i, end int) {
	if nameRole(s.text[i-1:end]).role == noSecret && s.command(dashes, attachCommands) {
		s.value(given{at: i, nameAt: dashes, nameEnd: i, said: says{aPassword, asItsOption}})
	}
}

var asUser = say("-u")

// userOption looks at curl's -u user:password.
func (s *scanner) userOption(dashes, from int) {
	text := s.text
	if !s.command(dashes, webCommands) {
		return
	}
	quote := byte(0)
	if from < len(text) && (text[from] == '"' || text[from] == '\'') {
		quote = text[from]
		from++
	}
	colon := s.stretch(from, isToken|isDot, 64)
	if colon < len(text) && text[colon] == '@' { // of an address
		colon = s.stretch(colon+1, isToken|isDot, 64)
	}
	if colon >= len(text) || text[colon] != ':' {
		return
	}
	end := s.valueEnd(colon+1, quote, false, 200)
	if end == colon+1 || colon == from {
		// user: or :token alone, as Stripe's documentation has it.
		if l := lookAt(text[from:colon]); colon > from && rare(text[from:colon], l) && l.digit > 0 {
			s.add(SecretAssignment, ClassSecret, High, from, colon, Why{Length: colon - from, Form: byChance, Near: asUser, Where: Key})
			return
		}
	}
	v := text[colon+1 : end]
	if l := lookAt(v); len(v) < 6 || isReference(v) || isWeakPassword(v) || !varied(v) || !chosen(v, l) && !rare(v, l) {
		return
	}
	if colon+1 < s.taken {
		return
	}
	s.add(PasswordAssignment, ClassSecret, High, colon+1, end, Why{Length: len(v), Form: likeChosen, Near: asUser, Where: Key})
	s.taken = end
}

// spokenWords start a phrase that gives a secret away without an operator:
// "the password is ...", SQL's PASSWORD '...' and IDENTIFIED BY '...', netrc's
// password ..., a Dockerfile's ENV NAME ....
var spokenWords = []string{"password", "passwort", "kennwort", "passphrase", "passcode", "identified by", "identified with", "pwd", "api key", "token", "secret", "pin",
	"mot de passe", "contrase", "wachtwoord", "senha", "bearer", "basic", "convertto-securestring", "env ", "setx ", "requirepass", "masterauth", "aws secret access key"}

// stating say what a secret is; verbs are all that stand between such a word
// and the secret.
var (
	stating = []string{"is now ", "is still ", "is ", "was ", "ist ", "lautet ", "is: ", "war ", "est ", "es ", "will be ", "should be ", "é ", "è "}
	verbs   = append([]string{"are ", "to ", "auf ", "reset to ", "changed to ", "set to ", "- ", "-> "}, stating...)
)

// beginsVerb tells the bytes that one of the verbs begins with.
var beginsVerb = func() (t [256]bool) {
	for _, verb := range verbs {
		t[verb[0]] = true
	}
	return t
}()

// purposes begin the words that say what a secret is for, and whose it is.
var purposes = newLexicon("for ", "of ", "to the ", "on ", "für ", "von ", "zum ", "zur ", "pour ", "de ", "du ", "para ", "per ", "di ", "del ", "della ", "do ", "da ", "voor ", "van ")

// maxPurpose is how long these words may be, in bytes.
const maxPurpose = 48

// spoken looks at the word w at i and at what is said behind it.
func (s *scanner) spoken(i int, w string) int {
	text := s.text
	if (w == "env " || w == "setx ") && s.previous(i)&isWord == 0 {
		s.setting(i + len(w))
		return i
	}
	end, _ := s.words(i, w)
	if w == "contrase" && hasPrefixFold(text, i, w) {
		end = i + len(w)
		for end < len(text) && (class[text[end]]&isAlpha != 0 || text[end] >= 0x80) && end-i < 16 {
			end++
		}
	}
	if end == i || end >= len(text) || text[end] != ' ' {
		return i
	}
	g := given{nameAt: i, nameEnd: end, said: says{aPassword, spokenSays[w]}}
	end++
	switch w {
	case "bearer", "basic":
		if s.previous(i)&isWord != 0 {
			return i
		}
		v := s.valueEnd(end, 0, false, 400)
		if l := lookAt(text[end:v]); w == "bearer" && v-end >= 24 && l.digit > 0 || w == "basic" && isCredentialPair(text[end:v]) {
			g.at, g.said.role = end, aToken
			s.value(g)
		}
		return i
	case "convertto-securestring":
		for _, o := range [...]string{"-String ", "-AsPlainText ", "-Force "} {
			if hasPrefix(text, end, o) {
				end += len(o)
			}
		}
		g.at = end
		s.value(g)
		return i
	case "identified with":
		e := s.stretch(end, isToken, 40)
		if !hasPrefixFold(text, e, " by '") {
			return i
		}
		end = e + len(" by ")
	}
	if end < len(text) && (text[end] == '\'' || text[end] == '"') {
		g.at = end
		s.value(g)
		return i
	}
	if v, colon := s.purpose(end); v > end {
		if g.colon = colon; colon { // as if it stood right behind the name
			g.said.role = nameRole(text[g.nameAt:g.nameEnd]).role
		}
		s.stated(g, v)
		return i
	}
	if n := anyVerb(verbs, text, end); n > 0 {
		s.stated(g, end+n)
		return i
	}
	if w == "requirepass" || w == "masterauth" || w == "aws secret access key" { // of redis.conf and aws configure set
		if g.at = end; w[0] == 'a' {
			g.said.role = aToken
		}
		s.value(g)
	}
	if w == "password" || w == "token" { // .netrc, and lists of arguments
		if s.beginsValue(end) && s.command(i, netrcWords) {
			g.at = end
			s.value(g)
		}
	}
	return i
}

// beginsValue reports whether what stands at i is no operator and no end of
// something: three bytes of a value, or a quote.
func (s *scanner) beginsValue(i int) bool {
	v := s.stretch(i, isSpace, 24)
	e := s.valueEnd(v, 0, false, 3)
	return e == v+3 || e < len(s.text) && (s.text[e] == '"' || s.text[e] == '\'' || s.text[e] == '`' || s.text[e] == '\\')
}

var netrcWords = newLexicon("login ", "machine ", "user ", "username ")

// purpose returns what stands behind the words at i that say what a secret is
// for, and behind a verb or colon: "for the vpn is", "pour le vpn :". It is i
// if nothing does. What has a name of its own before the colon is left to it.
func (s *scanner) purpose(i int) (v int, colon bool) {
	text := s.text
	if !purposes.at(text, i) {
		return i, false
	}
	end := min(len(text)-1, i+maxPurpose)
	s.steps += max(0, end-i)
	for k := i; k < end; k++ {
		next := class[text[k+1]] & isSpace
		switch c := text[k]; {
		case c == ' ':
			if n := anyVerb(stating, text, k+1); n > 0 {
				return k + 1 + n, false
			}
		case c == ':' && next != 0:
			name := s.closing(k)
			if nameRole(text[s.back(name, nameByte, maxName):name]).role != noSecret {
				return i, false
			}
			for v = k + 1; v < len(text) && v-k < 8 && text[v] == ' '; v++ {
			}
			return v, true
		case c == '\n', c == ';', c == '.' && next != 0:
			return i, false
		}
	}
	return i, false
}

// anyVerb returns the length of the one that stands at i, or 0.
func anyVerb(verbs []string, text []byte, i int) int {
	if i >= len(text) || !beginsVerb[text[i]] {
		return 0
	}
	for _, verb := range verbs {
		if hasPrefix(text, i, verb) {
			return len(verb)
		}
	}
	return 0
}

// stated looks at what stands at v: in quotes, on the line below, or a word.
func (s *scanner) stated(g given, v int) {
	text := s.text
	if v < len(text) && (text[v] == '"' || text[v] == '\'' || text[v] == '`' || text[v] == '\n' || text[v] == '\r') {
		g.at = v
		s.value(g)
		return
	}
	e := s.valueEnd(v, 0, false, 64)
	for e > v && (text[e-1] == '.' || text[e-1] == '!' || text[e-1] == '?' || text[e-1] == ':') {
		e--
	}
	s.said(g, v, e)
}

// said records the word text[v:e] of a sentence, if no sentence would hold it
// otherwise.
func (s *scanner) said(g given, v, e int) {
	if l := lookAt(s.text[v:e]); l.classes() >= 3 && l.digit > 0 || e-v >= 10 && rare(s.text[v:e], l) {
		g.at = v
		s.value(g)
	}
}

// setting looks at NAME value, as in a Dockerfile's ENV.
func (s *scanner) setting(i int) {
	text := s.text
	end := s.stretch(i, nameByte, maxName)
	if end == i || end+1 >= len(text) || text[end] != ' ' || class[text[i]]&isUpper == 0 || class[text[end-1]]&(isUpper|isDigit) == 0 {
		return
	}
	if said := nameRole(text[i:end]); said.role != noSecret {
		s.value(given{at: end + 1, nameAt: i, nameEnd: end, said: said})
	}
}

// spokenSays is the word of the reason for each of spokenWords.
var spokenSays = func() map[string]Word {
	m := map[string]Word{}
	for _, w := range spokenWords {
		m[w] = say(w)
	}
	return m
}()
