package catalog

import "fmt"

// Account is whose account is in use at a destination, as far as policies ask
// for it: the company's workspace and a personal account share a host in
// ChatGPT, Claude, Gemini and Copilot. It never says who the person is.
type Account uint8

// The accounts. The zero value holds wherever nobody could look: in desktop
// apps and terminals, and in tabs of which only the title is known.
const (
	AccountUnclear   Account = iota // it can't be told
	AccountNone                     // nobody is signed in
	AccountPersonal                 // an account of one's own
	AccountWork                     // an organisation's; Destination.Tenant says whether of ours
	AccountConfirmed                // the person has said that it is their work account
)

var accountNames = [...]string{"unclear", "none", "personal", "work", "confirmed"}

// String returns the account's name.
func (a Account) String() string {
	if int(a) < len(accountNames) {
		return accountNames[a]
	}
	return accountNames[AccountUnclear]
}

// MarshalText implements encoding.TextMarshaler.
func (a Account) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (a *Account) UnmarshalText(b []byte) error {
	for i, n := range accountNames {
		if n == string(b) {
			*a = Account(i)
			return nil
		}
	}
	return fmt.Errorf("unknown account %q: use unclear, none, personal, work or confirmed", b)
}

// TenantOther stands for an organisation that the policy does not name. No
// policy can name it so.
const TenantOther = "other"
