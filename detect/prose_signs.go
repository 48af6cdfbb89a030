package detect

// signs are what a document has that a text about such documents hasn't.
type signs struct {
	amounts  int // sums of money
	percents int
	numbers  int // with two digits or more
	dates    int
	names    int // two capitalised words in a row
	titled   int // Mr, Frau, Dear with a name
	clauses  int // numbered paragraphs
	defined  int // ("Seller"), the way contracts name parties and terms
	blanks   int // [Company Name], {{date}}
	doses    int // 500 mg
	codes    int // I25.1 and alike of ICD-10
	pressure int // 142/90
	ours     int // we, our
	shall    int
}

// read counts the signs in text.
func (sg *signs) read(text []byte) {
	line := true // nothing but space since the line or sentence began
	capital := false
	for i := 0; i < len(text); {
		c := text[i]
		k := class[c]
		switch {
		case k&isDigit != 0:
			i = sg.number(text, i, line)
			line, capital = false, false
			continue
		case k&isAlpha != 0 || c >= 0xc3:
			j := i
			for j < len(text) && (class[text[j]]&isWord != 0 || text[j] >= 0x80 || text[j] == '\'') {
				j++
			}
			capital = sg.word(text[i:j], text, i, j, capital)
			line = false
			i = j
			continue
		case c == '(':
			if isDefinition(text, i) {
				sg.defined++
			}
		case c == '[' || c == '{':
			if isPlaceholderAt(text, i) {
				sg.blanks++
			}
		case hasPrefix(text, i, "§ ") || hasPrefix(text, i, "§"):
			sg.clauses++
		}
		switch {
		case c == '\n' || c == '.' || c == ';':
			line = true
			capital = false
		case c != ' ' && c != '\t' && c != '\r' && c != '-' && c != '*' && c != '#':
			line = line && (c == '>' || c == '"')
			capital = false
		}
		i++
	}
}

var months = newLexicon("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	"januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
	"janvier", "février", "mars", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
	"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
	"gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio", "settembre", "ottobre", "novembre", "dicembre",
	"januari", "februari", "maart", "mei", "augustus", "janeiro", "fevereiro", "março", "maio", "junho", "julho", "setembro", "outubro", "novembro", "dezembro",
	"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
	"jan ", "feb ", "mar ", "apr ", "jun ", "jul ", "aug ", "sep ", "sept ", "oct ", "nov ", "dec ")

// number reads the number at i and returns where it ends.
func (sg *signs) number(text []byte, i int, line bool) int {
	j, dots := i, 0
	for j < len(text) && (class[text[j]]&isDigit != 0 || (text[j] == '.' || text[j] == ',' || text[j] == '/' || text[j] == '-') && j+1 < len(text) && class[text[j+1]]&isDigit != 0) {
		if class[text[j]]&isDigit == 0 {
			dots++
		}
		j++
	}
	value := text[i:j]
	if len(value) > 1 {
		sg.numbers++
	}
	// 2 March 2026, 02/03/2026, 2026-03-02
	rest := text[j:min(len(text), j+24)]
	slashes := 0
	for _, c := range value {
		if c == '/' || c == '-' {
			slashes++
		}
	}
	switch {
	case slashes == 2 && dots == 2 && len(value) >= 8, dots == 2 && len(value) == 10 && value[2] == '.' && value[5] == '.':
		sg.dates++
		return j
	case slashes == 1 && dots == 1 && len(value) >= 5 && len(value) <= 7 && value[len(value)-3] == '/' || slashes == 1 && len(value) == 7 && value[3] == '/':
		sg.pressure++
	case len(value) <= 2:
		m := 0
		for m < len(rest) && (rest[m] == ' ' || rest[m] == '.' || rest[m] == 's' || rest[m] == 't' || rest[m] == 'h' || rest[m] == 'n' || rest[m] == 'd' || rest[m] == 'r') && m < 6 && !months.at(rest, m) {
			m++
		}
		if hasPrefix(rest, m, "de ") {
			m += 3
		}
		if months.at(rest, m) {
			sg.dates++
		}
	case len(value) == 4 && (value[0] == '1' && value[1] == '9' || value[0] == '2' && value[1] == '0'):
		// March 4, 2026
		before := text[max(0, i-18):i]
		for k := range before {
			if months.at(before, k) && (k == 0 || class[before[k-1]]&isAlpha == 0) {
				sg.dates++
				break
			}
		}
		return j
	}
	// A sum of money has its currency before or behind, or is counted in
	// thousands and millions.
	before := text[max(0, i-5):i]
	behind := rest
	if len(behind) > 0 && behind[0] == ' ' {
		behind = behind[1:]
	}
	switch {
	case endsInCurrency(before), currencies.at(behind, 0), hasPrefix(behind, 0, "€"), hasPrefix(behind, 0, "£"), hasPrefix(behind, 0, "$"), hasPrefix(behind, 0, "zł"):
		sg.amounts++
	case len(rest) > 0 && (rest[0] == 'm' || rest[0] == 'k' || rest[0] == 'M' || rest[0] == 'K') && (len(rest) == 1 || class[rest[1]]&isWord == 0),
		hasPrefixFold(rest, 0, "bn"), magnitudes.at(behind, 0):
		sg.amounts++
	case hasPrefix(behind, 0, "%"), hasPrefixFold(behind, 0, "percent"), hasPrefixFold(behind, 0, "prozent"):
		sg.percents++
	case doses.at(behind, 0):
		sg.doses++
	case line && dots <= 2 && len(value) <= 5 && len(rest) > 1:
		// "4." and "4.2" before a capital letter number a paragraph.
		m := 0
		for m < len(rest) && m < 5 && (rest[m] == '.' || rest[m] == ')' || rest[m] == ' ' || rest[m] == '\t') {
			m++
		}
		if m > 0 && m < len(rest) && (class[rest[m]]&isUpper != 0 || rest[m] == '"' || rest[m] >= 0xc3) {
			sg.clauses++
		}
	}
	return j
}

var (
	currencies = newLexicon("eur", "usd", "gbp", "chf", "pln", "dollar", "pound", "euro")
	magnitudes = newLexicon("million", "billion", "mio", "mrd", "mln", "tsd", "thousand", "millones", "milioni", "miljoen", "milhões")
	doses      = newLexicon("mg", "mcg", "µg", "ml ", "ml,", "ml.", "mmol", "g/l", "g/dl", "iu ", "ie ", "mmhg", "bpm", "units", "kg/m", "puffs", "°c", "u/l")
)

func endsInCurrency(b []byte) bool {
	for len(b) > 0 && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	n := len(b)
	if n == 0 {
		return false
	}
	return b[n-1] == '$' || n >= 2 && string(b[n-2:]) == "£" || n >= 3 && (string(b[n-3:]) == "€" || currencies.at(b[n-3:], 0))
}

// word counts the word text[i:j] and reports whether it is a capitalised one
// that the next may make a name of.
func (sg *signs) word(w, text []byte, i, j int, capital bool) bool {
	first := class[w[0]]&isUpper != 0 || w[0] == 0xc3 && len(w) > 1 && w[1] < 0x9f || w[0] == 0xc5
	switch {
	case (len(w) == 7 || len(w) == 4 || len(w) == 3) && !first && salutes(w):
		if j+1 < len(text) && class[text[j+1]]&isUpper != 0 {
			sg.titled++
		}
		return false
	case len(w) == 3 && class[w[0]]&isUpper != 0 && class[w[1]]&class[w[2]]&isDigit != 0:
		sg.codes++
		return false
	case !first:
		switch string(w) {
		case "we", "our", "us", "wir", "unser", "unsere", "nous", "notre", "nuestro", "nuestra":
			sg.ours++
		case "shall":
			sg.shall++
		}
		return false
	case len(w) <= 7 && salutes(w):
		k := j
		for k < len(text) && k-j < 2 && (text[k] == ' ' || text[k] == '.' || text[k] == ':') {
			k++
		}
		if k > j && k < len(text) && (class[text[k]]&isUpper != 0 || text[k] >= 0xc3) {
			sg.titled++
		}
		return false
	}
	switch string(w) {
	case "We", "Our", "Wir", "Unser", "Unsere", "Nous", "Notre":
		sg.ours++
	}
	small := len(w) > 1 && (class[w[1]]&isLower != 0 || w[1] >= 0x80)
	if small && capital {
		sg.names++
		return false
	}
	return small
}

func salutes(w []byte) bool {
	switch string(w) {
	case "Mr", "Mrs", "Ms", "Miss", "Dr", "Dear", "Herr", "Herrn", "Frau", "Mme", "Sr", "Sra", "Sig", "Dhr", "Mevr", "Mevrouw", "mevrouw", "heer", "dhr", "Pan", "Pani", "Monsieur", "Madame", "Name", "Patient", "Pt":
		return true
	}
	return false
}

// isDefinition reports ("Seller"), (the "Company") and (nachfolgend „Mieter")
// at the parenthesis at i.
func isDefinition(text []byte, i int) bool {
	quoted := false
	for j := i + 1; j < len(text) && j-i < 70; j++ {
		switch {
		case text[j] == ')':
			return quoted
		case text[j] == '\n' && j > i+1 && text[j-1] == '\n':
			return false
		case text[j] == '"' || hasPrefix(text, j, "“") || hasPrefix(text, j, "„") || hasPrefix(text, j, "«") || hasPrefix(text, j, "‘"):
			k := j + 1
			for k < len(text) && (text[k] >= 0x80 && text[k] < 0xc3 || text[k] == ' ') {
				k++
			}
			quoted = quoted || k < len(text) && (class[text[k]]&isUpper != 0 || text[k] >= 0xc3)
		}
	}
	return false
}

// isPlaceholderAt reports [Company Name], [DATE], {{name}} and [●] at the bracket at i.
func isPlaceholderAt(text []byte, i int) bool {
	if text[i] == '{' {
		return hasPrefix(text, i, "{{")
	}
	letters := 0
	for j := i + 1; j < len(text) && j-i < 48; j++ {
		switch {
		case text[j] == ']':
			return letters > 0 && (j+1 >= len(text) || text[j+1] != '(')
		case class[text[j]]&isAlpha != 0 || text[j] >= 0x80 || text[j] == '_':
			letters++
		case text[j] == '\n':
			return false
		}
	}
	return false
}
