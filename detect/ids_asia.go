package detect

// Numbers of East and South-East Asia and of the Gulf.
const (
	KRRRN      DetectorID = "kr_rrn"
	KRFRN      DetectorID = "kr_frn"
	KRBRN      DetectorID = "kr_brn"
	JPMyNumber DetectorID = "jp_my_number"
	CNResident DetectorID = "cn_resident_id"
	TWID       DetectorID = "tw_id"
	HKID       DetectorID = "hk_id"
	SGNRIC     DetectorID = "sg_nric"
	SGUEN      DetectorID = "sg_uen"
	THID       DetectorID = "th_id"
	MYNRIC     DetectorID = "my_nric"
	IDNIK      DetectorID = "id_nik"
	PHTIN      DetectorID = "ph_tin"
	VNCCCD     DetectorID = "vn_cccd"
	PKCNIC     DetectorID = "pk_cnic"
	ILID       DetectorID = "il_id"
	AEID       DetectorID = "ae_id"
	SAID       DetectorID = "sa_id"
)

var (
	rrnTopic   = newTopic("rrn", "resident registration", "주민등록번호", "주민번호", "korean id")
	frnTopic   = newTopic("FRN", "frn:", `frn"`, "foreigner registration", "alien registration", "외국인등록번호", "외국인번호")
	brnTopic   = newTopic("brn", "business registration", "business number", "tax registration", "사업자")
	myNoTopic  = newTopic("my number", "individual number", "マイナンバー", "個人番号")
	cnTopic    = newTopic("身份证", "居民身份", "公民身份", "resident identity", "chinese id", "resident id", "shenfenzheng")
	twTopic    = newTopic("身分證", "統一編號", "taiwan id", "taiwanese id", "roc id", "national id", "arc no", "arc number")
	hkTopic    = newTopic("hkid", "hong kong id", "hk id", "身份證", "identity card", "id card")
	nricTopic  = newTopic("nric", "FIN", "fin:", "fin#", `fin"`, "fin number", "fin no", "singapore id")
	uenTopic   = newTopic("uen", "unique entity", "business registration", "acra")
	thTopic    = newTopic("thai", "tnin", "เลขประจำตัวประชาชน", "บัตรประชาชน", "รหัสปชช", "citizen id", "national id")
	mykadTopic = newTopic("mykad", "nric", "IC", "ic no", "ic number", "kad pengenalan", "no kp", "identity card", "malaysian id")
	nikTopic   = newTopic("nik", "ktp", "nomor induk", "indonesian id")
	phTopic    = newTopic("TIN", "tin:", "tin no", "tin number", `tin"`, "taxpayer", "BIR", "tax id", "philhealth", "SSS", "sss no", "umid", "pag ibig")
	vnTopic    = newTopic("cccd", "căn cước", "can cuoc", "vietnamese id", "chứng minh")
	cnicTopic  = newTopic("cnic", "nadra", "nicop")
	ilTopic    = newTopic("teudat zehut", "תעודת זהות", "ת.ז", "מספר זהות", "israeli id", "israel id")
	aeTopic    = newTopic("emirates id", "eida", "الهوية", "uae id")
	saTopic    = newTopic("iqama", "الهوية", "saudi id", "saudi national", "إقامة", "الإقامة")
)

var asiaIDs = []idSpec{
	{
		id: KRRRN, class: ClassGovID, confidence: High, topic: rrnTopic,
		title:  "Korean resident registration number: date and sex digit; without a name its check digit too",
		shapes: []string{"dddddd-ddddddd", "ddddddddddddd"},
		check:  func(v []byte) bool { return yymmdd(v) && v[6] >= '1' && v[6] <= '4' }, form: say("Korean RRN"), checked: datePossible,
		// Since October 2020 the last six digits are random.
		bare: func(v []byte) bool { return v[12] == koreanDigit(v, 11) }, bareAs: []string{"dddddd-ddddddd"},
		hits:   []string{"RRN: His RRN is 9601211021413", "주민등록번호 960121-1234567", "960121-1021413"},
		misses: []string{"9601211021413", "RRN 961321-1234567", "RRN 960121-9234567", "960121-1234567"},
	}, {
		id: KRFRN, class: ClassGovID, confidence: High, topic: frnTopic,
		title:  "Korean foreigner registration number: date and sex digit; without a name its check digit too",
		shapes: []string{"dddddd-ddddddd", "ddddddddddddd"},
		check:  func(v []byte) bool { return yymmdd(v) && v[6] >= '5' && v[6] <= '8' }, form: say("Korean FRN"), checked: datePossible,
		bare: func(v []byte) bool { return v[12] == koreanDigit(v, 13) }, bareAs: []string{"dddddd-ddddddd"},
		hits:   []string{"FRN: 870513-6234567", "외국인등록번호 8705136234567"},
		misses: []string{"870513-6234567", "FRN 871513-6234567", "FRN 870513-1234567"},
	}, {
		id: KRBRN, class: ClassGovID, confidence: High, topic: brnTopic,
		title:  "Korean business registration number, check digit, named as one",
		shapes: []string{"ddd-dd-ddddd", "dddddddddd"},
		check:  validBRN, form: say("Korean BRN"), checked: checksumOK,
		hits:   []string{"BRN: 124-81-00998", "사업자등록번호 1248100998"},
		misses: []string{"124-81-00998", "BRN 124-81-00997"},
	}, {
		id: JPMyNumber, class: ClassGovID, confidence: High, topic: myNoTopic,
		title:  "Japanese My Number, check digit, named as one",
		shapes: []string{"dddddddddddd", "dddd dddd dddd", "dddd-dddd-dddd"},
		check:  validMyNumber, form: say("Japanese My Number"), checked: checksumOK,
		hits:   []string{"マイナンバーは123456789018", "my number: 1234 5678 9018"},
		misses: []string{"123456789018", "my number 123456789019"},
	}, {
		id: CNResident, class: ClassGovID, confidence: High, topic: cnTopic,
		title:  "Chinese resident id: region, date, check character",
		shapes: []string{"dddddddddddddddddx"},
		check:  validCNResident, form: say("Chinese resident id"), checked: checksumOK,
		bare:   always,
		hits:   []string{"11010519491231002X", "身份证号码11010519491231002X", "身份证：440524188001010014"},
		misses: []string{"110105194912310021", "11010519491331002X", "910105194912310027"},
	}, {
		id: TWID, class: ClassGovID, confidence: High, topic: twTopic,
		title:  "Taiwanese id, check digit, named as one",
		shapes: []string{"addddddddd"},
		check:  validTWID, form: say("Taiwanese id"), checked: checksumOK,
		samples: []string{"A123456789"}, // the specimen
		hits:    []string{"身分證字號 B220983451", "Taiwan ID: F131104093"},
		misses:  []string{"B220983451", "Taiwan ID F131104094", "Taiwan ID A123456789"},
	}, {
		id: HKID, class: ClassGovID, confidence: High, topic: hkTopic,
		title:  "Hong Kong identity card, check digit, named as one",
		shapes: []string{"adddddd(x)", "aadddddd(x)", "addddddx"},
		check:  validHKID, form: say("Hong Kong id"), checked: checksumOK,
		hits:   []string{"HKID: G123456(A)", "HKID number A5555550"},
		misses: []string{"G123456(A)", "HKID G123456(B)"},
	}, {
		id: SGNRIC, class: ClassGovID, confidence: High, topic: nricTopic,
		title:  "Singapore NRIC or FIN: with its check letter, or named",
		shapes: []string{"addddddda"},
		check:  possibleNRIC, form: say("Singapore NRIC or FIN"), checked: say("letters allowed"),
		bare:   validNRIC,
		hits:   []string{"S1234567D", "NRIC: s1234567d", "FIN G1612348Q", "NRIC T0512345A"},
		misses: []string{"S1234567A", "s1234567d", "NRIC A1234567D", "S1234567", "part S1234567D"},
	}, {
		id: SGUEN, class: ClassGovID, confidence: High, topic: uenTopic,
		title:  "Singapore company number (UEN), check letter, named as one",
		shapes: []string{"dddddddda", "ddddddddda", "addaadddda"},
		check:  validUEN, form: say("Singapore UEN"), checked: checksumOK,
		hits:   []string{"UEN 53125226D", "uen: 201434292D", "UEN: T01FC6132D"},
		misses: []string{"53125226D", "UEN 53125226E", "UEN T01XX6132D"},
	}, {
		id: THID, class: ClassGovID, confidence: High, topic: thTopic,
		title:  "Thai national id, check digit, with dashes or named",
		shapes: []string{"d-dddd-ddddd-dd-d", "ddddddddddddd", "d dddd ddddd dd d"},
		check:  validTHID, form: say("Thai national id"), checked: checksumOK,
		bare: always, bareAs: []string{"d-dddd-ddddd-dd-d"},
		hits:   []string{"เลขบัตรประชาชน 1101700230708", "Thai ID 1-1017-00230-70-8", "1-1017-00230-70-8"},
		misses: []string{"1101700230708", "Thai ID 1101700230709", "Thai ID 0101700230700"},
	}, {
		id: MYNRIC, class: ClassGovID, confidence: High, topic: mykadTopic,
		title:  "Malaysian identity card: date and place of birth possible, named as one",
		shapes: []string{"dddddd-dd-dddd", "dddddddddddd"},
		check:  possibleMyKad, form: say("Malaysian NRIC"), checked: datePossible,
		hits:   []string{"MyKad 850315-10-5231", "IC no: 850315105231"},
		misses: []string{"850315-10-5231", "IC no 851315-10-5231", "IC no 850315-97-5231"},
	}, {
		id: IDNIK, class: ClassGovID, confidence: High, topic: nikTopic,
		title:  "Indonesian NIK: province and date possible, named as one",
		shapes: []string{"dddddddddddddddd"},
		check:  possibleNIK, form: say("Indonesian NIK"), checked: datePossible,
		hits:   []string{"NIK: 3273015503900002", "KTP 3171011708450001"},
		misses: []string{"3273015503900002", "NIK 3273013303900002", "NIK 0073015503900002"},
	}, {
		id: PHTIN, class: ClassGovID, confidence: Medium, topic: phTopic, ahead: true,
		title:  "Philippine tax, social security or health number, named as one",
		shapes: []string{"ddd-ddd-ddd", "ddd-ddd-ddd-ddd", "ddd-ddd-ddd-ddddd", "dd-ddddddd-d", "dddd-ddddddd-d", "dd-ddddddddd-d", "dddddddddddd"},
		form:   say("Philippine number"),
		hits:   []string{"TIN: 123-456-780", "BIR TIN 123-456-780-000", "SSS No. 34-1234567-8", "PhilHealth 12-345678901-2"},
		misses: []string{"123-456-780", "tin of beans 123-456-780-0", "TIN phone 123-456-780"},
	}, {
		id: VNCCCD, class: ClassGovID, confidence: High, topic: vnTopic,
		title:  "Vietnamese citizen id: province possible, named as one",
		shapes: []string{"dddddddddddd"},
		check:  func(v []byte) bool { n := decimal(v[:3]); return n >= 1 && n <= 96 && v[3] <= '3' }, form: say("Vietnamese id"), checked: say("province possible"),
		hits:   []string{"CCCD: 001201012345", "số căn cước 079301012345"},
		misses: []string{"001201012345", "CCCD 101201012345"},
	}, {
		id: PKCNIC, class: ClassGovID, confidence: High, topic: cnicTopic,
		title:  "Pakistani CNIC, named as one",
		shapes: []string{"ddddd-ddddddd-d", "ddddddddddddd"},
		check:  func(v []byte) bool { return v[0] >= '1' && v[0] <= '8' }, form: say("Pakistani CNIC"), checked: say("province possible"),
		hits:   []string{"CNIC 35202-1234567-1", "cnic: 4210112345672"},
		misses: []string{"35202-1234567-1", "CNIC 95202-1234567-1", "CNIC 35202-123456-1"},
	}, {
		id: ILID, class: ClassGovID, confidence: High, topic: ilTopic,
		title:  "Israeli identity number, Luhn, named as one",
		shapes: []string{"ddddddddd", "dddddddd-d"},
		check:  luhn, form: say("Israeli id"), checked: checksumOK,
		hits:   []string{"Teudat Zehut 123456782", "ת.ז 012345674"},
		misses: []string{"123456782", "Israeli ID 123456783"},
	}, {
		id: AEID, class: ClassGovID, confidence: High, topic: aeTopic,
		title:  "Emirates ID: country, year and Luhn digit",
		shapes: []string{"ddd-dddd-ddddddd-d", "ddddddddddddddd", "ddd dddd ddddddd d"},
		check:  validEmirates, form: say("Emirates ID"), checked: checksumOK,
		bare:   always,
		hits:   []string{"784-1985-1234567-3", "Emirates ID 784198512345673"},
		misses: []string{"784-1985-1234567-8", "783-1985-1234567-9", "784-1785-1234567-9"},
	}, {
		id: SAID, class: ClassGovID, confidence: High, topic: saTopic,
		title:  "Saudi national id or iqama, Luhn, named as one",
		shapes: []string{"dddddddddd"},
		check:  func(v []byte) bool { return (v[0] == '1' || v[0] == '2') && luhn(v) }, form: say("Saudi id"), checked: checksumOK,
		hits:   []string{"Iqama 2123456788", "رقم الهوية 1012345672"},
		misses: []string{"2123456788", "Iqama 2123456784", "Iqama 3123456781"},
	},
}
