package detect

import "strings"

// role is what a name says about its value.
type role uint8

const (
	noSecret role = iota
	aPassword
	aToken
	anAuthorization
	anAccountKey
	aKey // says least: only a value that nothing else looks like counts
)

// says is what a name says about its value, and by which word.
type says struct {
	role role
	word Word
}

// secretNames are the words that make a name a secret's, a role a line. A
// whole one, behind a bar, stands alone or as a part of a_name or aName; the
// others also end a longer word, as in dbpassword. A dash is any separator or
// none.
var secretNames = newNames(map[role]string{
	aPassword: "password passwd passphrase passwort kennwort contraseña contrasena pwd passwrd passcode pswd storepass keypass passin passout dbpass userpass rootpass " +
		"adminpass smtppass wachtwoord motdepasse adgangskode salasana losenord lösenord senhas paroli " +
		"|pass |pw |psw |passe |senha |haslo |hasło |heslo |parola |clave |jelszo |jelszó |passord |sifre |şifre |kodeord |losen |pass-phrase |user-pass |userpwd",
	anAccountKey:    "accountkey sharedaccesskey account-key shared-access-key",
	anAuthorization: "authorization",
	aToken: "token secret api-key apikey access-key secret-key private-key auth-key encryption-key signing-key license-key licence-key service-key client-key " +
		"db-key database-key priv-key master-key session-key storage-key webhook-key admin-key app-key application-key shared-key consumer-key " +
		"primary-key-azure hmac-key crypto-key cipher-key decryption-key aes-key jwt-key subscription-key access-code auth-code credential credentials apitoken " +
		"client-srt oauth2-bearer xoauth2-bearer |auth |bearer |creds |preshared-key |psk |aws-secret |totp |otp-key |appsecret |sas |sessionid |phpsessid |jsessionid",
	aKey: "|key",
})

// secretName is one of the words.
type secretName struct {
	word  string
	said  says
	whole bool
}

func newNames(byRole map[role]string) (all []secretName) {
	for r := aPassword; r <= aKey; r++ {
		for _, w := range strings.Fields(byRole[r]) {
			word, whole := strings.CutPrefix(w, "|")
			word = strings.ReplaceAll(word, "-", " ")
			all = append(all, secretName{word, says{r, say(word)}, whole})
		}
	}
	return all
}

var inQuery = says{aToken, say("key")}

var (
	secretStarts triples
	secretIndex  foldedIndex
)

func init() {
	for i, w := range secretNames {
		secretStarts.add(w.word)
		secretIndex.add(w.word, i)
	}
}

// otherTails end names that speak about a secret and don't hold it.
var otherTails = [...]string{"url", "uri", "type", "name", "id", "ids", "path", "file", "field", "length", "len", "count", "expiry", "expires",
	"hint", "policy", "regex", "label", "hash", "endpoint", "limit", "placeholder", "format", "ref", "size", "header", "param", "env", "var",
	"s", "izer", "ize", "ized", "ary", "reset", "required", "min", "max", "error", "message", "text", "input", "prompt", "arn", "version",
	"host", "server", "class", "scope", "scopes", "age", "ttl", "in", "at", "on", "date", "time", "provider", "salt", "digest", "checksum",
	"less", "strength", "manager", "store", "index", "pos", "usage", "usages", "list", "map", "set", "source", "method", "changed", "updated", "created", "expired", "last", "rotated", "valid", "status", "score", "used", "attempts", "rules", "protected", "enabled", "disabled", "confirmed", "needed"}

// tailsBy are the tails by their first letter.
var tailsBy = func() (by [256][]string) {
	for _, t := range otherTails {
		by[t[0]] = append(by[t[0]], t)
	}
	return by
}()

// nameRole says what a name such as db_password or githubToken stands for: the
// last of the words in it decides, and what follows that.
func nameRole(name []byte) (best says) {
	at := -1
	for i := secretStarts.next(name, 0); i < len(name); i = secretStarts.next(name, i+1) {
		starts := i == 0 || class[name[i-1]]&isAlnum == 0 || class[name[i]]&isUpper != 0 && class[name[i-1]]&isUpper == 0
		head, list := headAt(name, i), secretIndex.at(name, i)
		for k := range list {
			w := &secretNames[list[k].number]
			if !list[k].may(head) || !starts && w.whole {
				continue
			}
			end := nameWordEnd(name, i, w.word)
			if end == 0 || w.whole && end < len(name) && class[name[end]]&isLower != 0 {
				continue
			}
			switch tail := name[end:]; {
			case end <= at:
			case w.said.role == aKey && (len(tail) > 0 || otherKey(name[:i])):
			case otherTail(tail):
				best, at = says{}, end
			default:
				best, at = w.said, end
			}
		}
	}
	return best
}

// nameWordEnd returns where the word w ends that stands at i, or 0. A space in
// w is any separator or none.
func nameWordEnd(name []byte, i int, w string) int {
	for k := range len(w) {
		if w[k] == ' ' {
			if i < len(name) && class[name[i]]&isAlnum == 0 {
				i++
			}
			continue
		}
		if i >= len(name) || lower(name[i]) != w[k] {
			return 0
		}
		i++
	}
	return i
}

// otherKeys come before "key" in names of what everybody may know.
var otherKeys = newLexicon("public", "pub", "primary", "foreign", "cache", "sort", "partition", "object", "site", "row", "hash", "range", "idempot", "index", "lookup", "group",
	"storagekey", "s3", "redis", "registry", "unique", "parent", "route", "query", "event", "feature", "react", "map", "answer", "ssh", "verif", "publish", "host", "node", "item", "data", "dedup", "routing")

func otherKey(before []byte) bool { return len(before) == 0 || otherKeys.in(before) }

func otherTail(tail []byte) bool {
	for len(tail) > 0 && class[tail[0]]&isAlnum == 0 {
		tail = tail[1:]
	}
	if len(tail) == 0 {
		return false
	}
	for _, t := range tailsBy[lower(tail[0])] {
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

// foreignWords are names of secrets in words that aren't all ASCII; only the
// end of a name is compared with them.
var foreignWords = func() (all []secretName) {
	for r, words := range map[role]string{
		aPassword: "contraseña hasło пароль пароля lösenord şifre parolă jelszó κωδικός סיסמה 密码 密碼 口令 パスワード 暗証番号 비밀번호 비번 암호 패스워드 khẩu adgangskodė parolė",
		aToken:    "令牌 密钥 密鑰 トークン 토큰 токен ключ clé",
	} {
		for _, w := range strings.Fields(words) {
			all = append(all, secretName{word: w, said: says{r, say(w)}})
		}
	}
	return all
}()

// foreign looks at the value at i of a name in another language that ends at k.
func (s *scanner) foreign(k, i int) {
	s.steps += 24
	for _, w := range foreignWords {
		if k >= len(w.word) && hasPrefixFold(s.text, k-len(w.word), w.word) {
			s.value(given{at: i, nameAt: k - len(w.word), nameEnd: k, said: w.said, colon: true})
			return
		}
	}
}
