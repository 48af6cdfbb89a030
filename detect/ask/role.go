package ask

import "handrail/detect"

// Role is the closed list of kinds of work that a question can name, because
// people know what they do better than what their data are called.
type Role uint8

// The roles.
const (
	Marketing Role = iota + 1
	Support
	Finance
	HR
	Developer
)

var roleNames = [...]string{"", "marketing", "support", "finance", "hr", "developer"}

// Roles returns every role.
func Roles() []Role { return []Role{Marketing, Support, Finance, HR, Developer} }

// String returns the role's name in JSON.
func (r Role) String() string { return nameOf(roleNames[:], r) }

// MarshalText implements encoding.TextMarshaler.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (r *Role) UnmarshalText(b []byte) (err error) {
	*r, err = valueOf[Role](roleNames[:], b)
	return err
}

// roleKinds are the sensitive data that each role's daily work is full of.
var roleKinds = map[Role][]detect.Class{
	Marketing: {detect.ClassContacts, detect.ClassFinance},
	Support:   {detect.ClassContacts, detect.ClassCard, detect.ClassGovID},
	Finance:   {detect.ClassFinance, detect.ClassBank, detect.ClassCard},
	HR:        {detect.ClassHR, detect.ClassGovID, detect.ClassHealth},
	Developer: {detect.ClassSecret, detect.ClassCode},
}

// roleWords are what roles are called, in English and German.
var roleWords = map[Role][]string{
	Marketing: {"marketing", "marketer", "marketeer", "campaigns", "sales", "vertrieb", "werbung"},
	Support:   {"support", "customer service", "customer support", "help desk", "helpdesk", "call centre", "call center", "kundendienst", "kundenservice"},
	Finance:   {"finance", "finance team", "accounting", "accountant", "controller", "controlling", "bookkeeping", "finanzen", "buchhaltung"},
	HR:        {"hr", "human resources", "people team", "recruiting", "recruiter", "personal abteilung", "personalabteilung"},
	Developer: {"developer", "developers", "engineer", "engineering", "programmer", "devops", "entwickler", "entwicklung", "programmierer"},
}
