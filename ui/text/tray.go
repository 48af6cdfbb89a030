package text

// The words of the icon and its menu.
var (
	// The icon in the desktop's panel.
	TrayTooltip      = say("TrayTooltip", "Handrail · {state}")
	TrayWatching     = say("TrayWatching", "Watching")
	TrayPaused       = say("TrayPaused", "Paused until you resume")
	TrayPausedUntil  = say("TrayPausedUntil", "Paused until {time}")
	TrayBlind        = say("TrayBlind", "Blind: {why}")
	TrayPolicyBroken = say("TrayPolicyBroken", "{state} · the policy file has an error, the last good one is used")
	TrayPast         = say("TrayPast", "Recent nudges")
	TrayNoPast       = say("TrayNoPast", "None since Handrail started")
	TrayPastLine     = say("TrayPastLine", "{class}, {tool}: {answer}")
	TrayBadge        = say("TrayBadge", "{state} · something new was held back")
	TrayQuiet        = say("TrayQuiet", "Held back to keep quiet")
	TrayNoQuiet      = say("TrayNoQuiet", "Nothing since Handrail started")
	TrayQuietLine    = say("TrayQuietLine", "{class}, {tool}: {why}")
	TrayPause        = say("TrayPause", "Pause for a presentation")
	TrayPauseHour    = say("TrayPauseHour", "For 1 hour")
	TrayPauseOpen    = say("TrayPauseOpen", "Until I resume")
	TrayResume       = say("TrayResume", "Resume")
	TrayPutBack      = counted("TrayPutBack", "Put one name back", "Put {n} names back")
	TrayUndo         = say("TrayUndo", "Bring back what you copied")
	TrayForget       = counted("TrayForget", "Forget the value that Safe Paste keeps", "Forget the {n} values that Safe Paste keeps")
	TrayAbout        = say("TrayAbout", "About Handrail {version}")

	// Why nothing, or not all that matters, is watched.
	BlindStarting     = say("BlindStarting", "not watching yet")
	BlindWayland      = say("BlindWayland", "this desktop (Wayland) shows programs neither clipboard nor windows")
	BlindNoDisplay    = say("BlindNoDisplay", "there is no display")
	BlindUnsupported  = say("BlindUnsupported", "not built for this system yet")
	BlindNoWindow     = say("BlindNoWindow", "no nudge can be shown")
	BlindSensorFailed = say("BlindSensorFailed", "it stopped, and is being started again")
	BlindSwitchedOff  = say("BlindSwitchedOff", "your organisation’s policy switches Handrail off")

	// What came of a nudge.
	PastOpened       = say("PastOpened", "you opened the approved tool")
	PastSafe         = say("PastSafe", "you chose the text without the sensitive parts")
	PastNotSensitive = say("PastNotSensitive", "you said it is not sensitive")
	PastAllowed      = say("PastAllowed", "you said this use is allowed")
	PastAnyway       = say("PastAnyway", "you chose to paste anyway")
	PastClosed       = say("PastClosed", "you closed it")
	PastNoAnswer     = say("PastNoAnswer", "no answer")

	// Why a nudge was not shown.
	HushEnough = say("HushEnough", "you had enough nudges today")
	HushRecent = say("HushRecent", "you were told a short while ago")
	HushOld    = say("HushOld", "you had copied it a while before")
	HushBusy   = say("HushBusy", "you were busy or wanted quiet")
)
