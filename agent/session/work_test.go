package session

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/nudge"
	"handrail/agent/report"
	"handrail/detect"
)

// After a nudge the tray has a line, once for a class; the page opens only when it
// is chosen, and what is read there is neither kept nor counted.
func TestCardsAreOfferedOnceForAClass(t *testing.T) {
	runWithTray(t, func(t *testing.T, d *desk, tray *fakeTray) {
		c := d.shownCard()
		if got, _ := tray.last(); got.CardFor != detect.ClassNone {
			t.Error("a line while the nudge is up")
		}
		d.windows.answer(c.ID, card.Dismiss)
		if got, _ := tray.last(); got.CardFor != detect.ClassCard {
			t.Fatalf("after it the tray offers %v", got.CardFor)
		}
		if _, up := d.windows.up(); up || len(d.windows.told()) > 0 {
			t.Error("something came up by itself")
		}
		tray.choices <- card.ChooseCard
		synctest.Wait()
		if p := d.told(); p.Tab != card.TabWork || p.CardFor != detect.ClassCard || p.Role != 0 {
			t.Errorf("the panel shows %+v", p)
		}
		if got, _ := tray.last(); got.CardFor != detect.ClassNone {
			t.Error("the line is still there")
		}
		d.act(card.ReadCard, uint32(card.Finance), "")
		if p := d.told(); p.Role != card.Finance {
			t.Errorf("shown is %v", p.Role)
		}
		for _, item := range []uint32{0, 99, 256 + uint32(card.HR)} {
			d.act(card.ReadCard, item, "")
		}
		if d.e.work.role != card.Finance {
			t.Error("a role that is none was taken")
		}
		d.windows.events <- card.Event{Kind: card.EventPanelShut}
		synctest.Wait()
		if p := d.open(card.TabWork); p.Role != 0 || p.CardFor != detect.ClassNone {
			t.Errorf("opened again it knows %v, %v", p.Role, p.CardFor)
		}
		d.windows.events <- card.Event{Kind: card.EventPanelShut}
		time.Sleep(cooldown + nudge.Grace)
		c = d.shownCard() // the same class again
		d.windows.answer(c.ID, card.Dismiss)
		if got, _ := tray.last(); got.CardFor != detect.ClassNone {
			t.Error("offered twice for a class")
		}
		for _, x := range d.counted() {
			if x.Kind != report.KindNudge {
				t.Errorf("counted: %+v", x)
			}
		}
		files, err := filepath.Glob(filepath.Join(d.options.Paths.UserState, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if b, _ := os.ReadFile(f); strings.Contains(string(b), "finance") {
				t.Errorf("%s says what was read", f)
			}
		}
	})
}
