package text

// The question whether a person has checked an AI's answer, and its receipts.
var (
	CheckTitle     = say("CheckTitle", "Was this AI answer checked by a person?")
	CheckBody      = say("CheckBody", "You come from an AI tool to {system}. A “yes” gives you a signed receipt that stays here. Only yes or not yet is counted.")
	CheckedRead    = say("CheckedRead", "Yes, read through")
	CheckedSource  = say("CheckedSource", "Yes, tried out or looked up")
	CheckedOther   = say("CheckedOther", "Yes, by a second person")
	CheckedNotYet  = say("CheckedNotYet", "Not yet")
	CheckedNotAI   = say("CheckedNotAI", "Not an AI answer")
	ReceiptHeading = say("ReceiptHeading", "Your receipts for checked answers")
	ReceiptNone    = say("ReceiptNone", "None. When you bring an AI answer to a system that decides about people or prices, you may be asked whether somebody has checked it.")
	ReceiptLead    = say("ReceiptLead", "Signed with your own key, and never sent. Only you can take them along: handrail receipts export FILE")
	ReceiptLine    = say("ReceiptLine", "{at}, {stake}: {how}")
	ReceiptOlder   = counted("ReceiptOlder", "There is one more. To see all: handrail receipts list", "There are {n} more. To see all: handrail receipts list")

	HowRead   = say("HowRead", "read through")
	HowSource = say("HowSource", "tried out or looked up")
	HowOther  = say("HowOther", "by a second person")

	// On the command line.
	ReceiptsForgotten = say("ReceiptsForgotten", "Your receipts and their key are erased.")
	ReceiptsExported  = counted("ReceiptsExported", "One receipt is in {file}.", "{n} receipts are in {file}.")
	ReceiptsGood      = counted("ReceiptsGood", "One receipt, as it was signed.", "{n} receipts, each as it was signed.")
	ReceiptsYours     = say("ReceiptsYours", "Signed with your key.")
	ReceiptsOther     = say("ReceiptsOther", "Signed with another key than yours. Whose it is, the file can’t say.")
	ReceiptsEmpty     = say("ReceiptsEmpty", "You have no receipts.")
)
