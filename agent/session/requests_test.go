package session

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/asked"
	"handrail/agent/card"
	"handrail/agent/ledger"
	"handrail/agent/local"
	"handrail/agent/report"
	"handrail/detect"
)

func aTool(t *testing.T) asked.Tool {
	t.Helper()
	x, err := asked.Draft("", "newtool.ai", report.Coding, detect.ClassCode, []report.Lack{report.Limits}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func (d *desk) say(m func(done chan<- error) message) error {
	d.t.Helper()
	done := make(chan error, 1)
	d.e.post(d.ctx, m(done))
	err := <-done
	synctest.Wait()
	return err
}

func (d *desk) wants(x asked.Tool) error {
	return d.say(func(done chan<- error) message { return toolAsked{x, done} })
}

func (d *desk) looks() error {
	return d.say(func(done chan<- error) message { return answersAsked{done} })
}

func (d *desk) entries(k ledger.Kind) (all []ledger.Entry) {
	d.t.Helper()
	err := ledger.Entries(filepath.Join(d.e.Paths.UserState, ledger.Name), func(x ledger.Entry) error {
		if x.Kind == k {
			all = append(all, x)
		}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

// A request is in the ledger and in the person's book before the service has it,
// is handed over once the service is there, and its answer comes to the book.
func TestRequestGoesOutAndItsAnswerComes(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.service.away(true)
		synctest.Wait()
		x := aTool(t)
		exact, _ := x.Bytes()
		if err := d.wants(x); err != nil {
			t.Fatal(err)
		}
		if e := d.entries(ledger.Request); len(e) != 1 || !bytes.Equal(e[0].Bytes, exact) {
			t.Fatalf("in the ledger: %+v", e)
		}
		book := asked.In(d.e.Paths.UserState)
		if all, err := book.List(); err != nil || len(all) != 1 || all[0].Handed {
			t.Fatalf("in the book: %+v, %v", all, err)
		}
		d.service.away(false)
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := d.service.got(string(report.IDOf(exact))); !bytes.Equal(got, exact) {
			t.Fatalf("the service has %q; log:\n%s", got, d.log)
		}

		d.service.decide(`{"state":"waiting"}`)
		for range 3 {
			if err := d.looks(); err != nil {
				t.Fatal(err)
			}
		}
		q, _ := report.EncodeQuestion(x.Claim)
		if e := d.entries(ledger.Question); len(e) != 1 || !bytes.Equal(e[0].Bytes, q) {
			t.Errorf("the question is in the ledger %d times", len(e))
		}
		d.service.decide(`{"state":"declined","reason":"It keeps what it gets.","decided":"2026-11-27"}`)
		if err := d.looks(); err != nil {
			t.Fatal(err)
		}
		all, err := book.List()
		if err != nil || len(all) != 1 || !all[0].Handed || all[0].Answer.State != report.Declined || all[0].Answer.Reason != "It keeps what it gets." {
			t.Errorf("in the book: %+v, %v", all, err)
		}
		if err := d.ask(card.TabLedger); err != nil {
			t.Fatal(err)
		}
		p := d.told()
		if len(p.Asked) != 1 || p.Asked[0].Tool != "newtool.ai" || p.Asked[0].Outcome != card.AskedDeclined || p.Asked[0].Reason != "It keeps what it gets." || p.Asked[0].Due.IsZero() {
			t.Errorf("the panel says %+v", p.Asked)
		}
		shown := map[string]bool{}
		for _, q := range p.Pages {
			shown[q.Title] = true
		}
		if !shown["Request for a tool"] || !shown["Question for an answer"] {
			t.Errorf("the panel's pages are %v", shown)
		}
		d.shut()
		d.service.away(true)
		if err := d.looks(); err != nil { // answered: nothing is asked any more
			t.Errorf("looking again: %v", err)
		}
		if err := d.wants(aTool(t)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		d.service.away(false)
		time.Sleep(time.Hour)
		d.service.away(true)
		synctest.Wait()
		if err := d.looks(); !errors.Is(err, local.ErrNotRunning) {
			t.Errorf("without a service: %v", err)
		}
		if strings.Contains(d.log.String(), "newtool") || strings.Contains(d.log.String(), x.Claim.String()) {
			t.Errorf("the log tells of it:\n%s", d.log)
		}
	})
}

// Who has switched reports off is not counted, and what is reported says only
// that.
func TestReportsSwitchedOff(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		dir := d.e.Paths.UserState
		c := d.shownCard()
		if err := SwitchReports(dir, true); err != nil || !ReportsOff(dir) {
			t.Fatalf("switching off: %v", err)
		}
		d.windows.answer(c.ID, card.Dismiss)
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		all := d.service.reports()
		if len(all) == 0 {
			t.Fatal("nothing was reported: a gap would say who switched it off")
		}
		for _, r := range all {
			if !r.Off || len(r.Cells) > 0 {
				t.Errorf("reported: %+v", r)
			}
		}
		for range 2 {
			if err := SwitchReports(dir, false); err != nil || ReportsOff(dir) {
				t.Fatalf("switching on: %v", err)
			}
		}
	})
}
