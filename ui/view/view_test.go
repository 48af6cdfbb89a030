package view

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"handrail/agent/card"
	"handrail/detect"
	"handrail/ui/text"
)

var update = flag.Bool("update", false, "write the golden files anew")

func (v View) golden() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", v.Title, v.Body)
	for _, x := range v.Buttons {
		fmt.Fprintf(&b, "  %s[%s] %s\n", map[Style]string{Primary: "big ", Secondary: "", Quiet: "small "}[x.Style], x.Label, x.Answer)
	}
	if v.Record != "" {
		fmt.Fprintf(&b, "  _%s_\n", v.Record)
	}
	fmt.Fprintf(&b, "  (%s)\n", v.Hint)
	return b.String()
}

func TestNudgeWords(t *testing.T) {
	chat := card.Card{ID: 1, Tool: "ChatGPT", Domain: "chatgpt.com", Count: 1, Instead: "Microsoft 365 Copilot", Hotkey: "Ctrl+Alt+H",
		Because: "What goes there may be kept."}
	with := func(edit func(*card.Card)) card.Card { c := chat; edit(&c); return c }
	var out strings.Builder
	say := func(name string, c card.Card) {
		fmt.Fprintf(&out, "# %s\n%s\n", name, Nudge(c).golden())
	}
	for _, class := range append(detect.Classes(), detect.ClassNone) {
		for _, n := range []int{1, 14} {
			say(fmt.Sprintf("%s, %d", class, n), with(func(c *card.Card) { c.Class, c.Count = class, n }))
		}
	}
	say("a term that the organisation lists", with(func(c *card.Card) { c.Class, c.Count, c.Term = detect.ClassOwn, 3, "Project Larch" }))
	say("a tool that may have the redacted text only", with(func(c *card.Card) {
		c.Class, c.Count, c.Held, c.Safe, c.Redacted = detect.ClassCard, 1, true, true, true
	}))
	say("an answer with tokens", card.Card{ID: 2, About: card.NamesBack, Count: 3})
	say("the names are back", card.Card{ID: 3, About: card.AreBack, Count: 1})
	say("some are not", card.Card{ID: 4, About: card.AreBack, Count: 2, Left: "EMAIL_k7, PERSON", LeftCount: 2})
	say("the clipboard is not safe", card.Card{ID: 6, About: card.NotSafe})
	say("the clipboard is safe", card.Card{ID: 5, About: card.IsSafe})
	say("somebody is new", card.Card{ID: 6, About: card.Welcome})
	contacts := func(edit func(*card.Card)) card.Card {
		return with(func(c *card.Card) {
			c.Class, c.Count, c.Because = detect.ClassContacts, 14, "These people have not agreed that their details go to this tool."
			edit(c)
		})
	}
	say("the default policy's words", contacts(func(*card.Card) {}))
	say("nobody has reviewed the tool", contacts(func(c *card.Card) { c.Unknown = true }))
	say("kept back", contacts(func(c *card.Card) { c.Block = true }))
	say("kept back, with advice", contacts(func(c *card.Card) { c.Block, c.Instead, c.Advice = true, "", "Send a list without names." }))
	say("advice and no tool", contacts(func(c *card.Card) {
		c.Instead, c.Advice = "", "Remove the personal details first, or ask your IT team which AI tool is approved."
	}))
	say("short advice", contacts(func(c *card.Card) {
		c.Instead, c.Because, c.Advice = "", "They did not agree.", "Remove the names first."
	}))
	say("a tool and advice: the button says it", contacts(func(c *card.Card) { c.Advice = "Ask IT." }))
	say("neither tool nor advice", contacts(func(c *card.Card) { c.Instead = "" }))
	say("a command line tool", contacts(func(c *card.Card) { c.Tool, c.Domain = "Claude Code", "" }))
	say("a tool named by its domain", contacts(func(c *card.Card) { c.Tool, c.Domain = "chat.example", "chat.example" }))
	say("a paste is held, with a tool and a safe text", contacts(func(c *card.Card) { c.Held, c.Safe = true, true }))
	say("a paste is held, with a safe text", contacts(func(c *card.Card) { c.Held, c.Safe, c.Instead, c.Advice = true, true, "", "Remove the names first." }))
	say("there is a safe text, and nothing is held", contacts(func(c *card.Card) { c.Safe, c.Instead, c.Advice = true, "", "Remove the names first." }))
	say("a paste is held, with advice only", contacts(func(c *card.Card) { c.Held, c.Instead, c.Advice = true, "", "Remove the names first." }))
	say("a paste is kept back, with a safe text", contacts(func(c *card.Card) { c.Held, c.Safe, c.Block, c.Instead = true, true, true, "" }))
	say("the question for a check", card.Card{System: "Kestrel Recruiting", Asks: true})
	say("the question for the reason", card.Card{Tool: "ChatGPT", Domain: "chatgpt.com", Asks: true})
	say("no hotkey could be had", contacts(func(c *card.Card) { c.Hotkey = "" }))
	say("a reason of 18 words", contacts(func(c *card.Card) {
		c.Because = "An identity number stays with a person for life, and this tool may keep what it is given."
	}))
	say("a reason of 30 words", contacts(func(c *card.Card) { c.Because = strings.TrimSpace(strings.Repeat("long reason, ", 15)) + "." }))

	onRecord := func(c *card.Card) {
		c.Logged, c.Until = "Microsoft keeps chats for 30 days and does not train on them.", "2027-03-31"
	}
	say("with the tool's record", contacts(onRecord))
	say("with the record of a tool that may have it without the names", contacts(func(c *card.Card) { onRecord(c); c.Redacted = true }))
	say("with a day only", contacts(func(c *card.Card) { c.Until = "2027-03-31" }))
	say("no tool, so no record", contacts(func(c *card.Card) { onRecord(c); c.Instead, c.Advice = "", "Remove the names first." }))

	path := filepath.Join("testdata", "nudge.txt")
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

// Whatever the policy says: thirty words, where it would go, a safe big button.
func TestNudgeKeepsItsPromises(t *testing.T) {
	sentence := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"the", "data", "leaves.", "because", "it’s", "never"}), 0, 30).Draw(t, "words"), " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		c := card.Card{
			ID:      1,
			Tool:    rapid.SampledFrom([]string{"ChatGPT", "Google AI Studio", "GitHub Copilot Chat in VS Code"}).Draw(t, "tool"),
			Domain:  rapid.SampledFrom([]string{"", "chatgpt.com"}).Draw(t, "domain"),
			Unknown: rapid.Bool().Draw(t, "unknown"),
			Class:   rapid.SampledFrom(append(detect.Classes(), detect.ClassNone)).Draw(t, "class"),
			Term:    rapid.SampledFrom([]string{"", "One Two Three Four Five Six"}).Draw(t, "term"),
			Count:   rapid.IntRange(1, 5000).Draw(t, "count"),
			Because: sentence.Draw(t, "because"),
			Instead: rapid.SampledFrom([]string{"", "Copilot"}).Draw(t, "instead"),
			Advice:  sentence.Draw(t, "advice"),
			Block:   rapid.Bool().Draw(t, "block"),
			Held:    rapid.Bool().Draw(t, "held"),
			Safe:    rapid.Bool().Draw(t, "safe"),
		}
		v := Nudge(c)
		if n := count(v.Title) + count(v.Body); n > MaxWords {
			t.Fatalf("%d words: %q %q", n, v.Title, v.Body)
		}
		if !strings.Contains(v.Body, c.Tool) || !strings.Contains(v.Body, c.Domain) {
			t.Fatalf("the body does not say where it goes: %q", v.Body)
		}
		for i, b := range v.Buttons {
			if (b.Style == Primary) != (i == 0) {
				t.Fatalf("button %d has style %d", i, b.Style)
			}
			if b.Answer == card.PasteAnyway && (c.Block || b.Style != Quiet) {
				t.Fatalf("paste anyway: block %v, style %d", c.Block, b.Style)
			}
		}
		want := card.Dismiss
		switch {
		case c.Instead != "":
			want = card.OpenApproved
		case c.Safe:
			want = card.SafePaste
		}
		if a := v.Buttons[0].Answer; a != want {
			t.Fatalf("the big button says %v, want %v", a, want)
		}
		// The page offers what the card allows, the big button first.
		w := Web(c, text.Printer{})
		if w.Answers[0] != want || w.Title != v.Title || w.Body != v.Body || !strings.Contains(w.Body+w.Because, c.Because) {
			t.Fatalf("the page says %+v, the window %+v", w, v)
		}
		if a, b := slices.Sorted(slices.Values(w.Answers)), slices.Sorted(slices.Values(c.Answers())); !slices.Equal(a, b) {
			t.Fatalf("the page offers %v, the card %v", a, b)
		}
	})
}

// What the extension says by itself is what the session would have it say.
func TestTheExtensionSaysTheSame(t *testing.T) {
	b, err := os.ReadFile("../extension/hint.js")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(b), "var HINT_WORDS = {")
	list, _, _ := strings.Cut(rest, "\n};")
	sent, n := WebWords(text.Printer{}), 0
	for _, m := range regexp.MustCompile(`(?m)^  (\w+): "(.*)",$`).FindAllStringSubmatch(list, -1) {
		if n++; sent[m[1]] != m[2] {
			t.Errorf("%s: the extension says %q, the session %q", m[1], m[2], sent[m[1]])
		}
	}
	if n != len(sent) || n == 0 {
		t.Errorf("the extension has %d words, the session %d", n, len(sent))
	}
}

// Every answer has a label for the page.
func TestWebWords(t *testing.T) {
	w := WebWords(text.Printer{})
	for _, a := range (card.Card{Instead: "Copilot", Safe: true}).Answers() {
		if w[a.String()] == "" {
			t.Errorf("%s has no label", a)
		}
	}
	if got := w["open_approved"]; got != "Open {tool}" {
		t.Errorf("got %q: the page fills the hole", got)
	}
}
