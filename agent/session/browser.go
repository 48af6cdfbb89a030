package session

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/local"
	"handrail/agent/nodump"
	"handrail/agent/nudge"
	"handrail/agent/process"
	"handrail/detect"
	"handrail/detect/catalog"
	"handrail/detect/policy"
	"handrail/detect/redact"
)

const (
	// browserProtocol names the raw connection to the relay.
	browserProtocol = "handrail-browser"
	// browserPatience is how long a relay may take to take a frame.
	browserPatience = 10 * time.Second
	// maxFrames is how many frames may wait for a relay. One that is so far
	// behind is hung: its connection ends, and the extension makes another.
	maxFrames = 64
	// maxAssessing is how many attempts of one browser are looked at at once.
	maxAssessing = 4
)

// browsers is the account of the extensions that are connected.
type browsers struct {
	connected []*extension
	held      map[nudge.AttemptID]*heldPaste
	running   []process.Browser // the browsers that ran when they were listed
	listed    time.Time
	due       *time.Timer // when a self-test should have gone through
	last      nudge.AttemptID
	redactor  *redact.Redactor

	key   [2]uint32 // of print
	print print     // of the last clip that was read
	watch []browser.Watch
	// tools are the destinations that watch is about, with each account.
	tools []catalog.Destination
}

// extension is one browser's connection. Its first fields never change once it
// is connected; the engine owns the rest.
type extension struct {
	hello browser.Hello
	of    int // the PID of the browser, 0 if nobody knows
	key   [2]uint32
	out   chan []byte
	gone  <-chan struct{} // closed when it ends
	end   func()
	// looking has an attempt's id while it is looked at, and an *atomic.Bool that
	// is true once its page has ended it.
	looking sync.Map

	nonce     string    // of the self-test that was asked for, "" for none
	asked     time.Time // when it was
	owed      time.Time // since when no self-test that was asked for has gone through
	proof     time.Time // of the last self-test that went all the way, zero for none
	unguarded int       // tabs without a guard
	inserting inserting // until its page says that it arrived
}

// heldPaste is an attempt that a page holds. Of what was to be pasted it has
// nothing; safe is what may be pasted instead.
type heldPaste struct {
	from      *extension
	id        uint64 // the extension's own
	dest      catalog.Destination
	findings  []detect.Finding
	learnable []mark
	safe      redact.Safe
	redacted  bool // the tool that is offered may have the safe text only
	ask       bool // whose account it is
	told      bool // the page has had the verdict
}

// print knows a clip again without its text.
type print struct {
	clip   nudge.Clip
	length int
	digest [2]uint32
}

func newBrowsers() browsers {
	return browsers{held: map[nudge.AttemptID]*heldPaste{}, redactor: redact.New(), key: newKey(), due: stopped()}
}

func newKey() [2]uint32 {
	var b [8]byte
	rand.Read(b[:]) // never fails, see crypto/rand
	return [2]uint32{binary.LittleEndian.Uint32(b[:]), binary.LittleEndian.Uint32(b[4:])}
}

// handleBrowser answers POST /v1/browser.
func (e *engine) handleBrowser(ctx context.Context, w http.ResponseWriter, r *http.Request) {
	conn, err := local.Hijack(w, r, browserProtocol)
	if err != nil {
		return
	}
	var of int
	if who, ok := local.Peer(r.Context()); ok && e.BrowserOf != nil {
		of = e.BrowserOf(who.PID)
	}
	e.talk(ctx, conn, of)
}

// talk stays with a browser's relay until either side ends. Nothing of what is
// said is logged.
func (e *engine) talk(ctx context.Context, conn net.Conn, of int) {
	session := ctx
	ctx, stop := context.WithCancel(ctx)
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	defer conn.Close()
	defer stop()
	x := &extension{of: of, key: newKey(), out: make(chan []byte, maxFrames), end: stop, gone: ctx.Done()}
	m, err := readMessage(conn)
	hello, ok := m.(*browser.Hello)
	if err != nil || !ok {
		if a, attempt := m.(*browser.Attempt); attempt {
			a.Wipe()
		}
		e.Log.Info("a browser did not say hello")
		return
	}
	x.hello = *hello
	nodump.Go(e.Log, "to browser", func() { x.write(ctx, conn) })
	if !e.post(ctx, browserCame{x}) {
		return
	}
	busy := make(chan struct{}, maxAssessing)
	for {
		m, err := readMessage(conn)
		if err != nil {
			break
		}
		if a, ok := m.(*browser.Attempt); ok {
			select {
			case busy <- struct{}{}:
			case <-ctx.Done():
				a.Wipe()
				continue
			}
			over := new(atomic.Bool)
			x.looking.Store(a.ID, over)
			nodump.Go(e.Log, "attempt", func() {
				defer func() { <-busy }()
				defer x.looking.CompareAndDelete(a.ID, over)
				e.onAttempt(ctx, x, a, over)
			})
		} else if m != nil {
			if done, ok := m.(*browser.Done); ok {
				if over, ok := x.looking.Load(done.ID); ok {
					over.(*atomic.Bool).Store(true)
				}
			}
			e.post(ctx, browserSaid{x, m})
		}
	}
	stop()
	e.post(session, browserGone{x})
}

func readMessage(conn net.Conn) (any, error) {
	frame, err := browser.ReadFrame(conn, browser.MaxFromBrowser)
	if err != nil {
		return nil, err
	}
	return browser.Decode(frame)
}

// write hands frames to the relay, in order, and wipes them.
func (x *extension) write(ctx context.Context, conn net.Conn) {
	defer x.end()
	for {
		select {
		case b := <-x.out:
			_ = conn.SetWriteDeadline(time.Now().Add(browserPatience))
			err := browser.WriteFrame(conn, b, browser.MaxToBrowser)
			clear(b)
			if err != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// forgetFrames wipes what nobody takes any more: a frame can hold redacted
// text.
func (x *extension) forgetFrames() {
	for {
		select {
		case b := <-x.out:
			clear(b)
		default:
			return
		}
	}
}

// say sends a message to one browser.
func (e *engine) say(x *extension, m any) {
	b, err := browser.Encode(m)
	if err != nil {
		e.Log.Error("a message to a browser could not be made", "error", err)
		return
	}
	select {
	case x.out <- b:
	default:
		clear(b)
		x.end()
	}
}

func (e *engine) onBrowserCame(ctx context.Context, x *extension) {
	e.browsers.connected = append(e.browsers.connected, x)
	e.Log.Info("a browser is connected", "browser", x.hello.Browser)
	e.welcome(x)
	e.prove(x)
	e.listBrowsers(ctx)
	e.cover()
}

func (e *engine) onBrowserGone(ctx context.Context, x *extension) {
	b := &e.browsers
	b.connected = slices.DeleteFunc(b.connected, func(c *extension) bool { return c == x })
	for id, h := range b.held {
		if h.from == x {
			e.play(ctx, nudge.Gone{At: time.Now(), Attempt: id})
			e.forgetHeld(id)
		}
	}
	x.inserting.text.Wipe()
	x.forgetFrames()
	e.Log.Info("a browser has gone", "browser", x.hello.Browser)
	e.listBrowsers(ctx)
	e.cover()
}

// welcome says what is watched. In a pause, or when the policy switches
// everything off, that is nothing, and no text comes here.
func (e *engine) welcome(x *extension) {
	w := browser.Welcome{
		Protocol: browser.Protocol, Key: x.key, Fail: browser.FailOpen, Deadline: browser.Deadline,
		Watch: []browser.Watch{}, Words: e.BrowserWords,
	}
	if !e.paused {
		w.Watch = append(w.Watch, e.browsers.watch...)
	}
	e.say(x, w)
}

// renewBrowsers says again what is watched; what was clean has to be asked
// again.
func (e *engine) renewBrowsers() {
	e.browsers.watch, e.browsers.tools = watchList(e.Catalog, e.policy)
	e.forgetPrint()
	for _, x := range e.browsers.connected {
		e.welcome(x)
		e.prove(x)
	}
}

// forgetPrint is after a copy, and when what was said of a clip no longer holds.
func (e *engine) forgetPrint() {
	if e.browsers.print == (print{}) {
		return
	}
	e.browsers.print = print{}
	for _, x := range e.browsers.connected {
		e.say(x, browser.Clip{})
	}
}

// onBrowserSaid is everything but attempts.
func (e *engine) onBrowserSaid(ctx context.Context, x *extension, m any) {
	now := time.Now()
	switch m := m.(type) {
	case *browser.Answer:
		if id := e.heldBy(x, m.ID); id != 0 {
			e.play(ctx, nudge.AnsweredHeld{At: now, Attempt: id, Answer: m.Answer})
		}
	case *browser.Done:
		// Still held here: the page has ended it by itself.
		if id := e.heldBy(x, m.ID); id != 0 {
			e.play(ctx, nudge.Gone{At: now, Attempt: id})
			e.forgetHeld(id)
		}
		e.onInserted(ctx, x, m)
	case *browser.Account:
		if id := e.heldBy(x, m.ID); id != 0 {
			e.onAccount(ctx, id, m.Work)
		}
	case *browser.Proof:
		if x.nonce != "" && m.Nonce == x.nonce {
			x.nonce, x.proof = "", now
			e.cover()
		}
	case *browser.State:
		x.unguarded = m.Unguarded
		e.cover()
	}
}

// heldBy is the attempt that an extension calls id, 0 if it isn't held.
func (e *engine) heldBy(x *extension, id uint64) nudge.AttemptID {
	for a, h := range e.browsers.held {
		if h.from == x && h.id == id {
			return a
		}
	}
	return 0
}

// newestHeld is the attempt that a page asked about last, 0 if none does now.
func (e *engine) newestHeld() (newest nudge.AttemptID) {
	for a, h := range e.browsers.held {
		if h.told {
			newest = max(newest, a)
		}
	}
	return newest
}

func (e *engine) onAccount(ctx context.Context, id nudge.AttemptID, work bool) {
	h := e.browsers.held[id]
	account := catalog.AccountPersonal
	if work {
		account = catalog.AccountWork
	}
	h.dest, h.ask = e.policy.WithAnswer(h.dest, account.String()), false
	d := e.policy.Decide(detect.Result{Findings: h.findings}, h.dest)
	if d.Do >= policy.Nudge {
		d.Instead = e.way(d, h.safe.OK)
		h.redacted = d.Instead.Redacted
		e.play(ctx, nudge.Held{At: time.Now(), Attempt: id, Destination: h.dest, Decision: d, Safe: h.safe.OK})
		return
	}
	e.say(h.from, browser.Verdict{ID: h.id, Do: browser.Allow})
	e.play(ctx, nudge.Cleared{At: time.Now(), Attempt: id})
	e.forgetHeld(id)
}

// hold tells a page that its paste is held.
func (e *engine) hold(f nudge.Hold) {
	h := e.browsers.held[f.Attempt]
	if h == nil {
		return
	}
	h.told = true
	words := browser.Card{Instead: f.Card.Instead, Because: f.Card.Because, Answers: append(f.Card.Answers(), card.Dismiss)}
	if e.BrowserCard != nil {
		words = e.BrowserCard(f.Card)
	}
	e.say(h.from, browser.Verdict{ID: h.id, Do: browser.Hold, Card: &words, Window: e.windows != nil, AskAccount: h.ask})
}

// finish ends a held paste in its page.
func (e *engine) finish(f nudge.Finish) {
	h := e.browsers.held[f.Attempt]
	if h == nil {
		return
	}
	switch {
	case !h.told: // nobody was asked: said before, or a pause
		e.say(h.from, browser.Verdict{ID: h.id, Do: browser.Allow})
	case f.How == nudge.Original:
		e.say(h.from, browser.Finish{ID: h.id, Do: browser.InsertOriginal})
	case f.How == nudge.Safe:
		e.say(h.from, browser.Finish{ID: h.id, Do: browser.InsertText, Text: h.safe.Text})
		e.keepInserted(h)
	default:
		e.say(h.from, browser.Finish{ID: h.id, Do: browser.DropIt})
	}
	e.forgetHeld(f.Attempt)
}

func (e *engine) forgetHeld(id nudge.AttemptID) {
	if h := e.browsers.held[id]; h != nil {
		h.safe.Text.Wipe()
		delete(e.browsers.held, id)
	}
}

// connectedBrowsers says which browsers are connected, for status and
// coverage.
func (e *engine) connectedBrowsers() []local.Browser {
	var list []local.Browser
	for _, x := range e.browsers.connected {
		list = append(list, local.Browser{
			Kind: x.hello.Browser, Version: x.hello.Version, Private: x.hello.Private,
			Proof: x.proof, Unguarded: x.unguarded,
		})
	}
	return list
}
