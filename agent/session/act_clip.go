package session

import (
	"context"
	"os"
	"time"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/nudge"
	"handrail/detect/allow"
	"handrail/detect/catalog"
	"handrail/detect/paste"
	"handrail/detect/policy"
	"handrail/detect/redact"
	"handrail/detect/secret"
)

// inserting is the redacted text that a page was given, until the page says
// whether it has arrived.
type inserting struct {
	id   uint64 // of the attempt, the extension's own
	text *secret.Text
}

// openInstead opens the approved tool. One that may have the redacted text only
// opens when that is on the clipboard, and not else: the person would paste the
// original there.
func (e *engine) openInstead(ctx context.Context, f nudge.Open) {
	h := e.browsers.held[f.Attempt]
	if h == nil || !h.redacted {
		e.start("open", func() { e.open(ctx, f.URL) })
		return
	}
	text := h.safe.Text
	h.safe.Text, h.safe.OK = nil, false
	p := e.present()
	e.start("open", func() {
		if e.replaceClip(ctx, p, text, card.Card{About: card.IsSafe}) {
			e.open(ctx, f.URL)
		}
	})
}

// maxClipMadeSafe is how long a clip may be that Safe Paste is offered for, in
// bytes: whether there is a safe text is found out before the nudge is shown,
// which must not wait for it.
const maxClipMadeSafe = 100 << 10

// hasSafeText tells whether Safe Paste has a text for a clip that was assessed.
// What it takes out for that is kept nowhere.
func hasSafeText(text *secret.Text, d catalog.Destination, was paste.Assessment, p *policy.Policy, learned *allow.List) bool {
	if was.Decision.Do < policy.Nudge || text.Len() > maxClipMadeSafe {
		return false
	}
	r := redact.New()
	defer r.Forget()
	safe := paste.Safe(r, paste.Attempt{Text: text, Destination: d, Via: paste.Focus}, was, p, learned, time.Now())
	defer safe.Text.Wipe()
	return safe.OK
}

// makeSafe puts a text without what was found on the clipboard. It reads the clip
// once more: nothing of it was kept.
func (e *engine) makeSafe(ctx context.Context, f nudge.MakeSafe) {
	present, p, learned, r := e.present(), e.policy, e.learned, e.browsers.redactor
	e.start("safe", func() {
		text := present.read(ctx, originalPatience)
		defer text.Wipe()
		limited, cancel := context.WithTimeout(ctx, readTimeout)
		defer cancel()
		a := paste.Attempt{Text: text, Destination: f.Destination, Via: paste.Focus}
		if text != nil {
			if was, err := paste.Assess(limited, a, p, learned); err == nil {
				safe := paste.Safe(r, a, was, p, learned, time.Now())
				if safe.OK {
					if !e.replaceClip(ctx, present, safe.Text, card.Card{About: card.IsSafe}) {
						e.post(ctx, notMadeSafe{})
					}
					return
				}
				safe.Text.Wipe()
			}
		}
		e.Log.Warn("a clip could not be made safe")
		e.post(ctx, notMadeSafe{})
	})
}

// way is what a decision offers for a held paste: also a tool that may have the
// redacted text only, if there is one and the clipboard can be had.
func (e *engine) way(d policy.Decision, safe bool) policy.Alternative {
	return d.Way(safe && e.SetClip != nil)
}

// keepInserted keeps the text that was sent to a page until it says what became
// of it. There is one for each browser: a page that never says it leaves no
// more behind than that.
func (e *engine) keepInserted(h *heldPaste) {
	h.from.inserting.text.Wipe()
	h.from.inserting = inserting{h.id, h.safe.Text}
	h.safe.Text = nil
}

// onInserted is what a page says of the text that it was given. One that it
// could not insert has to be on the clipboard, because the person is asked to
// press Ctrl+V again.
func (e *engine) onInserted(ctx context.Context, x *extension, m *browser.Done) {
	if x.inserting.text == nil || x.inserting.id != m.ID {
		return
	}
	text := x.inserting.text
	x.inserting = inserting{}
	if m.Outcome != browser.Again || e.SetClip == nil {
		text.Wipe()
		return
	}
	p := e.present()
	e.start("clip", func() { e.replaceClip(ctx, p, text, card.Card{About: card.IsSafe}) })
}

// ownerOf is the process that a copy counts as from. Handrail's own counts as
// one that nobody knows: nothing that is new to the tool with the keyboard.
func ownerOf(pid int) int {
	if pid == os.Getpid() {
		return 0
	}
	return pid
}
