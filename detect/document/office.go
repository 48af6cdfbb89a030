package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// Bounds of a packed document. XML is read at about 10 MB/s at worst, and who
// pastes waits for it, so that no more than a second goes into it.
const (
	maxEntries  = 10_000
	maxUnpacked = 8 << 20 // XML of all parts together; what is beyond is not read
	maxRatio    = 500     // of a part over bigPart: no text packs that well
	bigPart     = 1 << 20
	maxDepth    = 256
	maxAttrs    = 1000 // of one element: each takes 80 bytes when it is read
)

// office reads Word and Excel files: XML in a zip (ECMA-376).
func office(kind Kind, data []byte, out *output) error {
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) {
		return ReasonEncrypted // MS-CFB: around what has a password, and the formats before 2007
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > maxEntries {
		return ReasonMalformed
	}
	p := &pack{files: z.File, left: maxUnpacked, out: out}
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		switch {
		case f.Flags&1 != 0:
			return ReasonEncrypted
		case strings.Contains(name, "/embeddings/"):
			out.partial = true
		case f.UncompressedSize64 > bigPart && f.UncompressedSize64/maxRatio > f.CompressedSize64:
			return ReasonTooLarge
		}
	}
	if kind == Docx {
		return p.word()
	}
	return p.excel()
}

// pack is a document that is being read.
type pack struct {
	files []*zip.File
	left  int64 // bytes of XML that may still be read
	out   *output
}

// parts returns the parts in a folder whose name is one of the patterns, in
// the order of the patterns, then of their names.
func (p *pack) parts(patterns ...string) []*zip.File {
	var found []*zip.File
	for _, pattern := range patterns {
		from := len(found)
		for _, f := range p.files {
			if ok, _ := path.Match(pattern, strings.ToLower(f.Name)); ok && !slices.Contains(found, f) {
				found = append(found, f)
			}
		}
		slices.SortFunc(found[from:], func(a, b *zip.File) int {
			if len(a.Name) != len(b.Name) { // sheet2 before sheet10
				return len(a.Name) - len(b.Name)
			}
			return strings.Compare(a.Name, b.Name)
		})
	}
	return found
}

// events are what a reader of one part is told. Names are without their
// namespace's prefix.
type events struct {
	start func(name string, attrs []xml.Attr)
	end   func(name string)
	text  func(b []byte)
}

// errEnough ends a part early.
var errEnough = errors.New("enough was read")

// read reads one part.
func (p *pack) read(f *zip.File, e events) error {
	r, err := f.Open()
	if err != nil {
		return ReasonMalformed
	}
	defer r.Close()
	limited := &io.LimitedReader{R: r, N: p.left}
	err = p.tokens(xml.NewDecoder(&fewAttrs{r: limited}), e)
	cut := limited.N <= 0
	p.left = limited.N
	switch {
	case errors.Is(err, errEnough):
		return nil
	case err != nil && cut: // it was longer than may be read
		p.out.partial = true
		return nil
	case err != nil:
		return ReasonMalformed
	}
	return nil
}

func (p *pack) tokens(d *xml.Decoder, e events) error {
	depth := 0
	for !p.out.full() {
		// Raw: namespaces are not needed, and entities of its own are refused.
		t, err := d.RawToken()
		if err == io.EOF {
			if depth != 0 {
				return io.ErrUnexpectedEOF
			}
			return nil
		} else if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return ReasonMalformed
			}
			e.start(t.Name.Local, t.Attr)
		case xml.EndElement:
			if depth--; depth < 0 {
				return ReasonMalformed
			}
			e.end(t.Name.Local)
		case xml.CharData:
			e.text(t)
		}
	}
	return errEnough
}

// fewAttrs ends XML in an element with more than maxAttrs attributes, which the
// XML reader would gather: 7 MB of a="" take 300 MB.
type fewAttrs struct {
	r     io.Reader
	where byte // '<' just behind one, 'e' in an element, '!' in what begins with <! or <?, 0 in text
	quote byte // that is open, of an attribute's value
	n     int
}

// Read implements io.Reader.
func (f *fewAttrs) Read(b []byte) (int, error) {
	n, err := f.r.Read(b)
	for i, c := range b[:n] {
		switch {
		case f.where == 0:
			if c == '<' {
				f.where, f.n = '<', 0
			}
		case f.quote != 0:
			if c == f.quote {
				f.quote = 0
			}
		case c == '>':
			f.where = 0
		case f.where == '<':
			f.where = 'e'
			if c == '!' || c == '?' {
				f.where = '!'
			}
		case f.where == 'e' && (c == '"' || c == '\''):
			if f.quote, f.n = c, f.n+1; f.n > maxAttrs {
				return i, ReasonMalformed
			}
		}
	}
	return n, err
}
