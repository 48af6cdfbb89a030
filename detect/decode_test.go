package detect

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

var background = context.Background()

const ssnText = "cfg SSN 665-93-2576 end of file"

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// wrap breaks s into lines of n.
func wrap(s string, n int, end string) string {
	var b strings.Builder
	for len(s) > n {
		b.WriteString(s[:n] + end)
		s = s[n:]
	}
	return b.String() + s
}

// each writes every byte of s in the given format.
func each(s, format, between string) string {
	var parts []string
	for i := range len(s) {
		parts = append(parts, fmt.Sprintf(format, s[i]))
	}
	return strings.Join(parts, between)
}

func TestEncodedValuesAreFound(t *testing.T) {
	std, long := base64.StdEncoding.EncodeToString, ssnText+strings.Repeat(" and a few words more", 12)
	for _, c := range []struct {
		name, before, code, behind string // the code is what is found
		coded                      Encoding
	}{
		{"base64", "please decode ", std([]byte(ssnText)), "", Base64},
		{"base64 url", "https://host/a/", base64.RawURLEncoding.EncodeToString([]byte(ssnText + " ~~~???")), " x", Base64},
		{"base64 in lines", "x\n", wrap(std([]byte(long)), 76, "\n"), "\n\nRegards", Base64},
		{"base64 in indented lines", "data:\n  ", wrap(std([]byte(long)), 64, "\r\n  "), "\r\nnext: 1", Base64},
		{"base64 in JSON", `{"v":"`, std([]byte(ssnText)), `"}`, Base64},
		{"data URI", "data:text/plain;base64,", std([]byte(ssnText)), "", Base64},
		{"powershell", "powershell -enc ", std(utf16le(ssnText)), "", Base64},
		{"hex", "", hex.EncodeToString([]byte(ssnText)), "", Hex},
		{"HEX", "dump: ", strings.ToUpper(hex.EncodeToString([]byte(ssnText))), ".", Hex},
		{"0x", "0x", hex.EncodeToString([]byte(ssnText)), "", Hex},
		{"pairs", "see ", each(ssnText, "%02x", " "), "", Hex},
		{"pairs with colons", "", each(ssnText, "%02X", ":"), "", Hex},
		{"bytes in C", "{ 0x", each(ssnText, "%02x", ", 0x"), " }", Hex},
		{"groups of four", "", wrap(hex.EncodeToString([]byte(ssnText)), 4, " "), "", Hex},
		{"all percent", "SSN ", each("665-93-2576", "%%%02X", ""), "", Percent},
		{"entities", "&#83;&#83;&#78; ", each("665-93-2576", "&#%d;", ""), "", Entities},
		{"hex entities", "SSN ", each("665-93-2576", "&#x%X;", ""), "", Entities},
		{`\x`, "SSN ", each("665-93-2576", `\x%02x`, ""), "", Escapes},
		{`\u`, `"SSN: `, each("665-93-2576", `\u%04x`, ""), `"`, Escapes},
		{"full-width in entities", "SSN ", each("665", "&#%d;", "") + "&#65293;93&#8208;2576", "", Entities},
	} {
		text := c.before + c.code + c.behind
		fs := Scan([]byte(text)).Findings
		if len(fs) != 1 || fs[0].Detector != USSSN || fs[0].Decoded != c.coded || text[fs[0].Start:fs[0].End] != c.code {
			t.Errorf("%s: %q: got %+v", c.name, text, fs)
		}
	}
}

func TestTheValueInAnEscapedTextIsWhatIsFound(t *testing.T) {
	for _, c := range []struct {
		text, value string
		coded       Encoding
	}{
		{"q%3DSSN%20820-88-2377%26x%3D1", "820-88-2377", Percent},
		{"https://host/s?q=card+number%3A+4716+2580+5997+0930&x=1", "4716+2580+5997+0930", Percent},
		{"<td>SSN:&nbsp;820&#8209;88&#45;2377</td>", "820&#8209;88&#45;2377", Entities},
		{`{"note":"SSN\u003a\u0020820-88-2377"}`, "820-88-2377", Escapes},
		{"Content-Transfer-Encoding: quoted-printable\n\nSSN=20820=2D88=\n-2377", "820=2D88=\n-2377", QuotedPrintable},
	} {
		fs := Scan([]byte(c.text)).Findings
		if len(fs) != 1 || c.text[fs[0].Start:fs[0].End] != c.value || fs[0].Decoded != c.coded {
			t.Errorf("%q: got %+v", c.text, fs)
		}
	}
}

// What names a number in another script names it in an encoded text, too.
func TestEncodedNumbersAreNamedInEveryScript(t *testing.T) {
	for _, text := range []string{"パスポート番号 TK1234567 です", "护照号码 E12345678 谢谢", "паспорт 4509 235857 выдан"} {
		want := Scan([]byte(text)).Findings[0].Detector
		escaped := strings.Trim(strconv.QuoteToASCII(text), `"`)
		for _, code := range []string{base64.StdEncoding.EncodeToString([]byte(text)), hex.EncodeToString([]byte(text)), url.QueryEscape(text), `{"note": "` + escaped + `"}`} {
			if fs := Scan([]byte(code)).Findings; len(fs) != 1 || fs[0].Detector != want || fs[0].Decoded == Plain {
				t.Errorf("%q as %q: got %+v", text, code, fs)
			}
		}
	}
}

// What is decoded of a text is in places that are used again, and wiped, not
// left to the collector.
func TestDecodingLeavesNothingBehind(t *testing.T) {
	text := []byte(base64.StdEncoding.EncodeToString([]byte("eyJ, and some more words that are no token of any kind")))
	if n := allocations(text); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestWhatIsNoEncodedTextStaysQuiet(t *testing.T) {
	std := base64.StdEncoding.EncodeToString
	noise := make([]byte, 300) // as of a picture
	for i := range noise {
		noise[i] = byte(i * i * 37 >> 3)
	}
	for _, text := range []string{
		std([]byte(std([]byte(ssnText)))), // encoded twice
		"%2571%253DSSN%2520820%252D88%252D2377",
		`\\u0053\\u0053\\u004e 820\\u002d88\\u002d2377`,
		std([]byte("an ordinary text that somebody encoded, order 48210 of 12 May")),
		"commit 22cb987851bc5659229114c62e60c79abd0d2c08\nsha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"<img src=\"data:image/png;base64,iVBORw0KGgo" + std(noise) + "\">",
		"-----BEGIN CERTIFICATE-----\n" + wrap(std(noise), 64, "\n") + "\n-----END CERTIFICATE-----\n",
		"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ" + std(noise) + " ana@host",
		"https://www.host.org/search?q=the%20price%20of%20bread%20in%201871&lang=en%2DGB",
		"some_long_identifier_name_for_a_test/another-long-path-segment/AVeryLongCamelCaseTypeName",
		"&lt;p&gt;Fish &amp; chips&nbsp;for 4 &#8364; &#8211; 12&#160;May&lt;/p&gt;",
		`{"city":"K\u00f6ln","note":"caf\u00e9 \u2013 12 May","path":"C:\\Users\\ana"}`,
		"2026-01-02 10:30 11:45 12:00 13:15 2026-01-03 10:30 11:45 12:00 13:15 2026-01-04 10:30",
		"if len%64 < 56 { n = size%10; token := x%40 } // SSN 820-88-23%37",
		"fmt.Printf(\"%20d %5.2f %-10s %ad\", a, b, c)",
	} {
		if fs := Scan([]byte(text)).Findings; len(fs) != 0 {
			t.Errorf("%q: got %+v", text, fs)
		}
	}
}

func TestWhatStandsInPlainLettersWins(t *testing.T) {
	jwt := jwtDetectors()[0].Hits[0]
	for _, text := range []string{jwt, "%41 " + jwt, "a%20b SSN 665-93-2576", "&amp; SSN 665-93-2576 &amp;", `\u0041 AKIA` + "QYLPMN5HHHFPZAM2"} {
		fs := Scan([]byte(text)).Findings
		if len(fs) != 1 || fs[0].Decoded != Plain {
			t.Errorf("%q: got %+v", text, fs)
		}
	}
}

// What is found in several places at once has no place of its own, but for a
// list.
func TestAListMayBeEncodedInPieces(t *testing.T) {
	var text, apart strings.Builder
	for i := range 12 {
		fmt.Fprintf(&text, "row %s end\n", base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "Ana Rossi, ana%c@contoso.com", 'a'+i)))
		fmt.Fprintf(&apart, "mailto:ana%c%%40contoso.com %s\n", 'a'+i, strings.Repeat("word ", 70))
	}
	for _, text := range []string{text.String(), apart.String()} {
		fs := Scan([]byte(text)).Findings
		if len(fs) != 1 || fs[0].Detector != EmailBulk || fs[0].Count != 12 || fs[0].Decoded == Plain || fs[0].Start < 0 || fs[0].End > len(text) {
			t.Errorf("%.80q: got %+v", text, fs)
		}
	}
}

// rewriting writes each character of a text in another way.
type rewriting struct {
	name string
	// char writes the character; n is how many stand in s before it.
	char func(s string, n int) string
	// wrapAll makes one piece of it all, which is then what is found.
	wrapAll func(s string) (before, code string)
	coded   Encoding
}

var twins = map[byte]string{'a': "а", 'e': "е", 'o': "о", 'p': "р", 'c': "с", 'x': "х", 'A': "А", 'B': "В", 'E': "Е", 'K': "К", 'M': "М", 'O': "О", 'P': "Р", 'T': "Т", 'X': "Х"}

var rewritings = []rewriting{
	{name: "full width", char: func(s string, i int) string {
		switch c := s[i]; {
		case c == ' ':
			return "\u3000"
		case c > ' ' && c < 0x7f:
			return string(rune(c) + 0xfee0)
		}
		return s[i : i+1]
	}},
	{name: "zero width", char: func(s string, i int) string { return s[i:i+1] + "\u200b" }},
	{name: "nbsp", char: func(s string, i int) string { return strings.ReplaceAll(s[i:i+1], " ", "\u00a0") }},
	{name: "soft hyphen", char: func(s string, i int) string {
		if i%5 == 3 {
			return s[i:i+1] + "\u00ad"
		}
		return s[i : i+1]
	}},
	{name: "one homoglyph", char: func(s string, i int) string {
		// The first letter with a twin that has an ASCII letter beside it.
		for k := 1; k < i; k++ {
			if twins[s[k]] != "" && class[s[k-1]]&isAlpha != 0 {
				return s[i : i+1]
			}
		}
		if i > 0 && twins[s[i]] != "" && class[s[i-1]]&isAlpha != 0 {
			return twins[s[i]]
		}
		return s[i : i+1]
	}},
	{name: "percent", coded: Percent, char: func(s string, i int) string { return fmt.Sprintf("%%%02X", s[i]) }},
	{name: "entities", coded: Entities, char: func(s string, i int) string { return fmt.Sprintf("&#%d;", s[i]) }},
	{name: "escapes", coded: Escapes, char: func(s string, i int) string { return fmt.Sprintf(`\u%04x`, s[i]) }},
	{name: "base64", coded: Base64, wrapAll: func(s string) (string, string) {
		return "\n", base64.StdEncoding.EncodeToString([]byte(s + "\n\nthe end of it"))
	}},
	{name: "hex", coded: Hex, wrapAll: func(s string) (string, string) {
		return "\n", hex.EncodeToString([]byte(s + "\n\nthe end of it"))
	}},
}

// Every text in which a detector finds something is found in each disguise.
func TestNoDisguiseHidesAnything(t *testing.T) {
	tried := 0
	for _, d := range Detectors() {
		for _, hit := range d.Hits {
			if ascii([]byte(hit)) < len(hit) {
				continue // is in letters of its own already
			}
			for _, w := range rewritings {
				base := hit
				if w.wrapAll != nil {
					base += "\n\nthe end of it"
				}
				var want *Finding
				for _, f := range Scan([]byte(base)).Findings {
					if f.Detector == d.ID && f.Confidence >= Medium && f.Decoded == Plain {
						want = &f
						break
					}
				}
				if want == nil {
					continue // was encoded already
				}
				tried++
				var text string
				var start, end int
				if w.wrapAll != nil {
					before, code := w.wrapAll(hit)
					text, start, end = before+code+"\n", len(before), len(before)+len(code)
				} else {
					var b strings.Builder
					for i := range len(hit) {
						if i == want.Start {
							start = b.Len()
						}
						c := w.char(hit, i)
						b.WriteString(c)
						if i == want.End-1 {
							end = b.Len()
							if w.name == "zero width" || w.name == "soft hyphen" && len(c) > 1 {
								end -= len(c) - 1 // what stands behind the last is no part of it
							}
						}
					}
					text = b.String()
				}
				found := false
				fs := Scan([]byte(text)).Findings
				for _, f := range fs {
					if known := f.Detector == PrivateKey || f.Detector == JWT; known && w.coded == Base64 && f.Decoded == Plain {
						// Their base64 is told by how it begins.
						f.Decoded, f.End = Base64, f.End+len(text[f.End:end])-len(strings.TrimLeft(text[f.End:end], "="))
					}
					found = found || f.Detector == d.ID && f.Start == start && f.End == end && f.Decoded == w.coded && f.Confidence >= Medium
				}
				if !found {
					t.Errorf("%s as %s: %q in %q (want %d to %d) gives %+v", d.ID, w.name, hit, text, start, end, fs)
				}
			}
		}
	}
	if least := 2 * len(Detectors()); tried < least {
		t.Errorf("only %d texts were disguised, want at least %d", tried, least)
	}
	t.Logf("%d disguised texts", tried)
}

// impatient is a context that is cancelled after some looks at it.
type impatient struct {
	context.Context
	looks int
}

func (c *impatient) Err() error {
	if c.looks--; c.looks < 0 {
		return context.Canceled
	}
	return nil
}

func TestAScanCanBeCancelledWhereverItIs(t *testing.T) {
	for name, text := range map[string]string{
		"plain": cleanText, "other letters": "Здравствуйте, ＡＢ\u200bＣ! ", "base64": base64.StdEncoding.EncodeToString([]byte(cleanText)) + "\n",
		"percent": "a%20b ", "entities": "a&#65;b ", "hex pairs": "41 4b ", "names": "a_b/",
	} {
		text := repeat(text, MaxText)
		count := &impatient{background, 1 << 30}
		whole := scanner{text: text}
		if err := whole.scan(count, nil); err != nil {
			t.Fatal(err)
		}
		looks := 1<<30 - count.looks
		if looks < MaxText/stretchOfText {
			t.Errorf("%s: only %d looks in %d bytes", name, looks, MaxText)
		}
		for n := 0; n < looks; n += 1 + looks/4 {
			s := scanner{text: text}
			c := &impatient{background, n}
			if err := s.scan(c, nil); err != context.Canceled {
				t.Fatalf("%s: cancelled at look %d of %d: %v", name, n, looks, err)
			}
			if s.steps >= whole.steps {
				t.Errorf("%s: cancelled at look %d of %d it took %d steps of %d", name, n, looks, s.steps, whole.steps)
			}
			if c.looks < -2 {
				t.Errorf("%s: cancelled at look %d, looked on %d times", name, n, -c.looks)
			}
		}
	}
}

func TestMoreThanIsDecodedIsSaid(t *testing.T) {
	for name, text := range map[string][]byte{
		"one run":   repeat("TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQg", 3<<20),
		"many runs": repeat("TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQ\n\n", 3<<20),
		"percent":   repeat("abc%20", 3<<20),
	} {
		if !Scan(text).Partial {
			t.Errorf("%s: it isn't said that not all was decoded", name)
		}
		if r := Scan(text[:300<<10]); r.Partial {
			t.Errorf("%s: 300 KB are too much", name)
		}
	}
}

// term finds one word, as the terms of a policy.
type term string

func (w term) Find(text []byte, found func(Finding)) {
	for i := 0; ; {
		k := bytes.Index(text[i:], []byte(w))
		if k < 0 {
			return
		}
		i += k
		found(Finding{Detector: "own_term", Class: ClassOwn, Start: i, End: i + len(w), Confidence: High, Count: 1})
		i += len(w)
	}
}

func TestOwnTermsAreFoundHoweverTheyAreWritten(t *testing.T) {
	for text, value := range map[string]string{
		"über Larchwood":       "Larchwood",
		"für Ｌarch\u200bwood.": "Ｌarch\u200bwood",
		"see %4C%61rchwood":    "%4C%61rchwood",
		"x " + base64.StdEncoding.EncodeToString([]byte("the project Larchwood")): base64.StdEncoding.EncodeToString([]byte("the project Larchwood")),
	} {
		r, err := ScanWith(background, []byte(text), term("Larchwood"))
		if err != nil || len(r.Findings) != 1 || text[r.Findings[0].Start:r.Findings[0].End] != value {
			t.Errorf("%q: %+v, %v", text, r.Findings, err)
		}
	}
}

// A scan is one function call that ends: nothing goes on behind it.
func TestDetectStartsNoGoroutine(t *testing.T) {
	pkgs, err := parser.ParseDir(token.NewFileSet(), ".", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for name, file := range p.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				if _, ok := n.(*ast.GoStmt); ok {
					t.Errorf("%s starts a goroutine", name)
				}
				return true
			})
		}
	}
}
