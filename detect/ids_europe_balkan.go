package detect

// balkanIDs are the numbers of Romania, Moldova, Bulgaria and the countries
// that were Yugoslavia.
var balkanIDs = []idSpec{
	{
		id: "ro_cnp", class: ClassGovID, confidence: High, title: "Romanian CNP: sex and century, date of birth, county, check digit, named as one",
		topic:  nationalID("cnp", "cod numeric personal", "numeric personal", "c.n.p."),
		shapes: []string{"ddddddddddddd", "d dddddd dddddd", "d dd dd dd dd ddd d"},
		check: func(v []byte) bool {
			n := weightedSum(v, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11
			if n == 10 {
				n = 1
			}
			return v[0] != '0' && ymd(v[1:]) && n == int(v[12]-'0')
		},
		form: say("Romanian CNP"), checked: checksumOK,
		hits:   []string{"CNP: 1800101221144", "cod numeric personal 1800101221144"},
		misses: []string{"CNP: 1800101221145", "1800101221144", "CNP 1801301221140"},
	}, {
		id: "md_idnp", class: ClassGovID, confidence: High, title: "Moldovan IDNP: thirteen digits, check digit, named as one",
		topic:  nationalID("idnp", "cod personal"),
		shapes: []string{"ddddddddddddd"},
		check: func(v []byte) bool {
			return (v[0] == '2' || v[0] == '0') && weightedSum(v, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)%10 == int(v[12]-'0')
		},
		form: say("Moldovan IDNP"), checked: checksumOK,
		hits:   []string{"IDNP 2000000000015"},
		misses: []string{"IDNP 2000000000014", "2000000000015"},
	}, {
		id: "bg_egn", class: ClassGovID, confidence: High, title: "Bulgarian EGN: date of birth, check digit, named as one",
		topic:  nationalID("егн", "ЕГН", "Егн", "единен граждански", "Единен граждански", "egn"),
		shapes: []string{"dddddddddd"},
		check: func(v []byte) bool {
			// 20 more for 18xx, 40 more for 20xx.
			month := twoDigits(v, 2)
			return month <= 52 && isDate(twoDigits(v, 4), month%20) && weightedSum(v, 2, 4, 8, 5, 10, 9, 7, 3, 6)%11%10 == int(v[9]-'0')
		},
		form: say("Bulgarian EGN"), checked: checksumOK,
		hits:   []string{"ЕГН: 7523169263", "EGN 7523169263"},
		misses: []string{"ЕГН: 7523169264", "7523169263", "ЕГН 7516169263"},
	}, {
		id: "hr_oib", class: ClassGovID, confidence: High, title: "Croatian OIB: eleven digits, check digit, named as one",
		topic:  taxID("oib", "osobni identifikacijski", "national id"),
		shapes: []string{"ddddddddddd"},
		check:  mod11of10,
		form:   say("Croatian OIB"), checked: checksumOK,
		hits:   []string{"OIB: 33392005961", "osobni identifikacijski broj 33392005961"},
		misses: []string{"OIB: 33392005962", "33392005961"},
	}, {
		id: "yu_jmbg", class: ClassGovID, confidence: High, title: "EMŠO or JMBG (Slovenia, Serbia, Bosnia, Montenegro, North Macedonia): date of birth, check digit, named as one",
		topic: nationalID("emšo", "emŠo", "emso", "jmbg", "matični broj", "maticni broj", "јмбг", "ЈМБГ", "ембг", "ЕМБГ", "матични број", "матичен број", "enotna matična",
			"matična številka"),
		shapes: []string{"ddddddddddddd", "ddddddd dddddd", "ddddddd dd ddd d"},
		check: func(v []byte) bool {
			return dmy(v) && (v[4] == '9' || v[4] == '0') && weightedSum(v, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
		},
		form: say("JMBG"), checked: checksumOK,
		hits:   []string{"EMŠO: 0101006500006", "ЈМБГ 0101006500006"},
		misses: []string{"EMŠO: 0101006500007", "0101006500006", "JMBG 0113006500004"},
	},
}
