package redact

import (
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
}

// cut returns what has to be taken out of the text, in order and apart.
func cut(text []byte, fs []detect.Finding) []span {
	var spans []span
	lists := false
	for _, f := range fs {
		if f.Start < 0 || f.End > len(text) || f.Start >= f.End {
			continue // of another text
		}
		s := span{f.Start, f.End, strings.ToUpper(string(f.Detector)), true}
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
		spans = append(spans, s)
	}
	if lists {
		for _, p := range detect.Parts(text) {
			spans = append(spans, span{p.Start, p.End, strings.ToUpper(p.Kind.String()), !inRowOnly(p.Kind)})
		}
	}
	return apart(spans)
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
