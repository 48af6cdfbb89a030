package policy

import (
	"fmt"
	"slices"
	"strings"

	"handrail/detect/catalog"
)

// Unclear says what holds at a tool with tenants where nobody can tell whose
// account is in use.
type Unclear uint8

// What a policy can say of an unclear account. Both UnclearAsk and UnclearNudge
// give the tool its ElseStanding; UnclearAsk lets the nudge ask "is this your
// work account?" as well. UnclearAllow takes the account for the company's.
const (
	UnclearAsk Unclear = iota
	UnclearNudge
	UnclearAllow
)

var unclearNames = [...]string{"ask", "nudge", "allow"}

// String returns the name used in policies.
func (u Unclear) String() string {
	if int(u) < len(unclearNames) {
		return unclearNames[u]
	}
	return unclearNames[UnclearAsk]
}

// MarshalText implements encoding.TextMarshaler.
func (u Unclear) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (u *Unclear) UnmarshalText(b []byte) error {
	for i, n := range unclearNames {
		if n == string(b) {
			*u = Unclear(i)
			return nil
		}
	}
	return fmt.Errorf("unknown word %q for an unclear account: use ask, nudge or allow", b)
}

// WithAccount returns the destination with what a browser extension read about
// the account in use: account is work, personal, none or unclear (as is any
// other word), tenant the organisation of a work account, "" if not known. Only
// what this policy asks about is kept: nothing at a tool without tenants, and
// of a tenant that the policy does not name no more than catalog.TenantOther.
// So no name that a page shows goes any further than this call.
func (p *Policy) WithAccount(d catalog.Destination, account, tenant string) catalog.Destination {
	d.Account, d.Tenant = catalog.AccountUnclear, ""
	t, ok := p.Tool(d.Tool)
	if !ok || len(t.Tenants) == 0 {
		return d
	}
	switch account {
	case catalog.AccountNone.String():
		d.Account = catalog.AccountNone
	case catalog.AccountPersonal.String():
		d.Account = catalog.AccountPersonal
	case catalog.AccountWork.String():
		d.Account, d.Tenant = catalog.AccountWork, t.tenant(tenant)
	}
	return d
}

// WithAnswer returns the destination with the person's answer to "is this your
// work account?": work or personal. Any other word changes nothing.
func (p *Policy) WithAnswer(d catalog.Destination, account string) catalog.Destination {
	if t, ok := p.Tool(d.Tool); !ok || len(t.Tenants) == 0 {
		return d
	}
	switch account {
	case catalog.AccountWork.String():
		d.Account, d.Tenant = catalog.AccountConfirmed, ""
	case catalog.AccountPersonal.String():
		d.Account, d.Tenant = catalog.AccountPersonal, ""
	}
	return d
}

// Accounts returns the destination under each account for which the policy
// could say something else; at a tool without tenants that is the destination
// alone. A page must be watched if MustRead holds for any of them, and a text
// is clean beforehand only if Decide has nothing to do for all of them.
func (p *Policy) Accounts(d catalog.Destination) []catalog.Destination {
	d.Account, d.Tenant = catalog.AccountUnclear, ""
	t, ok := p.Tool(d.Tool)
	if !ok || len(t.Tenants) == 0 {
		return []catalog.Destination{d}
	}
	return []catalog.Destination{d, p.WithAnswer(d, "personal"), p.WithAnswer(d, "work")}
}

// tenant returns a tenant as the policy spells it. Case and white space make no
// difference; a domain below one that is named is another tenant.
func (t *Tool) tenant(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return ""
	}
	for _, known := range t.Tenants {
		if strings.EqualFold(known, s) {
			return known
		}
	}
	return catalog.TenantOther
}

// unsure says that a destination's account can't be told and matters.
func (t *Tool) unsure(d catalog.Destination) bool {
	return len(t.Tenants) > 0 &&
		(d.Account == catalog.AccountUnclear || d.Account == catalog.AccountWork && d.Tenant == "")
}

// tool returns what the policy says about a destination's tool with the account
// in use: with another account than the company's, the tool has its
// ElseStanding and may receive nothing that the company's account may.
func (p *Policy) tool(d catalog.Destination) (Tool, bool) {
	t, ok := p.Tool(d.Tool)
	if !ok || len(t.Tenants) == 0 ||
		d.Account == catalog.AccountConfirmed ||
		d.Account == catalog.AccountWork && slices.Contains(t.Tenants, d.Tenant) ||
		t.Unclear == UnclearAllow && t.unsure(d) {
		return t, ok
	}
	t.Standing, t.Receives = t.ElseStanding, nil
	return t, true
}

// asks says whether the person is asked whose account it is.
func (p *Policy) asks(d catalog.Destination) bool {
	t, ok := p.Tool(d.Tool)
	return ok && t.Unclear == UnclearAsk && t.unsure(d)
}

// maxTenant is how long the name of a workspace or domain may be, in bytes.
const maxTenant = 100

// checkTenants says what is wrong in what a tool says about accounts.
func (r *reader) checkTenants(t *Tool) {
	fail := func(key, format string, args ...any) { r.problems.add(Error, t.of(key), format, args...) }
	for _, key := range []string{"else_standing", "unclear"} {
		if t.has(key) && !t.has("tenants") {
			fail(key, "%s is about accounts: say under tenants which are your organisation's", key)
		}
	}
	if !t.has("tenants") || r.blames(t.of("tenants")) {
		return
	}
	if len(t.Tenants) == 0 {
		fail("tenants", "tenants is an empty list: remove the line if the account doesn't matter")
	}
	if t.Standing == Unapproved && !r.blames(t.of("standing")) {
		fail("tenants", "an unapproved tool is unapproved with every account: remove this line, or call the tool approved or trial")
	}
	if t.ElseStanding != Unapproved && t.ElseStanding != Trial && !r.blames(t.of("else_standing")) {
		fail("else_standing", "else_standing is about accounts that are not yours: use trial or unapproved")
	}
	for _, s := range t.Tenants {
		switch {
		case strings.Contains(s, "@"):
			fail("tenants", "the tenant %q holds a person's address: write the part after the @ only", s)
		case strings.EqualFold(s, catalog.TenantOther):
			fail("tenants", "%q stands for every tenant that has no name here: name yours", s)
		case len(s) > maxTenant:
			fail("tenants", "a tenant is %d bytes long: %d is the most", len(s), maxTenant)
		}
	}
}
