package detect

import "slices"

// PaymentCard finds payment card numbers.
const PaymentCard DetectorID = "payment_card"

func cardDetectors() []Detector {
	return []Detector{{
		ID: PaymentCard, Class: ClassCard, Confidence: High,
		Title: "Payment card number: issuer range, length, check digit and real grouping",
		Hits: []string{
			"refund to card 4716 2580 5997 0930 exp 10/28",
			"4716-2580-5997-0930",
			"4716258059970930,10/28,GB",
			"my card 373832433875734 expires soon",
			"Amex 3738 324338 75734",
			"card number 3519833257665853 is lost",
			"卡号4716258059970930谢谢",
			"block card no 4415101282806639538",
			"for this card: 676222165679",
		},
		Misses: []string{
			"4111 1111 1111 1111", // processors' test number
			"card 5555555555554444",
			"card 4716 2580 5997 0931",                                  // check digit
			"card 4716 2580-5997 0930",                                  // two separators
			"47 16 25 80 59 97 09 30",                                   // no card is grouped in pairs
			"Device IMEI 353974976927987",                               // Luhn-valid
			"ISBN 9780306406157",                                        // EAN-13 of books
			"0.4716258059970930",                                        // a fraction
			"id x4716258059970930",                                      // part of a word
			"1728847151398",                                             // milliseconds
			"4716 2580 5997 0930 4716 2580 5997 0930 4716",              // a row of numbers
			"order 4716258059970930 shipped, tracking 177321190379",     // an order
			"5414 5415 5416 5417", "511F 52DD 54E8 5546 5531 5617 5968", // tables
			"https://host/feature/5166674414927872", "org-4747474747474747",
			"3b4716258059970930", "4716258059970930f", "4047737215142", // 13 digits without context
		},
	}}
}

// issuer is one range of issuer identification numbers (ISO/IEC 7812) with
// the lengths that are issued in it. Ranges are of the first six digits.
type issuer struct {
	from, to int
	lengths  uint32 // bit n is set for n digits
	// weak ranges are rare or shared with other numbers: they need a keyword.
	weak bool
}

func digitsLong(ns ...int) (m uint32) {
	for _, n := range ns {
		m |= 1 << n
	}
	return m
}

// issuers is searched in order; the first range that fits wins. Sources: the schemes' published IIN
// ranges as collected in Wikipedia "Payment card number" (read as facts, 2026).
var issuers = []issuer{
	{100000, 199999, digitsLong(15), true},      // UATP, 1800 JCB
	{213100, 213199, digitsLong(15), true},      // JCB, old
	{220000, 220499, digitsLong(16), false},     // Mir
	{222100, 272099, digitsLong(16), false},     // Mastercard
	{300000, 305999, digitsLong(14, 16), true},  // Diners Club
	{309500, 309599, digitsLong(14, 16), true},  // Diners Club
	{340000, 349999, digitsLong(15), false},     // American Express
	{352800, 358999, digitsLong(16), false},     // JCB
	{350000, 359999, digitsLong(16), true},      // beside JCB: with a keyword only
	{360000, 369999, digitsLong(14), true},      // Diners Club
	{370000, 379999, digitsLong(15), false},     // American Express
	{380000, 399999, digitsLong(14, 16), true},  // Diners Club
	{400000, 499999, digitsLong(16), false},     // Visa; 13 and 19 digits below
	{500000, 509999, digitsLong(16), true},      // Maestro
	{510000, 559999, digitsLong(16), false},     // Mastercard
	{560000, 599999, digitsLong(16), true},      // Maestro
	{601100, 601199, digitsLong(16), false},     // Discover
	{620000, 629999, digitsLong(16, 17), false}, // UnionPay
	{644000, 659999, digitsLong(16), false},     // Discover
	{600000, 699999, digitsLong(16), true},      // Maestro and others
	{810000, 817999, digitsLong(16), true},      // UnionPay
}

// weakLength are lengths that exist, but are rare: a keyword is needed.
func weakLength(first byte, n int) bool {
	switch first {
	case '4':
		return n == 13 || n == 19
	case '5', '6':
		return n >= 12 && n <= 19
	}
	return false
}

// issuerOf says whether n digits starting with iin can be a card, and whether
// that alone is weak evidence.
func issuerOf(iin, n int) (known, weak bool) {
	for _, r := range issuers {
		if iin >= r.from && iin <= r.to && r.lengths&(1<<n) != 0 {
			return true, r.weak
		}
	}
	return weakLength(byte('0'+iin/100000), n), true
}

// sampleCards are numbers that payment schemes and processors publish for
// testing; none is ever issued. Sources: the test-card pages of Stripe
// (docs.stripe.com/testing), Adyen, Braintree/PayPal, Worldpay and
// Authorize.Net.
var sampleCards = sorted(
	"4111111111111111", "4242424242424242", "4012888888881881", "4000056655665556", "4000000000000002",
	"4000000000009995", "4000000000000077", "4000000000003220", "4000002500003155", "4000000000000341",
	"4007000000027", "4222222222222", "4222222222222220", "4917610000000000", "4917610000000000003", "4444333322221111",
	"4462030000000000", "4911830000000", "4009348888881881", "4500600000000061", "4005519200000004", "4217651111111119",
	"4988438843884305", "4166676667666746", "4646464646464644", "4000620000000007", "4000060000000006", "4500000000000061",
	"5555555555554444", "5105105105105100", "5200828282828210", "5454545454545454", "5424000000000015", "2223003122003222",
	"5555341244441115", "5100290029002909", "5577000055770004", "5136333333333335", "5585558555855583", "5555444433331111",
	"2222400070000005", "2222410740360010", "2223000048400011", "2223016768739313", "2223520043560014", "5500000000000004",
	"378282246310005", "371449635398431", "378734493671000", "370000000000002", "343434343434343", "340000000000009",
	"374251018720018", "346827630435344", "374101000000608",
	"6011111111111117", "6011000990139424", "6011981111111113", "6011000000000012", "6445644564456445", "6011601160116611",
	"3056930009020004", "30569309025904", "38520000023237", "36227206271667", "36148900647913", "38000000000006", "36700102000000",
	"3566002020360505", "3530111333300000", "3569990010095841", "3088000000000017", "3569990010030400",
	"6200000000000005", "6200000000000047", "6205500000000000004", "6243030000000001", "62000000000000003",
	"6759649826438453", "6304000000000000", "6771798021000008", "6771798025000004", "6759411100000008",
	"5019717010103742", "5019555544445555", "76009244561", "6331101999990016", "5610591081018250", "135412345678911",
)

func sorted(s ...string) []string {
	slices.Sort(s)
	return s
}

var cardWords = newLexicon("card", "credit", "debit", "visa", "mastercard", "maestro", "amex", "american express", "pan", "cc", "jcb",
	"diners", "discover", "unionpay", "cvv", "cvc", "kreditkarte", "karte", "kartennummer", "carte", "carta", "tarjeta", "kaart")

// notCardWords say that a number is something else that may pass for a card.
var notCardWords = newLexicon("imei", "isbn", "ean", "gtin", "order", "tracking", "invoice", "serial", "sku", "barcode", "shipment",
	"parcel", "span", "trace", "request", "ticket", "transaction id", "order_id", "asset", "meid", "iccid")

// card looks for a card number that starts with group k.
func (s *scanner) card(c *chain, k int) int {
	g := c.groups[k:c.n:c.n]
	used, total := 1, g[0].len()
	switch {
	case total >= 12 && total <= 19:
		// Contiguous. Beside a dot, dash or slash it is part of something else.
		if k > 0 && c.groups[k-1].sep != ' ' || g[0].sep != 0 && g[0].sep != ' ' && g[0].sep != '/' {
			return 0
		}
	case total == 4 && len(g) >= 3 && (g[0].sep == ' ' || g[0].sep == '-'):
		used = cardGroups(g)
		if used == 0 {
			return 0
		}
		// A longer row of fours is a table or a drawing, not a card.
		if k > 0 && c.groups[k-1].sep == g[0].sep && c.groups[k-1].len() == 4 {
			return 0
		}
		if end := g[used-1]; end.sep == g[0].sep && g[used].len() == 4 {
			return 0
		}
		total = 0
		for _, x := range g[:used] {
			total += x.len()
		}
	default:
		return 0
	}
	start, end := g[0].start, g[used-1].end
	if used == c.n-k && !s.rightEdge(end) {
		return 0
	}
	var num [19]byte
	at := 0
	for _, x := range g[:used] {
		at += copy(num[at:], s.text[x.start:x.end])
	}
	s.steps += at
	pan := num[:at]
	iin := 0
	for _, d := range pan[:6] {
		iin = iin*10 + int(d-'0')
	}
	known, weak := issuerOf(iin, total)
	if !known || !luhn(pan) || isSampleCard(pan) {
		return 0
	}
	conf := Medium
	switch named := s.before(start, cardWords); {
	case named && !weak:
		conf = High
	case named:
	case weak, s.before(start, notCardWords), used == 1 && s.inPath(start), used == 4 && s.inTable(g[:4]):
		return 0
	case used > 1:
		conf = High
	}
	s.add(PaymentCard, ClassCard, conf, start, end, Why{})
	return used
}

// inPath reports that a number at i is a part of an address or an id.
func (s *scanner) inPath(i int) bool {
	return i > 0 && (s.text[i-1] == '/' || s.text[i-1] == '-' || s.text[i-1] == '#')
}

// inTable reports that four groups of four are rather a row of a table: most
// start alike, or a word such as 54E8 stands beside them.
func (s *scanner) inTable(g []group) bool {
	for i := range 2 {
		alike := 0
		for _, x := range g {
			if string(s.text[x.start:x.start+2]) == string(s.text[g[i].start:g[i].start+2]) {
				alike++
			}
		}
		if alike >= 3 {
			return true
		}
	}
	mixed := func(w []byte) bool {
		l := lookAt(w)
		return len(w) >= 4 && l.digit > 0 && l.digit < len(w) && l.hex == len(w)
	}
	start, end := g[0].start, g[3].end
	if start > 1 && mixed(s.text[s.back(start-1, isAlnum, 8):start-1]) {
		return true
	}
	return end+1 < len(s.text) && mixed(s.text[end+1:s.stretch(end+1, isAlnum, 8)])
}

// cardGroups returns how many groups make a card the way cards are printed,
// with one separator throughout: 4-4-4-4, 4-6-5 (Amex) or 4-6-4 (Diners).
// 0 means none.
func cardGroups(g []group) int {
	sep := g[0].sep
	is := func(lens ...int) bool {
		if len(g) < len(lens) {
			return false
		}
		for i, n := range lens {
			if g[i].len() != n || i < len(lens)-1 && g[i].sep != sep {
				return false
			}
		}
		return true
	}
	switch {
	case is(4, 4, 4, 4):
		return 4
	case is(4, 6, 5), is(4, 6, 4):
		return 3
	}
	return 0
}

// luhn reports whether the digits end in their check digit (ISO/IEC 7812-1).
func luhn(d []byte) bool {
	sum := 0
	for i := range d {
		v := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

func isSampleCard(pan []byte) bool {
	lo, hi := 0, len(sampleCards)
	for lo < hi {
		m := (lo + hi) / 2
		if sampleCards[m] < string(pan) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(sampleCards) && sampleCards[lo] == string(pan) {
		return true
	}
	// Nobody is issued 4444 4444 4444 4448, 4747 4747 4747 4747 or
	// 4000 0000 0000 0002.
	var seen uint64
	same := 0
	for _, d := range pan {
		seen |= 1 << (d - '0')
		if d == pan[len(pan)/2] {
			same++
		}
	}
	return same >= len(pan)-3 || ones(seen) <= 2
}
