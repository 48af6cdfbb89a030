package policy

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"handrail/detect"
	"handrail/detect/catalog"
)

// tenants is a policy that approves ChatGPT in the company's workspace.
func tenants(more string) string {
	return head + "tools: [{id: chatgpt, standing: approved, receives: [contacts], tenants: [kestrel.example, Kestrel Freight]" + more + "}]\n" +
		"rules: [{id: a, do: nudge, because: B., instead: {tool: chatgpt, advice: A.}}]\n"
}

func TestTheAccountDecides(t *testing.T) {
	contacts := found(detect.ClassContacts, detect.EmailBulk, detect.High, 14)
	card := found(detect.ClassCard, detect.PaymentCard, detect.High, 1)
	for _, c := range []struct {
		more, account, tenant string
		standing              Standing
		do                    Do // for contacts
		ask                   bool
	}{
		{"", "work", "kestrel.example", Approved, Nothing, false},
		{"", "work", " KESTREL.example ", Approved, Nothing, false},
		{"", "work", "kestrel  freight", Approved, Nothing, false},
		{"", "work", "eu.kestrel.example", Unapproved, Nudge, false},
		{"", "work", "kestrel.example.evil.test", Unapproved, Nudge, false},
		{"", "work", "other", Unapproved, Nudge, false},
		{"", "work", "", Unapproved, Nudge, true},
		{"", "personal", "", Unapproved, Nudge, false},
		{"", "personal", "kestrel.example", Unapproved, Nudge, false},
		{"", "none", "", Unapproved, Nudge, false},
		{"", "unclear", "kestrel.example", Unapproved, Nudge, true},
		{"", "", "", Unapproved, Nudge, true},
		{"", "confirmed", "", Unapproved, Nudge, true}, // only a person can confirm
		{"", "WORK", "kestrel.example", Unapproved, Nudge, true},
		{", unclear: nudge", "unclear", "", Unapproved, Nudge, false},
		{", unclear: nudge", "work", "", Unapproved, Nudge, false},
		{", unclear: allow", "unclear", "", Approved, Nothing, false},
		{", unclear: allow", "work", "", Approved, Nothing, false},
		{", unclear: allow", "work", "x", Unapproved, Nudge, false},
		{", unclear: allow", "personal", "", Unapproved, Nudge, false},
		{", else_standing: trial", "personal", "", Trial, Nudge, false}, // what ours may receive, theirs may not
	} {
		p := mustParse(t, tenants(c.more))
		d := p.WithAccount(chatgpt, c.account, c.tenant)
		got := p.Decide(contacts, d)
		if got.Standing != c.standing || got.Do != c.do || got.AskAccount != c.ask {
			t.Errorf("%s %q at %q: got %s, %s, ask %v", c.more, c.account, c.tenant, got.Standing, got.Do, got.AskAccount)
		}
		if p.Standing(d) != c.standing {
			t.Errorf("%s %q at %q: standing %s", c.more, c.account, c.tenant, p.Standing(d))
		}
		if got.Do != Nothing && got.Instead != (Alternative{Tool: "chatgpt", Name: "ChatGPT", Advice: "Use your work account in ChatGPT instead."}) {
			t.Errorf("%s %q at %q: offers %+v", c.more, c.account, c.tenant, got.Instead)
		}
		// A card may not go to our own workspace either, so nobody is sent there.
		if got := p.Decide(card, d); got.Do != Nudge || got.Instead != (Alternative{Advice: "A."}) {
			t.Errorf("card, %s %q at %q: got %+v", c.more, c.account, c.tenant, got)
		}
	}
}

func TestTheAnswerDecides(t *testing.T) {
	p := mustParse(t, tenants(""))
	contacts := found(detect.ClassContacts, detect.EmailBulk, detect.High, 14)
	asked := p.WithAccount(chatgpt, "unclear", "")
	if d := p.Decide(contacts, p.WithAnswer(asked, "work")); d.Do != Nothing || d.Standing != Approved {
		t.Errorf("work: got %+v", d)
	}
	if d := p.Decide(contacts, p.WithAnswer(asked, "personal")); d.Do != Nudge || d.AskAccount {
		t.Errorf("personal: got %+v", d)
	}
	if d := p.WithAnswer(asked, "yes"); d != asked {
		t.Errorf("no answer: got %+v", d)
	}
}

// With a rule that only counts nobody is asked anything.
func TestObservingAsksNothing(t *testing.T) {
	p := mustParse(t, strings.Replace(tenants(""), "do: nudge", "do: observe", 1))
	if d := p.Decide(found(detect.ClassCard, detect.PaymentCard, detect.High, 1), chatgpt); d.Do != Observe || d.AskAccount {
		t.Errorf("got %+v", d)
	}
}

// An unclear account may be allowed, and the page must be watched all the same:
// the next person's account may be a personal one.
func TestAccountsTellWhatToWatch(t *testing.T) {
	p := mustParse(t, tenants(", unclear: allow")+"own: []\n")
	q := mustParse(t, head+"tools: [{id: chatgpt, standing: approved, tenants: [k], unclear: allow}]\nrules: [{id: a, do: nudge}]\n")
	if q.MustRead(chatgpt) {
		t.Error("what is allowed needs no reading")
	}
	if !slices.ContainsFunc(q.Accounts(chatgpt), q.MustRead) {
		t.Error("a personal account is not watched")
	}
	if got := p.Accounts(claude); !slices.Equal(got, []catalog.Destination{claude}) {
		t.Errorf("a tool without tenants: got %+v", got)
	}
}

// Whatever a page shows, no more of it is kept than the policy itself says.
func TestNothingPersonalIsKept(t *testing.T) {
	p := mustParse(t, tenants("")+"")
	rapid.Check(t, func(t *rapid.T) {
		account := rapid.OneOf(rapid.SampledFrom([]string{"work", "personal", "none", "unclear"}), rapid.String()).Draw(t, "account")
		tenant := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"jo@kestrel.example", "Jo Doe's workspace", "kestrel.example"})).Draw(t, "tenant")
		for _, to := range []catalog.Destination{chatgpt, claude, unnamed} {
			d := p.WithAccount(to, account, tenant)
			if !slices.Contains([]string{"", "kestrel.example", "Kestrel Freight", catalog.TenantOther}, d.Tenant) {
				t.Fatalf("kept %q", d.Tenant)
			}
			if d.Account != catalog.AccountWork && d.Tenant != "" || to != chatgpt && d != to {
				t.Fatalf("%s: got %+v", to.Tool, d)
			}
			if !slices.ContainsFunc(p.Accounts(to), func(a catalog.Destination) bool { return p.Standing(a) == p.Standing(d) }) {
				t.Fatalf("Accounts leaves out %+v", d)
			}
		}
	})
}

func TestWordsForAccounts(t *testing.T) {
	for _, a := range []catalog.Account{catalog.AccountUnclear, catalog.AccountNone, catalog.AccountPersonal, catalog.AccountWork, catalog.AccountConfirmed} {
		b, err := json.Marshal(a)
		var again catalog.Account
		if err != nil || json.Unmarshal(b, &again) != nil || again != a {
			t.Errorf("%s reads as %s: %v", b, again, err)
		}
	}
	if json.Unmarshal([]byte(`"mine"`), new(catalog.Account)) == nil {
		t.Error("an unknown account is taken")
	}
}
