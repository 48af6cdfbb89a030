package session

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"time"

	"handrail/agent/browser"
	"handrail/agent/coverage"
	"handrail/agent/process"
	"handrail/detect/catalog"
)

// Being connected is no proof that an extension guards anything (a site's
// change, or a browser's, has left others' extensions green and dead). So the
// session asks for a self-test: a marked text goes through the guard in the
// extension's own hidden page, and comes back as a proof.
const (
	// proofPatience is how long a self-test may take.
	proofPatience = 30 * time.Second
	// proofAge is how old a proof may be when the person comes to an AI site.
	// Nothing is asked while nobody does: an idle browser is left alone.
	proofAge = 10 * time.Minute
	// browsersAge is the same for the list of running browsers.
	browsersAge = 30 * time.Second
)

// prove asks an extension for a self-test, unless one is under way. In a pause,
// and when the policy switches everything off, nothing is guarded, so there is
// nothing to prove.
func (e *engine) prove(x *extension) {
	now := time.Now()
	if e.paused || !e.policy.Enabled || x.nonce != "" && now.Sub(x.asked) < proofPatience {
		return
	}
	if x.nonce == "" {
		x.owed = now
	}
	var b [16]byte
	rand.Read(b[:]) // never fails, see crypto/rand
	x.nonce, x.asked = hex.EncodeToString(b[:]), now
	e.say(x, browser.SelfTest{Nonce: x.nonce, Text: "Handrail self-test " + x.nonce})
	e.awaitProofs(now)
}

// awaitProofs sets the timer for the first extension whose proof will be late.
func (e *engine) awaitProofs(now time.Time) {
	var next time.Duration
	for _, x := range e.browsers.connected {
		left := proofPatience - now.Sub(x.owed)
		if x.nonce != "" && left > 0 && (next == 0 || left < next) {
			next = left
		}
	}
	if next > 0 {
		e.browsers.due.Reset(next)
	}
}

// proven reports whether the last self-test went through, or may still. One
// that is owed for too long counts until it comes, however often it is asked
// for again.
func (x *extension) proven(now time.Time) bool {
	return !x.proof.IsZero() && (x.nonce == "" || now.Sub(x.owed) < proofPatience)
}

// cameToTool renews proofs and the list of browsers, now that the person is at
// an AI tool.
func (e *engine) cameToTool(ctx context.Context, d catalog.Destination) {
	now := time.Now()
	if e.desktop.failed || now.Sub(e.desktop.proof) > proofAge {
		e.proveDesktop(ctx)
	}
	if d.Surface != catalog.SurfaceBrowser {
		return
	}
	for _, x := range e.browsers.connected {
		if x.nonce != "" || now.Sub(x.proof) > proofAge {
			e.prove(x)
		}
	}
	if now.Sub(e.browsers.listed) > browsersAge {
		e.listBrowsers(ctx)
	}
}

// listBrowsers looks which browsers run, so that one without the extension can
// be named.
func (e *engine) listBrowsers(ctx context.Context) {
	if e.RunningBrowsers == nil {
		return
	}
	e.browsers.listed = time.Now()
	e.start("browsers", func() {
		list, err := e.RunningBrowsers(ctx)
		if err != nil {
			e.Log.Info("the running browsers could not be listed", "error", err)
			return
		}
		e.post(ctx, browsersRun{list})
	})
}

// coverBrowser says how much is seen of AI sites in browsers.
func (e *engine) coverBrowser() (coverage.State, coverage.Why) {
	b, now := &e.browsers, time.Now()
	for _, r := range b.running {
		connected := slices.ContainsFunc(b.connected, func(x *extension) bool {
			return x.hello.Browser == string(r.Kind) && (x.of == r.PID || x.of == 0 || r.PID == 0)
		})
		switch {
		case connected:
		case r.Confined:
			return coverage.Partly, coverage.Confined
		default:
			return coverage.Partly, coverage.NoExtension
		}
	}
	if len(b.connected) == 0 {
		return coverage.Partly, coverage.TitlesOnly
	}
	for _, x := range b.connected {
		if !x.proven(now) {
			return coverage.Partly, coverage.NotProven
		}
	}
	for _, x := range b.connected {
		closed := e.PrivateClosed != nil && e.PrivateClosed(process.BrowserKind(x.hello.Browser))
		if x.unguarded > 0 || !x.hello.Private && !closed {
			return coverage.Partly, coverage.Unguarded
		}
	}
	for _, x := range b.connected {
		if e.PasteButtonsBlocked == nil || !e.PasteButtonsBlocked(process.BrowserKind(x.hello.Browser), e.policy) {
			return coverage.Partly, coverage.PasteButtons
		}
	}
	return coverage.Seen, coverage.None
}
