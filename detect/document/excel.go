package document

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// maxGap is how many empty columns are kept before a cell, so that what is far
// to the right costs no more.
const maxGap = 64

// excel writes every sheet as rows with tabs, then the comments. Dates stand in
// a file as numbers of days and are written so.
func (p *pack) excel() error {
	sheets := p.parts("xl/worksheets/*.xml")
	if len(sheets) == 0 {
		return ReasonMalformed
	}
	shared := &sharedStrings{text: output{limit: maxUnpacked}}
	defer func() { clear(shared.text.b[:cap(shared.text.b)]) }()
	for _, f := range p.parts("xl/sharedstrings.xml") {
		if err := p.read(f, events{shared.start, shared.end, shared.add}); err != nil {
			return err
		}
	}
	for _, f := range sheets {
		s := sheetReader{out: p.out, shared: shared}
		if err := p.read(f, events{s.start, s.end, s.add}); err != nil {
			return err
		}
		clear(s.value[:cap(s.value)])
		p.out.write('\n')
	}
	for _, f := range p.parts("xl/comments*.xml", "xl/threadedcomments/*.xml", "xl/drawings/*.xml") {
		c := noteReader{out: p.out}
		if err := p.read(f, events{c.start, c.end, c.add}); err != nil {
			return err
		}
	}
	return nil
}

// sharedStrings are the texts of cells, which stand in a part of their own.
type sharedStrings struct {
	text output
	ends []int // where each ends in text
	in   bool
	rph  int // inside of how it is spoken
}

func (s *sharedStrings) start(name string, _ []xml.Attr) {
	switch name {
	case "rPh":
		s.rph++
	case "t":
		s.in = s.rph == 0
	}
}

func (s *sharedStrings) end(name string) {
	switch name {
	case "rPh":
		s.rph--
	case "t":
		s.in = false
	case "si":
		s.ends = append(s.ends, len(s.text.b))
	}
}

func (s *sharedStrings) add(b []byte) {
	if s.in {
		s.text.write(b...)
	}
}

// at returns the nth text, from 0.
func (s *sharedStrings) at(n int) []byte {
	if n < 0 || n >= len(s.ends) {
		return nil
	}
	from := 0
	if n > 0 {
		from = s.ends[n-1]
	}
	return s.text.b[from:s.ends[n]]
}

// sheetReader writes the cells of a sheet.
type sheetReader struct {
	out    *output
	shared *sharedStrings

	column int    // of the cell, from 0
	done   int    // columns of the row that are written
	kind   string // of the cell's value
	in     bool   // inside of a value
	value  []byte
}

func (s *sheetReader) start(name string, attrs []xml.Attr) {
	switch name {
	case "row":
		s.column, s.done = -1, 0
	case "c":
		s.column++
		s.kind, s.value = "", s.value[:0]
		for _, a := range attrs {
			switch a.Name.Local {
			case "t":
				s.kind = a.Value
			case "r":
				if n := columnOf(a.Value); n >= 0 {
					s.column = n
				}
			}
		}
	case "v", "t":
		s.in = true
	}
}

func (s *sheetReader) end(name string) {
	switch name {
	case "v", "t":
		s.in = false
	case "c":
		s.cell()
	case "row":
		s.out.write('\n')
	}
}

func (s *sheetReader) add(b []byte) {
	if s.in {
		s.value = append(s.value, b...)
	}
}

// cell writes the cell that has ended, behind as many tabs as it takes.
func (s *sheetReader) cell() {
	v := s.value
	switch s.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(string(v)))
		if err != nil {
			n = -1
		}
		v = s.shared.at(n)
	case "", "n":
		v = wholeNumber(v)
	}
	if len(v) == 0 {
		return
	}
	for range min(s.column-s.done, maxGap) {
		s.out.write('\t')
	}
	s.done = s.column
	for _, c := range v {
		if c == '\t' || c == '\n' || c == '\r' {
			c = ' '
		}
		s.out.write(c)
	}
}

// wholeNumber writes a whole number with all its digits, where the file has
// 4.71625805997093E+15: card and account numbers look so when they were typed
// as numbers.
func wholeNumber(v []byte) []byte {
	if len(v) > 32 || !strings.ContainsAny(string(v), "eE") {
		return v
	}
	f, err := strconv.ParseFloat(string(v), 64)
	if err != nil || f != float64(int64(f)) || f > 1<<53 || f < -1<<53 {
		return v
	}
	return strconv.AppendInt(nil, int64(f), 10)
}

// columnOf returns the column of a reference such as BC12, from 0, or -1.
func columnOf(ref string) int {
	n := 0
	for i := 0; i < len(ref); i++ {
		switch c := ref[i] &^ 0x20; {
		case c >= 'A' && c <= 'Z' && i < 3:
			n = n*26 + int(c-'A') + 1
		default:
			return n - 1
		}
	}
	return n - 1
}

// noteReader writes comments and the text of drawings, a line each.
type noteReader struct {
	out *output
	in  bool
}

func (c *noteReader) start(name string, _ []xml.Attr) {
	// Threaded comments have their text in text, which the others have around t.
	c.in = name == "t" || name == "text"
}

func (c *noteReader) end(name string) {
	switch name {
	case "t", "text":
		c.in = false
	}
	switch name {
	case "comment", "threadedComment", "p":
		c.out.write('\n')
	}
}

func (c *noteReader) add(b []byte) {
	if c.in {
		c.out.write(b...)
	}
}
