package detect

import (
	"fmt"
	"strings"
)

// Class is the closed list of what kinds of sensitive content there are. It is
// what may leave the laptop about a finding, so it holds no detail.
type Class uint8

// The classes. Their numbers are internal; their names (see String) are the
// vocabulary of policies and reports.
const (
	ClassNone     Class = iota
	ClassCard           // payment card numbers
	ClassBank           // IBANs and account numbers
	ClassGovID          // national, tax and health numbers, passports, licences
	ClassSecret         // keys, tokens, passwords, connection strings
	ClassContacts       // many people's contact details at once
	ClassMarking        // classification markings
	ClassHR             // what an employer knows of people: pay, reviews, absence
	ClassHealth         // what a doctor knows of a patient
	ClassContract       // contracts and other legal text
	ClassFinance        // figures and plans that are not public yet
	ClassCode           // source code: a label, not an alarm
	ClassOwn            // the organisation's own terms
)

var classNames = [...]string{"none", "card", "bank", "gov_id", "secret", "contacts", "marking", "hr", "health", "contract", "finance", "code", "own"}

// Classes returns every class a finding can have.
func Classes() []Class {
	all := make([]Class, 0, len(classNames)-1)
	for c := ClassCard; int(c) < len(classNames); c++ {
		all = append(all, c)
	}
	return all
}

// String returns the class's name in policies and reports.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return "none"
}

// MarshalText implements encoding.TextMarshaler.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (c *Class) UnmarshalText(b []byte) error {
	for i, n := range classNames {
		if n == string(b) {
			*c = Class(i)
			return nil
		}
	}
	return fmt.Errorf("unknown class %q: use one of %s", b, strings.Join(classNames[1:], ", "))
}
