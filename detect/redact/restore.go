package redact

import (
	"bytes"
	"slices"
	"strings"

	"handrail/detect/secret"
)

// Restored is a text in which the tokens are values again.
type Restored struct {
	// Text is the caller's to wipe; nil from Count.
	Text *secret.Text
	// Exact is how many tokens stood there as they were made, Mended how many
	// were changed on the way and could mean one value only.
	Exact, Mended int
	// Left are the tokens that were left as they are, because it can't be told
	// what they stand for, or nothing is known of them any more: each once, in
	// capitals, such as "EMAIL_k7". They are a label and a few letters, no value.
	Left []string
}

// Found reports whether there is anything to put back.
func (r Restored) Found() bool { return r.Exact+r.Mended > 0 }

// maxLeft is how many tokens Restored.Left names.
const maxLeft = 50

// Restore puts back what the tokens in a text stand for. A token that somebody
// has changed (its case, its brackets, a plural s, Markdown) is put back when
// its last letters are whole and belong to its label; one that has lost them
// when its label has had one value only, and is of two words: a model writes
// [EMAIL] for an address of anybody's. All else stays.
func (r *Redactor) Restore(text []byte) Restored {
	m := mender{r: r, text: text, write: true, out: make([]byte, 0, len(text)+64)}
	return m.run()
}

// Count is Restore without the text: no value is copied.
func (r *Redactor) Count(text []byte) Restored {
	m := mender{r: r, text: text}
	return m.run()
}

// mender goes over a text once.
type mender struct {
	r     *Redactor
	text  []byte
	write bool
	out   []byte
	done  int // how much of text is in out
	found Restored
	// labels are the session's, in capitals, the longest first, by their first
	// letter.
	labels [128][]string
}

func (m *mender) run() Restored {
	m.r.mu.Lock()
	defer m.r.mu.Unlock()
	for l := range m.r.labels {
		m.labels[l[0]] = append(m.labels[l[0]], l)
	}
	for _, ls := range m.labels {
		slices.SortFunc(ls, func(a, b string) int { return len(b) - len(a) })
	}
	for i := 0; i < len(m.text); i++ {
		if !isLetter(m.text[i]) || i > 0 && isASCIIWord(m.text[i-1]) && !escaped(m.text[:i]) {
			continue
		}
		i = max(i, m.at(i)-1)
	}
	if m.write {
		m.out = append(grow(m.out, len(m.text)-m.done), m.text[m.done:]...)
		m.found.Text = secret.New(m.out)
	}
	return m.found
}

// escaped reports whether a text ends with a bracket as an address has it.
func escaped(text []byte) bool {
	return len(text) >= 3 && strings.EqualFold(string(text[len(text)-3:]), "%5B")
}

// word is a place that may be a token: label, separator, suffix.
type word struct {
	start, end int // without brackets
	label      string
	suffix     string // in small letters; "" if it has none
	strict     bool   // written as a token is
	underlined bool   // with a _ before the suffix
	plural     bool   // an s behind the suffix is no part of it
}

// at looks at what begins at i. It returns where to go on.
func (m *mender) at(i int) int {
	var left *word
	for _, label := range m.labels[upper(m.text[i])&127] {
		w, ok := m.read(i, label)
		if !ok {
			continue
		}
		if next, ok := m.mend(w); ok {
			return next
		}
		if left == nil && m.isOurs(w) {
			left = &w
		}
	}
	if left != nil {
		m.leave(left.label, left.suffix)
		return left.end
	}
	if end, ok := m.renamed(i); ok {
		return end
	}
	return i
}

// read reads a label at i, and a suffix behind it.
func (m *mender) read(i int, label string) (word, bool) {
	w := word{start: i, label: label, strict: true}
	if i > 1 && m.text[i-1] == '_' && isASCIIWord(m.text[i-2]) {
		return w, false // the end of a longer name
	}
	j := i
	for k := range len(label) {
		if label[k] == '_' {
			n, strict := m.separator(j)
			w.strict = w.strict && strict
			j += n
			continue
		}
		if j >= len(m.text) || upper(m.text[j]) != label[k] {
			return w, false
		}
		w.strict = w.strict && m.text[j] == label[k]
		j++
	}
	if j < len(m.text) && m.text[j]|0x20 == 's' && (j+1 == len(m.text) || !isASCIIWord(m.text[j+1])) {
		w.strict = false
		j++
	}
	w.end = j
	if j < len(m.text) && isASCIIWord(m.text[j]) {
		return w, false
	}
	n, strict := m.separator(j)
	if n == 0 {
		return w, true
	}
	w.underlined = bytes.IndexByte(m.text[j:j+n], '_') >= 0
	k := j + n
	for k < len(m.text) && k-j-n <= maxToken && isASCIIWord(m.text[k]) {
		k++
	}
	if k == j+n || k-j-n > maxLetters+1 || k < len(m.text)-1 && m.text[k] == '_' && isASCIIWord(m.text[k+1]) {
		return w, true
	}
	w.suffix = string(m.text[j+n : k])
	low := strings.ToLower(w.suffix)
	w.strict = w.strict && strict && low == w.suffix
	w.suffix, w.end = low, k
	if one, ok := strings.CutSuffix(low, "s"); ok && m.r.bySuffix[low] == nil && m.r.bySuffix[one] != nil {
		w.suffix, w.plural = one, true
	}
	return w, true
}

// separator is how long what stands for a _ is at i, and whether it is one.
func (m *mender) separator(i int) (n int, strict bool) {
	switch rest := m.text[min(i, len(m.text)):]; {
	case bytes.HasPrefix(rest, []byte("_")):
		return 1, true
	case bytes.HasPrefix(rest, []byte(`\_`)):
		return 2, false
	case bytes.HasPrefix(rest, []byte(" ")), bytes.HasPrefix(rest, []byte("-")):
		return 1, false
	}
	return 0, false
}

// mend puts a value in the place of a word, if it can only be that one.
func (m *mender) mend(w word) (next int, ok bool) {
	e := m.r.bySuffix[w.suffix]
	start, end, around := m.brackets(w)
	switch {
	case w.suffix == "":
		of := m.r.labels[w.label]
		if !w.lost() || around != '[' && around != '\\' || of.only == nil || m.r.bySuffix[of.only.suffix] == nil || m.isLink(end) {
			return 0, false
		}
		e, w.strict = of.only, false
	case e == nil || e.label != w.label:
		return 0, false
	case around == 0 && !w.underlined:
		return 0, false // "email 4d" in a sentence
	}
	exact := w.strict && !w.plural
	switch {
	case exact && around == '"' && e.forms&quoted != 0:
	case around == '"':
		start, end = w.start, w.end
		exact = exact && e.forms&bare != 0
	case exact && around == '[':
		if e.forms&bracketed == 0 {
			start, end = w.start, w.end // the brackets are the code's own
		}
	case e.forms == bare || around == 0:
		start, end = w.start, w.end
		exact = exact && e.forms&bare != 0
	default:
		exact = false
	}
	if around == '[' && e.forms&plain == 0 && end < len(m.text) && m.text[end]|0x20 == 's' && (end+1 == len(m.text) || !isWord(m.text[end+1])) {
		exact = false
		end++ // [EMAIL_k7f2]s
	}
	m.put(start, end, e, exact)
	return end, true
}

// lost reports whether a word without a suffix can be a token that has lost it.
func (w word) lost() bool { return w.strict && strings.Contains(w.label, "_") }

// isOurs reports whether a word that can't be mended is a token all the same,
// and not a word of the language.
func (m *mender) isOurs(w word) bool {
	_, end, around := m.brackets(w)
	if m.isLink(end) {
		return false
	}
	if w.suffix == "" {
		return around != 0 && around != '"' && (w.strict || strings.Contains(w.label, "_"))
	}
	shaped := len(w.suffix) >= 2 && strings.Trim(w.suffix, letters) == ""
	return shaped && w.underlined && (around != 0 || w.strict)
}

// isLink reports whether something that ends at i is the text of a link.
func (m *mender) isLink(i int) bool {
	return i < len(m.text) && i > 0 && m.text[i-1] == ']' && m.text[i] == '('
}

// renamed leaves a token whose label is no longer one, in brackets: i is where
// its name begins.
func (m *mender) renamed(i int) (end int, ok bool) {
	if i == 0 || m.text[i-1] != '[' {
		return 0, false
	}
	n := bytes.IndexByte(m.text[i:min(len(m.text), i+maxToken)], ']')
	if n < 0 {
		return 0, false
	}
	name := string(m.text[i : i+n])
	if strings.ContainsFunc(name, func(c rune) bool { return c >= 0x80 || !isName(byte(c)) }) {
		return 0, false
	}
	at := strings.LastIndexByte(name, '_')
	if at < 0 || m.r.bySuffix[strings.ToLower(name[at+1:])] == nil {
		return 0, false
	}
	m.leave("", strings.ToLower(name[at+1:]))
	return i + n, true
}

// pairs are the brackets that stand for ours, in the ways that a text is
// written in.
var pairs = [...][2]string{
	{`\[`, `\]`}, {"[", "]"}, {"&#91;", "&#93;"}, {"%5B", "%5D"}, {"%5b", "%5d"}, {"{", "}"}, {"<", ">"}, {"&lt;", "&gt;"},
	{"【", "】"}, {"［", "］"}, {"〔", "〕"}, {`"`, `"`},
}

// brackets widens a word by the brackets around it, also where there is
// emphasis between. around is the bracket: '[' for ours, '\\' for ours as
// Markdown escapes it, '"' for quotes, '{' for any other, 0 for none.
func (m *mender) brackets(w word) (start, end int, around byte) {
	start, end = w.start, w.end
	if s, e, a := m.pair(start, end); a != 0 {
		return s, e, a
	}
	for start > 0 && bytes.IndexByte([]byte("*_` "), m.text[start-1]) >= 0 && w.start-start < 4 {
		start--
	}
	for end < len(m.text) && bytes.IndexByte([]byte("*_` "), m.text[end]) >= 0 && end-w.end < 4 {
		end++
	}
	if s, e, a := m.pair(start, end); a != 0 && a != '"' {
		return s, e, '{'
	}
	return w.start, w.end, 0
}

func (m *mender) pair(start, end int) (s, e int, around byte) {
	before, after := m.text[m.done:max(start, m.done)], m.text[end:]
	for _, p := range pairs {
		if bytes.HasSuffix(before, []byte(p[0])) && bytes.HasPrefix(after, []byte(p[1])) {
			around = p[0][0]
			if around != '[' && around != '"' && around != '\\' {
				around = '{'
			}
			return start - len(p[0]), end + len(p[1]), around
		}
	}
	return start, end, 0
}

// put writes a value in the place of text[start:end].
func (m *mender) put(start, end int, e *entry, exact bool) {
	if exact {
		m.found.Exact++
	} else {
		m.found.Mended++
	}
	if m.write {
		value := m.r.vault.Bytes(e.value)
		m.out = append(grow(m.out, start-m.done+len(value)), m.text[m.done:start]...)
		m.out = append(m.out, value...)
	}
	m.done = end
}

// leave notes a token that stays. Nothing of the text is in it but a few letters.
func (m *mender) leave(label, suffix string) {
	name := label
	if strings.Trim(suffix, letters) == "" && suffix != "" {
		name = strings.TrimPrefix(label+"_"+suffix, "_")
	}
	if len(m.found.Left) < maxLeft && !slices.Contains(m.found.Left, name) {
		m.found.Left = append(m.found.Left, name)
	}
}

func isASCIIWord(c byte) bool { return c < 0x80 && isWord(c) }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}
