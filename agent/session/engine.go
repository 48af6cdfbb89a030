package session

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/coverage"
	"handrail/agent/focus"
	"handrail/agent/local"
	"handrail/agent/nudge"
	"handrail/agent/presence"
	"handrail/detect/allow"
	"handrail/detect/policy"
)

// engine owns the state of a session. Everything below the first three fields
// is touched by one goroutine only, the one that runs loop.
type engine struct {
	Options
	inbox   chan message
	helpers sync.WaitGroup

	nudge  nudge.State
	events []nudge.Event // to be played, in order
	wake   *time.Timer
	front  front
	look   look

	clipboard Clipboard
	watcher   Focus
	presence  Presence
	moment    presence.State
	windows   Windows
	desktop   desktop
	seq       sequence
	focus     focus.Change // the last one that was not our own window
	arrived   time.Time    // when the keyboard came to that window

	policy       *policy.Policy
	learned      *allow.List
	policyStatus local.PolicyStatus
	paused       bool
	resume       *time.Timer // ends the pause
	until        time.Time   // when it does, zero if not by itself

	met  map[part]bool // parts that were up once
	gone bool          // the desktop has ended, and with it this session

	coverage coverage.Table
	why      map[part]coverage.Why // of parts that are not up
	mute     bool                  // notifications failed too
	tables   chan coverage.Table   // to the service; nil while it is away

	books     books
	seen      card.ID // the last card that was seen
	nudges    int
	pastReads uint64 // of clipboards that have ended
	lastError string

	panel panel

	browsers   browsers
	connectors connectors

	kept         int         // values that Safe Paste keeps
	expire       *time.Timer // when the first of them has to go
	offer        offer
	original     original
	originalEnds *time.Timer // with originalEnd, when it does
	originalEnd  time.Time
	renew        bool // the clip holds what Handrail has put back or brought back
	quiet        quiet
	greet        *time.Timer // set while the page about what Handrail does is still to be offered

	allowed allowed
	want    want
	keys    *card.Keys // nil: none was pasted

	budget   budget       // the file of what was spent
	heldBack []card.Quiet // what no nudge told of, the newest first
	unread   bool         // nobody has looked at that list since

	pulse pulses
	work  work

	tray card.Tray   // what it shows
	past []card.Past // the newest first
}

func newEngine(o Options) *engine {
	e := &engine{
		Options: o,
		inbox:   make(chan message),
		wake:    stopped(),
		resume:  stopped(),
		why:     map[part]coverage.Why{},
		met:     map[part]bool{},
		front:   front{jobs: make(chan func())},
		panel:   panel{renew: stopped()},
		expire:  stopped(), originalEnds: stopped(), quiet: quiet{ends: stopped()}, greet: stopped(),

		browsers: newBrowsers(),
	}
	for _, p := range []part{clipboardPart, focusPart, presencePart, windowsPart, momentsPart} {
		e.why[p] = coverage.NotWatching // not opened yet
	}
	return e
}

// stopped is a timer that is not set.
func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// run watches until ctx ends, or the desktop does.
func (e *engine) run(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer e.helpers.Wait()
	defer stop()

	e.books.dir, e.books.length = filepath.Join(e.Paths.UserState, "tally"), e.Settings.Batch
	e.books.schedule()
	defer e.books.stop()
	if err := e.openBooks(); err != nil {
		e.trouble("the person's files can't be opened, it is tried again", err)
	}
	var err error
	if e.learned, err = OpenLearned(e.Paths.UserState); err != nil {
		e.trouble("what was called not sensitive can't be read", err)
	}
	e.openBudget(ctx)
	e.openWelcome()
	e.openPulse()
	p, s := e.keptPolicy()
	e.usePolicy(ctx, p, s)
	e.keepSensors(ctx)
	e.keepConnectors(ctx)
	e.keep(ctx, servicePart, e.serve)
	if e.Tray != nil {
		e.start("tray", func() {
			_ = forward(ctx, e, e.Tray.Events(), func(c card.TrayChoice) message { return chosen{c} })
		})
	}
	e.start("front", func() { e.front.work(ctx) })
	e.loop(ctx)
	// A card that somebody saw has an outcome, also now.
	e.play(ctx, nudge.Paused{At: time.Now(), On: true})
	e.forgetSafePaste()
	e.saveUnsaved()
}

func (e *engine) loop(ctx context.Context) {
	for !e.gone {
		jobs, job := e.front.next()
		select {
		case <-ctx.Done():
			return
		case jobs <- job:
			e.front.sent()
		case m := <-e.inbox:
			e.handle(ctx, m)
		case now := <-e.wake.C:
			e.play(ctx, nudge.Tick{At: now, Typing: e.typing()})
		case <-e.resume.C:
			e.pause(ctx, false, 0)
		case <-e.panel.renew.C:
			e.askForPanel(ctx)
		case <-e.books.uses.C:
			e.listUses(ctx)
		case <-e.books.handOver.C:
			e.startHandOver(ctx)
		case <-e.books.retry.C:
			e.saveUnsaved()
		case now := <-e.expire.C:
			e.expireValues(now)
		case <-e.originalEnds.C:
			e.forgetOriginal()
		case <-e.greet.C:
			e.offerWelcome(ctx)
		case <-e.quiet.ends.C:
			e.withdrawQuiet()
		case now := <-e.browsers.due.C:
			e.cover()
			e.awaitProofs(now)
		}
	}
}

// handle is what each message means.
func (e *engine) handle(ctx context.Context, m message) {
	switch m := m.(type) {
	case clipUp:
		e.clipboard = m.clipboard
		e.seq.reopened()
		e.up(clipboardPart)
		e.proveDesktop(ctx)
	case clipChanged:
		e.onCopied(ctx, m.Change)
	case focusUp:
		e.watcher = m.focus
		e.up(focusPart)
		e.proveDesktop(ctx)
	case focusMoved:
		f := e.focused(m.Change)
		left := !f.Own && e.focus.Window.ID != m.Window.ID
		if !f.Own {
			if e.focus.Window.ID != m.Window.ID {
				e.arrived = m.At
			}
			e.focus = m.Change
		}
		if f.Watched && !e.paused {
			e.cameToTool(ctx, f.Destination)
		}
		e.play(ctx, f)
		if left {
			e.renewClip(ctx)
			e.offerPulse()
		}
	case presenceUp:
		e.presence = m.presence
		e.up(presencePart)
	case momentChanged:
		if !e.sees(momentsPart) {
			e.up(momentsPart)
		}
		e.onMoment(ctx, m.State)
	case windowsUp:
		e.windows = m.windows // up once it has opened one
	case windowSaid:
		e.onWindow(ctx, m.Event)
	case down:
		e.onDown(ctx, m)
	case looked:
		e.onLooked(m)
		e.play(ctx, nudge.Looked{At: time.Now(), Read: m.read, Decision: m.decision, Typing: e.typing(), HoldOut: e.inHoldOut(), Safe: m.safe})
	case desktopProved:
		e.onDesktopProved(m)
	case browserCame:
		e.onBrowserCame(ctx, m.from)
	case browsersRun:
		e.browsers.running = m.browsers
		e.cover()
	case browserGone:
		e.onBrowserGone(ctx, m.from)
	case browserSaid:
		e.onBrowserSaid(ctx, m.from, m.m)
	case attempted:
		e.onAttempted(m)
	case assessed:
		e.onAssessed(ctx, m)
	case happened:
		e.play(ctx, m.event)
	case notified:
		e.onNotified(ctx, m)
	case answered:
		m.done <- e.answer(ctx, m.answer)
	case forgotten:
		m.done <- e.forget(ctx, m.ids)
	case paused:
		e.pause(ctx, m.on, m.length)
		close(m.done)
	case statusAsked:
		m.reply <- e.status()
	case policyArrived:
		e.onPolicy(ctx, m.reply)
	case serviceUp:
		e.up(servicePart)
		e.tables = m.tables
		e.tables <- e.coverage
		e.books.soon()
	case running:
		e.countUses(m.uses)
		e.reviewConnectors(ctx)
	case connectorsSeen:
		if !e.sees(connectorsPart) {
			e.up(connectorsPart)
		}
		e.connectors.seen, e.connectors.there = m.Seen.Connectors, true
		e.reviewConnectors(ctx)
	case connectorsTold:
		e.onConnectorsTold(ctx, m)
	case handedOver:
		e.onHandedOver(m)
	case toolAsked:
		e.askForTool(ctx, m)
	case requestKept:
		e.books.soon()
	case pulseAsked:
		e.onPulseAsked(ctx, m)
	case answersAsked:
		e.lookForAnswers(ctx, m.done)
	case wantSent:
		e.onWantSent(ctx, m)
	case answersLooked:
		e.onAnswersLooked(ctx, m)
	case openPanel:
		if err := e.openPanel(ctx, m.tab); err != nil {
			e.Log.Warn("the panel was not opened", "error", err)
		}
	case panelAsked:
		m.done <- e.openPanel(ctx, m.tab)
	case panelReady:
		e.onPanel(ctx, m.panel)
	case ledgerChecked:
		if e.panel.open {
			e.panel.checked = m.found
			e.renewPanel(ctx)
		}
	case chosen:
		e.onChosen(ctx, m.TrayChoice)
	case openFailed:
		e.lastError = "the approved tool could not be opened: open it by hand"
	case clipNotSet:
		e.lastError = "a text could not be put on the clipboard"
	case notMadeSafe:
		e.showQuiet(ctx, card.Card{About: card.NotSafe})
		e.watchValues()
	case clipReplaced:
		e.onReplaced(ctx, m.card)
	case undone:
		e.renew = true
	case tokensFound:
		e.onTokens(ctx, m)
	case quietAnswered:
		e.onQuietAnswer(ctx, m.card, m.answer)
	case safePasteForgotten:
		m.done <- e.forgetSafePaste()
	}
}

func (e *engine) onCopied(ctx context.Context, c clip.Change) {
	n, fresh := e.seq.clip(c)
	if !fresh {
		return
	}
	at := c.At
	if at.IsZero() {
		at = time.Now() // it was there before: perhaps for a second, so look at it
	}
	if n.Selection == e.browsers.print.clip.Selection {
		e.forgetPrint()
	}
	e.play(ctx, nudge.Copied{At: at, Clip: n, PID: ownerOf(c.OwnerPID)})
	e.lookForTokens(ctx, c, n)
}

// play passes an event through the nudge's decision and performs what follows.
// Effects can bring events of their own; they are played after this one.
func (e *engine) play(ctx context.Context, ev nudge.Event) {
	e.events = append(e.events, ev)
	if len(e.events) > 1 {
		return // performed further up the stack
	}
	for len(e.events) > 0 {
		var effects []nudge.Effect
		if s, ok := e.events[0].(nudge.Shown); ok {
			e.countNudge(s.Card)
		}
		e.nudge, effects = nudge.Step(e.nudge, e.events[0])
		e.keepSpent()
		for _, f := range effects {
			e.perform(ctx, f)
		}
		e.events = e.events[1:]
	}
	e.events = nil
}

// perform is where effects happen.
func (e *engine) perform(ctx context.Context, f nudge.Effect) {
	switch f := f.(type) {
	case nudge.ReadClip:
		e.startLook(ctx, f)
	case nudge.Show:
		if f.Card.Held {
			e.countNudge(f.Card.ID) // its page shows it, whatever becomes of the window
		}
		e.show(ctx, f.Card)
	case nudge.Hold:
		e.hold(f)
	case nudge.Finish:
		e.finish(f)
	case nudge.Notify:
		e.notify(ctx, f.Card)
	case nudge.Withdraw:
		e.withdraw(f.Card)
	case nudge.Vouch:
		e.vouch(f)
	case nudge.Badge:
		e.badge(f.Quiet)
	case nudge.Record:
		e.record(f.Outcome)
	case nudge.Open:
		e.openInstead(ctx, f)
	case nudge.Learn:
		e.learn(f)
	case nudge.KeyOut:
		e.onKeyOut(f)
	case nudge.WhatNow:
		e.onWhatNow(ctx)
	case nudge.Request:
		e.onRequest(ctx, f)
	case nudge.MakeSafe:
		e.makeSafe(ctx, f)
	case nudge.Wake:
		e.wake.Reset(time.Until(f.At))
	}
}

// focused says what the policy makes of the window that has the keyboard. Its
// title goes no further than this.
func (e *engine) focused(c focus.Change) nudge.Focused {
	f := nudge.Focused{At: c.At, PID: c.Window.PID, Fullscreen: c.Window.Fullscreen}
	if e.windows != nil && f.PID != 0 && f.PID == e.windows.PID() {
		// The panel is a window like any other: only with a nudge up is it the
		// nudge that has the keyboard.
		_, f.Own = e.nudge.Card()
		return f
	}
	if d, ok := e.Catalog.Lookup(c.Window.Target); ok {
		f.Watched, f.Destination = e.policy.MustRead(d), d
	} else if s, ok := e.policy.System(c.Window.Target); ok {
		f.Stake, f.System = stakeOf(s.Stake), s.Name
	}
	return f
}

// typing tells whether the person is typing into the window that has the
// keyboard; the keys that led there are none of it.
func (e *engine) typing() bool {
	return e.presence != nil && e.presence.Typing(e.arrived)
}

var (
	errNoCard     = errors.New("no nudge is up now")
	errNotOffered = errors.New("this nudge doesn't offer that answer")
)

// up, sees and onDown keep the account of what is there.
func (e *engine) up(p part) {
	delete(e.why, p)
	e.met[p] = true
	e.Log.Info("part is up", "part", p.String())
	e.cover()
}

func (e *engine) sees(p part) bool {
	_, down := e.why[p]
	return !down
}

func (e *engine) onDown(ctx context.Context, d down) {
	before, known := e.why[d.part]
	e.why[d.part] = whyOf(d.err)
	level := slog.LevelWarn
	if known && before == e.why[d.part] {
		level = slog.LevelDebug // said before
	}
	e.Log.Log(ctx, level, "part is down", "part", d.part.String(), "error", d.err)
	now := time.Now()
	switch d.part {
	case clipboardPart:
		if e.clipboard != nil {
			e.pastReads += e.clipboard.Reads()
		}
		e.clipboard, e.desktop = nil, desktop{}
	case focusPart:
		e.watcher, e.desktop = nil, desktop{}
		// Whoever stays after the desktop is in the way of the next login's
		// session.
		e.gone = e.met[focusPart] && e.why[focusPart] == coverage.NoDisplay
		e.focus = focus.Change{}
		e.play(ctx, nudge.Focused{At: now})
	case presencePart:
		e.presence = nil
	case momentsPart:
		e.onMoment(ctx, presence.State{})
	case windowsPart:
		e.windows = nil
		e.shutPanel()
		e.play(ctx, nudge.WindowsGone{At: now})
	case servicePart:
		e.tables = nil
		if v := new(local.VersionError); errors.As(d.err, &v) {
			e.lastError = v.Error()
		}
	}
	e.cover()
}

// pause starts or ends a pause. Nothing is read in it. It ends by itself after
// a length that is not zero.
func (e *engine) pause(ctx context.Context, on bool, length time.Duration) {
	e.paused = on
	e.resume.Stop()
	e.until = time.Time{}
	if on && length > 0 {
		e.resume.Reset(length)
		e.until = time.Now().Add(length)
	}
	e.play(ctx, nudge.Paused{At: time.Now(), On: on})
	e.renewBrowsers()
	e.proveDesktop(ctx)
	e.reviewConnectors(ctx)
	e.cover()
}

// answer takes an answer from the command line, for desktops whose
// notifications have no buttons. It is to what a window or a notification
// shows, else to the newest paste that only its page asks about.
func (e *engine) answer(ctx context.Context, a card.Answer) error {
	if ok, err := e.answerQuietly(ctx, a); ok {
		return err
	}
	c, up := e.nudge.Card()
	if id := e.newestHeld(); !up && id != 0 {
		e.play(ctx, nudge.AnsweredHeld{At: time.Now(), Attempt: id, Answer: a})
		if e.browsers.held[id] != nil {
			return errNotOffered
		}
		return nil
	}
	if !up {
		return errNoCard
	}
	if !slices.Contains(c.Answers(), a) {
		return errNotOffered
	}
	e.play(ctx, nudge.Answered{At: time.Now(), Card: c.ID, Answer: a})
	return nil
}

func (e *engine) countNudge(id card.ID) {
	if c, up := e.nudge.Card(); up && c.ID == id && id != e.seen && c.Nudges() {
		e.seen = id
		e.nudges++
	}
}

func (e *engine) status() local.SessionStatus {
	s := local.SessionStatus{
		Version:   e.Version,
		Watching:  e.sees(clipboardPart) && e.sees(focusPart) && !e.paused && e.policy.Enabled,
		Paused:    e.paused,
		Coverage:  e.coverage,
		ClipReads: e.pastReads,
		Nudges:    e.nudges,
		Policy:    e.policyStatus,
		Service:   e.tables != nil,
		LastError: e.lastError,
		Browsers:  e.connectedBrowsers(),
		Proof:     e.desktop.proof,
	}
	if e.clipboard != nil {
		s.ClipReads += e.clipboard.Reads()
	}
	return s
}
