package session

import (
	"context"
	"sync/atomic"
	"time"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/coverage"
	"handrail/agent/focus"
	"handrail/agent/local"
	"handrail/agent/nudge"
	"handrail/agent/presence"
	"handrail/agent/process"
	"handrail/detect"
	"handrail/detect/allow"
	"handrail/detect/policy"
	"handrail/detect/redact"
)

// message is what helper goroutines post to the engine. None holds text of a
// clip but Safe Paste's, without what was found.
type message interface{ message() }

type (
	clipUp      struct{ clipboard Clipboard }
	clipChanged struct{ clip.Change }
	focusUp     struct{ focus Focus }
	focusMoved  struct{ focus.Change }
	presenceUp  struct{ presence Presence }
	windowsUp   struct{ windows Windows }
	// momentChanged is what the person is in the middle of.
	momentChanged struct{ presence.State }
	windowSaid    struct{ card.Event }

	// down says that a part has ended, or could not be opened.
	down struct {
		part part
		err  error
	}

	// looked is the end of a look at a clip.
	looked struct {
		read      nudge.ReadID
		decision  policy.Decision
		learnable []allow.Mark
		keys      []detect.DetectorID // that found passwords or keys
		print     print
		policy    *policy.Policy
		safe      bool // there is a text for Safe Paste
		// clean says to each browser that the clip is clean everywhere.
		clean map[*extension]browser.Clip
	}

	// desktopProved is the end of a self-test of these sensors.
	desktopProved struct {
		clipboard Clipboard
		focus     Focus
		err       error
	}

	browserCame struct{ from *extension }
	browserGone struct{ from *extension }
	// browsersRun lists the browsers that run.
	browsersRun struct{ browsers []process.Browser }

	// browserSaid is anything but an attempt.
	browserSaid struct {
		from *extension
		m    any
	}

	// attempted asks by what an attempt is to be looked at.
	attempted struct {
		from                        *extension
		id                          uint64
		host, path, account, tenant string
		reply                       chan<- terms
	}

	// assessed is the end of a look at an attempt.
	assessed struct {
		terms
		from      *extension
		id        uint64
		over      *atomic.Bool // its page has ended it
		paste     bool
		decision  policy.Decision
		findings  []detect.Finding
		learnable []allow.Mark
		safe      redact.Safe
		print     print // of the text, without a clip
	}

	// happened is an event for the nudge that needs nothing added but its time.
	happened struct{ event nudge.Event }

	// notified says whether a notification is up.
	notified struct {
		card card.ID
		ok   bool
	}

	// clipReplaced says that Handrail's text is on the clipboard, and what a card
	// says of it.
	clipReplaced struct{ card card.Card }
	// undone says that what was there before is on the clipboard again.
	undone struct{}
	// tokensFound says that a clip holds tokens.
	tokensFound struct {
		clip  nudge.Clip
		found redact.Restored // without a text
	}
	// quietAnswered is an answer to a quiet card.
	quietAnswered struct {
		card   card.ID
		answer card.Answer
	}
	// safePasteForgotten asks to wipe what Safe Paste keeps.
	safePasteForgotten struct{ done chan<- int }

	// answered is an answer from the command line, to whatever card is up.
	answered struct {
		answer card.Answer
		done   chan<- error
	}

	forgotten struct {
		ids  []allow.Digest
		done chan<- error
	}

	paused struct {
		on     bool
		length time.Duration // zero: until it is ended
		done   chan<- struct{}
	}

	statusAsked struct{ reply chan<- local.SessionStatus }

	// policyArrived is the service's policy.
	policyArrived struct{ reply local.PolicyReply }

	// serviceUp says that the service takes coverage tables on this channel,
	// which holds one.
	serviceUp struct{ tables chan coverage.Table }

	running    struct{ uses []process.Use }
	handedOver struct {
		waiting bool // for the server's receipts
		err     error
	}
	openFailed struct{}
	clipNotSet struct{}
	// notMadeSafe says that the clipboard still holds what somebody wanted safe.
	notMadeSafe struct{}

	// chosen is an entry of the tray's menu.
	chosen struct{ card.TrayChoice }

	// openPanel asks for the panel, open on that page.
	openPanel struct{ tab card.Tab }

	// panelAsked is the same from the command line, which waits for an answer.
	panelAsked struct {
		tab  card.Tab
		done chan<- error
	}
	panelReady struct{ panel card.Panel }
)

func (clipUp) message()        {}
func (clipChanged) message()   {}
func (focusUp) message()       {}
func (focusMoved) message()    {}
func (presenceUp) message()    {}
func (windowsUp) message()     {}
func (momentChanged) message() {}
func (windowSaid) message()    {}
func (down) message()          {}
func (looked) message()        {}
func (happened) message()      {}
func (notified) message()      {}
func (answered) message()      {}
func (forgotten) message()     {}
func (paused) message()        {}
func (statusAsked) message()   {}
func (policyArrived) message() {}
func (serviceUp) message()     {}
func (running) message()       {}
func (handedOver) message()    {}
func (openFailed) message()    {}
func (clipNotSet) message()    {}
func (notMadeSafe) message()   {}
func (chosen) message()        {}
func (openPanel) message()     {}
func (panelAsked) message()    {}
func (panelReady) message()    {}
func (desktopProved) message() {}
func (browserCame) message()   {}
func (browserGone) message()   {}
func (browsersRun) message()   {}
func (browserSaid) message()   {}
func (attempted) message()     {}
func (assessed) message()      {}

func (clipReplaced) message()       {}
func (undone) message()             {}
func (tokensFound) message()        {}
func (quietAnswered) message()      {}
func (safePasteForgotten) message() {}

// post hands a message to the engine. It is false when the session ends first.
func (e *engine) post(ctx context.Context, m message) bool {
	select {
	case e.inbox <- m:
		return true
	case <-ctx.Done():
		return false
	}
}
