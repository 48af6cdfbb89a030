package session

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/coverage"
	"handrail/agent/nudge"
	"handrail/agent/report"
	"handrail/detect/allow"
)

func TestWindowsDieWithACardUp(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		d.windows.die()
		synctest.Wait()
		if got := d.status().Coverage.Of(coverage.Nudge); got.Why != coverage.NoWindow || got.State != coverage.Partly {
			t.Errorf("coverage of nudges is %+v", got)
		}
		n, ok := d.notifier.up()
		if !ok || n != c {
			t.Fatalf("the card did not go to a notification: %+v", n)
		}
		time.Sleep(firstRest)
		synctest.Wait()
		if d.opened["windows"] != 2 {
			t.Fatalf("the window process was started %d times", d.opened["windows"])
		}
		if _, up := d.windows.up(); up {
			t.Error("the card is up twice")
		}
		d.notifier.answer(card.PasteAnyway)
		synctest.Wait()
		d.wantCounted(nudged(report.SaidAnyway))
		if got := d.status().Coverage.Of(coverage.Nudge); got.State != coverage.Seen {
			t.Errorf("coverage of nudges is %+v after the restart", got)
		}
	})
}

func TestNoWindowsAtAll(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.mu.Lock()
		d.broken["windows"] = errors.New("no graphics here")
		d.mu.Unlock()
		d.windows.die()
		time.Sleep(time.Hour)
		synctest.Wait()
		d.mu.Lock()
		n := d.opened["windows"]
		d.mu.Unlock()
		if n < 5 || n > 50 {
			t.Errorf("%d attempts in an hour", n)
		}
		d.copy(cardNumber)
		d.chatgpt()
		if _, up := d.notifier.up(); !up {
			t.Fatal("no notification either")
		}
		d.notifier.answer(0) // it expires
		synctest.Wait()
		d.wantCounted(nudged(report.Ignored))

		d.notifier.fail(true)
		d.elsewhere()
		time.Sleep(cooldown)
		d.copy("again " + cardNumber)
		d.chatgpt()
		if got := d.status().Coverage.Of(coverage.Nudge); got.State != coverage.Blind {
			t.Errorf("nothing can be shown, and coverage says %+v", got)
		}
		if got := d.status().Nudges; got != 1 {
			t.Errorf("%d nudges were seen, want 1", got)
		}
	})
}

func TestSensorsAreOpenedAgain(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		d.windows.answer(c.ID, card.Dismiss)
		synctest.Wait()
		d.clipboard.die()
		synctest.Wait()
		if got := d.status(); got.Watching || got.Coverage.Of(coverage.Clipboard).Why != coverage.SensorFailed || got.Coverage.Of(coverage.Terminal).State != coverage.Blind {
			t.Errorf("without a clipboard: %+v", got)
		}
		time.Sleep(firstRest)
		synctest.Wait()
		if got := d.status(); !got.Watching || got.Coverage.Of(coverage.Clipboard).State != coverage.Partly || got.ClipReads != 1 {
			t.Errorf("after the restart: %+v", got)
		}
		// What the new sensor finds there is what was nudged for already.
		d.clipboard.changes <- clip.Change{Selection: clip.Clipboard, Seq: 1, OwnerPID: owner}
		d.elsewhere()
		d.chatgpt()
		if _, up := d.windows.up(); up || d.status().ClipReads != 1 {
			t.Error("nudged again for the same clip after the restart of the clipboard")
		}
		d.elsewhere()
		time.Sleep(cooldown)
		d.copy(cardNumber) // the new sensor counts from the beginning
		d.chatgpt()
		if _, up := d.windows.up(); !up {
			t.Error("no nudge after the restart of the clipboard")
		}
		d.focus.die()
		synctest.Wait()
		time.Sleep(nudge.Grace)
		synctest.Wait()
		if _, up := d.windows.up(); up {
			t.Error("nobody knows where the keyboard is, and the nudge stays")
		}
	})
}

func TestAClipThatWasThereBefore(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.clipboard.load("pay " + cardNumber)
		d.clipboard.changes <- clip.Change{Selection: clip.Clipboard, Seq: 1, OwnerPID: owner}
		d.chatgpt()
		if _, up := d.windows.up(); !up {
			t.Error("a clip from before the session started was not looked at")
		}
	})
}

func TestWaylandIsNotTriedAgain(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		d.broken["focus"] = &coverage.Unavailable{Why: coverage.Wayland}
		defer d.start()()
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if got := d.status().Coverage.Of(coverage.Windows); got.Why != coverage.Wayland || got.State != coverage.Blind {
			t.Errorf("coverage %+v", got)
		}
		if d.opened["focus"] != 1 {
			t.Errorf("opened %d times", d.opened["focus"])
		}
	})
}

func TestEndsWithTheDesktop(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		d.start()
		d.shownCard()
		d.mu.Lock()
		d.broken["focus"] = &coverage.Unavailable{Why: coverage.NoDisplay}
		d.mu.Unlock()
		d.focus.die()
		time.Sleep(firstRest)
		synctest.Wait() // the bubble ends only when every goroutine has
		d.wantCounted(nudged(report.Ignored))
	})
}

func TestPauseReadsNothing(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.shownCard()
		done := make(chan struct{})
		d.e.post(d.ctx, paused{on: true, length: time.Hour, done: done})
		<-done
		synctest.Wait()
		if _, up := d.windows.up(); up {
			t.Error("the nudge stays in the pause")
		}
		d.copy("more " + cardNumber)
		d.elsewhere()
		d.chatgpt()
		s := d.status()
		if s.ClipReads != 1 || !s.Paused || s.Watching || s.Coverage.Of(coverage.Clipboard).Why != coverage.NotWatching {
			t.Errorf("in the pause: %+v", s)
		}
		d.wantCounted(nudged(report.Ignored))
		d.elsewhere()
		time.Sleep(time.Hour)
		synctest.Wait()
		if s := d.status(); s.Paused || !s.Watching {
			t.Errorf("after an hour: %+v", s)
		}
	})
}

func TestAPolicyThatSwitchesEverythingOff(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.shownCard()
		d.service.set("version: 1\nserial: 8\nenabled: false\n")
		synctest.Wait()
		time.Sleep(nudge.Grace)
		synctest.Wait()
		if _, up := d.windows.up(); up {
			t.Error("the nudge stays")
		}
		d.copy("more " + cardNumber)
		s := d.status()
		if s.ClipReads != 1 || s.Watching || s.Coverage.Of(coverage.Apps).Why != coverage.SwitchedOff {
			t.Errorf("switched off: %+v", s)
		}
		d.service.set("not: a policy")
		synctest.Wait()
		if s := d.status(); s.Policy.Serial != 8 || s.LastError == "" {
			t.Errorf("a policy that can't be read: %+v", s)
		}
	})
}

func TestWithoutAServiceTheLastPolicyStays(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		d.service.away(true)
		stop := d.start()
		if s := d.status(); s.Policy.Source != "default" || s.Service || s.LastError != "" {
			t.Errorf("a first start without a service: %+v", s)
		}
		d.service.away(false)
		time.Sleep(serviceRest)
		synctest.Wait()
		if s := d.status(); s.Policy.Source != "managed" || !s.Service {
			t.Errorf("the service has come: %+v", s)
		}
		if got := d.service.watched(); got.Of(coverage.Terminal).State != coverage.Partly || got.Of(coverage.Apps).State != coverage.Seen {
			t.Errorf("the service hears %+v", got)
		}
		stop()

		d = newDesk(t, dir)
		d.service.away(true)
		defer d.start()()
		if s := d.status(); s.Policy.Source != "last good" || s.Policy.Serial != 7 {
			t.Errorf("a second start without a service: %+v", s)
		}
	})
}

func TestWindowsCountOnceOneOpened(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		w := &fakeWindows{events: make(chan card.Event, 4)}
		d.options.Windows = func(context.Context) (Windows, error) { return w, nil }
		defer d.start()()
		if got := d.status().Coverage.Of(coverage.Nudge); got.State != coverage.Partly {
			t.Errorf("no window has opened yet, and coverage says %+v", got)
		}
		w.events <- card.Event{Kind: card.EventReady}
		synctest.Wait()
		if got := d.status().Coverage.Of(coverage.Nudge); got.State != coverage.Seen {
			t.Errorf("the windows are warm, and coverage says %+v", got)
		}
	})
}

// A look that was called off may come in last. What can be learned is what the
// newest one found.
func TestALateLookReplacesNothing(t *testing.T) {
	var l look
	l.end(looked{read: 2, learnable: make([]allow.Mark, 1)})
	l.end(looked{read: 1})
	if l.last.read != 2 || len(l.last.learnable) != 1 {
		t.Errorf("got %+v, want the second look", l.last)
	}
}
