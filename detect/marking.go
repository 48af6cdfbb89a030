package detect

// ClassificationMarking finds the words by which somebody said that a text is
// not for everybody.
const ClassificationMarking DetectorID = "classification_marking"

func markingDetectors() []Detector {
	return []Detector{{
		ID: ClassificationMarking, Class: ClassMarking, Confidence: High,
		Title: "Classification marking, as a banner, a line of its own or a phrase with one meaning",
		Hits: []string{
			"CONFIDENTIAL\n\nQ3 forecast", "CONFIDENTIAL - INTERNAL USE ONLY\n\nCounsel advises", "revenue is down\n\n-- Trade Secret --", "[Trade Secret] Project Larch",
			"TLP:RED\nindicators", "[TLP:AMBER+STRICT] Counsel", "OFFICIAL-SENSITIVE", "OFFICIAL - SENSITIVE: COMMERCIAL\n", "MNPI - do not forward\n\nQ3",
			"Privileged & Confidential\n\nDear", "This draft is STRICTLY CONFIDENTIAL and", "**Highly Confidential**\n", "# Company confidential\n", "TOP SECRET//NOFORN",
			"[NOT FOR DISTRIBUTION] unit cost", "Internal Only - Do Not Distribute\n", "marked commercial in confidence by the buyer", "(SECRET)\n",
			"Classification: CONFIDENTIAL\nbody",
		},
		Misses: []string{
			"Is a trade secret the same as a patent?", "What does \"attorney-client privilege\" mean?", "confidential", "The secret to good bread is time.",
			"Confidential Information means all information", "keep it SECRET please", "TLP:GREEN", "TLP:CLEAR\n", "topsecret", "SECRETS\n", "const SECRET = 1",
			"This e-mail and its attachments are strictly confidential and may be privileged.", "SECRET_KEY\n",
			"The information in this message is highly confidential. If you are not the intended recipient, delete it.",
			"internal only in name", "do not distribute the load evenly", "\n\t// internal use only\n", "x = 1\n    # For Internal Use Only\n",
		},
	}}
}

// A phrase is one marking, in lower case. A space in it stands for a space,
// dash or underscore.
type phrase struct {
	text string
	use  use
}

type use uint8

const (
	anywhere use = iota // has one meaning wherever it stands
	shouted             // likewise, but only when it is written in capitals
	banner              // counts on a line of its own, in brackets or behind "Classification:"
	capitals            // likewise, but only in capitals
	joiner              // may stand in a banner beside one that counts
)

// phrases are the markings of NDAs and style guides (the six of
// shadow-ai-guard and what the labelled corpus' authors list), TLP 2.0 of
// FIRST, the UK Government Security Classifications and the US ones of
// Executive Order 13526.
var phrases = []phrase{
	{"strictly confidential", anywhere},
	{"highly confidential", anywhere},
	{"company confidential", anywhere},
	{"commercial in confidence", anywhere},
	{"commercially confidential", banner},
	{"privileged & confidential", anywhere},
	{"privileged and confidential", anywhere},
	{"confidential & privileged", anywhere},
	{"confidential and privileged", anywhere},
	{"confidential and proprietary", banner},
	{"proprietary and confidential", banner},
	{"private and confidential", banner},
	{"private & confidential", banner},
	{"attorney client privileged", banner},
	{"attorney client privilege", banner},
	{"attorney work product", banner},
	{"legally privileged", banner},
	{"for internal use only", shouted},
	{"for internal use only", banner},
	{"internal use only", shouted},
	{"internal use only", banner},
	{"internal only", banner},
	{"for official use only", anywhere},
	{"official sensitive", anywhere},
	{"official - sensitive", anywhere},
	{"tlp:red", anywhere},
	{"tlp:amber+strict", anywhere},
	{"tlp:amber", anywhere},
	{"tlp: red", anywhere},
	{"tlp: amber", anywhere},
	{"top secret", shouted},
	{"top secret", banner},
	{"trade secret", banner},
	{"not for distribution", shouted},
	{"not for distribution", banner},
	{"not for external distribution", banner},
	{"do not distribute", banner},
	{"do not forward", banner},
	{"do not share", joiner},
	{"do not copy", joiner},
	{"restricted distribution", banner},
	{"limited distribution", banner},
	{"need to know only", banner},
	{"board confidential", anywhere},
	{"board eyes only", banner},
	{"eyes only", banner},
	{"under nda", banner},
	{"under embargo", banner},
	{"streng vertraulich", anywhere},
	{"vertraulich", capitals},
	{"confidentiel", capitals},
	{"confidencial", capitals},
	{"secret//noforn", anywhere},
	{"mnpi", capitals},
	{"confidential", capitals},
	{"secret", capitals},
	{"restricted", capitals},
	{"proprietary", capitals},
	{"nofo", joiner},
	{"noforn", joiner},
	{"draft", joiner},
	{"internal", joiner},
	{"internal use", joiner},
	{"material non public information", banner},
	{"commercial", joiner},
	{"personal", joiner},
}

// maxBanner is how long a line can be and still be a banner.
const maxBanner = 120

// phrase looks for the marking p at i.
func (s *scanner) phrase(i int, p *phrase) int {
	if p.use == joiner {
		return i
	}
	end, caps := s.words(i, p.text)
	if end == i {
		return i
	}
	switch p.use {
	case anywhere:
	case shouted:
		if !caps {
			return i
		}
	case capitals:
		if !caps {
			return i
		}
		fallthrough
	case banner:
		b := s.banner(i, end)
		if b == 0 {
			return i
		}
		s.add(ClassificationMarking, ClassMarking, High, i, b, Why{})
		return b
	}
	if s.isDisclaimer(i, end) {
		return end
	}
	conf := Medium
	if caps {
		conf = High
	} else if b := s.banner(i, end); b != 0 {
		conf, end = High, b
	}
	s.add(ClassificationMarking, ClassMarking, conf, i, end, Why{})
	return end
}

// words returns the end of the phrase at i, or i, and whether it is all in
// capitals.
func (s *scanner) words(i int, p string) (end int, caps bool) {
	text := s.text
	j := i
	caps = true
	for k := range len(p) {
		if j >= len(text) {
			return i, false
		}
		c := text[j]
		if p[k] == ' ' {
			if c != ' ' && c != '-' && c != '_' {
				return i, false
			}
		} else if lower(c) != p[k] {
			return i, false
		} else if class[c]&isLower != 0 {
			caps = false
		}
		j++
	}
	s.steps += j - i
	if j < len(text) && class[text[j]]&isWord != 0 {
		return i, false
	}
	return j, caps
}

// banner reports where the banner ends whose first marking is text[i:end], or
// 0 when it stands in a sentence. Nothing but markings, joiners and ornament
// may be on its line, or between its brackets.
func (s *scanner) banner(i, end int) int {
	text := s.text
	// Back to the start of the line or the bracket.
	k, bracket := i, byte(0)
	for ; k > 0 && i-k < 24; k-- {
		c := text[k-1]
		if c == '\n' || c == '\r' {
			break
		}
		if c == '[' || c == '(' {
			bracket = c
			break
		}
		if !isOrnament(c) {
			if !s.labelled(k) {
				return 0
			}
			break
		}
		if c == '/' || c == '#' && k > 1 && text[k-2] != '\n' && text[k-2] != '#' {
			return 0 // a comment in source code
		}
	}
	if i-k >= 24 {
		return 0
	}
	close := byte('\n')
	if bracket == '[' {
		close = ']'
	} else if bracket == '(' {
		close = ')'
	}
	last := end
	for j := end; ; {
		if j-i > maxBanner {
			return 0
		}
		if j >= len(text) {
			if bracket != 0 {
				return 0
			}
			break
		}
		c := text[j]
		if c == close || bracket == 0 && c == '\r' {
			break
		}
		if class[c]&isAlnum == 0 {
			if c >= 0x80 || isOrnament(c) {
				j++
				continue
			}
			return 0
		}
		next := j
		for n := range phrases {
			if lower(c) == phrases[n].text[0] {
				if e, _ := s.words(j, phrases[n].text); e > next {
					next = e
				}
			}
		}
		if next == j {
			return 0
		}
		j, last = next, next
	}
	s.steps += last - k
	// (SECRET) in the middle of a sentence is a word in brackets.
	if bracket == '(' {
		for ; k > 1; k-- {
			if c := text[k-2]; c == '\n' {
				break
			} else if !isOrnament(c) {
				return 0
			}
		}
	}
	return last
}

func isOrnament(c byte) bool {
	switch c {
	case ' ', '\t', '-', '*', '=', '_', '#', '|', ':', '/', '~', '!', '>', '.', '+', '&', ';', ',':
		return true
	}
	return false
}

// labelled reports whether the bytes before i are "Classification:" or alike.
func (s *scanner) labelled(i int) bool {
	w := s.text[max(0, i-20):i]
	for _, p := range [...]string{"classification", "classified", "sensitivity", "marking", "distribution", "tlp"} {
		if len(w) >= len(p) && hasPrefixFold(w, len(w)-len(p), p) {
			return true
		}
	}
	return false
}

var disclaimers = newLexicon("recipient", "this e-mail", "this email", "this message", "this communication", "received this",
	"diese e-mail", "ce message")

// isDisclaimer reports the paragraph that mail systems add to every message.
func (s *scanner) isDisclaimer(i, end int) bool {
	w := s.text[max(0, i-160):min(len(s.text), end+240)]
	s.steps += len(w)
	return disclaimers.in(w)
}
