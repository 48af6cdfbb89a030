package detect

// role is what a name says about its value.
type role uint8

const (
	noSecret role = iota
	aPassword
	aToken
	anAuthorization
	anAccountKey
)

// secretNames are the words that make a name a secret's. A whole one stands
// alone or as a part of a_name or aName; the others also end a longer word,
// as in dbpassword.
var secretNames = [...]struct {
	word  string
	role  role
	whole bool
}{
	{"password", aPassword, false}, {"passwd", aPassword, false}, {"passphrase", aPassword, false}, {"passwort", aPassword, false},
	{"kennwort", aPassword, false}, {"contraseña", aPassword, false}, {"pwd", aPassword, false}, {"pass", aPassword, true}, {"pw", aPassword, true},
	{"accountkey", anAccountKey, false}, {"sharedaccesskey", anAccountKey, false},
	{"authorization", anAuthorization, false},
	{"token", aToken, false}, {"secret", aToken, false}, {"apikey", aToken, false}, {"api_key", aToken, false}, {"api-key", aToken, false},
	{"accesskey", aToken, false}, {"access_key", aToken, false}, {"access-key", aToken, false}, {"secretkey", aToken, false},
	{"secret_key", aToken, false}, {"secret-key", aToken, false}, {"privatekey", aToken, false}, {"private_key", aToken, false},
	{"authkey", aToken, false}, {"auth_key", aToken, false}, {"auth-key", aToken, false}, {"encryption_key", aToken, false},
	{"encryptionkey", aToken, false}, {"signing_key", aToken, false}, {"signingkey", aToken, false}, {"license_key", aToken, false},
	{"account_key", aToken, false}, {"auth", aToken, true}, {"credential", aToken, false}, {"credentials", aToken, false},
	{"apitoken", aToken, false}, {"bearer", aToken, true}, {"client_srt", aToken, false},
}

// secretStarts is by which two letters one of them can begin, and secretBy
// where in the list those with a first letter are.
var secretStarts, secretBy = func() (t starts, by [26][]uint8) {
	for i, w := range secretNames {
		t.add(w.word)
		by[w.word[0]-'a'] = append(by[w.word[0]-'a'], uint8(i))
	}
	return t, by
}()

// otherTails end names that speak about a secret and don't hold it.
var otherTails = [...]string{"url", "uri", "type", "name", "id", "ids", "path", "file", "field", "length", "len", "count", "expiry", "expires",
	"hint", "policy", "regex", "label", "hash", "endpoint", "limit", "placeholder", "format", "ref", "size", "header", "param", "env", "var",
	"s", "izer", "ize", "ized", "ary", "reset", "required", "min", "max", "error", "message", "text", "input", "prompt", "arn", "version",
	"host", "server", "class", "scope", "scopes", "age", "ttl", "in", "at", "on", "date", "time", "provider", "salt", "digest", "checksum",
	"less", "strength", "manager", "store", "index", "pos", "usage", "usages", "list", "map", "set", "source", "method"}

// nameRole says what a name such as db_password or githubToken stands for.
func nameRole(name []byte) role {
	if len(name) < 2 {
		return noSecret
	}
	best, at := noSecret, -1
	for i := range len(name) - 1 {
		c, d := lower(name[i]), lower(name[i+1])
		if c < 'a' || c > 'z' || !secretStarts.has(c, d) {
			continue
		}
		starts := i == 0 || class[name[i-1]]&isAlnum == 0 || class[name[i]]&isUpper != 0 && class[name[i-1]]&isUpper == 0
		for _, k := range secretBy[c-'a'] {
			w := &secretNames[k]
			if d != w.word[1] || !hasPrefixFold(name, i, w.word) || !starts && w.whole {
				continue
			}
			tail := name[i+len(w.word):]
			if w.whole && len(tail) > 0 && class[tail[0]]&isLower != 0 {
				continue
			}
			if i+len(w.word) > at && !otherTail(tail) {
				best, at = w.role, i+len(w.word)
			} else if otherTail(tail) && i+len(w.word) > at {
				best, at = noSecret, i+len(w.word)
			}
		}
	}
	return best
}

func otherTail(tail []byte) bool {
	for len(tail) > 0 && class[tail[0]]&isAlnum == 0 {
		tail = tail[1:]
	}
	if len(tail) == 0 {
		return false
	}
	for _, t := range otherTails {
		if hasPrefixFold(tail, 0, t) && (len(tail) == len(t) || class[tail[len(t)]]&isLower == 0) {
			return true
		}
	}
	return false
}

// isType tells the type in var token string = "..." from the name.
func isType(name []byte) bool {
	switch string(name) {
	case "string", "String", "str", "NSString":
		return true
	}
	return false
}
