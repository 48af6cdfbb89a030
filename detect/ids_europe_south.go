package detect

// southIDs are the numbers of Spain, Portugal, Italy, Greece and Turkey.
var southIDs = []idSpec{
	{
		id: "es_nif", class: ClassGovID, confidence: High, title: "Spanish DNI or NIF: eight digits, check letter, named as one",
		topic:  taxID("dni", "nif", "documento nacional", "doc nacional", "identificación", "identificacion", "identidad", "d.n.i.", "n.i.f.", "national id"),
		shapes: []string{"dddddddda", "dddddddd-a", "dddddddd a", "dd.ddd.ddd-a", "dd.ddd.ddd a", "dd.ddd.ddda", "dd ddd ddd a", "ddddddda", "ddddddd-a", "addddddda"},
		check: func(v []byte) bool {
			if n := v[:len(v)-1]; class[n[0]]&isDigit != 0 {
				return spanishLetter(n) == v[len(v)-1]
			}
			// K: under 14, L: lives abroad, M: a foreigner without NIE.
			return (v[0] == 'K' || v[0] == 'L' || v[0] == 'M') && spanishLetter(v[1:8]) == v[8]
		},
		form: say("Spanish NIF"), checked: say("check letter ok"),
		hits:   []string{"DNI: 12345678Z", "Mi NIF es 12.345.678-Z", "documento nacional de identidad 12345678-z"},
		misses: []string{"DNI: 12345678A", "12345678Z", "ref. 12345678-Z", "DNI: 123456789Z"},
	}, {
		id: "es_nie", class: ClassGovID, confidence: High, title: "Spanish NIE: X, Y or Z, seven digits, check letter, named as one",
		topic:  taxID("nie", "dni", "nif", "número de identificación de extranjero", "numero de identificacion", "número de identificación", "extranjero", "residencia", "tie", "n.i.e.", "national id"),
		shapes: []string{"addddddda", "a-ddddddd-a", "addddddd-a", "a ddddddd a", "a-ddddddda", "a ddddddd-a", "add.ddd.ddd-a"},
		check: func(v []byte) bool {
			if v[0] < 'X' {
				return false
			}
			var d [8]byte
			copy(d[:], v)
			if len(v) != 9 {
				return false
			}
			d[0] = v[0] - 'X' + '0'
			return spanishLetter(d[:]) == v[8]
		},
		form: say("Spanish NIE"), checked: say("check letter ok"),
		hits:   []string{"NIE: X1234567L", "Mi NIE es Y-1234567-X", "nie x1234567l"},
		misses: []string{"NIE: X1234567M", "X1234567L", "model X1234567L", "NIE: XX1234567L"},
	}, {
		id: "es_social_security", class: ClassGovID, confidence: High, title: "Spanish social security number: province, mod 97, named as one",
		topic:  socialID("seguridad social", "seg social", "afiliación", "afiliacion", "nuss", "naf", "nss", "n.s.s."),
		shapes: []string{"dddddddddddd", "dd dddddddddd", "dd/dddddddd/dd", "dd dddddddd dd", "dd-dddddddd-dd", "dd/dddddddddd", "dd-dddddddddd", "dd dddd dddd dd"},
		check: func(v []byte) bool {
			province, n := decimal(v[:2]), decimal(v[2:10])
			if province == 0 || province > 53 && province != 66 {
				return false
			}
			if n < 10_000_000 {
				return (province*10_000_000+n)%97 == decimal(v[10:])
			}
			return (province*100_000_000+n)%97 == decimal(v[10:])
		},
		form: say("Spanish social security number"), checked: checksumOK,
		hits:   []string{"Seguridad Social: 28/12345678/40", "NUSS 281234567840", "número de afiliación 28 1234567840"},
		misses: []string{"NUSS 281234567841", "281234567840", "NUSS 991234567840"},
	}, {
		id: "pt_nif", class: ClassGovID, confidence: High, title: "Portuguese NIF of a person: nine digits, check digit, named as one",
		topic:  taxID("nif", "contribuinte", "número fiscal", "numero fiscal", "identificação fiscal", "identificacao fiscal", "n.i.f."),
		shapes: []string{"ddddddddd", "ddd ddd ddd", "ddd.ddd.ddd"},
		// 1, 2, 3 and 45 are people's; 5 and above are organisations'.
		check: func(v []byte) bool {
			return (v[0] >= '1' && v[0] <= '3' || v[0] == '4' && v[1] == '5') && weightedSum(v, 9, 8, 7, 6, 5, 4, 3, 2)*10%11%10 == int(v[8]-'0')
		},
		form: say("Portuguese NIF"), checked: checksumOK,
		hits:   []string{"NIF: 245119868", "Contribuinte n.º 245 119 868"},
		misses: []string{"NIF: 245119867", "NIF: 503504564", "245119868"},
	}, {
		id: "pt_citizen_card", class: ClassGovID, confidence: High, title: "Portuguese Cartão de Cidadão: digits, version letters, check digits, named as one",
		topic: nationalID("cartão de cidadão", "cartao de cidadao", "cartão cidadão", "cartao cidadao", "citizen card", "bilhete de identidade", "identificação civil",
			"identificacao civil", "nº documento", "n.º documento", "cc", "id card"),
		shapes: []string{"dddddddddxxd", "dddddddd d xxd", "dddddddd dxxd", "ddddddddd xxd", "dddddddd-d-xxd", "dddddddd-dxxd"},
		check: func(v []byte) bool {
			sum := 0
			for i, c := range v {
				n := base36(c)
				if i%2 == 0 {
					if n *= 2; n > 9 {
						n -= 9
					}
				}
				sum += n
			}
			return !isAllDigits(v[9:11]) && sum%10 == 0
		},
		form: say("Portuguese citizen card"), checked: checksumOK,
		hits:   []string{"Cartão de Cidadão 00000000 0 ZZ4", "cartao de cidadao: 000000000ZZ4"},
		misses: []string{"Cartão de Cidadão 00000000 0 ZZ5", "00000000 0 ZZ4"},
	}, {
		id: "pt_niss", class: ClassGovID, confidence: High, title: "Portuguese social security number: eleven digits, check digit, named as one",
		topic:  socialID("niss", "segurança social", "seguranca social"),
		shapes: []string{"ddddddddddd", "ddd ddd ddd dd", "d dddddddddd"},
		check: func(v []byte) bool {
			return (v[0] == '1' || v[0] == '2') && 9-weightedSum(v, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2)%10 == int(v[10]-'0')
		},
		form: say("Portuguese NISS"), checked: checksumOK,
		hits:   []string{"NISS: 12345678902", "Segurança Social n.º 12345678902"},
		misses: []string{"NISS: 12345678903", "12345678902", "NISS 32345678903"},
	}, {
		id: "it_fiscal_code", class: ClassGovID, confidence: High, title: "Italian codice fiscale: name, date of birth, place, check letter",
		topic:  taxID("codice fiscale", "cod fiscale", "cod. fiscale", "cod. fisc", "cf", "c.f.", "fiscal code", "tax code", "tessera sanitaria"),
		shapes: []string{"aaaaaaxxaxxaxxxa", "aaaaaa xxaxx axxxa"},
		check:  codiceFiscale,
		form:   say("codice fiscale"), checked: say("check letter ok"),
		// One in hundreds of millions of words of this length has the form.
		bare: always, bareSmall: true,
		hits:   []string{"RSSMRA85T10A562S", "Codice fiscale: rssmra85t10a562s", "CF RSSMRA 85T10 A562S"},
		misses: []string{"RSSMRA85T10A562T", "CF RSSMRA85F10A562S", "RSSMRA85T10A562SX", "CF RSSMRA85T32A562S"},
	}, {
		id: "it_id_card", class: ClassGovID, confidence: Medium, title: "Italian identity card, paper or electronic, named as one",
		topic: nationalID("carta d'identit", "carta d’identit", "carta identit", "carta di identit", "carta elettronica", "cie", "documento di riconoscimento",
			"documento d'identit", "documento d’identit", "documento di identit", "documento identit", "identity card", "id card"),
		shapes: []string{"aaddddddd", "aa ddddddd", "dddddddaa", "aadddddaa"},
		form:   say("Italian identity card"),
		hits:   []string{"carta d'identità n. AX 4512387", "Carta d'identità CA12345AA", "CIE: ca12345aa", "documento di riconoscimento 4512387AX"},
		misses: []string{"CA12345AA", "AX 4512387", "carta d'imbarco AZ1234567"},
	}, {
		id: "gr_afm", class: ClassGovID, confidence: High, title: "Greek tax number (AFM): nine digits, check digit, named as one",
		topic:  taxID("αφμ", "ΑΦΜ", "Αφμ", "α.φ.μ.", "Α.Φ.Μ.", "afm", "a.f.m.", "tax registration"),
		shapes: []string{"ddddddddd", "ddd ddd ddd"},
		check: func(v []byte) bool {
			return decimal(v) > 0 && weightedSum(v, 256, 128, 64, 32, 16, 8, 4, 2)%11%10 == int(v[8]-'0')
		},
		form: say("Greek AFM"), checked: checksumOK,
		hits:   []string{"ΑΦΜ: 094259216", "AFM 094259216"},
		misses: []string{"ΑΦΜ: 094259217", "094259216"},
	}, {
		id: "gr_amka", class: ClassGovID, confidence: High, title: "Greek social security number (AMKA): date of birth, Luhn, named as one",
		topic:  socialID("αμκα", "ΑΜΚΑ", "Αμκα", "α.μ.κ.α.", "Α.Μ.Κ.Α.", "amka"),
		shapes: []string{"ddddddddddd", "dddddd ddddd", "dddddd-ddddd"},
		check:  func(v []byte) bool { return dmy(v) && luhn(v) },
		form:   say("Greek AMKA"), checked: checksumOK,
		hits:   []string{"ΑΜΚΑ 01013099997", "AMKA: 010130 99997"},
		misses: []string{"ΑΜΚΑ 01013099998", "01013099997", "AMKA 01133099994"},
	}, {
		id: "tr_national_id", class: ClassGovID, confidence: High, title: "Turkish identity number (TC Kimlik No): eleven digits, two check digits, named as one",
		topic: nationalID("tc kimlik", "t.c. kimlik", "kimlik no", "kimlik numaras", "kimlik", "tckn", "tckno", "tc no", "nüfus", "nufus", "turkish id", "türk kimlik",
			"vatandaşlık", "vatandaslik"),
		shapes: []string{"ddddddddddd", "ddd ddd ddd dd", "ddd ddd dd ddd"},
		check: func(v []byte) bool {
			tenth := weightedSum(v, 7, -1, 7, -1, 7, -1, 7, -1, 7) % 10
			return v[0] != '0' && (tenth+10)%10 == int(v[9]-'0') && weightedSum(v, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)%10 == int(v[10]-'0')
		},
		form: say("TC Kimlik No"), checked: checksumOK,
		hits:   []string{"TC Kimlik No: 12345678950", "TCKN 123 456 789 50"},
		misses: []string{"TC Kimlik No: 12345678951", "12345678950", "TCKN 02345678950"},
	},
}

// spanishLetter is the check letter of a DNI's or NIE's number (Real Decreto
// 1553/2005).
func spanishLetter(digits []byte) byte { return "TRWAGMYFPDXBNJZSQVHLCKE"[decimal(digits)%23] }

// codiceFiscale checks an Italian codice fiscale (Decreto ministeriale of
// 23 December 1976). Of two people with the same one, letters from LMNPQRSTUV
// replace the digits of one, from the right ("omocodia").
func codiceFiscale(v []byte) bool {
	const odd = "\x01\x00\x05\x07\x09\x0d\x0f\x11\x13\x15\x02\x04\x12\x14\x0b\x03\x06\x08\x0c\x0e\x10\x0a\x16\x19\x18\x17"
	var d [16]byte
	sum := 0
	for i, c := range v[:15] {
		n := base36(c)
		if n >= 10 {
			n -= 10
		}
		if i%2 == 0 {
			sum += int(odd[n])
		} else {
			sum += n
		}
		switch i {
		case 6, 7, 9, 10, 12, 13, 14:
			if d[i] = omocode(c); d[i] == 0 {
				return false
			}
		default:
			d[i] = c
		}
	}
	if byte('A'+sum%26) != v[15] || !nameLetters(v[:3]) || !nameLetters(v[3:6]) {
		return false
	}
	day := twoDigits(d[:], 9)
	if day > 40 {
		day -= 40 // women
	}
	for month, letter := range []byte("ABCDEHLMPRST") {
		if v[8] == letter {
			return isDate(day, month+1)
		}
	}
	return false
}

// omocode is the digit that c is or stands for, or 0.
func omocode(c byte) byte {
	if class[c]&isDigit != 0 {
		return c
	}
	for i, x := range []byte("LMNPQRSTUV") {
		if c == x {
			return '0' + byte(i)
		}
	}
	return 0
}

// nameLetters reports whether three letters can stand for a name: consonants,
// then vowels, then X for what a short name lacks.
func nameLetters(v []byte) bool {
	kind := 0
	for i, c := range v {
		k := 0
		switch c {
		case 'A', 'E', 'I', 'O', 'U':
			k = 1
		case 'X':
			if i > 0 && kind == 1 || i == 2 {
				k = 2
			}
		}
		if k < kind && c != 'X' {
			return false
		}
		kind = max(kind, k)
	}
	return true
}
