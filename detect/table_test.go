package detect

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// tabular are texts that make careless readers of tables look again and again.
var tabular = map[string]string{
	"commas":          ",",
	"tabs":            "\t",
	"pipes":           "|",
	"semicolons":      ";",
	"a,b lines":       "a,b\n",
	"numbers":         "123-45-6789,",
	"number rows":     "ssn,iban\n123-45-6789,GB97 LOWW\n",
	"quoted commas":   `"a,b","c`,
	"open quotes":     "\"a,b\n",
	"people rows":     "Ana Rossi,+44 7700 900123,12 High Street\n",
	"phone lines":     "Ana Rossi +44 7700 900123\n",
	"rulers":          "|---|---|\n",
	"new lines":       "\n",
	"name keys":       `"name": "Ana Rossi", `,
	"salary keys":     "salary: ",
	"headers":         "name,salary\n\n\n",
	"brackets":        "[CONFIDENTIAL",
	"page 3":          "page 3 of 9 - ",
	"banner words":    "internal use only do not forward ",
	"classification:": "classification: ",
	"Greek":           "ΕΜΠΙΣΤΕΥΤΙΚΟ ",
	"addresses":       "ana@contoso.com,",
	"author lines":    "Author: Ana <ana@contoso.com>\n",
}

func TestTablesAreReadInLinearTime(t *testing.T) {
	perByte := func(text []byte) float64 {
		s := scanner{text: text}
		_ = s.run(t.Context())
		return float64(s.steps) / float64(len(text))
	}
	for name, pattern := range tabular {
		small, large := perByte(repeat(pattern, 32<<10)), perByte(repeat(pattern, 1<<20))
		if large > 1.1*small+0.1 || large > 60 {
			t.Errorf("%s: %.2f looks a byte at 32 KB, %.2f at 1 MB", name, small, large)
		}
	}
}

func TestAColumnsHeaderSpeaksForItsValues(t *testing.T) {
	for _, c := range []struct {
		text, value, header string
	}{
		{"name,ssn,city\nAna,812-33-1694,Leeds\n", "812-33-1694", "ssn"},
		{"name;note;iban\nx;y;GB1\n", "GB1", "iban"},
		{"| a | Passport no |\n|---|---|\n| x | 123 |\n| y | 456 |\n", "456", "Passport no"},
		{"aa\tbb\r\n1\t2\r\n3\t4\r\n", "4", "bb"},
		{"name,note\n\"Rossi, Ana\",\"a, b\"\n\"Berg, Bo\",last\n", "last", "note"},
		{" id | token \n----+-------\n  1 | abc   \n  2 | def   \n", "def", "token"},
		{"intro\n\nk,v,w\n1,2,3\n\ntext between\n\nxx,yy,zz\n4,5,6\n", "6", "zz"},
		{"aa,bb\n1,2\n", "aa", ""},      // the header itself
		{"no table here: 5\n", "5", ""}, // nothing
		{"Dear Ana, hello\nI came, saw\n", "saw", ""},
	} {
		s := scanner{text: []byte(c.text)}
		s.layout()
		from, to := s.header(strings.LastIndex(c.text, c.value))
		if got := c.text[from:to]; got != c.header {
			t.Errorf("%q: %q is under %q, want %q", c.text, c.value, got, c.header)
		}
	}
}

// slowHeader splits lines and cells the plain way, for a table that is the
// whole text.
func slowHeader(text, delimiter string, at int) string {
	lines := strings.Split(text, "\n")
	row := strings.Count(text[:at], "\n")
	if row == 0 {
		return ""
	}
	start := strings.LastIndex(text[:at], "\n") + 1
	return strings.TrimSpace(strings.Split(lines[0], delimiter)[strings.Count(text[start:at], delimiter)])
}

func TestHeadersAgreeWithAPlainReading(t *testing.T) {
	cell := rapid.StringMatching("[A-Za-z][A-Za-z ]{1,12}[A-Za-z]")
	rapid.Check(t, func(t *rapid.T) {
		columns, rows := rapid.IntRange(3, 12).Draw(t, "columns"), rapid.IntRange(1, 12).Draw(t, "rows")
		d := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "delimiter")
		var lines []string
		for range rows + 1 {
			lines = append(lines, strings.Join(rapid.SliceOfN(cell, columns, columns).Draw(t, "cells"), d))
		}
		text := strings.Join(lines, "\n")
		s := scanner{text: []byte(text)}
		s.layout()
		for range 20 { // in any order, though the pass asks in the text's
			at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
			if strings.Contains(d+"\n", text[at:at+1]) {
				continue
			}
			from, to := s.header(at)
			if want := slowHeader(text, d, at); text[from:to] != want {
				t.Fatalf("%q: byte %d is under %q, want %q", text, at, text[from:to], want)
			}
		}
	})
}

// A people table is written in any of these ways from its header and rows.
var tableWriters = map[string]func(header []string, rows [][]string) string{
	"comma":     func(h []string, r [][]string) string { return delimited(h, r, ",", "\n") },
	"semicolon": func(h []string, r [][]string) string { return delimited(h, r, ";", "\r\n") },
	"tab":       func(h []string, r [][]string) string { return delimited(h, r, "\t", "\n") },
	"pipe":      func(h []string, r [][]string) string { return delimited(h, r, " | ", "\n") },
	"quoted": func(h []string, r [][]string) string {
		return `"` + strings.ReplaceAll(strings.TrimSuffix(delimited(h, r, `","`, "\n"), "\n"), "\n", "\"\n\"") + "\"\n"
	},
	"markdown": func(h []string, r [][]string) string {
		rule := make([]string, len(h))
		for i := range rule {
			rule[i] = "---"
		}
		return "| " + strings.ReplaceAll(strings.TrimSuffix(delimited(h, append([][]string{rule}, r...), " | ", "\n"), "\n"), "\n", " |\n| ") + " |\n"
	},
	"json": func(h []string, r [][]string) string {
		var b strings.Builder
		for _, row := range r {
			for i, v := range row {
				fmt.Fprintf(&b, "%q: %q, ", h[i], v)
			}
			b.WriteString("},\n{")
		}
		return "[{" + b.String() + "}]"
	},
	"blocks": func(h []string, r [][]string) string {
		var b strings.Builder
		for _, row := range r {
			for i, v := range row {
				fmt.Fprintf(&b, "%s: %s\n", h[i], v)
			}
			b.WriteString("\n")
		}
		return b.String()
	},
}

func delimited(header []string, rows [][]string, d, end string) string {
	var b strings.Builder
	for _, row := range append([][]string{header}, rows...) {
		b.WriteString(strings.Join(row, d) + end)
	}
	return b.String()
}

func findingOf(id DetectorID, text string) (Finding, bool) {
	for _, f := range Scan([]byte(text)).Findings {
		if f.Detector == id {
			return f, true
		}
	}
	return Finding{}, false
}

// peopleTable draws n distinct people with the given columns, in any order.
// JSON and blocks need a name first, as such records have.
func peopleTable(t *rapid.T, n int, writer string, columns map[string]func(r *rand.Rand) string, names ...string) string {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	header := names
	for h := range columns {
		header = append(header, h)
	}
	if writer != "json" && writer != "blocks" {
		r.Shuffle(len(header), func(i, j int) { header[i], header[j] = header[j], header[i] })
	}
	var rows [][]string
	people := r.Perm(len(samplePeople) * len(samplePeople))
	for i := range n {
		first, last := samplePeople[people[i]%len(samplePeople)][0], samplePeople[people[i]/len(samplePeople)][1]
		var row []string
		for _, h := range header {
			switch {
			case columns[h] != nil:
				row = append(row, columns[h](r))
			case h == "First name":
				row = append(row, first)
			case h == "Last name":
				row = append(row, last)
			default:
				row = append(row, first+" "+last)
			}
		}
		rows = append(rows, row)
	}
	return tableWriters[writer](header, rows)
}

func TestContactTablesAreFoundFromTenPeopleOn(t *testing.T) {
	for writer := range tableWriters {
		t.Run(writer, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				n := rapid.SampledFrom([]int{1, 8, 9, 10, 11, 40}).Draw(t, "people")
				name := rapid.SampledFrom([][]string{{"Name"}, {"Customer"}, {"First name", "Last name"}, {"Contact person"}, {"Nombre"}}).Draw(t, "name")
				text := peopleTable(t, n, writer, map[string]func(*rand.Rand) string{
					rapid.SampledFrom([]string{"Phone", "Mobile", "Telefon", "Téléphone"}).Draw(t, "phone"): func(r *rand.Rand) string {
						return fmt.Sprintf("+49 30 %d", 1000000+r.IntN(8999999))
					},
					"Tier": func(r *rand.Rand) string { return []string{"Gold", "Trial"}[r.IntN(2)] },
				}, name...)
				f, ok := findingOf(ContactTable, text)
				if p, lines := findingOf(PhoneList, text); lines {
					f, ok = p, true
				}
				if ok != (n >= bulkThreshold) || ok && f.Count != n {
					t.Fatalf("%d people: found %v, %+v in\n%s", n, ok, f, text)
				}
			})
		})
	}
}

func TestHRTablesAreFoundFromThreePeopleOn(t *testing.T) {
	for writer := range tableWriters {
		t.Run(writer, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				n := rapid.SampledFrom([]int{1, 2, 3, 4, 30}).Draw(t, "people")
				pay := rapid.SampledFrom([]string{"Salary", "Base salary", "Gehalt", "Salaire", "Sueldo", "Stipendio", "Annual bonus"}).Draw(t, "pay")
				text := peopleTable(t, n, writer, map[string]func(*rand.Rand) string{
					pay:          func(r *rand.Rand) string { return fmt.Sprint(30000 + r.IntN(90)*1000) },
					"Department": func(r *rand.Rand) string { return []string{"Sales", "Legal"}[r.IntN(2)] },
				}, rapid.SampledFrom([]string{"Name", "Employee", "Mitarbeiter"}).Draw(t, "name"))
				f, ok := findingOf(HRTable, text)
				if ok != (n >= minStaff) || ok && f.Count != n {
					t.Fatalf("%d people: found %v, %+v in\n%s", n, ok, f, text)
				}
				if ok && (f.Why.Near == 0 || !strings.Contains(f.Why.String(), fmt.Sprintf("%d people", n))) {
					t.Fatalf("the reason is %q", f.Why)
				}
			})
		})
	}
}

func TestOrdinaryTablesAreNoPeople(t *testing.T) {
	vocabulary := [][]string{
		{"Oak Table", "Pine Chair", "Elm Desk", "Walnut Shelf", "Ash Stool"},
		{"New York", "San Jose", "Cape Town", "Hong Kong", "Buenos Aires"},
		{"Open", "Closed", "Done", "In Review", "Blocked"},
		{"12.50", "8.99", "1,204.00", "0.955", "77"},
		{"2026-01-02", "12/03/2026", "2026-04-30", "01.02.2026", "2026-11-24"},
		{"10.0.0.1", "db-1", "us-east-1", "v1.2.3", "GET /health"},
	}
	headers := []string{"Name", "Product", "City", "Status", "Price", "Date", "Host", "Rating", "Owner", "Total", "Level", "Grade"}
	rapid.Check(t, func(t *rapid.T) {
		writer := rapid.SampledFrom([]string{"comma", "semicolon", "tab", "pipe", "quoted", "markdown", "json", "blocks"}).Draw(t, "writer")
		header := rapid.Permutation(headers).Draw(t, "header")[:rapid.IntRange(2, 6).Draw(t, "columns")]
		var rows [][]string
		kinds := make([]int, len(header))
		for i := range kinds {
			kinds[i] = rapid.IntRange(0, len(vocabulary)-1).Draw(t, "kind")
		}
		for range rapid.IntRange(1, 30).Draw(t, "rows") {
			var row []string
			for _, k := range kinds {
				row = append(row, strings.ReplaceAll(rapid.SampledFrom(vocabulary[k]).Draw(t, "cell"), ",", ""))
			}
			rows = append(rows, row)
		}
		text := tableWriters[writer](header, rows)
		for _, f := range Scan([]byte(text)).Findings {
			if isList(f.Detector) {
				t.Fatalf("found %+v in\n%s", f, text)
			}
		}
	})
}

// No text may make the look over the lines stop, or go out of bounds.
func FuzzLayout(f *testing.F) {
	for _, d := range peopleDetectors() {
		for _, text := range append(d.Hits, d.Misses...) {
			f.Add([]byte(text))
		}
	}
	for _, pattern := range tabular {
		f.Add(repeat(pattern, 200))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s := scanner{text: text}
		s.layout()
		for _, x := range s.tables.list[:s.tables.n] {
			if x.start < 0 || int(x.end) > len(text) || x.start >= x.end || bytes.Count(text[x.start:x.end], []byte("\n")) < 1 {
				t.Fatalf("impossible table %+v in %q", x, text)
			}
		}
		for i := 0; i < len(text); i += 3 {
			if from, to := s.header(i); from < 0 || to > len(text) || from > to || to > i {
				t.Fatalf("the header of %d is %d to %d in %q", i, from, to, text)
			}
		}
	})
}
