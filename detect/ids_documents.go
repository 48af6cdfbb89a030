package detect

// Passports and driving licences; identity cards stand with their countries.
const (
	Passport       DetectorID = "passport"
	PassportDigits DetectorID = "passport_digits"
	DrivingLicence DetectorID = "driving_licence"
	LicenceDigits  DetectorID = "driving_licence_digits"
	UKLicence      DetectorID = "uk_driving_licence"
	DELicence      DetectorID = "de_driving_licence"
	ITLicence      DetectorID = "it_driving_licence"
	KRLicence      DetectorID = "kr_driving_licence"
	VehiclePlate   DetectorID = "vehicle_plate"
	DateOfBirth    DetectorID = "date_of_birth"
)

var (
	passportTopic = newTopic("passport", "travel document", "reisepass", "passnummer", "passnr", "pass nr", "pass no.", "pass no:", "reisedokument", "passeport", "document de voyage",
		"pasaporte", "documento de viaje", "passaporto", "documento di viaggio", "passaporte", "documento de viagem", "paspoort", "reisdocument", "paszport",
		"passin numero", "passinumero", "pasnummer", "pasport", "cestovní pas", "pașaport", "pasaport", "útlevél", "putovnica", "διαβατήρι", "паспорт",
		"여권", "旅券", "パスポート", "护照", "護照", "पासपोर्ट", "جواز", "hộ chiếu", "paspor", "หนังสือเดินทาง")
	// The words for something else that people write before such a number.
	notDocument = newTopic("order", "invoice", "tracking", "phone", "tel", "mobile", "call", "fax", "ref", "reference", "ticket", "sku", "part", "version", "build", "commit",
		"case", "flight", "flug", "vol", "vuelo", "booking", "reservation", "buchung", "expires", "expiry", "model", "item", "article", "parcel", "shipment", "isbn", "driver version")

	licenceWords = []string{"driver's licen", "driver’s licen", "drivers licen", "driver licen", "drivers' licen", "driving licen", "driver lic", "drivers lic", "driver's lic",
		"driver's permit", "drivers permit", "driving permit", "learner permit", "learner's permit", "operator licen", "operator's licen", "provisional licen",
		"dl number", "dl no", "dl #", "dl#", "DL:", "cdl", "dvla", "führerschein", "fuehrerschein", "fahrerlaubnis", "permis de conduire", "permis n°", "permis no", "permiso de condu", "licencia de condu",
		"licencia de manejo", "carnet de conducir", "carné de conducir", "patente di guida", "licenza di guida", "carta de condução", "carteira de motorista", "cnh", "habilitação",
		"rijbewijs", "prawo jazdy", "prawa jazdy", "körkort", "kørekort", "førerkort", "ajokort", "vezetői engedély", "řidičsk", "운전면허", "면허번호", "運転免許", "驾驶证", "驾照", "водительск"}
	licenceTopic       = newTopic(append(licenceWords, "DL")...)
	licenceDigitsTopic = newTopic(licenceWords...)
	// Only what has the form of a licence in one country is one by these words.
	namedLicence = newTopic(append(licenceWords, "DL", "licence number", "license number", "licence no", "license no", "führerausweis")...)
	patenteTopic = newTopic("patente", "licenza")
	plateTopic   = newTopic("vehicle", "registration", "plate", "rto", "vrn", "v5c", "car reg", "kennzeichen", "immatriculation", "matrícula", "targa", "plaka")
	dobTopic     = newTopic("date of birth", "dob", "d.o.b", "birth date", "birthday", "born", "geburtsdatum", "geburtstag", "geb", "geboren", "date de naissance", "né le", "née le", "né(e) le", "fecha de nacimiento",
		"nacido", "nacida", "f. nac", "data di nascita", "nato il", "nata il", "nato a", "nata a", "data de nascimento", "nascido", "nascida", "geboortedatum", "data urodzenia", "ur.", "urodzon",
		"födelsedatum", "född", "fødselsdato", "født", "syntymäaika", "syntynyt", "dátum narodenia", "datum narození", "születési", "生年月日", "생년월일", "出生日期", "生日", "дата рождения", "تاريخ الميلاد")
)

// documentIDs has the exact forms before the loose ones, which win only where a
// word for them stands nearer.
var documentIDs = []idSpec{
	{
		id: Passport, class: ClassGovID, confidence: High, topic: passportTopic, unless: notDocument,
		title:  "Passport number of letters and digits, named as one",
		shapes: []string{"xxxxxx", "xxxxxxx", "xxxxxxxx", "xxxxxxxxx", "aa ddddddd", "aa dddddd", "a dddddddd", "a ddddddd", "aaa dddddd", "add ddddd", "ddaaddddd", "dd aa ddddd"},
		check:  possiblePassport, form: say("passport number"),
		hits: []string{
			"pasaporte: xyz987654", "my travel document is A12803456", "passport number: J6932157", "passaporto: aa7654321", "Reisepass C01X00T47 ausgestellt",
			"aaa123456 es mi número de pasaporte", "여권번호는 M789C1234입니다", "passeport 14AB12345", "passport no. J69 32157", `{"passport_number": "AB1234567"}`,
		},
		misses: []string{"A12803456", "passport ABC12345678", "Reisepass COVFEFEZ1", "flight LH123456, bring your passport", "passport photos, order AB1234567", "passport-jwt 4.0.1",
			"passport id 122e5d52-d217-4975-a1b2-0123456789ab", "./passport.f810e7a4.js", "458715b add passport", "Ha perso il passaporto. Pratica n. 465192125"},
	}, {
		id: PassportDigits, class: ClassGovID, confidence: High, topic: passportTopic, unless: notDocument, ahead: true,
		title:  "Passport number of digits, named as one before it",
		shapes: []string{"ddddddd", "dddddddd", "ddddddddd", "dd ddddddd", "dddd dddddd", "dddddddddd"},
		check:  notDate, form: say("passport number"),
		hits:   []string{"US passport 340020013", "passport no: 31195855", "паспорт 4509 123456"},
		misses: []string{"340020013", "passport expires 20310715", "passport office, phone 340020013", "340020013 is in the passport queue", "Passport issued 15072031"},
	}, {
		id: UKLicence, class: ClassGovID, confidence: High, topic: namedLicence,
		title:  "UK driving licence: surname, birth date, initials in their places",
		shapes: []string{"xxxxxddddddxxxaa", "xxxxx dddddd xxxaa"},
		check:  possibleUKLicence, form: say("UK driving licence"), checked: datePossible,
		bare:   always,
		hits:   []string{"driving licence: MORGA607054SM9IJ", "FARME101165AB5EW", "licence number SMITH 657315 JD9XX"},
		misses: []string{"MORGA613054SM9IJ", "MORGA607324SM9IJ", "99999607054SM9IJ", "morga607054sm9ij"},
	}, {
		id: DELicence, class: ClassGovID, confidence: High, topic: licenceTopic,
		title:  "German driving licence of eleven characters, named as one",
		shapes: []string{"xxxxxxxxxxx"},
		check:  possibleDELicence, form: say("German driving licence"),
		hits:   []string{"Führerscheinnummer B07AARE2I55"},
		misses: []string{"B072RRE2I55", "MU12345678B", "Führerschein ABCDEFGHIJK"},
	}, {
		id: ITLicence, class: ClassGovID, confidence: High, topic: patenteTopic,
		title:  "Italian driving licence, named as one",
		shapes: []string{"aaddddddda", "adxxxxxxxa"},
		check:  func(v []byte) bool { return class[v[1]]&isAlpha != 0 || v[0] == 'U' && v[1] == '1' }, form: say("Italian driving licence"),
		hits:   []string{"La mia patente è AA1234567B", "patente U1H00A000B"},
		misses: []string{"AA1234567B", "patente US1234567", "patente U2H00A000B"},
	}, {
		id: KRLicence, class: ClassGovID, confidence: High, topic: licenceTopic,
		title:  "Korean driving licence: region possible, named as one",
		shapes: []string{"dd-dd-dddddd-dd", "dd dd dddddd dd"},
		check:  func(v []byte) bool { n := decimal(v[:2]); return n >= 11 && n <= 28 && n != 27 }, form: say("Korean driving licence"), checked: say("region possible"),
		hits:   []string{"운전면허번호 11-22-333444-55", "driver's license 13-18-123456-01"},
		misses: []string{"11-22-333444-55", "운전면허 31-22-333444-55"},
	}, {
		id: DrivingLicence, class: ClassGovID, confidence: High, topic: licenceTopic, unless: notDocument,
		title: "Driving licence number of letters and digits, named as one",
		shapes: []string{
			"xxxxx", "xxxxxx", "xxxxxxx", "xxxxxxxx", "xxxxxxxxx", "xxxxxxxxxx", "xxxxxxxxxxx", "xxxxxxxxxxxx", "xxxxxxxxxxxxx", "xxxxxxxxxxxxxx", "xxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxx",
			"adddddddddddddddddd", "addd-ddd-dd-ddd-d", "addd-dddd-dddd", "addd-dddd-dddd-dd", "a ddd ddd ddd ddd", "a-ddd-ddd-ddd-ddd", "addddd ddddd ddddd", "addddd-ddddd-ddddd", "adddd-ddddd-ddddd",
			"aadd ddddddddddd", "aadd-ddddddddddd", "aa-ddddddddddddd", "aadd dddd ddddddd", "add-dd-dddd",
		},
		check: possibleLicence, form: say("driving licence number"),
		hits: []string{
			"My driver's license number is F162823540116", "driver licence: A1234567", "DL: D08954796", "Rijbewijs AB12345678", "drivers license F162-823-54-011-6",
			"driving licence KA01 20110012345", `{"driverLicense": "S530-4607-8901"}`, "permis de conduire 12AB34567",
		},
		misses: []string{"F162823540116", "software license F16282354", "driver version 31.0.15.1234", "license key: F1628-23540-116AB", "driving licences in 2024 B2B", "driver's license, order F16282354"},
	}, {
		id: LicenceDigits, class: ClassGovID, confidence: High, topic: licenceDigitsTopic, unless: notDocument, ahead: true,
		title: "Driving licence number of digits, named as one before it",
		shapes: []string{
			"dddddd", "ddddddd", "dddddddd", "ddddddddd", "dddddddddd", "ddddddddddd", "dddddddddddd", "ddddddddddddd", "dddddddddddddd", "dddddddddddddddd",
			"dd-ddd-dddd", "ddd ddd ddd", "dd ddd ddd", "dddddd-ddd", "ddd-ddd-ddd",
		},
		check: notDate, form: say("driving licence number"),
		hits:   []string{"driver's license 123 456 780", "driving license no. 24839157", "運転免許証 123456789012"},
		misses: []string{"24839157", "24839157 driving licences were issued", "driving licence valid to 20310715", "driver license phone 2483915"},
	}, {
		id: VehiclePlate, class: ClassGovID, confidence: Low, topic: plateTopic, unless: notDocument,
		title:  "Vehicle plate of India, the UK or Nigeria, named as one: a label",
		shapes: []string{"aaddaadddd", "aa dd aa dddd", "aaddadddd", "aadaaadddd", "ddaaddddaa", "aadd aaa", "aaddaaa", "aaa dddaa", "aaadddaa", "aaa-dddaa"},
		form:   say("vehicle plate"),
		hits:   []string{"vehicle registration KA53ME3456", "number plate AB51 DEF", "plate number ABC-123DE"},
		misses: []string{"KA53ME3456", "AB51 DEF"},
	}, {
		id: DateOfBirth, class: ClassGovID, confidence: Low, topic: dobTopic,
		title: "Date of birth, named as one: a label",
		shapes: []string{
			"dd/dd/dddd", "d/d/dddd", "d/dd/dddd", "dd/d/dddd", "dd.dd.dddd", "d.d.dddd", "d.dd.dddd", "dd.d.dddd", "dd-dd-dddd", "dddd-dd-dd", "dddd/dd/dd", "dddd.dd.dd", "dd/dd/dd", "dd.dd.dd",
			"dd aaa dddd", "d aaa dddd", "dd-aaa-dddd", "dd aaaa dddd", "d aaaa dddd", "dd aaaaa dddd", "d aaaaa dddd", "dd aaaaaa dddd", "d aaaaaa dddd", "dd aaaaaaa dddd", "d aaaaaaa dddd",
			"dd aaaaaaaa dddd", "d aaaaaaaa dddd", "dd aaaaaaaaa dddd", "d aaaaaaaaa dddd",
		},
		check: possibleBirth, form: say("date"), checked: datePossible,
		hits:   []string{"DOB: 04/15/1960", "geboren am 3.4.1985", "Please tell me your date of birth. It's 1987-03-12", "née le 12 mars 1980", "geb. 07.11.79"},
		misses: []string{"04/15/1960", "DOB: 13/15/1960", "born in the cloud on 2024-11-24", "date of birth 32.01.1980"},
	},
}
