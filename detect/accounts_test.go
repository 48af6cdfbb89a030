package detect

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// digitsOfLength draws n digits.
func digitsOfLength(t *rapid.T, n int) []byte {
	d := make([]byte, n)
	for i := range d {
		d[i] = byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
	}
	return d
}

// flipped returns value with another digit at one place.
func flipped(t *rapid.T, value string) string {
	var at []int
	for i := range len(value) {
		if value[i] >= '0' && value[i] <= '9' {
			at = append(at, i)
		}
	}
	i := rapid.SampledFrom(at).Draw(t, "place")
	d := '0' + (value[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
	return value[:i] + string(d) + value[i+1:]
}

func TestEveryRoutingNumberIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := digitsOfLength(t, 9)
		copy(d, fmt.Sprintf("%02d", rapid.SampledFrom([]int{1, 5, 12, 21, 26, 31, 61, 72, 80}).Draw(t, "district")))
		for slowRouting(string(d)) != nil {
			d[8] = '0' + (d[8]-'0'+1)%10
		}
		value := string(d)
		if rapid.Bool().Draw(t, "dashes") {
			value = grouped(value, "-", 4, 4, 1)
		}
		text, start := surroundings(t, "routing ", value)
		if !covers(Scan([]byte(text)).Findings, USRouting, start, start+len(value)) {
			t.Fatalf("not found: %q in %q", value, text)
		}
		wrong := flipped(t, value)
		text = text[:start] + wrong + text[start+len(wrong):]
		if covers(Scan([]byte(text)).Findings, USRouting, start, start+len(wrong)) {
			t.Fatalf("found with a wrong digit: %q", wrong)
		}
	})
}

func TestEverySortCodeWithItsAccountIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := digitsOfLength(t, 14)
		d[2], d[12] = '4', '9' // no month and no sample; not all zeros
		value := grouped(string(d[:6]), "-", 2, 2, 2) + rapid.SampledFrom([]string{" ", ",", "/"}).Draw(t, "separator") + string(d[6:])
		text, start := surroundings(t, "", value)
		if !covers(Scan([]byte(text)).Findings, UKSortCode, start, start+len(value)) {
			t.Fatalf("not found: %q in %q", value, text)
		}
		long := value + "1"
		text = text[:start] + long + text[start+len(value):]
		if covers(Scan([]byte(text)).Findings, UKSortCode, start, start+len(value)) {
			t.Fatalf("found in a longer number: %q", long)
		}
	})
}

func TestAccountsWithTheirCountrysCheckDigits(t *testing.T) {
	for _, value := range []string{
		"CLABE 032180000118359719", "CBU 2850590940090418135201", "2100-0418-45-0200051332", "61 1090 1014 0000 0712 1981 2874",
		"11773016-11111018-00000000",
	} {
		if fs := Scan([]byte(value)).Findings; len(fs) != 1 || fs[0].Detector != DomesticBank {
			t.Errorf("%q: got %+v", value, fs)
		}
		for i := range len(value) {
			if value[i] < '0' || value[i] > '9' {
				continue
			}
			wrong := value[:i] + string('0'+(value[i]-'0'+1)%10) + value[i+1:]
			for _, f := range Scan([]byte(wrong)).Findings {
				if f.Detector == DomesticBank {
					t.Errorf("found with a wrong digit: %q", wrong)
				}
			}
		}
	}
}

// slowRouting says what is wrong with a routing number, nil for nothing.
func slowRouting(num string) error {
	n := func(i int) int { return int(num[i] - '0') }
	if !regexp.MustCompile(`^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$`).MatchString(num) || num == "000000000" {
		return fmt.Errorf("%s is in no district", num)
	}
	if sum := 3*(n(0)+n(3)+n(6)) + 7*(n(1)+n(4)+n(7)) + n(2) + n(5) + n(8); sum%10 != 0 {
		return fmt.Errorf("the check of %s is %d", num, sum)
	}
	return nil
}

// hides reports whether another finding lies over a span, or the text holds
// what makes other detectors read it in another way.
func hides(text []byte, fs []Finding, a []int) bool {
	return bytes.ContainsAny(text, "\\@~%&;=<>") || slices.ContainsFunc(fs, func(x Finding) bool { return x.Start < a[1] && a[0] < x.End })
}

func FuzzRoutingNumber(f *testing.F) {
	f.Add([]byte("routing 021000021\naba 0711-0130-7\n"))
	f.Add([]byte("routing 021000022\n3222-7162-7"))
	line := regexp.MustCompile(`(?m)^(?:routing|aba) (\d{9})$`)
	digits := regexp.MustCompile(`\d`)
	f.Fuzz(func(t *testing.T, text []byte) {
		fs := Scan(text).Findings
		for _, m := range line.FindAllSubmatchIndex(text, -1) {
			same := strings.Count(string(text[m[2]:m[3]]), string(text[m[2]])) == 9
			if slowRouting(string(text[m[2]:m[3]])) == nil && !same && !covers(fs, USRouting, m[2], m[3]) && !hides(text, fs, m[2:]) {
				t.Errorf("%q is not found in %q: %+v", text[m[2]:m[3]], text, fs)
			}
		}
		for _, x := range fs {
			if num := string(bytes.Join(digits.FindAll(text[x.Start:x.End], -1), nil)); x.Detector == USRouting && slowRouting(num) != nil {
				t.Errorf("found: %v", slowRouting(num))
			}
		}
	})
}

func FuzzSortCode(f *testing.F) {
	f.Add([]byte("40-47-84 70872490\n"))
	f.Add([]byte("sort code 40-47-84"))
	f.Add([]byte("12-11-24 20241112"))
	line := regexp.MustCompile(`(?m)^(\d\d)-([2-9]\d)-(\d\d) \d{7}[1-9]$`)
	form := regexp.MustCompile(`^(?:\d\d-\d\d-\d\d|\d\d \d\d \d\d|\d{6})(?:(?:,? |,|/)\d{8})?$`)
	f.Fuzz(func(t *testing.T, text []byte) {
		fs := Scan(text).Findings
		for _, m := range line.FindAllIndex(text, -1) {
			date := text[m[0]] < '4' || text[m[0]+3] < '4' // may be one
			around := text[max(0, m[0]-100):min(len(text), m[1]+100)]
			other := regexp.MustCompile(`[A-Za-z]|[^\x00-\x7f]`).Match(around) // a word may speak against it
			same := bytes.Count(text[m[0]:m[1]], text[m[0]:m[0]+1]) == 14
			if !date && !other && !same && !covers(fs, UKSortCode, m[0], m[1]) && !hides(text, fs, m) {
				t.Errorf("%q is not found in %q: %+v", text[m[0]:m[1]], text, fs)
			}
		}
		for _, x := range fs {
			if x.Detector == UKSortCode && !form.Match(text[x.Start:x.End]) {
				t.Errorf("%q is no sort code", text[x.Start:x.End])
			}
		}
	})
}

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// slowBase58Check writes version and payload as addresses are, by big numbers.
func slowBase58Check(version byte, payload []byte) string {
	raw := append([]byte{version}, payload...)
	sum := sha256.Sum256(raw)
	sum = sha256.Sum256(sum[:])
	raw = append(raw, sum[:4]...)
	n, mod, out := new(big.Int).SetBytes(raw), new(big.Int), ""
	for n.Sign() > 0 {
		n.DivMod(n, big.NewInt(58), mod)
		out = string(base58[mod.Int64()]) + out
	}
	for _, b := range raw {
		if b != 0 {
			break
		}
		out = "1" + out
	}
	return out
}

func TestEveryBitcoinAddressIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hash := rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, "hash")
		hash[0] |= 0x10 // an address of full length
		value := slowBase58Check(rapid.SampledFrom([]byte{0, 5, 0x30, 0x32, 0x1e, 0x41}).Draw(t, "version"), hash)
		text, start := surroundings(t, "", value)
		if !covers(Scan([]byte(text)).Findings, CryptoAddress, start, start+len(value)) {
			t.Fatalf("not found: %q in %q", value, text)
		}
		i := rapid.IntRange(1, len(value)-1).Draw(t, "place")
		by := rapid.IntRange(1, len(base58)-1).Draw(t, "by")
		other := base58[(strings.IndexByte(base58, value[i])+by)%len(base58)]
		text = text[:start+i] + string(other) + text[start+i+1:]
		if covers(Scan([]byte(text)).Findings, CryptoAddress, start, start+len(value)) {
			t.Fatalf("found with another letter at %d: %q", i, text)
		}
	})
}

// slowBech32 writes 5-bit values as BIP 173 (constant 1) or BIP 350 does.
func slowBech32(hrp string, data []int, constant int) string {
	polymod := func(values []int) int {
		chk := 1
		for _, v := range values {
			b := chk >> 25
			chk = (chk&0x1ffffff)<<5 ^ v
			for i, g := range []int{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
				chk ^= g * (b >> i & 1)
			}
		}
		return chk
	}
	var values []int
	for _, c := range hrp {
		values = append(values, int(c)>>5)
	}
	values = append(values, 0)
	for _, c := range hrp {
		values = append(values, int(c)&31)
	}
	sum := polymod(append(append(values, data...), 0, 0, 0, 0, 0, 0)) ^ constant
	out := hrp + "1"
	for i := range 6 {
		data = append(data, sum>>(5*(5-i))&31)
	}
	for _, v := range data {
		out += string("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[v])
	}
	return out
}

func TestEverySegwitAddressIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{33, 53}).Draw(t, "length")
		data := rapid.SliceOfN(rapid.IntRange(0, 31), n, n).Draw(t, "program")
		data[5], data[6] = 1, 12 // p and v, so that not all are digits
		value := slowBech32(rapid.SampledFrom([]string{"bc", "ltc"}).Draw(t, "coin"), data, rapid.SampledFrom([]int{1, 0x2bc830a3}).Draw(t, "kind"))
		if rapid.Bool().Draw(t, "capitals") {
			value = strings.ToUpper(value)
		}
		text, start := surroundings(t, "", value)
		if !covers(Scan([]byte(text)).Findings, CryptoAddress, start, start+len(value)) {
			t.Fatalf("not found: %q in %q", value, text)
		}
		wrong := text[:start+len(value)-3] + string(map[bool]byte{true: 'p', false: 'q'}[lower(value[len(value)-3]) == 'q']) + text[start+len(value)-2:]
		if covers(Scan([]byte(wrong)).Findings, CryptoAddress, start, start+len(value)) {
			t.Fatalf("found with another letter: %q", wrong)
		}
	})
}

// The examples of EIP-55 itself, and each with one letter in the other case.
func TestEthereumCapitals(t *testing.T) {
	for _, a := range []string{
		"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
		"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
	} {
		if !covers(Scan([]byte(a)).Findings, CryptoAddress, 0, len(a)) {
			t.Errorf("%s is not found", a)
		}
		for i := 2; i < len(a); i++ {
			if class[a[i]]&isAlpha == 0 {
				continue
			}
			wrong := a[:i] + string(a[i]^0x20) + a[i+1:]
			if fs := Scan([]byte(wrong)).Findings; len(fs) > 0 {
				t.Errorf("%s is found: %+v", wrong, fs)
			}
		}
	}
}

func FuzzBitcoinAddress(f *testing.F) {
	f.Add([]byte("16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ"), byte(0))
	f.Add([]byte("\x01\x02\x03"), byte(5))
	form := regexp.MustCompile(`^[1-9A-HJ-NP-Za-km-z]{26,35}$`)
	f.Fuzz(func(t *testing.T, text []byte, version byte) {
		for _, x := range Scan(text).Findings {
			if v := text[x.Start:x.End]; x.Detector == CryptoAddress && x.Why.Form == formBase58 {
				if !form.Match(v) || !slowIsBase58Check(string(v)) {
					t.Errorf("%q is no address", v)
				}
			}
		}
		// Any payload becomes an address that is found.
		hash := sha256.Sum256(text)
		hash[0] |= 0x10
		address := slowBase58Check([]byte{0, 5}[version%2], hash[:20])
		if !covers(Scan([]byte(address)).Findings, CryptoAddress, 0, len(address)) {
			t.Errorf("%q is not found", address)
		}
	})
}

func slowIsBase58Check(v string) bool {
	n := new(big.Int)
	for _, c := range v {
		n.Mul(n, big.NewInt(58)).Add(n, big.NewInt(int64(strings.IndexRune(base58, c))))
	}
	raw := append(make([]byte, len(v)-len(strings.TrimLeft(v, "1"))), n.Bytes()...)
	sum := sha256.Sum256(raw[:len(raw)-4])
	sum = sha256.Sum256(sum[:])
	return bytes.Equal(sum[:4], raw[len(raw)-4:])
}

func TestOrdinaryNumbersAreNoAccounts(t *testing.T) {
	for _, text := range []string{
		"Invoice 2024-00317\nDate 24-11-24\nNet 30\nItem  Qty  Price\n4471-02  12  1,204.50\nTotal EUR 14.454,00\nVAT 19 %",
		"Phone list\nReception 020 7946 0018\nMara +44 20 7946 0958\nFax 030 2644248\nTom (415) 555-2671 x12",
		"Your order 4716258059970930 was shipped, tracking number 1Z999AA10123456784, see you on 12/28",
		"beb5b66829d0f19afc32f49bd7af5b55cfab3043 chore\na42ccc4d408201bee38305e1440d6f484b909528 feat: bank account page",
		"1c906b10-6eb5-44ed-a212-40c17947fd4e 76066363-a52c-4b52-a5e7-1c4169a5e63e",
		`{"id":"1254782563148910592","user_id":4716258059970930,"created":1728847151398,"hash":"5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"}`,
		"Quarter\tRevenue\tCost\n2024-Q1\t12000000\t9800000\n2024-Q2\t12500000\t10100000\nAccount growth 12 %",
		"The packets take another route: routing table 10 has 104857600 entries",
		"SWIFT is a network of banks, and Swift a language. BIC makes pens.",
		"In the savings account of the mind, 20 years are nothing. Bank holidays 2026: 1 January, 3 April.",
		"iccid 8944110068943726480, imei 490154203237518, meid 99000123456782",
		"ISBN 978-3-16-148410-0, EAN 4006381333931, UPC 036000291452",
		"span 475748095951610760 trace 4bf92f3577b34da6a3ce929d0e0e4736 took 0.95528036306711 s",
		"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 blob sha1 0xa94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
		"The sort of code 12-34-56 that opens a lock; versions 10-11-12 and 20-21-22",
	} {
		for _, f := range Scan([]byte(text)).Findings {
			if f.Confidence >= Medium && (f.Class == ClassBank || f.Class == ClassCard || f.Detector == CryptoKey) {
				t.Errorf("%q is found as %s in %q: %s", text[f.Start:f.End], f.Detector, text, f.Why)
			}
		}
	}
}
