package detect

// westIDs are the numbers of the United Kingdom, Ireland, the Low Countries
// and France.
var westIDs = []idSpec{
	{
		id: "uk_nhs", class: ClassGovID, confidence: High, title: "NHS number (UK, with Scotland's CHI): ten digits, check digit, named as one",
		topic: newTopic("nhs", "nhs number", "nhs no", "national health service", "health service number", "health authority", "health services authority",
			"chi number", "chi no", "h&c number"),
		shapes: []string{"dddddddddd", "ddd ddd dddd", "ddd-ddd-dddd"},
		check:  func(v []byte) bool { return weightedSum(v, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == 0 },
		form:   say("NHS number"), checked: checksumOK,
		hits:   []string{"NHS number: 485 777 3457", "nhs 485-777-3457", `{"nhsNumber": "4857773457"}`},
		misses: []string{"NHS number: 485 777 3456", "485 777 3457", "Call the NHS on 0300 123 4567", "NHS 4857773457123"},
	}, {
		id: "uk_utr", class: ClassGovID, confidence: High, title: "UK unique taxpayer reference: ten digits, check digit, named as one",
		topic:  taxID("utr", "utr number", "unique taxpayer", "taxpayer reference", "tax reference", "self assessment"),
		shapes: []string{"dddddddddd", "ddddd ddddd", "ddd ddd dddd", "dddddddddda"},
		check: func(v []byte) bool {
			return (len(v) == 10 || v[10] == 'K') && v[0] == "21987654321"[weightedSum(v[1:], 6, 7, 8, 9, 10, 5, 4, 3, 2)%11]
		},
		form: say("UK taxpayer reference"), checked: checksumOK,
		hits:   []string{"My UTR is 91552 74563", "Unique Taxpayer Reference 9155274563"},
		misses: []string{"My UTR is 21552 74563", "9155274563", "UTR 91552745637"},
	}, {
		id: "ie_ppsn", class: ClassGovID, confidence: High, title: "Irish PPS number: seven digits, check letter, named as one",
		topic:  taxID("pps", "ppsn", "pps number", "personal public service", "tax reference"),
		shapes: []string{"ddddddda", "dddddddaa", "ddddddd a", "ddddddd aa", "ddddddd-a"},
		// Department of Social Protection; the second letter counts since 2013.
		check: func(v []byte) bool {
			sum := weightedSum(v, 8, 7, 6, 5, 4, 3, 2)
			if len(v) == 9 && v[8] != 'W' {
				if v[8] > 'I' && v[8] != 'T' && v[8] != 'X' {
					return false
				}
				if v[8] <= 'I' {
					sum += int(v[8]-'A'+1) * 9
				}
			}
			return v[7] == "WABCDEFGHIJKLMNOPQRSTUV"[sum%23]
		},
		form: say("Irish PPSN"), checked: checksumOK,
		hits:   []string{"PPSN: 1234567T", "pps number 1234567fa", "His PPS no. is 1234567 T"},
		misses: []string{"PPSN: 1234567U", "1234567T", "part 1234567T", "PPSN 11234567T"},
	}, {
		id: "nl_bsn", class: ClassGovID, confidence: High, title: "Dutch BSN: nine digits, eleven-test, named as one",
		topic:  taxID("bsn", "bsn nummer", "burgerservice", "burger service", "sofinummer", "sofi nummer", "citizen service number", "persoonsnummer"),
		shapes: []string{"ddddddddd", "dddd.dd.ddd", "dddd dd ddd", "ddd ddd ddd", "ddd.ddd.ddd"},
		check:  func(v []byte) bool { return (weightedSum(v, 9, 8, 7, 6, 5, 4, 3, 2)-int(v[8]-'0'))%11 == 0 },
		form:   say("Dutch BSN"), checked: say("eleven-test ok"),
		hits:   []string{"BSN: 111222333", "Het burgerservicenummer is 1112.22.333", "burgerservicenummer 111 222 333"},
		misses: []string{"BSN: 111222334", "111222333", "order 111222333", "BSN 1112223330"},
	}, {
		id: "be_national_number", class: ClassGovID, confidence: High, title: "Belgian national register number: date of birth, mod 97, named as one or in its own grouping",
		topic: nationalID("rijksregister", "rijks register", "registre national", "numéro national", "numero national", "nationaal nummer", "national register",
			"national number", "nationalregister", "niss", "insz", "inss", "nrn"),
		shapes: []string{"ddddddddddd", "dd.dd.dd-ddd.dd", "dd.dd.dd-ddd-dd", "dd.dd.dd ddd.dd", "dddddd-ddd-dd", "dddddd-ddd.dd", "dddddd ddd dd", "dd dd dd ddd dd"},
		check: func(v []byte) bool {
			// The month may be unknown (00) and has 20 or 40 more in a BIS number.
			month, day := twoDigits(v, 2), twoDigits(v, 4)
			if month > 52 || month%20 > 12 || day > 31 {
				return false
			}
			n, key := decimal(v[:9]), 97-decimal(v[9:])
			return n%97 == key || (2_000_000_000+n)%97 == key
		},
		form: say("Belgian national number"), checked: checksumOK,
		bare: ymd, bareAs: []string{"dd.dd.dd-ddd.dd"},
		hits:   []string{"Rijksregisternummer 85.07.30-033.28", "numéro national: 85073003328", "85.07.30-033.28"},
		misses: []string{"Rijksregisternummer 85.07.30-033.29", "85073003328", "85.07.30-033.29", "niss 85.17.30-033.28"},
	}, {
		id: "lu_matricule", class: ClassGovID, confidence: High, title: "Luxembourg national number: date of birth, check digits, named as one",
		topic:  socialID("matricule", "numéro d'identification", "numero d'identification", "identifikationsnummer", "national id", "cns"),
		shapes: []string{"ddddddddddddd", "dddd dd dd ddddd", "dddddddd ddddd", "dddd dddd ddddd", "dddd dddd ddd dd", "dddd dd dd ddd dd"},
		// Règlement grand-ducal of 21 June 2013: Luhn over the first twelve
		// digits and Verhoeff's digit behind.
		check: func(v []byte) bool {
			last := [12]byte{11: v[12]}
			copy(last[:], v[:11])
			return century(v) && ymd(v[2:]) && luhn(v[:12]) && verhoeff(last[:])
		},
		form: say("Luxembourg matricule"), checked: checksumOK,
		hits:   []string{"matricule 1987052100131"},
		misses: []string{"matricule 1987052100132", "matricule 1987052100141", "matricule 1987132100131"},
	}, {
		id: "fr_nir", class: ClassGovID, confidence: High, title: "French social security number (NIR): sex, month, département, mod 97",
		topic: socialID("nir", "sécurité sociale", "securite sociale", "sécu", "num secu", "numero secu", "no secu", "n° ss", "nss", "insee", "assuré", "assure social",
			"carte vitale", "immatriculation"),
		shapes: []string{"ddddddddddddddd", "ddddddadddddddd", "d dd dd dd ddd ddd dd", "d dd dd da ddd ddd dd", "ddddddddddddd dd", "ddddddadddddd dd",
			"d.dd.dd.dd.ddd.ddd.dd", "d-dd-dd-dd-ddd-ddd-dd"},
		check: nir,
		form:  say("French NIR"), checked: checksumOK,
		bare: func(v []byte) bool {
			// Of ordinary numbers one in five starts with 1 or 2, one in eight of
			// them has a month, and one in 97 the key.
			month := twoDigits(v, 3)
			return v[0] <= '2' && month >= 1 && month <= 12
		},
		hits:   []string{"Numéro de sécurité sociale : 2 55 08 14 168 025 38", "NIR 255081416802538", "1 80 03 2A 004 152 46", "255081416802538"},
		misses: []string{"NIR 255081416802539", "255081416802539", "NIR 2 55 13 14 168 025 38", "555081416802538"},
	}, {
		id: "fr_tax_id", class: ClassGovID, confidence: High, title: "French tax number (SPI): 13 digits, mod 511, named as one",
		topic: taxID("numéro fiscal", "numero fiscal", "n° fiscal", "no fiscal", "num fiscal", "identifiant fiscal", "référence fiscale", "reference fiscale", "spi",
			"impôts", "impots"),
		shapes: []string{"ddddddddddddd", "dd dd ddd ddd ddd", "d ddd ddd ddd ddd"},
		check:  func(v []byte) bool { return v[0] <= '3' && decimal(v[:10])%511 == decimal(v[10:]) },
		form:   say("French tax number"), checked: checksumOK,
		hits:   []string{"Numéro fiscal : 30 23 217 600 053", "n° fiscal 3023217600053"},
		misses: []string{"Numéro fiscal : 30 23 217 600 054", "3023217600053"},
	}, {
		id: "fr_id_card", class: ClassGovID, confidence: Medium, title: "French identity card before 2021: twelve digits with year and month, named as one",
		topic:  newTopic("carte d'identit", "carte d’identit", "carte nationale", "carte identit", "cni", "french id"),
		shapes: []string{"dddddddddddd"},
		check:  func(v []byte) bool { return twoDigits(v, 2) >= 1 && twoDigits(v, 2) <= 12 },
		form:   say("French identity card"), checked: datePossible,
		hits:   []string{"Carte nationale d'identité n° 880692310285"},
		misses: []string{"CNI 881392310285", "880692310285"},
	},
}

// nir checks a French NIR with its key. Corsica's départements 2A and 2B count
// as 19 and 18 (INSEE). The month is 20 or more where it is unknown.
func nir(v []byte) bool {
	if v[0] == '0' || v[0] == '5' || v[0] == '6' || v[0] == '9' {
		return false
	}
	var d [15]byte
	copy(d[:], v)
	if class[v[6]]&isAlpha != 0 {
		if v[5] != '2' || v[6] > 'B' {
			return false
		}
		d[5], d[6] = '1', '9'-(v[6]-'A')
	}
	month := twoDigits(v, 3)
	return (month >= 1 && month <= 12 || month >= 20 && month <= 42 || month >= 50) && 97-decimal(d[:13])%97 == decimal(d[13:])
}
