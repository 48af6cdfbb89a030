package session

import (
	"bytes"
	"reflect"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/agent/nudge"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/catalog"
)

type fakeTray struct {
	choices chan card.TrayChoice

	mu    sync.Mutex // guards what follows
	state card.Tray
	shown int
}

func (f *fakeTray) Show(t card.Tray) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.state = t
	f.shown++
}

func (f *fakeTray) Events() <-chan card.TrayChoice { return f.choices }

func (f *fakeTray) last() (card.Tray, int) {
	synctest.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.state, f.shown
}

func (f *fakeTray) want(t *testing.T, want card.Tray) {
	t.Helper()
	got, _ := f.last()
	if !got.Until.Equal(want.Until) {
		t.Errorf("the pause ends at %v, want %v", got.Until, want.Until)
	}
	got.Until, want.Until = time.Time{}, time.Time{}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the tray shows %+v, want %+v", got, want)
	}
}

// runWithTray is run, with a tray.
func runWithTray(t *testing.T, f func(t *testing.T, d *desk, tray *fakeTray)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		tray := &fakeTray{choices: make(chan card.TrayChoice)}
		d.options.Tray = tray
		stop := d.start()
		f(t, d, tray)
		stop()
	})
}

func TestTrayPausesAndResumes(t *testing.T) {
	runWithTray(t, func(t *testing.T, d *desk, tray *fakeTray) {
		tray.want(t, card.Tray{State: card.TrayWatching})
		tray.choices <- card.ChoosePauseHour
		tray.want(t, card.Tray{State: card.TrayPaused, Until: time.Now().Add(time.Hour)})
		time.Sleep(time.Hour)
		tray.want(t, card.Tray{State: card.TrayWatching})

		tray.choices <- card.ChoosePause
		tray.want(t, card.Tray{State: card.TrayPaused})
		time.Sleep(2 * time.Hour)
		if !d.status().Paused {
			t.Error("the pause ended by itself")
		}
		tray.choices <- card.ChooseResume
		tray.want(t, card.Tray{State: card.TrayWatching})
		if !d.status().Watching {
			t.Error("not watching after the pause")
		}
	})
}

func TestTraySaysWhatIsNotSeen(t *testing.T) {
	runWithTray(t, func(t *testing.T, d *desk, tray *fakeTray) {
		d.clipboard.die()
		tray.want(t, card.Tray{Why: coverage.SensorFailed})
		time.Sleep(firstRest)
		tray.want(t, card.Tray{State: card.TrayWatching})
		d.service.set("version: 1\nserial: 8\nenabled: false\n")
		tray.want(t, card.Tray{Why: coverage.SwitchedOff})
	})
}

// The tray remembers the last nudges, the newest first, by what they were
// about and never by the text.
func TestTrayRemembersNudges(t *testing.T) {
	runWithTray(t, func(t *testing.T, d *desk, tray *fakeTray) {
		c := d.shownCard()
		d.windows.answer(c.ID, card.PasteAnyway)
		want := []card.Past{{Class: detect.ClassCard, Tool: "ChatGPT", Answer: card.PasteAnyway}}
		tray.want(t, card.Tray{State: card.TrayWatching, Past: want, CardFor: detect.ClassCard})
		_, shown := tray.last()
		d.copy("lunch at noon?")
		d.elsewhere()
		if _, again := tray.last(); again != shown {
			t.Errorf("shown %d times more without a change", again-shown)
		}
		if bytes.Contains(d.log.Bytes(), []byte("ChatGPT")) {
			t.Errorf("the log says which tool a nudge was about:\n%s", d.log)
		}
	})
}

func TestTrayForgetsOldNudges(t *testing.T) {
	e := &engine{Options: Options{Catalog: catalog.Default()}}
	for range card.MaxPast {
		e.remember(nudge.Outcome{Class: detect.ClassCard, Tool: "chatgpt", Answer: report.Ignored})
	}
	before := e.past
	e.remember(nudge.Outcome{Class: detect.ClassCard, Tool: "deepseek", Answer: report.Ignored})
	if len(e.past) != card.MaxPast || e.past[0].Tool != "DeepSeek" || e.past[1].Tool != "ChatGPT" {
		t.Errorf("remembered %+v", e.past)
	}
	if before[0].Tool != "ChatGPT" {
		t.Error("what the tray was given has changed under it")
	}
}

func TestTraySaysThatThePolicyIsBroken(t *testing.T) {
	e := newEngine(Options{})
	if e.trayState().PolicyBroken {
		t.Error("a policy without an error is called broken")
	}
	e.policyStatus.Error = "line 3: unknown key"
	if !e.trayState().PolicyBroken {
		t.Error("an error in the policy file is not told to the tray")
	}
}
