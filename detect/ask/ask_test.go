package ask

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// public stands for agent/hostname's, which detect can't reach.
func public(host string) (string, bool) {
	host, _, _ = strings.Cut(strings.TrimPrefix(host, "https://"), "/")
	return host, strings.HasSuffix(host, ".ai") || strings.HasSuffix(host, ".example.org")
}

func asker(t testing.TB, source string) *Asker {
	t.Helper()
	p, err := policy.Parse([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return New(p, catalog.Default(), public)
}

func kestrel(t testing.TB) *Asker { return asker(t, string(policy.Example())) }

// brief is an answer on one line.
func brief(x Answer) string {
	var parts []string
	add := func(format string, v any) { parts = append(parts, fmt.Sprintf(format, v)) }
	add("%v", x.Verdict)
	add("%v", x.Why)
	if x.Name != "" {
		add("%s", strings.ReplaceAll(x.Name, " ", "_"))
	}
	if x.Kind != 0 {
		add("%v", x.Kind)
	}
	if x.Term != "" {
		add("term=%s", x.Term)
	}
	if x.Role != 0 {
		add("role=%v", x.Role)
	}
	if len(x.Receives) > 0 {
		add("receives=%v", x.Receives)
	}
	if len(x.Accounts) > 0 {
		add("accounts=%v", x.Accounts)
	}
	for _, w := range x.Instead {
		add("use=%v", w.Tool)
	}
	if x.Logged != "" {
		add("logged=%s", strings.Fields(x.Logged)[0])
	}
	if x.Until != "" {
		add("until=%s", x.Until)
	}
	if x.Because != "" {
		add("because=%s", strings.Fields(x.Because)[0])
	}
	if x.Advice != "" {
		add("advice=%s", strings.Fields(x.Advice)[0])
	}
	if len(x.Unknown) > 0 {
		add("unknown=%v", x.Unknown)
	}
	return strings.Join(parts, " ")
}

func TestAsk(t *testing.T) {
	a := kestrel(t)
	for _, c := range []struct{ question, want string }{
		// A tool and a kind of data.
		{"customer list in chatgpt", "no tool_unapproved ChatGPT contacts use=m365-copilot use=gemini because=Our"},
		{"May I paste our customer list into ChatGPT?", "no tool_unapproved ChatGPT contacts use=m365-copilot use=gemini because=Our"},
		{"Darf ich die Kundenliste in ChatGPT einfügen?", "no tool_unapproved ChatGPT contacts use=m365-copilot use=gemini because=Our"},
		{"custmer lists in chatgtp", "no tool_unapproved ChatGPT contacts use=m365-copilot use=gemini because=Our"},
		{"phone numbers https://chatgpt.com/c/123", "no tool_unapproved ChatGPT contacts use=m365-copilot use=gemini because=Our"},
		{"contacts in microsoft 365 copilot", "yes tool_approved Microsoft_365_Copilot contacts logged=Microsoft until=2027-03-31"},
		{"passwords in m365 copilot", "no kind_not_for_tool Microsoft_365_Copilot secret because=Keys advice=Replace"},
		{"contracts in m365 copilot", "undecided kind_not_for_tool Microsoft_365_Copilot contract"},
		{"contacts in gemini", "limited tool_approved Google_Gemini contacts accounts=[kestrel.example]"},
		{"contacts in github copilot", "no kind_not_for_tool GitHub_Copilot contacts use=m365-copilot use=gemini because=Our"},
		{"iban mistral le chat", "no nobody_decided Mistral_Le_Chat bank because=Card advice=Use"},
		{"source code in mistral le chat", "undecided nobody_decided Mistral_Le_Chat code"},
		{"customer list in bedrock", "undecided own_cloud Amazon_Bedrock contacts use=m365-copilot use=gemini"},
		// A tool.
		{"chatgpt", "no tool_unapproved ChatGPT use=m365-copilot use=gemini"},
		{"Microsoft 365 Copilot", "limited tool_approved Microsoft_365_Copilot receives=[contacts] logged=Microsoft until=2027-03-31"},
		{"github copilot?", "limited tool_on_trial GitHub_Copilot"},
		{"claude", "undecided nobody_decided Claude use=m365-copilot use=gemini"},
		{"Azure OpenAI", "undecided own_cloud Azure_OpenAI use=m365-copilot use=gemini"},
		{"newtool.ai", "undecided nobody_decided newtool.ai use=m365-copilot use=gemini"},
		{"jasper", "undecided nobody_decided Jasper use=m365-copilot use=gemini"},
		// A kind of data, or a role.
		{"credit card numbers", "no kind_has_none card because=Card advice=Use"},
		{"Kundendaten", "limited kind_has_tools contacts use=m365-copilot use=gemini because=Our"},
		{"source code", "undecided kind_has_none code"},
		// What is not clear is never a yes.
		{"customer list and merger gossip in microsoft 365 copilot", "undecided some_words_unknown Microsoft_365_Copilot contacts unknown=[merger gossip]"},
		{"a document in Microsoft 365 Copilot", "undecided some_words_unknown Microsoft_365_Copilot receives=[contacts] unknown=[document]"},
		{"contacts not in Microsoft 365 Copilot", "undecided some_words_unknown Microsoft_365_Copilot contacts unknown=[not]"},
		{"wiki.corp", "undecided nothing_understood use=m365-copilot use=gemini unknown=[wiki.corp]"},
		{"", "undecided nothing_understood use=m365-copilot use=gemini"},
		{"may I use it?", "undecided nothing_understood use=m365-copilot use=gemini"},
	} {
		got := a.Ask(c.question)
		if b := brief(got[0]); b != c.want || len(got) != 1 {
			t.Errorf("%q:\ngot  %s (%d answers)\nwant %s", c.question, b, len(got), c.want)
		}
	}
}

// Every approved tool that is named can be opened, also where the address is the
// catalogue's.
func TestEveryWayOpens(t *testing.T) {
	a := kestrel(t)
	for _, q := range []string{"claude", "newtool.ai", "customer list in chatgpt", "contacts", ""} {
		for _, x := range a.Ask(q) {
			for _, w := range x.Instead {
				if !strings.HasPrefix(w.Open, "https://") {
					t.Errorf("%q: %s opens %q", q, w.Name, w.Open)
				}
			}
		}
	}
}

// Where a word may mean several tools, or a role several kinds, there is an
// answer for each, and what the organisation has decided on comes first.
func TestAskMeansSeveral(t *testing.T) {
	a := kestrel(t)
	for question, want := range map[string][]string{
		"copilot": {
			"limited tool_on_trial GitHub_Copilot",
			"limited tool_approved Microsoft_365_Copilot receives=[contacts] logged=Microsoft until=2027-03-31",
			"undecided nobody_decided Microsoft_Copilot use=m365-copilot use=gemini",
		},
		"what may marketing use": {
			"limited kind_has_tools contacts role=marketing use=m365-copilot use=gemini because=Our",
			"undecided kind_has_none finance role=marketing",
		},
		"customer data and passwords in deepseek": {
			"no tool_unapproved DeepSeek contacts use=m365-copilot use=gemini because=Our",
			"no tool_unapproved DeepSeek secret because=Keys advice=Replace",
		},
	} {
		var got []string
		for _, x := range a.Ask(question) {
			got = append(got, brief(x))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q:\ngot  %s\nwant %s", question, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
}

func TestThePolicysOwnWords(t *testing.T) {
	a := asker(t, `
version: 1
serial: 3
tools:
  - {id: house-ai, standing: approved, name: Larch Desk, open: "https://ai.larch.example.org/"}
  - {id: claude, standing: trial, receives: [own]}
own:
  - {name: Project Larch, words: [larch]}
  - {name: Board Only, words: [board only], label: true}
rules:
  - {id: own, when: {classes: [own]}, do: block, because: It is ours., instead: {tool: house-ai}}
`)
	for question, want := range map[string]string{
		"project larch in chatgpt":       "no nobody_decided ChatGPT own term=Project Larch use=house-ai because=It",
		"project larch in claude":        "limited tool_on_trial Claude own term=Project Larch",
		"board only":                     "limited kind_has_tools marking term=Board Only use=house-ai",
		"larch desk":                     "yes tool_approved Larch_Desk",
		"https://ai.larch.example.org/x": "yes tool_approved Larch_Desk",
	} {
		if got := brief(a.Ask(question)[0]); got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", question, got, want)
		}
	}
	off := asker(t, "version: 1\nserial: 3\nenabled: false\ntools: [{id: claude, standing: approved}]\n")
	if got := brief(off.Ask("claude")[0]); got != "undecided switched_off Claude" {
		t.Errorf("a policy that is off: %s", got)
	}
}

// The built-in policy knows no organisation, so nothing is ever allowed by it.
func TestWithoutAnOrganisationNothingIsDecided(t *testing.T) {
	a := New(policy.Default(), catalog.Default(), public)
	for _, tool := range catalog.Default().Tools() {
		for _, question := range []string{tool.Name, "customer list in " + tool.Name, "code in " + string(tool.ID)} {
			for _, x := range a.Ask(question) {
				if x.Verdict == Yes || x.Verdict == Limited {
					t.Errorf("%q: %s", question, brief(x))
				}
			}
		}
	}
}

// Whatever is typed, a yes is about a tool that the policy approves, for data
// that it may receive, and nothing of the question was left over.
func TestYesIsNeverAGuess(t *testing.T) {
	a := kestrel(t)
	words := slices.Concat(a.words.sorted, []string{"merger", "plans", "not", "jane", "wiki.corp", "newtool.ai", "chatgpt.com", "co-pilot", "…", "ß"})
	rapid.Check(t, func(t *rapid.T) {
		q := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 6).Draw(t, "words"), " ")
		all := a.Ask(q)
		if len(all) == 0 || len(all) > MaxAnswers {
			t.Fatalf("%q: %d answers", q, len(all))
		}
		for _, x := range all {
			if x.Verdict.String() == "" || x.Why.String() == "" {
				t.Fatalf("%q: %+v", q, x)
			}
			if x.Verdict != Yes && x.Verdict != Limited || x.Why == KindHasTools {
				continue
			}
			entry, ok := a.policy.Tool(x.Tool)
			if !ok || entry.Standing == policy.Unapproved || len(x.Unknown) > 0 ||
				x.Kind != detect.ClassNone && entry.Receives != nil && !slices.Contains(entry.Receives, x.Kind) {
				t.Fatalf("%q: %s", q, brief(x))
			}
		}
	})
}

func FuzzAsk(f *testing.F) {
	a := kestrel(f)
	for _, s := range []string{"customer list in chatgpt", "https://..", "ä.ö", "\xff\xfe", "a.b.c.d", strings.Repeat("x ", 300)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n := len(a.Ask(s)); n < 1 || n > MaxAnswers {
			t.Errorf("%q: %d answers", s, n)
		}
	})
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"chatgpt", "chatgpt", 0}, {"chatgtp", "chatgpt", 1}, {"custmer", "customer", 1}, {"customeer", "customer", 1}, {"abc", "xyz", 3}, {"a", "abcdef", 3}} {
		if got := distance(c.a, c.b, 2); got != c.want {
			t.Errorf("%s, %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestNamesOfClosedLists(t *testing.T) {
	for v := Undecided; v <= No; v++ {
		var back Verdict
		if b, _ := v.MarshalText(); back.UnmarshalText(b) != nil || back != v {
			t.Errorf("verdict %d does not come back from %q", v, b)
		}
	}
	for w := ToolApproved; w <= SwitchedOff; w++ {
		var back Why
		if b, _ := w.MarshalText(); back.UnmarshalText(b) != nil || back != w {
			t.Errorf("reason %d does not come back from %q", w, b)
		}
	}
	for _, r := range Roles() {
		var back Role
		if b, _ := r.MarshalText(); back.UnmarshalText(b) != nil || back != r || len(roleKinds[r]) == 0 || len(roleWords[r]) == 0 {
			t.Errorf("role %d: %q", r, b)
		}
	}
	for _, c := range detect.Classes() {
		if len(kindWords[c]) == 0 {
			t.Errorf("%v has no plain word", c)
		}
	}
}

func BenchmarkAsk(b *testing.B) {
	a := kestrel(b)
	for b.Loop() {
		a.Ask("may I paste our custmer list into copilott please")
	}
}

// BenchmarkNew is the first question after a new policy.
func BenchmarkNew(b *testing.B) {
	p, c := policy.Default(), catalog.Default()
	for b.Loop() {
		New(p, c, public).Ask("customer list in chatgpt")
	}
}
