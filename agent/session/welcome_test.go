package session

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/presence"
)

// greeted runs sessions of one person, each until its end, who may be new.
func greeted(t *testing.T, sessions ...func(t *testing.T, d *desk)) {
	t.Helper()
	dir := t.TempDir()
	for _, f := range sessions {
		synctest.Test(t, func(t *testing.T) {
			d := newDesk(t, dir)
			d.options.Greet = true
			stop := d.start()
			f(t, d)
			stop()
		})
	}
}

// offered is whether the page is offered within that time. It looks often enough
// not to miss the card, which goes by itself.
func (d *desk) offered(within time.Duration) (card.Card, bool) {
	for end := time.Now().Add(within); time.Now().Before(end); {
		time.Sleep(min(quietFor/3, time.Until(end)))
		synctest.Wait()
		if c, up := d.windows.up(); up && c.About == card.Welcome {
			return c, true
		}
	}
	return card.Card{}, false
}

// wantWelcome looks at the person's file.
func (d *desk) wantWelcome(want Welcome) {
	d.t.Helper()
	if got, err := ReadWelcome(d.options.Paths.UserState); err != nil || got != want {
		d.t.Errorf("the file says %+v, %v; want %+v", got, err, want)
	}
}

// The page is offered in each session until it was opened, or the person got it.
func TestWelcomeIsOfferedUntilItWasSeen(t *testing.T) {
	notYet := func(t *testing.T, d *desk) {
		if _, up := d.offered(greetAfter - time.Second); up {
			t.Error("it is offered before the desktop has come to rest")
		}
		c, up := d.offered(time.Second)
		if !up {
			t.Fatalf("it is not offered; log:\n%s", d.log)
		}
		if got := c.Answers(); len(got) != 3 || got[0] != card.ShowWelcome || got[1] != card.Understood || got[2] != card.Dismiss {
			t.Errorf("it takes the answers %v", got)
		}
		d.windows.answer(c.ID, card.Dismiss)
		if _, up := d.offered(2 * greetAgain); up {
			t.Error("it is offered again in the same session")
		}
		d.wantWelcome(Welcome{})
	}
	never := func(t *testing.T, d *desk) {
		if _, up := d.offered(2 * greetAgain); up {
			t.Error("it is offered again")
		}
	}
	for name, see := range map[string]func(t *testing.T, d *desk){
		"opened from the card": func(t *testing.T, d *desk) {
			c, _ := d.offered(greetAfter)
			d.windows.answer(c.ID, card.ShowWelcome)
			synctest.Wait()
			if p := d.told(); p.Tab != card.TabWelcome || p.GotIt || p.System == 0 {
				t.Errorf("the panel that opens: %+v", p)
			}
			d.wantWelcome(Welcome{Opened: true})
			d.act(card.GotIt, 0, "")
			if p := d.told(); !p.GotIt {
				t.Error("after Got it the panel still asks")
			}
			d.wantWelcome(Welcome{Opened: true, GotIt: true})
		},
		"got it on the card": func(t *testing.T, d *desk) {
			c, _ := d.offered(greetAfter)
			d.windows.answer(c.ID, card.Understood)
			synctest.Wait()
			d.wantWelcome(Welcome{Opened: true, GotIt: true})
			if p := d.windows.told(); len(p) != 0 {
				t.Error("it opens the panel")
			}
		},
		"opened from the tray, before": func(t *testing.T, d *desk) {
			d.e.post(d.ctx, chosen{card.ChooseWelcome})
			synctest.Wait()
			if p := d.told(); p.Tab != card.TabWelcome {
				t.Errorf("the panel that opens: %+v", p)
			}
			d.windows.events <- card.Event{Kind: card.EventPanelShut}
			never(t, d)
		},
		"read in a terminal, while the card is up": func(t *testing.T, d *desk) {
			d.offered(greetAfter)
			if err := NoteWelcome(d.options.Paths.UserState, false); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) { greeted(t, notYet, notYet, see, never, never) })
	}
}

// Where now is no moment for it, it comes later.
func TestWelcomeWaitsForItsMoment(t *testing.T) {
	greeted(t, func(t *testing.T, d *desk) {
		d.moments.changes <- presence.State{Moment: presence.Moment{Presenting: true}}
		if _, up := d.offered(greetAfter + 2*greetAgain); up {
			t.Error("it is offered while the person presents")
		}
		d.moments.changes <- presence.State{}
		d.e.post(d.ctx, paused{on: true, done: make(chan struct{})})
		if _, up := d.offered(2 * greetAgain); up {
			t.Error("it is offered in a pause")
		}
		d.e.post(d.ctx, paused{done: make(chan struct{})})
		if _, up := d.offered(greetAgain); !up {
			t.Errorf("it is not offered afterwards; log:\n%s", d.log)
		}
	})
}

// Where no window opens a notification offers it.
func TestWelcomeAsANotification(t *testing.T) {
	greeted(t, func(t *testing.T, d *desk) {
		d.mu.Lock()
		d.broken["windows"] = errEnded
		d.mu.Unlock()
		d.windows.die()
		d.offered(greetAfter)
		d.notifier.mu.Lock()
		c, done := d.notifier.card, d.notifier.done
		d.notifier.mu.Unlock()
		if c.About != card.Welcome || done == nil {
			t.Fatalf("the notification is %+v; log:\n%s", c, d.log)
		}
		done(card.Understood)
		synctest.Wait()
		d.wantWelcome(Welcome{Opened: true, GotIt: true})
	})
}

// A damaged file is set aside and said, and the page is offered once more; what a
// newer version has added is left alone.
func TestWelcomeFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, welcomeFile)
	if err := os.WriteFile(path, []byte("{\"opened\":tr"), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := ReadWelcome(dir)
	if err == nil || !strings.Contains(err.Error(), "set aside") || w.Seen() {
		t.Errorf("damaged: %+v, %v", w, err)
	}
	if _, err := os.Stat(path + ".damaged"); err != nil {
		t.Error(err)
	}
	if w, err := ReadWelcome(dir); err != nil || w.Seen() {
		t.Errorf("after that: %+v, %v", w, err)
	}
	if err := os.WriteFile(path, []byte(`{"opened":true,"got_it":true,"from_tomorrow":3}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := NoteWelcome(dir, false); err != nil {
		t.Fatal(err)
	}
	if w, err := ReadWelcome(dir); err != nil || w != (Welcome{Opened: true, GotIt: true}) {
		t.Errorf("of a newer version: %+v, %v", w, err)
	}
	if b, err := os.ReadFile(path); err != nil || !strings.Contains(string(b), "from_tomorrow") {
		t.Errorf("the file is %s, %v", b, err)
	}
}
