package detect

import "bytes"

// SourceCode labels source code. It is no alarm: no rule of the default policy
// acts on it.
const SourceCode DetectorID = "source_code"

func codeDetectors() []Detector {
	return []Detector{{
		ID: SourceCode, Class: ClassCode, Confidence: High,
		Title: "Source code: five lines or more, with its language",
		Hits: []string{
			"func sum(xs []int) int {\n\ttotal := 0\n\tfor _, x := range xs {\n\t\ttotal += x\n\t}\n\treturn total\n}\n",
			"import os\n\ndef walk(root):\n    for name in os.listdir(root):\n        if name.startswith('.'):\n            continue\n        print(name)\n    return None\n",
			"SELECT c.name, SUM(o.total)\nFROM customers c\nJOIN orders o ON o.customer_id = c.id\nWHERE o.placed > '2026-01-01'\nGROUP BY c.name\nORDER BY 2 DESC;\n",
			"#!/bin/sh\nset -eu\nfor f in *.log; do\n  if [ -s \"$f\" ]; then\n    gzip \"$f\"\n  fi\ndone\n",
		},
		Misses: []string{
			"Hi Ana,\n\nplease run `git pull` and then:\n\n  make test\n\nThanks,\nLars\n",
			"for i := range 3 { fmt.Println(i) }\n", // one line
			"12:01:07 INFO started (pid=4)\n12:01:08 WARN slow query: 812 ms;\n12:01:09 INFO done\n12:01:09 INFO idle\n12:01:10 INFO bye\n12:01:11 INFO exit\n",
			"name,city,team\nAna,Lyon,A\nLars,Oslo,B\nPriya,Leeds,B\nNoah,Bonn,A\nEva,Graz,C\n",
			"{\n  \"a\": 1,\n  \"b\": [\n    2,\n    3\n  ],\n  \"c\": {\"d\": true}\n}\n",
			"Dear all,\nwe meet at ten;\nplease bring (if you can) the notes;\nfor those who can't, call in;\nif it rains, we stay inside.\nReturn the keys, please.\n",
		},
	}}
}

const (
	codeLines = 200 // how many lines of a text are looked at
	codeBlock = 25  // in a long text: of so many in a row
	codeWidth = 160 // how many bytes of a line
	leastCode = 5   // how many lines of code are source code
)

// sourceCode looks for a stretch of lines that are shaped like code, in a long
// text at samples of it.
func (s *scanner) sourceCode() {
	n := len(s.text)
	// The gate: a text in lines, with something that only code ends lines with.
	lines := 0
	for i := 0; i < n && lines < leastCode; lines++ {
		k := bytes.IndexByte(s.text[i:min(n, i+4<<10)], '\n')
		if k < 0 {
			break
		}
		i += k + 1
	}
	if lines < leastCode-1 {
		return
	}
	var c codeStretch
	if n <= codeLines*40 {
		s.codeIn(&c, 0, codeLines)
	} else {
		const blocks = codeLines / codeBlock
		for b := range blocks {
			at := n / blocks * b
			if b > 0 {
				k := bytes.IndexByte(s.text[at:min(n, at+codeWidth)], '\n')
				if k < 0 {
					continue
				}
				at += k + 1
			}
			s.codeIn(&c, at, codeBlock)
		}
	}
	if c.lines < leastCode {
		return
	}
	language := s.language(c.start, c.end)
	conf := High
	if language == 0 {
		conf = Medium
	}
	s.add(SourceCode, ClassCode, conf, c.start, c.end, Why{Length: c.lines, Unit: unitCodeLines, Form: language})
}

var unitCodeLines = say("lines of code")

// codeStretch is the code found so far.
type codeStretch struct {
	start, end, lines int
}

// codeIn adds the code in up to most lines from i. Lines count from the first
// that looks like code as long as enough of them do.
func (s *scanner) codeIn(c *codeStretch, i, most int) {
	text := s.text
	start, end, code, strong, weak := 0, 0, 0, 0, 0
	flush := func() {
		if code >= leastCode && strong >= 2 && 6*strong >= code {
			if c.lines == 0 {
				c.start = start
			}
			c.end = end
			c.lines += code
		}
		code, strong, weak = 0, 0, 0
	}
	for ; most > 0 && i < len(text); most-- {
		j := bytes.IndexByte(text[i:min(len(text), i+4<<10)], '\n')
		next := i + j + 1
		if j < 0 {
			j = min(len(text), i+4<<10) - i
			next = i + j
		}
		points := codeShape(text[i:i+min(j, codeWidth)], j > codeWidth)
		s.steps += min(j, codeWidth)
		switch {
		case points > 0:
			if code == 0 {
				start = i
			}
			code++
			if points > 1 {
				strong++
			}
			end = i + j
			weak = max(0, weak-1)
		case points < 0:
			if weak += 2; weak > 6 || weak > code+2 {
				flush()
			}
		}
		i = next
	}
	flush()
}

// codeShape says how much a line looks like code: 2 or 3 for what hardly
// anything else looks like, 1 for what may stand in code, 0 for an empty line
// or comment, -1 for anything else.
func codeShape(line []byte, cut bool) int {
	a, b := 0, len(line)
	for a < b && (line[a] == ' ' || line[a] == '\t') {
		a++
	}
	for b > a && class[line[b-1]]&isSpace != 0 {
		b--
	}
	indent := a
	line = line[a:b]
	if len(line) == 0 {
		return 0
	}
	if (line[0] == '+' || line[0] == '-') && len(line) > 2 && (line[1] == ' ' || line[1] == '\t') {
		line = bytes.TrimLeft(line[1:], " \t") // a diff
		if len(line) == 0 {
			return 0
		}
	}
	first, last := line[0], line[len(line)-1]
	switch {
	case first == '/' && len(line) > 1 && (line[1] == '/' || line[1] == '*'), first == '*', first == '#' && len(line) > 1 && line[1] == ' ', first == '-' && len(line) > 2 && line[1] == '-' && line[2] == ' ':
		return 0
	case first == '"' && last != ';' || first == '|' || first == '>':
		return -1 // JSON, a table, a quotation
	case len(line) <= 3 && (first == '}' || first == ')' || first == ']' || first == '{'):
		return 1
	case class[first]&isDigit != 0:
		return -1
	case first == '<':
		if len(line) > 2 && (class[line[1]]&isAlpha != 0 || line[1] == '/' || line[1] == '?' || line[1] == '!') && (last == '>' || cut) {
			return 2
		}
		return -1
	case first == '@' && len(line) > 2 && class[line[1]]&isAlpha != 0:
		return 2
	case first == '}' && last == '{':
		return 3
	}
	points := 0
	// Where the line ends.
	switch last {
	case '{':
		points += 3
		if len(line) > 2 && line[len(line)-2] == '$' {
			return -1
		}
	case ';':
		points++
		if len(line) > 2 && (line[len(line)-2] == ')' || line[len(line)-2] == '"' || line[len(line)-2] == '\'' || line[len(line)-2] == '}') {
			points++
		}
	case ')', '(', '[', ']':
		points++
	case ',':
		if indent > 0 {
			points++
		}
	}
	// What it holds.
	marks, words, dotted, mail := 0, 0, 0, false
	for i := 0; i+1 < len(line); i++ {
		c, d := line[i], line[i+1]
		if class[c]&isAlnum != 0 {
			continue
		}
		switch c {
		case ' ':
			words++
		case ':':
			if d == '=' {
				marks += 3
			} else if d == ':' {
				marks += 2
			}
		case '=':
			if d == '=' || d == '>' {
				marks += 2
			} else if d == ' ' && i > 0 && line[i-1] == ' ' {
				marks++
			}
		case '!', '+', '-':
			if d == '=' || c == '+' && d == '+' || c == '-' && d == '>' {
				marks += 2
			}
		case '&', '|':
			if d == c {
				marks += 2
			}
		case '(':
			if i > 0 && class[line[i-1]]&isWord != 0 {
				marks++ // a call
				if d == ')' {
					marks++
				}
			}
		case '@':
			mail = mail || i > 0 && class[line[i-1]]&isAlnum != 0
		case '.':
			if i > 0 && class[line[i-1]]&isWord != 0 && class[d]&isAlpha != 0 {
				dotted = 1
			}
		case '_':
			if i > 0 && class[line[i-1]]&isAlnum != 0 && class[d]&isAlnum != 0 {
				dotted = 1
			}
		case '[':
			if i > 0 && class[line[i-1]]&isWord != 0 || d == ']' {
				marks++
			}
		case '$':
			if class[d]&isAlpha != 0 || d == '{' || d == '(' {
				marks++
			}
		}
	}
	if mail {
		return -1
	}
	if class[first]&isWord == 0 && class[last]&isWord == 0 && ruled(line) {
		return 0
	}
	marks = min(marks+dotted, 4)
	keyword := codeKeyword(line)
	if keyword < 2 && words >= 8 && words > 4*marks {
		return -1 // a sentence
	}
	switch {
	case keyword == 1 && words == 0 && last != '.' && last != ',', endsIn(line, " do"), endsIn(line, "; then"):
		return 2 // else, done, pass
	case keyword == 2:
		return 3
	case keyword == 1 && (points > 0 || marks > 0 || last == ':' && len(line) < 120):
		points += 2
	case keyword == 1 && words <= 3 && last != '.' && last != '!' && last != '?':
		points++
	}
	if first == '.' && len(line) > 1 && class[line[1]]&isAlpha != 0 && marks > 0 {
		points++ // a chained call
	}
	switch {
	case points+marks >= 3:
		return min(3, points+marks-1)
	case points+marks == 2:
		return 1
	case points+marks > 0 && (indent > 0 || points > 0 && keyword > 0):
		return 1
	}
	return -1
}

// ruled reports a line of one character, which divides texts.
func ruled(line []byte) bool {
	return len(line) > 3 && bytes.Count(line, line[:1]) == len(line)
}

func endsIn(line []byte, word string) bool {
	return len(line) > len(word) && string(line[len(line)-len(word):]) == word
}

// codeWords begin lines of code, strong ones nothing else.
var (
	strongCode = newLexicon("func ", "def ", "#include", "#define", "#ifdef", "#ifndef", "#endif", "package ", "public class ", "public static ", "private ", "protected ", "public ", "const ", "let ", "var ", "fn ", "pub fn ", "pub struct ", "impl ", "namespace ", "using ", "<?php", "elif ", "#!/", "export default", "export const", "async def ", "async function", "function ", "console.", "insert into ", "create table ", "select ", "update ", "delete from", "alter table", "inner join", "left join", "join ", "group by ", "order by ", "where ", "@override", "resource \"", "variable \"", "esac", "end if", "endif", "println", "printf(", "static ", "mut ", "unsafe ", "#[", "$this->", "require_once", "param(", "write-host", "fun ", "val ", "object ", "data class", "struct ", "enum ", "interface ", "typedef ", "template<", "template <", "extern ")
	weakCode   = newLexicon("if ", "if(", "for ", "for(", "while ", "while(", "return", "import ", "from ", "class ", "else", "elsif ", "try", "catch", "except", "finally", "switch ", "switch(", "case ", "default:", "break", "continue", "throw ", "raise ", "with ", "assert", "await ", "yield ", "print", "echo ", "then", "fi", "done", "do", "end", "begin", "use ", "mod ", "type ", "defer ", "go ", "pass", "match ", "set ", "module ", "values ", "from ", "and ", "or ", "on ", "having ", "limit ", "local ", "export ", "source ", "lambda", "self.", "this.", "new ", "delete ", "puts ", "attr_", "require ", "include ", "extends ", "int ", "string ", "void ", "double ", "float ", "bool ", "long ", "char ", "auto ", "final ", "abstract ", "override ", "guard ", "extension ", "init(", "output \"", "provider \"", "data \"", "locals {", "expect(", "it(", "describe(", "test(")
)

func codeKeyword(line []byte) int {
	switch {
	case strongCode.at(line, 0):
		// "Public transport" and "where are you" are prose: code has marks.
		for _, c := range line {
			switch c {
			case '(', '{', '=', ';', '<', '"', '*', '[', '_':
				return 2
			}
		}
		return 1
	case weakCode.at(line, 0):
		return 1
	}
	return 0
}
