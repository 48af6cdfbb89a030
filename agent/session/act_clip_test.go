package session

import (
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/detect/secret"
)

// fakeOwner puts texts on the fake clipboard, and says in which order that and
// the opening of addresses came.
type fakeOwner struct {
	d *desk

	mu      sync.Mutex // guards what follows
	put     []string
	opened  []int // how many addresses were open at each put
	failing error
}

func (f *fakeOwner) set(text *secret.Text) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	defer text.Wipe()
	if f.failing != nil {
		return f.failing
	}
	f.put = append(f.put, string(text.Bytes()))
	f.opened = append(f.opened, len(f.d.browser.opened()))
	return nil
}

func (f *fakeOwner) was() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.put)
}

// runOwner is run with something that puts texts on the clipboard.
func runOwner(t *testing.T, f func(t *testing.T, d *desk, o *fakeOwner)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		o := &fakeOwner{d: d}
		d.options.SetClip = o.set
		stop := d.start()
		f(t, d, o)
		stop()
	})
}

// held has a paste of the card number held.
func (x *extensionEnd) held(id uint64) {
	x.d.t.Helper()
	x.paste(id, "chatgpt.com", canary+" pay with "+cardNumber)
	x.want("verdict", browser.Hold)
}

// Only a page that could not insert the text, and asks for Ctrl+V again, needs
// it on the clipboard.
func TestTheSafeTextIsOnTheClipboardForAnotherCtrlV(t *testing.T) {
	for outcome, want := range map[string]int{"again": 1, "inserted": 0, "gone": 0} {
		runOwner(t, func(t *testing.T, d *desk, o *fakeOwner) {
			x := d.connect()
			x.want("welcome", "")
			x.held(1)
			x.send(map[string]any{"kind": "answer", "id": 1, "answer": card.SafePaste})
			text := x.want("finish", string(browser.InsertText)).Text
			x.send(map[string]any{"kind": "done", "id": 9, "outcome": "again"}) // another attempt
			if got := o.was(); len(got) > 0 {
				t.Errorf("%s: put there %q before the page said so", outcome, got)
			}
			kept := d.e.browsers.connected[0].inserting.text
			for range 2 {
				x.send(map[string]any{"kind": "done", "id": 1, "outcome": outcome})
			}
			got := o.was()
			if len(got) != want || want == 1 && got[0] != text {
				t.Errorf("%s: put on the clipboard %q, want %d times %q", outcome, got, want, text)
			}
			if kept.Len() != 0 || d.e.browsers.connected[0].inserting.text != nil {
				t.Errorf("%s: the text is still kept", outcome)
			}
			if strings.Contains(d.log.String(), canary) || d.status().LastError != "" {
				t.Errorf("%s: status %q, log:\n%s", outcome, d.status().LastError, d.log)
			}
		})
	}
}

// A browser that never says what became of a text leaves one behind at most,
// and none when it has gone.
func TestATextThatNobodyHeardOfIsWiped(t *testing.T) {
	runOwner(t, func(t *testing.T, d *desk, o *fakeOwner) {
		x := d.connect()
		x.want("welcome", "")
		var kept []*secret.Text
		for id := uint64(1); id < 3; id++ {
			x.held(id)
			x.send(map[string]any{"kind": "answer", "id": id, "answer": card.SafePaste})
			x.want("finish", string(browser.InsertText))
			kept = append(kept, d.e.browsers.connected[0].inserting.text)
		}
		if kept[0].Len() != 0 || kept[1].Len() == 0 {
			t.Errorf("%d and %d bytes are kept", kept[0].Len(), kept[1].Len())
		}
		x.conn.Close()
		synctest.Wait()
		if kept[1].Len() != 0 || len(o.was()) > 0 {
			t.Errorf("%d bytes are kept, %q was put on the clipboard", kept[1].Len(), o.was())
		}
	})
}

// The approved tool is opened with what may be pasted there on the clipboard
// before it opens: the redacted text, unless the tool may receive the original.
func TestTheClipboardIsReadyBeforeTheApprovedToolOpens(t *testing.T) {
	for receives, want := range map[string]bool{"": false, ", receives: [card]": false, ", receives: [contacts]": true} {
		runOwner(t, func(t *testing.T, d *desk, o *fakeOwner) {
			d.service.set(strings.Replace(managed, ", name: Copilot", ", name: Copilot"+receives, 1))
			x := d.connect()
			x.want("welcome", "")
			x.held(1)
			x.send(map[string]any{"kind": "answer", "id": 1, "answer": card.OpenApproved})
			x.want("finish", string(browser.DropIt))
			if n := len(d.browser.opened()); n != 1 {
				t.Errorf("%q: %d tools were opened", receives, n)
			}
			got := o.was()
			if len(got) > 0 != want {
				t.Fatalf("%q: put on the clipboard %q", receives, got)
			}
			if want && (strings.Contains(got[0], cardNumber) || !strings.HasPrefix(got[0], canary+" pay with [") || o.opened[0] != 0) {
				t.Errorf("%q: put on the clipboard %q, with %d tools open", receives, got, o.opened[0])
			}
		})
	}
}

// A tool that may have the redacted text only is not offered where there is
// none: here of a text too long for a page.
func TestNothingSafeLeavesTheClipboardAlone(t *testing.T) {
	runOwner(t, func(t *testing.T, d *desk, o *fakeOwner) {
		d.service.set(strings.Replace(managed, ", name: Copilot", ", name: Copilot, receives: [contacts]", 1))
		x := d.connect()
		x.want("welcome", "")
		x.paste(1, "chatgpt.com", strings.Repeat("word ", browser.MaxToBrowser/5)+cardNumber)
		if c := x.want("verdict", browser.Hold).Card; slices.Contains(c.Answers, card.OpenApproved) || c.Instead != "" {
			t.Errorf("the card offers %v, %q", c.Answers, c.Instead)
		}
		x.send(map[string]any{"kind": "answer", "id": 1, "answer": card.OpenApproved})
		if n := len(d.browser.opened()); n != 0 || len(o.was()) != 0 {
			t.Errorf("%d tools were opened, %d texts put on the clipboard", n, len(o.was()))
		}
	})
}

// A tool that may have the redacted text only doesn't open where that can't be
// put on the clipboard: the original would be pasted there.
func TestWithoutTheRedactedTextItsToolStaysShut(t *testing.T) {
	runOwner(t, func(t *testing.T, d *desk, o *fakeOwner) {
		o.failing = errors.New("the desktop does not answer")
		d.service.set(strings.Replace(managed, ", name: Copilot", ", name: Copilot, receives: [contacts]", 1))
		x := d.connect()
		x.want("welcome", "")
		x.held(1)
		x.send(map[string]any{"kind": "answer", "id": 1, "answer": card.OpenApproved})
		x.want("finish", string(browser.DropIt))
		if n := len(d.browser.opened()); n != 0 {
			t.Errorf("%d tools were opened", n)
		}
		if got := d.status().LastError; got != "a text could not be put on the clipboard" {
			t.Errorf("status says %q", got)
		}
	})
}

// A clipboard that can't be had is said in the status, without the text.
func TestAClipboardThatCanNotBeHad(t *testing.T) {
	runOwner(t, func(t *testing.T, d *desk, o *fakeOwner) {
		o.failing = errors.New("the desktop does not answer")
		x := d.connect()
		x.want("welcome", "")
		x.held(1)
		x.send(map[string]any{"kind": "answer", "id": 1, "answer": card.SafePaste})
		x.want("finish", string(browser.InsertText))
		if got := d.status().LastError; got != "" {
			t.Errorf("status says %q already", got)
		}
		x.send(map[string]any{"kind": "done", "id": 1, "outcome": "again"})
		if got := d.status().LastError; got != "a text could not be put on the clipboard" {
			t.Errorf("status says %q", got)
		}
		if s := d.log.String(); !strings.Contains(s, "the desktop does not answer") || strings.Contains(s, canary) || strings.Contains(s, "[") {
			t.Errorf("the log says:\n%s", s)
		}
	})
}

// The text that Handrail itself puts on the clipboard brings no nudge where the
// person is about to paste it.
func TestOurOwnClipBringsNoNudge(t *testing.T) {
	for pid, want := range map[int]bool{os.Getpid(): false, owner: true} {
		run(t, func(t *testing.T, d *desk) {
			d.chatgpt()
			d.clipboard.load("pay with " + cardNumber) // worse than any redacted text
			d.clipboard.changes <- clip.Change{Selection: clip.Clipboard, Seq: 1, At: time.Now(), OwnerPID: pid}
			synctest.Wait()
			if _, up := d.windows.up(); up != want {
				t.Errorf("copied by %d: a nudge is up: %v", pid, up)
			}
		})
	}
}
