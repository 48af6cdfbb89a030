package detect

import "strings"

// EmailBulk finds lists of people: many distinct e-mail addresses in one text.
const EmailBulk DetectorID = "email_bulk"

// bulkThreshold is how many distinct addresses make a list. One address is
// no finding (Purview's and shadow-ai-guard's bulk rule use the same count).
const bulkThreshold = 10

// maxDistinct is where counting stops; the finding's Count is then this.
const maxDistinct = 100_000

func emailDetectors() []Detector {
	list := func(n int, domain string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString("Ana Rossi <ana.rossi" + string(rune('a'+i)) + "@" + domain + ">; ")
		}
		return b.String()
	}
	return []Detector{{
		ID: EmailBulk, Class: ClassContacts, Confidence: High,
		Title: "Contact list: 10 or more distinct e-mail addresses",
		Hits: []string{
			list(10, "northwind-traders.co.uk"),
			strings.ReplaceAll(list(12, "contoso.com"), "; ", "\t+44 7700 900123\n"),
		},
		Misses: []string{
			list(9, "contoso.com"),
			list(20, "example.com"), // RFC 2606, documentation
			list(20, "host.invalid"),
			strings.Repeat("Ana Rossi <ana.rossi@contoso.com>, ", 30),          // one person
			strings.Repeat("Ana.Rossi@Contoso.com ana.rossi@contoso.com ", 30), // the same in other letters
			strings.ReplaceAll(list(20, "2x.png"), " <", "/"),                  // pictures for dense screens
			"golang.org/x/text@v0.33.0 lodash@4.17.1",
		},
	}}
}

// emailCount counts distinct addresses without keeping any: by their hashes,
// in a fixed array until there are enough to be a list.
type emailCount struct {
	few        [bulkThreshold]uint64
	n          int
	many       hashSet // from the threshold on
	start, end int     // the first address' start and the last one's end
}

func (e *emailCount) add(h uint64, start, end int) {
	if e.n == 0 {
		e.start = start
	}
	e.end = end
	if e.many.n > 0 {
		if e.many.n < maxDistinct {
			e.many.add(h)
		}
		return
	}
	for _, x := range e.few[:e.n] {
		if x == h {
			return
		}
	}
	e.few[e.n] = h
	if e.n++; e.n == bulkThreshold {
		for _, x := range e.few {
			e.many.add(x)
		}
	}
}

// hashSet is a set of hashes with open addressing. It never forgets one, and
// only grows, so it needs no more than this.
type hashSet struct {
	slots []uint64 // a power of two of them, 0 is free
	n     int
}

func (s *hashSet) add(h uint64) {
	if 2*s.n >= len(s.slots) {
		old := s.slots
		s.slots, s.n = make([]uint64, max(64, 4*len(old))), 0
		for _, x := range old {
			if x != 0 {
				s.add(x)
			}
		}
	}
	h |= 1 << 63 // no hash is 0
	at := int(h*0x9e3779b97f4a7c15>>40) & (len(s.slots) - 1)
	for s.slots[at] != 0 {
		if s.slots[at] == h {
			return
		}
		at = (at + 1) & (len(s.slots) - 1)
	}
	s.slots[at] = h
	s.n++
}

// email counts the address around the @ at i, if it is one.
func (s *scanner) email(i int) int {
	text, n := s.text, len(s.text)
	start := i
	for start > 0 && i-start < 64 && class[text[start-1]]&isLocal != 0 {
		start--
	}
	end, dot := i+1, 0
	for end < n && end-i < 254 && class[text[end]]&(isAlnum|isDash|isDot) != 0 {
		if text[end] == '.' {
			dot = end
		}
		end++
	}
	s.steps += end - start
	next := end
	if dot == end-1 { // a full stop behind the address
		end--
		for dot--; dot > i && text[dot] != '.'; dot-- {
		}
	}
	if start == i || dot <= i+1 || end-dot < 3 || text[i+1] == '.' {
		return i + 1
	}
	for _, c := range text[dot+1 : end] {
		if class[c]&isAlpha == 0 {
			return i + 1
		}
	}
	domain := text[i+1 : end]
	if isDocumentation(domain) || isPicture(text[dot+1:end]) {
		return next
	}
	// FNV-1a; letters in either case are the same address.
	h := uint64(14695981039346656037)
	for _, c := range text[start:end] {
		h = (h ^ uint64(lower(c))) * 1099511628211
	}
	s.emails.add(h, start, end)
	return next
}

// isDocumentation reports domains that RFC 2606 keeps for documentation and
// for names that resolve nowhere. The reserved .test and .example names count:
// they are where companies keep copies of real customer lists.
func isDocumentation(domain []byte) bool {
	for _, d := range [...]string{"example.com", "example.net", "example.org", "invalid", "localhost"} {
		at := len(domain) - len(d)
		if at >= 0 && (at == 0 || domain[at-1] == '.') && hasPrefixFold(domain, at, d) {
			return true
		}
	}
	return false
}

// isPicture tells icon@2x.png from an address.
func isPicture(tld []byte) bool {
	switch string(tld) {
	case "png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts":
		return true
	}
	return false
}

// bulk makes one finding of a list of addresses.
func (s *scanner) bulk() {
	if e := &s.emails; e.many.n > 0 {
		s.findings = append(s.findings, Finding{
			Detector: EmailBulk, Class: ClassContacts, Confidence: High,
			Start: e.start, End: e.end, Count: e.many.n,
		})
	}
}
