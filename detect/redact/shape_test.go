package redact

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
	"testing"

	"handrail/detect"
	"handrail/detect/own"
)

// roundTrip makes a text safe and checks that it comes back byte by byte.
func roundTrip(t *testing.T, text string, finder detect.Finder) string {
	t.Helper()
	r := New()
	res, err := detect.ScanWith(t.Context(), []byte(text), finder)
	if err != nil {
		t.Fatal(err)
	}
	safe := r.Tokenise([]byte(text), res.Findings, Options{Own: finder})
	got := string(safe.Text.Bytes())
	if !safe.OK || safe.Tokens == 0 {
		t.Errorf("%d tokens, left %+v in\n%s", safe.Tokens, safe.Left, got)
	}
	if back := r.Restore(safe.Text.Bytes()); string(back.Text.Bytes()) != text || back.Exact != safe.Tokens || back.Mended+len(back.Left) > 0 {
		t.Errorf("%+v came back as\n%s\nof\n%s", back, back.Text.Bytes(), got)
	}
	return got
}

func TestTablesKeepTheirColumns(t *testing.T) {
	rows := func(format string) string {
		var b strings.Builder
		for i := range 12 {
			b.WriteString(strings.NewReplacer("NAME", "Ana Rossi", "MAIL", fmt.Sprintf("ana%d@northwind-traders.co.uk", i),
				"PHONE", fmt.Sprint("+44 7700 9001", 10+i), "CARD", "4716 2580 5997 0930").Replace(format))
		}
		return b.String()
	}
	for _, c := range []struct{ name, text string }{
		{"CSV", "Name,Team,Mail,Phone\n" + rows("NAME,Sales,MAIL,PHONE\n")},
		{"CSV in quotes", "\"Name\",\"Team\",\"Mail\",\"Card\"\r\n" + rows("\"Rossi, Ana\",\"Sales \"\"North\"\"\",\"MAIL\",\"CARD\"\r\n")},
		{"semicolons", "Name;Team;Mail;Card\n" + rows("NAME;Sales;MAIL;CARD\n")},
		{"TSV", "Name\tTeam\tMail\tCard\n" + rows("NAME\tSales\tMAIL\tCARD\n")},
		{"a number in four cells", "Card\tB\tC\tD\n4716\t2580\t5997\t0930\nMail\tB\tC\tD\n" + rows("MAIL\tx\ty\tz\n")},
		{"Markdown", "| Name | Team | Mail | Card |\n| --- | --- | --- | --- |\n" + rows("| NAME | Sales \\| North | MAIL | CARD |\n")},
		{"staff", "Name,Dept,Salary\n" + "Ana Rossi,Sales,61000\nLars Okafor,Legal,72000\nPriya Smith,Sales,61000\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := roundTrip(t, c.text, nil)
			comma := ','
			switch {
			case strings.HasPrefix(c.text, "|"):
				comma = '|'
			case strings.Contains(c.text, "\t"):
				comma = '\t'
			case strings.HasPrefix(c.text, "Name;"):
				comma = ';'
			}
			before, after := cells(t, c.text, comma), cells(t, got, comma)
			if len(before) != len(after) {
				t.Fatalf("%d rows became %d:\n%s", len(before), len(after), got)
			}
			for i := range before {
				if len(before[i]) != len(after[i]) {
					t.Errorf("row %d: %q became %q", i, before[i], after[i])
				}
			}
		})
	}
}

func cells(t *testing.T, text string, comma rune) [][]string {
	t.Helper()
	if comma == '|' {
		text = strings.ReplaceAll(text, `\|`, "/")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes = comma, comma == '|'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return all
}

func TestCodeAndDataCanStillBeRead(t *testing.T) {
	terms, err := own.New([]own.Entry{{Name: "Larch", Words: []string{"ProjectLarch"}, Confidence: detect.High}})
	if err != nil {
		t.Fatal(err)
	}
	const program = `package main

import "fmt"

// charge takes from card 4539 5787 6362 1486, which isn't real.
func charge(cards []int) error {
	password := "Tr0ub4dor&3xKq"
	fmt.Println('"', password, ` + "`4716 2580 5997 0930`" + `)
	card := 4716258059970930
	others := []int{4539578763621486, 4716258059970930}
	if cards[0] == 4716258059970930 || card != others[1] {
		return ProjectLarch.Stop(card)
	}
	for i := range cards {
		fmt.Println(i, others)
	}
	return nil
}
`
	t.Run("Go", func(t *testing.T) {
		got := roundTrip(t, program, terms)
		if _, err := parser.ParseFile(token.NewFileSet(), "x.go", got, parser.AllErrors); err != nil {
			t.Errorf("%v in\n%s", err, got)
		}
		for _, want := range []string{`"[PASSWORD_ASSIGNMENT]"`, "`[PAYMENT_CARD]`", "card := PAYMENT_CARD", "return OWN_TERM", "[]int{PAYMENT_CARD"} {
			if !strings.Contains(shapeOf(got), want) {
				t.Errorf("%s is missing in\n%s", want, shapeOf(got))
			}
		}
	})
	t.Run("a list of one", func(t *testing.T) {
		got := roundTrip(t, strings.Replace(program, "cards[0] == 4716258059970930", "cards[4716258059970930] > 1", 1), terms)
		if _, err := parser.ParseFile(token.NewFileSet(), "x.go", got, parser.AllErrors); err != nil {
			t.Errorf("%v in\n%s", err, got)
		}
	})
	t.Run("JSON", func(t *testing.T) {
		got := roundTrip(t, `{"card": 4716258059970930, "again": "4716258059970930", "list": [4716258059970930, 4539578763621486], "password": "Tr0ub4dor&3xKq"}`, nil)
		if !json.Valid([]byte(got)) {
			t.Errorf("no JSON any more: %s", got)
		}
		if want := `{"card": "PAYMENT_CARD", "again": "[PAYMENT_CARD]", "list": ["PAYMENT_CARD", "PAYMENT_CARD"], "password": "[PASSWORD_ASSIGNMENT]"}`; shapeOf(got) != want {
			t.Errorf("got %s\nwant %s", shapeOf(got), want)
		}
	})
}

// shapeOf is shape, for tokens without brackets too.
func shapeOf(s string) string { return suffixes.ReplaceAllString(s, "$1") }

var suffixes = regexp.MustCompile(`(PAYMENT_CARD|OWN_TERM|PASSWORD_ASSIGNMENT)_\w+`)
