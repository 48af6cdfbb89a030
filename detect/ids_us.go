package detect

// Numbers of the United States beside the social security number.
const (
	USITIN DetectorID = "us_itin"
	USEIN  DetectorID = "us_ein"
	USNPI  DetectorID = "us_npi"
	USMBI  DetectorID = "us_mbi"
	USDEA  DetectorID = "us_dea"
	USHICN DetectorID = "us_hicn"
)

var (
	itinTopic = newTopic("itin", "taxpayer", "tax payer", "tax id", "TIN", "tin number", "tin no")
	einTopic  = newTopic("EIN", "FEIN", "ein:", "ein number", "ein no", `ein"`, "fein", "employer id", "employer identification", "federal tax", "federal id", "tax id", "irs number")
	npiTopic  = newTopic("npi", "national provider", "provider id", "provider number", "provider no", "prescriber", "taxonomy")
	mbiTopic  = newTopic("mbi", "medicare", "beneficiary", "medicaid", "CMS", "hicn", "hic number", "patient")
	deaTopic  = newTopic("dea", "medical license", "medical licence", "medical certificate", "prescriber", "controlled substance")
	hicnTopic = newTopic("hicn", "hic number", "medicare", "health insurance claim", "beneficiary")
)

var usIDs = []idSpec{
	{
		id: USITIN, class: ClassGovID, confidence: High, topic: itinTopic,
		title:  "US individual taxpayer number: 9xx with one of the IRS's groups, formatted or named",
		shapes: []string{"ddd-dd-dddd", "ddd dd dddd", "ddddddddd", "ddd-dddddd", "ddd dddddd", "ddddd-dddd", "ddddd dddd"},
		check:  possibleITIN, form: say("US taxpayer number"), checked: say("group possible"),
		bare: always, bareAs: []string{"ddd-dd-dddd"},
		// The SSA lets these ten be shown in advertisements.
		samples: []string{"987654320", "987654321", "987654322", "987654323", "987654324", "987654325", "987654326", "987654327", "987654328", "987654329"},
		hits:    []string{"ITIN: 911-701234", "itin 91170-1234", "taxpayer id 912 72 3456", "the form says 921-84-5567", "TIN 900700000"},
		misses:  []string{"ITIN 911-69-1234", "ITIN 911-93-1234", "987-65-4321", "911701234", "811-701234", "call 911 701234", "ITIN 911-70-12345"},
	}, {
		id: USEIN, class: ClassGovID, confidence: High, topic: einTopic,
		title:  "US employer number, named as one",
		shapes: []string{"dd-ddddddd", "ddddddddd"},
		check:  possibleEIN, form: say("US employer number"), checked: say("prefix given out"),
		hits:   []string{"EIN: 12-3456780", "Employer Identification Number (EIN) 94-1234560", "federal tax id 203456789", `{"ein": "47-1234567"}`},
		misses: []string{"12-3456780", "ein Anruf unter 30-2644248 genügt", "EIN 07-1234567", "EIN 12-34567890"},
	}, {
		id: USNPI, class: ClassGovID, confidence: High, topic: npiTopic,
		title:  "US national provider number (health), Luhn with 80840 before it, named as one",
		shapes: []string{"dddddddddd", "dddd ddd ddd", "dddd-ddd-ddd"},
		check:  validNPI, form: say("US provider number"), checked: checksumOK,
		hits:   []string{"NPI: 1003000126", "npi number 1245-319-599", "National Provider Identifier 1881 761 864"},
		misses: []string{"NPI 1003000127", "1003000126", "NPI 3003000124", "NPI 10030001266", "NPI 1111111112"},
	}, {
		id: USMBI, class: ClassGovID, confidence: High, topic: mbiTopic,
		title:  "US Medicare beneficiary identifier (CMS's letters and digits in their places)",
		shapes: []string{"daxd-axd-aadd", "daxdaxdaadd", "daxd axd aadd"},
		check:  possibleMBI, form: say("US Medicare number"), checked: say("letters in their places"),
		bare:   always, // a random word of this length is one once in 10,000
		hits:   []string{"MBI: 1EG4-TE5-MK73", "2AG9-XC4-NN22", "medicare 9TK7YH2WU61", "Medicare 1eg4-te5-mk73"},
		misses: []string{"AEG4-TE5-MK73", "1EG4-TE5-OK73", "1SG4-TE5-MK73", "0EG4-TE5-MK73", "MBI 1EG4-TE5-MK7", "1EG4-TE5-MK73-2", "1eg4te5mk73"},
	}, {
		id: USDEA, class: ClassGovID, confidence: High, topic: deaTopic,
		title:  "US DEA registration of a prescriber, check digit, named as one",
		shapes: []string{"aaddddddd", "adddddddd"},
		check:  validDEA, form: say("US DEA number"), checked: checksumOK,
		hits:   []string{"DEA number AB1234563", "medical license: MS2749515", "DEA# F91234563"},
		misses: []string{"DEA number AB1234564", "AB1234563", "DEA number QB1234563", "DEA F81234563"},
	}, {
		id: USHICN, class: ClassGovID, confidence: High, topic: hicnTopic,
		title:  "US health insurance claim number (a social security number with a letter), named as one",
		shapes: []string{"ddd-dd-dddda", "ddddddddda", "ddd-dd-ddddad", "dddddddddad"},
		check:  possibleSSN, form: say("US health claim number"), checked: say("area, group and serial possible"),
		hits:   []string{"HICN 123-45-6780A", "Medicare claim (HICN): 234567891B6"},
		misses: []string{"123-45-6780A", "HICN 000-45-6780A", "HICN 123-45-6780AB"},
	},
}

// possibleITIN knows the groups that the IRS gives out (50-65, 70-88, 90-92, 94-99).
func possibleITIN(v []byte) bool {
	g := decimal(v[3:5])
	return v[0] == '9' && (g >= 50 && g <= 65 || g >= 70 && g != 89 && g != 93)
}

// possibleEIN leaves out the prefixes that the IRS has not given out.
func possibleEIN(v []byte) bool {
	return !oneOf("00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97", v[:2])
}

// validNPI is Luhn over the number with CMS's 80840 before it. A body of one
// digit is nobody's.
func validNPI(v []byte) bool {
	var d [15]byte
	copy(d[copy(d[:], "80840"):], v)
	return (v[0] == '1' || v[0] == '2') && luhn(d[:]) && !isSampleID(v[:9], nil)
}

// possibleMBI is CMS's format: no S L O I B Z, the first digit not 0.
func possibleMBI(v []byte) bool {
	for _, c := range v {
		switch c {
		case 'S', 'L', 'O', 'I', 'B', 'Z':
			return false
		}
	}
	return v[0] != '0'
}

// validDEA: the first letter is the kind of registrant, the second that of the
// name or 9 for a business; (1st+3rd+5th) + 2(2nd+4th+6th) ends in the 7th.
func validDEA(v []byte) bool {
	if v[1] != '9' && class[v[1]]&isAlpha == 0 {
		return false
	}
	switch v[0] {
	case 'I', 'N', 'O', 'Q', 'V', 'W', 'Y', 'Z':
		return false
	}
	d := v[2:]
	return weightedSum(d, 1, 2, 1, 2, 1, 2)%10 == int(d[6]-'0')
}
