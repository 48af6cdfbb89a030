package detect

// discordStarts are how the base64 of a decimal user id can begin.
var discordStarts = []string{"MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"}

// Tokens without a prefix, told by their parts.
const (
	DiscordToken      DetectorID = "discord_token"
	TelegramToken     DetectorID = "telegram_token"
	MailchimpKey      DetectorID = "mailchimp_key"
	AzureClientSecret DetectorID = "azure_client_secret"
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
		},
	}
}

// discord looks for a bot token: user id, time and signature in base64.
func (s *scanner) discord(i int) int {
	text := s.text
	a := s.stretch(i, isToken, 32)
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
	s.add(DiscordToken, ClassSecret, High, i, c, Why{})
	return c
}

// telegram looks for a bot token around the colon at i.
func (s *scanner) telegram(i int) int {
	text := s.text
	if i < 8 || !hasPrefix(text, i+1, "A") || class[text[i-1]]&isDigit == 0 {
		return i
	}
	start := s.back(i, isDigit, 12)
	end := s.stretch(i+1, isToken, 40)
	if n := i - start; n < 8 || n > 10 || end-i-1 != 35 || start > 0 && class[text[start-1]]&isWord != 0 || !varied(text[i+1:end]) {
		return i
	}
	s.add(TelegramToken, ClassSecret, High, start, end, Why{})
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
	s.add(MailchimpKey, ClassSecret, High, start, end, Why{})
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
	s.add(AzureClientSecret, ClassSecret, High, start, end, Why{})
	return end
}
