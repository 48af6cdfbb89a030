// Package browser is the language between the browser extension and the
// session: its messages, their framing, and the digest by which the extension
// knows a clean clip again. The relay (cmd/handrail-browser) carries frames and
// looks into none.
//
//	m, err := browser.Decode(frame) // wipes the frame
//	if a, ok := m.(*browser.Attempt); ok {
//		defer a.Wipe()
//		...
//	}
//
// Text that was to be pasted leaves the JSON as a secret.Text at once. No error
// of this package repeats a byte of a message.
package browser

import (
	"handrail/agent/card"
	"handrail/detect/secret"
)

const (
	// Protocol is the version of the language. The two ends come from two
	// packages (the extension's store and ours), so each takes what it knows of
	// the other's messages and passes over the rest.
	Protocol = 1
	// MaxFromBrowser and MaxToBrowser are how long a frame may be, in bytes: what
	// Chromium's and Firefox's native messaging allow.
	MaxFromBrowser = 64 << 20
	MaxToBrowser   = 1 << 20
	// MaxText is how much of a text is taken over, in bytes.
	MaxText = 4 << 20
	// Deadline is how long the extension waits for a verdict, in milliseconds.
	Deadline = 1500
)

// How says how a text or a file was to get into the page.
type How uint8

// The ways.
const (
	Paste How = iota + 1
	Drop
	Files
)

// Hello is the extension's first message.
type Hello struct {
	Protocol int
	Browser  string // chromium, chrome, edge, firefox or other
	Version  string // of the extension
	Private  bool   // it may run in private windows
}

// Attempt is a paste, a drop or a choice of files that the extension holds.
type Attempt struct {
	ID   uint64 // unique on its connection
	How  How
	Host string // of the page
	Path string // the first part of the page's path, with its slash
	// Account is whose account the page is used with, in the extension's words:
	// work, personal, unclear or none. Tenant is the organisation's part, if it
	// can be read.
	Account, Tenant string
	Text            *secret.Text
	HTML            bool // the clipboard held HTML only, Text is what it says
	Partial         bool // Text is only the beginning
	Files           []File
}

// Wipe overwrites what was to be pasted.
func (a *Attempt) Wipe() {
	a.Text.Wipe()
	for _, f := range a.Files {
		f.Data.Wipe()
	}
}

// File is one of the files of an Attempt. Its name stays in the page.
type File struct {
	Kind string       // txt, csv, md, json, code, docx, xlsx or other
	Size int64        // in bytes
	Data *secret.Text // nil when it was not inspected
}

// Answer is what a person chose in the page.
type Answer struct {
	ID     uint64
	Answer card.Answer
}

// Outcome is how an attempt ended in the page.
type Outcome uint8

// The outcomes.
const (
	Inserted Outcome = iota + 1 // the text is there
	Again                       // the person was asked to press Ctrl+V once more
	Gone                        // the page went away, or nothing was pasted
)

// Done says how an attempt ended.
type Done struct {
	ID      uint64
	Outcome Outcome
}

// Account is the person's answer to "is this your work account?".
type Account struct {
	ID   uint64
	Work bool
}

// Proof says that the self-test's text was seen by the guard of the
// extension's own page.
type Proof struct{ Nonce string }

// State is what the extension can't do.
type State struct {
	// Unguarded is how many tabs were open before the extension came and have
	// no guard until they are loaded again.
	Unguarded int
}

// Welcome is the session's first message, and is sent again with each change.
type Welcome struct {
	Protocol int               `json:"protocol"`
	Key      [2]uint32         `json:"key"`  // of Digest, for this connection
	Fail     string            `json:"fail"` // FailOpen or FailClosed
	Deadline int               `json:"deadline_ms"`
	Watch    []Watch           `json:"watch"`
	Words    map[string]string `json:"words"`
}

// What a page does with a paste that nobody judges in time.
const (
	FailOpen   = "open"   // the text is pasted
	FailClosed = "closed" // it is not, and stays on the clipboard
)

// Watch is one address where the extension holds what isn't known to be clean.
type Watch struct {
	// Host is the host's name; a label "*", or one that begins with "*", stands
	// for any label with that ending.
	Host string `json:"host"`
	Sub  bool   `json:"sub,omitempty"`  // and all hosts below it
	Path string `json:"path,omitempty"` // the first part of the path, with its slash; "" is any
	Tool string `json:"tool"`
	Name string `json:"name"`
	// Fail is FailClosed where a rule blocks; "" is what the Welcome says.
	Fail string `json:"fail,omitempty"`
	// Tenants are the organisation's own, as the policy names them.
	Tenants []string `json:"tenants,omitempty"`
	// Resolver names how to tell whose account is in use, "" where nobody asks.
	Resolver string `json:"resolver,omitempty"`
}

// Clip tells the extension that the present clip is clean for every watched
// tool. The zero Clip says that nothing is known of it.
type Clip struct {
	Length int       `json:"length"` // in UTF-16 code units
	Digest [2]uint32 `json:"digest"`
	Clean  bool      `json:"clean"`
}

// Verdict is what becomes of an attempt: it is let through, or held for a
// person to decide.
type Verdict struct {
	ID         uint64 `json:"id"`
	Do         string `json:"do"` // Allow or Hold
	Card       *Card  `json:"card,omitempty"`
	Window     bool   `json:"window,omitempty"` // a window is shown too
	AskAccount bool   `json:"ask_account,omitempty"`
}

// The verdicts.
const (
	Allow = "allow"
	Hold  = "hold"
)

// Card is a nudge in words, for the hint in the page.
type Card struct {
	Title   string        `json:"title"`
	Body    string        `json:"body"`
	Because string        `json:"because"`
	Instead string        `json:"instead"`
	Answers []card.Answer `json:"answers"`
}

// Finish ends a held attempt.
type Finish struct {
	ID   uint64
	Do   FinishDo
	Text *secret.Text // of InsertText: what is put in place of the original
}

// FinishDo is how an attempt ends.
type FinishDo string

// The ends.
const (
	InsertOriginal FinishDo = "insert_original"
	InsertText     FinishDo = "insert_text"
	DropIt         FinishDo = "drop"
)

// SelfTest asks for a self-test.
type SelfTest struct {
	Nonce string `json:"nonce"`
	Text  string `json:"text"` // marked as harmless, never a clip's
}

// Nobody is what the relay says where no session answers.
type Nobody struct{}
