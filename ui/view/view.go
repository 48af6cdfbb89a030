// Package view turns what the agent knows into what a person reads: title,
// body and buttons as values, which windows and notifications draw. No Fyne
// here, so that all words are tested as text.
package view

import (
	"strings"
	"time"

	"handrail/agent/card"
	"handrail/detect"
	"handrail/ui/text"
)

// MaxWords is how many words title and body of a nudge have together: what is
// read before a paste.
const MaxWords = 30

// Style is how much a button asks to be pressed.
type Style uint8

// The styles. A nudge has exactly one Primary button, and it is a safe one.
const (
	Primary   Style = iota + 1 // big
	Secondary                  // plain
	Quiet                      // small
	Link                       // small, in the last line
)

// Button is one button of a view.
type Button struct {
	Answer card.Answer
	Label  string
	Style  Style
}

// View is a nudge in words. It names the tool and its domain, and never the
// text that was found.
type View struct {
	Title   string
	Body    string   // the rule's alternative in words, if any, is its last line
	Buttons []Button // in the order they are shown and reached with Tab
	Record  string   // what is known of the tool that the big button opens, "" for nothing
	Hint    string   // how to use it from the keyboard, "" if there is no way
}

// Nudge returns the view of a card, in English.
func Nudge(c card.Card) View { return NudgeIn(c, text.Printer{}) }

// NudgeIn returns the view of a card in the printer's language.
func NudgeIn(c card.Card, p text.Printer) View {
	if c.About != card.ANudge {
		return quiet(c, p)
	}
	if c.System != "" {
		return checked(c, p)
	}
	if c.Asks {
		return question(c, p)
	}
	k := words[c.Class]
	what := p.Count(k.found, c.Count)
	if c.Term != "" {
		what = p.Say(text.OwnTerm, "name", c.Term)
	}
	v := View{Title: p.Say(text.Looks, "what", what)}
	v.Body = body(c, p, k.content, MaxWords-count(v.Title))
	switch {
	case c.Instead != "":
		v.Buttons = append(v.Buttons, Button{card.OpenApproved, p.Say(text.Open, "tool", c.Instead), Primary})
		if c.Safe {
			v.Buttons = append(v.Buttons, Button{card.SafePaste, p.Say(text.SafePaste), Secondary})
		}
	case c.Safe && c.Held:
		v.Buttons = append(v.Buttons, Button{card.SafePaste, p.Say(text.SafePasteBig), Primary})
	case c.Safe: // it comes onto the clipboard, to be pasted from there
		v.Buttons = append(v.Buttons, Button{card.SafePaste, p.Say(text.SafeClipBig), Primary})
	default:
		// Where there is no tool to go to, the safe way is not to paste.
		v.Buttons = append(v.Buttons, Button{card.Dismiss, p.Say(text.DoNotPaste), Primary})
	}
	v.Buttons = append(v.Buttons, Button{card.NotSensitive, p.Say(text.NotSensitive), Secondary})
	if !c.Block {
		v.Buttons = append(v.Buttons, Button{card.Allowed, p.Say(text.Allowed), Secondary})
		v.Buttons = append(v.Buttons, Button{card.PasteAnyway, p.Say(text.PasteAnyway), Quiet})
	}
	if c.Request {
		v.Buttons = append(v.Buttons, Button{card.RequestTool, p.Say(text.RequestThisTool), Link})
	}
	v.Record = record(c, p, k.content)
	if c.Hotkey != "" {
		v.Hint = p.Say(text.Hint, "hotkey", c.Hotkey)
	}
	return v
}

// record quotes what the policy has on record of the approved tool.
func record(c card.Card, p text.Printer, content text.Key) string {
	until, err := time.Parse(time.DateOnly, c.Until)
	if c.Instead == "" || c.Logged == "" && err != nil {
		return ""
	}
	var s []string
	if !c.Redacted { // otherwise it may have it only without what was found
		s = append(s, p.Say(text.RecordMay, "tool", c.Instead, "content", p.Say(content)))
	}
	if c.Logged != "" {
		s = append(s, c.Logged)
	}
	if err == nil {
		s = append(s, p.Say(text.RecordUntil, "date", p.Date(until)))
	}
	return strings.Join(s, " ")
}

// question is the view of a card that asks for the reason. The big button is to
// give none.
func question(c card.Card, p text.Printer) View {
	return View{
		Title: p.Say(text.WhyTitle), Body: p.Say(text.WhyBody, "tool", c.Tool),
		Buttons: []Button{
			{card.Dismiss, p.Say(text.Skip), Primary},
			{card.NoTime, p.Say(text.NoTime), Secondary},
			{card.ToolLacks, p.Say(text.ToolLacks), Secondary},
			{card.NoAccess, p.Say(text.NoAccess), Secondary},
			{card.WasTold, p.Say(text.WasTold), Secondary},
			{card.OtherWhy, p.Say(text.OtherWhy), Secondary},
		},
	}
}

// classWords are what a class is called when it is found and counted, and as
// what a tool is approved for, or not.
type classWords struct{ found, content text.Key }

var words = map[detect.Class]classWords{
	detect.ClassNone:     {text.Something, text.ForSomething},
	detect.ClassCard:     {text.Cards, text.ForCards},
	detect.ClassBank:     {text.Banks, text.ForBanks},
	detect.ClassGovID:    {text.GovIDs, text.ForGovIDs},
	detect.ClassSecret:   {text.Secrets, text.ForSecrets},
	detect.ClassContacts: {text.Contacts, text.ForContacts},
	detect.ClassMarking:  {text.Markings, text.ForMarkings},
	detect.ClassHR:       {text.HRs, text.ForHRs},
	detect.ClassHealth:   {text.Healths, text.ForHealths},
	detect.ClassContract: {text.Contracts, text.ForContracts},
	detect.ClassFinance:  {text.Finances, text.ForFinances},
	detect.ClassCode:     {text.Codes, text.ForCodes},
	detect.ClassOwn:      {text.Owns, text.ForOwns},
}

// Content returns what a class is called as what a tool is approved for.
func Content(c detect.Class) text.Key { return words[c].content }

// body says where the paste would go, why that is not good and what to do
// instead, in as many words as are left. Where not all fits, what to do is
// kept before why.
func body(c card.Card, p text.Printer, content text.Key, budget int) string {
	where := c.Tool
	if c.Domain != "" && c.Domain != c.Tool {
		where = p.Say(text.Destination, "tool", c.Tool, "domain", c.Domain)
	}
	long, short := text.NotApproved, text.NotApprovedShort
	switch {
	case c.Block:
		long, short = text.MayNotReceive, text.MayNotReceiveShort
	case c.Unknown:
		long, short = text.NotReviewed, text.NotReviewedShort
	}
	full := p.Say(long, "where", where, "content", p.Say(content))
	brief := p.Say(short, "where", where)
	// With a tool to go to, or a safe text, the button says what to do.
	advice := c.Advice
	if c.Instead != "" || c.Safe {
		advice = ""
	}
	if c.Redacted {
		advice = p.Say(text.OpensRedacted)
	}
	last := advice
	if last == "" {
		last = c.Because
	}
	for _, try := range []string{
		join(full, c.Because, advice),
		join(brief, c.Because, advice),
		join(full, "", advice),
		join(brief, "", advice),
	} {
		if (advice != "" || strings.Contains(try, c.Because)) && count(try) <= budget {
			return try
		}
	}
	if rest := cut(last, budget-count(brief)); advice != "" {
		return join(brief, "", rest)
	} else {
		return join(brief, rest, "")
	}
}

func join(lead, because, advice string) string {
	s := lead
	if because != "" {
		s += " " + because
	}
	if advice != "" {
		s += "\n" + advice
	}
	return s
}

// cut shortens a sentence to n words at most.
func cut(s string, n int) string {
	w := strings.Fields(s)
	if len(w) <= n {
		return s
	}
	if n < 3 {
		return "" // two words explain nothing
	}
	return strings.TrimRight(strings.Join(w[:n], " "), ".,;:") + " …"
}

func count(s string) int {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if w != "…" {
			n++
		}
	}
	return n
}
