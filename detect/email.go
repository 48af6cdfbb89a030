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
			"To: " + list(11, "contoso.com"),
			"mail\n" + sampleRowsOf(12, "%[1]s.%[2]s@contoso.com\n"),
			"[" + sampleRowsOf(12, `{"name": "%[1]s %[2]s", "email": "%[1]s.%[2]s@contoso.com"},`) + "]",
		},
		Misses: []string{
			list(9, "contoso.com"),
			list(20, "example.com"), // RFC 2606, documentation
			list(20, "host.invalid"),
			strings.Repeat("Ana Rossi <ana.rossi@contoso.com>, ", 30),          // one person
			strings.Repeat("Ana.Rossi@Contoso.com ana.rossi@contoso.com ", 30), // the same in other letters
			strings.ReplaceAll(list(20, "2x.png"), " <", "/"),                  // pictures for dense screens
			"golang.org/x/text@v0.33.0 lodash@4.17.1",
			// Authors put their addresses into public text themselves.
			sampleRowsOf(14, "Author: %[1]s %[2]s <%[1]s.%[2]s@contoso.com>\nDate: Mon Jan %[3]d\n\n    fix\n\n"),
			sampleRowsOf(14, "Signed-off-by: %[1]s %[2]s <%[1]s.%[2]s@contoso.com>\n"),
			sampleRowsOf(14, "beb5b66829d0 %[1]s %[2]s <%[1]s.%[2]s@contoso.com> fix typo %[3]d\n"),
			sampleRowsOf(14, "   %[3]d\t%[1]s %[2]s <%[1]s.%[2]s@contoso.com>\n"),
			sampleRowsOf(14, "2024-01-%[3]d  %[1]s %[2]s  <%[1]s.%[2]s@contoso.com>\n\n\t* main.c: fix\n"),
			sampleRowsOf(14, "* Mon Jan %[3]d 2024 %[1]s %[2]s <%[1]s.%[2]s@contoso.com> - 1.2\n- rebuilt\n"),
			sampleRowsOf(14, "tool (1.%[3]d) unstable; urgency=low\n\n -- %[1]s %[2]s <%[1]s.%[2]s@contoso.com>  Mon, 01 Jan 2024\n\n"),
			sampleRowsOf(14, "SUBSYSTEM %[3]d\nM:\t%[1]s %[2]s <%[1]s.%[2]s@contoso.com>\nS:\tMaintained\n"),
			"# This is the official list of authors for copyright purposes.\n\n" + sampleRowsOf(14, "%[1]s %[2]s <%[1]s.%[2]s@contoso.com>\n"),
			sampleRowsOf(14, "%[1]s %[2]s <%[1]s.%[2]s@contoso.com> <%[1]s@old.net>\n"),
			`"packages": [` + sampleRowsOf(14, `{"name": "acme/tool%[3]d", "license": "MIT", "authors": [{"name": "%[1]s %[2]s", "email": "%[1]s.%[2]s@contoso.com"}]},`) + "]",
		},
	}}
}

// distinct counts distinct things without keeping any: by their hashes, in a
// fixed array until there are enough to be a list.
type distinct struct {
	few  [bulkThreshold]uint64
	n    int     // in few
	many hashSet // from the threshold on
}

func (d *distinct) add(h uint64) {
	h |= 1 << 63 // no hash is 0
	if d.many.n > 0 {
		if d.many.n < maxDistinct {
			d.many.add(h)
		}
		return
	}
	for _, x := range d.few[:d.n] {
		if x == h {
			return
		}
	}
	d.few[d.n] = h
	if d.n++; d.n == bulkThreshold {
		for _, x := range d.few {
			d.many.add(x)
		}
	}
}

func (d *distinct) count() int { return max(d.n, d.many.n) }

// all returns the hashes, 0 among them standing for none.
func (d *distinct) all() []uint64 {
	if d.many.n > 0 {
		return d.many.slots
	}
	return d.few[:d.n]
}

// emailCount counts distinct addresses.
type emailCount struct {
	distinct
	start, end int // the first address' start and the last one's end
}

func (e *emailCount) add(h uint64, start, end int) {
	if e.n == 0 {
		e.start = start
	}
	e.end = end
	e.distinct.add(h)
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
	if s.isPublicAuthor(start, end) {
		return next
	}
	h := hashFold(text[start:end]) // letters in either case are the same address
	s.emails.add(h, start, end)
	if s.parts != nil {
		s.mailPart(start, end)
	}
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

// authorship are the words before an address that its owner made public: in
// git's log and trailers (git-interpret-trailers), kernel's MAINTAINERS,
// Debian's control files, copyright lines and manifests of packages.
var authorship = newLexicon("author", "committer", "signed-off-by", "co-authored-by", "co-developed-by", "reviewed-by", "acked-by", "tested-by", "reported-by", "suggested-by", "helped-by",
	"cc: stable", "maintainer", "uploaders", "copyright", "(c)", "contributor", "changed-by", "merge pull", "commit ", "cherry picked", "posted by", "translator", "last-translator")

// isPublicAuthor reports that the line of an address says that it is of
// somebody who wrote public text: such lists are in every repository.
func (s *scanner) isPublicAuthor(start, end int) bool {
	text := s.text
	from := start
	for from > 0 && start-from < 96 && text[from-1] != '\n' {
		from--
	}
	line := text[from:start]
	s.steps += start - from
	if authorship.in(line) {
		return true
	}
	if r := &s.roster.records; r.public > 0 && start-r.public < 2000 {
		return true // in the manifest's list of authors
	}
	if from > 0 && text[from-1] != '\n' || len(line) == 0 {
		return s.startsAsAuthors()
	}
	switch {
	case isCommit(line), // git log --oneline with addresses
		hasPrefix(line, 0, " -- "), // Debian's changelog
		hasPrefix(line, 0, "M:"), hasPrefix(line, 0, "R:"), hasPrefix(line, 0, "P:"):
		return true
	case len(line) > 12 && line[0] == '*' && line[1] == ' ' && isWeekday(line[2:]), // RPM's changelog
		len(line) > 12 && isDateCell(line[:10]) && line[10] == ' ' && line[11] == ' ': // GNU's ChangeLog
		return true
	case isShortlog(line):
		return true
	}
	if s.isMailmap(start, end) {
		return true
	}
	return s.startsAsAuthors()
}

// isMailmap reports an address of git's .mailmap: two in angle brackets and
// nothing between them but a name.
func (s *scanner) isMailmap(start, end int) bool {
	text := s.text
	name := func(c byte) bool { return class[c]&isAlpha != 0 || c == ' ' || c >= 0x80 }
	if start > 1 && text[start-1] == '<' {
		k := start - 1
		for k > 0 && start-k < 64 && name(text[k-1]) {
			k--
		}
		if k > 0 && k < start-1 && text[k-1] == '>' {
			return true
		}
	}
	if end+2 < len(text) && text[end] == '>' && text[end+1] == ' ' {
		k := end + 1
		for k < len(text) && k-end < 64 && name(text[k]) {
			k++
		}
		return k < len(text) && text[k] == '<'
	}
	return false
}

// startsAsAuthors reports that the text says at its beginning that it is a
// project's list of authors.
func (s *scanner) startsAsAuthors() bool {
	if s.authors == 0 {
		head := s.text[:min(len(s.text), 300)]
		s.authors = 1
		if authorsFile.in(head) {
			s.authors = 2
		}
	}
	return s.authors == 2
}

var authorsFile = newLexicon("# authors", "authors\n", "authors:", "authors of", "authors for copyright", "contributors\n", "# contributors", "contributors:", "contributors to", "# maintainers", "maintainers\n", "list of maintainers", "# credits", "the following people have contributed", "codeowners")

// isCommit reports a line that begins with a commit's hash, as git's log does.
func isCommit(line []byte) bool {
	n, digits := 0, 0
	for n < len(line) && class[line[n]]&isHex != 0 {
		if class[line[n]]&isDigit != 0 {
			digits++
		}
		n++
	}
	return n >= 7 && n <= 64 && digits > 0 && n < len(line) && (line[n] == ' ' || line[n] == '\t' || line[n] == '|') && digits < n
}

// isShortlog reports the count before a name in git shortlog -sne.
func isShortlog(line []byte) bool {
	i := 0
	for i < len(line) && line[i] == ' ' {
		i++
	}
	n := i
	for n < len(line) && class[line[n]]&isDigit != 0 {
		n++
	}
	return n > i && n-i <= 6 && n < len(line) && line[n] == '\t' && len(line) > 3 && line[len(line)-1] == '<'
}

func isWeekday(v []byte) bool {
	for _, d := range [...]string{"Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "} {
		if hasPrefix(v, 0, d) {
			return true
		}
	}
	return false
}
