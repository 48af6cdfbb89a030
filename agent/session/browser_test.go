package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/nudge"
	"handrail/agent/report"
	"handrail/detect/catalog"
)

// extensionEnd is the browser's end of a connection.
type extensionEnd struct {
	d    *desk
	conn net.Conn
	got  chan said
	asks chan string // nonces of the self-tests that were asked for
}

// said is any message of the session.
type said struct {
	Kind, Do, Text, Fail string
	Nonce                string
	ID                   uint64
	Key                  [2]uint32
	Watch                []browser.Watch
	Card                 *browser.Card
	Window               bool
	AskAccount           bool `json:"ask_account"`
	Clean                bool
	Length               int
	Digest               [2]uint32
}

func (d *desk) connect() *extensionEnd { return d.connectTo(true, 0) }

// connectAs connects an extension that may run in private windows, or not.
func (d *desk) connectAs(private bool) *extensionEnd { return d.connectTo(private, 0) }

// connectFrom connects the extension of the browser with that PID.
func (d *desk) connectFrom(pid int) *extensionEnd { return d.connectTo(true, pid) }

func (d *desk) connectTo(private bool, pid int) *extensionEnd {
	ours, theirs := net.Pipe()
	x := &extensionEnd{d, theirs, make(chan said, 100), make(chan string, 100)}
	go d.e.talk(d.ctx, ours, pid)
	go func() {
		for {
			b, err := browser.ReadFrame(theirs, browser.MaxToBrowser)
			if err != nil {
				close(x.got)
				return
			}
			var s said
			if err := json.Unmarshal(b, &s); err != nil {
				panic(err)
			}
			if s.Kind == "selftest" {
				x.asks <- s.Nonce
				continue
			}
			x.got <- s
		}
	}()
	d.t.Cleanup(func() { theirs.Close() })
	x.send(map[string]any{"kind": "hello", "protocol": 1, "browser": "firefox", "version": "0.1.0", "private": private})
	return x
}

// prove answers the newest self-test.
func (x *extensionEnd) prove() {
	x.d.t.Helper()
	nonce := ""
	for len(x.asks) > 0 {
		nonce = <-x.asks
	}
	if nonce == "" {
		x.d.t.Fatal("no self-test was asked for")
	}
	x.send(map[string]any{"kind": "proof", "nonce": nonce})
}

func (x *extensionEnd) send(m map[string]any) {
	b, err := json.Marshal(m)
	if err != nil {
		x.d.t.Fatal(err)
	}
	if err := browser.WriteFrame(x.conn, b, browser.MaxFromBrowser); err != nil {
		x.d.t.Fatal(err)
	}
	synctest.Wait()
}

func (x *extensionEnd) paste(id uint64, host, text string) {
	x.send(map[string]any{"kind": "attempt", "id": id, "how": "paste", "host": host, "account": "none", "text": text})
}

func (x *extensionEnd) want(kind, do string) said {
	x.d.t.Helper()
	synctest.Wait()
	select {
	case s := <-x.got:
		if s.Kind != kind || s.Do != do {
			x.d.t.Fatalf("got %+v, want %s %s; log:\n%s", s, kind, do, x.d.log)
		}
		return s
	default:
		x.d.t.Fatalf("nothing was said, want %s %s; log:\n%s", kind, do, x.d.log)
	}
	return said{}
}

func (x *extensionEnd) wantSilence() {
	x.d.t.Helper()
	synctest.Wait()
	select {
	case s := <-x.got:
		x.d.t.Fatalf("got %+v", s)
	default:
	}
}

const canary = "canary-in-the-text"

func TestWhatABrowserIsTold(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		w := d.connect().want("welcome", "")
		hosts := map[string]string{}
		for _, x := range w.Watch {
			hosts[x.Host] = x.Tool
		}
		if hosts["chatgpt.com"] != "chatgpt" || w.Fail != browser.FailOpen || w.Key == [2]uint32{} {
			t.Errorf("got %+v", w)
		}
		for _, x := range w.Watch {
			if x.Tool == "m365-copilot" {
				t.Errorf("%s is approved and watched", x.Host)
			}
		}
		if s := d.status(); len(s.Browsers) != 1 || s.Browsers[0].Kind != "firefox" {
			t.Errorf("status says %+v", s.Browsers)
		}
	})
}

func TestACleanPasteIsLetThrough(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		x := d.connect()
		x.want("welcome", "")
		x.paste(1, "chatgpt.com", "what is the weather "+canary)
		x.want("verdict", browser.Allow)
		x.paste(2, "intranet.example", "card "+cardNumber)
		x.want("verdict", browser.Allow)
		if _, up := d.windows.up(); up {
			t.Error("a nudge about nothing")
		}
		if strings.Contains(d.log.String(), canary) {
			t.Error("the log holds the text")
		}
	})
}

func TestAHeldPasteEndsAsThePersonSays(t *testing.T) {
	for answer, want := range map[card.Answer]struct {
		do  browser.FinishDo
		out report.Answer
	}{
		card.OpenApproved: {browser.DropIt, report.Switched},
		card.SafePaste:    {browser.InsertText, report.PastedSafely},
		card.NotSensitive: {browser.InsertOriginal, report.SaidNotSensitive},
		card.Allowed:      {browser.InsertOriginal, report.SaidAllowed},
		card.PasteAnyway:  {browser.InsertOriginal, report.SaidAnyway},
		card.Dismiss:      {browser.DropIt, report.Dismissed},
	} {
		for _, inPage := range []bool{true, false} {
			run(t, func(t *testing.T, d *desk) {
				x := d.connect()
				x.want("welcome", "")
				text := canary + " pay with " + cardNumber + " today"
				x.paste(7, "chatgpt.com", text)
				v := x.want("verdict", browser.Hold)
				if v.ID != 7 || !v.Window || v.Card == nil {
					t.Fatalf("got %+v", v)
				}
				c, up := d.windows.up()
				if !up || !c.Held || !c.Safe {
					t.Fatalf("the window shows %+v, %v", c, up)
				}
				if inPage {
					x.send(map[string]any{"kind": "answer", "id": 7, "answer": answer})
				} else {
					d.windows.answer(c.ID, answer)
				}
				f := x.want("finish", string(want.do))
				if answer == card.SafePaste && (strings.Contains(f.Text, cardNumber) || !strings.HasPrefix(f.Text, canary+" pay with [")) {
					t.Errorf("safe text %q", f.Text)
				}
				if answer != card.SafePaste && f.Text != "" {
					t.Error("a text was sent back")
				}
				x.send(map[string]any{"kind": "done", "id": 7, "outcome": "inserted"})
				if c, up := d.windows.up(); up != (answer == card.PasteAnyway) || up && !c.Asks {
					t.Errorf("up is %v: %+v", up, c)
				}
				d.wantCounted(nudged(want.out), report.UseCell("chatgpt", catalog.SurfaceBrowser))
				if strings.Contains(d.log.String(), canary) || strings.Contains(d.log.String(), cardNumber) {
					t.Error("the log holds the text")
				}
				if len(d.e.browsers.held) != 0 {
					t.Error("the attempt is still known")
				}
				if answer == card.NotSensitive {
					x.paste(8, "chatgpt.com", text)
					x.want("verdict", browser.Allow)
				}
			})
		}
	}
}

func TestAHeldPasteGoesWithItsPage(t *testing.T) {
	for name, go_ := range map[string]func(x *extensionEnd){
		"tab":      func(x *extensionEnd) { x.send(map[string]any{"kind": "done", "id": 1, "outcome": "gone"}) },
		"browser":  func(x *extensionEnd) { x.conn.Close() },
		"garbage":  func(x *extensionEnd) { _, _ = x.conn.Write([]byte{1, 0, 0, 0, 'x'}) },
		"too long": func(x *extensionEnd) { _, _ = x.conn.Write([]byte{0, 0, 0, 0xff}) },
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, d *desk) {
				x, other := d.connect(), d.connect()
				x.want("welcome", "")
				other.want("welcome", "")
				x.paste(1, "chatgpt.com", "card "+cardNumber)
				x.want("verdict", browser.Hold)
				go_(x)
				synctest.Wait()
				if _, up := d.windows.up(); up {
					t.Error("the card is still up")
				}
				d.wantCounted(nudged(report.Ignored), report.UseCell("chatgpt", catalog.SurfaceBrowser))
				other.paste(1, "chatgpt.com", "card "+cardNumber) // the same number of another browser
				other.want("verdict", browser.Hold)
			})
		})
	}
}

// A page may end an attempt while it is still looked at: its tab is closed, or
// nobody answered it in time. No card may stay behind that nothing belongs to.
func TestAPageThatEndsAnAttemptFirst(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		x := d.connect()
		x.want("welcome", "")
		var frames bytes.Buffer
		for _, m := range []map[string]any{
			{"kind": "attempt", "id": 1, "how": "paste", "host": "chatgpt.com", "account": "none", "text": strings.Repeat("word ", browser.MaxText/5-10) + cardNumber},
			{"kind": "done", "id": 1, "outcome": "gone"},
		} {
			b, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			if err := browser.WriteFrame(&frames, b, browser.MaxFromBrowser); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := x.conn.Write(frames.Bytes()); err != nil {
			t.Fatal(err)
		}
		x.wantSilence()
		if c, up := d.windows.up(); up {
			t.Errorf("a card is up for a page that has gone: %+v", c)
		}
		x.paste(1, "chatgpt.com", "card "+cardNumber) // another with the number
		x.want("verdict", browser.Hold)
	})
}

func TestOneClipOneNudge(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		x := d.connect()
		x.want("welcome", "")
		c := d.shownCard()
		x.paste(1, "chatgpt.com", "pay with "+cardNumber)
		x.want("verdict", browser.Hold)
		held, up := d.windows.up()
		if !up || held.ID == c.ID || !held.Held {
			t.Fatalf("up is %+v", held)
		}
		x.send(map[string]any{"kind": "answer", "id": 1, "answer": "paste_anyway"})
		x.want("finish", string(browser.InsertOriginal))
		d.wantCounted(nudged(report.SaidAnyway), report.UseCell("chatgpt", catalog.SurfaceBrowser))
		time.Sleep(nudge.AskFor)
		d.elsewhere()
		d.chatgpt()
		if _, up := d.windows.up(); up {
			t.Error("the same clip was nudged for twice")
		}
		x.paste(2, "chatgpt.com", "pay with "+cardNumber) // it was said already
		x.want("verdict", browser.Allow)
	})
}

func TestBrowsersKnowACleanClipThatWasReadAnyway(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		x := d.connect()
		key := x.want("welcome", "").Key
		d.copy("nothing special")
		d.elsewhere()
		x.wantSilence() // it was not read
		d.chatgpt()
		c := x.want("clip", "")
		n, digest := browser.Digest([]byte("nothing special"), key)
		if !c.Clean || c.Length != n || c.Digest != digest {
			t.Errorf("got %+v", c)
		}
		d.elsewhere()
		d.copy("pay with " + cardNumber)
		if c := x.want("clip", ""); c.Clean {
			t.Error("the new clip is called clean")
		}
		d.chatgpt()
		x.wantSilence()
	})
}

func TestAPauseHoldsNothing(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		x := d.connect()
		x.want("welcome", "")
		x.paste(1, "chatgpt.com", "card "+cardNumber)
		x.want("verdict", browser.Hold)
		done := make(chan struct{})
		d.e.post(d.ctx, paused{on: true, done: done})
		<-done
		x.want("finish", string(browser.DropIt))
		if w := x.want("welcome", ""); len(w.Watch) != 0 {
			t.Error("a pause watches")
		}
		x.paste(2, "chatgpt.com", "card "+cardNumber)
		x.want("verdict", browser.Allow)
	})
}

func TestAPolicyChangeRenewsWhatIsWatched(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		x := d.connect()
		x.want("welcome", "")
		x.paste(1, "chatgpt.com", "card "+cardNumber)
		x.want("verdict", browser.Hold)
		d.service.set(strings.Replace(strings.Replace(managed, "standing: unapproved", "standing: approved", 1), "serial: 7", "serial: 8", 1))
		for _, w := range x.want("welcome", "").Watch {
			if w.Tool == "chatgpt" {
				t.Fatal("an approved tool is watched")
			}
		}
		x.send(map[string]any{"kind": "answer", "id": 1, "answer": "paste_anyway"})
		x.want("finish", string(browser.InsertOriginal))
		x.paste(2, "chatgpt.com", "card "+cardNumber)
		x.want("verdict", browser.Allow)
	})
}

func TestABlockHasNoWayPast(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.service.set(strings.Replace(managed, "do: nudge", "do: block", 1))
		x := d.connect()
		w := x.want("welcome", "")
		if w.Watch[0].Fail != browser.FailClosed {
			t.Errorf("got %+v", w.Watch[0])
		}
		x.paste(1, "chatgpt.com", "card "+cardNumber)
		x.want("verdict", browser.Hold)
		x.send(map[string]any{"kind": "answer", "id": 1, "answer": "paste_anyway"})
		x.wantSilence()
		x.send(map[string]any{"kind": "answer", "id": 1, "answer": "dismiss"})
		x.want("finish", string(browser.DropIt))
	})
}

func TestALargePaste(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		x := d.connect()
		x.want("welcome", "")
		x.paste(1, "chatgpt.com", strings.Repeat("word ", browser.MaxText/5-10)+cardNumber)
		v := x.want("verdict", browser.Hold)
		for _, a := range v.Card.Answers {
			if a == card.SafePaste {
				t.Error("a text that fits into no frame is offered")
			}
		}
	})
}

// An answer from the command line is to a held paste as well, whether a window
// shows it or only its page.
func TestSafePasteFromTheCommandLine(t *testing.T) {
	for _, windows := range []bool{true, false} {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			d := newDesk(t, dir)
			if !windows {
				d.broken["windows"] = errors.New("no display")
			}
			defer d.start()()
			answer := func(a card.Answer) error {
				done := make(chan error, 1)
				d.e.post(d.ctx, answered{a, done})
				return <-done
			}
			x := d.connect()
			x.want("welcome", "")
			if err := answer(card.SafePaste); err != errNoCard {
				t.Errorf("with nothing held: %v", err)
			}
			x.paste(1, "chatgpt.com", "pay with "+cardNumber)
			x.want("verdict", browser.Hold)
			if err := answer(card.SafePaste); err != nil {
				t.Fatal(err)
			}
			if f := x.want("finish", string(browser.InsertText)); strings.Contains(f.Text, cardNumber) {
				t.Errorf("pasted %q", f.Text)
			}
			d.service.set(strings.Replace(managed, "do: nudge", "do: block", 1))
			x.want("welcome", "")
			x.paste(2, "chatgpt.com", "pay with "+cardNumber)
			x.want("verdict", browser.Hold)
			if err := answer(card.PasteAnyway); err != errNotOffered {
				t.Errorf("what a block doesn't offer: %v", err)
			}
		})
	}
}

// What was still to be sent when a browser went is wiped.
func TestFramesThatNobodyTakesAreWiped(t *testing.T) {
	x := &extension{out: make(chan []byte, maxFrames)}
	frame := []byte("pay with [card 1]")
	x.out <- frame
	x.forgetFrames()
	if len(x.out) != 0 || strings.Trim(string(frame), "\x00") != "" {
		t.Errorf("%d frames are left, the first was %q", len(x.out), frame)
	}
}
