package view

import (
	"handrail/agent/card"
	"handrail/ui/text"
)

// quiet returns the view of a card that isn't a nudge.
func quiet(c card.Card, p text.Printer) View {
	switch c.About {
	case card.NamesBack:
		return View{
			Title: p.Count(text.NamesBackTitle, c.Count), Body: p.Say(text.NamesBackBody),
			Buttons: []Button{{card.PutBack, p.Say(text.PutBack), Primary}},
		}
	case card.Welcome:
		return View{
			Title: p.Say(text.WelcomeTitle), Body: p.Say(text.WelcomeBody),
			Buttons: []Button{{card.ShowWelcome, p.Say(text.WelcomeShow), Primary}, {card.Understood, p.Say(text.GotIt), Secondary}},
		}
	case card.AreBack:
		body := p.Say(text.AreBackBody)
		if c.LeftCount > 0 {
			body += "\n" + p.Count(text.AreBackLeft, c.LeftCount, "tokens", c.Left)
		}
		return View{Title: p.Count(text.AreBackTitle, c.Count), Body: body, Buttons: afterwards(p)}
	case card.KeyOut:
		return View{
			Title: p.Say(text.KeyOutTitle), Body: p.Say(text.KeyOutBody, "tool", c.Tool),
			Buttons: []Button{{card.WhatNow, p.Say(text.WhatNow), Primary}, {card.Dismiss, p.Say(text.NotNeeded), Secondary}},
		}
	case card.NotSafe:
		return View{Title: p.Say(text.NotSafeTitle), Body: p.Say(text.NotSafeBody), Buttons: afterwards(p)[:1]}
	}
	return View{Title: p.Say(text.IsSafeTitle), Body: p.Say(text.IsSafeBody), Buttons: afterwards(p)}
}

func afterwards(p text.Printer) []Button {
	return []Button{{card.Dismiss, p.Say(text.Fine), Primary}, {card.Undo, p.Say(text.Undo), Secondary}}
}
