package detect

import "bytes"

const (
	// ContactTable finds tables and lists of many people with how to reach them.
	ContactTable DetectorID = "contact_table"
	// PhoneList finds lines of names and phone numbers.
	PhoneList DetectorID = "phone_list"
	// HRTable finds what an employer knows of several people.
	HRTable DetectorID = "hr_table"
)

// minStaff is how many people make an HR table; a list of contacts needs
// bulkThreshold.
const minStaff = 3

// tally counts the distinct people of one kind of list, and keeps where they
// stand and the word that says what is known of them.
type tally struct {
	seen       distinct
	start, end int
	rows       int
	given      int // rows with a known first name
	sure       int // rows that are people by their headers or keys
	word       Word
	weak       bool // no word that is only HR's
}

func (t *tally) add(h uint64, start, end int) {
	if t.rows == 0 {
		t.start = start
	}
	t.end = max(t.end, end)
	t.rows++
	t.seen.add(h)
}

// merge adds the rows of a table that was judged as a whole.
func (t *tally) merge(from *tally) {
	if t.rows == 0 {
		t.start, t.word, t.weak = from.start, from.word, from.weak
	}
	t.end = max(t.end, from.end)
	t.rows += from.rows
	for _, h := range from.seen.all() {
		if h != 0 {
			t.seen.add(h)
		}
	}
}

// roster is what the text holds of people.
type roster struct {
	contacts, staff tally // of tables
	lines           tally // of names and phone numbers
	records         records
}

var (
	unitPeople    = say("people")
	unitAddresses = say("addresses")
	inATable      = say("in a table")
	inRecords     = say("in records")
	inLines       = say("in lines")
)

// columnKind is what a column of a table holds, by its header or its cells.
type columnKind struct {
	means fields
	say   Word
	named bool
}

// sampleRows is how many rows say what a column holds that no header names.
const sampleRows = 12

// people looks for contacts and staff in a table.
func (s *scanner) people(t *table, header bool) {
	var kinds [maxColumns]columnKind
	var all fields
	columns := min(int(t.columns), maxColumns)
	body := int(t.start)
	if header {
		c := s.cells(t, body)
		for k := 0; k < columns && c.next(); k++ {
			kinds[k].means, kinds[k].say = s.field(c.from, c.to)
			kinds[k].named = kinds[k].means != 0
			all |= kinds[k].means
		}
		body = s.nextLine(body, int(t.end))
	}
	rows := int(t.lines)
	if header {
		rows--
	}
	if all&fieldThing != 0 && all&(fieldStaffID|fieldPay|fieldName) == 0 || rows < minStaff || rows < bulkThreshold && all&(onlyHR|alsoHR|namesPerson) == 0 && t.columns < 3 {
		return
	}
	if all&namesPerson == 0 || all&^namesPerson == 0 {
		all |= s.contents(t, body, columns, &kinds, all&onlyHR != 0 || rows >= bulkThreshold)
	}
	hr := isHR(all)
	if !hr && all&fieldEmail != 0 && s.parts == nil && s.hasAddresses(t, body, columns, &kinds) {
		return // they are counted one by one
	}
	if all&(namesPerson|fieldStaffID) == 0 || !hr && (rows < bulkThreshold || all&reaches == 0) {
		return
	}
	var contacts, staff tally
	persons, given, paid := 0, 0, 0
	for i := body; i < int(t.end); i = s.nextLine(i, int(t.end)) {
		r := s.row(t, i, columns, &kinds)
		if r.has&(namesPerson|fieldStaffID) == 0 || r.sample {
			continue
		}
		persons++
		if r.given {
			given++
		}
		if r.has&(onlyHR|alsoHR) != 0 {
			paid++
			staff.add(r.id, r.start, r.end)
		}
		if r.has&reaches != 0 {
			contacts.add(r.id, r.start, r.end)
		}
	}
	s.steps += int(t.end) - body
	// That they are people is said by a header, or by names that are known.
	sure := all&(fieldName|fieldFirst|fieldLast|fieldStaffID|fieldHired|fieldBirth|fieldEmail) != 0 || all&fieldCustomer != 0 && all&(fieldEmail|fieldPhone) != 0 ||
		all&(fieldPost|fieldReview|fieldAbsence|fieldPrivate|fieldLeaving) != 0 && all&(fieldPay|fieldReview|fieldAbsence|fieldPrivate|fieldLeaving) != 0
	known := given >= 2 && given*5 >= persons
	if persons*2 < rows || !sure && !known {
		return
	}
	if all&fieldThing != 0 && all&fieldStaffID == 0 && !known {
		return
	}
	for k := range kinds[:columns] {
		m := kinds[k].means
		switch {
		case m&onlyHR != 0 && (staff.word == 0 || staff.weak):
			staff.word, staff.weak = kinds[k].say, false
		case m&alsoHR != 0 && staff.word == 0:
			staff.word, staff.weak = kinds[k].say, true
		}
		if m&reaches != 0 && contacts.word == 0 {
			contacts.word = kinds[k].say
		}
	}
	if s.parts != nil {
		for i := body; i < int(t.end); i = s.nextLine(i, int(t.end)) {
			s.rowParts(t, i, columns, &kinds)
		}
	}
	if hr && paid >= minStaff {
		s.roster.staff.merge(&staff)
	}
	if contacts.rows > 0 {
		s.roster.contacts.merge(&contacts)
	}
}

// isHR reports whether these fields together are what only an employer holds.
func isHR(f fields) bool {
	if f&onlyHR != 0 || f&fieldRating != 0 && f&(fieldStaffID|fieldHired|fieldPost|fieldBirth|fieldNational) != 0 && f&fieldThing == 0 {
		return true
	}
	n := 0
	for x := f & alsoHR; x != 0; x &= x - 1 {
		n++
	}
	return n >= 2 && f&(fieldBirth|fieldHired|fieldStaffID|fieldNational) != 0
}

// hasAddresses reports whether the first rows have an e-mail address each.
func (s *scanner) hasAddresses(t *table, body, columns int, kinds *[maxColumns]columnKind) bool {
	for i, n := body, 0; i < int(t.end) && n < 3; i, n = s.nextLine(i, int(t.end)), n+1 {
		if r := s.row(t, i, columns, kinds); r.has&fieldEmail == 0 && !isRuler(s.text[i:s.lineEnd(i, int(t.end))]) {
			return false
		}
	}
	return true
}

func (s *scanner) nextLine(i, end int) int {
	if k := bytes.IndexByte(s.text[i:end], '\n'); k >= 0 {
		return i + k + 1
	}
	return end
}

// contents says of the columns that no header names what their cells hold. A
// few names are enough to go on where the table is long or has HR's headers.
func (s *scanner) contents(t *table, body, columns int, kinds *[maxColumns]columnKind, few bool) (all fields) {
	if !few && all&(namesPerson|fieldStaffID) == 0 && !s.reviewed(t, body, columns, kinds) {
		return 0
	}
	type counts struct{ filled, names, given, single, mails, phones, reviews, streets int }
	var n [maxColumns]counts
	rows := 0
	for i := body; i < int(t.end) && rows < sampleRows; i = s.nextLine(i, int(t.end)) {
		if isRuler(s.text[i:s.lineEnd(i, int(t.end))]) {
			continue
		}
		rows++
		c := s.cells(t, i)
		for k := 0; k < columns && c.next(); k++ {
			v := s.text[c.from:c.to]
			if kinds[k].named || len(v) < 2 || len(v) > 80 {
				continue
			}
			n[k].filled++
			if class[v[0]]&isUpper != 0 || v[0] >= 0x80 {
				if l := nameIn(v); l.ok {
					n[k].names++
					if l.given {
						n[k].given++
					}
					if l.words == 1 {
						n[k].single++
					}
				}
			}
			if isPhone(v, false) {
				n[k].phones++
			} else if ok, _ := mailIn(v); ok {
				n[k].mails++
			} else if reviewWords.at(v, 0) {
				n[k].reviews++
			} else if isStreet(v) {
				n[k].streets++
			}
		}
		s.steps += c.end - i
		if rows == fewRows { // enough to see that there are no people
			any := false
			for k := range n[:columns] {
				any = any || n[k].names >= 2 && few || n[k].reviews > 0 || kinds[k].means&(namesPerson|fieldStaffID) != 0
			}
			if !any {
				return 0
			}
		}
	}
	for k := range n[:columns] {
		most := func(x int) bool { return n[k].filled > 0 && 10*x >= 7*rows }
		var m fields
		switch x := &n[k]; {
		case kinds[k].named:
		case most(x.mails):
			m = fieldEmail
		case most(x.phones):
			m = fieldPhone
		case most(x.reviews):
			m = fieldReview
		case most(x.streets):
			m = fieldAddress
		case most(x.names) && 2*x.given >= rows && 2*x.single < rows:
			m = fieldAnyName
		case most(x.names) && 2*x.given >= rows && all&fieldFirst == 0:
			m = fieldFirst
		case most(x.names) && k > 0 && kinds[k-1].means == fieldFirst:
			m = fieldLast
		}
		kinds[k].means = m | kinds[k].means
		all |= m
	}
	return all
}

// fewRows is how many rows say that a table has nothing of people.
const fewRows = 3

// reviewed reports whether the result of an appraisal stands in a cell of the
// first rows that no header names.
func (s *scanner) reviewed(t *table, body, columns int, kinds *[maxColumns]columnKind) bool {
	rows := 0
	for i := body; i < int(t.end); i = s.nextLine(i, int(t.end)) {
		if isRuler(s.text[i:s.lineEnd(i, int(t.end))]) {
			continue
		}
		c := s.cells(t, i)
		s.steps += c.end - i
		for k := 0; k < columns && c.next(); k++ {
			if !kinds[k].named && c.from < c.to && reviewWords.at(s.text[c.from:c.to], 0) {
				return true
			}
		}
		if rows++; rows == fewRows {
			return false
		}
	}
	return true
}

func (s *scanner) lineEnd(i, end int) int {
	if k := bytes.IndexByte(s.text[i:end], '\n'); k >= 0 {
		return i + k
	}
	return end
}

var streets = newLexicon("street", "st.", "road", "rd", "ave", "lane", "drive", "strasse", "straße", "str.", "weg ", "platz", "allee", "rue ", "boulevard", "calle ", "avenida", "via ", "viale", "piazza", "rua ", "ulica", "ul.",
	"straat", "laan", "gatan", "vej ", "gade", "katu", "close", "court", "square", "highway")

// isStreet reports the first line of an address: a house number and a word for
// a street.
func isStreet(v []byte) bool {
	digit := false
	for _, c := range v {
		digit = digit || class[c]&isDigit != 0
	}
	return digit && len(v) >= 8 && streets.in(v)
}

// personRow is what one row says about one person.
type personRow struct {
	has        fields
	id         uint64 // a hash of the name, or of the number
	given      bool
	sample     bool // documentation's
	start, end int
}

// row reads the row at i.
func (s *scanner) row(t *table, i, columns int, kinds *[maxColumns]columnKind) (r personRow) {
	c := s.cells(t, i)
	r.start, r.end = i, c.end
	for k := 0; k < columns && c.next(); k++ {
		if m := kinds[k].means; m != 0 && c.to > c.from && !isSwapped(s.text, c.from, c.to) {
			r.learn(m, s.text[c.from:c.to], kinds[k].named)
		}
	}
	return r
}

// learn takes in one cell or value.
func (r *personRow) learn(means fields, v []byte, named bool) {
	m := means &^ fieldThing
	switch {
	case m&namesPerson != 0:
		l := nameIn(v)
		if !l.ok {
			r.sample = r.sample || isPlaceholderName(v)
			if m != fieldCustomer || len(v) > maxHeading || len(v) < 3 {
				return
			}
		}
		r.given = r.given || l.given
		r.id = r.id*31 + hashFold(v)
	case m == fieldStaffID:
		if len(v) > 24 {
			return
		}
		if r.has&namesPerson == 0 {
			r.id = r.id*31 + hashFold(v)
		}
	case m == fieldPhone:
		if !isPhone(v, named) {
			return
		}
		r.id = r.id*31 + hashFold(v)
	case m == fieldEmail:
		ok, sample := mailIn(v)
		r.sample = r.sample || sample
		if !ok {
			return
		}
	case m == fieldPay:
		if !isMoney(v) {
			return
		}
	case m == fieldBirth || m == fieldHired:
		if !isDateCell(v) && m == fieldBirth {
			return
		}
	case m == fieldAddress:
		if len(v) < 4 {
			return
		}
	}
	r.has |= m
}

// hashFold is FNV-1a without regard to case.
func hashFold(v []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range v {
		h = (h ^ uint64(lower(c))) * 1099511628211
	}
	return h
}

// Lines of a name and a phone number.
const (
	minPhoneLine = 12
	maxPhoneLine = 120
	maxPhone     = 22
)

// phoneLine counts the line if it is a name with a phone number behind it.
func (s *scanner) phoneLine(start, end int) {
	text := s.text
	if end-start > maxPhoneLine {
		return
	}
	i, digits := end, 0
	for i > start && end-i < maxPhone {
		c := text[i-1]
		if class[c]&isDigit != 0 {
			digits++
		} else if c != ' ' && c != '-' && c != '(' && c != ')' && c != '/' && c != '+' && c != '.' {
			break
		}
		i--
	}
	s.steps += end - i
	for i < end && class[text[i]]&isDigit == 0 && text[i] != '+' && text[i] != '(' {
		i++
	}
	if digits < 7 || !isPhone(text[i:end], false) {
		return
	}
	// The name is what stands before it: "- Ana Rossi (home): ".
	to := i
	for to > start && class[text[to-1]]&isAlpha == 0 && text[to-1] < 0x80 {
		to--
	}
	from := start
	for from < to && class[text[from]]&isAlpha == 0 && text[from] < 0x80 {
		from++
	}
	s.steps += to - from
	v := text[from:to]
	// A second field, such as a department or "mobile", isn't of the name.
	for k, c := range v {
		if c == ',' || c == ';' || c == ':' || c == '(' || c == '\t' || c == '|' || c == '-' && k > 0 && v[k-1] == ' ' {
			v = v[:k]
			break
		}
	}
	v = bytes.TrimRight(v, " ")
	if l := nameIn(v); l.ok && l.words >= 2 {
		s.part(fieldName, from, from+len(v))
		s.part(fieldPhone, i, end)
		t := &s.roster.lines
		t.add(hashFold(v)*31+hashFold(text[i:end]), start, end)
		if l.given {
			t.given++
		}
	}
}

// lists makes one finding of each list of people there is.
func (s *scanner) lists() {
	r := &s.roster
	if e := &s.emails; e.n >= bulkThreshold {
		s.list(EmailBulk, ClassContacts, High, e.start, e.end, Why{Length: e.count(), Unit: unitAddresses}, e.count())
	} else if n := r.contacts.seen.count(); n >= bulkThreshold {
		s.contactList(ContactTable, &r.contacts, n, inATable)
	} else if t := &r.records.contacts; t.seen.count() >= bulkThreshold && t.arePeople() {
		s.contactList(ContactTable, t, t.seen.count(), inRecords)
	} else if t := &r.lines; t.seen.count() >= bulkThreshold && t.given >= 2 && t.given*5 >= t.rows {
		s.contactList(PhoneList, t, t.seen.count(), inLines)
	}
	where := inATable
	t := &r.staff
	if k := &r.records.staff; t.seen.count() < minStaff && k.arePeople() {
		t, where = k, inRecords
	}
	if n := t.seen.count(); n >= minStaff {
		conf := High
		if t.weak {
			conf = Medium
		}
		s.list(HRTable, ClassHR, conf, t.start, t.end, whyPeople(t, n, where), n)
	}
}

// arePeople reports whether records are of people: by their keys, or because
// enough of the names are known.
func (t *tally) arePeople() bool { return 2*t.sure >= t.rows || t.given >= 2 && 4*t.given >= t.rows }

func (s *scanner) contactList(id DetectorID, t *tally, n int, where Word) {
	s.list(id, ClassContacts, High, t.start, t.end, whyPeople(t, n, where), n)
}

func whyPeople(t *tally, n int, form Word) Why {
	w := Why{Length: n, Unit: unitPeople, Form: form, Near: t.word, Where: Column}
	if form == inRecords {
		w.Where = Key
	}
	return w
}

func (s *scanner) list(id DetectorID, c Class, conf Confidence, start, end int, why Why, n int) {
	s.findings = append(s.findings, Finding{Detector: id, Class: c, Confidence: conf, Start: start, End: end, Count: n, Why: why})
}

// isList reports findings that are about a stretch of text as a whole, and so
// may enclose others.
func isList(id DetectorID) bool {
	return id == EmailBulk || id == ContactTable || id == PhoneList || id == HRTable
}
