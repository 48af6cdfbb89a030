package detect

// Numbers of India. Plates and driving licences stand in ids_documents.go.
const (
	INAadhaar DetectorID = "in_aadhaar"
	INPAN     DetectorID = "in_pan"
	INVoter   DetectorID = "in_voter"
	INGSTIN   DetectorID = "in_gstin"
	INUAN     DetectorID = "in_uan"
)

var (
	aadhaarTopic = newTopic("aadhaar", "aadhar", "adhaar", "uidai", "आधार")
	panTopic     = newTopic("PAN", "pan:", `pan"`, "pan no", "pan number", "pan card", "permanent account", "pan is")
	voterTopic   = newTopic("voter", "EPIC", "epic no", "epic number", "elector", "election card")
	gstinTopic   = newTopic("gstin", "gst", "goods and services tax")
	uanTopic     = newTopic("uan", "universal account", "epfo", "provident fund")
)

var indiaIDs = []idSpec{
	{
		id: INAadhaar, class: ClassGovID, confidence: High, topic: aadhaarTopic,
		title:  "Indian Aadhaar number, Verhoeff, in groups of four or named",
		shapes: []string{"dddd dddd dddd", "dddd-dddd-dddd", "dddddddddddd"},
		check:  validAadhaar, form: say("Indian Aadhaar"), checked: checksumOK,
		bare: func(v []byte) bool { return !holdsYear(v) }, bareAs: []string{"dddd dddd dddd"},
		samples: []string{"999941057058"}, // UIDAI's test number
		hits:    []string{"Aadhaar: 2341 2341 2346", "2341 2341 2346", "aadhaar no 234123412346"},
		misses:  []string{"Aadhaar 2341 2341 2347", "234123412346", "2341-2341-2346", "Aadhaar 1341 2341 2346", "tracking 2341 2341 2346", "9999 4105 7058", "2021 2022 2025"},
	}, {
		id: INPAN, class: ClassGovID, confidence: High, topic: panTopic,
		title:  "Indian permanent account number: with a holder's letter, or named",
		shapes: []string{"aaaaadddda"},
		form:   say("Indian PAN"),
		// The fourth letter is the kind of holder. By chance few codes are built so.
		bare:    func(v []byte) bool { return isPANHolder(v[3]) },
		samples: []string{"ABCDE1234F"}, // on every form; D is no holder
		hits:    []string{"My PAN number is ABBPM4567S with", "ABBPM4567S", "PAN: abbpm4567s"},
		misses:  []string{"ABBQM4567S", "abbpm4567s", "ABBPM4567", "ABBPM45678", "PAN ABCDE1234F", "part ABBPM4567S"},
	}, {
		id: INVoter, class: ClassGovID, confidence: High, topic: voterTopic,
		title:  "Indian voter id (EPIC), named as one",
		shapes: []string{"aaaddddddd"},
		form:   say("Indian voter id"),
		hits:   []string{"voter id KSD1287349", "EPIC no: ABC1234566"},
		misses: []string{"KSD1287349", "ref PDX8602726", "voter id KSD128734", "an epic story: KSD1287349"},
	}, {
		id: INGSTIN, class: ClassGovID, confidence: High, topic: gstinTopic,
		title:  "Indian GSTIN: state, PAN and check character, or named",
		shapes: []string{"ddaaaaaddddaxax"},
		check:  possibleGSTIN, form: say("Indian GSTIN"), checked: say("state and form possible"),
		bare:   validGSTIN,
		hits:   []string{"27AAPFU0939F1ZV", "GSTIN: 27AAPFU0939F1ZV", "gst number 29abcpe1234f1z5"},
		misses: []string{"27AAPFU0939F1ZW", "GSTIN 00AAPFU0939F1ZV", "GSTIN 27AAPFU0939F1YV"},
	}, {
		id: INUAN, class: ClassGovID, confidence: Medium, topic: uanTopic, ahead: true,
		title:  "Indian provident fund account (UAN), named as one",
		shapes: []string{"dddddddddddd", "dddd dddd dddd"},
		check:  func(v []byte) bool { return v[0] == '1' }, form: say("Indian UAN"), checked: say("first digit possible"),
		hits:   []string{"UAN: 100904319456", "EPFO universal account number 1009 0431 9456"},
		misses: []string{"100904319456", "UAN 200904319456"},
	},
}

// validAadhaar: none begins with 0 or 1, none reads the same backwards.
func validAadhaar(v []byte) bool {
	same := true
	for i := range 6 {
		same = same && v[i] == v[11-i]
	}
	return v[0] >= '2' && !same && verhoeff(v)
}

// holdsYear reports that one of the groups of four may be a year.
func holdsYear(v []byte) bool {
	for i := 0; i+4 <= len(v); i += 4 {
		if c := string(v[i : i+2]); c == "19" || c == "20" {
			return true
		}
	}
	return false
}

func isPANHolder(c byte) bool {
	switch c {
	case 'A', 'B', 'C', 'F', 'G', 'H', 'J', 'L', 'P', 'T':
		return true
	}
	return false
}

func possibleGSTIN(v []byte) bool {
	state := decimal(v[:2])
	return state >= 1 && (state <= 38 || state == 97 || state == 99) && v[13] == 'Z'
}

// validGSTIN is GSTN's check character: base 36, weights 1 and 2, the digits of
// each product added.
func validGSTIN(v []byte) bool {
	sum := 0
	for i, c := range v[:14] {
		p := base36(c) * (1 + i%2)
		sum += p/36 + p%36
	}
	return (36-sum%36)%36 == base36(v[14])
}
