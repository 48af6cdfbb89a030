package browsertest_test

import (
	"bytes"
	"fmt"
	"image/color"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"handrail/agent/browser"
	"handrail/agent/browsertest"
	"handrail/agent/card"
	"handrail/agent/desktoptest"
)

func TestMain(m *testing.M) {
	browsertest.Relay()
	os.Exit(m.Run())
}

// rig is one browser with the extension in it, and the session it asks.
type rig struct {
	d    *desktoptest.Desktop
	site *browsertest.Site
	s    *browsertest.Session
	b    *browsertest.Browser
	page *browsertest.Page
}

// canary is in every text that must never reach a page, or be stored anywhere.
const canary = "Kanarienvogel-7f3a91"

var question = browser.Card{
	Title: "A question " + "for you", Body: "This looks like a customer list.", Because: "Tool is not approved.", Instead: "Copilot",
	Answers: []card.Answer{card.OpenApproved, card.SafePaste, card.NotSensitive, card.PasteAnyway, card.Dismiss},
}

func TestExtension(t *testing.T) {
	for name, start := range browsers {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, name, start)
			run := func(what string, f func(*rig, *testing.T)) {
				if !t.Run(what, func(t *testing.T) { f(r, t) }) {
					r.b.Quit(t)
					r = newRig(t, name, start) // what failed must not spoil the rest
				}
			}
			for _, target := range browsertest.Targets {
				run("hold/"+target, func(r *rig, t *testing.T) { r.holds(t, target) })
			}
			run("answers", (*rig).answers)
			run("deadline", (*rig).deadline)
			run("relay killed", (*rig).relayKilled)
			run("relay stopped", (*rig).relayStopped)
			run("second paste", (*rig).secondPaste)
			run("html only", (*rig).htmlOnly)
			run("html beside text", (*rig).htmlBeside)
			run("hostile page", (*rig).hostile)
			run("files", (*rig).files)
			if name == "chromium" { // Firefox's protocol can't drag
				run("drops", (*rig).drops)
			}
			run("mouse", (*rig).mouse)
			run("unwatched page", (*rig).unwatched)
			run("watched later", (*rig).watchedLater)
			run("tab closed", (*rig).tabClosed)
			r.b.Quit(t)
			r.leavesNothing(t)
		})
	}
}

func newRig(t *testing.T, name string, start starter) *rig {
	t.Helper()
	desktoptest.Need(t, map[string]string{"chromium": "chromium", "firefox": "firefox-esr"}[name])
	r := &rig{
		d:    desktoptest.Start(t, desktoptest.Options{WM: "openbox"}),
		site: browsertest.Serve(t, host, unwatchedHost, otherHost),
		s:    browsertest.StartSession(t, host, otherHost),
	}
	r.b = start(t, r.d, r.site, browsertest.Options{Extension: browsertest.Extension(t, "../../ui/extension"), Host: r.s.Host})
	r.s.Relay(t, 0)
	r.page = r.b.Open(t, r.site.URL(host, "textarea"))
	return r
}

// over pastes text over everything that is in the target, without a look at
// what comes of it.
func (r *rig) over(t *testing.T, text string) {
	t.Helper()
	r.d.Copy(t, text)
	r.page.Press(t, "ctrl+a", "ctrl+v")
}

// attempt takes the next attempt, which must hold that text, while the page
// has seen nothing of it.
func (r *rig) attempt(t *testing.T, text string) uint64 {
	t.Helper()
	a := r.s.Attempt(t)
	if got := browsertest.Text(a); got != text || a.How != browser.Paste {
		t.Fatalf("asked about %q (how %d), want %q", got, a.How, text)
	}
	return a.ID
}

// sawNothing checks that the page's own listeners know nothing of a paste.
func (r *rig) sawNothing(t *testing.T) {
	t.Helper()
	for _, e := range r.page.Seen(t) {
		if e.Type == "paste" || e.Type == "drop" || e.Type == "beforeinput" || e.Type == "input" {
			t.Fatalf("the page saw a held paste: %+v", e)
		}
	}
}

// holds goes through the ways a paste can go, in one target.
func (r *rig) holds(t *testing.T, target string) {
	text := func(s string) string {
		if target == "input" {
			return s + ": Zoë pays 4,50 € & <b>  end \U0001F600"
		}
		return s + ": Zoë pays 4,50 € & <b>\nline two  end \U0001F600"
	}
	r.page.Navigate(t, r.site.URL(host, target))

	// Allowed, and what is on the clipboard next is known to be clean.
	allowed, clean := text("allowed"), text("clean")
	r.page.Forget(t)
	r.over(t, allowed)
	id := r.attempt(t, allowed)
	r.sawNothing(t)
	r.s.Clean(t, clean)
	r.s.Allow(t, id)
	r.arrives(t, id, allowed)

	r.page.Forget(t)
	r.over(t, clean)
	r.page.WaitText(t, clean)
	r.s.Nothing(t)

	// Held, then each end.
	original := text("original")
	r.page.Forget(t)
	r.over(t, original)
	id = r.attempt(t, original)
	r.s.Hold(t, id, question)
	r.sawNothing(t)
	r.s.Finish(t, id, browser.InsertOriginal, "")
	r.arrives(t, id, original)

	secret := text(canary)
	redacted := strings.ReplaceAll(secret, canary, "[NAME-1]")
	r.over(t, secret)
	id = r.attempt(t, secret)
	r.s.Hold(t, id, question)
	r.s.Finish(t, id, browser.InsertText, redacted)
	r.arrives(t, id, redacted)

	r.page.Forget(t)
	r.over(t, secret)
	id = r.attempt(t, secret)
	r.s.Hold(t, id, question)
	r.s.Finish(t, id, browser.DropIt, "")
	// One more goes through afterwards: the drop left nothing behind.
	r.over(t, allowed)
	id = r.attempt(t, allowed)
	r.sawNothing(t)
	r.s.Allow(t, id)
	r.arrives(t, id, allowed)
}

// arrives waits until an attempt has ended with that text in the target. Where
// an editor takes no text but a paste, the person is asked to paste once more,
// and then it goes through by itself.
func (r *rig) arrives(t *testing.T, id uint64, text string) {
	t.Helper()
	d := browsertest.Next[*browser.Done](t, r.s)
	if d.ID != id || d.Outcome == browser.Gone {
		t.Fatalf("attempt %d ended as %v", d.ID, d.Outcome)
	}
	if d.Outcome == browser.Again {
		t.Logf("%s: asked to paste again", t.Name())
		r.over(t, text)
	}
	r.page.WaitText(t, text)
}

// answers gives each answer in the page's hint, by the keyboard.
func (r *rig) answers(t *testing.T) {
	r.page.Navigate(t, r.site.URL(host, "textarea"))
	for i, answer := range question.Answers {
		secret := fmt.Sprintf("%s %d", canary, i)
		r.over(t, secret)
		id := r.attempt(t, secret)
		r.s.Hold(t, id, question)
		r.pressHint(t, i)
		if a := browsertest.Next[*browser.Answer](t, r.s); a.ID != id || a.Answer != answer {
			t.Fatalf("answer %d of attempt %d, want %d of %d", a.Answer, a.ID, answer, id)
		}
		switch answer {
		case card.SafePaste:
			r.s.Finish(t, id, browser.InsertText, "[NAME-1]")
			r.page.WaitText(t, "[NAME-1]")
			r.s.Ended(t, id, browser.Inserted)
		default:
			r.s.Finish(t, id, browser.DropIt, "")
		}
	}
}

// waitHint waits until there is a hint, and it believes a person.
func (r *rig) waitHint(t *testing.T) {
	t.Helper()
	r.page.Wait(t, "the hint", `!document.querySelector("[popover=manual]") ? false :
		new Promise(done => setTimeout(done, 300, true))`)
}

// pressHint presses the hint's button of that number. A hint believes nothing
// in its first quarter of a second.
func (r *rig) pressHint(t *testing.T, button int) {
	t.Helper()
	r.waitHint(t)
	keys := slices.Concat([]string{"alt+shift+h"}, slices.Repeat([]string{"Tab"}, button), []string{"Return"})
	r.d.Key(t, keys...)
}

// deadline lets a paste wait in vain: it goes through, but not where pastes fail
// closed, everywhere or at this host only.
func (r *rig) deadline(t *testing.T) {
	open := func(host, text string) {
		t.Helper()
		r.page.Navigate(t, r.site.URL(host, "textarea"))
		r.over(t, text)
		id := r.attempt(t, text)
		r.page.WaitText(t, text)
		r.s.Ended(t, id, browser.Inserted)
	}
	closed := func(mode func(mode string)) {
		t.Helper()
		mode(browser.FailClosed)
		r.over(t, "goes through") // afterwards the page knows the new mode
		id := r.attempt(t, "goes through")
		r.s.Allow(t, id)
		r.s.Ended(t, id, browser.Inserted)
		r.page.Forget(t)
		r.over(t, canary)
		id = r.attempt(t, canary)
		r.s.Ended(t, id, browser.Gone)
		r.sawNothing(t)
		r.page.WaitText(t, "goes through")
	}
	open(host, "nobody answers")
	closed(func(mode string) { r.s.Fail(t, mode) })
	r.s.Fail(t, browser.FailOpen)

	open(host, "nobody answers again")
	closed(func(mode string) { r.s.FailAt(t, host, mode) })
	defer r.s.FailAt(t, host, "")
	open(otherHost, "another tool")
}

// relayKilled kills the relay before a paste, under one that is being asked
// about, and under one that is held.
func (r *rig) relayKilled(t *testing.T) {
	r.page.Navigate(t, r.site.URL(host, "textarea"))
	pid := r.s.Relay(t, 0)
	r.s.Signal(t, syscall.SIGKILL)
	r.over(t, "after a kill")
	r.s.Relay(t, pid)
	id := r.attempt(t, "after a kill")
	r.s.Allow(t, id)
	r.page.WaitText(t, "after a kill")
	r.s.Ended(t, id, browser.Inserted)

	pid = r.s.Relay(t, 0)
	r.over(t, "asked twice")
	r.attempt(t, "asked twice")
	r.s.Signal(t, syscall.SIGKILL)
	r.s.Relay(t, pid)
	id = r.attempt(t, "asked twice")
	r.s.Allow(t, id)
	r.page.WaitText(t, "asked twice")
	r.s.Ended(t, id, browser.Inserted)

	// Held: the page asks by itself, and can still paste it.
	pid = r.s.Relay(t, 0)
	r.over(t, "held alone")
	id = r.attempt(t, "held alone")
	r.s.Hold(t, id, question)
	r.page.Wait(t, "the hint", `!!document.querySelector("[popover=manual]")`)
	r.s.Signal(t, syscall.SIGKILL)
	r.s.Relay(t, pid)
	r.pressHint(t, 0) // paste_anyway comes first of the two that are left
	r.page.WaitText(t, "held alone")
}

// relayStopped stops the relay, so that nothing is answered and nothing ends.
func (r *rig) relayStopped(t *testing.T) {
	r.page.Navigate(t, r.site.URL(host, "textarea"))
	r.over(t, "before the stop")
	id := r.attempt(t, "before the stop")
	r.s.Allow(t, id)
	r.s.Ended(t, id, browser.Inserted)
	r.s.Signal(t, syscall.SIGSTOP)
	resume := sync.OnceFunc(func() { r.s.Signal(t, syscall.SIGCONT) })
	defer resume()
	r.over(t, "while stopped")
	r.page.WaitText(t, "while stopped")
	resume()
	id = r.attempt(t, "while stopped")
	r.s.Ended(t, id, browser.Inserted)
}

// secondPaste pastes twice more while one is held: the first of them waits,
// the other is refused.
func (r *rig) secondPaste(t *testing.T) {
	r.page.Navigate(t, r.site.URL(host, "textarea"))
	r.page.Paste(t, "one ")
	one := r.attempt(t, "one ")
	r.s.Hold(t, one, question)
	// Of one copy: a browser that is slower than the next copy pastes nothing,
	// which the page may see.
	r.d.Copy(t, "two ")
	r.page.Press(t, "ctrl+v", "ctrl+v")
	r.page.Wait(t, "the refusal", `new Promise(done => requestAnimationFrame(() => done(true)))`)
	r.sawNothing(t)
	r.s.Finish(t, one, browser.InsertOriginal, "")
	r.s.Ended(t, one, browser.Inserted)
	two := r.attempt(t, "two ")
	r.s.Allow(t, two)
	r.page.WaitText(t, "one two ")
	r.s.Ended(t, two, browser.Inserted)
	r.page.Paste(t, "three")
	three := r.attempt(t, "three")
	r.s.Allow(t, three)
	r.s.Ended(t, three, browser.Inserted)
	r.page.WaitText(t, "one two three")
}

// hostile is a page that wants to read what is held and to press the buttons.
func (r *rig) hostile(t *testing.T) {
	r.page.Navigate(t, r.site.URL(host, "hostile"))
	r.page.Forget(t)
	r.over(t, canary)
	id := r.attempt(t, canary)
	r.s.Hold(t, id, question)
	r.waitHint(t)
	var strangers int
	r.page.Eval(t, "hostile.click()", &strangers)
	if strangers == 0 {
		t.Fatal("the page found no hint to press")
	}
	var words string
	r.page.Eval(t, "hostile.words()", &words)
	for _, w := range []string{canary, question.Title, question.Body, question.Because} {
		if strings.Contains(words, w) {
			t.Errorf("the page reads %q", w)
		}
	}
	r.sawNothing(t)
	// Had a press worked, its answer would come before this one's.
	r.pressHint(t, len(question.Answers)-1)
	if a := browsertest.Next[*browser.Answer](t, r.s); a.ID != id || a.Answer != card.Dismiss {
		t.Fatalf("answer %d of attempt %d: the page pressed a button", a.Answer, a.ID)
	}
	r.s.Finish(t, id, browser.DropIt, "")
	r.page.WaitText(t, "")
}

// mouse clicks a button of the hint.
func (r *rig) mouse(t *testing.T) {
	r.page.Navigate(t, r.site.URL(host, "textarea"))
	r.over(t, canary)
	id := r.attempt(t, canary)
	r.s.Hold(t, id, question)
	r.waitHint(t)
	blue := color.RGBA{0x1f, 0x5f, 0xbf, 0xff} // of the first button, see ui/extension/hint.js
	at := colored(look(t, r.d), blue)
	r.d.Run(t, "xdotool", "mousemove", fmt.Sprint(at.Min.X+10), fmt.Sprint(at.Min.Y+10), "click", "1")
	if a := browsertest.Next[*browser.Answer](t, r.s); a.ID != id || a.Answer != question.Answers[0] {
		t.Fatalf("answer %d of attempt %d, want %d of %d", a.Answer, a.ID, question.Answers[0], id)
	}
	r.s.Finish(t, id, browser.DropIt, "")
	r.page.WaitText(t, "")
}

// unwatched is a page that nobody asks about.
func (r *rig) unwatched(t *testing.T) {
	r.page.Navigate(t, r.site.URL(unwatchedHost, "textarea"))
	r.over(t, "somewhere else")
	r.page.WaitText(t, "somewhere else")
	r.s.Nothing(t)
}

// watchedLater has a new policy watch a page that is open, and was not watched.
func (r *rig) watchedLater(t *testing.T) {
	r.page.Navigate(t, r.site.URL(unwatchedHost, "textarea"))
	r.over(t, "not watched")
	r.page.WaitText(t, "not watched")
	r.s.Nothing(t)
	r.s.Watch(t, host, otherHost, unwatchedHost)
	defer r.s.Watch(t, host, otherHost)
	// Nobody is told when the page has heard of it: pastes go through until then.
	for i, end := 0, time.Now().Add(desktoptest.Patience); !r.s.Came(); i++ {
		if time.Now().After(end) {
			t.Fatal("the page has never heard of the new policy")
		}
		text := fmt.Sprint("watched ", i)
		r.page.Forget(t)
		r.over(t, text)
		for got := ""; got != text && !r.s.Came(); got = r.page.Text(t) {
			if time.Now().After(end) {
				t.Fatalf("%q is neither in the page nor asked about", text)
			}
		}
	}
	a := r.s.Attempt(t)
	r.sawNothing(t)
	r.s.Allow(t, a.ID)
	r.s.Ended(t, a.ID, browser.Inserted)
}

// tabClosed closes a tab, and leaves a page, while a paste is held.
func (r *rig) tabClosed(t *testing.T) {
	r.page.Navigate(t, r.site.URL(host, "textarea"))
	r.over(t, canary)
	id := r.attempt(t, canary)
	r.s.Hold(t, id, question)
	r.page.Navigate(t, r.site.URL(host, "input"))
	r.s.Ended(t, id, browser.Gone)

	page := r.b.Open(t, r.site.URL(host, "textarea"))
	page.Paste(t, canary)
	id = r.attempt(t, canary)
	r.s.Hold(t, id, question)
	page.Close(t)
	r.s.Ended(t, id, browser.Gone)
}

// leavesNothing looks for what must not have been stored or logged.
func (r *rig) leavesNothing(t *testing.T) {
	t.Helper()
	wide := new(bytes.Buffer)
	for _, u := range utf16.Encode([]rune(canary)) {
		wide.Write([]byte{byte(u), byte(u >> 8)})
	}
	if strings.Contains(r.b.Said(), canary) {
		t.Error("the browser's log holds a text that was not to be pasted")
	}
	files := 0
	err := filepath.WalkDir(r.b.Profile, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		files++
		if bytes.Contains(b, []byte(canary)) || bytes.Contains(b, wide.Bytes()) {
			t.Errorf("%s holds a text that was not to be pasted", path)
		}
		return err
	})
	if err != nil || files < 20 {
		t.Fatalf("looked at %d files of the profile: %v", files, err)
	}
}
