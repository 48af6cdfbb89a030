package session

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/config"
	"handrail/agent/presence"
	"handrail/agent/pulse"
	"handrail/agent/report"
)

const week = pulse.Week * 24 * time.Hour

// slow gives the desk the batches of a real one, so that a test can sleep for
// weeks.
func (d *desk) slow() {
	settings, err := config.ParseSettings(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	d.options.Settings = settings
}

// runWeeks is runWithTray, for weeks.
func runWeeks(t *testing.T, f func(t *testing.T, d *desk, tray *fakeTray)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		d.slow()
		tray := &fakeTray{choices: make(chan card.TrayChoice)}
		d.options.Tray = tray
		stop := d.start()
		f(t, d, tray)
		stop()
	})
}

// toWindow goes to a window that was not in front.
func (d *desk) toWindow(id uint32) {
	c := browserWindow("Budget - Mozilla Firefox")
	c.Window.ID = id
	d.focus.changes <- c
	synctest.Wait()
}

// pulseFile is what is kept of the question.
func (d *desk) pulseFile() string {
	d.t.Helper()
	b, err := os.ReadFile(filepath.Join(d.options.Paths.UserState, "pulse.json"))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(b)
}

// The question comes once a week by a mark on the icon, at a quiet moment, and
// nothing opens.
func TestThePulseIsOfferedOnceAWeek(t *testing.T) {
	runWeeks(t, func(t *testing.T, d *desk, tray *fakeTray) {
		offered := func(want bool, when string) {
			t.Helper()
			if got, _ := tray.last(); got.Pulse != want {
				t.Errorf("%s: offered is %v", when, got.Pulse)
			}
		}
		d.toWindow(2)
		offered(false, "on the first day")
		time.Sleep(week)
		d.presence.set(true)
		d.toWindow(3)
		offered(false, "while typing")
		d.presence.set(false)
		d.isIn(presence.Moment{Locked: true})
		d.toWindow(4)
		offered(false, "behind a locked screen")
		d.isIn(presence.Moment{})
		d.e.post(d.ctx, paused{on: true, done: make(chan struct{})})
		d.toWindow(5)
		offered(false, "in a pause")
		d.e.post(d.ctx, paused{done: make(chan struct{})})
		d.toWindow(6)
		offered(true, "at a quiet moment")
		if c, up := d.windows.up(); up {
			t.Errorf("a window came up: %+v", c)
		}
		time.Sleep(pulse.Stands * 24 * time.Hour)
		d.toWindow(7)
		offered(false, "when nobody cared to answer")
		time.Sleep(week - (pulse.Stands+1)*24*time.Hour)
		d.toWindow(8)
		offered(false, "six days later")
		time.Sleep(24 * time.Hour)
		d.toWindow(9)
		offered(true, "a week later")
		// The person chooses it in the menu.
		tray.choices <- card.ChoosePulse
		synctest.Wait()
		if p := d.windows.told(); len(p) == 0 || p[0].Tab != card.TabPulse || p[0].Pulse.State != card.PulseOpen {
			t.Errorf("the panel shows %+v", p)
		}
		offered(true, "until it is answered")
		d.act(card.PulseSkip, 0, "")
		offered(false, "after it was skipped")
		if n := len(d.counted()); n != 0 {
			t.Errorf("%d cells were counted", n)
		}
	})
}

// What is chosen in the panel is counted, and nothing of it is kept but the day.
func TestThePulseInThePanel(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		if p := d.open(card.TabPulse).Pulse; p.State != card.PulseOpen || !p.More || p.Task != 0 {
			t.Fatalf("at first: %+v", p)
		}
		d.act(card.PulseSaid, uint32(report.CheckedRan), "")
		d.act(card.PulseCount, 0, "") // not enough yet
		d.act(card.PulseTask, uint32(report.Coding), "")
		d.act(card.PulseTask, uint32(report.Drafting), "")
		d.act(card.PulseSaid, uint32(report.ErrorFound), "")
		d.act(card.PulseSaid, uint32(report.ErrorNone), "")
		for _, item := range []uint32{0, 99, 256 + uint32(report.Coding), uint32(report.PersonHas)} { // not of this page
			d.act(card.PulseSaid, item, "")
		}
		d.act(card.PulseTask, 256+uint32(report.Coding), "")
		all := d.windows.told()
		p := all[len(all)-1].Pulse
		if p.Task != uint32(report.Drafting) || !slices.Equal(p.Said, []uint32{uint32(report.CheckedRan), uint32(report.ErrorNone)}) || p.More {
			t.Fatalf("chosen: %+v", p)
		}
		if n := len(d.counted()); n != 0 {
			t.Errorf("%d cells are counted before it is said", n)
		}
		d.act(card.PulseCount, 0, "")
		d.wantCounted(report.PulseCell(report.Drafting, report.CheckedRan), report.PulseCell(report.Drafting, report.ErrorNone))
		all = d.windows.told()
		if p := all[len(all)-1].Pulse; p.State != card.PulseDone || p.Next.Sub(time.Now()) < week-24*time.Hour || len(p.Said) != 0 {
			t.Errorf("after it: %+v", p)
		}
		d.act(card.PulseTask, uint32(report.Coding), "") // twice in a week
		d.act(card.PulseSaid, uint32(report.SavedMore), "")
		d.act(card.PulseCount, 0, "")
		if n := len(d.counted()); n != 2 {
			t.Errorf("%d cells are counted", n)
		}
		today := time.Now().Format(time.DateOnly)
		if got, want := d.pulseFile(), `{"v":1,"began":"`+today+`","done":"`+today+`"}`; got != want {
			t.Errorf("kept is %s, want %s", got, want)
		}
		for _, word := range []string{"drafting", "checked", "error_none"} {
			if strings.Contains(d.log.String(), word) {
				t.Errorf("the log says %q", word)
			}
		}
	})
}

// Whoever switches it off is never asked again, in no session, whatever the
// policy says; and a policy that switches it off is enough.
func TestThePulseSwitchedOff(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		d.slow()
		tray := &fakeTray{choices: make(chan card.TrayChoice)}
		d.options.Tray = tray
		d.service.policy += "pulse: true\n"
		stop := d.start()
		time.Sleep(week)
		d.toWindow(2)
		if got, _ := tray.last(); !got.Pulse {
			t.Fatal("not offered")
		}
		d.open(card.TabPulse)
		d.act(card.PulseSwitch, card.Off, "")
		if p := d.told(); p.Pulse.State != card.PulseOff {
			t.Errorf("the panel says %+v", p.Pulse)
		}
		stop()

		d.options.Tray = &fakeTray{choices: make(chan card.TrayChoice)}
		tray = d.options.Tray.(*fakeTray)
		stop = d.start()
		defer func() { stop() }()
		for i := range 15 {
			time.Sleep(24 * time.Hour)
			d.toWindow(uint32(10 + i))
			if got, _ := tray.last(); got.Pulse {
				t.Fatalf("asked after %d days", i+1)
			}
		}
		d.open(card.TabPulse)
		d.act(card.PulseSwitch, card.On, "")
		d.act(card.PulseSwitch, 3, "")
		d.toWindow(100)
		if got, _ := tray.last(); !got.Pulse {
			t.Error("not asked after it was switched on again")
		}
		d.service.set(managed + "pulse: false\n")
		d.toWindow(101)
		if got, _ := tray.last(); got.Pulse {
			t.Error("asked though the policy has switched it off")
		}
		if err := d.e.whyNoPulse(pulse.WhyPolicy); !strings.Contains(err.Error(), "your organisation") {
			t.Error(err)
		}
	})
}

// Nothing is asked while reports are off: it would be counted nowhere.
func TestThePulseWhileReportsAreOff(t *testing.T) {
	runWeeks(t, func(t *testing.T, d *desk, tray *fakeTray) {
		if err := SwitchReports(d.options.Paths.UserState, true); err != nil {
			t.Fatal(err)
		}
		time.Sleep(week)
		d.toWindow(2)
		if got, _ := tray.last(); got.Pulse {
			t.Error("asked")
		}
		if p := d.open(card.TabPulse).Pulse; p.State != card.PulseReportsOff {
			t.Errorf("the panel says %+v", p)
		}
		err := d.pulse(PulseRequest{Answers: &pulse.Answers{Task: report.Coding, Said: []report.Said{report.SavedMore}}})
		if err == nil || !strings.Contains(err.Error(), "handrail reports on") {
			t.Errorf("an answer: %v", err)
		}
	})
}

// pulse asks as the command line does.
func (d *desk) pulse(in PulseRequest) error {
	done := make(chan error, 1)
	d.e.post(d.ctx, pulseAsked{in, done})
	return <-done
}

func TestThePulseFromTheCommandLine(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		a := &pulse.Answers{Task: report.Coding, Said: []report.Said{report.SavedMore, report.ErrorNone}}
		for _, bad := range []PulseRequest{{}, {Answers: a, Skip: true}, {Switch: "maybe"}, {Skip: true, Switch: "off"}, {Answers: &pulse.Answers{Task: report.Coding}}} {
			if err := d.pulse(bad); err == nil {
				t.Errorf("%+v was taken", bad)
			}
		}
		if err := d.pulse(PulseRequest{Answers: a}); err != nil {
			t.Fatal(err)
		}
		d.wantCounted(report.PulseCell(report.Coding, report.SavedMore), report.PulseCell(report.Coding, report.ErrorNone))
		for _, again := range []PulseRequest{{Answers: a}, {Skip: true}} {
			if err := d.pulse(again); err == nil || !strings.Contains(err.Error(), "at the earliest") {
				t.Errorf("again: %v", err)
			}
		}
		if err := errors.Join(d.pulse(PulseRequest{Switch: "off"}), d.pulse(PulseRequest{Switch: "on"})); err != nil {
			t.Error(err)
		}
	})
}
