// Package session is one desktop session: it watches and acts, as the
// employee. The engine is one goroutine with one select loop that owns all
// state, without a mutex. What can take time (reading a clip, drawing, the
// local API, a process list) happens in goroutines that the engine starts,
// that post one message when they are done, and that it waits for at the end.
//
//	err := session.Run(ctx, session.Options{...})
//
// What is decided is decided elsewhere: agent/nudge says when to read, show
// and record; detect says what a text is. Here is the one switch that does it
// (perform), and what keeps the session whole: sensors and windows that end
// are opened again, outcomes are on the disk before they count, and coverage
// says at each moment what isn't seen.
package session

import (
	"context"
	"io"
	"log/slog"
	"time"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/config"
	"handrail/agent/coverage"
	"handrail/agent/focus"
	"handrail/agent/local"
	"handrail/agent/presence"
	"handrail/agent/probe"
	"handrail/agent/process"
	"handrail/agent/report"
	"handrail/agent/tools"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/detect/secret"
)

// Clipboard tells of copies, and reads one only when it is asked to.
// agent/clip's Watcher is one.
type Clipboard interface {
	// Changes is closed when the sensor has ended.
	Changes() <-chan clip.Change
	// Read returns a clip that is still the newest of its selection. It gives
	// up when ctx ends. The caller wipes the text.
	Read(ctx context.Context, sel clip.Selection, seq uint64) (clip.Content, error)
	// Reads counts the texts that were read.
	Reads() uint64
	// Prove shows, by a self-test, that copies are still seen and can be read.
	Prove(ctx context.Context) error
	// Err is why Changes was closed.
	Err() error
	Close()
}

// Focus tells which window has the keyboard. agent/focus's Watcher is one.
type Focus interface {
	// Changes is closed when the sensor has ended.
	Changes() <-chan focus.Change
	// Prove shows, by a self-test, that this is still seen.
	Prove(ctx context.Context) error
	Close() error
}

// Presence tells what a person is doing, without knowing which keys.
// agent/presence's Watcher is one.
type Presence interface {
	// Typing tells whether keys were pressed just now, and after since.
	Typing(since time.Time) bool
	Close() error
}

// Moments tells what the person is in the middle of. agent/presence's is one.
type Moments interface {
	// Changes tells the state at once, and then each change. It is closed when
	// the sensor has ended.
	Changes() <-chan presence.State
	Close() error
}

// Windows is the running window process. agent/window's Child is one.
type Windows interface {
	Show(card.Card) error
	Withdraw(card.ID) error
	// Panel opens the panel, or renews one that is open.
	Panel(card.Panel) error
	// Events is closed when the process has ended.
	Events() <-chan card.Event
	// PID is the process that owns the windows.
	PID() int
	Close() error
}

// Notifier shows a card as the desktop's own notification. ui/notify's is one.
type Notifier interface {
	// Show returns once the notification server has the card. After that done is
	// called once: with the answer, or zero if it went away without one. It is
	// not called after an error, nor after Withdraw.
	Show(ctx context.Context, c card.Card, done func(card.Answer)) error
	Withdraw(card.ID)
	// Tell shows a notification that asks for nothing.
	Tell(ctx context.Context, title, body string) error
}

// Connectors tells what AI tools here were given to work with. agent/tools's
// Watcher is one.
type Connectors interface {
	// Changes is closed when the sensor has ended.
	Changes() <-chan tools.Change
	Close() error
}

// LedgerWords says what was sent, in the person's language. ui/view's Ledger does.
type LedgerWords interface {
	// Report, Request and Question say what the bytes of one tell.
	Report(b []byte) (title string, lines []string)
	Request(b []byte) (title string, lines []string)
	Question(b []byte) (title string, lines []string)
	// Count says what was counted in a batch that hasn't ended.
	Count(b report.Batch, cells []report.Cell) (title string, lines []string)
	Task(t report.Task) string
}

// Opener opens an address in the person's browser. Desktop is one.
type Opener interface {
	Open(ctx context.Context, address string) error
}

// Service is the background service of this computer, which may be away.
// local.Client is one; its methods say what each does.
type Service interface {
	Policy(ctx context.Context, have string) (local.PolicyReply, error)
	Watch(ctx context.Context, tables <-chan coverage.Table) error
	HandReport(ctx context.Context, id string, body []byte) (local.Receipt, error)
	Report(ctx context.Context, id string) (local.Receipt, error)
	Answer(ctx context.Context, question []byte) ([]byte, error)
	Status(ctx context.Context) (local.ServiceStatus, error)
	DeviceLedger(ctx context.Context) (io.ReadCloser, error)
}

// Options are a session's parts. Those that open something are called again,
// after a while, when what they opened has ended.
type Options struct {
	Version  string
	Paths    config.Paths
	Settings config.Settings
	Log      *slog.Logger

	Catalog   *catalog.Catalog
	Clipboard func() (Clipboard, error)
	Focus     func() (Focus, error)
	Presence  func() (Presence, error)
	Moments   func() (Moments, error) // nil: nobody is ever busy
	Windows   func(context.Context) (Windows, error)
	Notifier  Notifier
	Tray      Tray // nil: none
	Opener    Opener
	Service   Service
	// SetClip puts a text on the clipboard, and owns it from then on; nil:
	// nothing is put there.
	SetClip func(*secret.Text) error
	// BrowserCard puts a card in words for the hint in a page, BrowserWords are
	// the extension's other words; nil: the extension's own.
	BrowserCard  func(card.Card) browser.Card
	BrowserWords map[string]string
	// Greet says that somebody who has not seen it is offered the page about what
	// Handrail does.
	Greet bool
	// Speech is how the policy speaks to the person.
	Speech policy.Speech
	// RunningBrowsers lists the browsers that run now; nil: nobody knows.
	RunningBrowsers func(context.Context) ([]process.Browser, error)
	// BrowserOf returns the PID of the browser that started a relay, as in what
	// RunningBrowsers lists; 0, or nil: nobody knows.
	BrowserOf func(relay int) int
	// PasteButtonsBlocked says whether IT's browser policy refuses the paste
	// buttons of the pages that this policy watches, which an extension can't
	// hold; nil: it does not.
	PasteButtonsBlocked func(process.BrowserKind, *policy.Policy) bool
	// PrivateClosed says whether IT's browser policy lets nobody open a page in a
	// private window without the extension; nil: it does not.
	PrivateClosed func(process.BrowserKind) bool
	// Running lists the AI tools that run now.
	Running func(context.Context, *catalog.Catalog) ([]process.Use, error)
	// Servers lists the local model servers that answer now; nil: none.
	Servers func(context.Context, *catalog.Catalog) ([]probe.Found, error)
	// Connectors watches what AI tools are given; nil: nobody does.
	Connectors func() (Connectors, error)
	// LedgerWords are for the panel.
	LedgerWords LedgerWords
	// ConnectorWords says that a tool was given a connector, as a notification's
	// title and body; nil: it isn't said.
	ConnectorWords func(ConnectorNews) (title, body string)
}
