package session

import (
	"bytes"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/focus"
	"handrail/agent/nudge"
	"handrail/agent/report"
	"handrail/detect"
)

func TestNudgeBeforeThePaste(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		want := card.Card{ID: 1, Tool: "ChatGPT", Domain: "chatgpt.com", Class: detect.ClassCard, Count: 1, Because: "Card numbers stay here.", Instead: "Copilot", Request: true}
		if c != want {
			t.Errorf("got  %+v\nwant %+v", c, want)
		}
		d.windows.answer(c.ID, card.OpenApproved)
		synctest.Wait()
		d.wantCounted(nudged(report.Switched))
		if got := d.browser.opened(); !slices.Equal(got, []string{"https://copilot.example/"}) {
			t.Errorf("opened %q", got)
		}
		if s := d.status(); s.ClipReads != 1 || s.Nudges != 1 || !s.Watching || !s.Service || s.Policy.Serial != 7 || s.LastError != "" {
			t.Errorf("status %+v", s)
		}
		if n := d.clipboard.unwiped(); n != 0 {
			t.Errorf("%d bytes of the clip were left in memory", n)
		}
		if bytes.Contains(d.log.Bytes(), []byte("4539")) || bytes.Contains(d.log.Bytes(), []byte("Budget")) {
			t.Errorf("the log holds content:\n%s", d.log)
		}
	})
}

func TestApprovedToolsAndOtherWindowsReadNothing(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.copy(cardNumber)
		d.focusOn("Budget - Mozilla Firefox")
		d.focusOn("Microsoft 365 Copilot - Mozilla Firefox")
		d.elsewhere()
		if s := d.status(); s.ClipReads != 0 || s.Nudges != 0 {
			t.Errorf("reads %d, nudges %d, want none", s.ClipReads, s.Nudges)
		}
	})
}

func TestCleanConcealedAndOtherClips(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.copy("lunch at noon?")
		d.chatgpt()
		for _, kind := range []clip.Kind{clip.Concealed, clip.Image, clip.Files, clip.Empty} {
			d.elsewhere()
			d.clipboard.put(clip.Clipboard, clip.Content{Kind: kind})
			synctest.Wait()
			d.chatgpt()
		}
		if _, up := d.windows.up(); up || len(d.counted()) > 0 {
			t.Errorf("a nudge about a clip with nothing in it")
		}
	})
}

func TestAnOwnerThatNeverAnswers(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.clipboard.hang(true)
		d.copy(cardNumber)
		d.chatgpt()
		if s := d.status(); !s.Watching {
			t.Errorf("the session hangs: %+v", s)
		}
		// The next copy is looked at while the first one still hangs.
		d.clipboard.hang(false)
		d.copy("and again " + cardNumber)
		if _, up := d.windows.up(); !up {
			t.Errorf("no nudge after a clip that hangs")
		}
	})
	run(t, func(t *testing.T, d *desk) {
		d.clipboard.hang(true)
		d.copy(cardNumber)
		d.chatgpt()
		time.Sleep(readTimeout)
		synctest.Wait()
		d.elsewhere()
		d.chatgpt()
		if got := d.clipboard.asked(); got != 1 {
			t.Errorf("the owner that never answers was asked %d times", got)
		}
	})
}

func TestWaitsForAPauseInTyping(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.presence.set(true)
		d.copy(cardNumber)
		d.chatgpt()
		arrived := time.Now()
		time.Sleep(10 * nudge.Recheck)
		synctest.Wait()
		if _, up := d.windows.up(); up {
			t.Fatal("shown while typing")
		}
		d.focusOn("Invoices - ChatGPT - Mozilla Firefox") // the same window
		if got := d.presence.asked(); !got.Equal(arrived) {
			t.Errorf("asked for keys since %v, want since the window got the keyboard, %v", got, arrived)
		}
		d.presence.set(false)
		time.Sleep(nudge.Recheck)
		synctest.Wait()
		if _, up := d.windows.up(); !up {
			t.Error("not shown in the pause")
		}
	})
}

func TestWithdrawnWhenTheKeyboardLeaves(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.shownCard()
		d.focus.changes <- focus.Change{At: time.Now(), Window: focus.Window{ID: 2, PID: windowsPID}}
		time.Sleep(time.Minute)
		synctest.Wait()
		if _, up := d.windows.up(); !up {
			t.Fatal("the keyboard in the nudge took it for gone")
		}
		d.elsewhere()
		if _, up := d.windows.up(); up {
			t.Error("still up after the keyboard left")
		}
		d.wantCounted(nudged(report.Ignored))
	})
}
