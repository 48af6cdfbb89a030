package session

import (
	"context"
	"slices"

	"handrail/agent/card"
	"handrail/agent/nudge"
	"handrail/detect"
)

// keysOf returns the detectors of the passwords and keys among what was found.
func keysOf(findings []detect.Finding) (ids []detect.DetectorID) {
	for _, f := range findings {
		if f.Class == detect.ClassSecret && !slices.Contains(ids, f.Detector) {
			ids = append(ids, f.Detector)
		}
	}
	return ids
}

// onKeyOut remembers, in this session's memory and nowhere else, who makes the
// keys that the person chose to paste, and where. The newest replaces what was
// there.
func (e *engine) onKeyOut(f nudge.KeyOut) {
	var ids []detect.DetectorID
	if h := e.browsers.held[f.Attempt]; h != nil {
		ids = keysOf(h.findings)
	} else if f.Read != 0 && e.look.last.read == f.Read {
		ids = e.look.last.keys
	}
	k := &card.Keys{Tool: f.Tool}
	for _, id := range ids {
		if i, ok := detect.IssuerOf(id); ok && !slices.Contains(k.Issuers, i) {
			k.Issuers = append(k.Issuers, i)
		}
	}
	e.keys = k
}

// onWhatNow opens the page that says what to do.
func (e *engine) onWhatNow(ctx context.Context) {
	if err := e.openPanel(ctx, card.TabKeys); err != nil {
		e.Log.Warn("what to do about a key was not shown", "error", err)
		e.lastError = `no window could be opened: "handrail leaked" says what to do about a key`
	}
}

// openIssuer opens the page where a key is ended.
func (e *engine) openIssuer(ctx context.Context, item uint32) error {
	if e.keys == nil || item < 1 || int(item) > len(e.keys.Issuers) {
		return errNoItem
	}
	page := e.keys.Issuers[item-1].Page
	e.start("open", func() { e.open(ctx, page) })
	return nil
}
