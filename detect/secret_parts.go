package detect

import "encoding/base64"

// discordStarts are how the base64 of a decimal user id can begin.
var discordStarts = []string{"MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"}

// Tokens without a prefix, told by their parts.
const (
	DiscordToken      DetectorID = "discord_token"
	TelegramToken     DetectorID = "telegram_token"
	MailchimpKey      DetectorID = "mailchimp_key"
	AzureClientSecret DetectorID = "azure_client_secret"
	AzureAPIKey       DetectorID = "azure_api_key"
	MailgunKey        DetectorID = "mailgun_key"
	TerraformToken    DetectorID = "terraform_token"
	MaxMindKey        DetectorID = "maxmind_key"
	NewRelicKey       DetectorID = "newrelic_key"
	GoogleOAuth       DetectorID = "google_oauth"
	SalesforceToken   DetectorID = "salesforce_token"
	FacebookToken     DetectorID = "facebook_token"
)

const isTokenDot = isToken | isDot

var (
	discordParts    = say("a Discord token's three parts")
	telegramParts   = say("a bot's number and a Telegram token")
	dataCentre      = say("32 characters and Mailchimp's data centre")
	azureMark       = say("Microsoft's mark in the middle")
	mailgunParts    = say("a Mailgun key's three parts")
	terraformMark   = say("Terraform's mark in the middle")
	maxmindEnd      = say("MaxMind's ending")
	newRelicEnd     = say("New Relic's ending")
	refreshStart    = say("Google's refresh token by its beginning")
	salesforceParts = say("a Salesforce organisation and its session")
	dropboxMiddle   = say("Dropbox' ten A in the middle")
	dataCentreID    = say("base64 of a number and a colon, as in tokens of Atlassian's data centres")
	facebookParts   = say("a Facebook app and its token")
)

func partsDetectors() []Detector {
	return []Detector{
		{
			ID: DiscordToken, Class: ClassSecret, Confidence: High, Title: "Discord bot token",
			Hits:   []string{"bot OTUyNED5MDk2MTMxNzc2MkEz" + ".YjESug" + ".UNf-1GhsIG8zWT409q2C7Bh_zWQ"},
			Misses: []string{"OTUyNED5MDk2MTMxNzc2MkEz.YjESug", "MTIzNDU2Nzg5MDEyMzQ1Njc4.short.no"},
		}, {
			ID: TelegramToken, Class: ClassSecret, Confidence: High, Title: "Telegram bot token",
			Hits:   []string{"7213808860" + ":AAH1bjqpKKW3maRSPAxzIU-0v6xNuq2-NjM"},
			Misses: []string{"7213808860:AAH1bjq", "x7213808860" + ":AAH1bjqpKKW3maRSPAxzIU-0v6xNuq2-NjM", "12:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
		}, {
			ID: MailchimpKey, Class: ClassSecret, Confidence: High, Title: "Mailchimp API key",
			Hits:   []string{"343ea45721923ed956e2" + "b38c31db76aa-us30"},
			Misses: []string{"343ea45721923ed956e2b38c31db76aa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-us30", "00343ea45721923ed956e2b38c31db76aa-us30"},
		}, {
			ID: AzureClientSecret, Class: ClassSecret, Confidence: High, Title: "Microsoft Entra client secret",
			Hits:   []string{"client_srt = qpF8" + "Q~PCM5MhMoyTFc5TYEomnzRUKim9UJhe8a2P"},
			Misses: []string{"qpF8Q~PCM5", "8Q~", "in Q~", "abc8Q~xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
		}, {
			ID: AzureAPIKey, Class: ClassSecret, Confidence: High, Title: "Azure key with Microsoft's signature (AI services, DevOps)",
			Hits:   []string{"key: " + alnum(52) + "JQQJ99" + alnum(26), alnum(52) + "JQQJ9D" + alnum(30), alnum(76) + "AZDO" + alnum(4), "x " + alnum(52) + "JQQJ99" + alnum(28) + "=="},
			Misses: []string{alnum(51) + "JQQJ99" + alnum(26), "JQQJ99", alnum(75) + "AZDO" + alnum(4)},
		}, {
			ID: MailgunKey, Class: ClassSecret, Confidence: High, Title: "Mailgun API key",
			Hits:   []string{"mg 343ea45721923ed956e2" + "b38c31db76aa-51356527-6e0ab1c5"},
			Misses: []string{"343ea45721923ed956e2b38c31db76aa-51356527", "343ea45721923ed956e2b38c31db76aa-51356527-6e0ab1c59", "0343ea45721923ed956e2b38c31db76aa-51356527-6e0ab1c5"},
		}, {
			ID: TerraformToken, Class: ClassSecret, Confidence: High, Title: "Terraform Cloud token",
			Hits:   []string{"credentials: " + alnum(14) + ".atlasv1." + alnum(67)},
			Misses: []string{alnum(14) + ".atlasv1.", "atlasv1." + alnum(67), alnum(13) + ".atlasv1." + alnum(67), alnum(14) + ".atlasv1." + alnum(59)},
		}, {
			ID: MaxMindKey, Class: ClassSecret, Confidence: High, Title: "MaxMind licence key",
			Hits:   []string{"key " + alnum(6) + "_" + alnum(29) + "_mmk"},
			Misses: []string{alnum(6) + "_" + alnum(28) + "_mmk", "xxxxxx_xxxxxxxxxxxxxxxxxxxxxxxxxxxxx_mmk"},
		}, {
			ID: SalesforceToken, Class: ClassSecret, Confidence: High, Title: "Salesforce session or consumer key",
			Hits:   []string{"sid 00D" + alnum(12) + "!" + alnum(40) + "." + alnum(20)},
			Misses: []string{"00D" + alnum(12), "00D" + alnum(12) + "!", "00D" + alnum(12) + "! and so on, as one would write it"},
		}, {
			ID: FacebookToken, Class: ClassSecret, Confidence: High, Title: "Facebook or Instagram token",
			Hits:   []string{"facebook 147703664" + "5700765|wRPf2v3mt2JfMqCLK8n7oltrEmc"},
			Misses: []string{"1477036645700765|", "|1477036645700765|x|", "1477|wRPf2v3mt2JfMqCLK8n7oltrEmc", "1477036645700765|a-column-of-a-table-x-y-z-w"},
		},
	}
}

// alnum returns n letters and digits that look drawn by chance, for samples.
func alnum(n int) string {
	f := form{parts: []part{{set: setOf("A-Za-z0-9"), min: n, max: n}}}
	return f.sample(n)
}

// discord looks for a bot token: user id, time and signature in base64.
func (s *scanner) discord(i int) int {
	text := s.text
	a := s.stretch(i, isToken, 48)
	if a-i == 44 {
		return s.dataCentre(i, a)
	}
	if a-i < 23 || a-i > 28 || a >= len(text) || text[a] != '.' {
		return i
	}
	b := s.stretch(a+1, isToken, 8)
	if b-a-1 != 6 || b >= len(text) || text[b] != '.' {
		return i
	}
	c := s.stretch(b+1, isToken, 64)
	if n := c - b - 1; n < 27 || n > 40 || !varied(text[b+1:c]) {
		return i
	}
	s.add(DiscordToken, ClassSecret, High, i, c, Why{Length: c - i, Form: discordParts})
	return c
}

// dataCentre looks at a personal token of Jira or Confluence in a data centre:
// base64 of a number, a colon and random bytes.
func (s *scanner) dataCentre(i, end int) int {
	var buf [33]byte
	if _, err := base64.StdEncoding.Decode(buf[:], s.text[i:end]); err != nil {
		return i
	}
	n := 0
	for n < 13 && class[buf[n]]&isDigit != 0 {
		n++
	}
	if n < 9 || buf[n] != ':' {
		return i
	}
	s.add("atlassian_token", ClassSecret, High, i, end, Why{Length: end - i, Form: dataCentreID})
	return end
}

// telegram looks for a bot token around the colon at i.
func (s *scanner) telegram(i int) int {
	text := s.text
	if i < 8 || i+36 > len(text) || class[text[i-1]]&isDigit == 0 || class[text[i+1]]&isToken == 0 {
		return i
	}
	start := s.back(i, isDigit, 12)
	end := s.stretch(i+1, isToken, 40)
	if n := i - start; n < 8 || n > 10 || end-i-1 != 35 || start > 0 && class[text[start-1]]&isWord != 0 || !varied(text[i+1:end]) || text[i+1] != 'A' && !rare(text[i+1:end], lookAt(text[i+1:end])) {
		return i
	}
	s.add(TelegramToken, ClassSecret, High, start, end, Why{Length: end - start, Form: telegramParts})
	return end
}

// mailchimp looks for a key whose data centre follows the dash at i.
func (s *scanner) mailchimp(i int) int {
	text := s.text
	if i < 32 || !hasPrefix(text, i, "-us") || i+3 >= len(text) || class[text[i+3]]&isDigit == 0 {
		return i
	}
	start := s.back(i, isHex, 33)
	end := s.stretch(i+3, isDigit, 3)
	if i-start != 32 || end-i > 5 || start > 0 && class[text[start-1]]&isWord != 0 || !s.rightEdge(end) || !varied(text[start:i]) {
		return i
	}
	s.add(MailchimpKey, ClassSecret, High, start, end, Why{Length: end - start, Form: dataCentre})
	return end
}

// azure looks for a client secret around the tilde at i: three characters, a
// digit, Q~ and 31 to 34 more.
func (s *scanner) azure(i int) int {
	text := s.text
	const chars = isTokenDot
	if i < 5 || text[i-1] != 'Q' || class[text[i-2]]&isDigit == 0 {
		return i
	}
	start := i - 2
	for start > i-5 && (class[text[start-1]]&chars != 0 || text[start-1] == '~') {
		start--
	}
	end := i + 1
	for end < len(text) && end-i < 40 && (class[text[end]]&chars != 0 || text[end] == '~') {
		end++
	}
	s.steps += end - start
	for end > i && text[end-1] == '.' {
		end--
	}
	if n := end - i - 1; start != i-5 || n < 31 || n > 34 || s.previous(start)&isWord != 0 || !varied(text[i+1:end]) || isPlaceholder(text[i+1:end]) {
		return i
	}
	s.add(AzureClientSecret, ClassSecret, High, start, end, Why{Length: end - start, Form: azureMark})
	return end
}

// mailgun looks for a key whose second part follows the dash at i.
func (s *scanner) mailgun(i int) int {
	text := s.text
	if i < 32 || i+18 > len(text) || text[i+9] != '-' || class[text[i-1]]&class[text[i+1]]&isHex == 0 {
		return i
	}
	start, mid, end := s.back(i, isHex, 33), s.stretch(i+1, isHex, 9), s.stretch(i+10, isHex, 9)
	if i-start != 32 || mid != i+9 || end != i+18 || start > 0 && class[text[start-1]]&(isWord|isDash) != 0 || !s.rightEdge(end) || !varied(text[start:i]) {
		return i
	}
	s.add(MailgunKey, ClassSecret, High, start, end, Why{Length: end - start, Form: mailgunParts})
	return end
}

// terraform looks for a token around the atlasv1 at i.
func (s *scanner) terraform(i int) int {
	text := s.text
	const mark = "atlasv1."
	if i < 15 || text[i-1] != '.' {
		return i
	}
	start := s.back(i-1, isToken, 15)
	end := i + len(mark)
	for end < len(text) && end-i < 90 && (class[text[end]]&isToken != 0 || text[end] == '=') {
		end++
	}
	s.steps += end - i
	if n := end - i - len(mark); i-1-start != 14 || n < 60 || n > 70 || !varied(text[i+len(mark):end]) {
		return i
	}
	s.add(TerraformToken, ClassSecret, High, start, end, Why{Length: end - start, Form: terraformMark})
	return end
}

// minUnmarked is how long a word of letters and digits has to be before it
// is looked at as a token that doesn't begin with anything of its own.
const minUnmarked = 15

// unmarked looks for tokens that are told by their middle or ending, and those
// that begin with a digit, in the word text[i:end].
func (s *scanner) unmarked(i, end int) int {
	text := s.text
	if class[text[i]]&isDigit != 0 {
		if j := s.beginsToken(i); j > i {
			return j
		}
		if n := end - i; text[i] == '0' && n <= 18 && hasPrefix(text, i, "00D") && end < len(text) && text[end] == '!' {
			j := s.stretch(end+1, isWord|isDot, 300)
			if j-end > 24 && varied(text[end:j]) {
				s.add(SalesforceToken, ClassSecret, High, i, j, Why{Length: j - i, Form: salesforceParts})
				return j
			}
		} else if text[i] == '0' && i >= 3 && hasPrefix(text, i-3, "1//") {
			if j := s.stretch(i, isToken, 512); j-i > 60 && varied(text[i:j]) {
				s.add(GoogleOAuth, ClassSecret, High, i-3, j, Why{Length: j - i + 3, Form: refreshStart})
				return j
			}
		}
	}
	switch n := end - i; {
	case n == 40 && hasPrefix(text, end-4, "_mmk") && text[i+6] == '_' && varied(text[i:end]):
		s.add(MaxMindKey, ClassSecret, High, i, end, Why{Length: n, Form: maxmindEnd})
		return end
	case n >= 62 && n <= 66 && hasPrefix(text, i+12, "AAAAAAAA") && text[i+24] != 'A' && varied(text[i+24:end]):
		s.add("dropbox_token", ClassSecret, High, i, end, Why{Length: n, Form: dropboxMiddle})
		return end
	case n == 40 && hasPrefix(text, end-4, "NRAL") && varied(text[i:end]) && s.stretch(i+5, isHex, 31) == i+36:
		s.add(NewRelicKey, ClassSecret, High, i, end, Why{Length: n, Form: newRelicEnd})
		return end
	case n >= 84 && n <= 88 && (hasPrefix(text, i+52, "JQQJ9") || hasPrefix(text, i+76, "AZDO")) && varied(text[i:end]):
		for k := 0; k < 2 && end < len(text) && text[end] == '='; k++ {
			end++
		}
		s.add(AzureAPIKey, ClassSecret, High, i, end, Why{Length: end - i, Form: azureMark})
		return end
	}
	return i
}

// facebook looks for an app's token around the | at i.
func (s *scanner) facebook(i int) int {
	text := s.text
	if i < 15 || i+25 > len(text) || class[text[i-1]]&isDigit == 0 || class[text[i+1]]&isToken == 0 {
		return i
	}
	start, end := s.back(i, isDigit, 19), s.stretch(i+1, isToken, 41)
	l := lookAt(text[i+1 : end])
	if n := i - start; n < 12 || n > 18 || end-i < 25 || end-i > 41 || start > 0 && class[text[start-1]]&isWord != 0 || l.digit == 0 || !rare(text[i+1:end], l) {
		return i
	}
	s.add(FacebookToken, ClassSecret, High, start, end, Why{Length: end - start, Form: facebookParts})
	return end
}
