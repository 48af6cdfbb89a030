package detect

// SwiftBIC finds the codes of banks in payment details.
const SwiftBIC DetectorID = "swift_bic"

func bicDetectors() []Detector {
	return []Detector{{
		ID: SwiftBIC, Class: ClassBank, Confidence: Medium,
		Title: "SWIFT code (BIC), right behind its name: form and country",
		Hits: []string{
			"SWIFT: DEUTDEFF", "BIC DEUTDEFF500", "swift code: BARCGB22XXX", `{"bic": "NDEAFIHH"}`, "SWIFT/BIC: CHASUS33", "bic=BNPAFRPP", "the BIC is UBSWCHZH80A",
		},
		Misses: []string{
			"DEUTDEFF", "SWIFT: DEUTXXFF", "SWIFT PROGRAMMING", "BIC lighter, COMPLETE set", "Taylor Swift CONCERTO", "SWIFT: DEUTDEFF5", "swift func DEUTDEFF",
			"SWIFT CODE REVIEWER", "SWIFT CODE REQUIRED", "BIC: NOTPROVIDED", "bic: deutdeff",
		},
	}}
}

type bicName struct {
	text string
	say  Word
	only bool // it has no other meaning, so that a code of letters needs no colon
}

var bicNames = []bicName{{"swift", say("swift"), false}, {"bic", say("bic"), true}}

// notBICs are words in capitals with a country's letters in the fifth place,
// as forms and headings have them, and the placeholders of SEPA files and
// documentation.
var notBICs = map[string]bool{"REQUIRED": true, "PROVIDED": true, "NOTPROVIDED": true, "DOCUMENT": true, "BUSINESS": true, "CUSTOMER": true, "MESSAGES": true,
	"SECURITY": true, "RECEIVER": true, "DATABASE": true, "STRATEGY": true, "RESEARCH": true, "TRAINING": true, "SERVICES": true, "DELIVERY": true, "DEADLINE": true,
	"INVOICES": true, "BANKNAME": true, "BANKCODE": true, "AAAABBCC": true, "AAAABBCCXXX": true, "CHECKING": true}

// bicLinks are what may stand between the name and the code.
var bicLinks = [...]string{"code", "no", "number", "is", "bic", "swift", "nr", "lautet"}

// bic looks behind the name at i for a BIC (ISO 9362): four letters of the
// bank, a country, two of the place, and perhaps three of the branch.
func (s *scanner) bic(i int, name *bicName) int {
	text := s.text
	j, _ := s.words(i, name.text)
	if j == i {
		return i
	}
	direct := false // something between says that a value follows
	k := j
	for k < len(text) && k-j < contextReach {
		switch c := text[k]; {
		case c == ':' || c == '=' || c == '#':
			direct = true
			k++
			continue
		case class[c]&isSpace != 0 || c == '"' || c == '\'' || c == '/' || c == '(' || c == ')' || c == '_' || c == '-':
			k++
			continue
		}
		e := s.stretch(k, isAlpha, 8)
		link := false
		for _, l := range bicLinks {
			link = link || e-k == len(l) && hasPrefixFold(text, k, l)
		}
		if !link {
			break
		}
		direct = true
		k = e
	}
	e := s.stretch(k, isUpper|isDigit, 12)
	n := e - k
	if n != 8 && n != 11 || !s.rightEdge(e) || class[text[k]]&class[text[k+1]]&class[text[k+2]]&class[text[k+3]]&isUpper == 0 ||
		!isCountry(text[k+4], text[k+5]) {
		return i
	}
	if place := class[text[k+6]] | class[text[k+7]]; place&isDigit == 0 && (notBICs[string(text[k:e])] || !direct && n == 8 && !name.only) {
		return i
	}
	s.add(SwiftBIC, ClassBank, Medium, k, e, Why{Length: n, Form: formBIC, Near: name.say, Where: Before, Distance: characters(text[j:k])})
	return e
}

var formBIC = say("a bank's code with its country")

// countries are the country codes of ISO 3166-1, with Kosovo's XK, which SWIFT
// uses.
const countries = "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZ" +
	"ECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZ" +
	"LALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURW" +
	"SASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW"

func isCountry(a, b byte) bool {
	for i := 0; i < len(countries); i += 2 {
		if countries[i] == a && countries[i+1] == b {
			return true
		}
	}
	return false
}
