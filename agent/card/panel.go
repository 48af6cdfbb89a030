package card

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"handrail/agent/coverage"
	"handrail/detect"
	"handrail/detect/ask"
)

// Tab names a page of the panel.
type Tab uint8

// The pages.
const (
	TabCoverage Tab = iota + 1 // what Handrail sees
	TabLedger                  // what IT saw
	TabKept                    // what stays on this computer
	TabWelcome                 // what Handrail does
	TabAllowed                 // am I allowed? and requests for tools
	TabKeys                    // what to do when a key got out
	TabPulse                   // the weekly question
	TabWork                    // cards about AI at a kind of work
)

var tabNames = [...]string{"", "coverage", "ledger", "kept", "welcome", "allowed", "keys", "pulse", "work"}

// Tabs returns the names of all pages, in their order.
func Tabs() []string { return slices.Clone(tabNames[1:]) }

// String returns the page's name, such as "coverage".
func (t Tab) String() string {
	if int(t) < len(tabNames) {
		return tabNames[t]
	}
	return ""
}

// MarshalText implements encoding.TextMarshaler.
func (t Tab) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an unknown name is an error.
func (t *Tab) UnmarshalText(b []byte) error {
	for i, n := range tabNames {
		if i > 0 && n == string(b) {
			*t = Tab(i)
			return nil
		}
	}
	return fmt.Errorf("unknown page %q: it is one of %s", b, strings.Join(Tabs(), ", "))
}

// System is what a computer runs, as far as the panel says something about it.
type System uint8

// The systems.
const (
	OnLinux System = iota + 1
	OnWindows
	OnMac
)

// PolicySource says where the policy in force comes from.
type PolicySource uint8

// The sources.
const (
	PolicyBuiltIn  PolicySource = iota + 1
	PolicyManaged               // the organisation's
	PolicyLastGood              // the organisation's, as it was before it broke
)

// Receipt says how far something that was written for the server has come.
type Receipt uint8

// The states.
const (
	Received   Receipt = iota + 1 // the server has acknowledged it
	NoReceipt                     // it is in the ledger and on its way
	Unfinished                    // it is written and not in the ledger yet
	NeedsNone                     // it was answered at once
)

// MaxPages is how many entries of the ledger a panel holds at most, the
// newest. The command line shows all.
const MaxPages = 50

// MaxOwn is how many entries of the organisation's own list a panel names. The
// command line shows all.
const MaxOwn = 50

// Panel is what the panel shows: closed lists, counts, and sentences that are
// made of closed lists and names of the catalogue.
type Panel struct {
	// Tab opens the panel on this page; 0 renews a panel that is open, and does
	// nothing to one that is not.
	Tab     Tab    `json:"tab,omitzero"`
	Version string `json:"version"`
	Paused  bool   `json:"paused,omitempty"`

	Policy       PolicySource `json:"policy"`
	Serial       int          `json:"serial,omitempty"`
	PolicyOff    bool         `json:"policy_off,omitempty"`    // it switches everything off
	PolicyBroken bool         `json:"policy_broken,omitempty"` // the newest one can't be read

	// Own is what the policy calls the entries of the organisation's own list,
	// MaxOwn at most.
	Own []string `json:"own,omitempty"`

	Coverage coverage.Table `json:"coverage"`
	// Proof is when a self-test of copies and windows last went all the way, zero
	// if none did; Browsers are those of whose extension one did.
	Proof    time.Time `json:"proof,omitzero"`
	Browsers []Browser `json:"browsers,omitempty"`
	// Clips is how often a clip was read since the session began, Nudges how
	// many nudges were shown, Learned how much is called not sensitive.
	Clips   uint64 `json:"clips"`
	Nudges  int    `json:"nudges"`
	Learned int    `json:"learned"`

	// GotIt says that the person needs no button for that on the page about what
	// Handrail does any more, and System is what it runs on.
	GotIt  bool   `json:"got_it,omitempty"`
	System System `json:"system,omitempty"`

	// List is the learned list, the newest first, MaxLearned at most, with what was
	// removed since the panel was opened.
	List []Learned `json:"list,omitempty"`
	// Checked is what a check of the ledger found, and Failed says that what was
	// last asked for here could not be done.
	Checked Checked `json:"checked,omitzero"`
	Failed  bool    `json:"failed,omitempty"`

	// Values is how many values Safe Paste keeps, ValuesEnd when the first of them
	// goes by itself, and BackUntil until when what was on the clipboard can be
	// brought back, zero if nothing can.
	Values    int       `json:"values,omitempty"`
	ValuesEnd time.Time `json:"values_end,omitzero"`
	BackUntil time.Time `json:"back_until,omitzero"`

	// Quiet are the nudges of this session that were not shown, the newest first,
	// MaxQuiet at most.
	Quiet []Quiet `json:"quiet,omitempty"`
	// PerDay is how many nudges may interrupt in a day.
	PerDay int `json:"per_day,omitempty"`
	// HoldOut is true on a laptop that shows no nudges, to measure whether they
	// help.
	HoldOut bool `json:"hold_out,omitempty"`
	// Notices are what keeps Handrail quiet that can be told on this desktop.
	Notices Notices `json:"notices,omitzero"`

	// Service says whether the background service answers; without it nothing
	// leaves. Server says whether it reports to a server.
	Service bool `json:"service,omitempty"`
	Server  bool `json:"server,omitempty"`

	// Pages are what the account sent, newest first; Older is how many more
	// there are. Broken says that the ledger ends in a place that is not as it
	// was written.
	Pages  []Page  `json:"pages,omitempty"`
	Older  int     `json:"older,omitempty"`
	Broken bool    `json:"broken,omitempty"`
	Counts []Count `json:"counts,omitempty"`
	// Asked are the tools that the person has asked for, the newest first,
	// MaxAsked at most. ReportsOff says that they have switched reports about what
	// they do off.
	Asked      []Asked `json:"asked,omitempty"`
	ReportsOff bool    `json:"reports_off,omitempty"`
	// AnswersOld says that new answers were looked for and could not be had.
	AnswersOld bool `json:"answers_old,omitempty"`
	// Answers are those to what stands in the search field, nil while it is empty.
	// Draft is the request that is being made, nil if none is.
	Answers []ask.Answer `json:"answers,omitempty"`
	Draft   *Draft       `json:"draft,omitempty"`
	// Keys is what is known of a password or key that the person chose to paste, nil
	// if there was none. Contact is whom the policy says to tell, "" for nobody.
	Keys    *Keys  `json:"keys,omitempty"`
	Contact string `json:"contact,omitempty"`
	// Receipts are those for checked answers, the newest first, MaxReceipts at
	// most, and OlderReceipts how many more there are.
	Receipts      []Receipted `json:"receipts,omitempty"`
	OlderReceipts int         `json:"older_receipts,omitempty"`

	// Role is whose card is shown, 0 for none, and CardFor the class that the cards
	// were offered about, ClassNone if they were not.
	Role    Role         `json:"role,omitempty"`
	CardFor detect.Class `json:"card_for,omitempty"`

	// Pulse is how the weekly question stands.
	Pulse Pulse `json:"pulse,omitzero"`

	// Health is how many health reports were sent about the computer, and
	// HealthAt when the last was written.
	Health   int       `json:"health,omitempty"`
	HealthAt time.Time `json:"health_at,omitzero"`
}

// Draft is a request for a tool before it is sent. What is chosen are numbers of
// the closed lists of agent/report, 0 or none while nothing is.
type Draft struct {
	Tool   string   `json:"tool"` // the catalogue's name, or a public host
	Task   uint32   `json:"task,omitempty"`
	Data   uint32   `json:"data,omitempty"` // as DataItem numbers them
	Lacked []uint32 `json:"lacked,omitempty"`
	// Bytes are exactly what is sent, "" until all is chosen, and Due is by when
	// there would be an answer.
	Bytes string    `json:"bytes,omitempty"`
	Due   time.Time `json:"due,omitzero"`
	// Sent says that it is in the ledger and on its way, Failed that it could not
	// be written there: nothing was sent then.
	Sent   bool `json:"sent,omitempty"`
	Failed bool `json:"failed,omitempty"`
}

// DataItem is a kind of data as an item of WantData: ClassNone is one, too.
func DataItem(c detect.Class) uint32 { return uint32(c) + 1 }

// Keys is what is known of a password or key that the person chose to paste:
// where, and who makes such keys. It is of no value and holds none.
type Keys struct {
	Tool    string          `json:"tool"`
	Issuers []detect.Issuer `json:"issuers,omitempty"`
}

// Browser is a browser whose extension is connected and proven.
type Browser struct {
	Kind  BrowserKind `json:"kind"`
	Proof time.Time   `json:"proof"` // when its self-test last went all the way
}

// BrowserKind is a browser as its extension names it: chromium, chrome, edge,
// firefox or other.
type BrowserKind string

// Name is what people call the browser.
func (k BrowserKind) Name() string {
	switch k {
	case "chromium":
		return "Chromium"
	case "chrome":
		return "Chrome"
	case "edge":
		return "Edge"
	case "firefox":
		return "Firefox"
	}
	return "Browser"
}

// Notices is what can be told of a person's being busy, so that nothing
// interrupts them. A shared screen can't be.
type Notices struct {
	Locked     bool `json:"locked,omitempty"`
	Quiet      bool `json:"quiet,omitempty"` // do-not-disturb
	Presenting bool `json:"presenting,omitempty"`
	InCall     bool `json:"in_call,omitempty"`
}

// Page is an entry of the person's ledger in words.
type Page struct {
	Seq     uint64    `json:"seq,omitempty"` // 0 while Unfinished
	Title   string    `json:"title"`
	At      time.Time `json:"at,omitzero"` // when it was written; zero while Unfinished
	Lines   []string  `json:"lines,omitempty"`
	Size    int       `json:"size"` // in bytes
	Receipt Receipt   `json:"receipt"`
	// Bytes are the exact ones where the person wants to see them, of this page
	// alone: text as it is, and \x with two digits for what is none. Cut says
	// that there are more than MaxBytes.
	Bytes string `json:"bytes,omitempty"`
	Cut   bool   `json:"cut,omitempty"`
}

// MaxAsked is how many requests a panel holds at most, the newest. The command
// line shows all.
const MaxAsked = 10

// Asked is a tool that the person has asked their organisation for, and what
// came of it.
type Asked struct {
	Tool string `json:"tool"` // the catalogue's name, or a public host
	Task string `json:"task"` // in words
	// On, Due and Decided are days: when it was asked, until when an answer is
	// due, and when it was decided, which is zero while it waits.
	On      time.Time `json:"on"`
	Due     time.Time `json:"due"`
	Decided time.Time `json:"decided,omitzero"`
	Late    bool      `json:"late,omitempty"`
	Outcome Outcome   `json:"outcome,omitempty"`
	Reason  string    `json:"reason,omitempty"` // the organisation's own sentence
}

// Outcome is what was decided about a tool, 0 while it waits.
type Outcome uint8

// The outcomes.
const (
	AskedApproved Outcome = iota + 1
	AskedOnTrial
	AskedDeclined
)

// Count is what was counted in a batch that has not ended, in words.
type Count struct {
	Title string    `json:"title"`
	Ends  time.Time `json:"ends"`
	Lines []string  `json:"lines,omitempty"`
}

// maxPanel leaves room for the rest of a message's line.
const maxPanel = MaxLine - 256

// Fit leaves out the oldest pages until there are MaxPages at most and the
// panel fits into a message.
func (p *Panel) Fit() {
	drop := func(n int) {
		p.Pages = p.Pages[:len(p.Pages)-n]
		p.Older += n
	}
	if n := len(p.Pages) - MaxPages; n > 0 {
		drop(n)
	}
	for {
		b, err := json.Marshal(p)
		if err != nil || len(b) <= maxPanel {
			return
		}
		switch {
		case len(p.Pages) > 0:
			drop(1)
		case len(p.Counts) > 0:
			p.Counts = p.Counts[:len(p.Counts)-1]
		default:
			return
		}
	}
}

// check says whether the panel is one that can be shown.
func (p *Panel) check() error {
	if p == nil {
		return garbage("a panel message without a panel")
	}
	if len(p.Pages) > MaxPages {
		return garbage("a panel with too many pages")
	}
	for _, e := range p.Coverage {
		if e.Surface.String() == "" || e.State.String() == "" {
			return garbage("a panel with a surface that is none")
		}
	}
	return nil
}
