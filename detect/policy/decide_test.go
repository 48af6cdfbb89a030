package policy

import (
	"testing"

	"pgregory.net/rapid"

	"handrail/detect"
	"handrail/detect/catalog"
)

var (
	chatgpt     = at("chatgpt", catalog.SurfaceBrowser)
	copilot     = at("m365-copilot", catalog.SurfaceBrowser)
	kestrelChat = at("kestrel-chat", catalog.SurfaceBrowser)
	claude      = at("claude", catalog.SurfaceBrowser)
	claudeCode  = at("claude", catalog.SurfaceTerminal)
	unnamed     = at(catalog.Other, catalog.SurfaceApp)
)

func at(id catalog.ToolID, s catalog.Surface) catalog.Destination {
	return catalog.Destination{Tool: id, Name: string(id), Surface: s, Role: catalog.RoleChat}
}

func found(c detect.Class, d detect.DetectorID, conf detect.Confidence, count int) detect.Result {
	return detect.Result{Findings: []detect.Finding{{Detector: d, Class: c, Confidence: conf, Count: count, End: 9}}}
}

func both(rs ...detect.Result) detect.Result {
	var all detect.Result
	for _, r := range rs {
		all.Findings = append(all.Findings, r.Findings...)
	}
	return all
}

func TestDecide(t *testing.T) {
	p := kestrel(t)
	key := found(detect.ClassSecret, detect.PrivateKey, detect.High, 1)
	list := found(detect.ClassContacts, detect.EmailBulk, detect.High, 14)
	short := found(detect.ClassContacts, detect.EmailBulk, detect.High, 9)
	card := found(detect.ClassCard, detect.PaymentCard, detect.High, 1)
	maybeCard := found(detect.ClassCard, detect.PaymentCard, detect.Medium, 1)
	iban := found(detect.ClassBank, "iban", detect.High, 1)
	marking := found(detect.ClassMarking, "marking", detect.High, 1)

	const anywhere = "Replace the key with a placeholder first."
	copilotOffer := Alternative{Tool: "m365-copilot", Name: "Microsoft 365 Copilot", Open: "https://m365.cloud.microsoft/chat"}
	chatOffer := Alternative{Tool: "kestrel-chat", Name: "Kestrel Chat", Open: "https://chat.kestrel.example"}
	for _, c := range []struct {
		name    string
		res     detect.Result
		to      catalog.Destination
		do      Do
		rule    RuleID
		count   int
		instead Alternative
	}{
		{"clean", detect.Result{}, chatgpt, Nothing, "", 0, Alternative{}},
		{"key, unapproved", key, chatgpt, Block, "keys", 1, Alternative{Advice: anywhere}},
		{"key, unknown", key, unnamed, Block, "keys", 1, Alternative{Advice: anywhere}},
		{"key, approved for contacts only", key, copilot, Block, "keys", 1, Alternative{Advice: anywhere}},
		{"key, approved for all", key, kestrelChat, Nothing, "", 0, Alternative{}},
		{"list, unapproved", list, chatgpt, Nudge, "customers", 14, copilotOffer},
		{"list, approved for it", list, copilot, Nothing, "", 0, Alternative{}},
		{"list, too short", short, chatgpt, Nothing, "", 0, Alternative{}},
		{"two short lists", both(short, short), chatgpt, Nudge, "customers", 18, copilotOffer},
		{"list and key: the stronger rule", both(list, key), chatgpt, Block, "keys", 1, Alternative{Advice: anywhere}},
		{"list and IBAN: copilot may not have it all", both(list, iban), chatgpt, Nudge, "customers", 14, Alternative{Advice: "Remove the names first."}},
		{"list and card: the first of equals", both(card, list), chatgpt, Nudge, "customers", 14, Alternative{Advice: "Remove the names first."}},
		{"card: copilot may not have it", card, chatgpt, Nudge, "cards", 1, Alternative{Advice: english.AskIT}},
		{"card: already there", card, copilot, Nudge, "cards", 1, Alternative{Advice: english.AskIT}},
		{"card, not sure", maybeCard, chatgpt, Nothing, "", 0, Alternative{}},
		{"trial: what it may receive", marking, claude, Observe, "trial", 1, Alternative{Advice: "Go on."}},
		{"trial: what it may not", key, claude, Block, "keys", 1, Alternative{Advice: anywhere}},
		{"terminal", iban, claudeCode, Warn, "terminals", 1, chatOffer},
		{"same tool, another surface", iban, claude, Nothing, "", 0, Alternative{}},
	} {
		got := p.Decide(c.res, c.to)
		if got.Do != c.do || got.Rule != c.rule || got.Count != c.count || got.Instead != c.instead {
			t.Errorf("%s: got %+v", c.name, got)
		}
		if got.Standing != p.Standing(c.to) {
			t.Errorf("%s: got standing %s", c.name, got.Standing)
		}
		if got.Do != Nothing && !p.MustRead(c.to) {
			t.Errorf("%s: MustRead says that nothing can matter", c.name)
		}
	}
}

func TestTheStrongestFindingIsTold(t *testing.T) {
	p := mustParse(t, rule("    because: b\n    instead: {advice: c}\n"))
	res := both(found(detect.ClassContacts, detect.EmailBulk, detect.Medium, 40), found(detect.ClassCard, detect.PaymentCard, detect.High, 1),
		found(detect.ClassCard, detect.PaymentCard, detect.Medium, 1), found(detect.ClassCard, detect.PaymentCard, detect.Low, 1))
	if d := p.Decide(res, chatgpt); d.Class != detect.ClassCard || d.Count != 2 {
		t.Errorf("got %d of %s, want the 2 cards that are at least medium", d.Count, d.Class)
	}
}

func TestAToolWithoutAnAddressIsOfferedInWords(t *testing.T) {
	text := rule("    instead: {tool: desk}\n") + "tools: [{id: desk, standing: approved, name: The AI desk}]\n"
	want := Alternative{Tool: "desk", Name: "The AI desk", Advice: "Use The AI desk instead."}
	if d := mustParse(t, text).Decide(found(detect.ClassCard, detect.PaymentCard, detect.High, 1), chatgpt); d.Instead != want {
		t.Errorf("got %+v, want %+v", d.Instead, want)
	}
}

// A tool that may not receive the text is offered only where the redacted text
// goes there, and only for what redaction takes out.
func TestTheRedactedTextMayGoToTheApprovedTool(t *testing.T) {
	p := mustParse(t, rule("    instead: {tool: m365-copilot, advice: a}\n")+"tools: [{id: m365-copilot, standing: approved, receives: [contacts]}, {id: gemini, standing: trial}]\n")
	offer := Alternative{Tool: "m365-copilot", Name: "Microsoft 365 Copilot", Open: "https://copilot.cloud.microsoft"}
	redacted := offer
	redacted.Redacted = true
	advice := Alternative{Advice: "a"}
	list := found(detect.ClassContacts, detect.EmailBulk, detect.High, 14)
	card := found(detect.ClassCard, detect.PaymentCard, detect.High, 1)
	for _, c := range []struct {
		name           string
		res            detect.Result
		to             catalog.Destination
		asItIs, redact Alternative
	}{
		{"it may have it all", list, chatgpt, offer, offer},
		{"it may have it without the card", both(list, card), chatgpt, advice, redacted},
		{"a marked text is marked without the card too", both(card, found(detect.ClassMarking, detect.ClassificationMarking, detect.High, 1)), chatgpt, advice, advice},
		{"code stays code", both(card, found(detect.ClassCode, detect.SourceCode, detect.Medium, 1)), chatgpt, advice, advice},
		{"there already", card, copilot, advice, advice},
	} {
		d := p.Decide(c.res, c.to)
		if d.Do < Nudge || d.Way(false) != c.asItIs || d.Way(true) != c.redact {
			t.Errorf("%s: do %s, as it is %+v, redacted %+v", c.name, d.Do, d.Way(false), d.Way(true))
		}
	}
	q := mustParse(t, rule("    instead: {tool: m365-copilot, advice: a}\n")+"tools: [{id: m365-copilot, standing: trial, receives: [contacts]}]\n")
	if d := q.Decide(card, chatgpt); d.Way(true) != advice {
		t.Errorf("a tool on trial is offered: %+v", d.Way(true))
	}
}

func TestMustReadIsFalseWhereNothingCanMatter(t *testing.T) {
	p := kestrel(t)
	docs := chatgpt
	docs.Role = catalog.RoleDocs
	azure := at("azure-openai", catalog.SurfaceBrowser)
	azure.AskOrganisation = true
	for name, c := range map[string]struct {
		to   catalog.Destination
		want bool
	}{
		"unapproved":            {chatgpt, true},
		"unknown":               {unnamed, true},
		"trial":                 {claude, true},
		"approved for some":     {copilot, true},
		"approved for all":      {kestrelChat, false},
		"documentation":         {docs, false},
		"usually the approved":  {azure, false},
		"the policy has a word": {at("azure-openai", catalog.SurfaceBrowser), true},
	} {
		if got := p.MustRead(c.to); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	everything := "[card, bank, gov_id, secret, contacts, marking, hr, health, contract, finance, code, own]"
	q := mustParse(t, rule("")+"tools: [{id: chatgpt, standing: approved, receives: "+everything+"}]\n")
	if q.MustRead(chatgpt) {
		t.Error("a tool that may receive every class needs no reading")
	}
	if q := mustParse(t, rule("    when: {surfaces: [terminal]}\n")); q.MustRead(chatgpt) || !q.MustRead(claudeCode) {
		t.Error("a rule about terminals is about terminals only")
	}
	if q := mustParse(t, rule("    when: {classes: [card], detectors: [iban]}\n")); q.MustRead(chatgpt) {
		t.Error("no finding is a card found by the IBAN detector")
	}
	if q := mustParse(t, head); q.MustRead(chatgpt) {
		t.Error("a policy without rules needs no reading")
	}
}

// Whatever the policy, MustRead answers exactly whether some finding could
// make Decide act: it never reads for nothing, and never misses.
func TestMustReadAgreesWithDecide(t *testing.T) {
	some := func(vs ...string) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			picked := rapid.SliceOfNDistinct(rapid.SampledFrom(vs), 1, 2, rapid.ID[string]).Draw(t, "some")
			s := picked[0]
			if len(picked) == 2 {
				s += ", " + picked[1]
			}
			return "[" + s + "]"
		})
	}
	maybe := func(t *rapid.T, key string, g *rapid.Generator[string]) string {
		if !rapid.Bool().Draw(t, key) {
			return ""
		}
		return key + ": " + g.Draw(t, key+" value") + ", "
	}
	classes := some("card", "bank", "secret", "contacts", "marking", "code", "own")
	rapid.Check(t, func(t *rapid.T) {
		text := head + "tools:\n  - {id: chatgpt, standing: " + rapid.SampledFrom([]string{"approved", "trial"}).Draw(t, "standing") + ", " + maybe(t, "receives", classes)
		if rapid.Bool().Draw(t, "tenants") {
			text += "tenants: [k], " + maybe(t, "else_standing", rapid.SampledFrom([]string{"trial", "unapproved"})) +
				maybe(t, "unclear", rapid.SampledFrom([]string{"ask", "nudge", "allow"}))
		}
		text += "}\nrules:\n"
		for i := range rapid.IntRange(1, 3).Draw(t, "rules") {
			text += "  - {id: r" + string(rune('0'+i)) + ", do: warn, when: {" +
				maybe(t, "classes", classes) + maybe(t, "detectors", some("payment_card", "iban", "email_bulk", "private_key", "source_code", "own_term", "own_label")) +
				maybe(t, "standing", some("trial", "unapproved", "unknown")) + maybe(t, "surfaces", some("browser", "app")) +
				maybe(t, "confidence", rapid.SampledFrom([]string{"low", "high"})) + "}}\n"
		}
		p, err := Parse([]byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		local, ok := catalog.Default().Local("ollama")
		if !ok {
			t.Fatal("the catalogue has no ollama")
		}
		for _, d := range append(p.Accounts(chatgpt), p.WithAccount(chatgpt, "work", "k"), p.WithAccount(chatgpt, "work", "x"), p.WithAccount(chatgpt, "none", ""), unnamed, claudeCode, local) {
			acts := false
			for _, det := range detectors() {
				acts = acts || p.Decide(found(det.Class, det.ID, det.Confidence, 1), d).Do != Nothing
			}
			if got := p.MustRead(d); got != acts {
				t.Fatalf("%+v: MustRead says %v, Decide acts: %v\n%s", d, got, acts, text)
			}
		}
	})
}
