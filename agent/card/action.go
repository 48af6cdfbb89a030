package card

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Action is what a control of the panel asks the session to do. The list is
// closed, and the session does nothing that is not on it.
//
// To add one: a line here and in actionNames, what it does in agent/session
// (act.go), and a Control that has it in a page of ui/view. One of a text field is
// in takesText, too, and what it does there is typed instead of do: it is called
// with each change of the text, and what was found is a field of Panel, which is
// sent at once. A page itself is a Tab (panel.go), what it shows fields of Panel,
// and its words a function in ui/view; agent/window and ui/panel carry and draw
// them as they are.
type Action uint8

// The actions. Most are about no item.
const (
	ForgetValues  Action = iota + 1 // wipe what Safe Paste keeps
	BringBack                       // bring back what was on the clipboard before
	CheckLedger                     // check the person's ledger
	ShowBytes                       // Item: the exact bytes of this entry of it; again hides them
	SwitchReports                   // Item: reports about what the person does, On or Off
	Unlearn                         // Item: take this out of the learned list; 0 is all
	Relearn                         // Item: take back that it was taken out; 0 is all
	GotIt                           // don't offer the page about what Handrail does any more

	AskAllowed  // am I allowed? The text is the question
	OpenWay     // open the approved tool number Item of the answers
	WantTool    // begin a request for the tool of answer number Item
	WantTask    // it is for the task Item
	WantData    // the data are those of Item: see DataItem
	WantLack    // the approved tools lack, or do not lack, Item
	SendRequest // send the request as it is shown
	DropRequest // close the form
	LookAnswers // look for the answers to what was asked for

	OpenIssuer  // open the page number Item where a key is ended
	ForgetKeys  // forget which keys were pasted
	PulseTask   // Item: a kind of work for the weekly question, by its number in agent/report; again takes it back
	PulseSaid   // Item: an answer to it, by its number there; again takes it back
	PulseCount  // count what is chosen
	PulseSkip   // nothing this week
	ReadCard    // Item: the card of this role
	PulseSwitch // Item: the weekly question, On or Off
)

var actionNames = [...]string{"", "forget_values", "bring_back", "check_ledger", "show_bytes", "switch_reports", "unlearn", "relearn", "got_it", "ask_allowed", "open_way", "want_tool", "want_task", "want_data", "want_lack", "send_request", "drop_request", "look_answers", "open_issuer", "forget_keys", "pulse_task", "pulse_said", "pulse_count", "pulse_skip", "read_card", "pulse_switch"}

// takesText are the actions of a text field.
var takesText = map[Action]bool{AskAllowed: true}

// String returns the action's name in the window protocol.
func (a Action) String() string {
	if int(a) < len(actionNames) {
		return actionNames[a]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. An unknown name is the zero
// Action and no error: the session does nothing for it, and the window stays.
func (a *Action) UnmarshalText(b []byte) error {
	*a = 0
	for i, n := range actionNames {
		if i > 0 && n == string(b) {
			*a = Action(i)
		}
	}
	return nil
}

// TakesText says whether a text comes with the action.
func (a Action) TakesText() bool { return takesText[a] }

// The items of a switch's action.
const (
	Off uint32 = 1
	On  uint32 = 2
)

// MaxText is how many bytes of a text field come with an action.
const MaxText = 200

// Typed returns what of a text field's text may come with an action: one line
// without control characters, MaxText at most.
func Typed(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	for len(s) > MaxText {
		_, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
	}
	return s
}
