package nudge

import (
	"time"

	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// Selection says which of a desktop's two clipboards a clip is in.
type Selection uint8

// The selections. Primary is X11's: whatever was marked last, pasted with the
// middle button. Other systems only have Clipboard.
const (
	Clipboard Selection = iota
	Primary
	selections
)

// Clip names one copy: the Seq'th content of a selection. A Seq never comes
// back for another content.
type Clip struct {
	Selection Selection
	Seq       uint64
}

// ReadID numbers the reads of one session, from 1, so that a late answer can
// be told from the one that is waited for.
type ReadID uint64

// AttemptID numbers the attempts of one session that a browser holds, from 1.
type AttemptID uint64

// Event is something that happened. Every event carries its time.
type Event interface{ when() time.Time }

type (
	// Copied says that a selection has new content, and which process owns it.
	// A pid of 0 is unknown. Nothing has been read.
	Copied struct {
		At   time.Time
		Clip Clip
		PID  int
	}

	// Focused says where the keyboard went.
	Focused struct {
		At time.Time
		// Watched is true for an AI tool for which the policy wants to know what
		// is about to be pasted: one that is unapproved or unknown. It is false
		// for approved tools and for everything that is no AI tool.
		Watched bool
		// Destination is the AI tool, approved or not, and zero for what is none.
		Destination catalog.Destination
		// Stake is what a system decides where a wrong answer hurts somebody, and
		// System what the policy calls it; zero for any other window.
		Stake  report.Stake
		System string
		// PID is the process of the window, 0 if unknown.
		PID int
		// Fullscreen is true while the window fills the screen, as a
		// presentation does.
		Fullscreen bool
		// Own is true for Handrail's own nudge window: the keyboard going there
		// is not leaving the AI tool.
		Own bool
	}

	// Looked is the answer to a ReadClip: what the policy says of the content.
	// A clip that is no text, is marked as concealed or could not be read has
	// the zero Decision, just as one with nothing in it.
	Looked struct {
		At       time.Time
		Read     ReadID
		Decision policy.Decision
		// Typing is true if the person is typing right now.
		Typing bool
		// HoldOut is true on a laptop that the policy's hold-out has drawn.
		HoldOut bool
		// Safe is true if there is a text without what was found, to be put on
		// the clipboard in its place.
		Safe bool
	}

	// Shown says that a card can be seen.
	Shown struct {
		At   time.Time
		Card card.ID
	}

	// Failed says that a card could not be shown, and as what.
	Failed struct {
		At           time.Time
		Card         card.ID
		Notification bool // as a native notification, not as a window
	}

	// Closed says that a card went away without an answer, and as what: a
	// notification expired, or the server that showed it stopped.
	Closed struct {
		At           time.Time
		Card         card.ID
		Notification bool
	}

	// WindowsGone says that the process which draws windows ended, and with it
	// whatever it showed.
	WindowsGone struct{ At time.Time }

	// Answered is a person's answer.
	Answered struct {
		At     time.Time
		Card   card.ID
		Answer card.Answer
	}

	// Held says that a page holds something that the policy has a word on:
	// Decision.Do is at least Nudge. The same attempt again takes the place of
	// the first: its decision has changed.
	Held struct {
		At      time.Time
		Attempt AttemptID
		// Clip is the clip that was pasted, zero if that is not known. The same
		// attempt keeps its first one.
		Clip        Clip
		Destination catalog.Destination
		Decision    policy.Decision
		// Safe is true if there is a text without what was found.
		Safe bool
		// HoldOut is that of Looked.
		HoldOut bool
	}

	// AnsweredHeld is a person's answer in the page of a held attempt.
	AnsweredHeld struct {
		At      time.Time
		Attempt AttemptID
		Answer  card.Answer
	}

	// Gone says that a held attempt's page, or its browser, went away.
	Gone struct {
		At      time.Time
		Attempt AttemptID
	}

	// Cleared says that there is nothing to say about a held attempt after all:
	// the person has said that the account is one that may receive it.
	Cleared struct {
		At      time.Time
		Attempt AttemptID
	}

	// Paused starts (On) or ends a pause. Nothing is read in a pause.
	Paused struct {
		At time.Time
		On bool
	}

	// PolicyChanged says that clips found clean, or still being looked at, have
	// to be looked at again, and how seldom nudges interrupt from now on.
	PolicyChanged struct {
		At     time.Time
		Limits Limits
	}

	// Restored brings back what an earlier session of the same day has spent.
	Restored struct {
		At    time.Time
		Spent Spent
	}

	// Busy says whether the person is in the middle of something, full screen
	// aside: nothing may interrupt them.
	Busy struct {
		At time.Time
		On bool
	}

	// Tick is what a Wake asked for.
	Tick struct {
		At time.Time
		// Typing is true if the person is typing right now.
		Typing bool
	}
)

func (e Copied) when() time.Time        { return e.At }
func (e Focused) when() time.Time       { return e.At }
func (e Looked) when() time.Time        { return e.At }
func (e Shown) when() time.Time         { return e.At }
func (e Failed) when() time.Time        { return e.At }
func (e Closed) when() time.Time        { return e.At }
func (e WindowsGone) when() time.Time   { return e.At }
func (e Answered) when() time.Time      { return e.At }
func (e Paused) when() time.Time        { return e.At }
func (e PolicyChanged) when() time.Time { return e.At }
func (e Restored) when() time.Time      { return e.At }
func (e Busy) when() time.Time          { return e.At }
func (e Tick) when() time.Time          { return e.At }
func (e Held) when() time.Time          { return e.At }
func (e AnsweredHeld) when() time.Time  { return e.At }
func (e Gone) when() time.Time          { return e.At }
func (e Cleared) when() time.Time       { return e.At }
