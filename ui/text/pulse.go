package text

// The weekly question of how work with AI goes.
var (
	TabPulse       = say("TabPulse", "Your week")
	TrayPulse      = say("TrayPulse", "How was your week with AI? Four taps")
	TrayPulseState = say("TrayPulseState", "{state} · a short question about your week")

	PulseLead       = say("PulseLead", "Once a week you can say in four taps how work with AI went. Skip it when you like.")
	PulseWhere      = say("PulseWhere", "Your taps are counted in the next report, which is about nobody. First you see them on the page “{tab}”.")
	PulseDone       = say("PulseDone", "This week is done. The next question comes on {date} at the earliest.")
	PulseOff        = say("PulseOff", "You have switched it off. It stays off until you switch it on here.")
	PulseByPolicy   = say("PulseByPolicy", "Your organisation has switched this question off, so nobody is asked.")
	PulseReportsOff = say("PulseReportsOff", "You are not asked: reports about what you do are off, so nothing would be counted. To switch them on: handrail reports on")
	PulseMore       = say("PulseMore", "Choose what you used AI for, and answer at least one question below it.")
	PulseCount      = say("PulseCount", "Count my taps")
	PulseSkip       = say("PulseSkip", "Skip this week")
	PulseSwitch     = say("PulseSwitch", "Ask me once a week")
	PulseSwitchNote = say("PulseSwitchNote", "A mark on the icon asks, never a window. Off means that you are never asked again.")

	PulseTask    = say("PulseTask", "What did you use AI for most?")
	PulseSaved   = say("PulseSaved", "How much time did it save you?")
	PulseChecked = say("PulseChecked", "Did you check the answers?")
	PulseError   = say("PulseError", "Was there an error in them?")

	WeekSavedNothing  = say("WeekSavedNothing", "None")
	WeekSavedUpToHour = say("WeekSavedUpToHour", "Up to an hour")
	WeekSavedMore     = say("WeekSavedMore", "More than an hour")
	WeekCheckedNot    = say("WeekCheckedNot", "No, used as they came")
	WeekCheckedRead   = say("WeekCheckedRead", "Yes, I read them through")
	WeekCheckedRan    = say("WeekCheckedRan", "Yes, I tried them out or looked at a source")
	WeekCheckedPerson = say("WeekCheckedPerson", "Yes, and somebody else looked at them")
	WeekErrorNone     = say("WeekErrorNone", "No, none was found")
	WeekErrorFound    = say("WeekErrorFound", "Yes, one was found")

	// On the command line.
	PulseTyped   = say("PulseTyped", "Type the number of an answer, or only press Return to leave one out.")
	PulseNumber  = say("PulseNumber", "Type a number from 1 to {n}, or only press Return.")
	PulseNothing = say("PulseNothing", "Nothing was counted.")
	PulseCounted = say("PulseCounted", "Counted. To see what the next report holds so far: handrail ledger")
	PulseSkipped = say("PulseSkipped", "Skipped. Nothing was counted.")
	PulseIsOff   = say("PulseIsOff", "Off. You are not asked again. To switch it on: handrail pulse on")
	PulseIsOn    = say("PulseIsOn", "On. A mark on the icon asks once a week.")

	Chosen = say("Chosen", "chosen")
)
