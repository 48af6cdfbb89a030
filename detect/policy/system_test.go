package policy

import (
	"strings"
	"testing"

	"handrail/detect/catalog"
)

func TestSystems(t *testing.T) {
	const head = "version: 1\nserial: 1\n"
	p, err := Parse([]byte(head + `systems:
  - {name: Applicants, title: Kestrel Recruiting, stake: hiring}
  - {name: Price list, app: pricer, stake: pricing}
  - {name: Desk, app: thunderbird, title: "To customer", stake: customer_mail}
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		t    catalog.Target
		want string
	}{
		{catalog.Target{Process: "firefox", Title: "Ms Doe - KESTREL Recruiting - Mozilla Firefox"}, "Applicants"},
		{catalog.Target{Process: "gedit", Title: "Kestrel Recruiting.txt"}, ""},
		{catalog.Target{Process: "firefox", Title: "Kestrel"}, ""},
		{catalog.Target{Class: "Pricer", Title: "anything"}, "Price list"},
		{catalog.Target{Process: "thunderbird", Title: "Write: to customer"}, "Desk"},
		{catalog.Target{Process: "thunderbird", Title: "Inbox"}, ""},
		{catalog.Target{}, ""},
	} {
		got, ok := p.System(c.t)
		if got.Name != c.want || ok != (c.want != "") {
			t.Errorf("%+v is %q, want %q", c.t, got.Name, c.want)
		}
	}
	off, err := Parse(append([]byte("enabled: false\n"), p.Source()...))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := off.System(catalog.Target{Class: "Pricer"}); ok {
		t.Error("it asks though everything is switched off")
	}
	s := compiled(t)
	for in, want := range map[string]string{
		"{name: A, title: Some page}":                            "line 4: an entry of systems needs a name and a stake",
		"{title: Some page, stake: hiring}":                      "line 4: an entry of systems needs a name and a stake",
		"{name: A, stake: hiring}":                               `line 4: the system "A" needs app, title or both`,
		"{name: A, title: abc, stake: hiring}":                   `line 4: the title "abc" is in too many titles`,
		"{name: A, title: Some page, stake: love}":               "stake can't be \"love\"",
		"{name: A, host: x.example, title: Page, stake: hiring}": `unknown key "host" in an entry of systems`,
	} {
		text := []byte(head + "systems:\n  - " + in + "\n")
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", in, err, want)
		}
		if refused, _ := refuses(s, text); !refused {
			t.Errorf("the schema takes %s", in)
		}
	}
	if refused, readable := refuses(s, p.Source()); refused || !readable {
		t.Error("the schema refuses good systems")
	}
	p, err = Parse([]byte(head + "systems:\n  - {name: A, app: firefox, stake: hiring}\n  - {name: B, title: \"https://b.example\", stake: lending}\n"))
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, x := range Lint(p, catalog.Default()) {
		told = append(told, x.Message)
	}
	for _, want := range []string{`"firefox" is a browser`, "looks like an address"} {
		if !strings.Contains(strings.Join(told, "\n"), want) {
			t.Errorf("nobody says %q: %q", want, told)
		}
	}
}
