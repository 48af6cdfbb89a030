package card

import "handrail/detect"

// Role is a kind of work that has a card about AI at it.
type Role uint8

// The roles.
const (
	Marketer Role = iota + 1
	Support
	Finance
	HR
	Developer
)

var roleNames = [...]string{"", "marketer", "support", "finance", "hr", "developer"}

// Roles returns every role.
func Roles() []Role { return []Role{Marketer, Support, Finance, HR, Developer} }

// String returns the role's name on the command line.
func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return ""
}

// about says which cards speak of a class.
var about = map[detect.Class][]Role{
	detect.ClassContacts: {Marketer, Support}, detect.ClassMarking: {Marketer}, detect.ClassCard: {Support, Finance}, detect.ClassBank: {Support, Finance},
	detect.ClassFinance: {Finance}, detect.ClassContract: {Finance}, detect.ClassGovID: {Finance, HR}, detect.ClassHR: {HR}, detect.ClassHealth: {HR},
	detect.ClassSecret: {Developer}, detect.ClassCode: {Developer},
}

// RolesFor returns the roles whose cards speak of a class.
func RolesFor(c detect.Class) []Role { return about[c] }
