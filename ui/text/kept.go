package text

// The words of the panel's page about what stays on this computer.
var (
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
)
