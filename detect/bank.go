package detect

// IBAN finds international bank account numbers.
const IBAN DetectorID = "iban"

func bankDetectors() []Detector {
	return []Detector{{
		ID: IBAN, Class: ClassBank, Confidence: High,
		Title: "IBAN: registered country, its length and the mod-97 check digits",
		Hits: []string{
			"My IBAN is GB97LOWW46888763196059.",
			"GB97 LOWW 4688 8763 1960 59",
			"NO83 3000 1234 567",
			"pay to:KW22KWIB0000000000001234560199;",
			"iban gb97loww46888763196059",
			"gb97loww46888763196059", // the country's form, so by no chance
			"MT03MALT011000012345MTLCAST002S",
			"LC14BOSL123456789012345678901234",
			"IBAN: GB97 LO WW46 8887 6319 6059", // an odd grouping, but named
			"IBAN GB 97 LOWW-4688 8763 1960 59",
			"IBAN: GB97LOWW46888763196059bitte bald",
		},
		Misses: []string{
			"GB82 WEST 1234 5698 7654 32",        // Wikipedia's sample
			"DE89 3704 0044 0532 0130 00",        // the sample of most documentation
			"GB98LOWW46888763196059",             // check digits
			"GB97LOWW4688876319605",              // too short
			"GB97LOWW468887631960590",            // too long
			"GB97 LOWW-4688 8763 1960 59",        // two separators
			"GB97 LO WW46 8887 6319 6059",        // no grouping of an IBAN
			"ZZ97LOWW46888763196059",             // no such country
			"34NO83 3000 1234 567",               // begins inside of a word
			"no83abc01234567",                    // small letters, and not the country's form
			"How do I validate an IBAN checksum", // prose
		},
	}}
}

// ibanForms are the countries of the IBAN registry (SWIFT, ISO 13616, release
// 99, 2024) with the form of what follows the check digits: n are digits, a
// letters, c either. The last line are countries that use IBANs outside of
// the registry, as their central banks publish them.
var ibanForms = [...]string{
	"AD8n12c", "AE19n", "AL8n16c", "AT16n", "AZ4a20c", "BA16n", "BE12n", "BG4a6n8c", "BH4a14c", "BI23n", "BR23n1a1c", "BY4c4n16c",
	"CH5n12c", "CR18n", "CY8n16c", "CZ20n", "DE18n", "DJ23n", "DK14n", "DO4c20n", "EE16n", "EG25n", "ES20n", "FI14n", "FK2a12n",
	"FO14n", "FR10n11c2n", "GB4a14n", "GE2a16n", "GI4a15c", "GL14n", "GR7n16c", "GT24c", "HN4a20n", "HR17n", "HU24n", "IE4a14n",
	"IL19n", "IQ4a15n", "IS22n", "IT1a10n12c", "JO4a4n18c", "KW4a22c", "KZ3n13c", "LB4n20c", "LC4a24c", "LI5n12c", "LT16n", "LU3n13c",
	"LV4a13c", "LY21n", "MC10n11c2n", "MD20c", "ME18n", "MK3n10c2n", "MN16n", "MR23n", "MT4a5n18c", "MU4a19n3a", "NI4a20n", "NL4a10n",
	"NO11n", "OM3n16c", "PK4a16c", "PL24n", "PS4a21c", "PT21n", "QA4a21c", "RO4a16c", "RS18n", "RU14n15c", "SA2n18c", "SC4a20n3a",
	"SD14n", "SE20n", "SI15n", "SK20n", "SM1a10n12c", "SO19n", "ST21n", "SV4a20n", "TL19n", "TN20n", "TR6n16c", "UA6n19c", "VA18n",
	"VG4a16n", "XK16n", "YE4a4n18c",
	"AO21n", "CM23n", "CV21n", "DZ22n", "IR22n", "MA24n", "MG23n", "MZ21n", "SN2a22n",
}

// ibanCountries is, for two letters, the length of an IBAN and its form.
var ibanCountries = func() (t [26 * 26]struct {
	length int
	form   string // one of n, a, c for each character behind the check digits
}) {
	for _, f := range ibanForms {
		form, n := "", 0
		for _, c := range []byte(f[2:]) {
			if class[c]&isDigit != 0 {
				n = n*10 + int(c-'0')
				continue
			}
			for ; n > 0; n-- {
				form += string(c)
			}
		}
		c := &t[ibanCountry(f[0], f[1])]
		c.length, c.form = 4+len(form), form
	}
	return t
}()

func ibanCountry(a, b byte) int { return int(upper(a)-'A')*26 + int(upper(b)-'A') }

// hasForm reports whether an account number is written as its country says.
func hasForm(bban []byte, form string) bool {
	for i, c := range bban {
		if form[i] == 'n' && class[c]&isDigit == 0 || form[i] == 'a' && class[c]&isDigit != 0 {
			return false
		}
	}
	return true
}

const maxIBAN = 34

var (
	ibanNames = newTopic("iban", "account", "konto", "bank", "compte", "cuenta", "conto", "rekening", "conta", "konto", "rachunek", "účet", "számla", "bic", "swift",
		"kontoverbindung", "überweisung", "transfer", "virement", "bonifico", "transferencia", "banka", "tili", "счет", "口座", "账户")
	formIBAN = say("IBAN of a registered country")
	formBBAN = say("its country's form")
	mod97OK  = say("mod 97 ok")
)

// iban looks for an IBAN in the word at i, whose third byte is a digit or
// stands behind a space.
func (s *scanner) iban(i int) int {
	text := s.text
	a, b := class[text[i]], class[text[i+1]]
	if a&b&isAlpha == 0 || i+4 >= len(text) {
		return i
	}
	country := &ibanCountries[ibanCountry(text[i], text[i+1])]
	if country.length == 0 {
		return i
	}
	var buf [maxIBAN]byte
	num, seen, j := s.ibanAt(i, country.length, buf[:0], false)
	loose := j == i
	if loose {
		// Printed otherwise, which a keyword has to make up for.
		if num, seen, j = s.ibanAt(i, country.length, buf[:0], true); j == i {
			return i
		}
	}
	// A word may follow directly that is written small.
	edge := s.rightEdge(j)
	if !edge && (class[text[j]]&isLower == 0 || seen&isLower != 0) || seen == isAlpha || mod97(num) != 1 {
		return i
	}
	why, named := s.about(i, j, ibanNames)
	formed := hasForm(num[4:], country.form)
	conf := High
	switch {
	case named && why.Where != After:
	case loose, seen&isLower != 0 && !formed, !edge && !formed:
		return i
	case !formed || seen&isLower != 0:
		conf = Medium
	}
	for _, sample := range sampleIBANs {
		if string(num) == sample {
			return j
		}
	}
	why.Length, why.Form, why.Check = len(num), formIBAN, mod97OK
	if formed {
		why.Form = formBBAN
	}
	s.add(IBAN, ClassBank, conf, i, j, why)
	return j
}

// ibanAt reads n letters and digits at i: without separators, or with one and
// the same behind every fourth, or, if loose, with single ones anywhere. It
// returns them in capitals, the kinds of letters seen, and where they end, or
// i when they aren't there.
func (s *scanner) ibanAt(i, n int, num []byte, loose bool) (_ []byte, seen uint16, end int) {
	text := s.text
	var sep byte
	if c := text[i+4]; c == ' ' || c == '-' {
		sep = c
	}
	j := i
	for len(num) < n && j < len(text) {
		c, at := text[j], len(num)
		switch {
		case class[c]&isAlnum != 0:
			if !loose && sep != 0 && at > 0 && at%4 == 0 && text[j-1] != sep {
				s.steps += j - i
				return nil, 0, i
			}
			if at < 4 && (at < 2) != (class[c]&isAlpha != 0) {
				s.steps += j - i
				return nil, 0, i
			}
			seen |= class[c] & isAlpha
			num = append(num, upper(c))
		case loose && at > 0 && (c == ' ' || c == '-' || c == '.' || c == '/') && class[text[j-1]]&isAlnum != 0:
		case !loose && sep != 0 && c == sep && at > 0 && at%4 == 0 && text[j-1] != sep:
		default:
			s.steps += j - i
			return nil, 0, i
		}
		j++
	}
	s.steps += j - i
	if len(num) < n {
		return nil, 0, i
	}
	return num, seen, j
}

// mod97 is ISO/IEC 7064 MOD 97-10 as IBANs use it: the first four characters
// count as if they stood at the end, and A is 10. A valid number gives 1.
func mod97(num []byte) int {
	r := 0
	for i := range num {
		c := num[(i+4)%len(num)]
		if c <= '9' {
			r = (r*10 + int(c-'0')) % 97
		} else {
			r = (r*100 + int(c-'A') + 10) % 97
		}
	}
	return r
}
