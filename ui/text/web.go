package text

// The other words of the hint in a page. The extension has the same in English,
// for when nobody sends it words.
var (
	WebAsking       = say("WebAsking", "Handrail is asking")
	WebAnswers      = say("WebAnswers", "Answer here")
	WebAgain        = say("WebAgain", "Checked. Press Ctrl+V again to paste it.")
	WebAgainPlain   = say("WebAgainPlain", "Checked without what is hidden in it. Press Ctrl+Shift+V to paste it.")
	WebAgainDrop    = say("WebAgainDrop", "Checked. Drop it here again.")
	WebAgainFile    = say("WebAgainFile", "Checked. Choose the file again.")
	WebUnchecked    = say("WebUnchecked", "Handrail didn’t answer in time, so this paste was not checked.")
	WebKept         = say("WebKept", "Handrail didn’t answer in time, so nothing was pasted. It is still on your clipboard.")
	WebNobody       = say("WebNobody", "Nobody is watching: Handrail isn’t running, so pastes are not checked.")
	WebWaiting      = say("WebWaiting", "One paste is waiting for an answer. This one was left out.")
	WebNotInspected = say("WebNotInspected", "Handrail doesn’t look into files of this kind. Look yourself before you send it.")
	WebAskAccount   = say("WebAskAccount", "Is this your work account?")
	WebWork         = say("WebWork", "Yes, work")
	WebPersonal     = say("WebPersonal", "No, my own")
	WebKeys         = say("WebKeys", "Alt+Shift+H for the keyboard, Esc to close")
	WebClose        = say("WebClose", "Close")
)
