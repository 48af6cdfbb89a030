package detect

// The two numbers that were there first.
const (
	USSSN  DetectorID = "us_ssn"
	UKNINO DetectorID = "uk_nino"
)

var (
	ssnTopic  = newTopic("ssn", "social security", "soc sec", "ss#", "ss no")
	ninoTopic = newTopic("national insurance", "nino", "ni no", "ni number", "NI:", "insurance number")
)

var govIDs = []idSpec{
	{
		id: USSSN, class: ClassGovID, confidence: High, topic: ssnTopic,
		title:  "US social security number: formatted and possible, or named as one",
		shapes: []string{"ddd-dd-dddd", "ddd dd dddd", "ddddddddd"},
		check:  possibleSSN, form: say("US social security number"), checked: say("area, group and serial possible"),
		bare: always, bareAs: []string{"ddd-dd-dddd"},
		samples: sampleSSNs,
		hits: []string{
			"His social security number is 853-37-1694", "96150,Chen Garcia,15/10/1978,234-69-6793,77000", "SSN: abc 078 05 1123 abc",
			"ssn 219643943", "SSN:219-64-3943.", "530-35-6213", `{"ssn": "219-64-3943"}`,
		},
		misses: []string{
			"078-05-1120", "Placeholder SSN 123-45-6789", "SSN 219-09-9999", // published, see sampleSSNs
			"SSN 000-12-3456", "SSN 666-12-3456", "SSN 987-65-4321", "SSN 123-00-4567", "SSN 853-37-0000", "853 37 1694", "853371694", "853.37.1694",
			"part no. 764-09-40229", "1-853-37-1694", "853-37-1694-2", "part no. 764-09-4022", "SSN 0780511201", "853-37-1694x",
			"Write a regex for US social security numbers, e.g. three digits", "2024-11-24", "853-37 1694",
		},
	}, {
		id: UKNINO, class: ClassGovID, confidence: High, topic: ninoTopic,
		title:  "UK National Insurance number: allowed prefix, six digits, suffix A to D",
		shapes: []string{"aa dd dd dd a", "aadddddda", "aa-dd-dd-dd-a", "aa dddddd a"},
		check:  possibleNINO, form: say("UK National Insurance number"), checked: say("prefix and suffix allowed"),
		bare: always,
		hits: []string{
			"National Insurance number GA 75 70 82 D.", "GA757082D", "National Insurance number: tw987654a", "NI no. GA-75-70-82-D", "nino: ga757082d",
		},
		misses: []string{
			"NINO format is QQ 12 34 56 C",                            // HMRC's own placeholder
			"This isn't a valid national insurance number UV 98 76 5", // prefix
			"BG 75 70 82 D", "GA 75 70 82 E", "GA 75 70 82", "ga757082d", "XGA757082D", "GA757082DX", "GA 75-70 82 D", "GA7570821D", "GO 75 70 82 D",
		},
	},
}

// sampleSSNs are numbers that were published and can belong to nobody: the
// Woolworth wallet's and the SSA's own sample card (both voided by the SSA),
// one from an advertisement, and the row of digits that forms show.
var sampleSSNs = []string{"078051120", "219099999", "457555462", "123456789"}

// possibleSSN follows the SSA's rules since randomisation in 2011: no area
// 000, 666 or 9xx, no group 00, no serial 0000.
func possibleSSN(v []byte) bool {
	area := string(v[:3])
	return area != "000" && area != "666" && v[0] != '9' && string(v[3:5]) != "00" && string(v[5:9]) != "0000"
}

// possibleNINO follows HMRC's rules (NIM39110): prefix letters not D F I Q U V
// (nor O as the second), no BG GB KN NK NT TN ZZ, suffix A to D.
func possibleNINO(v []byte) bool {
	for _, c := range v[:2] {
		if c == 'D' || c == 'F' || c == 'I' || c == 'Q' || c == 'U' || c == 'V' {
			return false
		}
	}
	switch string(v[:2]) {
	case "BG", "GB", "KN", "NK", "NT", "TN", "ZZ":
		return false
	}
	return v[1] != 'O' && v[8] <= 'D'
}
