package redact

import (
	"bytes"
	"slices"
	"strings"

	"handrail/detect"
)

// span is what becomes one token.
type span struct {
	start, end int
	label      string
	// everywhere: it says as much where it stands alone. The salary of one row
	// doesn't.
	everywhere bool
	form       form // of its token, once setForms was there
	size       int  // of its token, once that was made
}

// cut returns what has to be taken out of the text, in order and apart.
func cut(text []byte, fs []detect.Finding) []span {
	var spans []span
	lists := false
	for _, f := range fs {
		if f.Start < 0 || f.End > len(text) || f.Start >= f.End {
			continue // of another text
		}
		s := span{start: f.Start, end: f.End, label: strings.ToUpper(string(f.Detector)), everywhere: true}
		switch {
		case f.Decoded == detect.Base64 || f.Decoded == detect.Hex:
			s.start, s.end = encodedRun(text, s.start, s.end)
		case f.Decoded != detect.Plain:
		case detect.IsList(f.Detector):
			lists = true
			continue
		case detect.IsDocument(f):
			continue
		}
		s.start, s.end = withoutHalfQuotes(text, s.start, s.end)
		spans = append(spans, s)
	}
	if lists {
		for _, p := range detect.Parts(text) {
			spans = append(spans, span{start: p.Start, end: p.End, label: strings.ToUpper(p.Kind.String()), everywhere: !inRowOnly(p.Kind)})
		}
	}
	return apart(spans)
}

// withoutHalfQuotes leaves a quote in the text whose other half is outside.
func withoutHalfQuotes(text []byte, start, end int) (int, int) {
	isQuote := func(c byte) bool { return c == '"' || c == '\'' || c == '`' }
	switch first, last := text[start], text[end-1]; {
	case end-start < 2 || first == last:
	case isQuote(first):
		start++
	case isQuote(last):
		end--
	}
	return start, end
}

// inCells cuts spans where a cell of a table ends inside of them: at tabs, and
// at the pipes of Markdown. Spans are in order and apart. One of several lines
// is no cell.
func inCells(text []byte, spans []span) []span {
	if bytes.IndexByte(text, '\t') < 0 && bytes.IndexByte(text, '|') < 0 {
		return spans
	}
	var all []span
	line, at := 0, 0
	for _, s := range spans {
		if i := bytes.LastIndexByte(text[at:s.start], '\n'); i >= 0 {
			line = at + i + 1
		}
		at = s.start
		value := text[s.start:s.end]
		if bytes.IndexByte(value, '\n') >= 0 {
			all = append(all, s)
			continue
		}
		markdown := strings.HasPrefix(strings.TrimLeft(string(text[line:min(len(text), line+4)]), " "), "|")
		from := s.start
		for i := s.start; i <= s.end; i++ {
			if i < s.end && text[i] != '\t' && !(markdown && text[i] == '|' && text[i-1] != '\\') {
				continue
			}
			if i > from {
				part := s
				part.start, part.end = from, i
				all = append(all, part)
			}
			from = i + 1
		}
	}
	return all
}

func inRowOnly(k detect.PartKind) bool {
	return k == detect.PartAmount || k == detect.PartNote || k == detect.PartDate
}

// apart puts spans in order and makes one of those that overlap, under the
// name of the longer.
func apart(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int {
		if a.start != b.start {
			return a.start - b.start
		}
		if a.end != b.end {
			return b.end - a.end
		}
		return strings.Compare(a.label, b.label)
	})
	kept := spans[:0]
	for _, s := range spans {
		if n := len(kept); n == 0 || s.start >= kept[n-1].end {
			kept = append(kept, s)
			continue
		}
		last := &kept[len(kept)-1]
		if s.end-s.start > last.end-last.start {
			last.label = s.label
		}
		last.everywhere = last.everywhere || s.everywhere
		last.end = max(last.end, s.end)
	}
	return kept
}

// encodedRun widens a place inside base64 or hexadecimal to all of it: half of
// it would still be read by who decodes it. Lines that go on as such belong to it.
func encodedRun(text []byte, start, end int) (int, int) {
	const line = 40 // shorter ones may be words
	for {
		i := start
		for i > 0 && isEncoded(text[i-1]) {
			i--
		}
		start = i
		for i > 0 && (text[i-1] == '\n' || text[i-1] == '\r') && start-i < 2 {
			i--
		}
		j := i
		for j > 0 && isEncoded(text[j-1]) {
			j--
		}
		if i == start || i-j < line || j > 0 && text[j-1] > ' ' {
			break
		}
		start = j
	}
	for {
		i := end
		for i < len(text) && (isEncoded(text[i]) || text[i] == '=') {
			i++
		}
		closed := i > end && text[i-1] == '='
		end = i
		for i < len(text) && (text[i] == '\n' || text[i] == '\r') && i-end < 2 {
			i++
		}
		j := i
		for j < len(text) && isEncoded(text[j]) {
			j++
		}
		if closed || i == end || j-i < line && !(j < len(text) && text[j] == '=') {
			break
		}
		end = j
	}
	return start, end
}

func isEncoded(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '+' || c == '/' || c == '-' || c == '_'
}
