package document

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"handrail/detect"
)

// packed makes a zip of names and contents.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const word = `<?xml version="1.0"?><w:document xmlns:w="x"><w:body>
<w:p><w:r><w:t>Dear </w:t></w:r><w:r><w:t xml:space="preserve">Ana &amp; Lars,</w:t><w:br/><w:t>hello</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Name</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Phone</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Ana</w:t></w:r></w:p><w:p><w:r><w:t>Rossi</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>+44</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>once</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>once</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>
<w:p><w:del><w:r><w:delText>was here</w:delText></w:r></w:del></w:p></w:body></w:document>`

const (
	strs  = `<sst><si><t>Name</t></si><si><t>Card</t></si><si><r><t>Ana </t></r><r><t>Rossi</t></r><rPh><t>spoken</t></rPh></si></sst>`
	sheet = `<worksheet><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="inlineStr"><is><t>a
b</t></is></c><c r="C2"><f>1+1</f><v>4.716258059970930E+15</v></c></row>
<row r="3"><c t="s"><v>99</v></c><c t="str"><v>x</v></c><c><v>1.5</v></c></row>
</sheetData></worksheet>`
)

func utf16Of(s string, order binary.AppendByteOrder) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestText(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	for _, c := range []struct {
		name    string
		kind    Kind
		data    string
		want    string
		partial bool
	}{
		{"plain", Txt, "Grüße\n", "Grüße\n", false},
		{"empty", CSV, "", "", false},
		{"a mark", MD, "\xef\xbb\xbfx", "x", false},
		{"Latin-1", Code, "Gr\xfc\xdfe", "Gr\xfc\xdfe", false},
		{"UTF-16 with a mark", JSON, "\xff\xfe" + utf16Of("Grüße 😀", le), "Grüße 😀", false},
		{"the other way round", JSON, "\xfe\xff" + utf16Of("Grüße 😀", be), "Grüße 😀", false},
		{"UTF-16 without a mark", CSV, utf16Of("name,mail\n", le), "name,mail\n", false},
		{"big without a mark", CSV, utf16Of("name,mail\n", be), "name,mail\n", false},
		{"half a letter of UTF-16", Txt, "\xff\xfea\x00\x00\xd8b\x00c", "a\uFFFDb", false},
		{"longer than the limit", Txt, strings.Repeat("x", 2000), strings.Repeat("x", 1000), true},
		{"cut inside of a letter", Txt, strings.Repeat("x", 999) + "üü", strings.Repeat("x", 999), true},
		{"Word", Docx, string(packed(t, "[Content_Types].xml", "<Types/>", "word/document.xml", word, "word/footer1.xml", `<w:ftr><w:p><w:t>Secret</w:t></w:p></w:ftr>`)),
			"Dear Ana & Lars,\nhello\nName\tPhone\t\nAna Rossi\t+44\t\nonce\nwas here\nSecret\n", false},
		{"something inside of Word", Docx, string(packed(t, "word/document.xml", `<w:p><w:t>x</w:t></w:p>`, "word/embeddings/a.xlsx", "PK")), "x\n", true},
		{"Excel", Xlsx, string(packed(t, "xl/worksheets/sheet1.xml", sheet, "xl/sharedStrings.xml", strs)), "Name\t\tCard\nAna Rossi\ta b\t4716258059970930\n\tx\t1.5\n\n", false},
		{"sheets in order, and comments", Xlsx, string(packed(t, "xl/worksheets/sheet10.xml", `<row><c><v>10</v></c></row>`, "xl/worksheets/sheet2.xml", `<row><c><v>2</v></c></row>`,
			"xl/comments1.xml", `<comments><comment><text><r><t>a note</t></r></text></comment></comments>`)), "2\n\n10\n\na note\n", false},
	} {
		text, partial, err := Text(c.kind, []byte(c.data), 1000)
		if err != nil || string(text.Bytes()) != c.want || partial != c.partial {
			t.Errorf("%s: got %q, %v, %v; want %q", c.name, text.Bytes(), partial, err, c.want)
		}
	}
}

// What a sheet holds is found as in any table.
func TestASheetIsATable(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<row><c r="A1" t="str"><v>Employee name</v></c><c r="D1" t="str"><v>Base salary</v></c></row>`)
	for i, n := range []string{"Ana Rossi", "Lars Okafor", "Priya Smith"} {
		fmt.Fprintf(&b, `<row><c r="A%[1]d" t="str"><v>%[2]s</v></c><c r="D%[1]d"><v>6%[1]d000</v></c></row>`, i+2, n)
	}
	text, _, err := Text(Xlsx, packed(t, "xl/worksheets/sheet1.xml", b.String()), detect.MaxText)
	if err != nil {
		t.Fatal(err)
	}
	if fs := detect.Scan(text.Bytes()).Findings; len(fs) != 1 || fs[0].Detector != detect.HRTable {
		t.Errorf("found %+v in %q", fs, text.Bytes())
	}
}

func TestWhatIsNotInspected(t *testing.T) {
	bomb := `<w:p><w:t>` + strings.Repeat("0", 4<<20) + `</w:t></w:p>`
	encrypted := packed(t, "word/document.xml", word)
	for i := range encrypted { // the flag in both headers
		if bytes.HasPrefix(encrypted[i:], []byte("PK\x03\x04")) {
			encrypted[i+6] |= 1
		} else if bytes.HasPrefix(encrypted[i:], []byte("PK\x01\x02")) {
			encrypted[i+8] |= 1
		}
	}
	damaged := packed(t, "word/document.xml", word)
	damaged[60] ^= 0xff
	var many []string
	for i := range maxEntries + 1 {
		many = append(many, fmt.Sprint("x/", i), "")
	}
	for _, c := range []struct {
		name string
		kind Kind
		data []byte
		want Reason
	}{
		{"a picture", Other, []byte("\x89PNG"), ReasonKind},
		{"a kind of tomorrow", "pptx", nil, ReasonKind},
		{"a program named as text", Txt, []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00>\x00\x01"), ReasonBinary},
		{"with a password", Docx, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00"), ReasonEncrypted},
		{"with a password of zip's", Docx, encrypted, ReasonEncrypted},
		{"no zip", Xlsx, []byte("name,mail"), ReasonMalformed},
		{"empty", Docx, nil, ReasonMalformed},
		{"a sheet named as a letter", Docx, packed(t, "xl/worksheets/sheet1.xml", sheet), ReasonMalformed},
		{"damaged", Docx, damaged, ReasonMalformed},
		{"breaks off", Docx, packed(t, "word/document.xml", `<w:p><w:t>x`), ReasonMalformed},
		{"closed too often", Docx, packed(t, "word/document.xml", `</w:p>`), ReasonMalformed},
		{"an entity of its own", Docx, packed(t, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa">]><w:p><w:t>&a;</w:t></w:p>`), ReasonMalformed},
		{"too deep", Docx, packed(t, "word/document.xml", strings.Repeat("<x>", maxDepth+1)), ReasonMalformed},
		{"too many attributes", Docx, packed(t, "word/document.xml", `<w:p `+strings.Repeat(`a=""`, maxAttrs+1)+`/>`), ReasonMalformed},
		{"a bomb", Docx, packed(t, "word/document.xml", bomb), ReasonTooLarge},
		{"a bomb beside", Xlsx, packed(t, "xl/worksheets/sheet1.xml", sheet, "xl/media/a.xml", bomb), ReasonTooLarge},
		{"too many entries", Docx, packed(t, many...), ReasonMalformed},
	} {
		text, partial, err := Text(c.kind, c.data, 1000)
		if r, ok := errors.AsType[Reason](err); !ok || r != c.want || text != nil || partial {
			t.Errorf("%s: got %v, want %v", c.name, err, c.want)
		}
	}
}

// Much XML of little text is read up to a bound, and what was read is given.
func TestHugeXMLIsCut(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<w:p><w:t>first</w:t></w:p>`)
	for i := 0; b.Len() < maxUnpacked+1<<20; i++ {
		fmt.Fprintf(&b, `<w:p a="%x"/>`, i*2654435761)
	}
	text, partial, err := Text(Docx, packed(t, "word/document.xml", b.String(), "word/footer1.xml", `<w:p><w:t>last</w:t></w:p>`), detect.MaxText)
	if err != nil || !partial || !strings.HasPrefix(string(text.Bytes()), "first\n") {
		t.Errorf("got %d bytes, %v, %v", text.Len(), partial, err)
	}
}

// A cell far to the right costs no more than one near.
func TestGapsAreBounded(t *testing.T) {
	row := `<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>`
	text, _, err := Text(Xlsx, packed(t, "xl/worksheets/sheet1.xml", strings.Repeat(row, 100)), detect.MaxText)
	if err != nil || text.Len() > 100*(maxGap+4) {
		t.Errorf("%d bytes, %v", text.Len(), err)
	}
}

func FuzzText(f *testing.F) {
	kinds := []Kind{Txt, Docx, Xlsx}
	for k := range kinds {
		f.Add(k, packed(f, "word/document.xml", word))
		f.Add(k, packed(f, "xl/worksheets/sheet1.xml", sheet, "xl/sharedStrings.xml", strs))
		f.Add(k, []byte("\xff\xfea\x00"))
	}
	f.Fuzz(func(t *testing.T, k int, data []byte) {
		text, partial, err := Text(kinds[uint(k)%3], data, 500)
		check(t, text.Len(), partial, err)
	})
}

// The parts themselves, which chance doesn't get into a zip.
func FuzzParts(f *testing.F) {
	f.Add(word, sheet, strs)
	f.Fuzz(func(t *testing.T, document, sheet, strs string) {
		text, partial, err := Text(Docx, packed(t, "word/document.xml", document), 500)
		check(t, text.Len(), partial, err)
		text, partial, err = Text(Xlsx, packed(t, "xl/worksheets/sheet1.xml", sheet, "xl/sharedStrings.xml", strs), 500)
		check(t, text.Len(), partial, err)
	})
}

func check(t *testing.T, n int, partial bool, err error) {
	t.Helper()
	if _, ok := errors.AsType[Reason](err); err != nil && !ok {
		t.Errorf("not a reason: %v", err)
	}
	if n > 500 || err != nil && (n > 0 || partial) {
		t.Errorf("%d bytes, %v with %v", n, partial, err)
	}
}

// Cells that say they are far to the right cost no more time than others: all
// that is read of a document would take minutes.
func TestFarCellsCostNoTime(t *testing.T) {
	s := sheetReader{out: &output{limit: 10}, shared: &sharedStrings{}}
	for range 1000 {
		s.column, s.done, s.kind, s.value = math.MaxInt, 0, "str", []byte("x")
		s.cell()
	}
}

// What is no attribute is not counted as one.
func TestQuotesOutsideOfElements(t *testing.T) {
	q := strings.Repeat(`"'`, maxAttrs+1) + "'"
	doc := `<?xml version="1.0"?><!-- don't ` + q + `--><w:p a=">` + strings.Repeat("'", maxAttrs+1) + `"><w:t>` + q + `</w:t></w:p>` + strings.Repeat(`<w:p a="1"/>`, maxAttrs+1)
	text, _, err := Text(Docx, packed(t, "word/document.xml", doc), detect.MaxText)
	if err != nil || !strings.HasPrefix(string(text.Bytes()), q) {
		t.Errorf("got %d bytes, %v", text.Len(), err)
	}
}
