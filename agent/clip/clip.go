// Package clip watches the desktop's selections: what was copied (the
// clipboard) and what is marked (PRIMARY, on X11).
//
// Watching reads nothing. A Change says that there is a new clip, when, and
// which program it is from; the text is asked for only by Read, which the
// session calls when an AI tool that isn't approved has the keyboard. A clip
// that its program marks as concealed, as password managers do, is never read,
// and neither is a picture or a list of files.
//
//	w, err := clip.Open()
//	...
//	c := <-w.Changes()
//	content, err := w.Read(ctx, c.Selection, c.Seq)
//	defer content.Text.Wipe()
//
// # Why Handrail does not own the clipboard to see a paste
//
// On X11 whoever owns the selection is asked for it at each paste, so the
// session could own a flagged clip while an unapproved tool is in front, and
// hold the paste itself. It was tried (Debian 12, Xvfb, xclip as the owner,
// kill -9 on it) and is left out, for either of two reasons:
//
//   - A killed owner loses the clip. After kill -9 there was nothing to paste any
//     more; only with a clipboard manager running (parcellite) was it still
//     there, and few desktops have one. A session that crashes must cost nobody
//     their clip.
//   - A request is not a paste. With parcellite running and nobody pasting, the
//     owner was asked six times in three seconds. A held request would stall
//     the manager, and a nudge for it would be for nothing.
//
// Which requests browsers, GTK and Qt programs make besides pastes was not
// measured: the first reason would stand whatever they do.
package clip

import (
	"context"
	"errors"
	"time"

	"handrail/detect/secret"
)

// Selection is one of the places that hold a clip.
type Selection uint8

// The selections. Other systems than X11 have the clipboard only.
const (
	Clipboard Selection = iota + 1
	Primary             // what is marked, pasted by the middle button

	// proof is the one that Prove uses. Nobody pastes it, and no Change tells of
	// it.
	proof
)

// selections is how many there are, and one more.
const selections = int(proof) + 1

// String returns "clipboard" or "primary".
func (s Selection) String() string {
	switch s {
	case Clipboard:
		return "clipboard"
	case Primary:
		return "primary"
	}
	return ""
}

// Change says that a selection holds something else now, or nothing any more.
type Change struct {
	Selection Selection
	// Seq is one more at each change of this selection. Changes that nobody
	// took in time are left out, so a receiver may see gaps, never an old one.
	Seq uint64
	// At is when the change was seen; zero for a clip that was there already
	// when watching began.
	At time.Time
	// OwnerPID is the process that the clip is from, 0 if that is not known.
	OwnerPID int
}

// Kind is what a clip is.
type Kind uint8

// The kinds. Only Text holds anything.
const (
	Empty     Kind = iota // nothing there
	Text                  // text, in Content.Text
	Concealed             // marked as secret by its program: not read
	Image                 // a picture without text: not inspected
	Files                 // a list of files without text: not inspected
	Other                 // something else without text: not inspected
)

// String returns the kind's name.
func (k Kind) String() string {
	names := [...]string{"empty", "text", "concealed", "image", "files", "other"}
	if int(k) < len(names) {
		return names[k]
	}
	return ""
}

// Content is a clip as far as it was read.
type Content struct {
	Kind Kind
	// Text is the text as the program gave it, which need not be valid UTF-8;
	// nil unless Kind is Text. The caller owns it and wipes it.
	Text *secret.Text
	// Partial is true when the text is longer than detect.MaxText and Text is
	// only its beginning.
	Partial bool
}

// ReadTimeout is how long a Read waits for the clip's program when its context
// has no deadline.
const ReadTimeout = 2 * time.Second

var (
	// ErrGone means that the selection holds something else than was asked
	// for: there will be, or has been, another Change.
	ErrGone = errors.New("the clip is gone: something else was copied meanwhile")
	// ErrTimeout means that the program which owns the clip did not answer.
	ErrTimeout = errors.New("the program that owns the clip does not answer")
	// ErrClosed means that the Watcher is closed, or has failed: see Err.
	ErrClosed = errors.New("the clipboard is not being watched")
)

// Watcher watches the selections. Its methods may be called by any goroutine.
type Watcher struct{ w watcher }

// watcher is the operating system's side, with the contract of Watcher's
// methods.
type watcher interface {
	Changes() <-chan Change
	Read(ctx context.Context, s Selection, seq uint64) (Content, error)
	Reads() uint64
	Prove(ctx context.Context) error
	Err() error
	Close()
}

// Open begins to watch. Where that is not possible, the error is a
// *coverage.Unavailable that says why.
func Open() (*Watcher, error) {
	w, err := open()
	if err != nil {
		return nil, err
	}
	return &Watcher{w}, nil
}

// Changes returns the channel of changes. It is never necessary to hurry: of
// each selection only the latest change is kept. The channel is closed by
// Close, and when the desktop goes away.
func (w *Watcher) Changes() <-chan Change { return w.w.Changes() }

// Read reads the clip that the change with that number announced. It asks what
// kinds the clip is on offer in, and asks for text only where there is any and
// nothing says that it is secret.
//
// It gives up with ErrTimeout at ctx's deadline, or after ReadTimeout if ctx
// has none; with ErrGone when the selection has changed; with ErrClosed when
// watching has ended; and with ctx's error when that is canceled.
func (w *Watcher) Read(ctx context.Context, s Selection, seq uint64) (Content, error) {
	return w.w.Read(ctx, s, seq)
}

// Reads returns how often text was asked for since Open. It stays 0 as long as
// no AI tool that isn't approved has the keyboard.
func (w *Watcher) Reads() uint64 { return w.w.Reads() }

// Prove shows that copies are still seen and can still be read: a marked text
// goes the way of a clip, from another connection through the desktop's notice
// and the same reading, on a selection that nobody pastes. What the person has
// copied is neither touched nor read, and Reads doesn't count it. It also asks
// whose the clipboard is, and compares that with what the notices said. The
// error says what did not go through; until ctx ends at most.
func (w *Watcher) Prove(ctx context.Context) error { return w.w.Prove(ctx) }

// Err returns why Changes was closed, nil after Close or while it is open.
func (w *Watcher) Err() error { return w.w.Err() }

// Close stops watching. It returns when everything that Open started has
// ended; a desktop that hangs is waited for as long as ReadTimeout.
func (w *Watcher) Close() { w.w.Close() }
