package view

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/ask"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/ui/text"
)

// asker answers as the policy of the invented company does.
func asker(t *testing.T) *ask.Asker {
	t.Helper()
	p, err := policy.Parse(policy.Example())
	if err != nil {
		t.Fatal(err)
	}
	return ask.New(p, catalog.Default(), func(host string) (string, bool) { return host, strings.HasSuffix(host, ".ai") })
}

// page is one page of a panel's view.
func (v PanelView) page(t card.Tab) PanelView {
	v.Pages = slices.DeleteFunc(slices.Clone(v.Pages), func(p PanelPage) bool { return p.Tab != t })
	return v
}

// The pages that answer "am I allowed?", ask for a tool, and say what to do about
// a key, in each language.
func TestPagesOfAskingAndOfKeys(t *testing.T) {
	a := asker(t)
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	var out strings.Builder
	for _, lang := range []string{"en", "de", "en-XA"} {
		say := func(tab card.Tab, name string, edit func(*card.Panel)) {
			p := usual()
			edit(&p)
			fmt.Fprintf(&out, "# %s: %s\n%s\n", lang, name, PanelIn(p, text.For(lang), time.UTC).page(tab).golden())
		}
		say(card.TabAllowed, "nothing is asked", func(*card.Panel) {})
		for _, q := range []string{"customer list in chatgpt", "contacts in m365 copilot", "newtool.ai", "what may marketing use"} {
			say(card.TabAllowed, q, func(p *card.Panel) { p.Answers = a.Ask(q) })
		}
		draft := card.Draft{Tool: "Claude", Data: card.DataItem(detect.ClassContacts)}
		say(card.TabAllowed, "a request from a nudge", func(p *card.Panel) { p.Draft = &draft })
		say(card.TabAllowed, "a request that nobody would get", func(p *card.Panel) { p.Draft, p.Server = &draft, false })
		draft.Task, draft.Lacked = uint32(report.Translating), []uint32{uint32(report.Language), uint32(report.FileTypes)}
		draft.Bytes, draft.Due = `{"v":1,"tool":"claude"}`, day.AddDate(0, 0, 7)
		say(card.TabAllowed, "all is chosen", func(p *card.Panel) { p.Draft = &draft })
		say(card.TabAllowed, "it could not be written", func(p *card.Panel) { d := draft; d.Failed = true; p.Draft = &d })
		say(card.TabAllowed, "it was sent", func(p *card.Panel) {
			p.Draft = &card.Draft{Tool: "Claude", Sent: true}
			p.Asked, p.AnswersOld = []card.Asked{{Tool: "Claude", Task: "translating", On: day, Due: day.AddDate(0, 0, 7)}}, true
		})
		say(card.TabKeys, "no key was pasted", func(*card.Panel) {})
		say(card.TabKeys, "keys of two vendors", func(p *card.Panel) {
			github, _ := detect.IssuerOf("github_token")
			aws, _ := detect.IssuerOf("aws_access_key")
			p.Keys, p.Contact = &card.Keys{Tool: "ChatGPT", Issuers: []detect.Issuer{github, aws}}, "Call extension 200."
		})
		say(card.TabKeys, "a key of nobody known", func(p *card.Panel) { p.Keys = &card.Keys{Tool: "ChatGPT"} })
	}
	path := filepath.Join("testdata", "allowed.txt")
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != string(want) {
		t.Errorf("the words have changed; look at the difference and run with -update.\ngot:\n%s", got)
	}
}

// Everything that can be chosen has a name, and the numbers are those that the
// session takes.
func TestTheFormOffersTheWholeLists(t *testing.T) {
	p := usual()
	p.Draft = &card.Draft{Tool: "Claude"}
	offered := map[card.Action]int{}
	for _, b := range PanelIn(p, text.Printer{}, time.UTC).page(card.TabAllowed).Pages[0].Blocks {
		for _, c := range b.Controls {
			offered[c.Action]++
			if c.Label == "" {
				t.Errorf("%v %d has no name", c.Action, c.Item)
			}
		}
	}
	if offered[card.WantTask] != len(report.Tasks()) || offered[card.WantData] != len(detect.Classes())+1 || offered[card.WantLack] != len(report.Lacks()) {
		t.Errorf("offered %v", offered)
	}
	if offered[card.SendRequest] != 0 {
		t.Error("it can be sent before anybody has seen the bytes")
	}
}
