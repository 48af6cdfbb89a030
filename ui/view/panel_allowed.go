package view

import (
	"slices"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/ui/text"
)

// allowed is the page that answers "am I allowed?", or the form that asks for a
// tool while one is open.
func (w panelWords) allowed() []Block {
	if w.Draft != nil {
		return append(w.draft(*w.Draft), w.asked()...)
	}
	b := []Block{
		{Kind: Lead, Text: w.Say(text.AllowedLead)},
		{Kind: Field, Title: w.Say(text.AllowedField), Text: w.Say(text.AllowedExample), Controls: []Control{{Action: card.AskAllowed}}},
	}
	way := uint32(0)
	for i, x := range w.Answers {
		v := Asked(x, w.Printer)
		e := Block{Kind: Entry, Title: v.Title, Lines: v.Lines}
		for _, to := range x.Instead {
			if way++; to.Open != "" {
				e.Controls = append(e.Controls, Control{Action: card.OpenWay, Item: way, Label: w.Say(text.Open, "tool", to.Name)})
			}
		}
		if len(e.Controls) > 0 {
			e.Controls[0].Style = Primary
		}
		if v.Request != "" {
			label := w.Say(text.RequestThisTool)
			e.Controls = append(e.Controls, Control{Action: card.WantTool, Item: uint32(i + 1), Label: label, Name: label + ": " + x.Name})
		}
		b = append(b, e)
	}
	return append(b, w.asked()...)
}

// draft is the form.
func (w panelWords) draft(d card.Draft) []Block {
	if d.Sent {
		return []Block{
			{Kind: Lead, Text: w.Say(text.WantSent, "tool", d.Tool)},
			{Kind: Buttons, Controls: []Control{{Action: card.DropRequest, Label: w.Say(text.WantBack)}}},
		}
	}
	tasks := Block{Kind: Choice, Title: w.Say(text.WantTask)}
	for _, t := range report.Tasks() {
		tasks.Controls = append(tasks.Controls, w.option(card.WantTask, uint32(t), taskKeys[t], d.Task == uint32(t)))
	}
	nothing := card.DataItem(detect.ClassNone)
	data := Block{Kind: Choice, Title: w.Say(text.WantData), Controls: []Control{w.option(card.WantData, nothing, text.NoneSensitive, d.Data == nothing)}}
	for _, c := range detect.Classes() {
		label := Content(c)
		if c == detect.ClassOwn { // its name there is about a list that was named before
			label = text.WantOwn
		}
		data.Controls = append(data.Controls, w.option(card.WantData, card.DataItem(c), label, d.Data == card.DataItem(c)))
	}
	lacks := Block{Kind: Choice, Many: true, Title: w.Say(text.WantLack)}
	for _, l := range report.Lacks() {
		lacks.Controls = append(lacks.Controls, w.option(card.WantLack, uint32(l), lackKeys[l], slices.Contains(d.Lacked, uint32(l))))
	}
	b := []Block{{Kind: Lead, Text: w.Say(text.WantLead, "tool", d.Tool)}, tasks, data, lacks, {Kind: Heading, Title: w.Say(text.WantBytes)}}
	if w.Service && !w.Server {
		b = slices.Insert(b, 1, Block{Kind: Warning, Text: w.Say(text.WantNobody)})
	}
	drop := Control{Action: card.DropRequest, Label: w.Say(text.WantDrop)}
	if d.Failed {
		b = append(b, Block{Kind: Warning, Text: w.Say(text.WantFailed)})
	}
	if d.Bytes == "" {
		return append(b, Block{Kind: Note, Text: w.Say(text.WantMore)}, Block{Kind: Buttons, Controls: []Control{drop}})
	}
	return append(b, Block{Kind: Code, Text: d.Bytes}, Block{Kind: Note, Text: w.Say(text.WantDue, "date", w.Date(d.Due))},
		Block{Kind: Buttons, Controls: []Control{{Action: card.SendRequest, Label: w.Say(text.WantSend), Style: Primary}, drop}})
}
