package session

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/ledger"
	"handrail/agent/process"
	"handrail/agent/report"
	"handrail/detect/catalog"
)

func TestAnOutcomeWaitsForTheDisk(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		dir := filepath.Join(d.options.Paths.UserState, "tally")
		if err := errors.Join(os.Rename(dir, dir+".away"), os.WriteFile(dir, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		d.windows.answer(c.ID, card.Dismiss)
		synctest.Wait()
		if d.status().LastError == "" {
			t.Error("nobody says that an outcome could not be written")
		}
		if err := errors.Join(os.Remove(dir), os.Rename(dir+".away", dir)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(saveAgain)
		synctest.Wait()
		d.wantCounted(nudged(report.Dismissed))
	})
}

func TestABrokenLedgerStopsReportsAndNotNudges(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		path := filepath.Join(d.options.Paths.UserState, ledger.Name)
		if err := os.WriteFile(path, []byte("no ledger\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		defer d.start()()
		c := d.shownCard()
		d.windows.answer(c.ID, card.Dismiss)
		synctest.Wait()
		d.wantCounted(nudged(report.Dismissed))
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if n := len(d.service.reports()); n > 0 {
			t.Errorf("%d reports left that are in no ledger", n)
		}
		if d.status().LastError == "" {
			t.Error("nobody says that the ledger is broken")
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		time.Sleep(handOverLast)
		synctest.Wait()
		if s, err := ledger.Verify(path); err != nil || s.Sent != len(d.service.reports()) || s.Sent == 0 {
			t.Errorf("with a new ledger: %+v, %v, %d reports", s, err, len(d.service.reports()))
		}
	})
}

func TestACardThatIsUpAtTheEndHasAnOutcome(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		stop := d.start()
		d.shownCard()
		stop()
		d.wantCounted(nudged(report.Ignored))
	})
}

func TestReportsAreHandedOverOnce(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		c := d.shownCard()
		d.windows.answer(c.ID, card.NotSensitive)
		synctest.Wait()
		d.service.away(true)
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		if got := d.service.reports(); len(got) != 0 {
			t.Fatalf("%d reports reached a service that is away", len(got))
		}
		d.service.away(false)
		time.Sleep(serviceRest)
		synctest.Wait()
		reports := d.service.reports()
		if len(reports) != 3 {
			t.Fatalf("%d reports after three hours of one-hour batches", len(reports))
		}
		with := 0
		for _, r := range reports {
			if len(r.Cells) > 0 {
				with++
				want := nudged(report.SaidNotSensitive)
				want.Often = report.Once
				if !slices.Equal(r.Cells, []report.Cell{want}) {
					t.Errorf("reported %+v", r.Cells)
				}
			}
		}
		if with != 1 {
			t.Errorf("%d of the reports have the outcome, want 1", with)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := len(d.service.reports()); got != 4 {
			t.Errorf("%d reports after four hours", got)
		}
		// What was handed over is in the ledger, and so is what the server said.
		path := filepath.Join(d.options.Paths.UserState, ledger.Name)
		if s, err := ledger.Verify(path); err != nil || s.Sent != 4 || s.Receipts != 0 {
			t.Errorf("ledger before delivery: %+v, %v", s, err)
		}
		d.service.deliver()
		time.Sleep(receiptsEvery)
		synctest.Wait()
		if s, err := ledger.Verify(path); err != nil || s.Sent != 4 || s.Receipts != 4 {
			t.Errorf("ledger after delivery: %+v, %v", s, err)
		}
	})
}

func TestNotSensitiveIsRemembered(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		stop := d.start()
		c := d.shownCard()
		d.windows.answer(c.ID, card.NotSensitive)
		synctest.Wait()
		d.wantCounted(nudged(report.SaidNotSensitive))
		for range 2 { // also in the next session
			d.elsewhere()
			d.copy("the same number again: " + cardNumber)
			d.chatgpt()
			if _, up := d.windows.up(); up || d.status().ClipReads == 0 {
				t.Error("nudged again about what was called not sensitive, or not looked at")
			}
			stop()
			d = newDesk(t, dir)
			stop = d.start()
		}
		d.copy("another number: " + strings.Join([]string{"5318", "7741", "9083", "6656"}, " "))
		d.chatgpt()
		if _, up := d.windows.up(); !up {
			t.Error("another number was taken for the one that is not sensitive")
		}
		stop()
		err := filepath.WalkDir(dir, func(path string, f os.DirEntry, err error) error {
			if err != nil || f.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if bytes.Contains(b, []byte("4539")) {
				t.Errorf("%s holds what was copied", path)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestADamagedLearnedList(t *testing.T) {
	dir := t.TempDir()
	if _, err := OpenLearned(dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, learnedFile)
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err := OpenLearned(dir); err == nil || l == nil || l.Len() != 0 {
		t.Errorf("got %v, %v, want an error and an empty list", l, err)
	}
	if _, err := os.Stat(path + ".damaged"); err != nil {
		t.Error(err)
	}
	if _, err := OpenLearned(dir); err != nil {
		t.Errorf("after it was set aside: %v", err)
	}
}

func TestUsesCountOnceABatch(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		use := report.UseCell("claude", catalog.SurfaceTerminal)
		for range 2 { // a session that is started again
			d := newDesk(t, dir)
			d.uses = []process.Use{{Tool: "claude", Surface: catalog.SurfaceTerminal}}
			stop := d.start()
			time.Sleep(usesEvery / 4)
			synctest.Wait()
			d.wantCounted(use)
			stop()
		}
	})
}
