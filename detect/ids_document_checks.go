package detect

// possiblePassport: letters and five or more digits, or what Germany gives out
// with fewer: none of its letters is a vowel or looks like a digit, and the
// last digit is ICAO 9303's.
func possiblePassport(v []byte) bool {
	n := countDigits(v)
	if n == len(v) {
		return false
	}
	return n >= 5 || n > 0 && len(v) == 9 && isGermanSerial(v[:8]) && v[8] == icao(v[:8])
}

func isGermanSerial(v []byte) bool {
	for _, c := range v {
		switch c {
		case 'A', 'B', 'D', 'E', 'I', 'O', 'Q', 'S', 'U':
			return false
		}
	}
	return class[v[0]]&isAlpha != 0
}

// possibleLicence: letters and five or more digits; Kansas has A1B2C, and
// Washington begins with five of the name.
func possibleLicence(v []byte) bool {
	n := countDigits(v)
	switch {
	case n == len(v):
		return false
	case len(v) == 5:
		return n == 2 && class[v[1]]&class[v[3]]&isDigit != 0
	case len(v) == 12 && countDigits(v[:5]) == 0:
		return n >= 3
	}
	return n >= 5
}

// notDate refuses eight digits that are a day of this or the last century.
func notDate(v []byte) bool {
	if len(v) != 8 {
		return true
	}
	day := func(century, month, day []byte) bool {
		return oneOf("19 20", century) && isDate(decimal(day), decimal(month))
	}
	return !day(v[:2], v[4:6], v[6:]) && !day(v[4:6], v[2:4], v[:2]) && !day(v[4:6], v[:2], v[2:4])
}

// possibleUKLicence follows the DVLA's composition: five letters of the name
// filled up with 9, the year's ten, the month (women's from 51), the day, the
// year's one, two initials or 9.
func possibleUKLicence(v []byte) bool {
	nines := false
	for _, c := range v[:5] {
		if class[c]&isDigit != 0 && c != '9' || nines && c != '9' {
			return false
		}
		nines = c == '9'
	}
	for _, c := range v[11:13] {
		if class[c]&isDigit != 0 && c != '9' {
			return false
		}
	}
	month := decimal(v[6:8])
	if month > 50 {
		month -= 50
	}
	return v[0] != '9' && isDate(decimal(v[8:10]), month)
}

// possibleDELicence: two places of the authority or its four, letters and
// digits, and the last is the issue.
func possibleDELicence(v []byte) bool {
	n := countDigits(v)
	return class[v[0]]&isAlpha != 0 && n >= 4 && n < 11 && (class[v[10]]&isDigit != 0 || n >= 8)
}

// monthStarts are how the names of months begin in the languages of dobTopic.
const monthStarts = "JAN FEB MAR APR MAI MAY JUN JUL AUG SEP OCT OKT NOV DEC DEZ ENE ABR AGO DIC GEN MAG GIU LUG SET OTT FEV AVR JUI AOU"

// possibleBirth takes the dates of people's births until 2020: later ones are
// mostly of something else, as in a log. The shapes leave open which number is
// what, so that one reading has to be possible.
func possibleBirth(v []byte) bool {
	for i, c := range v {
		if class[c]&isAlpha != 0 {
			day := decimal(v[:i])
			return oneOf(monthStarts, v[i:i+3]) && day >= 1 && day <= 31 && birthYear(v[len(v)-4:])
		}
	}
	n := len(v)
	if n == 8 && birthYear(v[:4]) && isDate(decimal(v[6:]), decimal(v[4:6])) || n == 6 && dayAndMonth(v[:2], v[2:4]) {
		return true
	}
	if !birthYear(v[n-4:]) {
		return false
	}
	return dayAndMonth(v[:(n-4)/2], v[(n-4)/2:n-4]) || dayAndMonth(v[:(n-3)/2], v[(n-3)/2:n-4])
}

func birthYear(v []byte) bool {
	y := decimal(v)
	return y >= 1900 && y <= 2020
}

// dayAndMonth reports whether a and b can be a day and a month, in either order.
func dayAndMonth(a, b []byte) bool {
	return isDate(decimal(a), decimal(b)) || isDate(decimal(b), decimal(a))
}
