package window

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/desktoptest"
)

var managers = []string{"openbox", "xfwm4"}

// The promise of the whole product: somebody types, nudges come and go, from a
// fresh process and a warm one, and the keyboard stays where it is. The full
// run is HANDRAIL_FOCUS_RUNS=50.
func TestNudgeNeverTakesTheKeyboard(t *testing.T) {
	cold, warm := 8, 12
	if n, err := strconv.Atoi(os.Getenv("HANDRAIL_FOCUS_RUNS")); err == nil && n > 0 {
		cold, warm = n, n
	}
	for _, wm := range managers {
		t.Run(wm, func(t *testing.T) {
			s := newScene(t, wm)
			handrailUI(t)
			p := s.typeOn(t)
			var fromStart, fromShow []time.Duration
			id := card.ID(0)
			once := func(c *Child, begin time.Time) time.Duration {
				id++
				for len(s.mapped) > 0 {
					<-s.mapped
				}
				if err := c.Show(nudge(id)); err != nil {
					t.Fatal(err)
				}
				next(t, c, card.EventShown)
				took := time.Since(begin)
				s.seen(t, c, screen)
				if err := c.Withdraw(id); err != nil {
					t.Fatal(err)
				}
				next(t, c, card.EventClosed)
				s.until(t, "it is gone from the screen", func() bool { return s.nudgeWindow(t, c) == 0 })
				return took
			}
			for range cold {
				begin := time.Now()
				c := s.start(t)
				fromStart = append(fromStart, once(c, begin))
				c.Close()
			}
			c := s.start(t)
			next(t, c, card.EventReady)
			for range warm {
				fromShow = append(fromShow, once(c, time.Now()))
			}
			if picture := os.Getenv("HANDRAIL_PICTURES"); picture != "" {
				show(t, c, nudge(id+1))
				s.seen(t, c, screen)
				s.Screenshot(t, filepath.Join(picture, "nudge-"+wm+".png"))
			}
			c.Close()

			typed := p.end()
			s.editor.Wait(t, "all letters", func(e []desktoptest.Event) bool { return len(e) >= len(typed) })
			if got := s.editor.Typed(); got != typed {
				t.Errorf("%d letters were typed and %d arrived, or not in order", len(typed), len(got))
			}
			for i, e := range s.editor.Events() {
				if e.Kind != desktoptest.KeyPress {
					t.Errorf("event %d of the editor: kind %d; the keyboard was taken from it", i, e.Kind)
				}
			}
			if a := s.Active(t); a != s.editor.ID {
				t.Errorf("the active window is %#x, want the editor", a)
			}
			t.Logf("%s: %d cold and %d warm nudges seen; FocusOut %d; letters %d of %d in order", wm, cold, warm, focusOuts(s.editor), len(s.editor.Typed()), len(typed))
			t.Logf("%s: process start -> shown %s; warm show -> shown %s", wm, figures(fromStart), figures(fromShow))
		})
	}
}

func figures(d []time.Duration) string {
	slices.Sort(d)
	at := func(p int) time.Duration { return d[min(len(d)*p/100, len(d)-1)].Round(time.Millisecond / 10) }
	return fmt.Sprintf("p50 %v, p95 %v", at(50), at(95))
}
