package detect

// Numbers of the Americas outside the United States.
const (
	CASIN    DetectorID = "ca_sin"
	CAHealth DetectorID = "ca_health"
	BRCPF    DetectorID = "br_cpf"
	BRCNPJ   DetectorID = "br_cnpj"
	MXCURP   DetectorID = "mx_curp"
	MXRFC    DetectorID = "mx_rfc"
	ARCUIT   DetectorID = "ar_cuit"
	CLRUT    DetectorID = "cl_rut"
	CONIT    DetectorID = "co_nit"
	PERUC    DetectorID = "pe_ruc"
	LatamID  DetectorID = "latam_id"
)

var (
	// "sin" is Spanish for without, so it has to be in capitals or plainly a name.
	sinTopic = newTopic("SIN", "sin:", `sin"`, "sin number", "sin no", "sin #", "sin#", "sin is", "social insurance", "NAS", "nas:", "numéro nas", "assurance sociale", "canada sin", "canadian sin")
	// The words for health cards; BC says PHN, Ontario OHIP, Québec RAMQ.
	caHealthTopic = newTopic("ohip", "health card", "phn", "personal health number", "ramq", "assurance maladie", "carte santé", "health number")
	cpfTopic      = newTopic("cpf", "cadastro de pessoa", "contribuinte")
	cnpjTopic     = newTopic("cnpj", "cadastro nacional")
	curpTopic     = newTopic("curp", "clave única", "clave unica")
	rfcTopic      = newTopic("rfc", "registro federal", "contribuyentes")
	cuitTopic     = newTopic("cuit", "cuil", "afip")
	rutTopic      = newTopic("RUT", "rut:", `rut"`, "rut n", "RUN", "run:", `run"`, "rol único", "rol unico", "cédula", "cedula", "chile")
	nitTopic      = newTopic("NIT", "nit:", `nit"`, "nit n")
	rucTopic      = newTopic("ruc", "registro único", "registro unico")
	latamTopic    = newTopic("dni", "documento nacional", "documento de identidad", "cédula", "cedula", "c.c.")
)

var americaIDs = []idSpec{
	{
		id: CASIN, class: ClassGovID, confidence: High, topic: sinTopic,
		title:  "Canadian social insurance number, Luhn, named as one",
		shapes: []string{"ddd ddd ddd", "ddd-ddd-ddd", "ddddddddd"},
		check:  func(v []byte) bool { return v[0] != '0' && v[0] != '8' && luhn(v) }, form: say("Canadian SIN"), checked: checksumOK,
		hits:   []string{"SIN: 130 692 544", "social insurance number 130-692-544", "numéro d'assurance sociale 130692544", `"sin": "130692544"`},
		misses: []string{"130 692 544", "SIN 130 692 545", "SIN 046 454 286", "sin compromiso al 612 345 676"},
	}, {
		id: CAHealth, class: ClassGovID, confidence: High, topic: caHealthTopic,
		title:  "Health card number of Ontario, British Columbia or Québec, named as one",
		shapes: []string{"dddd ddd ddd aa", "dddd-ddd-ddd-aa", "ddddddddddaa", "dddddddddd", "aaaadddddddd", "aaaa dddd dddd"},
		check:  validCAHealth, form: say("Canadian health number"), checked: checksumOK,
		hits:   []string{"OHIP 9876 543 217 AB", "health card: 9876543217", "PHN 9698658215", "RAMQ TREM85120112"},
		misses: []string{"9876 543 217", "OHIP 9876 543 218 AB", "RAMQ TREM85190112", "PHN 9698658216"},
	}, {
		id: BRCPF, class: ClassGovID, confidence: High, topic: cpfTopic,
		title:  "Brazilian CPF, two check digits, formatted or named",
		shapes: []string{"ddd.ddd.ddd-dd", "ddddddddddd", "ddd ddd ddd dd", "ddddddddd-dd"},
		check:  validCPF, form: say("Brazilian CPF"), checked: checksumOK,
		bare: always, bareAs: []string{"ddd.ddd.ddd-dd"},
		hits:   []string{"CPF 529.982.247-25", "529.982.247-25", "cpf: 52998224725"},
		misses: []string{"529.982.247-26", "52998224725", "CPF 111.111.111-11", "CPF 529.982.247-250"},
	}, {
		id: BRCNPJ, class: ClassGovID, confidence: High, topic: cnpjTopic,
		title:  "Brazilian CNPJ, two check digits, formatted or named",
		shapes: []string{"dd.ddd.ddd/dddd-dd", "dddddddddddddd"},
		check:  validCNPJ, form: say("Brazilian CNPJ"), checked: checksumOK,
		bare: always, bareAs: []string{"dd.ddd.ddd/dddd-dd"},
		hits:   []string{"11.222.333/0001-81", "CNPJ 11222333000181"},
		misses: []string{"11.222.333/0001-82", "11222333000181", "CNPJ 11222333000182"},
	}, {
		id: MXCURP, class: ClassGovID, confidence: High, topic: curpTopic,
		title:  "Mexican CURP: date, state and check digit",
		shapes: []string{"aaaaddddddaaaaaaxd"},
		check:  validCURP, form: say("Mexican CURP"), checked: checksumOK,
		bare:   always,
		hits:   []string{"CURP HEGG560427MVZRRL04", "HEGG560427MVZRRL04", "curp: hegg560427mvzrrl04"},
		misses: []string{"HEGG560427MVZRRL05", "HEGG561327MVZRRL04", "HEGG560427XVZRRL04"},
	}, {
		id: MXRFC, class: ClassGovID, confidence: High, topic: rfcTopic,
		title:  "Mexican RFC: date and check digit, named as one",
		shapes: []string{"aaaaddddddxxx", "aaaddddddxxx", "aaaa-dddddd-xxx"},
		check:  validRFC, form: say("Mexican RFC"), checked: checksumOK,
		hits:   []string{"RFC GODE561231GR8", "rfc: GODE-561231-GR8"},
		misses: []string{"GODE561231GR8", "RFC GODE561231GR9", "RFC GODE561331GR8", "RFC 2616 section 5"},
	}, {
		id: ARCUIT, class: ClassGovID, confidence: High, topic: cuitTopic,
		title:  "Argentine CUIT or CUIL, check digit, formatted or named",
		shapes: []string{"dd-dddddddd-d", "ddddddddddd"},
		check:  validCUIT, form: say("Argentine CUIT"), checked: checksumOK,
		bare: always, bareAs: []string{"dd-dddddddd-d"},
		hits:   []string{"CUIT 20-12345678-6", "27-23456789-1", "cuil: 20123456786"},
		misses: []string{"20-12345678-7", "20123456786", "CUIT 99-12345678-6"},
	}, {
		id: CLRUT, class: ClassGovID, confidence: High, topic: rutTopic,
		title:  "Chilean RUT, check digit, with dots or named",
		shapes: []string{"dd.ddd.ddd-x", "d.ddd.ddd-x", "dddddddd-x", "ddddddd-x"},
		check:  validRUT, form: say("Chilean RUT"), checked: checksumOK,
		bare: always, bareAs: []string{"dd.ddd.ddd-x"},
		hits:   []string{"RUT 12.345.678-5", "30.686.957-4", "rut: 12345678-5"},
		misses: []string{"12.345.678-6", "12345678-5", "run 12345678-5"},
	}, {
		id: CONIT, class: ClassGovID, confidence: High, topic: nitTopic,
		title:  "Colombian NIT, check digit, named as one",
		shapes: []string{"ddd.ddd.ddd-d", "ddddddddd-d", "dddddddddd"},
		check:  validNIT, form: say("Colombian NIT"), checked: checksumOK,
		hits:   []string{"NIT 890.903.938-8", "nit: 8909039388"},
		misses: []string{"890.903.938-8", "NIT 890.903.938-7"},
	}, {
		id: PERUC, class: ClassGovID, confidence: High, topic: rucTopic,
		title:  "Peruvian RUC, check digit, named as one",
		shapes: []string{"ddddddddddd"},
		check:  validRUC, form: say("Peruvian RUC"), checked: checksumOK,
		hits:   []string{"RUC 20100070970", "ruc: 20131312955"},
		misses: []string{"20100070970", "RUC 20100070971"},
	}, {
		id: LatamID, class: ClassGovID, confidence: Medium, topic: latamTopic, ahead: true,
		title:  "Argentine or Peruvian DNI, Colombian cédula, named as one",
		shapes: []string{"dd.ddd.ddd", "dddddddd", "d.ddd.ddd.ddd", "dddddddddd", "ddddddd"},
		form:   say("identity number"),
		hits:   []string{"DNI 12.345.678", "DNI: 45678912", "cédula de ciudadanía 1.023.456.789"},
		misses: []string{"12.345.678", "45678912 pedidos, DNI", "DNI 456789", "DNI teléfono 45678912"},
	},
}

// validCAHealth is Luhn for Ontario's ten digits, BC's own rule for those that
// begin with 9, and a possible date (women's months from 51) for Québec's.
func validCAHealth(v []byte) bool {
	if class[v[0]]&isAlpha != 0 {
		month := decimal(v[6:8])
		return isDate(decimal(v[8:10]), month) || isDate(decimal(v[8:10]), month-50)
	}
	if luhn(v[:10]) {
		return true
	}
	check := 11 - weightedSum(v[1:], 2, 4, 8, 5, 10, 9, 7, 3)%11
	return v[0] == '9' && len(v) == 10 && check == int(v[9]-'0')
}

// mod11Digit is the check digit of Brazil's numbers: 11 minus the remainder, 0
// where that has two digits.
func mod11Digit(sum int) byte {
	if r := sum % 11; r >= 2 {
		return byte('0' + 11 - r)
	}
	return '0'
}

func validCPF(v []byte) bool {
	return v[9] == mod11Digit(weightedSum(v, 10, 9, 8, 7, 6, 5, 4, 3, 2)) && v[10] == mod11Digit(weightedSum(v, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2))
}

func validCNPJ(v []byte) bool {
	return v[12] == mod11Digit(weightedSum(v, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) && v[13] == mod11Digit(weightedSum(v, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
}

// mexican is a character's value in CURP (base 37) and RFC (base 39): the
// letters go on from 10, with another letter behind N.
func mexican(c byte) int {
	n := base36(c)
	if c > 'N' {
		n++
	}
	return n
}

func validCURP(v []byte) bool {
	if !yymmdd(v[4:]) || v[10] != 'H' && v[10] != 'M' && v[10] != 'X' || !isAllDigits(v[17:]) {
		return false
	}
	if !oneOf("AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE", v[11:13]) {
		return false
	}
	sum := 0
	for i, c := range v[:17] {
		sum += mexican(c) * (18 - i)
	}
	return (10-sum%10)%10 == int(v[17]-'0')
}

func validRFC(v []byte) bool {
	n := len(v)
	if !yymmdd(v[n-9:]) {
		return false
	}
	sum := 0
	if n == 12 {
		sum = 37 * 13 // a company's begins with a blank
	}
	for i, c := range v[:n-1] {
		sum += mexican(c) * (n - i)
	}
	switch r := sum % 11; r {
	case 0:
		return v[n-1] == '0'
	case 1:
		return v[n-1] == 'A'
	default:
		return v[n-1] == byte('0'+11-r)
	}
}

func validCUIT(v []byte) bool {
	if !oneOf("20 23 24 25 26 27 30 33 34", v[:2]) {
		return false
	}
	check := (11 - weightedSum(v, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	return check < 10 && check == int(v[10]-'0')
}

func validRUT(v []byte) bool {
	n := len(v) - 1
	if !isAllDigits(v[:n]) {
		return false
	}
	sum := 0
	for i := range n {
		sum += int(v[n-1-i]-'0') * (2 + i%6)
	}
	return v[n] == "0K987654321"[sum%11]
}

func validNIT(v []byte) bool {
	r := weightedSum(v, 41, 37, 29, 23, 19, 17, 13, 7, 3) % 11
	if r > 1 {
		r = 11 - r
	}
	return r == int(v[9]-'0')
}

func validRUC(v []byte) bool {
	return oneOf("10 15 16 17 20", v[:2]) && (11-weightedSum(v, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%10 == int(v[10]-'0')
}
