package detect

// germanIDs are the numbers of Germany, Austria and Switzerland.
var germanIDs = []idSpec{
	{
		id: "de_tax_id", class: ClassGovID, confidence: High, title: "German Steuer-ID: eleven digits, check digit, named as one",
		topic: taxID("steuer id", "steuer idnr", "steueridentifikation", "steuer identifikation", "steuerliche identifikation", "identifikationsnummer", "idnr", "id nr",
			"steuernummer", "steuer nr", "bzst"),
		shapes: []string{"ddddddddddd", "dd ddd ddd ddd", "ddd ddd ddd dd", "dd/ddd/ddd/ddd"},
		check: func(v []byte) bool {
			// One digit stands two or three times among the first ten. Forms and
			// letters show made-up ones with each digit once, so that counts too.
			var n [10]int
			for _, c := range v[:10] {
				if n[c-'0']++; n[c-'0'] > 3 {
					return false
				}
			}
			return v[0] != '0' && mod11of10(v)
		},
		form: say("German Steuer-ID"), checked: checksumOK,
		hits:   []string{"Steuer-ID: 86 095 742 719", "Steueridentifikationsnummer 86095742719", "IdNr. 65929970489", "tax id 86095742719"},
		misses: []string{"Steuer-ID: 86 095 742 718", "86095742719", "Steuer-ID 06095742719", "Steuer-ID: 860957427190"},
	}, {
		id: "de_tax_number", class: ClassGovID, confidence: Medium, title: "German Steuernummer in a state's or the unified form, named as one",
		topic: newTopic("steuernummer", "steuer nr", "steuernr", "st nr", "st.-nr", "st. nr", "stnr"),
		shapes: []string{"ddd/ddd/ddddd", "dd/ddd/ddddd", "ddd/dddd/dddd", "ddddd/ddddd", "ddd ddd ddddd", "dd ddd ddddd", "ddd dddd dddd", "ddd/ddd/dddd", "dd/ddd/dddd/d",
			"ddddddddddddd", "dd/ddd/dddd"},
		form:   say("German Steuernummer"),
		hits:   []string{"Steuernummer: 181/815/08155", "St.-Nr. 133/8150/8159", "Steuernummer 2893081508152"},
		misses: []string{"181/815/08155", "Steuernummer 181/815/081555", "Finanzamt, Tel. 030/9024/32000"},
	}, {
		id: "de_social_security", class: ClassGovID, confidence: High, title: "German Rentenversicherungsnummer: date of birth, check digit, named as one",
		topic: socialID("rentenversicherung", "sozialversicherung", "versicherungsnummer", "versicherungs nr", "rvnr", "rv nummer", "rv nr", "svnr", "sv nummer", "sv nr", "vsnr",
			"rentenausweis", "rente", "drv", "pension insurance"),
		shapes: []string{"ddddddddaddd", "dd dddddd a ddd", "dd dddddd a dd d", "dd dddddd addd", "dd-dddddd-a-ddd", "dd/dddddd/a/ddd"},
		// § 2 of the VKVV. The day has 50 more where two would be alike.
		check: func(v []byte) bool {
			day := twoDigits(v, 2)
			if day > 50 {
				day -= 50
			}
			letter := v[8] - 'A' + 1
			d := [...]byte{v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], '0' + letter/10, '0' + letter%10, v[9], v[10]}
			return isDate(day, twoDigits(v, 4)) && crossSums(d[:], 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)%10 == int(v[11]-'0')
		},
		form: say("German pension insurance number"), checked: checksumOK,
		hits:   []string{"Sozialversicherungsnummer: 65 170839 J 003", "SV-Nummer 65170839J003", "RVNR 65170839j003"},
		misses: []string{"SV-Nummer 65170839J004", "65170839J003", "SV-Nummer 65321339J003", "SV-Nummer 65170839J0031"},
	}, {
		id: "de_health_insurance", class: ClassGovID, confidence: High, title: "German Krankenversichertennummer: letter, eight digits, check digit, named as one",
		topic: newTopic("krankenversicher", "versichertennummer", "versicherten nr", "versicherten id", "kvnr", "kv nr", "kv nummer", "krankenkasse", "gesundheitskarte", "egk", "gkv",
			"versichertenausweis", "versichertenkarte", "health insurance"),
		shapes: []string{"addddddddd", "addd ddd ddd", "a ddd ddd ddd", "a ddddddddd", "addd dddddd"},
		// Annex 1 to § 290 SGB V.
		check: func(v []byte) bool {
			letter := v[0] - 'A' + 1
			d := [...]byte{'0' + letter/10, '0' + letter%10, v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]}
			return crossSums(d[:], 1, 2, 1, 2, 1, 2, 1, 2, 1, 2)%10 == int(v[9]-'0')
		},
		form: say("German health insurance number"), checked: checksumOK,
		hits:   []string{"Krankenversichertennummer: M234567898", "KVNR M234 567 898", "Gesundheitskarte m234567898"},
		misses: []string{"KVNR M234567897", "M234567898", "KVNR M2345678980"},
	}, {
		id: "de_lanr", class: ClassGovID, confidence: Medium, title: "German physician's number (LANR): nine digits, check digit, named as one",
		topic:  newTopic("lanr", "arztnummer", "arzt nr", "arzt nummer", "vertragsarzt", "lebenslange arzt"),
		shapes: []string{"ddddddddd", "ddddddd dd"},
		// KBV-Richtlinie on § 75 (7) SGB V.
		check: func(v []byte) bool { return (weightedSum(v, 4, 9, 4, 9, 4, 9)+int(v[6]-'0'))%10 == 0 },
		form:  say("German LANR"), checked: checksumOK,
		hits:   []string{"LANR: 234567701"},
		misses: []string{"LANR: 234567801", "234567701"},
	}, {
		id: "de_id_card", class: ClassGovID, confidence: Medium, title: "German identity card: serial of nine characters, named as one",
		topic:  nationalID("personalausweis", "ausweisnummer", "ausweis nr", "ausweis", "identity card", "id card", "npa", "ausweisdokument", "id karte"),
		shapes: []string{"axxxxxxxx", "axxxxxxxxd"},
		// PAuswV: no vowels and none of B D Q S U in the letters; the old cards'
		// serials begin with T and have digits. The tenth is the ICAO check digit.
		check: func(v []byte) bool {
			digits := 0
			for _, c := range v[:9] {
				switch c {
				case 'A', 'B', 'D', 'E', 'I', 'O', 'Q', 'S', 'U':
					return false
				}
				if class[c]&isDigit != 0 {
					digits++
				}
			}
			return digits > 0 && (len(v) == 9 || icao(v[:9]) == v[9])
		},
		form: say("German identity card"), checked: say("letters possible"),
		hits:   []string{"Personalausweis-Nr.: L01X00T47", "Ausweisnummer T22000129", "Personalausweis L01X00T471"},
		misses: []string{"L01X00T47", "Personalausweis beantragen: Formular ABC123456", "Personalausweis L01X00T472"},
	}, {
		id: "at_svnr", class: ClassGovID, confidence: High, title: "Austrian Sozialversicherungsnummer: check digit, date of birth, named as one",
		topic:  socialID("sozialversicherung", "versicherungsnummer", "versicherungs nr", "svnr", "sv nummer", "sv nr", "vsnr", "e card"),
		shapes: []string{"dddddddddd", "dddd dddddd", "dddd-dddddd", "dddd/dddddd", "dddd dd dd dd", "dddd dd.dd.dd"},
		check: func(v []byte) bool {
			month := twoDigits(v, 6)
			if month == 13 || month == 14 || month == 15 {
				month = 12 // more people than numbers on one day
			}
			return v[0] != '0' && isDate(twoDigits(v, 4), month) && weightedSum(v, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6)%11 == int(v[3]-'0')
		},
		form: say("Austrian social insurance number"), checked: checksumOK,
		hits:   []string{"SVNR 1237 010180", "Sozialversicherungsnummer: 1237010180"},
		misses: []string{"SVNR 1238 010180", "1237 010180", "SVNR 1237 011880"},
	}, {
		id: "ch_ahv", class: ClassGovID, confidence: High, title: "Swiss AHV number: 756 and ten digits, check digit",
		topic: socialID("ahv", "ahv nummer", "ahv nr", "ahvn13", "avs", "n° avs", "no avs", "avs13", "navs", "navs13", "oasi", "sozialversicherung", "assicurazione sociale",
			"assurance sociale"),
		shapes: []string{"ddd.dddd.dddd.dd", "ddddddddddddd", "ddd dddd dddd dd", "ddd-dddd-dddd-dd"},
		check: func(v []byte) bool {
			return v[0] == '7' && v[1] == '5' && v[2] == '6' && weightedSum(v, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0
		},
		form: say("Swiss AHV number"), checked: checksumOK,
		bare:   always, // one number in a thousand begins with 756, one in ten of them has the digit
		hits:   []string{"AHV-Nr. 756.9217.0769.85", "756.9217.0769.85", "n° AVS 7569217076985"},
		misses: []string{"AHV-Nr. 756.9217.0769.84", "757.9217.0769.85", "EAN 7569217076985"},
	},
}
