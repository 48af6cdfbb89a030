package detect

// records collects people that are written key by key: JSON objects, YAML,
// vCards, LDIF, "Key: value" blocks. A key that comes again begins the next.
type records struct {
	open  personRow
	sure  bool   // a key said that it is a person
	word  Word   // what is known of the person, by the first key that says so
	hr    Word   // likewise, of HR's
	kinds fields // of the keys that were seen
	last  int    // where the last field ended
	// public is where the list of a package's authors began, 0 if there is none.
	public int

	contacts, staff tally
}

// maxApart is how far the fields of one record may stand apart, in bytes.
const maxApart = 600

// keyed takes in the key that ends with the colon at i, if it is one of a person's.
func (s *scanner) keyed(i int) {
	text := s.text
	to := i
	quoted := to > 0 && (text[to-1] == '"' || text[to-1] == '\'')
	if quoted {
		if to--; to > 0 && text[to-1] == '\\' {
			to--
		}
	}
	for to > 0 && (text[to-1] == '*' || text[to-1] == ' ') && i-to < 3 {
		to--
	}
	if to < 2 || !fieldEnd.has(lower(text[to-2]), lower(text[to-1])) {
		return
	}
	from := to
	for from > 0 && to-from < 32 && (class[text[from-1]]&isWord != 0 || text[from-1] >= 0x80 || text[from-1] == ' ' || text[from-1] == '-') {
		from--
	}
	for from < to && (text[from] == ' ' || text[from] == '-') {
		from++
	}
	s.steps += to - from
	if !quoted && from > 0 {
		// Without quotes a key begins its line, its object or its flow mapping.
		switch p := text[from-1]; {
		case p == '\n' || p == '*' || p == '{' || p == ',' || p == ' ' || p == '\t' || p == '-' || p == '|' || p == ';' || p == '=':
		default:
			return
		}
	}
	m, word := s.field(from, to)
	if m == 0 {
		return
	}
	r := &s.roster.records
	v := i + 1
	for v < len(text) && v-i < 4 && (text[v] == ' ' || text[v] == '\t' || text[v] == '*' || text[v] == ':') {
		v++
	}
	if m&fieldAuthor != 0 {
		r.public = i
		return
	}
	if m&fieldThing != 0 {
		r.flush()
		r.open = personRow{sample: true}
		r.last = i
		return
	}
	end := v
	if v < len(text) && (text[v] == '"' || text[v] == '\'') {
		q := text[v]
		v++
		for end = v; end < len(text) && end-v <= maxHeading && text[end] != q && text[end] != '\n'; end++ {
		}
	} else {
		for end = v; end < len(text) && end-v <= maxHeading && text[end] != '\n' && text[end] != '\r' && text[end] != ',' && text[end] != '}' && text[end] != ';'; end++ {
		}
	}
	s.steps += end - v
	if end == v || end-v > maxHeading || isSwapped(text, v, end) {
		return
	}
	if r.open.has&m != 0 && m&(namesPerson|fieldStaffID) != 0 || r.last > 0 && i-r.last > maxApart {
		r.flush()
	}
	if r.open.start == 0 && r.open.has == 0 {
		r.open.start = from
	}
	if s.parts != nil {
		s.recordPart(m, v, end)
	}
	before := r.open.has
	r.open.learn(m, text[v:end], true)
	r.last = end
	if r.open.has == before {
		return
	}
	r.open.end = end
	r.sure = r.sure || m&(fieldName|fieldFirst|fieldLast|fieldStaffID|fieldBirth|fieldHired|fieldEmail) != 0
	if m&reaches != 0 && r.word == 0 {
		r.word = word
	}
	if m&onlyHR != 0 || m&alsoHR != 0 && r.hr == 0 {
		r.hr = word
	}
}

// flush counts the open record, if it is a person's, and opens another.
func (r *records) flush() {
	o := r.open
	if o.has&(namesPerson|fieldStaffID) != 0 && !o.sample {
		count := func(t *tally, word Word) {
			t.add(o.id, o.start, o.end)
			t.word = word
			if o.given {
				t.given++
			}
			if r.sure {
				t.sure++
			}
		}
		if o.has&reaches != 0 && o.has&namesPerson != 0 {
			count(&r.contacts, r.word)
		}
		if isHR(o.has) {
			r.staff.weak = o.has&onlyHR == 0
			count(&r.staff, r.hr)
		}
	}
	r.open, r.sure, r.word, r.hr = personRow{}, false, 0, 0
}
