package text

// The words of the first day: the card that offers the panel's page about what
// Handrail does, and that page.
var (
	WelcomeTitle  = say("WelcomeTitle", "Handrail is here to help")
	WelcomeBody   = say("WelcomeBody", "It speaks up before something sensitive goes to an AI tool that is not approved. See what it does, and what it never does.")
	WelcomeShow   = say("WelcomeShow", "What Handrail does")
	GotIt         = say("GotIt", "Got it")
	WelcomeWindow = say("WelcomeWindow", "To see it in a window: handrail panel --tab welcome")
	WelcomeHow    = say("WelcomeHow", "To read it, run: handrail welcome")

	TabWelcome   = say("TabWelcome", "What Handrail does")
	WelcomeLead  = say("WelcomeLead", "Handrail speaks up before something sensitive goes to an AI tool that isn’t approved, and shows you the approved way. What you do then is up to you.")
	WelcomeAgain = say("WelcomeAgain", "You can read this again at any time: it is in the menu of Handrail’s icon.")

	WatchesHeading = say("WatchesHeading", "What it watches")
	WatchesWindow  = say("WatchesWindow", "Which window is in front, to know when it is an AI tool.")
	WatchesCopies  = say("WatchesCopies", "That something was copied: when, and by which program. Not what.")
	WatchesText    = say("WatchesText", "What you copied is read only while an AI tool that isn’t approved is in front, or while Safe Paste can put names back. It is looked at in memory, and then wiped.")
	WatchesPages   = say("WatchesPages", "In a browser with Handrail’s extension: what you paste or drop into the page of such a tool.")
	WatchesTools   = say("WatchesTools", "Which AI tools run here, and what their own settings let them use.")

	WatchesNotHeading = say("WatchesNotHeading", "What it never does")
	WatchesNotContent = say("WatchesNotContent", "It writes nothing of what you copy to the disk, and sends nothing of it. What you call not sensitive leaves a mark here, and nobody can get the text back from it.")
	WatchesNotKeys    = say("WatchesNotKeys", "It records no keys, no pictures of the screen, no sound, and looks into no network traffic.")
	WatchesNotMarked  = say("WatchesNotMarked", "It reads nothing that a password manager marks as secret.")
	WatchesNotOther   = say("WatchesNotOther", "It does nothing on pages that are no AI tool. It opens none of your documents, except those that you put into such a tool.")

	LeavesHeading = say("LeavesHeading", "What leaves this computer")
	LeavesNothing = say("LeavesNothing", "Nothing. Handrail works by itself here.")
	LeavesCounts  = say("LeavesCounts", "Counts without your name: which AI tools ran, how many nudges there were, and how they were answered.")
	LeavesHealth  = say("LeavesHealth", "If Handrail works on this computer. That report has nothing in it that you did.")
	LeavesAsked   = say("LeavesAsked", "What you send yourself: if you ask for a tool, you see the exact bytes first.")
	LeavesShown   = say("LeavesShown", "Each report from your account is on the page “What IT saw” before it leaves, byte by byte.")

	SwitchHeading = say("SwitchHeading", "How to switch things off")
	SwitchPause   = say("SwitchPause", "For a talk or a call: “Pause” in the menu of the icon, or: handrail pause")
	SwitchForget  = say("SwitchForget", "What Safe Paste holds: “Forget now” on the page “What stays here”, or: handrail forget")
	SwitchLearned = say("SwitchLearned", "What you called not sensitive: “Remove” on the same page.")
	SwitchReports = say("SwitchReports", "Reports about what you do: the switch on the page “What IT saw”, or: handrail reports off")

	PermitHeading       = say("PermitHeading", "What it needs from this desktop")
	PermitNone          = say("PermitNone", "This desktop asks you for nothing: Handrail needs no more rights than any program of yours.")
	PermitMac           = say("PermitMac", "You can take both back in the system settings, under privacy. Handrail then says what it can’t see.")
	PermitPasteboard    = say("PermitPasteboard", "The clipboard: macOS asks if Handrail may read it. It does so only at the moments named above.")
	PermitAccessibility = say("PermitAccessibility", "Accessibility: macOS asks if Handrail may see which window is in front. It reads no keys and controls nothing.")
	PermitExtension     = say("PermitExtension", "The browser extension: your IT team installs it. With it a paste is held until you have read the nudge. Without it the nudge goes by the title of the tab.")
	PermitNow           = say("PermitNow", "AI sites in your browser now: {state}. {why}")
)
