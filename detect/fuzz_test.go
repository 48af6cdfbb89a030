package detect

import (
	"bytes"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	slowForm  = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}(?:[0-9A-Z]{11,30}|(?: [0-9A-Z]{4}){2,7}(?: [0-9A-Z]{1,4})?|(?:-[0-9A-Z]{4}){2,7}(?:-[0-9A-Z]{1,4})?)`)
	slowWord  = regexp.MustCompile(`^[0-9A-Za-z_]`)
	slowChars = regexp.MustCompile(`^[0-9A-Z]+$`)
	slowSplit = regexp.MustCompile(`[ -]`)
)

// ibanLengths are the registry's lengths by country, written out once more.
const ibanLengths = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 " +
	"EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 " +
	"LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 " +
	"RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 " +
	"AO25 CM27 CV25 DZ26 IR26 MA28 MG27 MZ25 SN28"

// slowIBANs finds IBANs the plain way: at every byte, by regexp and big
// remainder, in texts without the bytes that make other detectors take part.
func slowIBANs(text []byte) (spans [][2]int) {
	for i := 0; i < len(text); i++ {
		if i > 0 && slowWord.Match(text[i-1:]) || len(spans) > 0 && i < spans[len(spans)-1][1] || !slowForm.Match(text[i:]) {
			continue
		}
		for _, c := range strings.Fields(ibanLengths) {
			if string(text[i:i+2]) != c[:2] {
				continue
			}
			n := int(c[2]-'0')*10 + int(c[3]-'0')
			for _, sep := range []string{"", " ", "-"} {
				j := i + n
				if sep != "" {
					j += (n - 1) / 4
				}
				if j > len(text) || j < len(text) && (slowWord.Match(text[j:]) || text[j] == '%') {
					continue
				}
				num := string(text[i:j])
				if sep != "" {
					parts := strings.Split(num, sep)
					if slices.ContainsFunc(parts[:len(parts)-1], func(p string) bool { return len(p) != 4 }) {
						continue
					}
					num = strings.Join(parts, "")
				}
				if len(num) != n || !slowChars.MatchString(num) || slices.Contains(sampleIBANs[:], num) {
					continue
				}
				rem := new(big.Int)
				var decimal strings.Builder
				for _, r := range num[4:] + num[:4] {
					decimal.WriteString(strconv.Itoa(strings.IndexRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", r)))
				}
				rem.SetString(decimal.String(), 10)
				if rem.Mod(rem, big.NewInt(97)).Int64() == 1 {
					spans = append(spans, [2]int{i, j})
				}
			}
		}
	}
	return spans
}

// slowCards finds the lines that are nothing but a card of a big issuer.
func slowCards(text []byte) (spans [][2]int) {
	line := regexp.MustCompile(`(?m)^(?:4\d{15}|4\d{3}( \d{4}){3}|5[1-5]\d{14}|5[1-5]\d{2}(-\d{4}){3}|3[47]\d{2} \d{6} \d{5})$`)
	for _, m := range line.FindAllIndex(text, -1) {
		num := regexp.MustCompile(`\D`).ReplaceAllString(string(text[m[0]:m[1]]), "")
		sum := 0
		for i := range num {
			v, _ := strconv.Atoi(num[len(num)-1-i : len(num)-i])
			if i%2 == 1 {
				v *= 2
			}
			sum += v/10 + v%10
		}
		around := text[max(0, m[0]-40):min(len(text), m[1]+20)]
		other := regexp.MustCompile(`[A-Za-z]`).Match(around) // a word may speak for or against it
		if sum%10 == 0 && !other && !isSampleCard([]byte(num)) {
			spans = append(spans, [2]int{m[0], m[1]})
		}
	}
	return spans
}

func FuzzScan(f *testing.F) {
	known := map[DetectorID]Detector{}
	for _, d := range Detectors() {
		known[d.ID] = d
		for _, h := range d.Hits {
			f.Add([]byte(h))
		}
		for _, m := range d.Misses {
			f.Add([]byte(m))
		}
	}
	for _, h := range hostile {
		f.Add(repeat(h, 300))
	}
	f.Add([]byte("1 2 3 " + strings.Repeat("4716 ", 80) + "\n4716258059970930\n5187-0123-4567-8905\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		before := bytes.Clone(text)
		fs := Scan(text).Findings
		if !bytes.Equal(text, before) {
			t.Fatal("the scan changed the text")
		}
		end, start := 0, 0
		for _, x := range fs {
			if x.Start < 0 || x.End > len(text) || x.Start >= x.End || x.Count < 1 {
				t.Fatalf("impossible finding %+v in %d bytes", x, len(text))
			}
			if d, ok := known[x.Detector]; !ok || d.Class != x.Class || x.Confidence > d.Confidence {
				t.Fatalf("%+v is not what its detector declares", x)
			}
			if x.Start < start {
				t.Fatalf("not in order: %+v", fs)
			}
			start = x.Start
			if aboutText(x.Detector) {
				continue
			}
			if x.Start < end {
				t.Fatalf("overlap: %+v", fs)
			}
			end = x.End
		}
		hidden := func(a [2]int) bool {
			return slices.ContainsFunc(fs, func(x Finding) bool { return !aboutText(x.Detector) && x.Start < a[1] && a[0] < x.End })
		}
		for _, a := range slowCards(text) {
			if !covers(fs, PaymentCard, a[0], a[1]) && !hidden(a) && !bytes.ContainsAny(text, "\\@") && !inTableSlow(text[a[0]:a[1]]) {
				t.Errorf("card at %v is not found: %q", a, text)
			}
		}
		if bytes.ContainsAny(text, "\\@~") || bytes.Contains(text, []byte("eyJ")) {
			return // an escape, address or token may take what stands there
		}
		slow := slowIBANs(text)
		for _, a := range slow {
			if !covers(fs, IBAN, a[0], a[1]) && !hidden(a) {
				t.Errorf("IBAN at %v is not found: %q", a, text)
			}
		}
		for _, x := range fs {
			if x.Detector == IBAN && !slices.Contains(slow, [2]int{x.Start, x.End}) && plainIBAN(text, x) {
				t.Errorf("IBAN at %d to %d is none: %q", x.Start, x.End, text)
			}
		}
	})
}

// inTableSlow reports three groups of four that start alike.
func inTableSlow(num []byte) bool {
	n := map[string]int{}
	for _, g := range slowSplit.Split(string(num), -1) {
		n[g[:2]]++
		if n[g[:2]] >= 3 {
			return true
		}
	}
	return false
}

// plainIBAN reports whether a found IBAN stands in capitals, in fours, and
// ends where its word ends: the others need words around them.
func plainIBAN(text []byte, x Finding) bool {
	v := text[x.Start:x.End]
	return bytes.Equal(v, bytes.ToUpper(v)) && slowForm.Match(v) && !slowWord.Match(text[x.End:]) && len(slowForm.Find(v)) == len(v)
}
