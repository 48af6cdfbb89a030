package browsertest

import (
	"bufio"
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"handrail/agent/desktoptest"
)

// startPatience is how long a browser may take to start: on a busy computer
// Firefox takes more than a minute.
const startPatience = 4 * desktoptest.Patience

// Options says what a browser has in it.
type Options struct {
	Extension string // the folder of the extension; "" for none
	Host      string // the native-messaging host's program; "" for none
	// Profile is that of a browser which has quit; "" for a new one.
	Profile string
	// Machine is what the browser runs on, nil for this computer as it is. Its
	// policies may bring an extension.
	Machine *Machine
}

// Browser is a running browser on a desktop. Its methods fail the test when
// something does not work.
type Browser struct {
	Name    string // "chromium" or "firefox"
	Profile string // the folder of its profile

	d      *desktoptest.Desktop
	on     *Machine
	cmd    *exec.Cmd
	window uint32
	wire   *wire
	drive  driver

	extension string // by what Firefox's driver knows it

	mu   sync.Mutex
	said strings.Builder // what it printed, its pages' and extensions' consoles included
}

// driver is what the debugging protocols of the two browsers differ in.
type driver interface {
	open() (page string, err error)
	navigate(page, url string) error
	eval(page, expression string) (json.RawMessage, error)
	front(page string) error
	choose(page, selector string, paths []string) error
	shut(page string) error
	quit() error
}

func newBrowser(t TB, d *desktoptest.Desktop, name string, o Options) *Browser {
	t.Helper()
	b := &Browser{Name: name, Profile: o.Profile, d: d, on: o.Machine}
	if b.Profile == "" {
		b.Profile = filepath.Join(t.TempDir(), name)
	}
	if err := os.MkdirAll(b.Profile, 0o700); err != nil {
		t.Fatal(err)
	}
	return b
}

// start starts the program and connects to the address that it prints.
func (b *Browser) start(t TB, program string, args ...string) {
	t.Helper()
	if b.on != nil {
		b.cmd = b.on.Command(t, b.d, program, args...)
	} else {
		b.cmd = b.d.Command(t, program, args...)
	}
	errs, err := b.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := b.cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", program, err)
	}
	addr := make(chan string, 1)
	go func() {
		defer close(addr)
		lines := bufio.NewScanner(errs)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			b.mu.Lock()
			b.said.WriteString(lines.Text() + "\n")
			b.mu.Unlock()
			if _, url, ok := strings.Cut(lines.Text(), "istening on "); ok && strings.HasPrefix(url, "ws://") {
				addr <- url
			}
		}
	}()
	select {
	case url, ok := <-addr:
		if !ok {
			t.Fatalf("%s ended at once:\n%s", program, b.Said())
		}
		if b.Name == "firefox" {
			url += "/session"
		}
		if b.wire, err = dial(url); err != nil {
			t.Fatalf("connecting to %s: %v", program, err)
		}
	case <-time.After(startPatience):
		t.Fatalf("%s did not come up:\n%s", program, b.Said())
	}
}

// Said returns what the browser has printed so far, with the consoles of pages
// and extensions.
func (b *Browser) Said() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.said.String()
}

// Quit closes the browser as a person does, and waits until it has written its
// profile and is gone.
func (b *Browser) Quit(t TB) {
	t.Helper()
	_ = b.drive.quit() // it may go before it answers
	done := make(chan struct{})
	go func() {
		_ = b.cmd.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(desktoptest.Patience):
		_ = b.cmd.Process.Kill()
		<-done
		t.Fatalf("%s does not end", b.Name)
	}
}

// Page is one tab.
type Page struct {
	b  *Browser
	id string
}

// Open opens an address in a tab of its own and waits until the page is ready.
func (b *Browser) Open(t TB, url string) *Page {
	t.Helper()
	id, err := b.drive.open()
	if err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	p := &Page{b, id}
	p.Navigate(t, url)
	return p
}

// Navigate opens another address in the tab.
func (p *Page) Navigate(t TB, url string) {
	t.Helper()
	if err := p.b.drive.navigate(p.id, url); err != nil {
		t.Fatalf("opening %s: %v", url, err)
	}
	if err := p.b.drive.front(p.id); err != nil {
		t.Fatalf("bringing the tab to the front: %v", err)
	}
	p.waitPicture(t)
}

// waitPicture waits until the page is there and drawn: Chromium drops keys that
// come before a page's first picture.
func (p *Page) waitPicture(t TB) {
	t.Helper()
	p.Wait(t, "the page", `!!window.site && site.text().then(() =>
		new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))`)
}

// Eval evaluates JavaScript in the page, waits for a promise, and reads the
// value into out, which may be nil.
func (p *Page) Eval(t TB, expression string, out any) {
	t.Helper()
	value, err := p.b.drive.eval(p.id, expression)
	if err != nil {
		t.Fatalf("evaluating %.200s: %v", expression, err)
	}
	if out == nil {
		return
	}
	if err := json.Unmarshal(value, out); err != nil {
		t.Fatalf("evaluating %.200s: %s: %v", expression, value, err)
	}
}

// Wait waits until a JavaScript expression is true in the page; what names it in the failure.
func (p *Page) Wait(t TB, what, expression string) {
	t.Helper()
	deadline := time.Now().Add(desktoptest.Patience)
	for {
		value, err := p.b.drive.eval(p.id, `new Promise((done, fail) => {
			const start = performance.now()
			const ask = async () => {
				try {
					if (await (`+expression+`)) return done(true)
				} catch (e) { return fail(e) }
				if (performance.now() - start > 5000) return done(false)
				setTimeout(ask, 10)
			}
			ask()
		})`)
		if err == nil && string(value) == "true" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s: %v", what, err)
		}
	}
}

// Text returns what is in the page's target.
func (p *Page) Text(t TB) string {
	t.Helper()
	var text string
	p.Eval(t, "site.text()", &text)
	return text
}

// WaitText waits until the target's text is exactly that.
func (p *Page) WaitText(t TB, text string) {
	t.Helper()
	want, _ := json.Marshal(text)
	value, err := p.b.drive.eval(p.id, `new Promise(done => {
		const start = performance.now()
		const ask = async () => {
			const text = await site.text()
			if (text === `+string(want)+` || performance.now() - start > 10000) return done(text)
			setTimeout(ask, 10)
		}
		ask()
	})`)
	if err != nil {
		t.Fatalf("reading the page: %v", err)
	}
	var got string
	if err := json.Unmarshal(value, &got); err != nil {
		t.Fatal(err)
	}
	if got != text {
		t.Fatalf("the page holds %s\nwant %s", quoted(got), quoted(text))
	}
}

// Seen is one event as the page's own listeners saw it.
type Seen struct {
	Type    string  // "paste", "beforeinput", "input", "drop", "change"
	Kind    string  // the inputType
	Text    string  // the data that the event carried
	Trusted bool    // it came from a person
	At      float64 // milliseconds since the page was opened
}

// Seen returns what the page's own listeners have seen since Forget.
func (p *Page) Seen(t TB) []Seen {
	t.Helper()
	var seen []Seen
	p.Eval(t, "seen", &seen)
	return seen
}

// Forget drops what the page has seen so far.
func (p *Page) Forget(t TB) {
	t.Helper()
	p.Eval(t, "site.forget()", nil)
}

// Focus gives the browser's window the keyboard and puts the caret into the
// page's target.
func (p *Page) Focus(t TB) {
	t.Helper()
	p.b.d.Activate(t, p.b.window)
	p.Wait(t, "the page to have the keyboard", "site.focus()")
	// A page can have the keyboard and get nothing: browsers drop keys that come
	// too early, and say nothing of when that is over.
	var hears bool
	p.Eval(t, "site.hears(0)", &hears)
	for deadline := time.Now().Add(desktoptest.Patience); !hears; p.Eval(t, "site.hears(300)", &hears) {
		if time.Now().After(deadline) {
			t.Fatalf("no key reaches the page")
		}
		p.b.d.Key(t, "Shift_L")
	}
}

// Paste puts text on the clipboard and pastes it into the target by the
// keyboard.
func (p *Page) Paste(t TB, text string) *desktoptest.Owner {
	t.Helper()
	o := p.b.d.Copy(t, text)
	p.Press(t, "ctrl+v")
	return o
}

// Press puts the caret into the target and presses keys, such as "ctrl+v".
func (p *Page) Press(t TB, keys ...string) {
	t.Helper()
	p.Focus(t)
	p.b.d.Key(t, keys...)
}

// Choose chooses files in the page's file chooser, as from its dialog.
func (p *Page) Choose(t TB, paths ...string) {
	t.Helper()
	if err := p.b.drive.choose(p.id, "#file", paths); err != nil {
		t.Fatalf("choosing files: %v", err)
	}
}

// Close closes the tab.
func (p *Page) Close(t TB) {
	t.Helper()
	if err := p.b.drive.shut(p.id); err != nil {
		t.Fatalf("closing a tab: %v", err)
	}
}

func quoted(s string) string {
	if len(s) > 400 {
		s = s[:400] + "…"
	}
	b, _ := json.Marshal(s)
	return string(b)
}

func splitAddr(addr string) (host, port string) {
	host, port, _ = net.SplitHostPort(addr)
	return host, port
}

func timeout(d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	context.AfterFunc(ctx, cancel)
	return ctx
}
