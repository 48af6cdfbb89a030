package detect

// What the check digits of several countries' numbers have in common. All take
// letters in capitals and digits, as idSpec.check does.

// weightedSum adds up the first digits of v, each times its weight.
func weightedSum(v []byte, weights ...int) (sum int) {
	for i, w := range weights {
		sum += int(v[i]-'0') * w
	}
	return sum
}

// decimal is the number that digits write.
func decimal(v []byte) (n int) {
	for _, c := range v {
		n = n*10 + int(c-'0')
	}
	return n
}

// base36 is the value of a digit or letter: A is 10, Z is 35.
func base36(c byte) int {
	if class[c]&isDigit != 0 {
		return int(c - '0')
	}
	return int(c-'A') + 10
}

// icao is the check digit of ICAO Doc 9303 over letters and digits.
func icao(v []byte) byte {
	sum := 0
	for i, c := range v {
		sum += base36(c) * [3]int{7, 3, 1}[i%3]
	}
	return byte('0' + sum%10)
}

// verhoeff checks the last of the digits by Verhoeff's rule, which notices
// every two neighbours that changed places.
func verhoeff(d []byte) bool {
	c := byte(0)
	for i := range d {
		v := d[len(d)-1-i] - '0'
		for range i % 8 {
			v = "\x01\x05\x07\x06\x02\x08\x03\x00\x09\x04"[v]
		}
		c = dihedral(c, v)
	}
	return c == 0
}

// dihedral is the product of the group of a pentagon's turns (0 to 4) and
// reflections (5 to 9).
func dihedral(a, b byte) byte {
	switch {
	case a < 5 && b < 5:
		return (a + b) % 5
	case a < 5:
		return 5 + (a+b)%5
	case b < 5:
		return 5 + (a-b)%5
	default:
		return (a - b + 5) % 5
	}
}

// yymmdd reports whether v begins with six digits that can be a date.
func yymmdd(v []byte) bool { return isAllDigits(v[:6]) && ymd(v) }

// countDigits is how many digits v holds.
func countDigits(v []byte) (n int) {
	for _, c := range v {
		if class[c]&isDigit != 0 {
			n++
		}
	}
	return n
}

// oneOf reports whether v is an entry of the list, which has entries as long
// as v with a space between them.
func oneOf(list string, v []byte) bool {
	for i := 0; i+len(v) <= len(list); i += len(v) + 1 {
		if list[i:i+len(v)] == string(v) {
			return true
		}
	}
	return false
}
