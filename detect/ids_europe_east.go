package detect

// eastIDs are the numbers of Poland, Czechia, Slovakia, Hungary, Ukraine and
// Russia.
var eastIDs = []idSpec{
	{
		id: "pl_pesel", class: ClassGovID, confidence: High, title: "Polish PESEL: date of birth, check digit, named as one",
		topic:  nationalID("pesel", "polish id", "nr ewidencyjny"),
		shapes: []string{"ddddddddddd", "dddddd ddddd", "dddddd-ddddd"},
		check: func(v []byte) bool {
			// The month has 20, 40, 60 or 80 more in other centuries than the 20th.
			return isDate(twoDigits(v, 4), twoDigits(v, 2)%20) && weightedSum(v, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0
		},
		form: say("PESEL"), checked: checksumOK,
		hits: []string{"PESEL: 44051401359", "nr PESEL 440514 01359", "44051401359 to mój PESEL"},
		misses: []string{"PESEL: 44051401358", "44051401359", "PESEL 44131401354", "PESEL 440514013590", "NIP 5260250274",
			"Telefon: 44051401359, PESEL na żądanie", "Klient 44051401359\nPESEL w załączniku"},
	}, {
		id: "pl_id_card", class: ClassGovID, confidence: High, title: "Polish identity card: three letters, six digits, check digit, named as one",
		topic:  nationalID("dowód", "dowÓd", "dowod", "identity card", "id card", "seria i numer"),
		shapes: []string{"aaadddddd", "aaa dddddd"},
		check: func(v []byte) bool {
			sum := 0
			for i, w := range [...]int{7, 3, 1, 9, 7, 3, 1, 7, 3} {
				sum += base36(v[i]) * w
			}
			return sum%10 == 0
		},
		form: say("Polish identity card"), checked: checksumOK,
		hits:   []string{"dowód osobisty ABA300000", "Seria i numer dowodu: ABA 300000"},
		misses: []string{"dowód osobisty ABA400000", "ABA300000"},
	}, {
		id: "cz_sk_birth_number", class: ClassGovID, confidence: High, title: "Czech or Slovak rodné číslo: date of birth, divisible by eleven, named as one",
		topic:  nationalID("rodné čísl", "rodne cisl", "rodného čísla", "rodneho cisla", "rodné č", "rodne c", "r.č.", "r. č.", "rč", "rČ", "rodnecislo", "birth number"),
		shapes: []string{"dddddd/dddd", "dddddddddd", "dddddd dddd", "dddddd/ddd", "ddddddddd"},
		// Act 133/2000 Sb. Nine digits are from before 1954 and have no check.
		check: func(v []byte) bool {
			month := twoDigits(v, 2)
			if month > 50 {
				month -= 50 // women
			}
			if month > 20 {
				month -= 20 // days with more births than numbers
			}
			if !isDate(twoDigits(v, 4), month) {
				return false
			}
			if len(v) == 9 {
				return twoDigits(v, 0) < 54
			}
			return decimal(v)%11 == 0 || decimal(v[:9])%11 == 10 && v[9] == '0'
		},
		form: say("rodné číslo"), checked: say("date and check possible"),
		hits:   []string{"Rodné číslo: 710319/2745", "RČ 7103192745", "rodne cislo 535719/123"},
		misses: []string{"Rodné číslo: 710319/2746", "710319/2745", "účet 710319/0800"},
	}, {
		id: "hu_taj", class: ClassGovID, confidence: High, title: "Hungarian TAJ number: nine digits, check digit, named as one",
		topic:  socialID("taj", "taj szám", "taj szam", "társadalombiztosítás", "tarsadalombiztositas"),
		shapes: []string{"ddddddddd", "ddd ddd ddd", "ddd-ddd-ddd"},
		check:  func(v []byte) bool { return weightedSum(v, 3, 7, 3, 7, 3, 7, 3, 7)%10 == int(v[8]-'0') },
		form:   say("Hungarian TAJ"), checked: checksumOK,
		hits:   []string{"TAJ szám: 123 456 788", "taj: 123456788"},
		misses: []string{"TAJ: 123 456 789", "123 456 788"},
	}, {
		id: "hu_tax_id", class: ClassGovID, confidence: High, title: "Hungarian adóazonosító jel: 8 and nine digits, check digit, named as one",
		topic:  taxID("adóazonosító", "adoazonosito", "adójel"),
		shapes: []string{"dddddddddd", "ddd ddd dddd", "dddd ddd ddd"},
		check: func(v []byte) bool {
			return v[0] == '8' && weightedSum(v, 1, 2, 3, 4, 5, 6, 7, 8, 9)%11 == int(v[9]-'0')
		},
		form: say("Hungarian tax number"), checked: checksumOK,
		hits:   []string{"Adóazonosító jel: 8071592153"},
		misses: []string{"Adóazonosító jel: 8071592154", "8071592153"},
	}, {
		id: "hu_personal_id", class: ClassGovID, confidence: High, title: "Hungarian személyi azonosító: sex, date of birth, check digit, named as one",
		topic:  nationalID("személyi szám", "szemelyi szam", "személyi azonosító", "szemelyi azonosito", "személyi sz"),
		shapes: []string{"ddddddddddd", "d-dddddd-dddd", "d dddddd dddd"},
		// Act XX of 1996: the weights run the other way since 1997.
		check: func(v []byte) bool {
			return v[0] >= '1' && v[0] <= '8' && ymd(v[1:]) &&
				(weightedSum(v, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)%11 == int(v[10]-'0') || weightedSum(v, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == int(v[10]-'0'))
		},
		form: say("Hungarian personal number"), checked: checksumOK,
		hits:   []string{"Személyi szám: 1-650314-1207"},
		misses: []string{"Személyi szám: 1-651314-1207", "1-650314-1207"},
	}, {
		id: "ua_rnokpp", class: ClassGovID, confidence: High, title: "Ukrainian taxpayer number (RNOKPP): ten digits, check digit, named as one",
		topic:  taxID("рнокпп", "РНОКПП", "іпн", "ІПН", "ідентифікаційний", "Ідентифікаційний", "rnokpp"),
		shapes: []string{"dddddddddd"},
		check: func(v []byte) bool {
			sum := weightedSum(v, -1, 5, 7, 9, 4, 6, 10, 5, 7)
			return sum >= 0 && sum%11%10 == int(v[9]-'0')
		},
		form: say("Ukrainian taxpayer number"), checked: checksumOK,
		hits:   []string{"РНОКПП 1759013776", "ІПН: 1759013776"},
		misses: []string{"РНОКПП 1759013775", "1759013776"},
	}, {
		id: "ru_snils", class: ClassGovID, confidence: High, title: "Russian SNILS: nine digits, two check digits, named as one",
		topic:  socialID("снилс", "СНИЛС", "Снилс", "snils"),
		shapes: []string{"ddd-ddd-ddd dd", "ddddddddddd", "ddd-ddd-ddd-dd", "ddd ddd ddd dd"},
		check: func(v []byte) bool {
			return weightedSum(v, 9, 8, 7, 6, 5, 4, 3, 2, 1)%101%100 == twoDigits(v, 9)
		},
		form: say("SNILS"), checked: checksumOK,
		hits:   []string{"СНИЛС: 112-233-445 95", "snils 11223344595"},
		misses: []string{"СНИЛС: 112-233-445 96", "112-233-445 95"},
	}, {
		id: "ru_inn", class: ClassGovID, confidence: High, title: "Russian INN of a person: twelve digits, two check digits, named as one",
		topic:  taxID("инн", "ИНН", "inn"),
		shapes: []string{"dddddddddddd"},
		check: func(v []byte) bool {
			return weightedSum(v, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == int(v[10]-'0') && weightedSum(v, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == int(v[11]-'0')
		},
		form: say("Russian INN"), checked: checksumOK,
		hits:   []string{"ИНН 500100732259", "inn: 500100732259"},
		misses: []string{"ИНН 500100732258", "500100732259", "ИНН 7707083893"},
	},
}
