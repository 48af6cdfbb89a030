// Package text holds the words that people read, one table a language.
//
//	p := text.For("en")
//	p.Say(text.Open, "tool", "Copilot") // "Open Copilot"
//	p.Count(text.Cards, 3)              // "3 payment card numbers"
//
// It is not a translation framework: a message is a sentence with named holes,
// and what is counted has a form for one and a form for more.
package text

import (
	"strconv"
	"strings"
)

// Key names a message. What it means is in the English table.
type Key uint8

// The messages.
const (
	Looks Key = iota // the title of a nudge
	NotApproved
	NotApprovedShort
	NotReviewed
	NotReviewedShort
	MayNotReceive
	MayNotReceiveShort
	Destination

	// What was found, counted.
	Cards
	Banks
	GovIDs
	Secrets
	Contacts
	Markings
	HRs
	Healths
	Contracts
	Finances
	Codes
	Owns
	OwnTerm
	Something

	// The same as what a tool is approved for, or not.
	ForCards
	ForBanks
	ForGovIDs
	ForSecrets
	ForContacts
	ForMarkings
	ForHRs
	ForHealths
	ForContracts
	ForFinances
	ForCodes
	ForOwns
	ForSomething

	// Buttons and what stands below them.
	Open
	SafePaste
	SafePasteBig
	NotSensitive
	PasteAnyway
	DoNotPaste
	OpensRedacted
	Hint

	// A tool was given something to work with.
	ConnectorServer
	ConnectorServerBare
	ConnectorExtension
	ConnectorForbidden
	ConnectorNotReviewed
	ConnectorsMore

	// The panel: its pages and what stands around them.
	PanelTitle
	TabCoverage
	TabLedger
	Footer
	FooterPaused
	PolicyBuiltIn
	PolicyManaged
	PolicyLastGood
	PolicyOff
	PolicyBroken

	// How much is seen of a surface.
	StateSeen
	StatePartly
	StateBlind
	SurfaceClipboard
	SurfaceWindows
	SurfaceBrowser
	SurfaceTerminal
	SurfaceApps
	SurfaceNudge
	AllSeenClipboard
	AllSeenWindows
	AllSeenBrowser
	AllSeenTerminal
	AllSeenApps
	AllSeenNudge
	WhyPaused
	WhyNotWatching
	WhyWayland
	WhyNoDisplay
	WhyUnsupported
	WhyTitlesOnly
	WhyTitlesOnlyTerminal
	WhyTextOnly
	WhyNoWindow
	WhyNoWindowAtAll
	WhySensorFailed
	WhySwitchedOff
	WhyNoExtension
	WhyConfined
	WhyNotProven
	WhyPasteButtons
	WhyUnguarded
	CoverageLead
	CoverageLeadPaused
	CoverageLeadBlind
	Clips
	ClipsNone
	Nudged
	NudgedNone
	Learned
	OwnHeading
	OwnLead
	WhoHeading
	WhoYou
	WhoIT
	WhoITNobody
	WhoColleagues
	WhoAdmin

	// The page about what was sent.
	LedgerLead
	LedgerLeadNobody
	LedgerLeadNoService
	LedgerBroken
	SentHeading
	NothingSent
	PageReceived
	PageNoReceipt
	PageUnfinished
	Older
	CountHeading
	CountSoon
	HealthHeading
	HealthSentOnce
	HealthSent
	HealthNone
	HealthWhat
	CheckHeading
	CheckVerify
	CheckShow
	NeverHeading
	Never1
	Never2
	Never3
	Never4
	Never5

	// The icon in the desktop's panel.
	TrayTooltip
	TrayWatching
	TrayPaused
	TrayPausedUntil
	TrayBlind
	TrayPolicyBroken
	TrayPast
	TrayNoPast
	TrayPastLine
	TrayPause
	TrayPauseHour
	TrayPauseOpen
	TrayResume
	TrayAbout

	// Why nothing, or not all that matters, is watched.
	BlindStarting
	BlindWayland
	BlindNoDisplay
	BlindUnsupported
	BlindNoWindow
	BlindSensorFailed
	BlindSwitchedOff

	// What came of a nudge.
	PastOpened
	PastSafe
	PastNotSensitive
	PastAnyway
	PastClosed
	PastNoAnswer

	keys
)

// form is one message: other is used for every count but 1.
type form struct{ one, other string }

func just(s string) form { return form{s, s} }

// Printer says messages in one language. The zero value speaks English.
type Printer struct{ table *[keys]form }

// For returns the printer for a locale such as "en", "de-AT" or "de_DE.UTF-8".
// English serves where there is no table.
func For(locale string) Printer {
	lang, _, _ := strings.Cut(strings.ReplaceAll(locale, "_", "-"), "-")
	lang, _, _ = strings.Cut(lang, ".")
	return Printer{tables[strings.ToLower(lang)]}
}

var tables = map[string]*[keys]form{"en": &english}

func (p Printer) form(k Key) form {
	t := p.table
	if t == nil {
		t = &english
	}
	return t[k]
}

// Say returns a message with its holes filled: pairs of a hole's name and what
// goes there.
func (p Printer) Say(k Key, pairs ...string) string { return fill(p.form(k).other, pairs) }

// Count returns a message for n things; the hole {n} is the number.
func (p Printer) Count(k Key, n int) string {
	f := p.form(k)
	if n == 1 {
		return f.one
	}
	return fill(f.other, []string{"n", strconv.Itoa(n)})
}

// fill goes over the message once, so that what is put in a hole is never
// taken for a hole itself.
func fill(s string, pairs []string) string {
	for i := range pairs {
		if i%2 == 0 {
			pairs[i] = "{" + pairs[i] + "}"
		}
	}
	return strings.NewReplacer(pairs...).Replace(s)
}
