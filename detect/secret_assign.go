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
				"<password>kT7-mmQ2x</password>", `curl_setopt(curl, CURLOPT_PASSWORD, "KiASRCRiGFLPDiIdZZLBXaNz");`, "Password: Summer-2031!", "the wifi password is kT7-mmQ2x, thanks", "Password for the guest Wi-Fi: kT7-mmQ2x",
				`curl -X PUT -u "admin:dG9rZW4g" https://host`, "DB_PASSWORD := 'kT7-mmQ2x'", `PASSWORD => "kT7mmQ2x9"`,
			},
			Misses: []string{
				"const id = 'c0kyo2xhmvltti164ojx';", "--password-color: #1AAFE5;", "secret = 2.52e-02",
				"password = os.environ[\"DB_PASSWORD\"]", "password: ${DB_PASSWORD}", "password: {{ vault }}", "password=<your password>",
				"password = getPassword(user)", "password = config.password", "password: changeme", "password=password123", "if password == kT7mmQ2x9 {", "Password: required, at least 8 characters", "passengers: [\"quickBrown\"]", "password=$PASS1",
				"PASSWORD=%PASS1%", "password_hash = \"kT7-mmQ2x\"", "password: ********", "bypass: kT7mmQ2x9", "Password-less login ships next sprint.",
				"reset_password_url=https://host/a1b2c3", "password = /etc/app/password2", "password: string", "password: 8-64 characters",
				"password=", "--- PASS: TestIssue51/sub2", "https://host/badge.svg?token=JMEB8W8GNZ", "type Vec0Token = TVec0Token", `Token: "urn:uuid:f81d4fae-7dec"`, `pass: "\U000f01f5"`, "The password is required for 2FA users.", "password is case-sensitive", "token is 32 bytes long",
				"password for new users: at least 8 characters", "Passwort für neue Nutzer: 8-64 Zeichen", "pin for the LED: PA5/PB6", "token for the build: build-1234-Ab", "how to set a password for the vpn:\n1.Click on it",
			},
		}, {
			ID: SecretAssignment, Class: ClassSecret, Confidence: High,
			Title: "Key, token or secret given to a name, when its value looks drawn by chance",
			Hits: []string{
				"ANY_token=AIhq5Xyb1Gga9Q7", "secret: '9f1kQz-77aaX'", "aws_secret_access_key = q7Zt4Bf9xK2mVc8R/5Ld0Wn6Ah3Ps1Yg+vK2mVc8",
				"shop_TOKEN ?= \"p0xzhu5ov3coskxowkl31bw56ajwsa\"", "\"shopToken\" => \"rysvm2pz_uj43_4vu-c1_=ceeqlk788i\"", "API Secret:AIhq5Xyb1Gga9Q24",
				"http://localhost:8888/v1/get?token=zUkITxodk63bDVUMwIymb3zK", "<shopToken>\n    gxow4ivd21rhef6fqpx1gnmnr6qf1d\n</shopToken>",
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
			Hits:   []string{"AccountName=x;AccountKey=" + alnum(86) + "==;EndpointSuffix=y", "SharedAccessKey=" + alnum(43) + "="},
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
	compares := after-i >= 2 && text[i] == '=' && text[i+1] == '=' || i > 0 && text[i-1] == '!'
	// Back over white space, the rest of an operator, [25] and a closing quote.
	k := i
	for k > 0 && i-k < 4 && (text[k-1] == ' ' || text[k-1] == '\t' || text[k-1] == '?' || text[k-1] == '.' || text[k-1] == '|' || text[k-1] == '+' || text[k-1] == '!') {
		k--
	}
	if k > 0 && text[k-1] == ']' {
		k = s.back(k-1, isDigit, 5)
		if k > 0 && text[k-1] == '[' {
			k--
		}
	}
	k = s.closing(k)
	start := s.back(k, nameByte, maxName)
	if start == k {
		if k > 0 && text[k-1] >= 0x80 {
			s.foreign(k, after)
		}
		return after
	}
	if isType(text[start:k]) { // var token string = "...", token: str = "..."
		for k = start; k > 0 && start-k < 3 && (text[k-1] == ' ' || text[k-1] == ':' || text[k-1] == '&'); k-- {
		}
		start = s.back(k, nameByte, maxName)
	}
	if text[i] == ':' && (k-start == 4 && string(text[start:k]) == "kind" && hasPrefix(text, after, " Secret") || k == start+1 && s.webKey(start, after)) {
		if k-start == 4 {
			s.manifest(after)
		}
		return after
	}
	if text[i] == ':' && after < n && class[text[after]]&isDigit != 0 && s.pgpass(i) {
		return s.taken
	}
	name := text[start:k]
	if string(name) == "PASS" && text[i] == ':' {
		return after // of a test's output
	}
	said := nameRole(name)
	switch {
	case said.role == aToken && text[i] == ':' && start > 0 && text[start-1] == ':':
		return after // a part of an address such as arn:...:secret:name
	case said.role != noSecret:
		if said.role == aPassword && start > 0 && text[start-1] == '/' {
			after = s.pair(after, start)
		}
	case isValueName(name):
		// name: DB_PASSWORD, value: ...
		said, start, k = s.namedBefore(start)
	case start > 0 && (text[start-1] == '?' || text[start-1] == '&') && isQueryKey(name):
		said = inQuery
	case start > 0 && text[start-1] >= 0x80:
		s.foreign(k, after)
		return after
	}
	if said.role == noSecret && !s.mayBeVendors(start, k, after) {
		return after
	}
	s.value(given{at: after, nameAt: start, nameEnd: k, said: said, compares: compares, colon: text[i] == ':'})
	return after // a token of a known form may stand in the value
}

// pair returns where the second of two values at i is, or begins, whose names
// are written like id/password: the name at start is the second.
func (s *scanner) pair(i, start int) int {
	text := s.text
	first := s.back(start-1, isAlpha, 12)
	if !userNames.at(text[:start-1], first) {
		return i
	}
	v := s.stretch(s.stretch(i, isSpace, 4), isTokenDot, 64)
	sep := s.stretch(v, isSpace, 3)
	if sep < len(text) && (text[sep] == '/' || text[sep] == ':' || text[sep] == ',') {
		return sep + 1
	}
	return i
}

var userNames = newLexicon("id", "user", "login", "username", "name", "account", "email", "benutzer")

// closing returns where a quote that closes before k, escaped or not, begins.
func (s *scanner) closing(k int) int {
	if k > 0 && (s.text[k-1] == '"' || s.text[k-1] == '\'' || s.text[k-1] == '`') {
		if k--; k > 0 && s.text[k-1] == '\\' {
			k--
		}
	}
	return k
}

// mayBeVendors reports whether the value at i may be a vendor's secret though
// its name, text[start:end], says nothing but whose it is.
func (s *scanner) mayBeVendors(start, end, i int) bool {
	return end-start >= 4 && s.longWord(i) && vendorOf(s.text[start:end]) != nil
}

// longWord reports whether the value at i begins with ten bytes of a word or
// more, which a vendor's secret does.
func (s *scanner) longWord(i int) bool {
	for n := 0; n < 8 && i < len(s.text) && (class[s.text[i]]&isSpace != 0 || s.text[i] == '"' || s.text[i] == '\'' || s.text[i] == '`'); n++ {
		i++
	}
	return s.stretch(i, isTokenDot, 10) == i+10
}

// isValueName reports the names that stand beside another that says what the
// value is: Kubernetes' env, the settings of .NET.
func isValueName(name []byte) bool {
	return len(name) == 5 && hasPrefixFold(name, 0, "value") || len(name) == 11 && hasPrefixFold(name, 0, "stringvalue")
}

// namedBefore looks at the word that ends, but for signs, before i.
func (s *scanner) namedBefore(i int) (said says, from, to int) {
	to = i
	for to > 0 && i-to < 40 && class[s.text[to-1]]&isAlnum == 0 {
		to--
	}
	from = s.back(to, nameByte, maxName)
	if from == to {
		return says{}, i, i
	}
	return nameRole(s.text[from:to]), from, to
}

// isQueryKey reports names that are a secret's in an address only.
func isQueryKey(name []byte) bool {
	for _, k := range [...]string{"key", "sig", "signature", "sid", "code"} {
		if len(name) == len(k) && hasPrefixFold(name, 0, k) {
			return true
		}
	}
	return false
}

// element looks at <name>value</name>, from the > at i.
func (s *scanner) element(i int) int {
	text := s.text
	start := s.back(i, nameByte|isDot, maxName)
	if start == 0 || start == i || text[start-1] != '<' {
		return i + 1
	}
	said := nameRole(text[start:i])
	from := s.stretch(i+1, isSpace, 16)
	if said.role == noSecret && !s.mayBeVendors(start, i, from) {
		return i + 1
	}
	end := from
	for end < len(text) && end-from < maxValue && text[end] != '<' {
		end++
	}
	s.steps += end - from
	if hasPrefix(text, end, "</") {
		s.value(given{at: from, nameAt: start, nameEnd: i, said: said})
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
	if said := nameRole(text[start:k]); said.role != noSecret || s.mayBeVendors(start, k, from) {
		s.value(given{at: from, nameAt: start, nameEnd: k, said: said})
	}
	return i + 1
}

// call looks at name("value") from the parenthesis at i.
func (s *scanner) call(i int) int {
	text := s.text
	if i == 0 || i+7 > len(text) || text[i+1] != '"' && text[i+1] != '\'' || class[text[i-1]]&isAlnum == 0 {
		return i + 1
	}
	start := s.back(i, nameByte, maxName)
	said := nameRole(text[start:i])
	for _, verb := range [...]string{"assign", "equals", "set", "value", "of", "from"} { // secret.assign("...")
		if said.role == noSecret && i-start == len(verb) && hasPrefixFold(text, start, verb) && start > 0 && text[start-1] == '.' {
			k := start - 1
			start = s.back(k, nameByte, maxName)
			said = nameRole(text[start:k])
		}
	}
	if said.role == noSecret || isGetter(text[start:i]) {
		return i + 1
	}
	s.value(given{at: i + 1, nameAt: start, nameEnd: i, said: said, compares: true})
	return i + 1
}

// isGetter reports the names of functions that are given a name or a place
// instead of a secret.
func isGetter(name []byte) bool {
	for _, verb := range [...]string{"get", "find", "read", "load", "fetch", "is", "has", "check", "validate", "verify", "lookup", "by", "create", "generate", "parse", "hash", "remove", "delete"} {
		if hasPrefixFold(name, 0, verb) {
			return true
		}
	}
	return false
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
