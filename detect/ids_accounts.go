package detect

// Account numbers that only their context, or a check, tells from others.
const (
	USRouting     DetectorID = "us_routing_number"
	UKSortCode    DetectorID = "uk_sort_code"
	AUBSB         DetectorID = "au_bsb"
	CATransit     DetectorID = "ca_transit_number"
	INIFSC        DetectorID = "in_ifsc"
	BankAccount   DetectorID = "bank_account"
	DomesticBank  DetectorID = "bank_account_checked"
	USRoutingForm            = "dddd-dddd-d"
)

// accountNames name account numbers; notAccounts name what stands beside
// them, or is called an account and holds no money.
var (
	accountNames = newTopic("account number", "account no", "account nr", "account num", "account #", "acct", "acc no", "acc number", "a/c", "bank account",
		"checking account", "savings account", "current account", "deposit account", "beneficiary account", "iban", "kontonummer", "konto nr", "kontonr", "ktonr", "kto",
		"bankkonto", "numéro de compte", "numero de compte", "n° de compte", "compte bancaire", "cuenta bancaria", "número de cuenta", "numero de cuenta",
		"nº de cuenta", "cuenta corriente", "numero di conto", "conto corrente", "rekeningnummer", "rekeningnr", "bankrekening", "número da conta", "numero da conta",
		"conta corrente", "conta bancária", "conta poupança", "numer konta", "numer rachunku", "nr konta", "nr rachunku", "rachunek", "tilinumero", "číslo účtu", "cislo uctu",
		"számlaszám", "bankszámla", "номер счета", "номер счёта", "расчетный счет", "расчётный счёт", "账号", "账户", "口座番号", "銀行口座", "계좌번호", "계좌", "खाता संख्या",
		"رقم الحساب", "מספר חשבון", "αριθμός λογαριασμού", "hesap no", "hesap numarası", "clabe", "cbu", "cvu", "rib", "nrb")
	notAccounts = newTopic("order", "invoice", "tracking", "phone", "tel", "fax", "ref", "reference", "ticket", "sku", "part", "serial", "version", "build", "case",
		"item", "article", "product", "batch", "shipment", "quote", "isbn", "imei", "mobile", "call", "timestamp", "date", "customer", "member", "user", "loyalty", "meter",
		"aws account number", "aws account no", "amazon account number", "azure account number", "gcp account number", "google ads account number",
		"account number format", "account number length", "bestellung", "rechnung", "telefon", "kundennummer", "commande", "facture", "pedido", "factura", "faktura")
	routingNames  = newTopic("routing", "aba", "rtn", "transit number", "transit routing", "fedwire", "ach")
	sortCodeNames = newTopic("sort code", "sort-code", "sc/acc", "bank sort code")
	bsbNames      = newTopic("bsb")
	transitNames  = newTopic("transit number", "transit no", "transit #", "branch transit", "institution number", "institution no", "branch number")
	ifscNames     = newTopic("ifsc", "neft", "rtgs", "imps", "branch code")
	modulusOK     = say("ABA check digit ok")
	possibleOK    = say("no date")
	ownCheckOK    = say("its own check digits ok")
)

var accountIDs = []idSpec{
	{
		id: USRouting, class: ClassBank, confidence: High, title: "US bank routing number (ABA), named, or written as on a cheque",
		topic: routingNames, shapes: []string{"ddddddddd", USRoutingForm, "dddd dddd d"}, check: isRouting,
		form: say("US routing number"), checked: modulusOK,
		bare: always, bareAs: []string{USRoutingForm},
		hits: []string{
			"routing 021000021, ask the bank", "ABA: 011000015", "ABA routing number: 0711-0130-7", "3222-7162-7", `{"routing_number": "121042882"}`,
		},
		misses: []string{
			"routing 021000022", "021000021", "ABA 991000021", "0711-0130-8", "route 0711-0130-72", "packet routing in 100 ms", "routing 021000021x",
		},
	}, {
		id: UKSortCode, class: ClassBank, confidence: High, title: "UK sort code, named, or with its account number beside it",
		topic:  sortCodeNames,
		shapes: []string{"dd-dd-dd", "dd dd dd", "dddddd", "dd-dd-dd dddddddd", "dd-dd-dd,dddddddd", "dd-dd-dd/dddddddd", "dd-dd-dd, dddddddd", "dd dd dd dddddddd", "dddddd dddddddd"},
		form:   say("sort code"), checked: possibleOK, check: func(v []byte) bool { return len(v) == 6 || !isAllDigitsOf(v[6:], '0') },
		bare:    func(v []byte) bool { return !possibleDate(v[:6]) },
		bareAs:  []string{"dd-dd-dd dddddddd", "dd-dd-dd,dddddddd", "dd-dd-dd/dddddddd", "dd-dd-dd, dddddddd"},
		samples: []string{"123456", "12345612345678", "00000012345678"}, // what forms print inside of their fields
		hits: []string{
			"Sort code: 40-47-84", "sort code 404784", "sort_code=40 47 84", "pay 40-47-84 70872490 please", "40-47-84,70872490",
		},
		misses: []string{
			"40-47-84", "12-11-24 20241112", "sort code 12-34-56", "404784 70872490", "sort the codes 1-2-3", "24-11-12 10493822", "1-40-47-84 70872490",
		},
	}, {
		id: AUBSB, class: ClassBank, confidence: High, title: "Australian bank, state and branch number, named",
		topic: bsbNames, shapes: []string{"ddd-ddd", "ddd ddd", "dddddd", "ddd-ddd ddddddddd", "ddd-ddd dddddddd"}, form: say("BSB"), checked: say("a bank's number"),
		check:   func(v []byte) bool { return string(v[:2]) != "00" },
		samples: []string{"123456", "000000"},
		hits:    []string{"BSB 062-948", "bsb: 733010", "BSB number 083 170"},
		misses:  []string{"062-948", "BSB 123-456", "bsb 06-2948", "tbsb 062-948"},
	}, {
		id: CATransit, class: ClassBank, confidence: High, title: "Canadian branch transit and institution number, named",
		topic: transitNames, shapes: []string{"ddddd-ddd", "ddddd ddd", "ddddd-ddd-ddddddd", "ddddd-ddd-dddddddddddd", "dddddddd"}, form: say("transit number"),
		hits:   []string{"transit number 10202-004", "Transit No: 00011-004", "institution number and transit: 10202-004-5207816"},
		misses: []string{"10202-004", "public transit is late by 15 minutes", "transit 10202"},
	}, {
		id: INIFSC, class: ClassBank, confidence: High, title: "Indian bank branch code (IFSC), named",
		topic: ifscNames, shapes: []string{"aaaa0xxxxxx"}, form: say("IFSC"),
		hits:   []string{"IFSC: HDFC0001234", "ifsc code SBIN0005943", "NEFT to ICIC0000047"},
		misses: []string{"HDFC0001234", "IFSC: HDFC1001234", "IFSC: HDFC000123", "ifsc HDFC00012345"},
	}, {
		id: DomesticBank, class: ClassBank, confidence: High, title: "Account number with its country's own check digits: MX CLABE, AR CBU, ES CCC, PL NRB, HU, FR RIB",
		topic: accountNames, unless: notAccounts,
		shapes: []string{"dddddddddddddddddd", "ddd ddd ddddddddddd d", "dddddddddddddddddddddd", "dddd dddd dd dddddddddd", "dddd-dddd-dd-dddddddddd", "dddddddddddddddddddd",
			"dddddddddddddddddddddddddd", polishForm, "dddddddd-dddddddd-dddddddd", "dddddddd-dddddddd", "ddddd ddddd xxxxxxxxxxx dd"},
		check: isDomestic, form: say("a country's account form"), checked: ownCheckOK,
		bare: always, bareAs: []string{polishForm, "dddddddd-dddddddd-dddddddd", "dddd-dddd-dd-dddddddddd", "dddd dddd dd dddddddddd"},
		hits: []string{
			"CLABE 032180000118359719", "CBU: 2850590940090418135201", "número de cuenta 2100 0418 45 0200051332", "2100-0418-45-0200051332",
			"61 1090 1014 0000 0712 1981 2874", "nr konta 61109010140000071219812874", "11773016-11111018-00000000", "RIB 20041 01005 0500013M026 06",
		},
		misses: []string{
			"CLABE 032180000118359718", "CBU 2850590940090418135202", "2100 0418 46 0200051332", "62 1090 1014 0000 0712 1981 2874", "032180000118359719",
			"11773016-11111019-00000000",
		},
	}, {
		id: BankAccount, class: ClassBank, confidence: Medium, title: "Bank account number, named",
		topic: accountNames, unless: notAccounts,
		shapes: []string{"ddddddd", "dddddddd", "ddddddddd", "dddddddddd", "ddddddddddd", "dddddddddddd", "ddddddddddddd", "dddddddddddddd", "ddddddddddddddd",
			"dddddddddddddddd", "ddddddddddddddddd", "ddd-dddddd-d", "ddd-dddddd-ddd", "dddd-dd-ddddd",
			"dddddddddd/dddd", "ddddddddd/dddd", "dddddd-dddddddddd/dddd", "dd-dddddd-d", "ddddd-d", "ddd-ddddddd", "dddd.dd.ddddd"},
		form: say("number of a possible length"), check: func(v []byte) bool { return !isSequence(v) },
		hits: []string{
			"my bank account is 945456787654", "Account number: 70872490", `{"account_number": "9454567876"}`, "Kontonummer 532013001", "numero de cuenta 0200051332",
			"número da conta: 70872-4", "账号 6214830112345", "acct 708724901123 was closed",
		},
		misses: []string{
			"945456787654", "Account number: 123456789", "Please give your account number on invoice 20231145", "AWS account number 123456789021",
			"account 70872490", "the bank has 12000000 customers", "konto 12", "Account number: 1111111111",
		},
	},
}

const polishForm = "dd dddd dddd dddd dddd dddd dddd"

// isRouting checks a routing number: the Federal Reserve's districts in its
// first two digits, and the ABA's weights 3 7 1.
func isRouting(v []byte) bool {
	d := int(v[0]-'0')*10 + int(v[1]-'0')
	return (d <= 12 || d >= 21 && d <= 32 || d >= 61 && d <= 72 || d == 80) && weighted(v, 3, 7, 1)%10 == 0 && !isAllDigitsOf(v, '0')
}

// weighted is the sum of the digits times the weights in turn.
func weighted(v []byte, weights ...int) (sum int) {
	for i, c := range v {
		sum += int(c-'0') * weights[i%len(weights)]
	}
	return sum
}

func isAllDigitsOf(v []byte, d byte) bool {
	for _, c := range v {
		if c != d {
			return false
		}
	}
	return true
}

// isSequence reports digits that count up or down, as forms show them.
func isSequence(v []byte) bool {
	up, down := true, true
	for i := 1; i < len(v); i++ {
		up = up && (v[i-1]-'0'+1)%10 == v[i]-'0'
		down = down && (v[i]-'0'+1)%10 == v[i-1]-'0'
	}
	return up || down
}

// possibleDate reports that six digits can be read as a day, month and year.
func possibleDate(v []byte) bool {
	n := func(i int) int { return int(v[i]-'0')*10 + int(v[i+1]-'0') }
	a, b, c := n(0), n(2), n(4)
	month := func(x int) bool { return x >= 1 && x <= 12 }
	day := func(x int) bool { return x >= 1 && x <= 31 }
	return day(a) && month(b) || month(a) && day(b) || month(b) && day(c)
}

// isDomestic checks account numbers by the rules of their countries, which
// differ by length.
func isDomestic(v []byte) bool {
	if !isAllDigits(v) {
		return isRIB(v)
	}
	switch len(v) {
	case 16: // Hungary, Giro: 9 7 3 1 over each part
		return weighted(v[:8], 9, 7, 3, 1)%10 == 0 && weighted(v[8:], 9, 7, 3, 1)%10 == 0
	case 24:
		return weighted(v[:8], 9, 7, 3, 1)%10 == 0 && weighted(v[8:], 9, 7, 3, 1)%10 == 0
	case 18: // Mexico, CLABE: 3 7 1, each product by its last digit
		return weighted(v[:17], 3, 7, 1)%10 == (10-int(v[17]-'0'))%10
	case 20: // Spain, CCC: powers of two by 11
		return cccDigit(v[:8], 4) == v[8] && cccDigit(v[10:], 1) == v[9]
	case 22: // Argentina, CBU: two blocks
		return weighted(v[:8], 7, 1, 3, 9, 7, 1, 3, 1)%10 == 0 && weighted(v[8:], 3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3, 1)%10 == 0
	case 23:
		return isRIB(v)
	case 26: // Poland, NRB: the IBAN without its country
		return mod97(append([]byte("PL"), v...)) == 1
	}
	return false
}

// cccDigit is one of the two check digits of a Spanish account; the weights
// are 1 2 4 8 5 10 9 7 3 6.
func cccDigit(v []byte, first int) byte {
	sum, w := 0, first
	for _, c := range v {
		sum += int(c-'0') * w
		w = w * 2 % 11
	}
	switch d := 11 - sum%11; d {
	case 11:
		return '0'
	case 10:
		return '1'
	default:
		return byte('0' + d)
	}
}

// isRIB checks a French account: letters count as 1 to 9 in the order of the
// French punched card, and the whole is a multiple of 97.
func isRIB(v []byte) bool {
	if len(v) != 23 {
		return false
	}
	r := 0
	for _, c := range v {
		d := int(c - '0')
		switch {
		case c >= 'S':
			d = int(c-'S') + 2
		case c >= 'J':
			d = int(c-'J') + 1
		case c >= 'A':
			d = int(c-'A') + 1
		}
		r = (r*10 + d) % 97
	}
	return r == 0
}
