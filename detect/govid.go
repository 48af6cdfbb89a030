package detect

// Government identifiers.
const (
	USSSN  DetectorID = "us_ssn"
	UKNINO DetectorID = "uk_nino"
)

func govidDetectors() []Detector {
	return []Detector{
		{
			ID: USSSN, Class: ClassGovID, Confidence: High,
			Title: "US social security number: formatted and possible, or named as one",
			Hits: []string{
				"His social security number is 853-37-1694", "96150,Chen Garcia,15/10/1978,234-69-6793,77000", "SSN: abc 078 05 1123 abc",
				"ssn 219643943", "SSN:219-64-3943.", "530-35-6213",
			},
			Misses: []string{
				"078-05-1120", "Placeholder SSN 123-45-6789", "SSN 219-09-9999", // published, see sampleSSNs
				"SSN 000-12-3456", "SSN 666-12-3456", "SSN 987-65-4321", "SSN 123-00-4567", "SSN 853-37-0000", "853 37 1694", "853371694", "853.37.1694",
				"part no. 764-09-40229", "1-853-37-1694", "853-37-1694-2", "part no. 764-09-4022", "SSN 0780511201", "853-37-1694x",
				"Write a regex for US social security numbers, e.g. three digits", "2024-11-24", "853-37 1694",
			},
		}, {
			ID: UKNINO, Class: ClassGovID, Confidence: High,
			Title: "UK National Insurance number: allowed prefix, six digits, suffix A to D",
			Hits: []string{
				"National Insurance number GA 75 70 82 D.", "GA757082D", "National Insurance number: tw987654a", "NI no. GA-75-70-82-D", "nino: ga757082d",
			},
			Misses: []string{
				"NINO format is QQ 12 34 56 C",                            // HMRC's own placeholder
				"This isn't a valid national insurance number UV 98 76 5", // prefix
				"BG 75 70 82 D", "GA 75 70 82 E", "GA 75 70 82", "ga757082d", "XGA757082D", "GA757082DX", "GA 75-70 82 D", "GA7570821D", "GO 75 70 82 D",
			},
		},
	}
}

var ssnWords = newLexicon("ssn", "social security", "soc sec", "social-security", "ss#", "socialsecurity")

// notSSNWords say that three groups of digits are something else.
var notSSNWords = newLexicon("part", "phone", "tel", "fax", "order", "ref", "sku", "model", "case", "ticket", "version")

// sampleSSNs are numbers that were published and can belong to nobody: the
// Woolworth wallet's and the SSA's own sample card (both voided by the SSA),
// one from an advertisement, and the row of digits that forms show.
var sampleSSNs = [...]string{"078051120", "219099999", "457555462", "123456789", "111111111", "222222222", "333333333", "444444444", "555555555"}

// ssn looks for a social security number that starts with group k. The rules
// are the SSA's (since randomisation in 2011): no area 000, 666 or 9xx, no
// group 00, no serial 0000.
func (s *scanner) ssn(c *chain, k int) int {
	g := c.groups[k:c.n]
	used := 1
	switch {
	case g[0].len() == 9:
		if k > 0 || g[0].sep != 0 {
			return 0
		}
	case len(g) >= 3 && g[0].len() == 3 && g[1].len() == 2 && g[2].len() == 4 && g[0].sep == g[1].sep && (g[0].sep == '-' || g[0].sep == ' '):
		used = 3
		if k > 0 && c.groups[k-1].sep != ' ' || g[2].sep != 0 && g[2].sep != ' ' {
			return 0
		}
	default:
		return 0
	}
	start, end := g[0].start, g[used-1].end
	if g[used-1].sep == 0 && !s.rightEdge(end) {
		return 0
	}
	var num [9]byte
	at := 0
	for _, x := range g[:used] {
		at += copy(num[at:], s.text[x.start:x.end])
	}
	if n := string(num[:3]); n == "000" || n == "666" || num[0] == '9' || string(num[3:5]) == "00" || string(num[5:]) == "0000" {
		return 0
	}
	for _, sample := range sampleSSNs {
		if string(num[:]) == sample {
			return used
		}
	}
	conf := Medium
	switch {
	case s.before(start, ssnWords):
		conf = High
	case used == 1 || g[0].sep == ' ' || s.before(start, notSSNWords):
		return 0
	}
	s.add(USSSN, ClassGovID, conf, start, end, Why{})
	return used
}

var ninoWords = newLexicon("national insurance", "nino", "ni no", "ni number", "insurance number")

// nino looks for a National Insurance number in the word at i. The rules are
// HMRC's (NIM39110): prefix letters not D F I Q U V (nor O as the second), no
// BG GB KN NK NT TN ZZ, suffix A to D.
func (s *scanner) nino(i int) int {
	text := s.text
	a, b := upper(text[i]), upper(text[i+1])
	for _, c := range [2]byte{a, b} {
		if class[c]&isUpper == 0 || c == 'D' || c == 'F' || c == 'I' || c == 'Q' || c == 'U' || c == 'V' {
			return i
		}
	}
	if b == 'O' {
		return i
	}
	switch string([]byte{a, b}) {
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
		return i
	}
	j := i + 2
	var sep byte
	if text[j] == ' ' || text[j] == '-' {
		sep = text[j]
	}
	for pair := range 4 {
		if sep != 0 {
			if j >= len(text) || text[j] != sep {
				return i
			}
			j++
		}
		if pair == 3 {
			break
		}
		if j+1 >= len(text) || class[text[j]]&class[text[j+1]]&isDigit == 0 {
			return i
		}
		j += 2
	}
	s.steps += j - i
	if j >= len(text) {
		return i
	}
	if c := upper(text[j]); c < 'A' || c > 'D' {
		return i
	}
	j++
	if !s.rightEdge(j) {
		return i
	}
	conf := Medium
	switch {
	case s.before(i, ninoWords):
		conf = High
	case (class[text[i]]|class[text[i+1]]|class[text[j-1]])&isLower != 0:
		return i // small letters need the keyword
	}
	s.add(UKNINO, ClassGovID, conf, i, j, Why{})
	return j
}
