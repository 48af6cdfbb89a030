package session

import (
	"context"
	"errors"
	"strings"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/nudge"
	"handrail/detect/redact"
)

var errNothingToPutBack = errors.New("there is nothing to put back: copy an answer that holds tokens of Safe Paste first")

// offer is what can be put back in the clip that is on the clipboard.
type offer struct {
	clip  nudge.Clip
	names int // 0: nothing
}

// lookForTokens looks for Safe Paste's tokens in a clip that an AI tool's window,
// approved or not, has copied. It is the one case where a clip of an approved tool
// is read: only while values are kept, and only for tokens.
func (e *engine) lookForTokens(ctx context.Context, c clip.Change, n nudge.Clip) {
	if c.Selection != clip.Clipboard || ownClip(c) {
		return
	}
	e.withdrawOffer()
	e.forgetOriginal()
	e.renew = false
	if e.kept == 0 || e.SetClip == nil || e.paused || !e.policy.Enabled {
		return
	}
	// Where the owner can't be told, it is the window that has the keyboard.
	if w := e.focus.Window; c.OwnerPID != 0 && w.PID != 0 && c.OwnerPID != w.PID {
		return
	} else if _, ok := e.Catalog.Lookup(w.Target); !ok {
		return
	}
	p, r := e.present(), e.browsers.redactor
	e.start("tokens", func() {
		text := p.read(ctx, readTimeout)
		defer text.Wipe()
		if found := r.Count(text.Bytes()); found.Found() {
			e.post(ctx, tokensFound{n, found})
		}
	})
}

func (e *engine) onTokens(ctx context.Context, m tokensFound) {
	if m.clip.Seq != e.seq[nudge.Clipboard].seq {
		return // something else was copied meanwhile
	}
	e.offer = offer{m.clip, m.found.Exact + m.found.Mended}
	e.showQuiet(ctx, card.Card{About: card.NamesBack, Count: e.offer.names})
	e.showTray()
}

// putBack puts the values back in the clip that was offered.
func (e *engine) putBack(ctx context.Context) {
	if e.offer.names == 0 || e.offer.clip.Seq != e.seq[nudge.Clipboard].seq {
		return
	}
	e.withdrawOffer()
	p, r := e.present(), e.browsers.redactor
	e.start("put back", func() {
		text := p.read(ctx, readTimeout)
		defer text.Wipe()
		found := r.Restore(text.Bytes())
		if !found.Found() {
			found.Text.Wipe()
			return
		}
		e.replaceClip(ctx, p, found.Text, areBack(found))
	})
}

func areBack(found redact.Restored) card.Card {
	named := found.Left[:min(len(found.Left), card.MaxLeft)]
	return card.Card{About: card.AreBack, Count: found.Exact + found.Mended, Left: strings.Join(named, ", "), LeftCount: len(found.Left)}
}

// withdrawOffer ends the offer to put values back.
func (e *engine) withdrawOffer() {
	e.offer = offer{}
	if e.quiet.card.ID != 0 {
		e.withdrawQuiet()
	}
	e.showTray()
}

// answerQuietly takes an answer from the command line to what the tray offers.
// ok is false for answers to a nudge.
func (e *engine) answerQuietly(ctx context.Context, a card.Answer) (ok bool, err error) {
	switch a {
	case card.PutBack:
		if e.offer.names == 0 {
			return true, errNothingToPutBack
		}
		e.putBack(ctx)
	case card.Undo:
		if !e.original.kept() {
			return true, errNoOriginal
		}
		e.undo(ctx)
	default:
		return false, nil
	}
	return true, nil
}
