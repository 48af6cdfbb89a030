package detect

import "slices"

// europeIDs are the national, tax and health numbers of European countries.
// Numbers that only companies have (VAT numbers, the Polish NIP, the Swedish
// organisationsnummer) stand in every letter's footer and are left out.
var europeIDs = slices.Concat(westIDs, germanIDs, southIDs, northIDs, baltIDs, eastIDs, balkanIDs)

// The forms' own check rules are facts of the law or the office that gives the
// number; where one is named beside a check, it is the source.

// nationalID makes a topic of a national number: its names, and what English
// texts call all of them.
func nationalID(words ...string) topic {
	return newTopic(append(words, "national id", "national identity", "national identification", "national insurance number",
		"citizen id", "personal identification number", "personal identity number")...)
}

// taxID is nationalID for tax numbers.
func taxID(words ...string) topic {
	return newTopic(append(words, "tax id", "tax identification", "taxpayer id", "tax number", "tin")...)
}

// socialID is nationalID for numbers of social insurance.
func socialID(words ...string) topic {
	return newTopic(append(words, "social security", "social insurance")...)
}

var datePossible = say("date possible")

// twoDigits is the number that v has at i and i+1.
func twoDigits(v []byte, i int) int { return int(v[i]-'0')*10 + int(v[i+1]-'0') }

// isDate reports whether a year can have this day: the century is mostly
// unknown, so every year may be a leap year.
func isDate(day, month int) bool {
	days := [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month-1]
}

// dmy and ymd report whether v begins with a date in six digits.
func dmy(v []byte) bool { return isDate(twoDigits(v, 0), twoDigits(v, 2)) }
func ymd(v []byte) bool { return isDate(twoDigits(v, 4), twoDigits(v, 2)) }

// century reports whether v begins with the century of someone's birth.
func century(v []byte) bool { return twoDigits(v, 0) >= 18 && twoDigits(v, 0) <= 20 }

// mod11of10 checks the last digit by ISO 7064's MOD 11,10.
func mod11of10(v []byte) bool {
	p := 10
	for _, c := range v[:len(v)-1] {
		if p = (p + int(c-'0')) % 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (p+int(v[len(v)-1]-'0'))%10 == 1
}

// crossSums adds up the digits of the products of v's digits and weights.
func crossSums(v []byte, weights ...int) (sum int) {
	for i, w := range weights {
		n := int(v[i]-'0') * w
		sum += n/10 + n%10
	}
	return sum
}

func always([]byte) bool { return true }
