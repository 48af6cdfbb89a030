package detect

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const letters36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// makeID makes a number as the oracle says it is.
func makeID(id slowID, pick func(n int) int) string {
	ways := strings.Fields(id.make)
	for {
		way := ways[pick(len(ways))]
		date := map[byte]int{'y': pick(100), 'm': 1 + pick(12), 'd': 1 + pick(31)}
		v := []byte(way)
		var open []int // places to try
		total := 1
		for i, c := range v {
			switch c {
			case '#':
				v[i] = letters36[pick(10)]
			case '@':
				v[i] = letters36[10+pick(26)]
			case '?', '*':
				open = append(open, i)
				total *= len(tried(c))
			case 'y', 'm', 'd':
				if v[i] = '0' + byte(date[c]%10); i+1 < len(way) && way[i+1] == c {
					v[i] = '0' + byte(date[c]/10)
				}
			}
		}
		from := pick(total)
		for n := range total {
			k := (from + n) % total
			for _, i := range open {
				t := tried(way[i])
				v[i] = t[k%len(t)]
				k /= len(t)
			}
			if id.ok(string(v)) {
				return string(v)
			}
		}
	}
}

func tried(c byte) string {
	if c == '*' {
		return letters36
	}
	return letters36[:10]
}

// shapePattern is the regular expression of a shape.
func shapePattern(shape string) *regexp.Regexp {
	var p strings.Builder
	for i := range shape {
		switch shape[i] {
		case 'd':
			p.WriteString("[0-9]")
		case 'a':
			p.WriteString("[A-Za-z]")
		case 'x':
			p.WriteString("[0-9A-Za-z]")
		default:
			p.WriteString(regexp.QuoteMeta(shape[i : i+1]))
		}
	}
	return regexp.MustCompile("^" + p.String() + "$")
}

// written puts a shape's separators into a value, if it is one of that shape.
func written(v, shape string) (string, bool) {
	var out []byte
	for i := range shape {
		switch c := shape[i]; c {
		case 'd', 'a', 'x':
			if v == "" {
				return "", false
			}
			out = append(out, v[0])
			v = v[1:]
		default:
			out = append(out, c)
		}
	}
	return string(out), v == "" && shapePattern(shape).Match(out)
}

// waysToWrite is v in each of the shapes that it has.
func waysToWrite(spec idSpec, v string) (ways, shapes []string) {
	for _, shape := range spec.shapes {
		if w, ok := written(v, shape); ok {
			ways, shapes = append(ways, w), append(shapes, shape)
		}
	}
	return ways, shapes
}

func TestEveryEuropeanNumberIsFound(t *testing.T) {
	if len(slowEurope) != len(europeIDs) {
		t.Errorf("%d numbers have an oracle, of %d", len(slowEurope), len(europeIDs))
	}
	for _, spec := range europeIDs {
		slow := slowEurope[spec.id]
		t.Run(string(spec.id), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				pick := func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") }
				v := makeID(slow, pick)
				ways, shapes := waysToWrite(spec, v)
				if len(ways) == 0 {
					t.Fatalf("%q has none of the shapes", v)
				}
				if isSampleID([]byte(v), spec.samples) || isSampleSSN(v) {
					return
				}
				k := pick(len(ways))
				value := ways[k]
				if rapid.Bool().Draw(t, "small") {
					value = strings.ToLower(value)
				}
				text, start := surroundings(t, slow.word+" ", value)
				if fs := Scan([]byte(text)).Findings; !covers(fs, spec.id, start, start+len(value)) && !isNamesake(fs, start, slow.word) {
					t.Fatalf("not found: %q in %q", value, text)
				}
				// With another digit somewhere it is one only if the oracle says so.
				wrong := []byte(v)
				i := pick(len(wrong))
				if class[wrong[i]]&isDigit == 0 {
					return
				}
				wrong[i] = '0' + (wrong[i]-'0'+byte(1+pick(9)))%10
				value, _ = written(string(wrong), shapes[k])
				if isSampleID(wrong, spec.samples) || slow.ok(string(wrong)) {
					return
				}
				text = text[:start] + value + text[start+len(value):]
				if covers(Scan([]byte(text)).Findings, spec.id, start, start+len(value)) {
					t.Fatalf("found with a wrong digit: %q", value)
				}
			})
		})
	}
}

// isNamesake reports that the number at start is taken for one of another
// country that has the same name there, as NISS in Belgium and Portugal.
func isNamesake(fs []Finding, start int, word string) bool {
	for _, f := range fs {
		if f.Start == start && f.Class == ClassGovID && f.Confidence == High && strings.EqualFold(f.Why.Near.String(), word) {
			return true
		}
	}
	return false
}

func isSampleSSN(v string) bool {
	for _, s := range sampleSSNs {
		if v == s {
			return true
		}
	}
	return false
}

// What counts without a name is rare by chance: once in a thousand numbers of
// its own shape or less.
func TestNumbersWithoutNameAreRare(t *testing.T) {
	const n = 200_000
	for _, spec := range europeIDs {
		if spec.bare == nil {
			continue
		}
		shapes := spec.bareAs
		if shapes == nil {
			shapes = spec.shapes
		}
		for _, shape := range shapes {
			rnd := rand.New(rand.NewPCG(1, uint64(len(shape))))
			hits := 0
			var v []byte
			for range n {
				v = v[:0]
				for i := range shape {
					switch shape[i] {
					case 'd':
						v = append(v, letters36[rnd.IntN(10)])
					case 'a':
						v = append(v, letters36[10+rnd.IntN(26)])
					case 'x':
						v = append(v, letters36[rnd.IntN(36)])
					}
				}
				if spec.check(v) && spec.bare(v) {
					hits++
				}
			}
			if hits > n/1000 {
				t.Errorf("%s: %d of %d random %q count without a name", spec.id, hits, n, shape)
			}
		}
	}
}

// FuzzEuropeanIDs compares each declaration with its oracle.
func FuzzEuropeanIDs(f *testing.F) {
	rnd := rand.New(rand.NewPCG(2, 3))
	patterns := make([][]*regexp.Regexp, len(europeIDs))
	for i, spec := range europeIDs {
		for _, shape := range spec.shapes {
			patterns[i] = append(patterns[i], shapePattern(shape))
		}
		for range 3 {
			ways, _ := waysToWrite(spec, makeID(slowEurope[spec.id], rnd.IntN))
			for _, w := range ways {
				f.Add(uint8(i), w)
			}
		}
	}
	separators := regexp.MustCompile(`[^0-9A-Za-z]`)
	f.Fuzz(func(t *testing.T, which uint8, value string) {
		i := int(which) % len(europeIDs)
		spec := &europeIDs[i]
		slow := slowEurope[spec.id]
		text := slow.word + ": " + value
		s := scanner{text: []byte(text)}
		var found Finding
		start := len(text) - len(value)
		for _, shape := range spec.shapes {
			s.asShape(start, shape, spec, &found)
		}
		want := false
		plain := strings.ToUpper(separators.ReplaceAllString(value, ""))
		for _, p := range patterns[i] {
			want = want || p.MatchString(value) && slow.ok(plain) && strings.Trim(plain, plain[:1]) != ""
		}
		if got := (found.Detector == spec.id && found.Start == start && found.End == len(text)); got != want {
			t.Errorf("%s: %q is found: %v, want %v", spec.id, value, got, want)
		}
	})
}

// A form that is filled in for people of many countries.
func TestNumbersOfManyCountriesInOneText(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 5))
	for range 20 {
		var text strings.Builder
		var starts, ends []int
		for _, spec := range europeIDs {
			v, _ := waysToWrite(spec, makeID(slowEurope[spec.id], rnd.IntN))
			text.WriteString("- " + slowEurope[spec.id].word + ": ")
			starts = append(starts, text.Len())
			text.WriteString(v[0])
			ends = append(ends, text.Len())
			text.WriteString(" (checked by the office in person)\n")
		}
		fs := Scan([]byte(text.String())).Findings
		for i, spec := range europeIDs {
			if !covers(fs, spec.id, starts[i], ends[i]) && !isNamesake(fs, starts[i], slowEurope[spec.id].word) && !isSampleSSN(text.String()[starts[i]:ends[i]]) {
				t.Errorf("%s: %q is not found", spec.id, text.String()[starts[i]:ends[i]])
			}
		}
	}
}

// ordinaryMails have numbers of every other kind: phones, dates, orders,
// versions, prices, timestamps, accounts of companies.
var ordinaryMails = []string{
	`Hi Priya, the order 4471920358 went out on 12/03/2026, tracking 1Z999AA10123456784. Call me on 020 7946 0958 or +44 7700 900123.
Version 12.4.1023.77 costs £1,249.00 per seat; ticket 20260312-0042 is about build 85.07.30 of the NHS app. VAT GB123456789.
The national insurance changes start on 6 April 2026. Our NHS contact: 0300 123 4567, ext. 4417.`,
	`Hallo Frau Krüger, die Rechnung 2026-004711 über 1.249,50 EUR ist am 03.04.2026 fällig, Kundennummer 10023456, Auftrag 8800123456.
Tel. 030 12345678, Fax 030/1234567-89, mobil +49 151 23456789. USt-IdNr. DE136695976, HRB 86891. Artikel 4006381333931.
Die Krankenkasse zahlt ab dem 01.05.2026, das Finanzamt hat am 12.02.2026 geantwortet (Vorgang 123456789012).`,
	`Bonjour Luc, la commande n° 202603120042 part le 12/03/2026, facture F-2026-0815 de 1 249,00 €. Tél. 01 42 68 53 00 ou 06 12 34 56 78.
SIRET 732 829 320 00074, TVA FR40303265045. Version 2.14.3, ticket 1712345678901. La sécurité sociale rembourse 65 %, dossier 12/2026.`,
	`Hola Marta: el pedido 123456789012 sale el 12-03-2026, factura 2026/00815 por 1.249,00 €. Teléfono 912 34 56 78, móvil +34 612 345 678.
CIF B12345674. La seguridad social responde en 15 días; referencia 28/2026. Versión 10.0.19045.4123.`,
	`Ciao Paolo, l'ordine 0012345678 parte il 12/03/2026, fattura n. 815/2026 di 1.249,00 euro. Tel. 02 1234 5678, cell. 333 1234567.
P. IVA 07643520567. Il volo AZ1234567 è alle 10:30, il documento 20260312 è allegato.`,
	`Cześć Aniu, zamówienie 44051401358 wyszło 12.03.2026, faktura FV/2026/03/0815 na 1 249,00 zł. Tel. 22 123 45 67, kom. 600 123 456.
NIP 526-025-02-74, REGON 012345678. Odpowiemy w ciągu 14 dni. Wersja 3.11.0.`,
	`Hej Lars, order 5560160680 skickas 2026-03-12, faktura 20260312-0815 på 1 249,00 kr. Tel. 08-123 456 78, mobil 070-123 45 67.
Organisationsnummer 556016-0680, bankgiro 5050-1055. Ärende 20260312-1234, version 6.8.0-45.
Hei Ola, ordre 12345678901 kommer 12.03.2026, tlf. 22 12 34 56. Moi Aino, tilaus 040123-4567, puh. 09 1234 5678, lasku 120326-001.`,
	`Beste Sanne, bestelling 123456789 komt op 12-03-2026, factuur 2026.0815 van € 1.249,00. Tel. 020-1234567, mobiel 06-12345678.
KvK 12345678, BTW NL123456789B01. Versie 4.2.1, ticket 1712345678. Ahoj Petře, účet 123456789/0800, tel. 601 123 456, faktura 260312001.`,
}

func TestOrdinaryMailsHaveNoNumbersOfPeople(t *testing.T) {
	for _, mail := range ordinaryMails {
		for _, f := range Scan([]byte(mail)).Findings {
			t.Errorf("%s (%s): %q", f.Detector, f.Why, mail[f.Start:f.End])
		}
	}
}

// asShape looks for one kind of number in one way of writing it.
func (s *scanner) asShape(i int, shape string, spec *idSpec, best *Finding) {
	if best.End == 0 {
		*best = Finding{Start: i, End: i}
	}
	s.other = true // the pass has not come by the words before it
	var w idWord
	w.add(shape, strings.IndexFunc(shape+" ", func(r rune) bool { return class[byte(r)]&isAlnum == 0 }), spec)
	lists := []*idList{w.one}
	for _, seconds := range w.more {
		if seconds != nil {
			lists = append(lists, seconds[:]...)
		}
	}
	for _, list := range lists {
		if list != nil {
			s.written(i, &list.patterns[0], s.mayBeNamed(i, i, len(s.text)), best)
		}
	}
}
