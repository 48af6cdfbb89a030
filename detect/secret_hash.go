package detect

// Passwords as systems keep them: hashed, or a vault that a password opens.
const (
	PasswordHash DetectorID = "password_hash"
	AnsibleVault DetectorID = "ansible_vault"
)

func hashDetectors() []Detector {
	return []Detector{
		{
			ID: PasswordHash, Class: ClassSecret, Confidence: Medium, Title: "Password hash (bcrypt, crypt of Unix, Apache, Argon2)",
			Hits: []string{
				"crm:$2y$10$" + alnum(53), "root:$6$rounds=5000$q7Zt4Bf9xK2m$" + alnum(86) + ":19000:0:99999:7:::", "$1$q7Zt4Bf9$" + alnum(22), "ana:$apr1$q7Zt4Bf9$" + alnum(22),
				"hash: '$argon2id$v=19$m=65536,t=3,p=4$" + alnum(22) + "$" + alnum(43) + "'", "$y$j9T$" + alnum(22) + "$" + alnum(43),
			},
			Misses: []string{"$2 and $10$ more", "$6$", "$1$2$3$4", "costs $5$ a day", "$2y$10$" + alnum(20), "$argon2id$", "$1$xxxxxxxx$xxxxxxxxxxxxxxxxxxxxxx"},
		}, {
			ID: AnsibleVault, Class: ClassSecret, Confidence: Medium, Title: "Ansible vault",
			Hits:   []string{"$ANSIBLE_VAULT;1.1;AES256\n6161326464356632643566326435663264356632643566326435663264356632"},
			Misses: []string{"$ANSIBLE_VAULT;1.1;AES256", "$ANSIBLE_VAULT_FILE"},
		},
	}
}

var (
	cryptParts = say("the parts of a password's hash")
	vaultStart = say("Ansible's header")
)

// crypt looks at the modular crypt format ($id$salt$hash) at i.
func (s *scanner) crypt(i int) int {
	text := s.text
	if i+20 > len(text) || class[text[i+1]]&isAlnum == 0 {
		return i
	}
	if text[i+1] == 'A' {
		const header = "$ANSIBLE_VAULT;"
		if !hasPrefix(text, i, header) {
			return i
		}
		line := s.stretch(i+len(header), isAlnum|isDot|isDash, 40)
		for line < len(text) && text[line] == ';' {
			line = s.stretch(line+1, isAlnum|isDot|isDash, 40)
		}
		end := s.stretch(line, isHex|isSpace, len(text))
		if end-line < 40 {
			return i
		}
		for class[text[end-1]]&isSpace != 0 {
			end--
		}
		s.add(AnsibleVault, ClassSecret, Medium, i, end, Why{Form: vaultStart})
		return end
	}
	id := s.stretch(i+1, isAlnum, 10)
	least := 0 // of the hash's length
	switch string(text[i+1 : id]) {
	case "2a", "2b", "2x", "2y":
		least = 53
	case "1", "apr1":
		least = 22
	case "5", "y", "7", "argon2id", "argon2i", "argon2d", "scrypt", "pbkdf2":
		least = 40
	case "6":
		least = 86
	default:
		return i
	}
	// The salt and parameters, and the hash as the last part.
	part, end := id, id
	for k := 0; k < 5 && end < len(text) && text[end] == '$'; k++ {
		part = end + 1
		for end = part; end < len(text) && end-part < 120 && (class[text[end]]&(isBase64|isAlnum|isDot) != 0 || text[end] == '=' || text[end] == ','); end++ {
		}
	}
	s.steps += end - i
	if end-part < least || end < len(text) && class[text[end]]&isWord != 0 || !varied(text[part:end]) {
		return i
	}
	s.add(PasswordHash, ClassSecret, Medium, i, end, Why{Length: end - i, Form: cryptParts})
	return end
}
