package detect

import "bytes"

// Secrets whose name stands somewhere else than right before them: over their
// column, in the manifest they are part of, or nowhere, as in .pgpass.

// secretColumns looks at the tables with a column for passwords or tokens.
func (s *scanner) secretColumns() {
	for k := range s.tables.n {
		t := &s.tables.list[k]
		var columns [maxColumns]says
		var heads [maxColumns]span
		any := false
		c := s.cells(t, int(t.start))
		for n := 0; n < maxColumns && c.next(); n++ {
			heads[n] = span{int32(c.from), int32(c.to)}
			if columns[n] = nameRole(s.text[c.from:c.to]); columns[n].role != noSecret && columns[n].role != aKey {
				any = true
			}
		}
		for line := c.end + 1; any && line < int(t.end); line = c.end + 1 {
			c = s.cells(t, line)
			if c.end == line { // an empty line
				continue
			}
			for n := 0; n < maxColumns && c.next(); n++ {
				if columns[n].role == noSecret || columns[n].role == aKey || c.to-c.from < 6 {
					continue
				}
				s.taken = 0
				s.value(given{at: c.from, nameAt: int(heads[n].from), nameEnd: int(heads[n].to), said: columns[n], where: Column})
			}
			if c.end < len(s.text) && s.text[c.end] == '\r' {
				c.end++
			}
		}
	}
	s.taken = 0
}

// manifestReach is how far behind "kind: Secret" its data is read.
const manifestReach = 4096

var inManifest = say("kind: Secret")

// manifest looks at the data of a Kubernetes Secret, whose kind: is at i: each
// value is base64 of a secret, whatever its name is.
func (s *scanner) manifest(i int) {
	text := s.text
	if i < s.ahead {
		return // its data belongs to the one before, or isn't there
	}
	end := min(len(text), i+manifestReach)
	if k := bytes.Index(text[i:end], []byte("\n---")); k >= 0 {
		end = i + k
	}
	s.steps += end - i
	at := bytes.Index(text[i:end], []byte("\ndata:"))
	if s.ahead = end; at < 0 {
		return
	}
	s.ahead = i + at
	for line := i + at + len("\ndata:"); line < end && text[line] == '\n'; {
		next := end
		if k := bytes.IndexByte(text[line+1:end], '\n'); k >= 0 {
			next = line + 1 + k
		}
		v := text[line+1 : next]
		colon := bytes.IndexByte(v, ':')
		if len(v) == 0 || v[0] != ' ' || colon < 0 {
			return
		}
		from := line + 1 + colon + 1
		for from < next && (text[from] == ' ' || text[from] == '"') {
			from++
		}
		to := s.stretch(from, isBase64, maxValue)
		for to < next && text[to] == '=' {
			to++
		}
		if to-from >= 10 && (to == next || text[to] == '"' || text[to] == '\r') && varied(text[from:to]) && !isPlaceholder(text[from:to]) && lookAt(text[from:to]).surprises >= 2 {
			s.add(SecretAssignment, ClassSecret, Medium, from, to, Why{Length: to - from, Near: inManifest, Where: Before, Distance: characters(text[i:from])})
		}
		line = next
	}
}

var pgpassLine = say("a line of .pgpass")

// pgpass looks at host:port:database:user:password, whose first colon is at i.
func (s *scanner) pgpass(i int) bool {
	text := s.text
	port := s.stretch(i+1, isDigit, 6)
	if port == i+1 || port >= len(text) || text[port] != ':' {
		return false
	}
	j := port
	for range 2 {
		k := s.stretch(j+1, isToken, 64)
		if k == j+1 && k < len(text) && text[k] == '*' {
			k++
		} else if k == j+1 || class[text[j+1]]&isAlpha == 0 {
			return false
		}
		if k >= len(text) || text[k] != ':' {
			return false
		}
		j = k
	}
	from, end := j+1, s.valueEnd(j+1, 0, false, 100)
	if end < len(text) && text[end] > ' ' {
		return false
	}
	v := text[from:end]
	if l := lookAt(v); len(v) < 6 || isReference(v) || isWeakPassword(v) || !chosen(v, l) && !rare(v, l) {
		return false
	}
	s.add(PasswordAssignment, ClassSecret, High, from, end, Why{Length: len(v), Form: pgpassLine})
	s.taken = end
	return true
}
