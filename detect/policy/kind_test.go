package policy

import (
	"testing"

	"handrail/detect"
	"handrail/detect/catalog"
)

// What the policy says of a kind of data is what it says of much of it,
// whatever a rule asks for.
func TestDecideKind(t *testing.T) {
	p, err := Parse([]byte(`
version: 1
serial: 1
tools:
  - {id: larch-desk, standing: approved, receives: [contacts], name: Larch Desk, open: "https://desk.larch.example/"}
rules:
  - {id: many, when: {classes: [contacts], min_findings: 500, confidence: high}, do: warn, because: They trust us., instead: {tool: larch-desk}}
  - {id: mail, when: {detectors: [email_list]}, do: nudge, because: They trust us., instead: {advice: Ask.}}
`))
	if err != nil {
		t.Fatal(err)
	}
	chat := func(id catalog.ToolID) catalog.Destination {
		return catalog.Destination{Tool: id, Surface: catalog.SurfaceBrowser, Role: catalog.RoleChat}
	}
	for _, c := range []struct {
		class    detect.Class
		tool     catalog.ToolID
		do       Do
		standing Standing
	}{
		{detect.ClassContacts, "chatgpt", Warn, Unknown},
		{detect.ClassContacts, "larch-desk", Nothing, Approved},
		{detect.ClassCard, "chatgpt", Nothing, Unknown},
		{detect.ClassCard, "larch-desk", Nothing, Unapproved},
	} {
		d := p.DecideKind(c.class, chat(c.tool))
		if s := p.StandingFor(c.class, chat(c.tool)); d.Do != c.do || s != c.standing {
			t.Errorf("%v to %s: %v and %v, want %v and %v", c.class, c.tool, d.Do, s, c.do, c.standing)
		}
	}
	if r := p.Receivers(detect.ClassContacts); len(r) != 1 || r[0].Name != "Larch Desk" || r[0].Open == "" {
		t.Errorf("who may receive contacts: %+v", r)
	}
	if r := p.Receivers(detect.ClassCard); len(r) != 0 {
		t.Errorf("who may receive cards: %+v", r)
	}
}
