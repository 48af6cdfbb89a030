package session

import (
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/clip"
	"handrail/agent/focus"
	"handrail/agent/presence"
	"handrail/detect/secret"
)

// putThere is an owner that really puts a text on the fake clipboard.
type putThere struct {
	d  *desk
	wg sync.WaitGroup
}

func (p *putThere) set(text *secret.Text) error {
	kept := string(text.Bytes())
	text.Wipe()
	p.wg.Go(func() { p.d.copyBy(os.Getpid(), kept) })
	return nil
}

// copyBy copies a text as that process does.
func (d *desk) copyBy(pid int, text string) {
	f := d.clipboard
	f.mu.Lock()
	f.seq[0]++
	f.content[0] = clip.Content{Kind: clip.Text, Text: secret.New([]byte(text))}
	seq := f.seq[0]
	f.mu.Unlock()
	f.changes <- clip.Change{Selection: clip.Clipboard, Seq: seq, At: time.Now(), OwnerPID: pid}
}

// answers copies an answer in the AI tool that has the keyboard.
func (d *desk) answers(text string) {
	d.copyBy(500, text)
	synctest.Wait()
}

func (d *desk) onClipboard() string {
	d.clipboard.mu.Lock()
	defer d.clipboard.mu.Unlock()
	return string(d.clipboard.content[0].Text.Bytes())
}

func runCopyBack(t *testing.T, f func(t *testing.T, d *desk, x *extensionEnd)) {
	t.Helper()
	runCopyBackWith(t, func(set func(*secret.Text) error) func(*secret.Text) error { return set }, f)
}

// runCopyBackWith is runCopyBack with an owner of the clipboard that may fail.
func runCopyBackWith(t *testing.T, owner func(set func(*secret.Text) error) func(*secret.Text) error, f func(t *testing.T, d *desk, x *extensionEnd)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t, dir)
		p := &putThere{d: d}
		d.options.SetClip = owner(p.set)
		stop := d.start()
		x := d.connect()
		x.want("welcome", "")
		f(t, d, x)
		synctest.Wait()
		p.wg.Wait()
		stop()
		if n := d.clipboard.unwiped(); n > 0 {
			t.Errorf("%d bytes of clips are not wiped", n)
		}
		for _, secret := range []string{cardNumber, canary} {
			if strings.Contains(d.log.String(), secret) {
				t.Errorf("the log holds %s", secret)
			}
		}
	})
}

// pasted has a paste of the card number made safe, and returns what the page got.
func (x *extensionEnd) pasted(id uint64) string {
	x.d.t.Helper()
	x.held(id)
	x.send(map[string]any{"kind": "answer", "id": id, "answer": card.SafePaste})
	text := x.want("finish", string(browser.InsertText)).Text
	x.send(map[string]any{"kind": "done", "id": id, "outcome": "inserted"})
	return text
}

func tokenIn(text string) string {
	return text[strings.IndexByte(text, '[') : strings.IndexByte(text, ']')+1]
}

func TestNamesComeBack(t *testing.T) {
	runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
		token := tokenIn(x.pasted(1))
		d.chatgpt()
		answer := "Charge " + strings.ToLower(token) + " and [PAYMENT_CARD_zz9zz]."
		d.answers(answer)
		offered, ok := d.windows.up()
		if !ok || offered.About != card.NamesBack || offered.Count != 1 {
			t.Fatalf("offered %+v", offered)
		}
		d.windows.answer(offered.ID, card.PutBack)
		synctest.Wait()
		if got := d.onClipboard(); got != "Charge "+cardNumber+" and [PAYMENT_CARD_zz9zz]." {
			t.Fatalf("the clipboard holds %q", got)
		}
		back, ok := d.windows.up()
		if !ok || back.About != card.AreBack || back.Count != 1 || back.LeftCount != 1 || back.Left != "PAYMENT_CARD_zz9zz" {
			t.Fatalf("then %+v", back)
		}
		d.windows.answer(back.ID, card.Undo)
		synctest.Wait()
		if got := d.onClipboard(); got != answer {
			t.Errorf("Undo brought back %q", got)
		}
		if c, ok := d.windows.up(); ok {
			t.Errorf("still up: %+v", c)
		}
	})
}

// What is put back is sensitive again, and is told of when it is about to go to
// an AI tool: not at once in the one that it came from, but on the next visit.
func TestWhatIsPutBackIsNudgedForOnTheNextVisit(t *testing.T) {
	runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
		token := tokenIn(x.pasted(1))
		time.Sleep(cooldown) // else what was said at the paste is not said again
		d.chatgpt()
		d.answers("Charge " + token)
		offered, _ := d.windows.up()
		d.windows.answer(offered.ID, card.PutBack)
		synctest.Wait()
		if c, ok := d.windows.up(); !ok || c.About != card.AreBack {
			t.Fatalf("up: %+v", c)
		}
		d.focus.changes <- otherWindow("Budget - Mozilla Firefox")
		synctest.Wait()
		d.chatgpt()
		if c, ok := d.windows.up(); !ok || c.About != card.ANudge {
			t.Errorf("up on the next visit: %+v", c)
		}
	})
}

// Nothing is read of an approved tool's copies while nothing is kept.
func TestAThousandCopiesWithoutAMapAreNotRead(t *testing.T) {
	runCopyBack(t, func(t *testing.T, d *desk, _ *extensionEnd) {
		d.focusOn("Microsoft 365 Copilot - Mozilla Firefox")
		for range 1000 {
			d.answers("Charge [PAYMENT_CARD_k7f2] and " + cardNumber)
		}
		if got := d.status().ClipReads; got != 0 || d.clipboard.asked() != 0 {
			t.Errorf("%d reads, %d tries after 1,000 copies, want 0", got, d.clipboard.asked())
		}
		t.Logf("1,000 copies with an approved tool in front: %d clipboard reads", d.status().ClipReads)
	})
}

func TestOnlyCopiesOfAnAIToolAreLookedAtForTokens(t *testing.T) {
	for name, c := range map[string]struct {
		title string
		pid   int
		pause bool
		reads uint64
	}{
		"an approved tool":      {"Microsoft 365 Copilot - Mozilla Firefox", 500, false, 1},
		"an owner unknown":      {"Microsoft 365 Copilot - Mozilla Firefox", 0, false, 1},
		"another program":       {"Microsoft 365 Copilot - Mozilla Firefox", 900, false, 0},
		"no AI tool":            {"Budget - Mozilla Firefox", 500, false, 0},
		"Handrail itself":       {"Microsoft 365 Copilot - Mozilla Firefox", os.Getpid(), false, 0},
		"a pause of Handrail's": {"Microsoft 365 Copilot - Mozilla Firefox", 500, true, 0},
	} {
		runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
			token := tokenIn(x.pasted(1))
			d.focusOn(c.title)
			if c.pause {
				d.e.post(d.ctx, paused{on: true, done: make(chan struct{})})
				synctest.Wait()
			}
			before := d.status().ClipReads
			d.copyBy(c.pid, "Charge "+token)
			synctest.Wait()
			if got := d.status().ClipReads - before; got != c.reads {
				t.Errorf("%s: %d reads, want %d", name, got, c.reads)
			}
			if up, ok := d.windows.up(); ok != (c.reads > 0) {
				t.Errorf("%s: up is %v, %+v", name, ok, up)
			}
		})
	}
}

// The values end with the lock, with Forget and with time, and the offer with
// them.
func TestValuesAreWiped(t *testing.T) {
	for name, end := range map[string]func(d *desk){
		"the screen is locked": func(d *desk) { d.isIn(presence.Moment{Locked: true}) },
		"eight hours": func(d *desk) {
			d.status() // the engine goes on after what was looked at here
			time.Sleep(8 * time.Hour)
			synctest.Wait()
		},
		"the policy's hour": func(d *desk) {
			d.status()
			time.Sleep(30 * time.Minute)
			d.service.set(managed + "safe_paste: {keep_hours: 1}\n")
			synctest.Wait()
			if n, _ := d.e.browsers.redactor.Values(); n != 1 {
				d.t.Errorf("%d values are kept for half an hour, want 1", n)
			}
			d.status()
			time.Sleep(30 * time.Minute)
			synctest.Wait()
		},
		"Forget in the tray": func(d *desk) {
			d.e.post(d.ctx, chosen{card.ChooseForget})
			synctest.Wait()
		},
		"handrail forget": func(d *desk) {
			done := make(chan int, 1)
			d.e.post(d.ctx, safePasteForgotten{done})
			if n := <-done; n != 1 {
				d.t.Errorf("forgot %d values, want 1", n)
			}
			synctest.Wait() // the card goes after the answer
		},
	} {
		runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
			token := tokenIn(x.pasted(1))
			d.focusOn("Microsoft 365 Copilot - Mozilla Firefox")
			d.answers("Charge " + token)
			if got := d.e.trayState(); got.Kept != 1 || got.Names != 1 {
				t.Fatalf("%s: the tray says %+v", name, got)
			}
			end(d)
			if n, _ := d.e.browsers.redactor.Values(); n != 0 {
				t.Errorf("%s: %d values are kept", name, n)
			}
			if got := d.e.trayState(); got.Kept != 0 || got.Names != 0 || got.Undo {
				t.Errorf("%s: the tray says %+v", name, got)
			}
			if c, ok := d.windows.up(); ok {
				t.Errorf("%s: up is %+v", name, c)
			}
			before := d.status().ClipReads
			d.answers("Charge " + token)
			if got := d.status().ClipReads - before; got != 0 {
				t.Errorf("%s: read %d times afterwards", name, got)
			}
		})
	}
}

// Where a window would be in the way, the tray has the offer.
func TestTheOfferIsQuiet(t *testing.T) {
	runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
		token := tokenIn(x.pasted(1))
		d.focusOn("Microsoft 365 Copilot - Mozilla Firefox")
		d.isIn(presence.Moment{Presenting: true})
		d.answers("Charge " + token)
		if c, ok := d.windows.up(); ok {
			t.Errorf("up in a presentation: %+v", c)
		}
		if got := d.e.trayState().Names; got != 1 {
			t.Errorf("the tray offers %d", got)
		}
		if err := d.answer(card.PutBack); err != nil || d.onClipboard() != "Charge "+cardNumber {
			t.Errorf("from the command line: %v, %q", err, d.onClipboard())
		}
		if err := d.answer(card.PutBack); err != errNothingToPutBack {
			t.Errorf("once more: %v", err)
		}
		if err := d.answer(card.Undo); err != nil || d.onClipboard() != "Charge "+token {
			t.Errorf("undo: %v, %q", err, d.onClipboard())
		}
		if err := d.answer(card.Undo); err != errNoOriginal {
			t.Errorf("once more: %v", err)
		}
	})
	// It goes by itself.
	runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
		token := tokenIn(x.pasted(1))
		d.focusOn("Microsoft 365 Copilot - Mozilla Firefox")
		d.answers("Charge " + token)
		time.Sleep(quietFor)
		synctest.Wait()
		if c, ok := d.windows.up(); ok || d.e.trayState().Names != 1 {
			t.Errorf("up %v: %+v, the tray offers %d", ok, c, d.e.trayState().Names)
		}
		d.answers("something else")
		if got := d.e.trayState().Names; got != 0 {
			t.Errorf("the tray still offers %d", got)
		}
	})
}

func (d *desk) answer(a card.Answer) error {
	done := make(chan error, 1)
	d.e.post(d.ctx, answered{a, done})
	err := <-done
	synctest.Wait()
	return err
}

// The safe text takes the place of the original on the clipboard, and Undo
// brings that back: for ten minutes, and not once something else was copied.
func TestUndoBringsTheOriginalBack(t *testing.T) {
	again := func(d *desk, x *extensionEnd) (original string) {
		original = canary + " pay with " + cardNumber
		d.copyBy(900, original)
		synctest.Wait()
		x.held(1)
		x.send(map[string]any{"kind": "answer", "id": 1, "answer": card.SafePaste})
		x.want("finish", string(browser.InsertText))
		x.send(map[string]any{"kind": "done", "id": 1, "outcome": "again"})
		synctest.Wait()
		return original
	}
	runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
		original := again(d, x)
		c, ok := d.windows.up()
		if !ok || c.About != card.IsSafe || strings.Contains(d.onClipboard(), cardNumber) {
			t.Fatalf("up %+v, the clipboard holds %q", c, d.onClipboard())
		}
		d.windows.answer(c.ID, card.Undo)
		synctest.Wait()
		if got := d.onClipboard(); got != original {
			t.Errorf("brought back %q", got)
		}
	})
	runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
		again(d, x)
		time.Sleep(keepOriginal)
		synctest.Wait()
		if err := d.answer(card.Undo); err != errNoOriginal || d.e.original.kept() {
			t.Errorf("after ten minutes: %v", err)
		}
	})
	runCopyBack(t, func(t *testing.T, d *desk, x *extensionEnd) {
		again(d, x)
		d.copyBy(900, "next")
		synctest.Wait()
		if err := d.answer(card.Undo); err != errNoOriginal || d.onClipboard() != "next" {
			t.Errorf("after another copy: %v, %q", err, d.onClipboard())
		}
	})
}

func otherWindow(title string) (c focus.Change) {
	c = browserWindow(title)
	c.Window.ID = 2
	return c
}
