package session

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/asked"
	"handrail/agent/card"
	"handrail/agent/ledger"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/detect/ask"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

// The panel answers as the command line does, opens the approved way, and what
// was asked is nowhere but in the window it was typed into.
func TestAmIAllowedInThePanel(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		const canary = "c4n4ry"
		if p := d.open(card.TabAllowed); p.Answers != nil || p.Draft != nil {
			t.Fatalf("at first: %+v", p)
		}
		d.service.away(true) // nothing of it needs anybody
		d.act(card.AskAllowed, 0, "card numbers in chatgpt")
		p := d.told()
		if len(p.Answers) != 1 || p.Answers[0].Verdict != ask.No || p.Answers[0].Tool != "chatgpt" || p.Answers[0].Because != "Card numbers stay here." || p.Tab != 0 {
			t.Fatalf("the answer is %+v", p.Answers)
		}
		d.act(card.OpenWay, 1, "")
		if got := d.browser.opened(); !slices.Equal(got, []string{"https://copilot.example/"}) {
			t.Errorf("opened %q", got)
		}
		d.act(card.OpenWay, 2, "")
		if got := d.browser.opened(); len(got) != 1 {
			t.Errorf("what no answer offers was opened: %q", got)
		}
		d.windows.told()

		d.act(card.AskAllowed, 0, canary+" in chatgpt")
		d.act(card.AskAllowed, 0, "")
		all := d.windows.told()
		if last := all[len(all)-1]; last.Answers != nil {
			t.Errorf("with nothing typed it answers %+v", last.Answers)
		}
		d.act(card.AskAllowed, 0, canary)
		d.windows.told()
		time.Sleep(10 * renewPanel)
		synctest.Wait()
		d.windows.events <- card.Event{Kind: card.EventPanelShut}
		synctest.Wait()
		if p := d.open(card.TabAllowed); p.Answers != nil {
			t.Errorf("opened again it still answers %+v", p.Answers)
		}
		if strings.Contains(d.log.String(), canary) {
			t.Errorf("the log has what was typed:\n%s", d.log)
		}
		d.wantNowhere(canary)
		if got := d.counted(); len(got) > 0 {
			t.Errorf("asking was counted: %+v", got)
		}
	})
}

// An answer doesn't outlive the policy that gave it.
func TestNoAnswerOfAnOlderPolicy(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.open(card.TabAllowed)
		d.act(card.AskAllowed, 0, "m365 copilot")
		if p := d.told(); len(p.Answers) != 1 || p.Answers[0].Verdict != ask.Yes {
			t.Fatalf("the answer is %+v", p.Answers)
		}
		d.service.set(withKeys)
		time.Sleep(2 * renewPanel)
		synctest.Wait()
		all := d.windows.told()
		if last := all[len(all)-1]; last.Serial != 8 || last.Answers != nil {
			t.Errorf("under policy %d it still answers %+v", last.Serial, last.Answers)
		}
		d.act(card.AskAllowed, 0, "m365 copilot")
		if p := d.told(); len(p.Answers) != 1 || p.Answers[0].Verdict != ask.Undecided {
			t.Errorf("the new policy's answer is %+v", p.Answers)
		}
	})
}

// wantNowhere looks for a text in every file of the person's.
func (d *desk) wantNowhere(canary string) {
	d.t.Helper()
	files := 0
	err := filepath.WalkDir(filepath.Dir(d.e.Paths.UserState), func(path string, f fs.DirEntry, err error) error {
		if err != nil || !f.Type().IsRegular() {
			return err
		}
		files++
		if b, err := os.ReadFile(path); err != nil || strings.Contains(string(b), canary) {
			d.t.Errorf("%s holds it (%v)", path, err)
		}
		return nil
	})
	if err != nil || files == 0 {
		d.t.Errorf("looked into %d files: %v", files, err)
	}
}

// A request is made in the panel: the bytes that are shown are those that the
// ledger has and the service gets.
func TestRequestInThePanel(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.open(card.TabAllowed)
		d.act(card.AskAllowed, 0, "claude")
		if p := d.told(); len(p.Answers) != 1 || !p.Answers[0].Requestable() {
			t.Fatalf("the answer is %+v", p.Answers)
		}
		d.act(card.SendRequest, 0, "") // there is no form
		d.act(card.WantTask, uint32(report.Coding), "")
		if n := len(d.entries(ledger.Request)); n != 0 {
			t.Fatalf("%d requests without a form", n)
		}
		d.windows.told()
		d.act(card.WantTool, 1, "")
		if p := d.told(); p.Draft == nil || p.Draft.Tool != "Claude" || p.Draft.Data != 0 || p.Draft.Bytes != "" {
			t.Fatalf("the form is %+v", p.Draft)
		}
		for _, wrong := range []struct {
			a    card.Action
			item uint32
		}{{card.WantTask, 0}, {card.WantTask, 99}, {card.WantData, 99}, {card.WantLack, 99}, {card.SendRequest, 0}} {
			d.act(wrong.a, wrong.item, "")
		}
		if p := d.windows.told(); len(p) != 0 {
			t.Fatalf("what is not in the lists changed the form: %+v", p[0].Draft)
		}
		d.act(card.WantTask, uint32(report.Coding), "")
		d.act(card.WantData, card.DataItem(detect.ClassNone), "")
		d.act(card.WantLack, uint32(report.Limits), "")
		first := d.windows.told()[2].Draft
		d.act(card.WantLack, uint32(report.Language), "")
		d.act(card.WantLack, uint32(report.Limits), "") // taken back
		all := d.windows.told()
		shown := all[len(all)-1].Draft
		r, err := report.DecodeRequest([]byte(shown.Bytes))
		if err != nil || r.Tool != "claude" || r.Task != report.Coding || r.Kind != detect.ClassNone || !slices.Equal(r.Lacked, []report.Lack{report.Language}) || shown.Due.IsZero() {
			t.Fatalf("shown: %+v, %+v, %v", shown, r, err)
		}
		if was, err := report.DecodeRequest([]byte(first.Bytes)); err != nil || was.Claim != r.Claim {
			t.Errorf("the code changes with what is chosen (%v)", err)
		}
		if len(d.entries(ledger.Request)) != 0 {
			t.Fatal("it is in the ledger before it was sent")
		}
		d.act(card.SendRequest, 0, "")
		time.Sleep(time.Second)
		synctest.Wait()
		all = d.windows.told()
		p := all[len(all)-1]
		if p.Draft == nil || !p.Draft.Sent || len(p.Asked) != 1 || p.Asked[0].Tool != "Claude" || p.Asked[0].Due.IsZero() {
			t.Fatalf("after sending: %+v, %+v", p.Draft, p.Asked)
		}
		if e := d.entries(ledger.Request); len(e) != 1 || string(e[0].Bytes) != shown.Bytes {
			t.Errorf("the ledger has %+v", e)
		}
		d.act(card.SendRequest, 0, "") // once
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := d.service.got(string(report.IDOf([]byte(shown.Bytes)))); string(got) != shown.Bytes {
			t.Errorf("the service has %q", got)
		}
		if n := len(d.entries(ledger.Request)); n != 1 {
			t.Errorf("%d requests", n)
		}

		// Its answer comes when somebody looks for it, and not before.
		if len(d.entries(ledger.Question)) != 0 {
			t.Error("somebody looked for an answer by themselves")
		}
		d.service.decide(`{"state":"declined","reason":"It keeps what it gets.","decided":"2026-11-27"}`)
		d.windows.told()
		d.act(card.LookAnswers, 0, "")
		all = d.windows.told()
		if p := all[len(all)-1]; p.Asked[0].Outcome != card.AskedDeclined || p.Asked[0].Reason != "It keeps what it gets." || p.AnswersOld {
			t.Errorf("the answer is %+v", p.Asked)
		}
		d.act(card.DropRequest, 0, "")
		all = d.windows.told()
		if p := all[len(all)-1]; p.Draft != nil || len(p.Answers) != 1 {
			t.Errorf("back at the search: %+v, %+v", p.Draft, p.Answers)
		}
	})
}

// Without a service the panel says that what it shows is old.
func TestAnswersThatCanNotBeHad(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		if err := d.wants(aTool(t)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		d.service.away(true)
		d.open(card.TabAllowed)
		d.act(card.LookAnswers, 0, "")
		all := d.windows.told()
		if p := all[len(all)-1]; !p.AnswersOld || len(p.Asked) != 1 {
			t.Errorf("without a service: %v, %+v", p.AnswersOld, p.Asked)
		}
	})
}

// A nudge leads to the form, filled in with the tool and the kind of data, and is
// counted as closed.
func TestRequestFromTheNudge(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		d.windows.answer(c.ID, card.RequestTool)
		synctest.Wait()
		p := d.told()
		if p.Tab != card.TabAllowed || p.Draft == nil || p.Draft.Tool != "ChatGPT" || p.Draft.Data != card.DataItem(detect.ClassCard) || p.Draft.Task != 0 {
			t.Fatalf("the panel shows %v, %+v", p.Tab, p.Draft)
		}
		d.wantCounted(nudged(report.Dismissed))
		if all, err := asked.In(d.e.Paths.UserState).List(); err != nil || len(all) != 0 {
			t.Errorf("asked for already: %+v, %v", all, err)
		}
		d.windows.events <- card.Event{Kind: card.EventPanelShut}
		synctest.Wait()
		if p := d.open(card.TabAllowed); p.Draft != nil {
			t.Errorf("a form outlives its window: %+v", p.Draft)
		}
	})
	// From a notification, where no window can be had, it says what serves.
	run(t, func(t *testing.T, d *desk) {
		d.shownCard()
		d.mu.Lock()
		d.broken["windows"] = errEnded
		d.mu.Unlock()
		d.windows.die()
		synctest.Wait()
		d.notifier.answer(card.RequestTool)
		synctest.Wait()
		if s := d.status(); !strings.Contains(s.LastError, "handrail request") {
			t.Errorf("it says %q", s.LastError)
		}
	})
}

// The answer is there at once: what is typed costs no look at files or the
// service. The budget is 100 ms, the panel's drawing included.
func BenchmarkAskAllowed(b *testing.B) {
	p, err := policy.Parse(policy.Example())
	if err != nil {
		b.Fatal(err)
	}
	e := newEngine(Options{Catalog: catalog.Default()})
	e.policy = p
	w := newFakeWindows()
	e.windows, e.panel.open = w, true
	for i := range 50 {
		e.panel.told.Pages = append(e.panel.told.Pages, card.Page{Seq: uint64(i + 1), Title: "Report about the week", Lines: []string{"Nothing happened."}})
	}
	typed := "may I paste a custmer list into chatgpt"
	sent := 0
	for b.Loop() {
		for i := range typed {
			if err := e.askAllowed(b.Context(), 0, typed[:i+1]); err != nil {
				b.Fatal(err)
			}
			for _, job := range e.front.waiting {
				job()
			}
			e.front.waiting = nil
			for _, p := range w.told() {
				if _, err := json.Marshal(p); err != nil {
					b.Fatal(err)
				}
				sent++
			}
		}
	}
	if sent == 0 {
		b.Fatal("nothing was shown")
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(typed))/1000, "ms/key")
}
