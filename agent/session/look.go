package session

import (
	"context"
	"slices"
	"time"

	"handrail/agent/browser"
	"handrail/agent/clip"
	"handrail/agent/nudge"
	"handrail/detect"
	"handrail/detect/allow"
	"handrail/detect/catalog"
	"handrail/detect/paste"
	"handrail/detect/policy"
	"handrail/detect/secret"
)

// readTimeout is how long the owner of a clip has to hand it over. A program
// that never answers must not keep the next clip from being looked at.
const readTimeout = 5 * time.Second

// look is the one look at a clip that may be under way, and what can be
// learned from the last one.
type look struct {
	cancel context.CancelFunc
	last   looked
}

// end keeps what the newest look found. One that was called off can come in
// later than the one that replaced it.
func (l *look) end(m looked) {
	if m.read > l.last.read {
		l.last = m
	}
}

// startLook reads and assesses a clip in a goroutine of its own: fifty
// megabytes, or an owner that never answers, don't hold up the session. An
// earlier look has lost its reason and is called off.
func (e *engine) startLook(ctx context.Context, f nudge.ReadClip) {
	if e.look.cancel != nil {
		e.look.cancel()
	}
	limited, cancel := context.WithTimeout(ctx, readTimeout)
	e.look.cancel = cancel
	p, list := e.policy, e.learned
	prints, offers := e.printer(f.Clip), f.Clip.Selection == nudge.Clipboard && e.SetClip != nil
	c, sel, seq := e.clipboard, selectionOf(f.Clip), e.seq.original(f.Clip)
	e.start("look", func() {
		defer cancel()
		m := looked{read: f.Read, policy: p}
		if c != nil && seq != 0 {
			a := e.assess(limited, c, sel, seq, f.Destination, p, list, func(text *secret.Text, a paste.Assessment) {
				m.print, m.clean = prints(text.Bytes(), a)
				m.safe = offers && hasSafeText(text, f.Destination, a, p, list)
			})
			m.decision, m.learnable, m.keys = a.Decision, a.Learnable, keysOf(a.Findings)
		}
		e.post(ctx, m)
	})
}

// assess is the only place where a session holds a clip's text. The text is
// wiped before it returns.
func (e *engine) assess(ctx context.Context, c Clipboard, sel clip.Selection, seq uint64, d catalog.Destination, p *policy.Policy, list *allow.List, done func(*secret.Text, paste.Assessment)) paste.Assessment {
	content, err := c.Read(ctx, sel, seq)
	defer content.Text.Wipe()
	if err != nil {
		e.Log.Info("a clip could not be read")
		return paste.Assessment{}
	}
	if content.Kind != clip.Text {
		return paste.Assessment{}
	}
	a, err := paste.Assess(ctx, paste.Attempt{Text: content.Text, Destination: d, Via: paste.Focus}, p, list)
	if err != nil {
		e.Log.Info("a clip was not looked at in time")
		return a
	}
	done(content.Text, a)
	return a
}

// printer makes what browsers know a clip by, in the goroutine that has the
// text.
func (e *engine) printer(c nudge.Clip) func([]byte, paste.Assessment) (print, map[*extension]browser.Clip) {
	p, key, tools, connected := e.policy, e.browsers.key, e.browsers.tools, slices.Clone(e.browsers.connected)
	return func(text []byte, a paste.Assessment) (known print, clean map[*extension]browser.Clip) {
		known.clip = c
		known.length, known.digest = browser.Digest(text, key)
		if a.Decision.Do != policy.Nothing || !cleanEverywhere(p, detect.Result{Findings: a.Findings, Partial: a.Partial}, tools) {
			return known, nil
		}
		clean = map[*extension]browser.Clip{}
		for _, x := range connected {
			n, d := browser.Digest(text, x.key)
			clean[x] = browser.Clip{Length: n, Digest: d, Clean: true}
		}
		return known, clean
	}
}

// onLooked keeps what a look found, and tells the browsers when the clip is
// clean: only because it was read anyway.
func (e *engine) onLooked(m looked) {
	if newest := m.read > e.look.last.read; newest && m.policy == e.policy && !e.paused && m.print.clip.Seq == e.seq[m.print.clip.Selection].seq && m.print.clip.Seq != 0 {
		e.browsers.print = m.print
		for _, x := range e.browsers.connected {
			if c, ok := m.clean[x]; ok {
				e.say(x, c)
			}
		}
	}
	e.look.end(m)
}

// sequence numbers the clips of a session: a sensor that was opened again
// counts from the beginning.
type sequence [2]struct { // by nudge.Selection
	seq    uint64 // of the newest clip, 0 if there was none
	sensor uint64 // its number to the sensor, 0 if that has ended
	pid    int    // its owner
}

// reopened forgets the numbers of a sensor that has ended.
func (s *sequence) reopened() {
	for i := range s {
		s[i].sensor = 0
	}
}

// clip gives a clip its number. It is not a new one if a sensor that was
// opened again only found it there: nobody is nudged twice because a sensor
// failed.
func (s *sequence) clip(c clip.Change) (n nudge.Clip, fresh bool) {
	n.Selection = nudge.Clipboard
	if c.Selection == clip.Primary {
		n.Selection = nudge.Primary
	}
	at := &s[n.Selection]
	fresh = !(c.At.IsZero() && at.seq > 0 && at.sensor == 0 && at.pid == c.OwnerPID)
	if fresh {
		at.seq++
	}
	at.sensor, at.pid = c.Seq, c.OwnerPID
	n.Seq = at.seq
	return n, fresh
}

// original is the clip's number to the sensor that is open now, zero if it is
// no longer there.
func (s *sequence) original(c nudge.Clip) uint64 {
	if s[c.Selection].seq != c.Seq {
		return 0
	}
	return s[c.Selection].sensor
}

func selectionOf(c nudge.Clip) clip.Selection {
	if c.Selection == nudge.Primary {
		return clip.Primary
	}
	return clip.Clipboard
}
