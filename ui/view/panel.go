package view

import (
	"slices"
	"strconv"
	"time"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/ui/text"
)

// BlockKind says how a block of a panel's page looks.
type BlockKind uint8

// The kinds.
const (
	Lead    BlockKind = iota + 1 // a page's first sentence: Text
	Warning                      // something is wrong: Text
	Heading                      // Title
	Row                          // a surface: State and Word, Title, Text
	Entry                        // one of a list that has parts: Title, Lines, Text below them, Controls as buttons
	Bullet                       // one of a list: Text
	Note                         // Text
	Buttons                      // Controls, beside each other
	Choice                       // Title, Controls: one of them is on, or with Many any of them
	Switch                       // one Control that is on or not, Text below it
	Field                        // Title, a Control for what is typed into it, Text that stands there before
	Code                         // Text, letter by letter
)

// Block is a part of a page, below the one before.
type Block struct {
	Kind  BlockKind
	Title string
	Text  string
	Lines []string
	State coverage.State // the colour of a Row's dot
	Word  string         // the same as State, to be read

	Controls []Control
	Many     bool // of a Choice
}

// Control is a part of a page that can be used: pressed, chosen, switched or typed
// into. What it does is the session's: it is sent the action, and what the page
// says afterwards comes from there, also which options are chosen. A window keeps
// only what is being typed, which control has the keyboard and how far the page
// is scrolled; Action and Item together tell a control from the others of its
// page, so that it is the same one when the page is renewed.
type Control struct {
	Action card.Action
	// Item is what of several it is about. A Switch has none: what is sent with
	// its action is card.On or card.Off.
	Item  uint32
	Label string
	// Name is what a screen reader calls it where Label is said in several places:
	// "Remove: a card number". "" is Label.
	Name string
	// On says that an option is chosen or a switch on, and Word says it in words.
	On   bool
	Word string
	// Style of a button; 0 is Secondary.
	Style Style
}

// PanelPage is a page of the panel.
type PanelPage struct {
	Tab    card.Tab
	Label  string
	Blocks []Block
}

// PanelView is the panel in words.
type PanelView struct {
	Title  string
	Pages  []PanelPage
	Footer string
}

// Panel returns the view of a panel, in English and with times as they are
// told here.
func Panel(c card.Panel) PanelView { return PanelIn(c, text.Printer{}, time.Local) }

// PanelIn returns the view of a panel in the printer's language, with times of
// that place.
func PanelIn(c card.Panel, p text.Printer, place *time.Location) PanelView {
	w := panelWords{c, p, place}
	return PanelView{
		Title: p.Say(text.PanelTitle),
		Pages: []PanelPage{
			{card.TabCoverage, p.Say(text.TabCoverage), w.coverage()},
			{card.TabLedger, p.Say(text.TabLedger), w.failed(w.ledger())},
			{card.TabKept, p.Say(text.TabKept), w.failed(w.kept())},
			{card.TabWelcome, p.Say(text.TabWelcome), w.failed(w.welcome())},
			{card.TabAllowed, p.Say(text.TabAllowed), w.failed(w.allowed())},
			{card.TabKeys, p.Say(text.TabKeys), w.failed(w.keys())},
			{card.TabWork, p.Say(text.TabWork), w.failed(w.work())},
			{card.TabPulse, p.Say(text.TabPulse), w.failed(w.pulse())},
		},
		Footer: w.footer(),
	}
}

// failed is a page of which something could not be done.
func (w panelWords) failed(b []Block) []Block {
	if !w.Failed {
		return b
	}
	return append([]Block{{Kind: Warning, Text: w.Say(text.ActFailed)}}, b...)
}

type panelWords struct {
	card.Panel
	text.Printer
	place *time.Location
}

func (w panelWords) coverage() []Block {
	var b []Block
	switch {
	case w.Paused:
		b = append(b, Block{Kind: Warning, Text: w.Say(text.CoverageLeadPaused)})
	case w.blind():
		b = append(b, Block{Kind: Warning, Text: w.Say(text.CoverageLeadBlind)})
	default:
		b = append(b, Block{Kind: Lead, Text: w.Say(text.CoverageLead)})
	}
	for _, s := range coverage.Surfaces() {
		e := w.Coverage.Of(s)
		b = append(b, Block{Kind: Row, Title: w.Say(surfaceKeys[s].name), Text: w.Say(w.why(e)), State: e.State, Word: w.Say(stateKeys[e.State])})
	}
	if !w.Proof.IsZero() {
		b = append(b, Block{Kind: Note, Text: w.Say(text.ProvenDesktop, "at", w.at(w.Proof))})
	}
	for _, x := range w.Browsers {
		b = append(b, Block{Kind: Note, Text: w.Say(text.ProvenBrowser, "browser", x.Kind.Name(), "at", w.at(x.Proof))})
	}
	counts := []string{w.counted(text.Clips, text.ClipsNone, int(min(w.Clips, 1<<31-1))), w.counted(text.Nudged, text.NudgedNone, w.Nudges)}
	if w.Learned > 0 {
		counts = append(counts, w.Count(text.Learned, w.Learned))
	}
	for _, line := range counts {
		b = append(b, Block{Kind: Note, Text: line})
	}
	b = append(b, w.quiet()...)
	if len(w.Own) > 0 {
		b = append(b, Block{Kind: Heading, Title: w.Say(text.OwnHeading)}, Block{Kind: Note, Text: w.Say(text.OwnLead)})
		for _, name := range w.Own {
			b = append(b, Block{Kind: Bullet, Text: name})
		}
	}
	it := text.WhoIT
	if w.Service && !w.Server {
		it = text.WhoITNobody
	}
	b = append(b, Block{Kind: Heading, Title: w.Say(text.WhoHeading)})
	return append(b, w.bullets(text.WhoYou, it, text.WhoColleagues, text.WhoAdmin)...)
}

func (w panelWords) ledger() []Block {
	lead := text.LedgerLead
	switch {
	case !w.Service:
		lead = text.LedgerLeadNoService
	case !w.Server:
		lead = text.LedgerLeadNobody
	}
	b := []Block{{Kind: Lead, Text: w.Say(lead)}}
	if w.Broken && w.Checked.Found == 0 {
		b = append(b, Block{Kind: Warning, Text: w.Say(text.LedgerBroken)})
	}
	b = append(append(b, w.checked()...), w.reports()...)
	if len(w.Counts) > 0 {
		b = append(b, Block{Kind: Heading, Title: w.Say(text.CountHeading)})
	}
	for _, c := range w.Counts {
		b = append(b, Block{Kind: Entry, Title: c.Title, Lines: c.Lines, Text: w.Say(text.CountSoon, "at", w.at(c.Ends))})
	}
	b = append(b, Block{Kind: Heading, Title: w.Say(text.SentHeading)})
	if len(w.Pages) == 0 && w.Older == 0 {
		b = append(b, Block{Kind: Note, Text: w.Say(text.NothingSent)})
	}
	for _, q := range w.Pages {
		title := q.Title
		if q.Seq > 0 {
			title = strconv.FormatUint(q.Seq, 10) + ". " + title
		}
		b = append(b, w.exact(q, Block{Kind: Entry, Title: title, Lines: q.Lines, Text: w.receipt(q)})...)
	}
	if w.Older > 0 {
		b = append(b, Block{Kind: Note, Text: w.Count(text.Older, w.Older)})
	}
	b = append(append(b, w.asked()...), Block{Kind: Heading, Title: w.Say(text.HealthHeading)})
	health := w.Say(text.HealthNone)
	switch {
	case w.Health == 1:
		health = w.Say(text.HealthSentOnce, "at", w.at(w.HealthAt))
	case w.Health > 1:
		health = w.Say(text.HealthSent, "n", strconv.Itoa(w.Health), "at", w.at(w.HealthAt))
	}
	if w.Service {
		b = append(b, Block{Kind: Note, Text: health})
	}
	b = append(b, Block{Kind: Note, Text: w.Say(text.HealthWhat)}, Block{Kind: Heading, Title: w.Say(text.CheckHeading)})
	b = append(b, w.bullets(text.CheckVerify, text.CheckShow)...)
	b = append(b, Block{Kind: Heading, Title: w.Say(text.NeverHeading)})
	return append(b, w.never()...)
}

func (w panelWords) footer() string {
	policy := text.PolicyBuiltIn
	switch w.Policy {
	case card.PolicyManaged:
		policy = text.PolicyManaged
	case card.PolicyLastGood:
		policy = text.PolicyLastGood
	}
	words := w.Say(policy, "serial", strconv.Itoa(w.Serial))
	if w.PolicyOff {
		words = w.Say(text.PolicyOff, "policy", words)
	}
	if w.PolicyBroken {
		words = w.Say(text.PolicyBroken, "policy", words)
	}
	line := text.Footer
	if w.Paused {
		line = text.FooterPaused
	}
	return w.Say(line, "version", w.Version, "policy", words)
}

// blind says whether Handrail is of no use now.
func (w panelWords) blind() bool {
	return slices.ContainsFunc([]coverage.Surface{coverage.Clipboard, coverage.Windows, coverage.Nudge}, func(s coverage.Surface) bool {
		return w.Coverage.Of(s).State == coverage.Blind
	})
}

func (w panelWords) counted(some, none text.Key, n int) string {
	if n == 0 {
		return w.Say(none)
	}
	return w.Count(some, n)
}

func (w panelWords) bullets(keys ...text.Key) (b []Block) {
	for _, k := range keys {
		b = append(b, Block{Kind: Bullet, Text: w.Say(k)})
	}
	return b
}

func (w panelWords) at(t time.Time) string { return w.Time(t.In(w.place)) }

func (w panelWords) receipt(q card.Page) string {
	k := text.PageUnfinished
	switch q.Receipt {
	case card.Received:
		k = text.PageReceived
	case card.NoReceipt:
		k = text.PageNoReceipt
	case card.NeedsNone:
		k = text.PageSent
	}
	return w.Say(k, "size", w.Number(q.Size), "at", w.at(q.At))
}

var stateKeys = map[coverage.State]text.Key{
	coverage.Seen: text.StateSeen, coverage.Partly: text.StatePartly, coverage.Blind: text.StateBlind,
}

var surfaceKeys = map[coverage.Surface]struct{ name, seen text.Key }{
	coverage.Clipboard: {text.SurfaceClipboard, text.AllSeenClipboard},
	coverage.Windows:   {text.SurfaceWindows, text.AllSeenWindows},
	coverage.Browser:   {text.SurfaceBrowser, text.AllSeenBrowser},
	coverage.Terminal:  {text.SurfaceTerminal, text.AllSeenTerminal},
	coverage.Apps:      {text.SurfaceApps, text.AllSeenApps},
	coverage.Nudge:     {text.SurfaceNudge, text.AllSeenNudge},
}

// why says the reason for a surface's state and what to do about it.
func (w panelWords) why(e coverage.Entry) text.Key {
	if w.Paused && e.State == coverage.Blind && e.Why == coverage.NotWatching {
		return text.WhyPaused
	}
	switch e.Why {
	case coverage.NotWatching:
		return text.WhyNotWatching
	case coverage.Wayland:
		return text.WhyWayland
	case coverage.NoDisplay:
		return text.WhyNoDisplay
	case coverage.Unsupported:
		return text.WhyUnsupported
	case coverage.TitlesOnly:
		if e.Surface == coverage.Terminal {
			return text.WhyTitlesOnlyTerminal
		}
		return text.WhyTitlesOnly
	case coverage.TextOnly:
		return text.WhyTextOnly
	case coverage.NoWindow:
		if e.State == coverage.Blind {
			return text.WhyNoWindowAtAll
		}
		return text.WhyNoWindow
	case coverage.SensorFailed:
		return text.WhySensorFailed
	case coverage.SwitchedOff:
		return text.WhySwitchedOff
	case coverage.NoExtension:
		return text.WhyNoExtension
	case coverage.Confined:
		return text.WhyConfined
	case coverage.NotProven:
		if e.Surface != coverage.Browser {
			return text.WhyNotProvenDesktop
		}
		return text.WhyNotProven
	case coverage.PasteButtons:
		return text.WhyPasteButtons
	case coverage.Unguarded:
		return text.WhyUnguarded
	}
	return surfaceKeys[e.Surface].seen
}
