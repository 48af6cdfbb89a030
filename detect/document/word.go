package document

import (
	"encoding/xml"
)

// word writes the text of the body, then of headers, footers, notes and
// comments. Paragraphs become lines, rows of tables lines with tabs. Deleted
// text that changes are tracked of is in the file, and so read.
func (p *pack) word() error {
	parts := p.parts("word/document*.xml", "word/header*.xml", "word/footer*.xml", "word/footnotes*.xml", "word/endnotes*.xml", "word/comments*.xml")
	if len(parts) == 0 {
		return ReasonMalformed
	}
	for _, f := range parts {
		w := wordReader{out: p.out}
		if err := p.read(f, events{w.start, w.end, w.text}); err != nil {
			return err
		}
	}
	return nil
}

type wordReader struct {
	out      *output
	in       int  // text elements that are open
	cells    int  // cells that are open
	fallback int  // depth inside of what repeats the text for older readers
	gap      bool // a paragraph of a cell has ended
}

func (w *wordReader) start(name string, _ []xml.Attr) {
	if name == "Fallback" || w.fallback > 0 {
		w.fallback++
		return
	}
	switch name {
	case "t", "delText", "instrText":
		w.in++
	case "tc":
		w.cells++
		w.gap = false
	case "tab":
		w.out.write('\t')
	case "br", "cr":
		w.line()
	case "noBreakHyphen":
		w.out.write('-')
	}
}

func (w *wordReader) end(name string) {
	if w.fallback > 0 {
		w.fallback--
		return
	}
	switch name {
	case "t", "delText", "instrText":
		w.in--
	case "p":
		w.line()
	case "tc":
		w.cells--
		w.gap = false
		w.out.write('\t')
	case "tr":
		w.out.write('\n')
	}
}

// line ends a line; a cell goes on with a space.
func (w *wordReader) line() {
	if w.cells > 0 {
		w.gap = true
	} else {
		w.out.write('\n')
	}
}

func (w *wordReader) text(b []byte) {
	if w.in <= 0 || w.fallback > 0 || len(b) == 0 {
		return
	}
	if w.gap {
		w.out.write(' ')
		w.gap = false
	}
	w.out.write(b...)
}
