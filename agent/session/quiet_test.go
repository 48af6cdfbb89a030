package session

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/nudge"
	"handrail/agent/presence"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
)

var badgeCell = report.BadgeCell("cards", detect.ClassCard, "chatgpt", catalog.SurfaceBrowser)

// quiet waits for the effects of what came before, and returns the list of what
// no nudge told of.
func (d *desk) quiet() []card.Quiet {
	synctest.Wait()
	return d.e.heldBack
}

func (d *desk) wantQuiet(why ...card.Hush) {
	d.t.Helper()
	var want []card.Quiet
	for _, w := range why {
		want = append(want, card.Quiet{Class: detect.ClassCard, Tool: "ChatGPT", Why: w})
	}
	if got := d.quiet(); !reflect.DeepEqual(got, want) {
		d.t.Errorf("the list has %+v\nwant         %+v", got, want)
	}
}

// Each thing that a person can be in the middle of, from end to end.
func TestBusy(t *testing.T) {
	for name, in := range map[string]presence.Moment{
		"locked": {Locked: true}, "do-not-disturb": {Quiet: true}, "presenting": {Presenting: true}, "in a call": {InCall: true},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, d *desk) {
				d.isIn(in)
				d.copy(cardNumber)
				d.chatgpt()
				if _, up := d.windows.up(); up {
					t.Fatal("interrupted")
				}
				time.Sleep(nudge.Fresh)
				d.wantQuiet() // a badge would disturb, too
				d.wantCounted(badgeCell)
				d.isIn(presence.Moment{})
				d.wantQuiet(card.HushBusy)
				if d.status().Nudges != 0 {
					t.Error("a nudge was counted")
				}
			})
		})
	}
}

func TestBusyOverInTime(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.isIn(presence.Moment{InCall: true})
		d.copy(cardNumber)
		d.chatgpt()
		time.Sleep(time.Minute)
		d.isIn(presence.Moment{})
		if _, up := d.windows.up(); !up {
			t.Error("its moment was not over, and no nudge came")
		}
		d.wantQuiet()
	})
}

func TestFullScreen(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.copy(cardNumber)
		full := browserWindow("ChatGPT - Mozilla Firefox")
		full.Window.Fullscreen = true
		d.focus.changes <- full
		time.Sleep(nudge.Fresh)
		d.wantQuiet()
		d.elsewhere()
		d.wantQuiet(card.HushBusy)
	})
}

// The cooldown ends by the clock, and not a moment sooner.
func TestTheCooldownEnds(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		d.windows.answer(c.ID, card.Dismiss)
		d.elsewhere()
		time.Sleep(cooldown - nudge.Grace - time.Second)
		d.copy("2 " + cardNumber)
		d.chatgpt()
		if _, up := d.windows.up(); up {
			t.Fatal("said again within the cooldown")
		}
		d.wantQuiet(card.HushRecent)
		d.elsewhere()
		time.Sleep(time.Second)
		d.copy("3 " + cardNumber)
		d.chatgpt()
		if _, up := d.windows.up(); !up {
			t.Error("not said after the cooldown")
		}
	})
}

func TestTheDayEndsAtMidnight(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		for i := range 4 {
			d.elsewhere()
			time.Sleep(cooldown)
			d.copy(strings.Repeat("x ", i) + cardNumber)
			d.chatgpt()
			if c, up := d.windows.up(); up != (i < 3) {
				t.Fatalf("nudge %d is up: %v", i+1, up)
			} else if up {
				d.windows.answer(c.ID, card.Dismiss)
			}
		}
		d.wantQuiet(card.HushEnough)
		d.elsewhere()
		time.Sleep(24 * time.Hour)
		d.copy("tomorrow " + cardNumber)
		d.chatgpt()
		if _, up := d.windows.up(); !up {
			t.Error("no nudge on the next day")
		}
	})
}

// Logging in again is no new day, and a damaged file is set aside, not dropped.
func TestWhatWasSpentIsKept(t *testing.T) {
	dir := t.TempDir()
	var path string
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		path = filepath.Join(d.options.Paths.UserState, quietFile)
		stop := d.start()
		d.shownCard()
		drawn := d.e.budget.Draw
		stop()
		stop = d.start()
		if d.e.nudge.Spent().Nudges != 1 || d.e.budget.Draw != drawn {
			t.Errorf("after the restart %+v, drawn %d and then %d", d.e.nudge.Spent(), drawn, d.e.budget.Draw)
		}
		stop()
		b, err := os.ReadFile(path)
		if err != nil || strings.Contains(string(b), "card") || strings.Contains(string(b), "chatgpt") {
			t.Errorf("the file: %v, %s", err, b)
		}
		if err := os.WriteFile(path, []byte(`{"v":1,"draw":100}`), 0o600); err != nil {
			t.Fatal(err)
		}
		stop = d.start()
		defer stop()
		if s := d.status().LastError; !strings.Contains(s, "set aside") {
			t.Errorf("a damaged file: %q", s)
		}
		if b, err := os.ReadFile(path + ".damaged"); err != nil || !strings.Contains(string(b), "100") {
			t.Errorf("set aside: %v, %s", err, b)
		}
	})
}

func TestHoldOut(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.e.budget.Draw = 9 // of 0 to 99
		out := strings.Replace(managed, "serial: 7", "serial: 8\nquiet: {hold_out: 10}", 1)
		d.service.set(out)
		synctest.Wait()
		d.copy(cardNumber)
		d.chatgpt()
		c, up := d.windows.up()
		if !up {
			t.Fatal("a card was left out")
		}
		d.windows.answer(c.ID, card.Dismiss)
		d.elsewhere()

		d.service.set(strings.NewReplacer("serial: 8", "serial: 9", "[card]", "[bank]").Replace(out))
		synctest.Wait()
		d.copy("Pay to DE18 5007 0010 0762 9184 35 please")
		d.chatgpt()
		if _, up := d.windows.up(); up {
			t.Error("shown on a laptop of the hold-out")
		}
		d.wantQuiet()
		d.wantCounted(nudged(report.Dismissed), report.HeldOutCell("cards", detect.ClassBank, "chatgpt", catalog.SurfaceBrowser))

		d.e.budget.Draw = 10
		d.elsewhere()
		time.Sleep(cooldown)
		d.copy("Pay again to DE18 5007 0010 0762 9184 35")
		d.chatgpt()
		if _, up := d.windows.up(); !up {
			t.Error("left out on a laptop that is not of the hold-out")
		}
	})
}

func TestTheReasonIsCounted(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		d.windows.answer(c.ID, card.PasteAnyway)
		synctest.Wait()
		q, up := d.windows.up()
		if !up || !q.Asks {
			t.Fatalf("up is %+v", q)
		}
		d.windows.answer(q.ID, card.NoAccess)
		synctest.Wait()
		d.wantCounted(nudged(report.SaidAnyway), report.CauseCell("chatgpt", catalog.SurfaceBrowser, report.NoAccess))
		if d.status().Nudges != 1 {
			t.Error("the question counts as a nudge")
		}
	})
}

func TestAHeldPasteBeyondTheDaysNudges(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		x := d.connect()
		x.want("welcome", "")
		for id := range uint64(3) {
			x.paste(id+1, "chatgpt.com", "card "+cardNumber)
			x.want("verdict", browser.Hold)
			x.send(map[string]any{"kind": "answer", "id": id + 1, "answer": "dismiss"})
			x.want("finish", string(browser.DropIt))
		}
		x.paste(4, "chatgpt.com", "card "+cardNumber)
		x.want("verdict", browser.Allow)
		d.wantQuiet(card.HushEnough)
	})
}
