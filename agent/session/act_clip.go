package session

import (
	"context"
	"os"
	"slices"

	"handrail/agent/browser"
	"handrail/agent/nudge"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/detect/secret"
)

// inserting is the redacted text that a page was given, until the page says
// whether it has arrived.
type inserting struct {
	id   uint64 // of the attempt, the extension's own
	text *secret.Text
}

// openInstead opens the approved tool, with what may be pasted there on the
// clipboard before it opens.
func (e *engine) openInstead(ctx context.Context, f nudge.Open) {
	text := e.clipFor(e.browsers.held[f.Attempt])
	e.start("open", func() {
		e.setClip(ctx, text)
		e.open(ctx, f.URL)
	})
}

// clipFor takes a held paste's redacted text for the clipboard. It is nil where
// the clipboard stays as it is: the approved tool may receive what was found,
// or nothing can be pasted instead.
func (e *engine) clipFor(h *heldPaste) *secret.Text {
	if h == nil || !h.safe.OK || e.SetClip == nil || receives(e.policy, h.instead, h.findings) {
		return nil
	}
	text := h.safe.Text
	h.safe.Text, h.safe.OK = nil, false
	return text
}

// receives says whether an approved tool may receive all that was found, by
// the policy that holds now.
func receives(p *policy.Policy, id catalog.ToolID, found []detect.Finding) bool {
	t, ok := p.Tool(id)
	if !ok || t.Standing != policy.Approved {
		return false
	}
	return t.Receives == nil || !slices.ContainsFunc(found, func(f detect.Finding) bool {
		return f.Confidence >= detect.Medium && !slices.Contains(t.Receives, f.Class)
	})
}

// setClip puts a text on the clipboard, if there is one. It can wait for the
// desktop, so it is for a goroutine of its own.
func (e *engine) setClip(ctx context.Context, text *secret.Text) {
	if text == nil {
		return
	}
	if err := e.SetClip(text); err != nil {
		e.Log.Warn("the redacted text could not be put on the clipboard", "error", err)
		e.post(ctx, clipNotSet{})
	}
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
	e.start("clip", func() { e.setClip(ctx, text) })
}

// ownerOf is the process that a copy counts as from. Handrail's own counts as
// one that nobody knows: nothing that is new to the tool with the keyboard.
func ownerOf(pid int) int {
	if pid == os.Getpid() {
		return 0
	}
	return pid
}
