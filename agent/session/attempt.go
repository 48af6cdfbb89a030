package session

import (
	"context"
	"sync/atomic"
	"time"

	"handrail/agent/browser"
	"handrail/agent/nudge"
	"handrail/agent/process"
	"handrail/detect"
	"handrail/detect/allow"
	"handrail/detect/catalog"
	"handrail/detect/document"
	"handrail/detect/paste"
	"handrail/detect/policy"
	"handrail/detect/redact"
	"handrail/detect/secret"
)

// attemptPatience is how long an attempt is looked at: a little less than the
// extension waits. After that its fail mode holds.
const attemptPatience = (browser.Deadline - 100) * time.Millisecond

type mark = allow.Mark

// terms are what an attempt is looked at by.
type terms struct {
	attempt  nudge.AttemptID
	dest     catalog.Destination
	policy   *policy.Policy
	learned  *allow.List
	redactor *redact.Redactor
	key      [2]uint32
}

// onAttempt looks at what a page holds, in a goroutine of its own. The text is
// wiped before anything is said of it. over is true once its page has ended it.
func (e *engine) onAttempt(ctx context.Context, x *extension, a *browser.Attempt, over *atomic.Bool) {
	defer a.Wipe()
	limited, cancel := context.WithTimeout(ctx, attemptPatience)
	defer cancel()
	reply := make(chan terms, 1)
	if !e.post(limited, attempted{x, a.ID, a.Host, a.Path, a.Account, a.Tenant, reply}) {
		return
	}
	var t terms
	select {
	case t = <-reply:
	case <-limited.Done():
		return
	}
	if t.attempt == 0 {
		return // let through unseen
	}
	m, err := lookInto(limited, a, t)
	if err != nil {
		e.Log.Info("a paste was not looked at in time")
		return
	}
	m.from, m.id, m.over = x, a.ID, over
	a.Wipe()
	if !e.post(ctx, m) {
		m.safe.Text.Wipe()
	}
}

// lookInto assesses text and files together.
func lookInto(ctx context.Context, a *browser.Attempt, t terms) (assessed, error) {
	m := assessed{terms: t, paste: a.How == browser.Paste}
	texts := []*secret.Text{a.Text}
	for _, f := range a.Files {
		if f.Data == nil {
			continue
		}
		text, _, err := document.Text(document.Kind(f.Kind), f.Data.Bytes(), detect.MaxText)
		if err == nil {
			defer text.Wipe()
			texts = append(texts, text)
		}
	}
	var first paste.Assessment
	for i, text := range texts {
		if text.Len() == 0 {
			continue
		}
		was, err := paste.Assess(ctx, paste.Attempt{Text: text, Destination: t.dest, Via: paste.Browser}, t.policy, t.learned)
		if err != nil {
			return m, err
		}
		if i == 0 {
			first = was
		}
		m.findings = append(m.findings, was.Findings...)
		m.learnable = append(m.learnable, was.Learnable...)
	}
	m.decision = t.policy.Decide(detect.Result{Findings: m.findings}, t.dest)
	m.print.length, m.print.digest = browser.Digest(a.Text.Bytes(), t.key)
	whole := a.Text.Len() > 0 && !a.Partial && !first.Partial && len(a.Files) == 0
	if m.decision.Do >= policy.Nudge && whole {
		m.safe = paste.Safe(t.redactor, paste.Attempt{Text: a.Text, Destination: t.dest, Via: paste.Browser}, first, t.policy, t.learned, time.Now())
		// What doesn't fit into a frame can't be offered.
		if !m.safe.OK || browser.Size(m.safe.Text.Bytes()) > browser.MaxToBrowser {
			m.safe.Text.Wipe()
			m.safe = redact.Safe{}
		}
	}
	return m, nil
}

// onAttempted says by what an attempt is looked at. What can be no concern is
// let through unseen.
func (e *engine) onAttempted(m attempted) {
	d, ok := e.Catalog.Lookup(catalog.Target{Host: m.host, Path: m.path})
	if ok {
		d = e.policy.WithAccount(d, m.account, m.tenant)
		if e.policy.Enabled && !e.paused {
			e.countUses([]process.Use{{Tool: d.Tool, Surface: d.Surface}})
		}
	}
	if !ok || e.paused || !e.policy.MustRead(d) {
		e.say(m.from, browser.Verdict{ID: m.id, Do: browser.Allow})
		m.reply <- terms{}
		return
	}
	e.browsers.last++
	m.reply <- terms{e.browsers.last, d, e.policy, e.learned, e.browsers.redactor, e.browsers.key}
}

func (e *engine) onAssessed(ctx context.Context, m assessed) {
	defer e.watchValues()
	if m.policy != e.policy { // another came meanwhile
		m.decision = e.policy.Decide(detect.Result{Findings: m.findings}, m.dest)
	}
	if m.over.Load() {
		m.safe.Text.Wipe()
		return // what the page said of it came first
	}
	if m.decision.Do < policy.Nudge || e.paused {
		m.safe.Text.Wipe()
		e.say(m.from, browser.Verdict{ID: m.id, Do: browser.Allow})
		return
	}
	select {
	case <-m.from.gone:
		m.safe.Text.Wipe()
		return
	default:
	}
	m.decision.Instead = e.way(m.decision, m.safe.OK)
	e.browsers.held[m.attempt] = &heldPaste{
		from: m.from, id: m.id, dest: m.dest, findings: m.findings, learnable: m.learnable,
		safe: m.safe, redacted: m.decision.Instead.Redacted, ask: m.decision.AskAccount,
	}
	e.play(ctx, nudge.Held{
		At: time.Now(), Attempt: m.attempt, Clip: e.clipOf(m), Destination: m.dest,
		Decision: m.decision, Safe: m.safe.OK, HoldOut: e.inHoldOut(),
	})
}

// clipOf is the clip that was pasted: the one that was read, if it is the same;
// else a paste is of the newest, if that wasn't read.
func (e *engine) clipOf(m assessed) nudge.Clip {
	known := e.browsers.print
	newest := nudge.Clip{Selection: nudge.Clipboard, Seq: e.seq[nudge.Clipboard].seq}
	switch {
	case known.clip.Seq != 0 && known.length == m.print.length && known.digest == m.print.digest:
		return known.clip
	case m.paste && newest.Seq != 0 && known.clip != newest:
		return newest
	}
	return nudge.Clip{}
}
