package detect

// koreanDigit is the check digit of a Korean resident (base 11) or foreigner (13).
func koreanDigit(v []byte, base int) byte {
	return byte('0' + (base-weightedSum(v, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)%11)%10)
}

// validBRN: the ninth digit's product counts with its tens once more.
func validBRN(v []byte) bool {
	sum := weightedSum(v, 1, 3, 7, 1, 3, 7, 1, 3, 5) + int(v[8]-'0')*5/10
	return (10-sum%10)%10 == int(v[9]-'0')
}

func validMyNumber(v []byte) bool {
	return v[11] == mod11Digit(weightedSum(v, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2))
}

// validCNResident follows GB 11643: region 1 to 8, a date since 1850, ISO 7064 mod 11-2.
func validCNResident(v []byte) bool {
	if v[0] < '1' || v[0] > '8' || !isDate(decimal(v[12:14]), decimal(v[10:12])) {
		return false
	}
	if y := decimal(v[6:10]); y < 1850 || y > 2050 {
		return false
	}
	return v[17] == "10X98765432"[weightedSum(v, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)%11]
}

// validTWID: the letter stands for two digits, the second is the sex (8 and 9
// are residents without citizenship).
func validTWID(v []byte) bool {
	if v[1] != '1' && v[1] != '2' && v[1] != '8' && v[1] != '9' {
		return false
	}
	n := 0 // of the letter: I, O, W, X, Y and Z came later than their neighbours
	for n = range 26 {
		if "ABCDEFGHJKLMNPQRSTUVXYWZIO"[n] == v[0] {
			break
		}
	}
	n += 10
	return (n/10+n%10*9+weightedSum(v[1:], 8, 7, 6, 5, 4, 3, 2, 1, 1))%10 == 0
}

// validHKID: letters from 10, a missing first letter counts as 36, weights 9 to 1.
func validHKID(v []byte) bool {
	sum, w := 0, 9
	if len(v) == 8 {
		sum, w = 36*9, 8
	}
	for _, c := range v {
		sum += base36(c) * w
		w--
	}
	last := v[len(v)-1]
	return sum%11 == 0 && (last == 'A' || class[last]&isDigit != 0)
}

func possibleNRIC(v []byte) bool {
	switch v[0] {
	case 'S', 'T', 'F', 'G', 'M':
		return true
	}
	return false
}

func validNRIC(v []byte) bool {
	sum := weightedSum(v[1:], 2, 7, 6, 5, 4, 3, 2)
	switch v[0] {
	case 'T', 'G':
		sum += 4
	case 'M':
		sum += 3
	}
	switch v[0] {
	case 'S', 'T':
		return v[8] == "JZIHGFEDCBA"[sum%11]
	case 'F', 'G':
		return v[8] == "XWUTRQPNMLK"[sum%11]
	case 'M':
		return v[8] == "XWUTRQPNJLK"[sum%11]
	}
	return false
}

// uenEntities are ACRA's kinds of entity in the newest form.
const uenEntities = "LP LL FC PF RF MQ MM NB CC CS MB FM GS DP CP NR CM CD MD HS VH CH MH CL XL CX HC RP TU TC FB FN PA PB SS MC SM GA GB"

func validUEN(v []byte) bool {
	switch {
	case len(v) == 9:
		return v[8] == "XMKECAWLJDB"[weightedSum(v, 10, 4, 9, 3, 8, 2, 7, 1)%11]
	case class[v[0]]&isDigit != 0:
		return v[9] == "ZKCMDNERGWH"[weightedSum(v, 10, 8, 6, 4, 9, 7, 5, 3, 1)%11]
	}
	if v[0] != 'T' && v[0] != 'S' && v[0] != 'R' || !oneOf(uenEntities, v[3:5]) {
		return false
	}
	const alphabet = "ABCDEFGHJKLMNPQRSTUVWX0123456789"
	sum := 0
	for i, w := range [9]int{4, 3, 5, 3, 10, 2, 2, 5, 7} {
		for k := range len(alphabet) {
			if alphabet[k] == v[i] {
				sum += k * w
			}
		}
	}
	return v[9] == alphabet[(sum+6)%11]
}

// validTHID: no kind of person 0 or 9, no province begins with 0.
func validTHID(v []byte) bool {
	sum := weightedSum(v, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)
	return v[0] != '0' && v[1] != '0' && (11-sum%11)%10 == int(v[12]-'0')
}

// possibleMyKad leaves out the places of birth that Malaysia hasn't given out.
func possibleMyKad(v []byte) bool {
	return yymmdd(v) && !oneOf("00 17 18 19 20 69 70 73 80 81 94 95 96 97", v[6:8])
}

// possibleNIK: a woman's day of birth has 40 added.
func possibleNIK(v []byte) bool {
	day := decimal(v[6:8])
	if day > 40 {
		day -= 40
	}
	return v[0] != '0' && isDate(day, decimal(v[8:10])) && string(v[12:]) != "0000"
}

func validEmirates(v []byte) bool {
	c := string(v[3:5])
	return string(v[:3]) == "784" && (c == "19" || c == "20") && luhn(v)
}
