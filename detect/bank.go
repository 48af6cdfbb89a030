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
			"MT03MALT011000012345MTLCAST002S",
			"LC14BOSL123456789012345678901234",
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
			"gb97loww46888763196059",             // small letters without a keyword
			"How do I validate an IBAN checksum", // prose
		},
	}}
}

// ibanCountries is the IBAN registry (SWIFT, ISO 13616, release 99, 2024) as
// country and length, with the four that use the format outside of it.
const ibanCountries = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 " +
	"EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 " +
	"LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 " +
	"RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 " +
	"DZ26 IR26 MA28 SN28"

var ibanLength = func() (t [26 * 26]uint8) {
	for i := 0; i < len(ibanCountries); i += 5 {
		t[int(ibanCountries[i]-'A')*26+int(ibanCountries[i+1]-'A')] = (ibanCountries[i+2]-'0')*10 + ibanCountries[i+3] - '0'
	}
	return t
}()

const maxIBAN = 34

// sampleIBANs are the ones that documentation uses as placeholders. Most
// examples of the registry are left out: their shape is that of real accounts,
// and a number that might be issued must not be listed. Sources: Wikipedia
// "International Bank Account Number", the registry's entries for GB and DE.
var sampleIBANs = [...]string{"GB82WEST12345698765432", "GB29NWBK60161331926819", "GB33BUKB20201555555555", "DE89370400440532013000"}

var ibanWords = newLexicon("iban", "account", "konto", "bank", "compte", "cuenta", "conto", "rekening")

// iban looks for an IBAN in the word at i, whose third byte is a digit.
func (s *scanner) iban(i int) int {
	text := s.text
	a, b := class[text[i]], class[text[i+1]]
	if a&b&isAlpha == 0 || i+4 >= len(text) || class[text[i+3]]&isDigit == 0 {
		return i
	}
	total := int(ibanLength[int(upper(text[i])-'A')*26+int(upper(text[i+1])-'A')])
	if total == 0 {
		return i
	}
	// Either no separator, or one and the same behind every fourth character.
	var sep byte
	if text[i+4] == ' ' || text[i+4] == '-' {
		sep = text[i+4]
	}
	var num [maxIBAN]byte
	var seen uint16
	j, at := i, 0
	for at < total {
		if j >= len(text) {
			break
		}
		c := text[j]
		if sep != 0 && at > 0 && at%4 == 0 && text[j-1] != sep {
			if c != sep {
				break
			}
			j++
			continue
		}
		if class[c]&isAlnum == 0 {
			break
		}
		seen |= class[c] & isAlpha
		num[at] = upper(c)
		at++
		j++
	}
	s.steps += j - i
	if at < total || !s.rightEdge(j) || seen == isAlpha || mod97(num[:total]) != 1 {
		return i
	}
	if seen&isLower != 0 && !s.before(i, ibanWords) {
		return i
	}
	for _, sample := range sampleIBANs {
		if string(num[:total]) == sample {
			return j
		}
	}
	s.add(IBAN, ClassBank, High, i, j, Why{})
	return j
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
