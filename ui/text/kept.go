package text

// The words of the panel's controls, and of its page about what stays on this
// computer.
var (
	ActFailed = say("ActFailed", "That did not work. “handrail status” says why. Try again, or tell your IT team.")
	SwitchOn  = say("SwitchOn", "on")
	SwitchOff = say("SwitchOff", "off")

	TabKept       = say("TabKept", "What stays here")
	KeptLead      = say("KeptLead", "All of this is on this computer only, in your own folder or in memory. None of it is ever sent.")
	ValuesHeading = say("ValuesHeading", "What Safe Paste holds")
	ValuesNone    = say("ValuesNone", "Nothing. When you use Safe Paste, it holds the real words here, so that they can be put back.")
	Values        = counted("Values",
		"One word that Safe Paste took out is held in memory, so that it can be put back. It is wiped at {at}, when the screen locks, or when you log out.",
		"{n} words that Safe Paste took out are held in memory, so that they can be put back. They are wiped from {at} on, when the screen locks, or when you log out.")
	ForgetValues = say("ForgetValues", "Forget now")
	Back         = say("Back", "Handrail changed your clipboard. What you had copied can be brought back until {at}.")
	BringBack    = say("BringBack", "Bring it back")

	LearnedHeading = say("LearnedHeading", "What you called not sensitive")
	LearnedLead    = say("LearnedLead", "You are not asked about these again. The text itself is not kept, only a mark that nobody can turn back into it. What you remove, you are asked about again.")
	LearnedNone    = say("LearnedNone", "Nothing. What you call “not sensitive” in a nudge is listed here, without its text.")
	LearnedOn      = say("LearnedOn", "You said so on {day}.")
	LearnedOwn     = say("LearnedOwn", "A term of your organisation")
	LearnedMore    = counted("LearnedMore", "One older entry: handrail learned", "{n} older entries: handrail learned")
	Remove         = say("Remove", "Remove")
	RemoveAll      = say("RemoveAll", "Remove all")
	RemoveUndo     = say("RemoveUndo", "Undo")
	RemoveNone     = say("RemoveNone", "Undo all")
	Removed        = say("Removed", "Removed. You can undo it until you close this window.")

	// The page about what IT saw.
	CheckLedger       = say("CheckLedger", "Check this list")
	CheckedWhole      = say("CheckedWhole", "Checked {at}: the list is whole. It has {sent} and {receipts}, and each is as Handrail wrote it.")
	CheckedSent       = counted("CheckedSent", "one entry that was sent", "{n} entries that were sent")
	CheckedReceipts   = counted("CheckedReceipts", "one receipt", "{n} receipts")
	CheckedEmpty      = say("CheckedEmpty", "Checked {at}: the list is empty. Nothing was sent yet.")
	CheckedUnfinished = say("CheckedUnfinished", "Its last line was cut off when the computer or Handrail stopped. Nothing of that line was sent. The next entry takes its place.")
	CheckedUnmarked   = say("CheckedUnmarked", "One thing could not be checked: if whole entries are gone at its end.")
	CheckedEdited     = say("CheckedEdited", "The list is damaged at entry {line}: it is not as Handrail wrote it. What stands before it is whole.")
	CheckedRemoved    = say("CheckedRemoved", "The list is damaged at entry {line}: entries before it are gone. What stands before the gap is whole.")
	CheckedReordered  = say("CheckedReordered", "The list is damaged at entry {line}: it stands in another place than Handrail put it. What stands before it is whole.")
	CheckedTruncated  = say("CheckedTruncated", "The list is damaged: it ends before entry {line}, and there were more. What is left is whole.")
	CheckedUnreadable = say("CheckedUnreadable", "The list can’t be read. “handrail ledger verify” says why.")
	CheckedToDo       = say("CheckedToDo", "What to do: tell your IT team. To begin a new list, move the files ledger.jsonl and ledger.jsonl.head out of your Handrail folder and log in again. “handrail ledger verify” says where they are.")
	BytesShow         = say("BytesShow", "Show the exact bytes")
	BytesHide         = say("BytesHide", "Hide the bytes")
	BytesCut          = say("BytesCut", "There is more. All of it: handrail ledger show {n}")
	Reports           = say("Reports", "Reports about what you do")
	ReportsOn         = say("ReportsOn", "On: your answers, and which AI tools ran, are counted without your name. If you switch it off, nothing is counted, and nobody can tell that it was you.")
	ReportsOff        = say("ReportsOff", "Off: nothing is counted. What is sent says only that, and nobody can tell who sent it. Nudges stay as they are.")
)
