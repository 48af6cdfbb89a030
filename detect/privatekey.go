package detect

// PrivateKey finds private keys in PEM form.
const PrivateKey DetectorID = "private_key"

func privateKeyDetectors() []Detector {
	const (
		begin = "-----BEGIN "
		body  = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz\nc2gtZWQyNTUxOQAAABWHkoN5N0V0OCSXOH5yJx2u\n"
		end   = "-----END "
	)
	key := func(label string) string { return begin + label + "-----\n" + body + end + label + "-----" }
	return []Detector{{
		ID: PrivateKey, Class: ClassSecret, Confidence: High,
		Title: "Private key in PEM form (RSA, EC, PKCS #8, encrypted, OpenSSH, PGP)",
		Hits: []string{
			key("PRIVATE KEY"), key("RSA PRIVATE KEY"), key("EC PRIVATE KEY"), key("OPENSSH PRIVATE KEY"),
			key("ENCRYPTED PRIVATE KEY"), key("PGP PRIVATE KEY BLOCK"),
			begin + "RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B2C\n\n" + body + end + "RSA PRIVATE KEY-----",
			`{"private_key": "` + begin + `PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDf8s1a\n` + end + `PRIVATE KEY-----\n"}`,
			begin + "PRIVATE KEY-----\n" + body, // cut off, still a key
		},
		Misses: []string{
			begin + "RSA PRIVATE KEY-----",
			begin + "PRIVATE KEY-----\nanything\n" + end + "PRIVATE KEY-----",
			begin + "PRIVATE KEY-----\n...\n" + end + "PRIVATE KEY-----",
			begin + "PRIVATE KEY-----\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" + end + "PRIVATE KEY-----",
			key("CERTIFICATE"), key("PUBLIC KEY"), key("PGP PUBLIC KEY BLOCK"),
			"----------------------------------------", "-----BEGIN",
		},
	}}
}

// minKeyLine is the shortest unbroken stretch of base64 that counts as a
// key's body. The smallest keys in use (Ed25519 in PKCS #8) have 64 in a line.
const minKeyLine = 40

var pemLines = say("header and body of a private key")

// dashes looks at a run of dashes that starts at i.
func (s *scanner) dashes(i int) int {
	text, n := s.text, len(s.text)
	j := i + 1
	for j < n && text[j] == '-' {
		j++
	}
	if j-i == 1 {
		if k := s.mailchimp(i); k > i {
			return k
		}
		if k := s.mailgun(i); k > i {
			return k
		}
	}
	if j-i <= 2 {
		return s.option(i, j)
	}
	if j-i < 5 || !hasPrefix(text, j, "BEGIN ") {
		return j
	}
	start := j - 5
	label := j + len("BEGIN ")
	end := label
	for end < n && end-label < 60 && (class[text[end]]&isAlnum != 0 || text[end] == ' ') {
		end++
	}
	s.steps += end - start
	if !hasPrefix(text, end, "-----") || !containsFold(text[label:end], "private key") {
		return j
	}
	// The body goes on to the next dashes, or as far as it looks like one.
	// Escapes, quotes and plus signs are those of a key in JSON or source.
	body := end + 5
	run, longest := 0, 0
	var seen uint64
	at := body
	for ; at < n; at++ {
		c := text[at]
		if class[c]&isBase64 != 0 {
			if c == 'n' && text[at-1] == '\\' {
				run = 0 // of \n
				continue
			}
			run++
			longest = max(longest, run)
			seen |= 1 << (c & 63)
			continue
		}
		run = 0
		if c == '-' && hasPrefix(text, at, "-----") {
			break
		}
		if class[c]&isSpace == 0 && c != '\\' && c != '"' && c != '\'' && c != ',' && c != '=' && c != ':' && c != '-' && c != '.' &&
			c != '(' && c != ')' && c != '>' && c != '|' {
			break
		}
	}
	s.steps += at - body
	if longest < minKeyLine || ones(seen) < 16 {
		return body
	}
	// The closing line belongs to it.
	if hasPrefix(text, at, "-----END ") {
		k := at + len("-----END ")
		for k < n && k-at < 70 && text[k] != '-' && text[k] != '\n' {
			k++
		}
		if hasPrefix(text, k, "-----") {
			at = k + 5
		}
	} else {
		for at > body && class[text[at-1]]&(isBase64) == 0 && text[at-1] != '=' {
			at--
		}
	}
	s.add(PrivateKey, ClassSecret, High, start, at, Why{Length: at - start, Form: pemLines})
	return at
}

func ones(x uint64) (n int) {
	for ; x != 0; x &= x - 1 {
		n++
	}
	return n
}
