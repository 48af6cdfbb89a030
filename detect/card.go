package detect

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
			`{"cardNumber": "8600 4929 9312 3450"}`,         // Uzcard
			"card 060417735267",                             // an old Maestro range
			"5066 9912 3456 7899 cvv 123",                   // Elo
			"6222 0212 3456 7890 128",                       // UnionPay, 19 digits
			"Karte 622202 1234567890128",                    // likewise, as banks in China print it
			"182120000000022",                               // JCB's 1821, and nothing else
			"order 55 was paid by card 5187 0123 4567 8907", // the nearer word counts
		},
		Misses: []string{
			"4111 1111 1111 1111", // processors' test number
			"card 5555555555554444",
			"card 4000 0076 0000 0002",                                  // Stripe's for Brazil
			"card 4716 2580 5997 0931",                                  // check digit
			"card 4716 2580-5997 0930",                                  // two separators
			"47 16 25 80 59 97 09 30",                                   // no card is grouped in pairs
			"Device IMEI 353974976927987",                               // Luhn-valid
			"353974976927987",                                           // likewise
			"ISBN 9780306406157",                                        // EAN-13 of books
			"0.4716258059970930",                                        // a fraction
			"id x4716258059970930",                                      // part of a word
			"1728847151398",                                             // milliseconds
			"4716 2580 5997 0930 4716 2580 5997 0930 4716",              // a row of numbers
			"order 4716258059970930 shipped, tracking 177321190379",     // an order
			`{"id": 4716258059970930, "name": "Mara"}`,                  // a key of a database
			"paid by card, order 4716258059970930",                      // the nearer word counts
			"5414 5415 5416 5417", "511F 52DD 54E8 5546 5531 5617 5968", // tables
			"https://host/feature/5166674414927872", "org-4747474747474747",
			"3b4716258059970930", "4716258059970930f", "4047737215142", // 13 digits without context
			"Card reader, 4002725144317", // EAN-13 of an article
		},
	}}
}

// issuer is one range of issuer identification numbers (ISO/IEC 7812) with
// the lengths that are issued in it. Ranges are of the first six digits.
type issuer struct {
	from, to int
	lengths  uint32 // bit n is set for n digits
	need     need
	form     Word
}

// need is what has to speak for a number of a range beside its check digit.
type need uint8

const (
	nothing  need = iota
	solitude      // the text is nothing else, or grouping, or a keyword: the range is narrow
	keyword       // rare, or shared with other numbers
)

func digitsLong(from, to int) (m uint32) {
	for n := from; n <= to; n++ {
		m |= 1 << n
	}
	return m
}

var (
	len14, len15, len16 = digitsLong(14, 14), digitsLong(15, 15), digitsLong(16, 16)
	rangeVisa           = say("Visa range")
	rangeMastercard     = say("Mastercard range")
	rangeAmex           = say("American Express range")
	rangeJCB            = say("JCB range")
	rangeDiners         = say("Diners Club range")
	rangeDiscover       = say("Discover range")
	rangeUnionPay       = say("UnionPay range")
	rangeMaestro        = say("Maestro range")
	rangeMir            = say("Mir range")
	rangeUATP           = say("UATP range")
	rangeElo            = say("Elo range")
	rangeVerve          = say("Verve range")
	rangeRuPay          = say("RuPay range")
	rangeTroy           = say("Troy range")
	rangeDankort        = say("Dankort range")
	rangeHipercard      = say("Hipercard range")
	rangeUzbek          = say("Uzcard or Humo range")
	rangeNapas          = say("Napas range")
	rangeOther          = say("an issuer's range")
)

// issuers is searched in order; the first range that fits wins. Sources: the
// schemes' published ranges as collected in Wikipedia "Payment card number"
// and in Braintree's credit-card-type (read as facts, 2026).
var issuers = []issuer{
	{60400, 60499, digitsLong(12, 19), keyword, rangeMaestro}, // old
	{180000, 180099, len15, solitude, rangeJCB},
	{182100, 182199, len15, solitude, rangeJCB},
	{213100, 213199, len15, solitude, rangeJCB},
	{100000, 199999, len15, keyword, rangeUATP}, // the airline's number follows: see isAirline
	{194600, 194699, len16, solitude, rangeOther},
	{220000, 220499, len16, nothing, rangeMir},
	{220000, 220499, digitsLong(17, 19), keyword, rangeMir},
	{220500, 220599, len16, solitude, rangeOther}, // Borica
	{222100, 272099, len16, nothing, rangeMastercard},
	{300000, 305999, digitsLong(14, 19), keyword, rangeDiners},
	{309500, 309599, digitsLong(14, 19), keyword, rangeDiners},
	{340000, 349999, len15, nothing, rangeAmex},
	{352800, 358999, len16, nothing, rangeJCB},
	{350000, 359999, digitsLong(16, 19), keyword, rangeJCB}, // and RuPay's 353 and 356
	{360000, 369999, digitsLong(14, 19), keyword, rangeDiners},
	{370000, 379999, len15, nothing, rangeAmex},
	{380000, 399999, digitsLong(14, 19), keyword, rangeDiners},
	{400000, 499999, len16, nothing, rangeVisa},
	{400000, 499999, digitsLong(13, 13) | digitsLong(18, 19), keyword, rangeVisa},
	{500000, 509999, digitsLong(12, 15) | digitsLong(17, 19), keyword, rangeMaestro},
	{501800, 501899, len16, solitude, rangeMaestro}, {502000, 502099, len16, solitude, rangeMaestro}, {503800, 503899, len16, solitude, rangeMaestro},
	{501900, 501999, len16, solitude, rangeDankort},
	{504175, 504175, len16, solitude, rangeElo}, {506699, 506778, len16, solitude, rangeElo}, {509000, 509999, len16, solitude, rangeElo},
	{506099, 506198, len16, solitude, rangeVerve}, {507865, 507964, len16, solitude, rangeVerve},
	{508000, 508999, len16, solitude, rangeRuPay},
	{500000, 509999, len16, keyword, rangeMaestro},
	{510000, 559999, len16, nothing, rangeMastercard},
	{561400, 561499, len16, solitude, rangeUzbek},
	{589300, 589399, len16, solitude, rangeMaestro},
	{560000, 599999, digitsLong(12, 19), keyword, rangeMaestro},
	{601100, 601199, len16, nothing, rangeDiscover},
	{606282, 606282, len16, solitude, rangeHipercard}, {637095, 637095, len16, solitude, rangeHipercard},
	{607000, 608999, len16, solitude, rangeRuPay}, {652100, 652299, len16, solitude, rangeRuPay}, {817200, 820199, len16, solitude, rangeRuPay},
	{620000, 629999, digitsLong(16, 17), nothing, rangeUnionPay},
	{620000, 629999, digitsLong(18, 19), keyword, rangeUnionPay},
	{636000, 639999, len16, solitude, rangeOther}, // InterPayment, InstaPayment, Elo
	{644000, 659999, len16, nothing, rangeDiscover},
	{644000, 659999, digitsLong(17, 19), keyword, rangeDiscover},
	{675900, 676399, digitsLong(16, 19), solitude, rangeMaestro}, {630400, 630499, digitsLong(16, 19), solitude, rangeMaestro},
	{600000, 699999, digitsLong(12, 19), keyword, rangeMaestro}, // and others
	{810000, 817199, digitsLong(16, 19), keyword, rangeUnionPay},
	{860000, 860099, len16, solitude, rangeUzbek}, {986000, 986099, len16, solitude, rangeUzbek},
	{970400, 970499, len16 | digitsLong(19, 19), solitude, rangeNapas},
	{979200, 979299, len16, solitude, rangeTroy},
}

// airlines are the IATA accounting codes of the airlines and companies that
// issue UATP cards (uatp.com, "Issuers"); the code stands behind the 1.
var airlines = [...]string{"001", "006", "014", "016", "027", "037", "081", "086", "131", "134", "139", "169", "220", "235", "257", "279", "324", "337", "422",
	"526", "607", "656", "781", "784", "838", "920", "999"}

func isAirline(code []byte) bool {
	for _, a := range airlines {
		if string(code) == a {
			return true
		}
	}
	return false
}

// issuerOf says whose number it can be, and what else is needed to believe it.
func issuerOf(pan []byte) (form Word, n need, ok bool) {
	iin := 0
	for _, d := range pan[:6] {
		iin = iin*10 + int(d-'0')
	}
	for k := range issuers {
		r := &issuers[k]
		if iin < r.from || iin > r.to || r.lengths>>len(pan)&1 == 0 {
			continue
		}
		if r.form == rangeUATP && isAirline(pan[1:4]) {
			return r.form, solitude, true
		}
		return r.form, r.need, true
	}
	return 0, 0, false
}

var (
	cardNames = newTopic("card", "cards", "credit", "debit", "visa", "mastercard", "master card", "maestro", "amex", "american express", "pan", "cc", "jcb",
		"diners", "discover", "unionpay", "union pay", "rupay", "uatp", "cvv", "cvc", "cvv2", "exp", "expiry", "expires", "expiration", "valid thru", "mc",
		"kreditkarte", "karte", "kartennummer", "kartennr", "gültig bis", "carte", "cb", "carta", "tarjeta", "kaart", "kaartnummer", "creditcard", "kartu",
		"cartão", "cartao", "karta", "karty", "kartą", "kort", "kortnummer", "kortti", "kortin", "bankkort", "bankkártya", "kártya", "kart", "kredi kartı",
		"card no", "cardnumber", "card number", "карта", "карты", "карте", "卡号", "信用卡", "银行卡", "カード", "카드", "κάρτα", "बीमा कार्ड", "कार्ड", "بطاقة", "כרטיס")
	// notCards say that a number is something else that may pass for a card.
	notCards = newTopic("imei", "imeisv", "isbn", "ean", "gtin", "upc", "order", "tracking", "invoice", "serial", "sku", "barcode", "shipment", "parcel", "span",
		"trace", "request", "ticket", "transaction id", "txn", "asset", "meid", "iccid", "imsi", "sim", "id", "uid", "uuid", "guid", "hash", "nonce", "offset",
		"timestamp", "ts", "epoch", "time", "phone", "tel", "fax", "mobile", "credit note", "debit note", "gift card", "loyalty", "library card", "ref", "reference",
		"case", "build", "version", "batch", "lot", "consignment", "waybill", "awb", "part", "model", "item", "article", "product", "quote", "offer", "seed", "session",
		"bestellung", "rechnung", "sendung", "sendungsnummer", "auftrag", "seriennummer", "commande", "facture", "suivi", "pedido", "factura", "ordine", "fattura",
		"zamówienie", "faktura", "beställning", "order no", "bestelling")
)

// How many digits a card number has.
const (
	minCard = 12
	maxCard = 19
)

// grouping is one way in which a card is printed, with one separator
// throughout.
type grouping struct {
	lens  []int
	named bool // rare or also a way to write other numbers: needs a keyword
}

var groupings = [...]grouping{
	{[]int{4, 4, 4, 4, 3}, false},
	{[]int{4, 4, 4, 4, 2}, true},
	{[]int{4, 4, 4, 4}, false},
	{[]int{4, 6, 5}, false}, // American Express
	{[]int{4, 6, 4}, false}, // Diners Club
	{[]int{4, 5, 6}, true},  // UATP
	{[]int{4, 4, 4, 3}, true},
	{[]int{4, 4, 5}, true},
	{[]int{4, 4, 4}, true},
	{[]int{6, 13}, true}, // UnionPay
	{[]int{8, 8}, true},
}

// fits reports whether the groups are of these lengths.
func (p *grouping) fits(g []group) bool {
	if len(g) < len(p.lens) {
		return false
	}
	for i, n := range p.lens {
		if g[i].len() != n || i < len(p.lens)-1 && g[i].sep != g[0].sep {
			return false
		}
	}
	return true
}

// mayBeginCard reports whether a card number can begin with these digits.
func mayBeginCard(g group) bool {
	switch n := g.len(); n {
	case 4, 6, 8:
		return g.sep == ' ' || g.sep == '-'
	default:
		return n >= minCard && n <= maxCard && g.sep != '-' && g.sep != '.'
	}
}

// card looks for a card number that starts with the group first, which stands
// behind the group before, if that has a separator. It returns where the card
// number ends, or where it would start.
func (s *scanner) card(first, before group) int {
	i := first.start
	if first.len() >= minCard {
		// Beside a dot, dash or slash it is part of something else.
		if before.sep == 0 || before.sep == ' ' {
			return s.cardOf([]group{first}, 1, before, false)
		}
		return i
	}
	second := s.group(first.end + 1)
	s.steps += second.len()
	switch n := second.len(); first.len() {
	case 4:
		if n < 4 || n > 6 || second.sep != first.sep {
			return i
		}
	case 6:
		if n != 13 {
			return i
		}
	case 8:
		if n != 8 {
			return i
		}
	}
	var groups [6]group // of the longest grouping, and one behind it
	groups[0], groups[1] = first, second
	n := 2
	for n < len(groups) && groups[n-1].sep != 0 {
		groups[n] = s.group(groups[n-1].end + 1)
		n++
	}
	s.steps += groups[n-1].end - i
	for k := range groupings {
		p := &groupings[k]
		if !p.fits(groups[:n]) {
			continue
		}
		if end := s.cardOf(groups[:n], len(p.lens), before, p.named); end > i {
			return end
		}
	}
	return i
}

// cardOf judges the number that the first used groups make, and returns where
// it ends, or where it starts if it is none.
func (s *scanner) cardOf(g []group, used int, before group, rare bool) int {
	start, end := g[0].start, g[used-1].end
	if g[used-1].sep == 0 && !s.rightEdge(end) {
		return start
	}
	var num [maxCard]byte
	at := 0
	for _, x := range g[:used] {
		at += copy(num[at:], s.text[x.start:x.end])
	}
	s.steps += at
	pan := num[:at]
	if !luhn(pan) {
		return start
	}
	form, n, ok := issuerOf(pan)
	if !ok {
		return start
	}
	if isSampleCard(pan) {
		return end
	}
	if isEAN(pan) {
		return start
	}
	why, named := s.about(start, end, cardNames)
	if other, is := s.about(start, end, notCards); is && !(named && closer(why, other)) {
		return start
	}
	if !named {
		why = Why{}
	}
	expires := s.expires(end)
	// A longer row of fours is a table or a drawing, not a card.
	row := before.sep != 0 && before.sep == g[0].sep && before.len() == 4 || len(g) > used && g[used-1].sep == g[0].sep && g[used].len() == 4
	conf := Medium
	switch {
	case used > 1 && row && !(named && before.sep == 0):
		return start
	case named && (n == nothing || n == solitude && used > 1) && why.Where != After:
		conf = High
	case named:
	case expires && !rare && (n == nothing || used > 1):
		conf = High
	case rare || used == 4 && s.inTable(g[:4]) || used == 1 && s.inPath(start):
		return start
	case used > 1:
		// Grouped as a card of its length is; the check digit alone would be
		// one in ten.
		if n == nothing {
			conf = High
		}
	case n == keyword, n == solitude && !s.nothingBut(start, end):
		return start
	}
	why.Length, why.Unit, why.Form, why.Check = at, unitDigits, form, checksumOK
	s.add(PaymentCard, ClassCard, conf, start, end, why)
	return end
}

// closer reports whether a names a value more closely than b does.
func closer(a, b Why) bool {
	if a.Where != b.Where {
		return a.Where != After && (b.Where == After || a.Where == Before && b.Where == Key || b.Where == Column)
	}
	return a.Distance <= b.Distance
}

// nothingBut reports whether the whole text is text[start:end], but for
// spaces, quotes and a final stop.
func (s *scanner) nothingBut(start, end int) bool {
	if start > 4 || len(s.text)-end > 4 {
		return false
	}
	for i, c := range s.text {
		if (i < start || i >= end) && class[c]&isSpace == 0 && c != '"' && c != '\'' && c != '.' && c != ',' && c != '`' {
			return false
		}
	}
	return true
}

// expires reports whether an expiry date such as 10/28 stands behind a number
// that ends at i.
func (s *scanner) expires(i int) bool {
	text := s.text
	j := i
	for j < len(text) && j-i < 3 && (text[j] == ' ' || text[j] == ',' || text[j] == ';' || text[j] == '\t' || text[j] == '|' || text[j] == '/') {
		j++
	}
	if j == i || j+5 > len(text) || text[j+2] != '/' || class[text[j]]&class[text[j+1]]&class[text[j+3]]&class[text[j+4]]&isDigit == 0 {
		return false
	}
	month := int(text[j]-'0')*10 + int(text[j+1]-'0')
	end := j + 5
	if end+2 <= len(text) && text[j+3] == '2' && text[j+4] == '0' && class[text[end]]&class[text[end+min(1, len(text)-end-1)]]&isDigit != 0 {
		end += 2 // 10/2028
	}
	s.steps += end - i
	return month >= 1 && month <= 12 && (end == len(text) || text[end] != '/' && class[text[end]]&isWord == 0)
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

// isEAN reports an article number: 13 digits with the check digit of GS1. Those
// of German goods begin as Visa's do, and Visa has given out no 13 digits for
// decades.
func isEAN(d []byte) bool {
	sum := 0
	for i := range d {
		sum += int(d[i]-'0') * (1 + 2*(i%2))
	}
	return len(d) == 13 && sum%10 == 0
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
