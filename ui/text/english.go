package text

var english = [keys]form{
	Looks:              just("This looks like {what}"),
	NotApproved:        just("{where} is not approved for {content}."),
	NotApprovedShort:   just("{where} is not approved."),
	NotReviewed:        just("{where} has not been reviewed for {content}."),
	NotReviewedShort:   just("{where} has not been reviewed."),
	MayNotReceive:      just("{where} may not receive {content}."),
	MayNotReceiveShort: just("{where} may not receive this."),
	Destination:        just("{tool} ({domain})"),

	Cards:     {"a payment card number", "{n} payment card numbers"},
	Banks:     {"a bank account number", "{n} bank account numbers"},
	GovIDs:    {"a government ID number", "{n} government ID numbers"},
	Secrets:   {"a password or key", "{n} passwords or keys"},
	Contacts:  {"somebody’s contact details", "{n} people’s contact details"},
	Markings:  just("a text marked as confidential"),
	Something: just("something sensitive"),

	ForCards:     just("payment card numbers"),
	ForBanks:     just("bank details"),
	ForGovIDs:    just("ID numbers"),
	ForSecrets:   just("passwords and keys"),
	ForContacts:  just("people’s contact details"),
	ForMarkings:  just("confidential texts"),
	ForSomething: just("sensitive content"),

	Open:         just("Open {tool}"),
	NotSensitive: just("Not sensitive"),
	PasteAnyway:  just("Paste anyway"),
	DoNotPaste:   just("Don’t paste"),
	Hint:         just("{hotkey} for the keyboard, Esc to close"),
}
