package detect

import "bytes"

// A table is a run of lines with the same number of the same delimiter: CSV,
// TSV, a pasted spreadsheet, Markdown.
type table struct {
	start, end int32 // of its lines, the header's included
	lines      int32
	columns    int16
	delimiter  byte
}

// Bounds that keep the tables of a text in a fixed array and every look short.
const (
	maxTables  = 64
	maxColumns = 32
	maxRow     = 4096 // bytes in a line
	maxHeading = 64   // bytes in a header's cell
)

// tables is what the look over the lines found, and where header looked last.
type tables struct {
	list [maxTables]table
	n    int

	at       int // the table whose headings these are, from 1
	headings [maxColumns]span
	line     int // where the row starts that header was last asked for
	row      cellReader
	begin    int // of the row's current cell
	column   int // its number
}

type span struct{ from, to int32 }

// layout looks over the lines for tables and lists of people, before the pass
// over the words: a value's meaning may stand in the header of its column.
func (s *scanner) layout() {
	text := s.text
	var has delimiters
	for k, d := range delimiterBytes {
		has[k] = bytes.IndexByte(text, d) >= 0
	}
	if !has.any() && bytes.IndexByte(text, '\n') < 0 {
		return
	}
	var run table
	var gap bool
	for i := 0; i < len(text); {
		end, next := len(text), len(text)
		if k := bytes.IndexByte(text[i:], '\n'); k >= 0 {
			end, next = i+k, i+k+1
		}
		if end > i && text[end-1] == '\r' {
			end--
		}
		line := text[i:end]
		start := i
		i = next
		if len(line) > maxRow {
			s.endOfTable(&run)
			continue
		}
		if len(line) >= minPhoneLine && class[line[len(line)-1]]&isDigit != 0 {
			s.phoneLine(start, end)
		}
		d, n := has.of(line)
		switch {
		case run.lines > 0 && d == run.delimiter && (n == int(run.columns)-1 || n > int(run.columns)-1 && unquoted(line, d) == int(run.columns)-1):
			run.lines++
			run.end = int32(end)
			gap = false
		case run.lines > 0 && isRuler(line) && (len(line) > 0 || !gap):
			gap = len(line) == 0
		default:
			s.endOfTable(&run)
			gap = false
			if n > 0 {
				run = table{start: int32(start), end: int32(end), lines: 1, columns: int16(n) + 1, delimiter: d}
			}
		}
	}
	s.endOfTable(&run)
	s.steps += len(text)
}

// delimiters says which of delimiterBytes a text has at all.
type delimiters [4]bool

// delimiterBytes are in order: a line with tabs is split there whatever commas
// it has.
var delimiterBytes = [...]byte{'\t', '|', ';', ','}

func (h *delimiters) any() bool { return h[0] || h[1] || h[2] || h[3] }

// of returns the delimiter of a line and how many there are between its cells.
func (h *delimiters) of(line []byte) (d byte, n int) {
	for len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
		line = line[1:]
	}
	if len(line) < 3 {
		return 0, 0
	}
	for k, d := range delimiterBytes {
		if !h[k] {
			continue
		}
		n := bytes.Count(line, delimiterBytes[k:k+1])
		if n == 0 {
			continue
		}
		if d != '\t' {
			if d == '|' && line[0] == d {
				n--
			}
			if t := bytes.TrimRight(line, " "); t[len(t)-1] == d {
				n--
			}
		}
		if n > 0 {
			return d, n
		}
	}
	return 0, 0
}

// unquoted counts the delimiters outside quotes, -1 where quotes are left open.
func unquoted(line []byte, d byte) (n int) {
	in := false
	for _, c := range line {
		if c == '"' {
			in = !in
		} else if c == d && !in {
			n++
		}
	}
	if in {
		return -1
	}
	return n
}

// isRuler reports a line that only draws: Markdown's |---|---|, MySQL's +----+,
// or an empty one.
func isRuler(line []byte) bool {
	for _, c := range line {
		switch c {
		case '-', '+', '=', '|', ':', ' ', '\t':
		default:
			return false
		}
	}
	return true
}

// endOfTable keeps a run of lines that is a table, and clears it.
func (s *scanner) endOfTable(run *table) {
	t := *run
	run.lines = 0
	if t.lines < 2 {
		return
	}
	header := s.isHeader(&t)
	if header && s.tables.n < maxTables {
		s.tables.list[s.tables.n] = t
		s.tables.n++
	}
	if t.lines >= minStaff {
		s.people(&t, header)
	}
}

// isHeader reports whether the table's first line names its columns: short
// cells with letters and hardly a digit, and no sentence.
func (s *scanner) isHeader(t *table) bool {
	c := s.cells(t, int(t.start))
	named := 0
	for k := 0; k < int(t.columns) && c.next(); k++ {
		v := s.text[c.from:c.to]
		if len(v) > maxHeading || bytes.IndexByte(v, '@') >= 0 {
			return false
		}
		letters, digits := 0, 0
		for _, b := range v {
			if class[b]&isDigit != 0 {
				digits++
			} else if class[b]&isAlpha != 0 || b >= 0x80 {
				letters++
			}
		}
		if digits > 2 && digits >= letters || len(v) > 0 && v[len(v)-1] == '.' {
			return false
		}
		if letters >= 2 {
			named++
		}
	}
	// "Dear Ana, thanks" over another line with one comma is no table.
	if t.delimiter == ',' && t.columns == 2 && hasPrefix(s.text, c.first, ", ") {
		return false
	}
	return named*2 >= int(t.columns)
}

// header returns where the header of the column stands that the value at i is
// in; from == to when it is in no table. It is asked for values in the order
// of the text, and goes on from the last one.
func (s *scanner) header(i int) (from, to int) {
	t := &s.tables
	k := max(t.at-1, 0)
	for k > 0 && int(t.list[k].start) > i {
		k--
	}
	for k < t.n && int(t.list[k].end) <= i {
		k++
	}
	if k >= t.n || int(t.list[k].start) > i {
		return 0, 0
	}
	tab := &t.list[k]
	if t.at != k+1 {
		t.at = k + 1
		t.row = cellReader{}
		t.headings = [maxColumns]span{}
		c := s.cells(tab, int(tab.start))
		for n := 0; n < maxColumns && c.next(); n++ {
			t.headings[n] = span{int32(c.from), int32(c.to)}
		}
	}
	if t.row.end == 0 || i < t.begin || i > t.row.end {
		line := max(int(tab.start), i-maxRow)
		line += bytes.LastIndexByte(s.text[line:i], '\n') + 1
		s.steps += i - line
		t.line, t.begin, t.column = line, line, 0
		t.row = s.cells(tab, line)
		t.row.next()
	}
	if t.line == int(tab.start) {
		return 0, 0 // the header itself
	}
	for i >= t.row.pos {
		begin := t.row.pos
		if !t.row.next() {
			return 0, 0
		}
		s.steps += t.row.pos - begin
		t.begin = begin
		t.column++
	}
	if t.column >= maxColumns {
		return 0, 0
	}
	h := t.headings[t.column]
	return int(h.from), int(h.to)
}

// cellReader reads the cells of one line.
type cellReader struct {
	text      []byte
	pos, end  int
	first     int // the first delimiter, for isHeader
	from, to  int // the cell, without quotes and space around
	delimiter byte
}

// cells reads the cells of the line at i.
func (s *scanner) cells(t *table, i int) cellReader {
	end := int(t.end)
	if k := bytes.IndexByte(s.text[i:end], '\n'); k >= 0 {
		end = i + k
	}
	if end > i && s.text[end-1] == '\r' {
		end--
	}
	c := cellReader{text: s.text, pos: i, end: end, delimiter: t.delimiter}
	if t.delimiter == '|' {
		for i < end && (s.text[i] == ' ' || s.text[i] == '\t') {
			i++
		}
		if i < end && s.text[i] == '|' {
			c.pos = i + 1
		}
	}
	return c
}

// next moves on to the next cell; pos is then where the one behind it starts.
func (c *cellReader) next() bool {
	if c.pos > c.end {
		return false
	}
	i := c.pos
	for i < c.end && (c.text[i] == ' ' || c.text[i] == '\t' && c.delimiter != '\t') {
		i++
	}
	stop := i
	if i < c.end && c.text[i] == '"' {
		for stop++; stop < c.end && c.text[stop] != '"'; stop++ {
		}
	}
	if k := bytes.IndexByte(c.text[stop:c.end], c.delimiter); k >= 0 {
		stop += k
	} else {
		stop = c.end
	}
	if c.first == 0 {
		c.first = stop
	}
	c.pos = stop + 1
	for stop > i && c.text[stop-1] == ' ' {
		stop--
	}
	// ('Ana Rossi', '+44 ...') of SQL and tuples in code.
	if i+1 < stop && c.text[i] == '(' && isWrap(c.text[i+1]) {
		i++
	}
	for stop > i+1 && (c.text[stop-1] == ')' || c.text[stop-1] == ',' || c.text[stop-1] == ';') && (isWrap(c.text[stop-2]) || c.text[stop-2] == ')') {
		stop--
	}
	for i < stop && isWrap(c.text[i]) {
		i++
	}
	for stop > i && isWrap(c.text[stop-1]) {
		stop--
	}
	c.from, c.to = i, stop
	return true
}

// isWrap reports what may be around the text of a cell: quotes, and the
// brackets of a tuple or list in code.
func isWrap(b byte) bool {
	switch b {
	case '"', '\'', '[', ']', '{', '}', '*', '`', ' ':
		return true
	}
	return false
}
