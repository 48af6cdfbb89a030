package view

import (
	"handrail/detect/policy"
	"handrail/ui/text"
)

// Speech returns how a policy speaks in the printer's language.
func Speech(p text.Printer) policy.Speech {
	return policy.Speech{
		Languages:   []string{p.Language()},
		AskIT:       p.Say(text.AskITWhich),
		WorkAccount: p.Say(text.UseWorkAccount),
		UseTool:     p.Say(text.UseTool),
	}
}
