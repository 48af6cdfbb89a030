package view

import (
	"strings"
	"testing"

	"handrail/detect"
	"handrail/detect/ask"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/ui/text"
)

func noHost(string) (string, bool) { return "", false }

func TestAskedWords(t *testing.T) {
	p, err := policy.Parse(policy.Example())
	if err != nil {
		t.Fatal(err)
	}
	a := ask.New(p, catalog.Default(), noHost)
	for question, want := range map[string]string{
		"customer list in chatgpt":          "No. ChatGPT is not approved.|Why: Our customers have not agreed that their details go to this tool.|Use Microsoft 365 Copilot, Google Gemini.|[chatgpt]",
		"contacts in microsoft 365 copilot": "Yes. Microsoft 365 Copilot may receive people’s contact details.|Microsoft keeps chats for 30 days and does not train on them.|It is approved until 31 March 2027.|[]",
		"contacts in gemini":                "Yes, with your work account. Google Gemini may receive people’s contact details.|Only while you are signed in there with kestrel.example.|[]",
		"microsoft 365 copilot":             "Yes, for some data. Microsoft 365 Copilot may receive people’s contact details. Nothing else that is sensitive.|Microsoft keeps chats for 30 days and does not train on them.|It is approved until 31 March 2027.|[]",
		"github copilot":                    "Only for text that is not sensitive. GitHub Copilot is on trial.|[]",
		"passwords in m365 copilot":         "No. Microsoft 365 Copilot may not receive passwords and keys.|Why: Keys and passwords open doors. Whoever holds this text could use them.|Replace the key or password with a placeholder first. The answer will be just as good.|[m365-copilot]",
		"claude":                            "Not decided. Claude has not been reviewed yet.|Use Microsoft 365 Copilot, Google Gemini.|Ask your IT team before you use it.|[claude]",
		"bedrock":                           "Not decided. Your organisation may run Amazon Bedrock itself. Ask your IT team first.|Use Microsoft 365 Copilot, Google Gemini.|[]",
		"customer list":                     "Only in an approved tool: people’s contact details.|Why: Our customers have not agreed that their details go to this tool.|Use Microsoft 365 Copilot, Google Gemini.|[]",
		"credit cards":                      "No. There is no approved tool for payment card numbers.|Why: Card and bank details stay in the booking system, where they are protected.|Use the booking number instead of the card or account.|[]",
		"gossip in microsoft 365 copilot":   "Not decided. Handrail does not know what “gossip” is.|Ask your IT team before you use it.|[]",
		"":                                  "Not decided. Name an AI tool or a kind of data, such as “customer list in ChatGPT”.|Use Microsoft 365 Copilot, Google Gemini.|[]",
	} {
		v := Asked(a.Ask(question)[0], text.Printer{})
		if got := strings.Join(append([]string{v.Title}, v.Lines...), "|") + "|[" + v.Request + "]"; got != want {
			t.Errorf("%q:\ngot  %s\nwant %s", question, got, want)
		}
	}
}

// In every language and for every reason a sentence says yes only where the
// verdict does.
func TestOnlyAYesSaysYes(t *testing.T) {
	for lang, yes := range map[string]string{"en": "Yes", "de": "Ja"} {
		for why := ask.ToolApproved; why <= ask.SwitchedOff; why++ {
			for _, kind := range []detect.Class{detect.ClassNone, detect.ClassContacts} {
				for _, verdict := range []ask.Verdict{ask.Undecided, ask.No} {
					if why == ask.ToolApproved || why == ask.ToolOnTrial && kind == detect.ClassNone {
						continue // these are never so
					}
					v := Asked(ask.Answer{Verdict: verdict, Why: why, Tool: "x", Name: "X", Kind: kind, Unknown: []string{"y"}}, text.For(lang))
					if strings.HasPrefix(v.Title, yes) || v.Title == "" {
						t.Errorf("%s, %v %v: %s", lang, verdict, why, v.Title)
					}
				}
			}
		}
	}
}
