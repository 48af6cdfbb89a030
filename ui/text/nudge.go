package text

// The words of a nudge, in a window, a notification or a page.
var (
	// What a nudge says.
	Looks              = say("Looks", "This looks like {what}")
	NotApproved        = say("NotApproved", "{where} is not approved for {content}.")
	NotApprovedShort   = say("NotApprovedShort", "{where} is not approved.")
	NotReviewed        = say("NotReviewed", "{where} has not been reviewed for {content}.")
	NotReviewedShort   = say("NotReviewedShort", "{where} has not been reviewed.")
	MayNotReceive      = say("MayNotReceive", "{where} may not receive {content}.")
	MayNotReceiveShort = say("MayNotReceiveShort", "{where} may not receive this.")
	Destination        = say("Destination", "{tool} ({domain})")

	// What was found, counted.
	Cards     = counted("Cards", "a payment card number", "{n} payment card numbers")
	Banks     = counted("Banks", "a bank account number", "{n} bank account numbers")
	GovIDs    = counted("GovIDs", "a government ID number", "{n} government ID numbers")
	Secrets   = counted("Secrets", "a password or key", "{n} passwords or keys")
	Contacts  = counted("Contacts", "somebody’s contact details", "{n} people’s contact details")
	Markings  = say("Markings", "a text marked as confidential")
	HRs       = counted("HRs", "a personnel record", "personnel records of {n} people")
	Healths   = say("Healths", "a health record")
	Contracts = say("Contracts", "a contract")
	Finances  = say("Finances", "figures that aren’t public")
	Codes     = say("Codes", "source code")
	Owns      = counted("Owns", "a term on your organisation’s list", "{n} terms on your organisation’s list")
	OwnTerm   = say("OwnTerm", "“{name}”, from your organisation’s list")
	Something = say("Something", "something sensitive")

	// The same as what a tool is approved for, or not.
	ForCards     = say("ForCards", "payment card numbers")
	ForBanks     = say("ForBanks", "bank details")
	ForGovIDs    = say("ForGovIDs", "ID numbers")
	ForSecrets   = say("ForSecrets", "passwords and keys")
	ForContacts  = say("ForContacts", "people’s contact details")
	ForMarkings  = say("ForMarkings", "confidential texts")
	ForHRs       = say("ForHRs", "personnel records")
	ForHealths   = say("ForHealths", "health records")
	ForContracts = say("ForContracts", "contracts")
	ForFinances  = say("ForFinances", "unpublished figures")
	ForCodes     = say("ForCodes", "source code")
	ForOwns      = say("ForOwns", "what is on that list")
	ForSomething = say("ForSomething", "sensitive content")

	// Buttons and what stands below them.
	Open          = say("Open", "Open {tool}")
	SafePaste     = say("SafePaste", "Safe Paste")
	SafePasteBig  = say("SafePasteBig", "Paste without the sensitive parts")
	NotSensitive  = say("NotSensitive", "Not sensitive")
	Allowed       = say("Allowed", "Allowed use")
	PasteAnyway   = say("PasteAnyway", "Paste anyway")
	DoNotPaste    = say("DoNotPaste", "Don’t paste")
	OpensRedacted = say("OpensRedacted", "It opens with the sensitive parts taken out of what you copied.")
	RecordMay     = say("RecordMay", "{tool} may receive {content}.")
	RecordUntil   = say("RecordUntil", "It is approved until {date}.")
	Hint          = say("Hint", "{hotkey} for the keyboard, Esc to close")
	// What a policy says where its rule doesn't.
	AskITWhich     = say("AskITWhich", "Remove the sensitive part first, or ask your IT team which AI tool may receive it.")
	UseWorkAccount = say("UseWorkAccount", "Use your work account in {tool} instead.")
	UseTool        = say("UseTool", "Use {tool} instead.")
	// The question after "paste anyway".
	WhyTitle  = say("WhyTitle", "May we ask why?")
	WhyBody   = say("WhyBody", "You chose to paste into {tool} anyway. Your answer is counted without your name. It helps choose better tools. You can skip it.")
	Skip      = say("Skip", "Skip")
	NoTime    = say("NoTime", "It could not wait")
	ToolLacks = say("ToolLacks", "The approved tool can’t do it")
	NoAccess  = say("NoAccess", "I can’t get into the approved tool")
	WasTold   = say("WasTold", "I was told to")
	OtherWhy  = say("OtherWhy", "Another reason")
	// Where a desktop shows notifications without buttons.
	HowToAnswer = say("HowToAnswer", "This desktop shows no buttons here. To answer, run: handrail answer")

	// Safe Paste, afterwards: what a quiet card says.
	NamesBackTitle = counted("NamesBackTitle", "Put the name back?", "Put {n} names back?")
	NamesBackBody  = say("NamesBackBody", "You copied an answer with tokens from Safe Paste. Your clipboard gets the real words, without formatting.")
	PutBack        = say("PutBack", "Put names back")
	AreBackTitle   = counted("AreBackTitle", "The name is back", "{n} names are back")
	AreBackBody    = say("AreBackBody", "Your clipboard holds them, without formatting. Paste them where they belong.")
	AreBackLeft    = counted("AreBackLeft", "One token was changed and stays. Check it by hand: {tokens}", "{n} tokens were changed and stay. Check them by hand: {tokens}")
	IsSafeTitle    = say("IsSafeTitle", "The sensitive parts are out")
	IsSafeBody     = say("IsSafeBody", "Your clipboard holds the safe text, without formatting. Undo brings back what you copied.")
	Undo           = say("Undo", "Undo")
	Fine           = say("Fine", "OK")

	// A tool was given something to work with.
	ConnectorServer      = say("ConnectorServer", "{tool} can use {name} ({where})")
	ConnectorServerBare  = say("ConnectorServerBare", "{tool} can use {name}")
	ConnectorExtension   = say("ConnectorExtension", "{tool} is installed as an extension")
	ConnectorForbidden   = say("ConnectorForbidden", "Your organisation has not approved it.")
	ConnectorNotReviewed = say("ConnectorNotReviewed", "Your organisation has not reviewed it yet.")
	ConnectorsMore       = counted("ConnectorsMore", "One more is new. To see all: handrail tools", "{n} more are new. To see all: handrail tools")
)
