package panel

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"handrail/agent/asked"
	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/ask"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/ui/popup"
	"handrail/ui/text"
	"handrail/ui/view"
)

// drafted is a form in which all is chosen, with bytes as they are sent.
func drafted(t *testing.T) *card.Draft {
	t.Helper()
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	x, err := asked.Draft("claude", "", report.Translating, detect.ClassContacts, []report.Lack{report.Language}, day)
	if err != nil {
		t.Fatal(err)
	}
	x.Claim = report.Claim{1, 2, 3}
	b, err := x.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return &card.Draft{Tool: "Claude", Task: uint32(report.Translating), Data: card.DataItem(detect.ClassContacts),
		Lacked: []uint32{uint32(report.Language)}, Bytes: string(b), Due: day.AddDate(0, 0, 7)}
}

func TestPicturesOfAskingAndOfKeys(t *testing.T) {
	p, err := policy.Parse(policy.Example())
	if err != nil {
		t.Fatal(err)
	}
	asker := ask.New(p, catalog.Default(), func(string) (string, bool) { return "", false })
	answered, draft, sent, keys := usual(), usual(), usual(), usual()
	answered.Answers = append(asker.Ask("customer list in chatgpt"), asker.Ask("contacts in m365 copilot")...)
	draft.Draft = drafted(t)
	sent.Draft = &card.Draft{Tool: "Claude", Sent: true}
	day := draft.Draft.Due
	sent.Asked = []card.Asked{
		{Tool: "Claude", Task: "translating", On: day.AddDate(0, 0, -7), Due: day},
		{Tool: "DeepL", Task: "translating", On: day.AddDate(0, 0, -20), Due: day.AddDate(0, 0, -13), Decided: day.AddDate(0, 0, -15), Outcome: card.AskedDeclined, Reason: "It keeps what it gets."},
	}
	github, _ := detect.IssuerOf("github_token")
	aws, _ := detect.IssuerOf("aws_access_key")
	keys.Keys, keys.Contact = &card.Keys{Tool: "ChatGPT", Issuers: []detect.Issuer{github, aws}}, p.Contact.Text
	for page, c := range map[string]struct {
		panel card.Panel
		tab   card.Tab
	}{"allowed": {answered, card.TabAllowed}, "draft": {draft, card.TabAllowed}, "sent": {sent, card.TabAllowed}, "keys": {keys, card.TabKeys}} {
		for name, s := range map[string]struct {
			words text.Printer
			look  *popup.Look
			width float32
		}{
			"light":              {text.Printer{}, popup.Light, Width},
			"dark de":            {text.For("de"), popup.Dark, Width},
			"strong light en-XA": {text.For(text.PseudoLocale), popup.StrongLight, minWidth},
		} {
			t.Run(page+" "+name, func(t *testing.T) {
				p, w, _ := stageView(t, view.PanelIn(c.panel, s.words, time.UTC), s.look, fyne.NewSize(s.width, Height))
				p.Open(c.tab)
				w.Resize(fyne.NewSize(s.width, Height+p.page.MinSize().Height-p.scroll.Size().Height))
				whole(t, p)
				test.AssertImageMatches(t, page+"-"+strings.ReplaceAll(name, " ", "-")+".png", few(sheetOf(w.Canvas().Capture())))
			})
		}
	}
}

// What is typed goes out letter by letter, the field keeps its text and the
// keyboard while the answers change, and the keyboard leads on to them.
func TestTypingAQuestion(t *testing.T) {
	v := usual()
	p, w, _ := stage(t, v, popup.Light, fyne.NewSize(Width, Height))
	if p.Field() != nil {
		t.Error("the first page has a field")
	}
	p.Open(card.TabAllowed)
	for range len(p.tabs) + 1 {
		w.Canvas().FocusNext()
	}
	f, ok := w.Canvas().Focused().(*field)
	if !ok || p.Field() != fyne.Focusable(f) {
		t.Fatalf("the keyboard is at %T", w.Canvas().Focused())
	}
	test.Type(f, "chat")
	if len(acts) != 4 || acts[3].Action != card.AskAllowed || acts[3].Text != "chat" {
		t.Fatalf("told %+v", acts)
	}
	v.Answers = []ask.Answer{{Verdict: ask.No, Why: ask.ToolUnapproved, Tool: "chatgpt", Name: "ChatGPT", Instead: []ask.Way{{Tool: "m365-copilot", Name: "Copilot", Open: "https://copilot.example"}}}}
	p.Set(words(v), popup.Light)
	if w.Canvas().Focused() != fyne.Focusable(f) || f.Text != "chat" {
		t.Errorf("after the answer the field has %q, and the keyboard is at %T", f.Text, w.Canvas().Focused())
	}
	for _, want := range []card.Action{card.OpenWay, card.WantTool} {
		w.Canvas().FocusNext()
		key(w, fyne.KeyReturn)
		if last := acts[len(acts)-1]; last.Action != want || last.Item != 1 {
			t.Errorf("pressed %+v, want %v", last, want)
		}
	}
}
