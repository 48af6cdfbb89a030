package detect

import (
	"slices"
	"strings"
	"testing"
)

func TestPartsOfLists(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // kind and text, without regard to order and doubles
	}{
		{"name beside an address", sampleRowsOf(10, "%[1]s %[2]s <%[1]s.%[2]s%[3]d@contoso.com>; "), []string{"person Ana Rossi", "email Ana.Rossi11@contoso.com"}},
		{"columns", "Name,Team,Phone\n" + sampleRowsOf(10, "%s %s,Blue,+44 7700 9001%d\n"), []string{"person Ana Rossi", "phone +44 7700 900111"}},
		{"columns with addresses", "Name,Mail,Phone\n" + sampleRowsOf(12, "%[1]s %[2]s,%[1]s%[3]d@contoso.com,+44 7700 9001%[3]d\n"), []string{"person Ana Rossi", "email Ana11@contoso.com", "phone +44 7700 900111"}},
		{"pay", "Employee ID,Name,Dept,Salary\n" + sampleRowsOf(3, "100%[3]d,%[1]s %[2]s,Sales,6%[3]d00\n"), []string{"id 10011", "person Ana Rossi", "amount 61100"}},
		{"lines", sampleRowsOf(10, "- %s %s (home): 030 26442%d\n"), []string{"person Ana Rossi", "phone 030 2644211"}},
		{"records", "[" + sampleRowsOf(10, `{"name": "%s %s", "city": "Leeds", "phone": "+1 415 555 23%d"},`) + "]", []string{"person Ana Rossi", "phone +1 415 555 2311"}},
		{"cards", sampleRowsOf(10, "BEGIN:VCARD\nN:%[2]s;%[1]s;;;\nTEL;TYPE=CELL:+44 7700 9001%[3]d\nADR;TYPE=HOME:;;1 High Street;Leeds\nEND:VCARD\n"),
			[]string{"person Rossi;Ana;;;", "phone +44 7700 900111", "address ;;1 High Street;Leeds"}},
		{"wide letters", strings.ReplaceAll(sampleRowsOf(10, "%[1]s%[3]d@contoso.com\n"), "contoso", "ｃｏｎｔｏｓｏ"), []string{"email Ana11@ｃｏｎｔｏｓｏ.com"}},
	} {
		var got []string
		for _, p := range Parts([]byte(c.text)) {
			got = append(got, p.Kind.String()+" "+c.text[p.Start:p.End])
		}
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: %q is no part, but %q", c.name, w, got)
			}
		}
		for _, g := range got {
			if strings.Contains(g, "Blue") || strings.Contains(g, "Sales") {
				t.Errorf("%s: %q says nothing about a person", c.name, g)
			}
		}
	}
}

func TestATokenIsNobody(t *testing.T) {
	for text, want := range map[string]bool{
		"[PERSON_k7f2]": true, "[BIRTH_DATE_0z9]": true, "[PERSON]": false, "[person_k7f2]": false, "[PERSON_k7F2]": false, "[_k7f2]": false, "EMP_1042": false, "": false,
	} {
		if got := isSwapped([]byte(text), 0, len(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if v := []byte("x,[ID_k7f2],"); !isSwapped(v, 3, 10) {
		t.Error("not known without its brackets")
	}
}
