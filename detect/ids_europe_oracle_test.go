package detect

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// slowID says what one of the numbers is in the plainest way, written apart
// from the detectors, and how to make one.
type slowID struct {
	word string // names it
	// make is how one is written without separators: yymmdd are a random date,
	// # is a random digit, @ a random letter, ? is tried from 0 to 9, * from 0
	// to Z, until ok says yes. There may be several, with spaces between.
	make string
	ok   func(s string) bool // s has one of the shapes, in capitals, without separators
}

// dot multiplies the characters of s (A is 10) by as many weights and adds up.
func dot(s, weights string) (sum int) {
	for i, w := range strings.Fields(weights) {
		n, _ := strconv.Atoi(w)
		v, _ := strconv.ParseInt(s[i:i+1], 36, 64)
		sum += n * int(v)
	}
	return sum
}

func digit(s string, i int) int { return dot(s[i:i+1], "1") }

func num(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// day tells whether there is such a day in a leap year.
func day(d, m int64) bool {
	_, err := time.Parse("2006-1-2", fmt.Sprintf("2000-%d-%d", m, d))
	return err == nil
}

// slowLuhn adds up the digits of the products.
func slowLuhn(s string) bool {
	var all strings.Builder
	for i := range s {
		all.WriteString(strconv.Itoa(digit(s, i) * (1 + (len(s)-1-i)%2)))
	}
	sum := 0
	for i := range all.Len() {
		sum += digit(all.String(), i)
	}
	return sum%10 == 0
}

// crossSum adds up the digits of the products.
func crossSum(s, weights string) (sum int) {
	for i, w := range strings.Fields(weights) {
		for _, c := range strconv.Itoa(digit(s, i) * int(num(w))) {
			sum += int(c - '0')
		}
	}
	return sum
}

// slowVerhoeff multiplies permutations as they are printed in the literature.
func slowVerhoeff(s string) bool {
	d := strings.Fields("0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210")
	p := strings.Fields("0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258")
	c := 0
	for i := range s {
		c = digit(d[c], digit(p[i%8], digit(s, len(s)-1-i)))
	}
	return c == 0
}

func slowISO11of10(s string) bool {
	p := 10
	for i := range len(s) - 1 {
		x := (p + digit(s, i)) % 10
		if x == 0 {
			x = 10
		}
		p = 2 * x % 11
	}
	return (11-p)%10 == digit(s, len(s)-1)
}

func letterAt(alphabet string, n int64) string { return alphabet[n : n+1] }

func isLetter(s string, i int) bool { return s[i] >= 'A' }

func slowBaltic(s string) bool {
	k := dot(s, "1 2 3 4 5 6 7 8 9 1") % 11
	if k == 10 {
		k = dot(s, "3 4 5 6 7 8 9 1 2 3") % 11
	}
	return strings.Contains("12345678", s[:1]) && day(num(s[5:7]), num(s[3:5])) && k%10 == digit(s, 10)
}

func slowDNI(n, letter string) bool { return letterAt("TRWAGMYFPDXBNJZSQVHLCKE", num(n)%23) == letter }

func slowFiscalCode(s string) bool {
	values := "1 0 5 7 9 13 15 17 19 21 2 4 18 20 11 3 6 8 12 14 16 10 22 25 24 23"
	sum, plain := 0, ""
	for i := range 15 {
		n := strings.Index("ABCDEFGHIJKLMNOPQRSTUVWXYZ", s[i:i+1])
		if n < 0 {
			n = digit(s, i)
		}
		if i%2 == 0 {
			v, _ := strconv.Atoi(strings.Fields(values)[n])
			sum += v
		} else {
			sum += n
		}
		c := s[i : i+1]
		if strings.ContainsAny(strconv.Itoa(i), "679") && i < 10 || i == 10 || i > 11 {
			if k := strings.Index("LMNPQRSTUV", c); k >= 0 {
				c = strconv.Itoa(k)
			} else if isLetter(c, 0) {
				return false
			}
		}
		plain += c
	}
	kind := func(name string) string { // of each letter: c, v, or x for a filling X
		out := ""
		for i := range name {
			k := "c"
			if strings.Contains("AEIOU", name[i:i+1]) {
				k = "v"
			} else if name[i] == 'X' && i > 0 {
				k = "x"
			}
			out += k
		}
		return out
	}
	for _, name := range []string{s[:3], s[3:6]} {
		switch kind(name) { // an X behind a consonant may be one itself
		case "ccc", "ccv", "cvv", "vvv", "vvx", "vxx", "cvx", "ccx", "cxx", "cxc", "cxv":
		default:
			return false
		}
	}
	month := strings.Index("ABCDEHLMPRST", s[8:9]) + 1
	d := num(plain[9:11])
	return month > 0 && (day(d, int64(month)) || d > 40 && day(d-40, int64(month))) && s[15] == byte('A'+sum%26)
}

// slowEurope has one for each of europeIDs.
var slowEurope = map[DetectorID]slowID{
	"uk_nhs": {"NHS", "#########?", func(s string) bool { return dot(s, "10 9 8 7 6 5 4 3 2 1")%11 == 0 }},
	"uk_utr": {"UTR", "?######### ?#########K", func(s string) bool {
		return s[0] == "21987654321"[dot(s[1:], "6 7 8 9 10 5 4 3 2")%11] && (len(s) == 10 || s[10:] == "K")
	}},
	"ie_ppsn": {"PPSN", "#######* #######*@ #######*W", slowPPSN},
	"nl_bsn":  {"BSN", "########?", func(s string) bool { return dot(s, "9 8 7 6 5 4 3 2 10")%11 == 0 }},
	"be_national_number": {"Rijksregisternummer", "yymmdd###??", func(s string) bool {
		month := num(s[2:4])
		known := month <= 12 || month >= 20 && month <= 32 || month >= 40 && month <= 52
		return known && num(s[4:6]) <= 31 && (97-num(s[:9])%97 == num(s[9:]) || 97-num("2"+s[:9])%97 == num(s[9:]))
	}},
	"lu_matricule": {"matricule", "19yymmdd###?? 20yymmdd###??", func(s string) bool {
		return strings.Contains("18 19 20", s[:2]) && day(num(s[6:8]), num(s[4:6])) && slowLuhn(s[:12]) && slowVerhoeff(s[:11]+s[12:])
	}},
	"fr_nir": {"NIR", "1yymm########?? 2yymm########?? 1yymm2A######?? 2yymm2B######??", func(s string) bool {
		plain := strings.Replace(strings.Replace(s, "2A", "19", 1), "2B", "18", 1)
		if strings.ContainsAny(plain, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") || isLetter(s, 6) && s[5] != '2' {
			return false
		}
		n, _ := new(big.Int).SetString(plain[:13], 10)
		month := num(s[3:5])
		return strings.Contains("123478", s[:1]) && month > 0 && (month < 13 || month > 19) && (month < 43 || month > 49) &&
			97-new(big.Int).Mod(n, big.NewInt(97)).Int64() == num(plain[13:])
	}},
	"fr_tax_id":     {"numéro fiscal", "1#########??? 3#########???", func(s string) bool { return s[0] < '4' && num(s[:10])%511 == num(s[10:]) }},
	"fr_id_card":    {"CNI", "##mm########", func(s string) bool { return day(1, num(s[2:4])) }},
	"de_tax_number": {"Steuernummer", "########## ########### #############", func(string) bool { return true }},
	"de_tax_id": {"Steuer-ID", "##########?", func(s string) bool {
		for _, c := range "0123456789" {
			if strings.Count(s[:10], string(c)) > 3 {
				return false
			}
		}
		return s[0] != '0' && slowISO11of10(s)
	}},
	"de_social_security": {"SV-Nummer", "##ddmmyy@##?", func(s string) bool {
		d := num(s[2:4])
		full := s[:8] + fmt.Sprintf("%02d", s[8]-'A'+1) + s[9:]
		return (day(d, num(s[4:6])) || d > 50 && day(d-50, num(s[4:6]))) && crossSum(full, "2 1 2 5 7 1 2 1 2 1 2 1")%10 == digit(s, 11)
	}},
	"de_health_insurance": {"KVNR", "@########?", func(s string) bool {
		return crossSum(fmt.Sprintf("%02d", s[0]-'A'+1)+s[1:], "1 2 1 2 1 2 1 2 1 2")%10 == digit(s, 9)
	}},
	"de_lanr": {"LANR", "######?##", func(s string) bool { return dot(s, "4 9 4 9 4 9 1")%10 == 0 }},
	"de_id_card": {"Personalausweis", "L######## T######## L########? C##X##Z##?", func(s string) bool {
		return !strings.ContainsAny(s, "ABDEIOQSU") && strings.ContainsAny(s[:9], "0123456789") && (len(s) == 9 || dot(s, "7 3 1 7 3 1 7 3 1")%10 == digit(s, 9))
	}},
	"at_svnr": {"SVNR", "###?ddmmyy", func(s string) bool {
		month := num(s[6:8])
		if month >= 13 && month <= 15 {
			month = 12
		}
		return s[0] != '0' && day(num(s[4:6]), month) && dot(s, "3 7 9 10 5 8 4 2 1 6")%11 == 0
	}},
	"ch_ahv": {"AHV", "756#########?", func(s string) bool { return s[:3] == "756" && dot(s, "1 3 1 3 1 3 1 3 1 3 1 3 1")%10 == 0 }},
	"es_nif": {"DNI", "########* #######* K#######* L#######* M#######*", func(s string) bool {
		last := len(s) - 1
		if isLetter(s, 0) {
			return strings.Contains("KLM", s[:1]) && slowDNI(s[1:last], s[last:])
		}
		return slowDNI(s[:last], s[last:])
	}},
	"es_nie": {"NIE", "X#######* Y#######* Z#######*", func(s string) bool {
		return isLetter(s, 0) && s[0] >= 'X' && slowDNI(strings.NewReplacer("X", "0", "Y", "1", "Z", "2").Replace(s[:1])+s[1:8], s[8:])
	}},
	"es_social_security": {"NUSS", "28########?? 080#######?? 46########??", func(s string) bool {
		n := s[:10]
		if s[2] == '0' {
			n = s[:2] + s[3:10]
		}
		return s[:2] != "00" && (num(s[:2]) < 54 || s[:2] == "66") && num(n)%97 == num(s[10:])
	}},
	"pt_nif": {"contribuinte", "1#######? 2#######? 45######?", func(s string) bool {
		rest := dot(s, "9 8 7 6 5 4 3 2 1") % 11
		return (strings.Contains("123", s[:1]) || s[:2] == "45") && (rest == 0 || rest == 1 && s[8] == '0')
	}},
	"pt_citizen_card": {"cartão de cidadão", "#########@@? #########ZY?", func(s string) bool {
		sum := 0
		for i := range s {
			v := dot(s[i:], "1")
			if (len(s)-i)%2 == 0 {
				if v *= 2; v > 9 {
					v -= 9
				}
			}
			sum += v
		}
		return sum%10 == 0 && (isLetter(s, 9) || isLetter(s, 10))
	}},
	"pt_niss": {"NISS", "1#########? 2#########?", func(s string) bool {
		return s[0] > '0' && s[0] < '3' && (dot(s, "29 23 19 17 13 11 7 5 3 2 1")+1)%10 == 0
	}},
	"it_fiscal_code": {"codice fiscale", "RSSMRAyyT01A###* BNCLCUyyA41F###* FOXGAIyyM15H###* UAXLAXyyT01H###* RSSMRA85T1LA562* RSSMRA85T10A56N*",
		slowFiscalCode},
	"it_id_card": {"carta d'identità", "@@####### #######@@ @@#####@@", func(string) bool { return true }},
	"gr_afm": {"ΑΦΜ", "########?", func(s string) bool {
		return strings.Trim(s, "0") != "" && dot(s, "256 128 64 32 16 8 4 2")%11%10 == digit(s, 8)
	}},
	"gr_amka": {"AMKA", "ddmmyy####?", func(s string) bool { return day(num(s[:2]), num(s[2:4])) && slowLuhn(s) }},
	"tr_national_id": {"TC Kimlik No", "1########?? 9########??", func(s string) bool {
		odd, even := dot(s, "1 0 1 0 1 0 1 0 1"), dot(s, "0 1 0 1 0 1 0 1")
		return s[0] != '0' && (7*odd-even+1000)%10 == digit(s, 9) && (odd+even+digit(s, 9))%10 == digit(s, 10)
	}},
	"se_personnummer": {"samordningsnummer", "yymmdd###? 19yymmdd###? 20yymmdd###?", func(s string) bool {
		if len(s) == 12 && !strings.Contains("18 19 20", s[:2]) {
			return false
		}
		s = s[len(s)-10:]
		d, m := num(s[4:6]), num(s[2:4])
		return (day(d, m) || d > 60 && day(d-60, m)) && slowLuhn(s)
	}},
	"dk_cpr": {"CPR", "ddmmyy####", func(s string) bool { return day(num(s[:2]), num(s[2:4])) }},
	"no_fodselsnummer": {"fødselsnummer", "ddmmyy###??", func(s string) bool {
		d, m := num(s[:2]), num(s[2:4])
		some := day(d, m) || d > 40 && day(d-40, m) || m > 40 && m <= 52 && (day(d, m-40) || d > 40 && day(d-40, m-40))
		return some && dot(s, "3 7 6 1 8 9 4 5 2 1")%11 == 0 && dot(s, "5 4 3 2 7 6 5 4 3 2 1")%11 == 0
	}},
	"fi_hetu": {"henkilötunnus", "ddmmyy###* ddmmyyA###* ddmmyyX###* ddmmyyF###*", func(s string) bool {
		rest := s[6:]
		if len(s) == 11 {
			if !strings.Contains("ABCDEFYXWVU", s[6:7]) {
				return false
			}
			rest = s[7:]
		}
		return day(num(s[:2]), num(s[2:4])) && letterAt("0123456789ABCDEFHJKLMNPRSTUVWXY", num(s[:6]+rest[:3])%31) == rest[3:]
	}},
	"is_kennitala": {"kennitala", "ddmmyy##?9 ddmmyy##?0", func(s string) bool {
		return strings.Contains("890", s[9:]) && day(num(s[:2]), num(s[2:4])) && dot(s, "3 2 7 6 5 4 3 2 1")%11 == 0
	}},
	"ee_isikukood":    {"isikukood", "3yymmdd###? 6yymmdd###?", slowBaltic},
	"lt_asmens_kodas": {"asmens kodas", "3yymmdd###? 4yymmdd###?", slowBaltic},
	"lv_personas_kods": {"personas kods", "ddmmyy####? 32#########", func(s string) bool {
		k := (1101 - dot(s, "1 6 3 7 9 10 5 8 4 2")) % 11
		return s[:2] == "32" || day(num(s[:2]), num(s[2:4])) && k%10 == digit(s, 10)
	}},
	"pl_pesel": {"PESEL", "yymmdd####?", func(s string) bool {
		m := num(s[2:4])
		for m > 20 {
			m -= 20
		}
		return day(num(s[4:6]), m) && dot(s, "1 3 7 9 1 3 7 9 1 3 1")%10 == 0
	}},
	"pl_id_card": {"dowód", "@@@?#####", func(s string) bool { return dot(s, "7 3 1 0 7 3 1 7 3")%10 == digit(s, 3) }},
	"cz_sk_birth_number": {"rodné číslo", "yymmdd###? 53mmdd###", func(s string) bool {
		d, m := num(s[4:6]), num(s[2:4])
		some := day(d, m) || day(d, m-20) || day(d, m-50) || day(d, m-70)
		if len(s) == 9 {
			return some && num(s[:2]) < 54
		}
		n := num(s)
		return some && (n%11 == 0 || s[9] == '0' && num(s[:9])%11 == 10)
	}},
	"hu_taj":    {"TAJ", "########?", func(s string) bool { return dot(s, "3 7 3 7 3 7 3 7")%10 == digit(s, 8) }},
	"hu_tax_id": {"adóazonosító", "8########?", func(s string) bool { return s[0] == '8' && dot(s, "1 2 3 4 5 6 7 8 9 10")%11 == 0 }},
	"hu_personal_id": {"személyi szám", "1yymmdd###? 2yymmdd###?", func(s string) bool {
		return strings.Contains("12345678", s[:1]) && day(num(s[5:7]), num(s[3:5])) &&
			(dot(s, "1 2 3 4 5 6 7 8 9 10 10")%11 == 0 || dot(s, "10 9 8 7 6 5 4 3 2 1 10")%11 == 0)
	}},
	"ua_rnokpp": {"РНОКПП", "3########?", func(s string) bool {
		n := dot(s, "-1 5 7 9 4 6 10 5 7")
		return n >= 0 && n%11%10 == digit(s, 9)
	}},
	"ru_snils": {"СНИЛС", "#########??", func(s string) bool {
		n := dot(s, "9 8 7 6 5 4 3 2 1")
		for n > 101 {
			n -= 101
		}
		if n >= 100 {
			n = 0
		}
		return int64(n) == num(s[9:])
	}},
	"ru_inn": {"ИНН", "##########??", func(s string) bool {
		return dot(s, "7 2 4 10 3 5 9 4 6 8")%11%10 == digit(s, 10) && dot(s, "3 7 2 4 10 3 5 9 4 6 8")%11%10 == digit(s, 11)
	}},
	"ro_cnp": {"CNP", "1yymmdd#####? 6yymmdd#####?", func(s string) bool {
		k := dot(s, "2 7 9 1 4 6 3 5 8 2 7 9") % 11
		return s[0] != '0' && day(num(s[5:7]), num(s[3:5])) && (k == digit(s, 12) || k == 10 && s[12] == '1')
	}},
	"md_idnp": {"IDNP", "2###########?", func(s string) bool {
		return strings.Contains("02", s[:1]) && dot(s, "7 3 1 7 3 1 7 3 1 7 3 1")%10 == digit(s, 12)
	}},
	"bg_egn": {"ЕГН", "yymmdd###?", func(s string) bool {
		d, m := num(s[4:6]), num(s[2:4])
		return (day(d, m) || day(d, m-20) || day(d, m-40)) && dot(s, "2 4 8 5 10 9 7 3 6")%11%10 == digit(s, 9)
	}},
	"hr_oib": {"OIB", "##########?", slowISO11of10},
	"yu_jmbg": {"JMBG", "ddmm9#######? ddmm0#######?", func(s string) bool {
		return day(num(s[:2]), num(s[2:4])) && strings.Contains("09", s[4:5]) && dot(s, "7 6 5 4 3 2 7 6 5 4 3 2 1")%11 == 0
	}},
}

func slowPPSN(s string) bool {
	n := dot(s, "8 7 6 5 4 3 2")
	if len(s) == 9 {
		switch {
		case s[8] <= 'I':
			n += 9 * (1 + strings.Index("ABCDEFGHI", s[8:]))
		case s[8] != 'W' && s[8] != 'T' && s[8] != 'X':
			return false
		}
	}
	return letterAt("WABCDEFGHIJKLMNOPQRSTUV", int64(n%23)) == s[7:8]
}
