package detect

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// worldSpecs are the numbers that are declared in the files of this family.
var worldSpecs = slices.Concat(govIDs, worldIDs, documentIDs)

// begin is how numbers begin that random ones would seldom begin like.
var begin = map[DetectorID]string{AEID: "7841", CNResident: "11010519", MXCURP: "HEGG560427MVZ"}

// monthOf is the name of a month of as many letters.
var monthOf = [...]string{3: "MAR", 4: "JUNE", 5: "MARCH", 6: "AUGUST", 7: "JANUARY", 8: "FEBRUARY", 9: "SEPTEMBER"}

// fill writes a random text of the shape, and its letters and digits alone.
func fill(shape, begin string, r *rand.Rand, v []byte) (text string, plain []byte) {
	b := []byte(shape)
	for i := 0; i < len(b); i++ {
		c := shape[i]
		run := 0
		for i > 0 && class[shape[i-1]]&isAlnum == 0 && i+run < len(shape) && shape[i+run] == 'a' {
			run++
		}
		if run >= 3 && run < len(monthOf) && shape[0] == 'd' && i+run < len(shape) && shape[i+run] == shape[i-1] {
			copy(b[i:], monthOf[run])
			v = append(v, monthOf[run]...)
			i += run - 1
			continue
		}
		switch c {
		case 'd':
			b[i] = letters36[r.IntN(10)]
		case 'a':
			b[i] = letters36[10+r.IntN(26)]
		case 'x':
			b[i] = letters36[r.IntN(36)]
		default:
			continue
		}
		if len(v) < len(begin) {
			b[i] = begin[len(v)]
		}
		v = append(v, b[i])
	}
	return string(b), v
}

// valid writes a number of the shape that passes its check.
func valid(t *rapid.T, spec *idSpec, shape string) string {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	var buf [maxID]byte
	for range 500_000 {
		if text, v := fill(shape, begin[spec.id], r, buf[:0]); (spec.check == nil || spec.check(v)) && !isSampleID(v, spec.samples) {
			return text
		}
	}
	t.Fatalf("%s: nothing of shape %q passes the check", spec.id, shape)
	return ""
}

// wordOf draws one of the words of a topic.
func wordOf(t *rapid.T, about topic) string {
	var words []string
	for _, w := range contextWords {
		if w.topics.has(about) {
			words = append(words, w.text)
		}
	}
	return rapid.SampledFrom(words).Draw(t, "word")
}

func TestEveryNumberOfTheWorldIsFound(t *testing.T) {
	// What ends in something else than its check digit.
	otherEnd := map[DetectorID]bool{CAHealth: true, AUMedicare: true}
	rapid.Check(t, func(t *rapid.T) {
		spec := rapid.SampledFrom(worldSpecs).Draw(t, "spec")
		value := valid(t, &spec, rapid.SampledFrom(spec.shapes).Draw(t, "shape"))
		text, start := surroundings(t, wordOf(t, spec.topic)+": ", value)
		found := func(text string, id DetectorID) bool {
			return slices.ContainsFunc(Scan([]byte(text)).Findings, func(f Finding) bool {
				return f.Start <= start && f.End >= start+len(value) && f.Confidence >= min(Medium, spec.confidence) && (id == "" || f.Detector == id)
			})
		}
		if !found(text, "") {
			t.Fatalf("%s isn't found: %q in %q", spec.id, value, text)
		}
		if spec.checked != checksumOK || otherEnd[spec.id] || class[value[len(value)-1]]&isDigit == 0 {
			return
		}
		wrong := value[:len(value)-1] + string('0'+(value[len(value)-1]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "flip")))%10)
		if text = text[:start] + wrong + text[start+len(wrong):]; found(text, spec.id) {
			t.Fatalf("%s is found with a wrong check digit: %q", spec.id, wrong)
		}
	})
}

// Facts of the checks that are known from elsewhere: numbers that authorities
// and registers show.
func TestChecksKnowPublishedNumbers(t *testing.T) {
	for value, check := range map[string]func([]byte) bool{
		"1003000126": validNPI, "52998224725": validCPF, "11222333000181": validCNPJ, "51824753556": worldSpec(AUABN).check,
		"004085616": worldSpec(AUACN).check, "123456782": worldSpec(AUTFN).check, "27AAPFU0939F1ZV": validGSTIN, "11010519491231002X": validCNResident,
		"S1234567D": validNRIC, "8001015009087": validZAID, "49091850": validIRD, "ZAC5361": validNHI, "20100070970": validRUC, "8909039388": validNIT,
		"123456789018": validMyNumber, "1248100998": validBRN, "GODE561231GR8": validRFC, "HEGG560427MVZRRL04": validCURP, "A123456789": validTWID, "999941057058": verhoeff,
	} {
		if !check([]byte(value)) {
			t.Errorf("%s is refused", value)
		}
	}
}

func worldSpec(id DetectorID) *idSpec {
	return &worldSpecs[slices.IndexFunc(worldSpecs, func(s idSpec) bool { return s.id == id })]
}

// FuzzWorldIDs compares with the plain way: each shape as a regular expression
// over the whole value.
func FuzzWorldIDs(f *testing.F) {
	for i := range worldSpecs {
		f.Add(uint8(i), "AB1234567")
		f.Add(uint8(i), strings.NewReplacer("d", "1", "a", "B", "x", "2").Replace(worldSpecs[i].shapes[0]))
	}
	separators := regexp.MustCompile(`[^0-9A-Za-z]`)
	f.Fuzz(func(t *testing.T, which uint8, value string) {
		spec := &worldSpecs[int(which)%len(worldSpecs)]
		var found Finding
		want := false
		plain := []byte(strings.ToUpper(separators.ReplaceAllString(value, "")))
		for _, shape := range spec.shapes {
			p := strings.NewReplacer("d", "[0-9]", "a", "[A-Za-z]", "x", "[0-9A-Za-z]").Replace(regexp.QuoteMeta(shape))
			if regexp.MustCompile("^" + p + "$").MatchString(value) {
				want = want || (spec.check == nil || spec.check(plain)) && !slices.Contains(spec.samples, string(plain)) && strings.Trim(string(plain), string(plain[:1])) != ""
			}
		}
		var word string
		for _, w := range contextWords {
			if w.topics.has(spec.topic) {
				word = w.text
				break
			}
		}
		text := word + ": " + value
		s := scanner{text: []byte(text)}
		start := len(text) - len(value)
		for _, shape := range spec.shapes {
			s.asShape(start, shape, spec, &found)
		}
		if got := (found.Detector == spec.id && found.Start == start && found.End == len(text)); got != want {
			t.Errorf("%s: %q: got %v, want %v", spec.id, text, got, want)
		}
	})
}

func TestOrdinaryMailsNameNoDocuments(t *testing.T) {
	for _, text := range []string{
		"Your order 340020013 has shipped, tracking 177321190379, ETA 15/07/2026.",
		"Call me on 415-555-0132 or +44 7700 900123, ext. 4471.",
		"Flight LH123456 leaves at 10:30, remember your passport.",
		"Passport control opens at 06:00; gate B22, booking AB12CD.",
		"npm install passport@0.7.0 passport-jwt@4.0.1",
		"NVIDIA driver version 31.0.15.1234 fixes it; license key ABCDE-12345-FGHIJ-67890.",
		"The software license number is 4471-2290-1123 and expires 2027-01-31.",
		"Part no. AB1234567, serial A12803456, model X1234567.",
		"El pedido va sin coste; llámame al 612 345 678.",
		"Das ist ein Anschluss unter 30-2644248, wie besprochen.",
		"We run 12345678 jobs a day, in 2021 2022 2023 each more.",
		"Parked car: licence plate AB51 DEF on level 2.",
		"EPIC story ABC-1234 moves to sprint 24.",
		"Meeting room 7.14, dial-in code 371084, PIN 188927.",
		"DHL 1234567890 and UPS 1Z999AA10123456784 are on their way.",
		"ts=1746629187053 span=936262319205740511 dur=0.6585179306999598",
		"The driver's licence test costs 62 pounds in 2026.",
		"Born in 2019, the company has 340 staff and 12,345,678 users.",
	} {
		for _, f := range Scan([]byte(text)).Findings {
			if f.Confidence >= Medium {
				t.Errorf("%q: found %s %q (%s)", text, f.Detector, text[f.Start:f.End], f.Why)
			}
		}
	}
}
