package session

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/receipts"
	"handrail/agent/report"
	"handrail/detect/policy"
	"handrail/detect/secret"
)

const withSystem = managed + `systems:
  - {name: Kestrel Recruiting, title: Kestrel Recruiting, stake: hiring}
`

// takes copies something as the program that has the keyboard.
func (d *desk) takes(text string) {
	d.clipboard.mu.Lock()
	d.clipboard.seq[0]++
	seq := d.clipboard.seq[0]
	d.clipboard.content[0] = clip.Content{Kind: clip.Text, Text: secret.New([]byte(text))}
	d.clipboard.mu.Unlock()
	d.clipboard.changes <- clip.Change{Selection: clip.Clipboard, Seq: seq, At: time.Now(), OwnerPID: 500}
	synctest.Wait()
}

func TestEachStakeHasItsNameInReports(t *testing.T) {
	for s := policy.Hiring; s.String() != ""; s++ {
		if got := stakeOf(s); got.String() != s.String() {
			t.Errorf("%s is %q in reports", s, got)
		}
	}
	if len(report.Stakes()) != int(policy.CustomerMail) {
		t.Error("policies and reports have different stakes")
	}
}

// An AI's answer is brought to a system of the policy: the person is asked, the
// answer is counted, and a signed receipt stays here.
func TestACheckedAnswerHasAReceipt(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.service.set(withSystem)
		synctest.Wait()
		d.chatgpt()
		d.takes("Invite Jane Roe, turn John Doe down.")
		reads := d.clipboard.asked()
		d.focusOn("Jane Roe - Kestrel Recruiting - Mozilla Firefox")
		c, up := d.windows.up()
		if !up || c.System != "Kestrel Recruiting" {
			t.Fatalf("up is %+v; log:\n%s", c, d.log)
		}
		if d.clipboard.asked() != reads {
			t.Error("the clip was read for it")
		}
		d.windows.answer(c.ID, card.CheckedSource)
		synctest.Wait()
		d.wantCounted(report.CheckCell(report.Hiring, report.PersonHas))
		dir := d.options.Paths.UserState
		all, err := receipts.In(dir).List()
		if err != nil || len(all) != 1 || !all[0].Verify() || all[0].Stake != report.Hiring || all[0].How != report.CheckedRan {
			t.Fatalf("%+v, %v", all, err)
		}
		if p := d.open(card.TabKept); len(p.Receipts) != 1 || p.Receipts[0].How != uint32(report.CheckedRan) || !p.Receipts[0].At.Equal(all[0].At) {
			t.Errorf("the panel lists %+v", p.Receipts)
		}

		// No word of the answer, or of the page, is anywhere.
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range append(files, filepath.Join(dir, "tally", "journal")) {
			b, _ := os.ReadFile(f)
			for _, word := range []string{"Jane", "Invite"} {
				if strings.Contains(string(b), word) {
					t.Errorf("%s holds %q", f, word)
				}
			}
		}
		if strings.Contains(d.log.String(), "Jane") || strings.Contains(d.log.String(), "Recruiting") {
			t.Errorf("the log says where the person went:\n%s", d.log)
		}

		// Nothing of the receipt is in what leaves: how it was checked stays here.
		d.shut()
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		for _, r := range d.service.reports() {
			for _, c := range r.Cells {
				if c.Kind == report.KindCheck && (c.Said != report.PersonHas || c.Stake != report.Hiring) {
					t.Errorf("a report holds %+v", c)
				}
			}
		}
	})
}

func TestWhatWasCopiedElsewhereIsNotAskedAbout(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.service.set(withSystem)
		synctest.Wait()
		d.elsewhere()
		d.takes("lunch at noon?")
		d.focusOn("Kestrel Recruiting - Mozilla Firefox")
		if c, up := d.windows.up(); up {
			t.Errorf("asked: %+v", c)
		}
	})
}
