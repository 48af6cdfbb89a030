package session

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"time"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/nudge"
	"handrail/detect/secret"
)

const (
	// keepOriginal is how long what was on the clipboard can be brought back.
	keepOriginal = 10 * time.Minute
	// originalPatience is how long its program has to hand it over. Nobody waits
	// longer for a click to do something.
	originalPatience = 500 * time.Millisecond
)

var errNoOriginal = errors.New("there is nothing to bring back: another clip came, or ten minutes have passed")

// original is what Handrail has taken off the clipboard. It is safe for
// concurrent use: a clip is read in a goroutine of its own.
type original struct {
	mu    sync.Mutex // guards what follows
	vault secret.Vault
	place secret.Place
	there bool
}

func (o *original) keep(text []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.vault.Wipe()
	o.place, o.there = o.vault.Keep(text)
}

// copy returns the text, which is the caller's to wipe; nil if there is none.
func (o *original) copy() *secret.Text {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.there {
		return nil
	}
	return secret.New(slices.Clone(o.vault.Bytes(o.place)))
}

func (o *original) wipe() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.vault.Wipe()
	o.there = false
}

func (o *original) kept() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.there
}

// present is the clip that is on the clipboard now.
type present struct {
	clipboard Clipboard
	seq       uint64 // the sensor's
}

func (e *engine) present() present {
	return present{e.clipboard, e.seq[nudge.Clipboard].sensor}
}

// read returns its text, which is the caller's to wipe; nil where it has none, or
// none that may be read.
func (p present) read(ctx context.Context, patience time.Duration) *secret.Text {
	if p.clipboard == nil || p.seq == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	c, err := p.clipboard.Read(ctx, clip.Clipboard, p.seq)
	if err != nil || c.Kind != clip.Text || c.Partial {
		c.Text.Wipe()
		return nil
	}
	return c.Text
}

// replaceClip puts a text on the clipboard in place of the present one, which it
// keeps for Undo, and says whether it is there. It can wait for the desktop, so
// it is for a goroutine of its own.
func (e *engine) replaceClip(ctx context.Context, p present, text *secret.Text, said card.Card) bool {
	before := p.read(ctx, originalPatience)
	defer before.Wipe()
	if before != nil {
		e.original.keep(before.Bytes())
	}
	if err := e.SetClip(text); err != nil {
		e.original.wipe()
		e.Log.Warn("a text could not be put on the clipboard", "error", err)
		e.post(ctx, clipNotSet{})
		return false
	}
	e.post(ctx, clipReplaced{said})
	return true
}

// onReplaced is when Handrail's text is on the clipboard.
func (e *engine) onReplaced(ctx context.Context, c card.Card) {
	e.offer = offer{}
	e.renew = c.About != card.IsSafe
	if e.original.kept() {
		e.originalEnds.Reset(keepOriginal)
		e.originalEnd = time.Now().Add(keepOriginal)
		e.showQuiet(ctx, c)
	}
	e.watchValues()
}

// undo brings back what was on the clipboard.
func (e *engine) undo(ctx context.Context) {
	text := e.original.copy()
	if text == nil {
		return
	}
	e.forgetOriginal()
	e.withdrawQuiet()
	e.start("undo", func() {
		if err := e.SetClip(text); err != nil {
			e.Log.Warn("what was copied could not be brought back", "error", err)
			e.post(ctx, clipNotSet{})
			return
		}
		e.post(ctx, undone{})
	})
}

func (e *engine) forgetOriginal() {
	e.originalEnds.Stop()
	e.original.wipe()
	e.showTray()
}

// ownClip reports whether a clip is one that Handrail put there.
func ownClip(c clip.Change) bool { return c.OwnerPID == os.Getpid() }

// renewClip tells the nudge once more of a clip of Handrail's own that holds what
// may be sensitive, once the keyboard has gone somewhere else: it came while a
// tool had the keyboard, but it is no answer of that tool.
func (e *engine) renewClip(ctx context.Context) {
	if !e.renew {
		return
	}
	e.renew = false
	at := &e.seq[nudge.Clipboard]
	at.seq++
	e.play(ctx, nudge.Copied{At: time.Now(), Clip: nudge.Clip{Selection: nudge.Clipboard, Seq: at.seq}, PID: os.Getpid()})
}
