package view

import (
	"strings"

	"handrail/detect"
	"handrail/detect/ask"
	"handrail/ui/text"
)

// AskedView is an answer to "am I allowed?" in words.
type AskedView struct {
	Title string   // the answer in a sentence, which begins with yes, no or what limits it
	Lines []string // why, and what to do
	// Request is what to ask the organisation for, "" where there is nothing to
	// ask for: the id of a tool, or a public host.
	Request string
}

// Asked returns the view of an answer in the printer's language.
func Asked(x ask.Answer, p text.Printer) AskedView {
	v := AskedView{Title: askedTitle(x, p)}
	if x.Because != "" {
		v.Lines = append(v.Lines, p.Say(text.AskedWhy, "because", x.Because))
	}
	if len(x.Accounts) > 0 && (x.Verdict == ask.Yes || x.Verdict == ask.Limited) {
		v.Lines = append(v.Lines, p.Say(text.AskedAccounts, "accounts", strings.Join(x.Accounts, ", ")))
	}
	if x.Logged != "" {
		v.Lines = append(v.Lines, x.Logged)
	}
	if day, ok := x.Until.Time(); ok {
		v.Lines = append(v.Lines, p.Say(text.RecordUntil, "date", p.Date(day)))
	}
	if len(x.Instead) > 0 {
		var names []string
		for _, w := range x.Instead {
			names = append(names, w.Name)
		}
		v.Lines = append(v.Lines, p.Say(text.AskedUse, "tools", strings.Join(names, ", ")))
	}
	if x.Advice != "" {
		v.Lines = append(v.Lines, x.Advice)
	}
	if x.Verdict == ask.Undecided && x.Name != "" && x.Why != ask.OwnCloud {
		v.Lines = append(v.Lines, p.Say(text.AskedIT))
	}
	if len(x.Unknown) > 0 && x.Why != ask.SomeWordsUnknown {
		v.Lines = append(v.Lines, p.Say(text.AskedWords, "words", strings.Join(x.Unknown, ", ")))
	}
	if x.Requestable() {
		v.Request = string(x.Tool)
		if x.Tool == "" {
			v.Request = x.Host
		}
	}
	return v
}

// askedTitle never says yes but for the verdicts that do.
func askedTitle(x ask.Answer, p text.Printer) string {
	content := p.Say(Content(x.Kind))
	if x.Term != "" {
		content = p.Say(text.OwnTerm, "name", x.Term)
	}
	kind := x.Kind != detect.ClassNone
	switch x.Why {
	case ask.ToolApproved:
		switch {
		case kind && len(x.Accounts) > 0:
			return p.Say(text.MayReceiveAccount, "tool", x.Name, "content", content)
		case kind:
			return p.Say(text.MayReceive, "tool", x.Name, "content", content)
		case x.Receives != nil:
			return p.Say(text.MayReceiveSome, "tool", x.Name, "content", contents(x.Receives, p))
		}
		return p.Say(text.MayReceiveAll, "tool", x.Name)
	case ask.ToolOnTrial:
		switch {
		case kind && x.Verdict == ask.Limited:
			return p.Say(text.MayReceiveTrial, "tool", x.Name, "content", content)
		case kind:
			return p.Say(text.NoNotForIt, "tool", x.Name, "content", content)
		case len(x.Receives) > 0:
			return p.Say(text.MayReceiveSome, "tool", x.Name, "content", contents(x.Receives, p))
		}
		return p.Say(text.MayReceiveNone, "tool", x.Name)
	case ask.ToolUnapproved:
		return p.Say(text.NoNotApproved, "tool", x.Name)
	case ask.KindNotForTool:
		if x.Verdict == ask.No {
			return p.Say(text.NoNotForIt, "tool", x.Name, "content", content)
		}
		return p.Say(text.OpenNotForIt, "tool", x.Name, "content", content)
	case ask.NobodyDecided:
		if x.Verdict == ask.No {
			return p.Say(text.NoNotReviewed, "tool", x.Name, "content", content)
		}
		return p.Say(text.OpenNotReviewed, "tool", x.Name)
	case ask.OwnCloud:
		return p.Say(text.OpenCloud, "tool", x.Name)
	case ask.KindHasTools:
		return p.Say(text.OnlyInTools, "content", content)
	case ask.KindHasNone:
		if x.Verdict == ask.No {
			return p.Say(text.NoTool, "content", content)
		}
		return p.Say(text.OpenNoTool, "content", content)
	case ask.SomeWordsUnknown:
		return p.Say(text.OpenWords, "words", strings.Join(x.Unknown, " "))
	case ask.SwitchedOff:
		return p.Say(text.OpenOff)
	}
	return p.Say(text.OpenNothing)
}

func contents(classes []detect.Class, p text.Printer) string {
	var all []string
	for _, c := range classes {
		all = append(all, p.Say(Content(c)))
	}
	return strings.Join(all, ", ")
}
