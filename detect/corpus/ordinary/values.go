package ordinary

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// value returns what fills the gap of that name: d9 are nine digits, hex40 so
// many hexadecimal ones, b88 characters of base64, n3 a number of three digits,
// the others what values names.
func (w *writer) value(name string) (string, bool) {
	if f, ok := values[name]; ok {
		return f(w), true
	}
	stem := strings.TrimRight(name, "0123456789")
	n, err := strconv.Atoi(name[len(stem):])
	if err != nil || n < 1 {
		return "", false
	}
	switch stem {
	case "d":
		return w.chars("0123456789", n), true
	case "n":
		return w.chars("123456789", 1) + w.chars("0123456789", n-1), true
	case "hex":
		return w.chars("0123456789abcdef", n), true
	case "HEX":
		return w.chars("0123456789ABCDEF", n), true
	case "b":
		return w.chars("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", n), true
	case "id":
		return w.chars("abcdefghijklmnopqrstuvwxyz0123456789", n), true
	case "L":
		return w.chars("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n), true
	}
	return "", false
}

func (w *writer) chars(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[w.IntN(len(alphabet))]
	}
	return string(b)
}

var (
	firstNames  = []string{"Ana", "Lars", "Priya", "Noah", "Ingrid", "Mateusz", "Chen", "Fatima", "Yusuf", "Olivia", "James", "Sofía", "Jürgen", "Élodie", "Giulia", "Pieter", "Zofia", "João", "Aoife", "Kenji", "Amara", "Björn", "Katarzyna", "Luca", "Marieke", "Tomás", "Hannah", "Omar", "Ruth", "Siobhán"}
	lastNames   = []string{"Rossi", "Larsen", "Okafor", "Schmidt", "Nguyen", "Kowalski", "Haddad", "García", "Patel", "Smith", "Müller", "Dubois", "de Vries", "Silva", "O'Brien", "Tanaka", "Novák", "Bianchi", "Lefèvre", "Jansen", "Wiśniewska", "Fischer", "Moreau", "Costa", "Lindqvist", "Walker", "Öztürk", "Murphy"}
	companies   = []string{"Contoso", "Northwind Traders", "Fabrikam GmbH", "Adatum Ltd", "Tailspin Toys", "Wide World Importers", "Litware SA", "Proseware BV", "Alpine Ski House", "Blue Yonder Airlines", "Fourth Coffee", "Margie's Travel", "Trey Research", "Woodgrove", "Lucerne Publishing", "Coho Vineyard"}
	cities      = []string{"Berlin", "Lyon", "Madrid", "Milano", "Utrecht", "Kraków", "Porto", "Leeds", "Dublin", "Wien", "Zürich", "København", "Göteborg", "Antwerpen", "Toronto", "Austin", "Bengaluru", "Osaka", "São Paulo", "Melbourne", "Praha", "Tallinn"}
	streets     = []string{"Hauptstraße ~n2~", "~n2~ rue de la République", "Calle Mayor ~n2~", "Via Garibaldi ~n2~", "Keizersgracht ~n3~", "ul. Długa ~n2~/~n1~", "Rua Augusta ~n3~", "~n3~ High Street", "~n4~ Elm Avenue, Apt ~n1~", "Ringstrasse ~n2~ b"}
	postcodes   = []string{"~n5~", "~n4~ ~L2~", "~n2~-~n3~", "SW1A ~n1~AA", "~n4~-~n3~", "M~n1~ ~n1~EW", "~n4~", "K1A 0B1"}
	weekdays    = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}
	months      = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	nouns       = slices.Concat(commonNouns, commonNouns, commonNouns, []string{"secret", "password", "card", "license", "account", "licence"})
	commonNouns = []string{"order", "report", "sensor", "invoice", "ticket", "member", "payment", "widget", "cache", "session", "token", "key", "device", "upload", "search", "profile", "shipment", "article", "page", "account"}
	verbs       = []string{"get", "set", "load", "parse", "update", "fetch", "render", "validate", "build", "send", "merge", "reset", "rotate", "mask", "list"}
	products    = []string{"Espresso machine", "Desk lamp", "USB-C hub", "Trail shoes", "Notebook A5", "Garden hose 25 m", "LED strip", "Water bottle", "Rain jacket", "Card reader", "Key safe", "Phone case", "Wall clock", "Headset", "Ball bearing 6204", "Torx set", "Filter 5 µm", "Printer paper"}

	// phones are the ways to write a number in twenty countries.
	phones = []string{
		"+1 (~n3~) 555-~d4~", "(~n3~) 555-~d4~", "~n3~-555-~d4~", "1-800-~d3~-~d4~",
		"+44 20 7946 0~d3~", "020 7946 0~d3~", "+44 7~d3~ ~d6~", "07~d3~ ~d6~", "0800 ~d3~ ~d4~",
		"+49 30 ~n7~", "+49 (0)89 ~n3~ ~d4~-~n2~", "030/~n7~", "0151 ~n8~", "+49 170 ~n7~",
		"+33 1 ~n2~ ~d2~ ~d2~ ~d2~", "06 ~d2~ ~d2~ ~d2~ ~d2~", "01.~d2~.~d2~.~d2~.~d2~", "+33 6~d8~",
		"+34 91~n1~ ~d3~ ~d3~", "+34 6~d2~ ~d2~ ~d2~ ~d2~", "91~n1~~d6~",
		"+39 02 ~n7~", "+39 3~d2~ ~d7~", "06/~n8~", "+31 20 ~n3~ ~d4~", "06-~d8~", "+31 6 ~d8~",
		"+32 2 ~n3~ ~d2~ ~d2~", "0475/~d2~.~d2~.~d2~", "+48 22 ~n3~ ~d2~ ~d2~", "+48 ~n3~ ~d3~ ~d3~", "~n3~-~d3~-~d3~",
		"+351 21~n1~ ~d3~ ~d3~", "9~n1~~d7~", "+43 1 ~n7~", "+41 44 ~n3~ ~d2~ ~d2~", "079 ~n3~ ~d2~ ~d2~",
		"+45 ~n2~ ~d2~ ~d2~ ~d2~", "+46 8-~n3~ ~d3~ ~d2~", "070-~n3~ ~d2~ ~d2~", "+358 40 ~n7~", "+47 ~n2~ ~d2~ ~d2~ ~d2~",
		"+353 1 ~n3~ ~d4~", "087 ~n3~ ~d4~", "+420 ~n3~ ~d3~ ~d3~", "+91 ~n5~ ~d5~", "+91-~n5~~d5~", "+61 2 ~n4~ ~d4~", "04~d2~ ~d3~ ~d3~",
		"+55 11 9~d4~-~d4~", "(11) ~n4~-~d4~", "+81 3-~n4~-~d4~", "090-~d4~-~d4~", "+82 2-~n3~-~d4~", "010-~d4~-~d4~", "+65 ~n4~ ~d4~",
		"+86 10 ~n4~ ~d4~", "138 ~d4~ ~d4~", "+90 212 ~n3~ ~d2~ ~d2~",
	}
	// parts are article, part and serial numbers.
	parts = []string{"~L2~-~d5~", "~L3~~d4~-~d2~", "~d3~-~d2~-~d5~", "~d4~.~d3~.~d3~", "~L1~~d6~", "~d8~", "~d6~-~L1~~d2~", "~rarepart~", "SN~d10~", "~d2~/~d4~/~d3~", "~L4~-~d4~-~L2~", "P/N ~d7~-~d2~", "~d13~"}
	// rareParts are part numbers in the very shape of somebody's id: they exist,
	// and are rare.
	rareParts = []string{"~L2~~d6~~L1~", "~d3~-~d2~-~d4~", "~L3~~d4~~L1~", "~d8~~L1~", "~L1~~d8~", "~d6~~L1~~d3~", "~d6~-~d5~", "~L1~~d7~~L1~", "~d4~-~d4~-~d4~-~d4~", "~d2~ ~d6~ ~L1~"}
	// trackings are parcel numbers.
	trackings = []string{"1Z~HEX6~~d10~", "~d12~", "~d14~", "RR~d9~DE", "JD~d18~", "~d4~ ~d4~ ~d4~ ~d4~ ~d4~ ~d2~", "00340~d15~", "LX~d9~NL", "~d10~", "CP ~d3~ ~d3~ ~d3~ FR", "3S~L4~~d9~"}
	orders    = []string{"~n8~", "~n10~", "~n12~", "~n16~", "~d3~-~d7~-~d7~", "~L3~-~d7~", "PO-~d6~", "SO~d8~", "~isoyear~-~d6~", "~L2~~d9~", "~n9~", "~n11~", "~n13~", "~n15~", "W~d10~"}
	vats      = []string{"VAT no. GB ~n3~ ~d4~ ~d2~", "USt-IdNr.: DE~n9~", "TVA: FR~d2~ ~n3~ ~d3~ ~d3~", "BTW-nr. NL~n9~B01", "P.IVA 0~d10~", "CIF B~d8~", "NIP: ~n3~-~d3~-~d2~-~d2~", "UID: CHE-~n3~.~d3~.~d3~ MWST"}
	registers = []string{"HRB ~n5~, Amtsgericht Charlottenburg", "Registered in England No. 0~d7~", "RCS Lyon ~n3~ ~d3~ ~d3~", "KvK ~n8~", "KRS 0000~d6~, REGON ~d9~", "Handelsregister Zürich CH-020.3.~d3~.~d3~-~d1~", "Company number ~d8~", "SIRET ~d3~ ~d3~ ~d3~ 000~d2~", "CVR ~d8~"}
)

var values map[string]func(*writer) string

func init() {
	among := func(list []string) func(*writer) string {
		return func(w *writer) string { return w.one(list...) }
	}
	values = map[string]func(*writer) string{
		"first": among(firstNames), "last": among(lastNames), "company": among(companies), "city": among(cities),
		"street": among(streets), "postcode": among(postcodes), "weekday": among(weekdays), "month": among(months),
		"noun": among(nouns), "verb": among(verbs), "product": among(products),
		"phone": among(phones), "part": among(parts), "tracking": among(trackings), "order": among(orders),
		"rarepart": func(w *writer) string {
			if w.IntN(24) == 0 {
				return w.one(rareParts...)
			}
			return w.one("~L3~~d7~", "~d7~-~L2~")
		},
		"vat": among(vats), "register": among(registers),
		"name":    from("~first~ ~last~"),
		"host":    from("www.~slug~.example", "~slug~.internal", "api.~slug~.io", "docs.~slug~.org", "~slug~-~n1~.eu-west-1.compute.local", "shop.~slug~.com"),
		"slug":    from("contoso", "fabrikam", "northwind", "adatum", "litware", "proseware", "woodgrove", "alpineski", "lucerne"),
		"sealed":  from("privileged", "privileged and confidential", "confidential", "secret", "restricted", "sealed", "internal", "protected", "without prejudice", "off the record", "sub judice", "exempt", "delicate", "sensitive", "closed", "private"),
		"url":     from("https://~host~/~noun~/~n6~", "https://~host~/~noun~s?id=~uuid~&page=~n1~", "http://~host~:~port~/health", "https://~host~/a/~hex12~/~noun~.html#s~n2~", "https://~host~/p/~id8~?utm_source=mail&utm_campaign=~month~_~n4~", "https://maps.example/@~lat~,~lon~,15z", "https://video.example/watch?v=~b11~"),
		"meeting": from("https://meet.example/~L3~-~L4~-~L3~", "https://teams.example/l/meetup-join/19%3ameeting_~b48~%40thread.v2/0", "https://zoom.example/j/~n11~", "https://call.example/~id10~"),
		"port":    from("80", "443", "5432", "6379", "8080", "9090", "~n4~"),
		"ver":     from("~n1~.~n2~.~n1~", "v~n1~.~d1~.~n2~", "~n1~.~n1~.~n1~-rc.~n1~", "~n2~.~d1~", "~n1~.~n2~.~n4~.~n2~", "~isoyear~.~n2~.~n1~"),
		"price":   from("~n2~.~d2~", "~n3~.~d2~", "~n1~,~n3~.~d2~", "~n2~,~d2~ €", "€~n4~", "$~n2~.~d2~", "£~n3~.~d2~", "~n1~.~n3~,~d2~ EUR", "CHF ~n3~.~d1~0"),
		"pct":     from("~n1~ %", "~n2~.~d1~%", "~n1~.~d2~ %"),
		"float":   from("0.~d16~", "~n1~.~d15~", "-0.~d6~", "~n3~.~d3~", "~n1~.~d2~e-0~n1~", "~n2~.~d9~"),
		"lat":     from("~n2~.~d6~", "~n2~.~d4~", "-~n2~.~d7~"),
		"lon":     from("~n1~.~d6~", "~n2~.~d7~", "-1~d2~.~d5~"),
		"camel": func(w *writer) string {
			return w.pick(verbs...) + title(w.pick(nouns...)) + w.pick("", "", "ById", "List", "2", "Async")
		},
		"snake": func(w *writer) string {
			return w.pick(verbs...) + "_" + w.pick(nouns...) + w.pick("", "_id", "_count", "_v2")
		},
		"UPPER": func(w *writer) string { return strings.ToUpper(w.pick(verbs...) + "_" + w.pick(nouns...)) },
		"Type": func(w *writer) string {
			return title(w.pick(nouns...)) + w.pick("", "Service", "Store", "Handler", "Client", "Error")
		},
		"path": from("/srv/~slug~/~noun~.py", "/usr/lib/~snake~.so.~n1~", "./internal/~noun~/~snake~.go", "C:\\Users\\Public\\~noun~\\~n4~.txt", "~/projects/~slug~/~noun~.md", "src/~camel~.ts", "/var/log/~slug~/~noun~-~isodate~.log"),
		"ip": func(w *writer) string {
			return fmt.Sprintf("%d.%d.%d.%d", w.IntN(256), w.IntN(256), w.IntN(256), w.IntN(256))
		},
		"ip6":     from("2001:db8:~hex4~:~hex4~::~hex2~", "fe80::~hex4~:~hex4~:~hex4~:~hex4~", "::1"),
		"mac":     from("~hex2~:~hex2~:~hex2~:~hex2~:~hex2~:~hex2~", "~HEX2~-~HEX2~-~HEX2~-~HEX2~-~HEX2~-~HEX2~"),
		"uuid":    from("~hex8~-~hex4~-4~hex3~-a~hex3~-~hex12~"),
		"isoyear": func(w *writer) string { return strconv.Itoa(w.between(2015, 2027)) },
		"isodate": func(w *writer) string {
			return fmt.Sprintf("%d-%02d-%02d", w.between(2015, 2027), w.between(1, 12), w.between(1, 28))
		},
		"compact": func(w *writer) string {
			return fmt.Sprintf("%d%02d%02d", w.between(2015, 2027), w.between(1, 12), w.between(1, 28))
		},
		"time": func(w *writer) string { return fmt.Sprintf("%02d:%02d", w.between(6, 21), w.IntN(12)*5) },
		"dt": func(w *writer) string {
			return w.fill("~isodate~T") + fmt.Sprintf("%02d:%02d:%02d", w.IntN(24), w.IntN(60), w.IntN(60)) + w.one("Z", ".~d3~Z", "+02:00", ".~d6~Z", ".~d9~+00:00")
		},
		"epoch": func(w *writer) string { return strconv.Itoa(w.between(1500000000, 1800000000)) },
		"date": func(w *writer) string {
			d, m, y := w.between(1, 28), w.IntN(12), w.between(2019, 2027)
			switch w.IntN(6) {
			case 0:
				return fmt.Sprintf("%d.%d.%d", d, m+1, y)
			case 1:
				return fmt.Sprintf("%02d/%02d/%d", d, m+1, y)
			case 2:
				return fmt.Sprintf("%d %s %d", d, months[m], y)
			case 3:
				return fmt.Sprintf("%s %d, %d", months[m][:3], d, y)
			case 4:
				return fmt.Sprintf("%02d-%02d-%d", d, m+1, y)
			}
			return fmt.Sprintf("%d-%02d-%02d", y, m+1, d)
		},
		"email": func(w *writer) string {
			return w.one("~mailbox~@~slug~.example", "~mailbox~@~slug~.com", "info@~slug~.co.uk", "support@~slug~.io", "no-reply@~slug~.org")
		},
		"mailbox": func(w *writer) string {
			return w.pick("ana.rossi", "lars", "p.patel", "noah_smith", "ingrid.l", "chen", "o.murphy", "sofia.garcia", "it-helpdesk", "jobs", "press") + w.pick("", w.chars("123456789", 2))
		},
		"isbn": func(w *writer) string { return ean(w, "978") },
		"isbn-": func(w *writer) string {
			e := ean(w, "978")
			return e[:3] + "-" + e[3:4] + "-" + e[4:8] + "-" + e[8:12] + "-" + e[12:]
		},
		"ean": func(w *writer) string { return ean(w, w.pick("400", "50", "73", "871", "30")) },
	}
}

// ean completes a prefix to a number of 13 digits with its check digit.
func ean(w *writer, prefix string) string {
	s := prefix + w.chars("0123456789", 12-len(prefix))
	sum := 0
	for i := range s {
		sum += int(s[i]-'0') * (1 + 2*(i%2))
	}
	return s + strconv.Itoa((10-sum%10)%10)
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
