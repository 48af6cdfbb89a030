package report

import (
	"handrail/agent/coverage"
	"handrail/detect"
	"handrail/detect/catalog"
)

// Field is one line of the data dictionary: a field of a report, in words for
// people.
type Field struct {
	Report Form     `json:"report"`
	Name   string   `json:"name"`             // its path, such as "cells.rule"
	Words  string   `json:"words"`            // what it says
	Values []string `json:"values,omitempty"` // all values it can have, where they are listed
}

// Dictionary returns every field that can leave a laptop, in the order on the
// wire. A test compares it with the types, so a field cannot be added without
// its line here.
func Dictionary() []Field {
	return []Field{
		{"behaviour", "v", "The version of this list of fields.", nil},
		{"behaviour", "batch", "The week (or the shorter stretch that your organisation set) that the report is about. No day, no time.", nil},
		{"behaviour", "cohort", "The group of devices that is counted together: all, or one with at least 20 devices.", nil},
		{"behaviour", "policy", "The serial number of the organisation's policy, the same for everybody.", nil},
		{"behaviour", "off", "You switched reports off. A report of the same size is sent, with only this in it, so that nobody can tell who did.", []string{"true"}},
		{"behaviour", "cells", "What happened, one line a kind. Empty if nothing did.", nil},
		{"behaviour", "cells.kind", "What the line is about: a nudge, an AI tool in use, the weekly questions, the question whether a person checked an answer, a nudge that only a badge in the tray told of, one that was left out to measure whether nudges help, or a reason that you tapped.", names(Kinds())},
		{"behaviour", "cells.task", "The kind of work that you chose in the weekly questions. Only there if you answered them.", names(Tasks())},
		{"behaviour", "cells.stake", "What the system is for that an AI answer went into. Only there if you said whether a person checked it.", names(Stakes())},
		{"behaviour", "cells.said", "Your answer to one of these questions.", names(saids())},
		{"behaviour", "cells.rule", "The organisation's rule behind the nudge, by its short name; own_terms for any rule about terms of its own, so that nobody learns which.", nil},
		{"behaviour", "cells.class", "What kind of content it looked like. Never the content, and not which detector found it.", names(detect.Classes())},
		{"behaviour", "cells.tool", "The AI tool, by its short name in the public catalogue, or other.", nil},
		{"behaviour", "cells.surface", "Where the tool was.", names(catalog.Surfaces())},
		{"behaviour", "cells.answer", "How the nudge ended, as far as Handrail knows. What was pasted afterwards is not looked at.", names(Answers())},
		{"behaviour", "cells.cause", "Why you pasted it anyway, if you tapped a reason. Only that and the tool, not what it was about.", names(Causes())},
		{"behaviour", "cells.often", "How often in this batch, roughly. The exact number never leaves.", names(Oftens())},
		{"behaviour", "more", "There was more than fits; the rarest lines were left out.", []string{"true"}},
		{"behaviour", "nonce", "A random number, new for every report, so that the same report delivered twice counts once. It is tied to nothing.", nil},
		{"behaviour", "pad", "Zeros that make every report 2,048 bytes long, so that its size says nothing.", nil},

		{"health", "v", "The version of this list of fields.", nil},
		{"health", "device", "The random number that the device was given when it joined. It is in no report about what people do.", nil},
		{"health", "agent", "Handrail's version.", nil},
		{"health", "platform", "The system and the kind of processor.", names(Platforms())},
		{"health", "policy", "The serial number of the policy that this device has.", nil},
		{"health", "coverage", "What Handrail sees on this device and what it does not.", nil},
		{"health", "coverage.surface", "The place that is watched or not.", names(coverage.Surfaces())},
		{"health", "coverage.state", "Whether it is seen, partly seen or not seen.", names([]coverage.State{coverage.Blind, coverage.Partly, coverage.Seen})},
		{"health", "coverage.why", "The reason. Quit, paused, switched off by you and crashed are one and the same: not_watching.", names(whys())},
		{"health", "errors", "What went wrong in Handrail itself since the last health report.", nil},
		{"health", "errors.name", "Which of its parts.", names(ErrorNames())},
		{"health", "errors.often", "How often, roughly.", names(Oftens())},

		{"request", "v", "The version of this list of fields.", nil},
		{"request", "tool", "The AI tool that you ask for, by its short name in the public catalogue.", nil},
		{"request", "host", "In its place, the public name of a tool that the catalogue does not have, such as newtool.ai. No page, no path, nothing before the registered name.", nil},
		{"request", "task", "What you want it for.", names(Tasks())},
		{"request", "kind", "The most sensitive kind of data that would go in, as you say.", append([]string{detect.ClassNone.String()}, names(detect.Classes())...)},
		{"request", "lacked", "What the approved tools lack for it.", names(Lacks())},
		{"request", "claim", "The digest of a random code that stays with you. It fetches the answer, and says nothing about you.", nil},
		{"request", "pad", "Zeros that make every request 512 bytes long, so that its size says nothing.", nil},

		{"question", "v", "The version of this list of fields.", nil},
		{"question", "claim", "The random code of your request, so that its answer can be found. It is sent when you look for the answer.", nil},
	}
}

func whys() []coverage.Why {
	var all []coverage.Why
	for w := coverage.None + 1; w.String() != ""; w++ {
		all = append(all, w)
	}
	return all
}

func saids() (all []Said) {
	for _, q := range Questions() {
		all = append(all, q.Answers()...)
	}
	return all
}

func names[T interface{ String() string }](values []T) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = v.String()
	}
	return all
}
