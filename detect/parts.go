package detect

import (
	"bytes"
	"context"
)

// PartKind says what a part of a list is.
type PartKind uint8

// The kinds of parts.
const (
	PartPerson  PartKind = iota + 1 // a name
	PartEmail                       // an e-mail address
	PartPhone                       // a phone number
	PartAddress                     // a postal address, or a piece of one
	PartBirth                       // a date of birth
	PartAmount                      // what somebody is paid
	PartNote                        // a review, an absence, a diagnosis, a reason
	PartDate                        // the date somebody was hired
	PartID                          // a number that stands for a person
)

var partNames = [...]string{"", "person", "email", "phone", "address", "birth_date", "amount", "note", "date", "id"}

// String returns the kind's name.
func (k PartKind) String() string {
	if int(k) < len(partNames) {
		return partNames[k]
	}
	return ""
}

// Part is one thing of a list of people: text[Start:End] is a name, a number,
// a cell. Like a Finding it holds no text.
type Part struct {
	Start, End int
	Kind       PartKind
}

// IsList reports the detectors whose finding is about a list of people rather
// than one value: what has to be taken out of it are its Parts.
func IsList(id DetectorID) bool { return isList(id) }

// IsDocument reports findings that say what a whole text is: by its wording,
// by a marking, by being source code. Taking values out does not make another
// text of it.
func IsDocument(f Finding) bool {
	return f.Class == ClassMarking || aboutText(f.Detector) && !isList(f.Detector)
}

// Parts returns the parts of the lists of people in a text in which Scan has
// found one: cells of tables by their column, the values of records, lines
// with a phone number, addresses with the name beside them. They may overlap
// and are in no order. It takes time proportional to the text's length.
func Parts(text []byte) []Part {
	var parts []Part
	s := scanner{text: text[:min(len(text), MaxText)], parts: &parts}
	var plain *rewrite
	if first := ascii(s.text); first < len(s.text) {
		plain, _ = normalise(context.Background(), s.text, first, &s.steps)
	}
	if plain != nil {
		defer plain.release()
		s.text = plain.text
	}
	_ = s.run(context.Background()) // it is never cancelled
	s.vCards()
	if plain != nil {
		for i := range parts {
			p := &parts[i]
			p.Start, p.End = plain.back(p.Start, p.End)
		}
	}
	return parts
}

// part notes a part, where a scan is made for them.
func (s *scanner) part(m fields, from, to int) {
	if s.parts == nil || to <= from {
		return
	}
	var k PartKind
	switch m &^= fieldThing; {
	case m&namesPerson != 0:
		k = PartPerson
	case m&fieldEmail != 0:
		k = PartEmail
	case m&fieldPhone != 0:
		k = PartPhone
	case m&fieldAddress != 0:
		k = PartAddress
	case m&fieldBirth != 0:
		k = PartBirth
	case m&fieldPay != 0:
		k = PartAmount
	case m&(onlyHR|fieldRating) != 0:
		k = PartNote
	case m&fieldHired != 0:
		k = PartDate
	case m&(fieldStaffID|fieldNational) != 0:
		k = PartID
	default:
		return // a department or a grade stays, so that the text still makes sense
	}
	*s.parts = append(*s.parts, Part{from, to, k})
}

// rowParts notes the cells of a row that are about its person.
func (s *scanner) rowParts(t *table, i, columns int, kinds *[maxColumns]columnKind) {
	c := s.cells(t, i)
	for k := 0; k < columns && c.next(); k++ {
		if m := kinds[k].means; m != 0 {
			s.part(m, c.from, c.to)
		}
	}
}

// recordPart notes the value of a key, if it is what the key says.
func (s *scanner) recordPart(m fields, from, to int) {
	var r personRow
	if r.learn(m, s.text[from:to], true); r.has != 0 || r.sample {
		s.part(m, from, to)
	}
}

// mailPart notes an address and the name in front of it: Ana Rossi <ana@...>.
func (s *scanner) mailPart(start, end int) {
	s.part(fieldEmail, start, end)
	text, to := s.text, start
	if to == 0 || text[to-1] != '<' && text[to-1] != '(' {
		return
	}
	to--
	for to > 0 && (text[to-1] == ' ' || text[to-1] == '"' || text[to-1] == '\'') {
		to--
	}
	from := to
	for from > 0 && to-from < maxPersonName && (class[text[from-1]]&isAlpha != 0 || text[from-1] >= 0x80 || bytes.IndexByte([]byte(" .'-"), text[from-1]) >= 0) {
		from--
	}
	for from < to && (text[from] == ' ' || text[from] == '-' || text[from] == '.' || text[from] == '\'') {
		from++
	}
	if nameIn(text[from:to]).ok {
		s.part(fieldName, from, to)
	}
}

// vCards notes the properties of vCards (RFC 6350) that no key of a record
// stands for: N with its pieces, ADR, and those with parameters.
func (s *scanner) vCards() {
	text := s.text
	in := false
	for i := 0; i < len(text); {
		end := len(text)
		if k := bytes.IndexByte(text[i:], '\n'); k >= 0 {
			end = i + k
		}
		line := bytes.TrimRight(text[i:end], "\r")
		switch {
		case hasPrefixFold(line, 0, "begin:vcard"):
			in = true
		case hasPrefixFold(line, 0, "end:vcard"):
			in = false
		case in:
			if colon := bytes.IndexByte(line, ':'); colon > 0 {
				name, _, _ := bytes.Cut(line[:colon], []byte(";"))
				s.part(vCardFields[string(name)], i+colon+1, i+len(line))
			}
		}
		i = end + 1
	}
}

var vCardFields = map[string]fields{"N": fieldName, "FN": fieldName, "NICKNAME": fieldName, "ADR": fieldAddress, "LABEL": fieldAddress,
	"TEL": fieldPhone, "EMAIL": fieldEmail, "IMPP": fieldEmail, "BDAY": fieldBirth, "NOTE": fieldReview, "PHOTO": fieldReview}

// isSwapped reports that text[from:to] is what redact puts in the place of a
// value, such as [PERSON_k7f2], with or without its brackets: that is nobody's
// name and nobody's address.
func isSwapped(text []byte, from, to int) bool {
	if from > 0 && to < len(text) && text[from-1] == '[' && text[to] == ']' {
		from, to = from-1, to+1
	}
	v := text[from:to]
	if len(v) < 5 || v[0] != '[' || v[len(v)-1] != ']' || class[v[1]]&isUpper == 0 {
		return false
	}
	i := 1
	for i < len(v) && (class[v[i]]&isUpper != 0 || v[i] == '_') {
		i++
	}
	if v[i-1] != '_' {
		return false
	}
	for _, c := range v[i : len(v)-1] {
		if class[c]&(isDigit|isLower) == 0 {
			return false
		}
	}
	return len(v)-1 > i
}
