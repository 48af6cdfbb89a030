package detect

import "bytes"

// placeholders are what documentation writes where a secret goes. A closed
// list: the words of RFC 2606 and of the vendors' own documentation (AWS'
// EXAMPLE, "your-api-key", Kubernetes' and GitHub's "changeme", "REDACTED").
var placeholders = newLexicon("example", "sample", "placeholder", "changeme", "change_me", "change-me", "changeit", "your_", "your-", "yourpass",
	"yourkey", "yourtoken", "yourapi", "yoursecret", "my_pass", "mypass", "my-secret", "mysecret", "redacted", "dummy", "replace", "insert",
	"xxxx", "****", "....", "0000000000", "todo", "fixme", "secret_here", "here>", "password", "notreal", "foobar")

// isPlaceholder reports whether a value says of itself that it is none.
func isPlaceholder(v []byte) bool { return placeholders.in(v) }

// weakPasswords are defaults and placeholders of documentation and local
// development: whoever pastes them gives nothing away. Closed list, from the
// official images' documentation (postgres, rabbitmq, mysql, minio) and from
// what tutorials write.
var weakPasswords = [...]string{"password", "passwd", "pass", "pwd", "secret", "postgres", "mysql", "root", "admin", "guest", "user", "test",
	"testing", "changeme", "example", "minioadmin", "rabbitmq", "redis", "mongo", "1234", "12345", "123456", "12345678", "token", "key",
	"username", "hunter2", "letmein", "qwerty", "mypassword", "yourpassword", "your_password", "password123", "password1", "pass123", "p@ssw0rd",
	"passw0rd", "test123", "test1234", "admin123", "secret123", "abc123", "foo", "bar", "baz", "none", "null", "true", "false", "undefined",
	"localhost", "pw", "p4ssw0rd", "correcthorsebatterystaple", "demo", "dev", "default", "x", "xxx", "string", "apikey", "api_key",
	// The tokens of RFC 6749, RFC 6750, RFC 7617 and OpenID Connect Core.
	"2yotnfzfejr1zcsicmwpaa", "tgzv3jokf0xg5qx2tlkwia", "czzcagrsa3f0mzpnwdfmqmf0m2jw", "mf_9.b5f-4.1jqm", "slav32hkkg", "8xloxbtzp8",
	"qwxhzgrpbjpvcgvuihnlc2ftzq=="}

func isWeakPassword(v []byte) bool {
	for _, w := range weakPasswords {
		if len(v) == len(w) && hasPrefixFold(v, 0, w) {
			return true
		}
	}
	return isPlaceholder(v)
}

// isReference reports that a value stands for another: a variable, a template
// or a placeholder in brackets, or is a colour or a number.
func isReference(v []byte) bool {
	if isColour(v) || isScientific(v) {
		return true
	}
	for i, c := range v {
		switch {
		case c == '{' || c == '*' && i+1 < len(v) && v[i+1] == '*':
			return true
		case c == '<' && (i == 0 || bytes.IndexByte(v[i:], '>') > 0): // one alone may be a password's
			return true
		case c == '[' && i == 0, c == '(' && i == 0:
			return true
		case c == '$' && i+1 < len(v) && i == 0 && (class[v[1]]&(isUpper|isUnder) != 0 || v[1] == '('):
			return true
		case c == '%' && i == 0 && len(v) > 1 && (v[len(v)-1] == '%' || len(v) <= 3):
			return true
		}
	}
	return false
}

// isColour reports a colour of CSS, such as #1aafe5.
func isColour(v []byte) bool {
	if len(v) != 7 && len(v) != 9 || v[0] != '#' {
		return false
	}
	for _, c := range v[1:] {
		if class[c]&isHex == 0 {
			return false
		}
	}
	return true
}

// isScientific reports a number such as 2.52e-02.
func isScientific(v []byte) bool {
	i := 0
	for i < len(v) && (class[v[i]]&isDigit != 0 || v[i] == '.' && i > 0 || v[i] == '-' && i == 0) {
		i++
	}
	if i == 0 || i+2 >= len(v) || lower(v[i]) != 'e' || v[i+1] != '-' && v[i+1] != '+' {
		return false
	}
	for i += 2; i < len(v); i++ {
		if class[v[i]]&isDigit == 0 {
			return false
		}
	}
	return true
}

func equalFold(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}
