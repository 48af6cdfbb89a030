package detect

// Numbers of Australia, New Zealand and Africa.
const (
	AUTFN      DetectorID = "au_tfn"
	AUABN      DetectorID = "au_abn"
	AUACN      DetectorID = "au_acn"
	AUMedicare DetectorID = "au_medicare"
	NZIRD      DetectorID = "nz_ird"
	NZNHI      DetectorID = "nz_nhi"
	ZAID       DetectorID = "za_id"
	NGNIN      DetectorID = "ng_nin"
	EGID       DetectorID = "eg_id"
	KEID       DetectorID = "ke_id"
)

var (
	tfnTopic        = newTopic("tfn", "tax file")
	abnTopic        = newTopic("abn", "australian business")
	acnTopic        = newTopic("acn", "australian company")
	auMedicareTopic = newTopic("medicare")
	irdTopic        = newTopic("ird", "inland revenue")
	nhiTopic        = newTopic("nhi", "national health index")
	zaTopic         = newTopic("south african id", "rsa id", "sa id", "smart id", "id number", "id no", "identity number", "identity document", "national id", "identity", "id:", "id nommer")
	ninTopic        = newTopic("nin", "nimc", "national identification", "national identity", "nigeria id", "nigerian", "bvn", "bank verification")
	egTopic         = newTopic("الرقم القومي", "رقم قومي", "egyptian id", "egypt id", "egyptian national")
	keTopic         = newTopic("kra pin", "kra", "kenya id", "kenyan id", "kenya national")
)

var pacificIDs = []idSpec{
	{
		id: AUTFN, class: ClassGovID, confidence: High, topic: tfnTopic,
		title:  "Australian tax file number, check digit, named as one",
		shapes: []string{"ddd ddd ddd", "ddddddddd", "ddd-ddd-ddd"},
		check:  func(v []byte) bool { return weightedSum(v, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0 }, form: say("Australian TFN"), checked: checksumOK,
		hits:   []string{"TFN 123 456 782", "tax file number: 876543210"},
		misses: []string{"123 456 782", "TFN 123 456 783"},
	}, {
		id: AUABN, class: ClassGovID, confidence: High, topic: abnTopic,
		title:  "Australian business number, check digits, named as one",
		shapes: []string{"dd ddd ddd ddd", "ddddddddddd", "dd-ddd-ddd-ddd"},
		check: func(v []byte) bool {
			return v[0] != '0' && (weightedSum(v, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)-10)%89 == 0
		}, form: say("Australian ABN"), checked: checksumOK,
		hits:   []string{"ABN 51 824 753 556", "abn: 51824753556"},
		misses: []string{"51 824 753 556", "ABN 51 824 753 557"},
	}, {
		id: AUACN, class: ClassGovID, confidence: High, topic: acnTopic,
		title:  "Australian company number, check digit, named as one",
		shapes: []string{"ddd ddd ddd", "ddddddddd"},
		check:  func(v []byte) bool { return (10-weightedSum(v, 8, 7, 6, 5, 4, 3, 2, 1)%10)%10 == int(v[8]-'0') }, form: say("Australian ACN"), checked: checksumOK,
		hits:   []string{"ACN 004 085 616", "acn: 010499966"},
		misses: []string{"004 085 616", "ACN 004 085 617"},
	}, {
		id: AUMedicare, class: ClassGovID, confidence: High, topic: auMedicareTopic,
		title:  "Australian Medicare number, check digit, named as one",
		shapes: []string{"dddd ddddd d", "dddddddddd", "dddd-ddddd-d", "ddddddddddd", "dddd ddddd d d", "dddd ddddd d/d"},
		check: func(v []byte) bool {
			return v[0] >= '2' && v[0] <= '6' && weightedSum(v, 1, 3, 7, 9, 1, 3, 7, 9)%10 == int(v[8]-'0')
		}, form: say("Australian Medicare number"), checked: checksumOK,
		hits:   []string{"Medicare 2123 45670 1", "medicare: 2123456701"},
		misses: []string{"2123 45670 1", "Medicare 2123 45680 1", "Medicare 7123 45679 1"},
	}, {
		id: NZIRD, class: ClassGovID, confidence: High, topic: irdTopic,
		title:  "New Zealand IRD number, check digit, named as one",
		shapes: []string{"dd-ddd-ddd", "ddd-ddd-ddd", "dddddddd", "ddddddddd", "dd ddd ddd", "ddd ddd ddd"},
		check:  validIRD, form: say("New Zealand IRD number"), checked: checksumOK,
		hits:   []string{"IRD 49-091-850", "ird number: 136410132"},
		misses: []string{"49-091-850", "IRD 49-091-851"},
	}, {
		id: NZNHI, class: ClassGovID, confidence: High, topic: nhiTopic,
		title:  "New Zealand health index number, check digit, named as one",
		shapes: []string{"aaadddd"},
		check:  validNHI, form: say("New Zealand NHI"), checked: checksumOK,
		hits:   []string{"NHI ZAC5361", "patient nhi: CGC2720"},
		misses: []string{"ZAC5361", "NHI ZAC5362", "NHI ZIC5361"},
	},
}

var africaIDs = []idSpec{
	{
		id: ZAID, class: ClassGovID, confidence: High, topic: zaTopic,
		title:  "South African id: date, citizenship and Luhn digit",
		shapes: []string{"ddddddddddddd", "dddddd dddd dd d", "dddddd dddd ddd"},
		check:  validZAID, form: say("South African id"), checked: checksumOK,
		// A clock in milliseconds has 13 digits too, and begins with 16 to 18 from
		// 2020 to 2030; so has an article's number, and those of Dutch goods look
		// like dates.
		bare:   func(v []byte) bool { return (v[0] != '1' || v[1] < '6' || v[1] > '8') && !isEAN(v) },
		hits:   []string{"8001015009087", "SA ID: 8001015009087", "South African ID number: RSA ID: 0002294321191"},
		misses: []string{"8001015009088", "ID number 8013015009084", "1704015009083", "8001015009987"},
	}, {
		id: NGNIN, class: ClassGovID, confidence: Medium, topic: ninTopic, ahead: true,
		title:  "Nigerian NIN or BVN, named as one",
		shapes: []string{"ddddddddddd"},
		form:   say("Nigerian number"),
		hits:   []string{"NIN: 12345678909", "BVN 22123456789"},
		misses: []string{"12345678909", "NIN 1234567890", "NIN phone 12345678909"},
	}, {
		id: EGID, class: ClassGovID, confidence: High, topic: egTopic,
		title:  "Egyptian national id: century, date and governorate possible, named as one",
		shapes: []string{"dddddddddddddd"},
		check:  possibleEGID, form: say("Egyptian id"), checked: datePossible,
		hits:   []string{"الرقم القومي 29001011234567", "Egyptian ID 30105150112345"},
		misses: []string{"29001011234567", "Egyptian ID 29013011234567"},
	}, {
		id: KEID, class: ClassGovID, confidence: Medium, topic: keTopic, ahead: true,
		title:  "Kenyan id or KRA PIN, named as one",
		shapes: []string{"addddddddda", "dddddddd"},
		check:  func(v []byte) bool { return class[v[0]]&isDigit != 0 || v[0] == 'A' || v[0] == 'P' }, form: say("Kenyan number"), checked: say("first letter possible"),
		hits:   []string{"KRA PIN A001234567X", "Kenya ID 23456789"},
		misses: []string{"A001234567X", "KRA PIN B001234567X"},
	},
}

// validIRD follows Inland Revenue's resident withholding tax specification:
// two sets of weights, the second where the first has no digit.
func validIRD(v []byte) bool {
	var d [9]byte
	d[0] = '0'
	copy(d[9-len(v):], v)
	if n := decimal(d[:]); n < 10_000_000 || n > 150_000_000 {
		return false
	}
	check := (11 - weightedSum(d[:], 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	if check == 10 {
		check = (11 - weightedSum(d[:], 7, 4, 3, 2, 5, 2, 7, 6)%11) % 11
	}
	return check == int(d[8]-'0')
}

// validNHI counts the letters from 1 without I and O (HISO 10046).
func validNHI(v []byte) bool {
	sum := 0
	for i, c := range v[:3] {
		if c == 'I' || c == 'O' {
			return false
		}
		n := int(c-'A') + 1
		if c > 'I' {
			n--
		}
		if c > 'O' {
			n--
		}
		sum += n * (7 - i)
	}
	r := (sum + weightedSum(v[3:], 4, 3, 2)) % 11
	return r != 0 && (11-r)%10 == int(v[6]-'0')
}

// validZAID: the digit before the last was the race and is 8 or 9 since.
func validZAID(v []byte) bool {
	return yymmdd(v) && v[10] <= '2' && v[11] >= '8' && luhn(v)
}

func possibleEGID(v []byte) bool {
	g := decimal(v[7:9])
	return (v[0] == '2' || v[0] == '3') && yymmdd(v[1:]) && (g >= 1 && g <= 35 || g == 88)
}
