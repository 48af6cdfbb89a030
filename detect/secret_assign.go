package detect

// Values that are secret because of the name they are given to.
const (
	PasswordAssignment DetectorID = "password_assignment"
	SecretAssignment   DetectorID = "secret_assignment"
	AzureAccountKey    DetectorID = "azure_account_key"
)

func assignDetectors() []Detector {
	return []Detector{
		{
			ID: PasswordAssignment, Class: ClassSecret, Confidence: High,
			Title: "Password given to a name, an option or an element",
			Hits: []string{
				"db_pass: r8Wq2!zPx0", "my_password_super_secure = \"Zq81-kkwT-09\"", "pass:Prl23Db#@", "mysql -u root --password Sne3sd8AZjq",
				"spring.datasource.password=rnkO38vFx2", `{"password": "kT7-mmQ2x"}`, `{\"password\": \"kT7-mmQ2x\"}`,
				"gpg --decrypt --passphrase N1DdkUD3E73 --output x", "create role x login password 'SqLpa5sW0rD';",
				"<password>kT7-mmQ2x</password>", `curl_setopt(curl, CURLOPT_PASSWORD, "KiASRCRiGFLPDiIdZZLBXaNz");`, "Password: Summer-2031!", "the wifi password is kT7-mmQ2x, thanks",
				`curl -X PUT -u "admin:dG9rZW4g" https://host`, "DB_PASSWORD := 'kT7-mmQ2x'", `PASSWORD => "kT7mmQ2x9"`,
			},
			Misses: []string{
				"password = os.environ[\"DB_PASSWORD\"]", "password: ${DB_PASSWORD}", "password: {{ vault }}", "password=<your password>",
				"password = getPassword(user)", "password = config.password", "password: changeme", "password=password123", "password != \"kT7-mmQ2x\"",
				"if password == kT7mmQ2x9 {", "Password: required, at least 8 characters", "passengers: [\"quickBrown\"]", "password=$PASS1",
				"PASSWORD=%PASS1%", "password_hash = \"kT7-mmQ2x\"", "password: ********", "bypass: kT7mmQ2x9", "Password-less login ships next sprint.",
				"reset_password_url=https://host/a1b2c3", "password = /etc/app/password2", "password: string", "password: 8-64 characters",
				"password=", "--- PASS: TestIssue51/sub2", "https://host/badge.svg?token=JMEB8W8GNZ", "type Vec0Token = TVec0Token", `Token: "urn:uuid:f81d4fae-7dec"`, `pass: "\U000f01f5"`, "The password is required for 2FA users.", "password is case-sensitive", "token is 32 bytes long",
			},
		}, {
			ID: SecretAssignment, Class: ClassSecret, Confidence: High,
			Title: "Key, token or secret given to a name, when its value looks drawn by chance",
			Hits: []string{
				"ANY_token=AIhq5Xyb1Gga9Q7", "secret: '9f1kQz-77aaX'", "aws_secret_access_key = q7Zt4Bf9xK2mVc8R/5Ld0Wn6Ah3Ps1Yg+vK2mVc8",
				"plaid_TOKEN ?= \"p0xzhu5ov3coskxowkl31bw56ajwsa\"", "\"fastlyToken\" => \"rysvm2pz_uj43_4vu-c1_=ceeqlk788i\"", "API Secret:AIhq5Xyb1Gga9Q24",
				"http://localhost:8888/v1/get?token=zUkITxodk63bDVUMwIymb3zK", "<twitchToken>\n    gxow4ivd21rhef6fqpx1gnmnr6qf1d\n</twitchToken>",
				"-secret AIhq5Xyb1Gga9Q10", "curl -H \"Authorization: Api-Token 22cb987851bc5659229114c62e60c79abd0d2c08\"",
				"System.setProperty(\"X_TOKEN\", \"rq5xndkcod8zccid7z2f57kquwsub8ga\")", "var flyToken string = \"rq5xndkcod8zccid7z2f57kquwsub8ga\"", "apiKey = `vfb7hdj5dah193x0a2kddgpidn41ex08`",
			},
			Misses: []string{
				"api_key: {{ vault_api_key }}", "token = getToken(ctx)", "secret = 1c906b10-6eb5-44ed-a212-40c17947fd4e", "api_key=your-api-key-123456",
				"public_key: vfb7hdj5dah193x0a2kddgpidn41ex08", "monkey=vfb7hdj5dah193x0a2kddgpidn41ex08", "max_tokens: 4096", "token_type: bearer",
				"keyboard: vfb7hdj5dah193x0a2kddgpidn41ex08", "CO_API_KEY=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "secretName: my-app-credentials",
				"token := lexer.NextToken()", "The secret: it is time.", "tokenizer = AutoTokenizer", "api_key = settings.API_KEY_V2",
				"token_id: vfb7hdj5dah193x0a2kddgpidn41ex08", "apiUrl=apigee.corpint.com", "secretKeyRef: db-credentials-v2", "token=",
				"\"token\", \"token_hash\"", "export TOKEN=$(cat /run/secrets/x1)", "api_key: process.env.API_KEY_2", "Authorization: Bearer <token>",
				"Authorization: Bearer $TOKEN1", "Authorization: Basic ...",
			},
		}, {
			ID: AzureAccountKey, Class: ClassSecret, Confidence: High,
			Title:  "Azure storage account key or shared access key",
			Hits:   []string{"AccountName=x;AccountKey=" + sampleBody(isAlnum, 86) + "==;EndpointSuffix=y", "SharedAccessKey=" + sampleBody(isAlnum, 43) + "="},
			Misses: []string{"AccountKey=", "AccountKey=<key>", "AccountKey=" + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=="},
		},
	}
}

const (
	maxName  = 48
	maxValue = 512
	nameByte = isWord | isDash
)

// assign looks at a name before the operator at i, and at the value behind it.
func (s *scanner) assign(i int) int {
	text, n := s.text, len(s.text)
	after := i + 1
	for after < n && after-i < 4 && (text[after] == '=' || text[after] == ':' || text[after] == '>') {
		after++
	}
	if op := text[i:after]; len(op) >= 2 && op[0] == '=' && op[1] == '=' {
		return after // a comparison
	}
	// Back over white space, the rest of an operator and a closing quote.
	k := i
	for k > 0 && i-k < 4 && (text[k-1] == ' ' || text[k-1] == '\t' || text[k-1] == '?' || text[k-1] == '.' || text[k-1] == '|' || text[k-1] == '+') {
		k--
	}
	if k > 0 && text[k-1] == ']' {
		k--
	}
	if k > 0 && (text[k-1] == '"' || text[k-1] == '\'' || text[k-1] == '`') {
		if k--; k > 0 && text[k-1] == '\\' {
			k--
		}
	}
	start := s.back(k, nameByte, maxName)
	if start == k {
		return after
	}
	if isType(text[start:k]) { // var token string = "...", token: str = "..."
		for k = start; k > 0 && start-k < 3 && (text[k-1] == ' ' || text[k-1] == ':'); k-- {
		}
		start = s.back(k, nameByte, maxName)
	}
	r := nameRole(text[start:k])
	if string(text[start:k]) == "PASS" && text[i] == ':' {
		return after // of a test's output
	}
	if r == noSecret {
		// key=... in the query of an address.
		if k-start != 3 || !hasPrefixFold(text, start, "key") || start == 0 || text[start-1] != '?' && text[start-1] != '&' {
			return after
		}
		r = aToken
	}
	s.value(after, start, r)
	return after // a token of a known form may stand in the value
}

// element looks at <name>value</name>, from the > at i.
func (s *scanner) element(i int) int {
	start := s.back(i, nameByte|isDot, maxName)
	if start == 0 || start == i || s.text[start-1] != '<' {
		return i + 1
	}
	r := nameRole(s.text[start:i])
	if r == noSecret {
		return i + 1
	}
	from := s.stretch(i+1, isSpace, 16)
	end := from
	for end < len(s.text) && end-from < maxValue && s.text[end] != '<' {
		end++
	}
	s.steps += end - from
	if hasPrefix(s.text, end, "</") {
		s.value(from, start, r)
	}
	return i + 1
}

// argument looks at a quoted value behind the comma at i, whose name is
// quoted or in capitals: setProperty("X_TOKEN", "..."), (CURLOPT_PASSWORD, "...").
func (s *scanner) argument(i int) int {
	text := s.text
	if i < 4 || i+6 > len(text) {
		return i + 1
	}
	from := i + 1
	if text[from] == ' ' {
		from++
	}
	if q := text[from]; q != '"' && q != '\'' {
		return i + 1
	}
	k := i
	if text[k-1] == '"' || text[k-1] == '\'' {
		k--
	} else if class[text[k-1]]&isUpper == 0 {
		return i + 1
	}
	start := s.back(k, nameByte, maxName)
	r := nameRole(text[start:k])
	if r != noSecret {
		s.value(from, start, r)
	}
	return i + 1
}

// option looks at a command's option whose dashes end before i.
func (s *scanner) option(dashes, i int) int {
	text := s.text
	if dashes > 0 && class[text[dashes-1]]&isSpace == 0 && text[dashes-1] != '"' && text[dashes-1] != '\'' {
		return i
	}
	end := s.stretch(i, nameByte, maxName)
	if end == i || end+1 >= len(text) || text[end] != ' ' || text[end+1] == '-' {
		return i
	}
	if name := text[i:end]; len(name) == 1 && name[0] == 'u' || len(name) == 4 && string(name) == "user" {
		s.userOption(dashes, end+1)
		return i
	}
	if r := nameRole(text[i:end]); r != noSecret {
		s.value(end+1, i, r)
	}
	return i
}

// userOption looks at curl's -u user:password.
func (s *scanner) userOption(dashes, from int) {
	text := s.text
	w := text[max(0, dashes-120):dashes]
	s.steps += len(w)
	if !containsFold(w, "curl") && !containsFold(w, "wget") {
		return
	}
	if from < len(text) && (text[from] == '"' || text[from] == '\'') {
		from++
	}
	colon := s.stretch(from, isToken|isDot, 64)
	if colon < len(text) && text[colon] == ':' && colon > from {
		s.value(colon+1, from, aPassword)
	}
}

// spokenWords start a phrase that gives a secret away without an operator:
// "the password is ...", SQL's PASSWORD '...' and IDENTIFIED BY '...'.
var spokenWords = []string{"password", "passwort", "passphrase", "identified by", "pwd", "api key", "token"}

// spoken looks at the word w at i and at what is said behind it.
func (s *scanner) spoken(i int, w string) int {
	text := s.text
	end, _ := s.words(i, w)
	if end == i || end >= len(text) || text[end] != ' ' {
		return i
	}
	end++
	if end < len(text) && (text[end] == '\'' || text[end] == '"') {
		s.value(end, i, aPassword)
		return i
	}
	for _, verb := range [...]string{"is ", "was ", "ist ", "lautet ", "is: ", "to "} {
		if hasPrefix(text, end, verb) {
			v := end + len(verb)
			e := s.stretch(v, isValue|isAlnum|isUnder|isDash|isDot, 64)
			// Prose: only what no sentence holds.
			if l := lookAt(text[v:e]); l.classes() >= 3 && l.digit > 0 {
				s.value(v, i, aPassword)
			}
			return i
		}
	}
	return i
}

// value judges the value at i of a name that starts at nameAt, and records it
// when it is a secret.
func (s *scanner) value(i, nameAt int, r role) {
	text, n := s.text, len(s.text)
	for k := 0; k < 8 && i < n && (text[i] == ' ' || text[i] == '\t'); k++ {
		i++
	}
	if r == anAuthorization {
		// The scheme, such as Bearer or Api-Token, and then the token.
		if i < n && (text[i] == '"' || text[i] == '\'') {
			i++
		}
		if e := s.stretch(i, isAlpha|isDash, 12); e > i && e < n && text[e] == ' ' {
			i = e + 1
		}
		r = aToken
	}
	var quote byte
	escaped := false
	if i+1 < n && text[i] == '\\' && (text[i+1] == '"' || text[i+1] == '\'') {
		escaped = true
		i++
	}
	if i < n && (text[i] == '"' || text[i] == '\'' || text[i] == '`') {
		quote = text[i]
		i++
	}
	if i < s.taken {
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
		for end > i && (text[end-1] == '.' || text[end-1] == ':' || text[end-1] == '?') {
			end--
		}
	}
	v := text[i:end]
	if len(v) < 6 {
		return
	}
	if quote == 0 && nameRole(v) != noSecret { // another name, as in type T = FooToken
		return
	}
	if nameAt > 4 && text[nameAt-1] == '?' && hasPrefix(text, nameAt-5, ".svg") { // a public badge
		return
	}
	if isReference(v) || isExpression(v, quote != 0) || !varied(v) {
		return
	}
	if r == anAccountKey {
		if e := s.stretch(i, isBase64, 90); e-i >= 42 && hasPrefix(text, e, "=") && !isPlaceholder(v) {
			for e < n && text[e] == '=' {
				e++
			}
			s.add(AzureAccountKey, ClassSecret, High, i, e, Why{})
			return
		}
		r = aToken
	}
	l := lookAt(v)
	id, conf := SecretAssignment, Medium
	switch {
	case isUUID(v):
		return
	case rare(v, l) && len(v) >= 10:
		if len(v) >= 16 {
			conf = High
		}
	case r == aPassword && (chosen(v, l) || rare(v, l)):
	default:
		return
	}
	if isWeakPassword(v) {
		return
	}
	if r == aPassword {
		id = PasswordAssignment
		if s.connection(nameAt) {
			id, conf = ConnectionString, High
		}
	}
	if quote == 0 && end-i == maxValue {
		end = s.valueEnd(i, quote, escaped, n) // no tail of a long one is left over
	}
	s.add(id, ClassSecret, conf, i, end, Why{})
	s.taken = end
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

// isExpression reports code, a path or prose instead of a value.
func isExpression(v []byte, quoted bool) bool {
	if v[0] == '\\' || hasPrefixFold(v, 0, "urn:") {
		return true
	}
	slashes, dots, letters := 0, 0, 0
	for i, c := range v {
		switch {
		case c == ' ' || c == '\t' || c == '\n':
			return true // a sentence
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

// connectionReach is how far before a password the rest of its connection
// string is looked for.
const connectionReach = 160

var connectionWords = newLexicon("server=", "data source=", "host=", "user id=", "uid=", "jdbc:", "datasource=", "user=", "username=")

// connection reports whether the bytes before i on its line are those of a
// connection string: Server=...;User Id=...;
func (s *scanner) connection(i int) bool {
	w := s.text[max(0, i-connectionReach):i]
	s.steps += len(w)
	if len(w) == 0 || w[len(w)-1] != ';' && w[len(w)-1] != '&' && w[len(w)-1] != '?' {
		return false
	}
	for k := len(w) - 1; k >= 0; k-- {
		if w[k] == '\n' {
			w = w[k+1:]
			break
		}
	}
	return connectionWords.in(w)
}
