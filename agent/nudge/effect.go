package nudge

import (
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// Effect is something the session has to do. Effects are done in order.
type Effect interface{ effect() }

type (
	// ReadClip asks for a clip to be read and assessed against the policy for
	// one destination. It is answered by exactly one Looked, in the end, and is
	// the only effect that may lead to a clip being read.
	ReadClip struct {
		Read        ReadID
		Clip        Clip
		Destination catalog.Destination
	}

	// Show asks for a card in a window. It is answered by Shown or Failed.
	Show struct{ Card card.Card }

	// Notify asks for a card as a native notification, because no window shows
	// it. It is answered by Shown or Failed.
	Notify struct{ Card card.Card }

	// Withdraw takes a card off the screen, window and notification alike. It
	// needs no answer, and does nothing if the card has gone already.
	Withdraw struct{ Card card.ID }

	// Record keeps an outcome.
	Record struct{ Outcome Outcome }

	// Open opens the approved tool at the address the policy names, instead of
	// this held attempt, if it isn't zero; its Finish follows.
	Open struct {
		URL     string
		Attempt AttemptID
	}

	// Learn remembers that what this read, or this attempt, found is not
	// sensitive. One of the two is zero.
	Learn struct {
		Read    ReadID
		Attempt AttemptID
	}

	// KeyOut says that the person pastes the passwords or keys that this read, or
	// this attempt, found. One of the two is zero. An attempt's Finish follows.
	KeyOut struct {
		Read    ReadID
		Attempt AttemptID
		Tool    string // the destination's name
	}

	// WhatNow opens what there is to do about such keys.
	WhatNow struct{}

	// Request opens the form that asks the organisation for a tool, for this kind
	// of data.
	Request struct {
		Destination catalog.Destination
		Class       detect.Class
	}

	// MakeSafe puts a text without what was found on the clipboard, in place of
	// the clip that was read for this destination.
	MakeSafe struct{ Destination catalog.Destination }

	// Hold tells the page of a held attempt to show the card as well. A Show
	// follows.
	Hold struct {
		Attempt AttemptID
		Card    card.Card
	}

	// Finish ends a held attempt in its page. The attempt is forgotten then.
	Finish struct {
		Attempt AttemptID
		How     How
	}

	// Vouch keeps a receipt: an AI's answer was checked before it went into such a
	// system, and how.
	Vouch struct {
		Stake report.Stake
		How   report.Said
	}

	// Badge says in the tray that there was something, of which no nudge told.
	Badge struct{ Quiet card.Quiet }

	// Wake asks for a Tick at this time, or as soon as it can be. A later Wake
	// replaces an earlier one.
	Wake struct{ At time.Time }
)

func (ReadClip) effect() {}
func (Show) effect()     {}
func (Notify) effect()   {}
func (Withdraw) effect() {}
func (Record) effect()   {}
func (Open) effect()     {}
func (Learn) effect()    {}
func (MakeSafe) effect() {}
func (Wake) effect()     {}
func (Hold) effect()     {}
func (Finish) effect()   {}
func (Badge) effect()    {}
func (KeyOut) effect()   {}
func (WhatNow) effect()  {}
func (Request) effect()  {}
func (Vouch) effect()    {}

// How is how a held attempt ends.
type How uint8

// The ends.
const (
	Original How = iota + 1 // it is pasted as it is
	Safe                    // it is pasted without what was found
	Dropped                 // it is not pasted; a clip stays on the clipboard
)

// Outcome is how a nudge ended, in closed lists only. It says what is known
// and never guesses what was pasted.
type Outcome struct {
	// Kind is what it is about, 0 for a nudge that was shown.
	Kind    report.Kind
	Rule    policy.RuleID
	Class   detect.Class
	Tool    catalog.ToolID
	Surface catalog.Surface
	// Answer is zero for a rule that only observes: nothing was shown, so
	// nobody answered.
	Answer report.Answer
	Cause  report.Cause // of report.KindCause only, which names no rule and no class
	// Stake and Said are of report.KindCheck only, which names nothing else.
	Stake report.Stake
	Said  report.Said
}
