package detect

// northIDs are the numbers of the Nordic countries.
var northIDs = []idSpec{
	{
		id: "se_personnummer", class: ClassGovID, confidence: High, title: "Swedish personnummer or samordningsnummer: date of birth, Luhn, named as one or of a year 19xx",
		topic:  nationalID("personnummer", "person nr", "personnr", "pers nr", "samordningsnummer", "svensk id", "ssn", "personal number", "swedish id", "pnr"),
		shapes: []string{"dddddd-dddd", "dddddd+dddd", "dddddddd-dddd", "dddddddd+dddd", "dddddddddddd", "dddddddddd", "dddddd dddd", "dddddddd dddd"},
		check: func(v []byte) bool {
			if len(v) == 12 && !century(v) {
				return false
			}
			v = v[len(v)-10:]
			day := twoDigits(v, 4)
			if day > 60 {
				day -= 60 // samordningsnummer
			}
			return isDate(day, twoDigits(v, 2)) && luhn(v)
		},
		form: say("Swedish personnummer"), checked: checksumOK,
		// Numbers that begin with a date of this century are timestamps and files.
		bare:   func(v []byte) bool { return twoDigits(v, 0) == 19 && twoDigits(v, 6) < 60 },
		bareAs: []string{"dddddddd-dddd", "dddddddd+dddd", "dddddddddddd"},
		hits:   []string{"personnummer: 811218-9876", "Samordningsnummer 701063-2391", "Person-nr 198112189876", "19811218-9876"},
		misses: []string{"811218-9876", "19811218-9877", "20240311-0042", "202411241530", "Organisationsnummer 556016-0680"},
	}, {
		id: "dk_cpr", class: ClassGovID, confidence: High, title: "Danish CPR number: date of birth and four digits, named as one",
		topic:  nationalID("cpr", "cpr nr", "cpr nummer", "cprnr", "cprnummer", "personnummer", "danish id"),
		shapes: []string{"dddddd-dddd", "dddddddddd", "dddddd dddd"},
		// The modulus 11 of old numbers doesn't hold since 2007 (CPR-kontoret).
		check: dmy,
		form:  say("Danish CPR number"), checked: datePossible,
		hits:   []string{"CPR-nr. 070761-4285", "cpr: 0707614285"},
		misses: []string{"CPR 320761-4285", "070761-4285", "CPR-kursus, tlf. 33 12 34 56"},
	}, {
		id: "no_fodselsnummer", class: ClassGovID, confidence: High, title: "Norwegian fødselsnummer or D-number: date of birth, two check digits",
		topic:  nationalID("fødselsnummer", "fodselsnummer", "fødselsnr", "fodselsnr", "fødselsog", "fnr", "personnummer", "d nummer", "dnr", "norwegian id", "birth number"),
		shapes: []string{"ddddddddddd", "dddddd ddddd", "dddddd-ddddd"},
		check: func(v []byte) bool {
			day, month := twoDigits(v, 0), twoDigits(v, 2)
			if day > 40 {
				day -= 40 // D-number
			}
			if month > 40 && month <= 52 {
				month -= 40 // H-number
			}
			return isDate(day, month) && weightedSum(v, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1)%11 == 0 && weightedSum(v, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
		},
		form: say("Norwegian fødselsnummer"), checked: checksumOK,
		// One in 27 has a date, one in 121 of them the digits.
		bare:   dmy,
		hits:   []string{"Fødselsnummer: 15108695088", "fnr 151086 95088", "15108695088"},
		misses: []string{"fnr 15108695089", "15108695089", "Tlf 15108695088", "fnr 35138695088"},
	}, {
		id: "fi_hetu", class: ClassGovID, confidence: High, title: "Finnish henkilötunnus: date of birth, century sign, check character",
		topic:  nationalID("hetu", "henkilötunnu", "henkilotunnu", "personbeteckning", "sosiaaliturvatunnu", "sotu", "finnish id"),
		shapes: []string{"ddddddadddx", "dddddd-dddx", "dddddd+dddx"},
		check: func(v []byte) bool {
			if len(v) == 11 {
				switch v[6] { // the signs of 2023 among them
				case 'A', 'B', 'C', 'D', 'E', 'F', 'U', 'V', 'W', 'X', 'Y':
				default:
					return false
				}
			}
			n := v[len(v)-4 : len(v)-1]
			return dmy(v) && "0123456789ABCDEFHJKLMNPRSTUVWXY"[(decimal(v[:6])*1000+decimal(n))%31] == v[len(v)-1]
		},
		form: say("Finnish henkilötunnus"), checked: checksumOK,
		// One in 27 has a date, one in 31 the character, which is to be a letter
		// where the sign is a dash.
		bare: func(v []byte) bool {
			return len(v) == 11 || class[v[9]]&isAlpha != 0
		},
		hits:   []string{"henkilötunnus 131052-308T", "131052-308T", "010594Y9032", "hetu: 010594y9032", "Personbeteckning 131052+308T"},
		misses: []string{"hetu 131052-308U", "131052-308t", "131052.308T", "331052-308T", "131052-308TX"},
	}, {
		id: "is_kennitala", class: ClassGovID, confidence: High, title: "Icelandic kennitala of a person: date of birth, check digit, named as one",
		topic:  nationalID("kennital", "kt", "icelandic id"),
		shapes: []string{"dddddd-dddd", "dddddddddd", "dddddd dddd"},
		check: func(v []byte) bool {
			return dmy(v) && (v[9] == '9' || v[9] == '0' || v[9] == '8') && weightedSum(v, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
		},
		form: say("kennitala"), checked: checksumOK,
		hits:   []string{"Kennitala: 120174-3399", "kt. 1201743399"},
		misses: []string{"kt. 120174-3389", "120174-3399", "kt. 120174-3391", "Kennitala 520174-3399"},
	},
}

// baltIDs are the numbers of Estonia, Latvia and Lithuania.
var baltIDs = []idSpec{
	{
		id: "ee_isikukood", class: ClassGovID, confidence: High, title: "Estonian isikukood: sex and century, date of birth, check digit, named as one",
		topic:  nationalID("isikukood", "isiku kood", "estonian id", "personal code"),
		shapes: []string{"ddddddddddd", "d dddddd dddd"},
		check:  balticCode,
		form:   say("Estonian isikukood"), checked: checksumOK,
		hits:   []string{"Isikukood 37605030299"},
		misses: []string{"Isikukood 37605030298", "37605030299", "Isikukood 37613030299"},
	}, {
		id: "lt_asmens_kodas", class: ClassGovID, confidence: High, title: "Lithuanian asmens kodas: sex and century, date of birth, check digit, named as one",
		topic:  nationalID("asmens kod", "lithuanian id", "personal code", "a.k.", "a. k."),
		shapes: []string{"ddddddddddd", "d dddddd dddd"},
		check:  balticCode,
		form:   say("Lithuanian asmens kodas"), checked: checksumOK,
		hits:   []string{"Asmens kodas: 33309240064"},
		misses: []string{"Asmens kodas: 33309240065", "33309240064"},
	}, {
		id: "lv_personas_kods", class: ClassGovID, confidence: High, title: "Latvian personas kods: date of birth and check digit, or 32 and nine digits, named as one",
		topic:  nationalID("personas kod", "latvian id", "personal code", "p.k."),
		shapes: []string{"dddddd-ddddd", "ddddddddddd", "dddddd ddddd"},
		// Since July 2017 they begin with 32 and hold no date; nothing can be
		// calculated from those.
		check: func(v []byte) bool {
			return twoDigits(v, 0) == 32 || dmy(v) && (1101-weightedSum(v, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))%11%10 == int(v[10]-'0')
		},
		form: say("Latvian personas kods"), checked: say("form possible"),
		hits:   []string{"Personas kods: 161175-19997", "personas kods 321234-56789"},
		misses: []string{"Personas kods: 161175-19996", "161175-19997"},
	},
}

// balticCode checks an Estonian or Lithuanian number: the digit comes from a
// second row of weights where the first gives 10.
func balticCode(v []byte) bool {
	if v[0] < '1' || v[0] > '8' || !ymd(v[1:]) {
		return false
	}
	n := weightedSum(v, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11
	if n == 10 {
		n = weightedSum(v, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10
	}
	return n == int(v[10]-'0')
}
