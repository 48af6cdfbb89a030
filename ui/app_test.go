package ui

import (
	"errors"
	"image"
	"io"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"handrail/agent/card"
	"handrail/detect"
)

// desktop is the operating system of these tests, at the seam: it has one
// window, and hands it out in the order in which a real one does.
type desktop struct {
	mu     sync.Mutex
	did    []string
	handle uintptr
	at     image.Point
	hotkey string
	broken error
}

func (d *desktop) note(s string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.did = append(d.did, s)
}

func (d *desktop) Own(uintptr) error              { d.note("own"); return nil }
func (d *desktop) Enter() (string, error)         { d.note("enter"); return d.hotkey, d.broken }
func (d *desktop) Leave()                         { d.note("leave") }
func (d *desktop) TakeKeyboard(uint32) error      { d.note("keyboard"); return nil }
func (d *desktop) Area() (image.Rectangle, error) { return image.Rect(0, 0, 1000, 700), nil }
func (d *desktop) Bounds() (image.Rectangle, error) {
	return image.Rectangle{}, errors.New("no such thing here")
}
func (d *desktop) Handle() uintptr { return d.handle }
func (d *desktop) Move(x, y int)   { d.at = image.Pt(x, y) }

// parent is the session's end of the pipe.
type parent struct {
	t    *testing.T
	enc  *card.Encoder
	in   *io.PipeWriter
	says chan card.Message
	exit chan int
	desk *desktop
	app  *App
	win  fyne.Window
}

func start(t *testing.T) *parent {
	t.Helper()
	a := test.NewTempApp(t)
	in, toChild := io.Pipe()
	fromChild, out := io.Pipe()
	p := &parent{t: t, in: toChild, enc: card.NewEncoder(toChild), says: make(chan card.Message, 16), exit: make(chan int, 1),
		desk: &desktop{handle: 42, hotkey: "Ctrl+Alt+H"}, win: test.NewTempWindow(t, nil)}
	go func() {
		for dec := card.NewDecoder(fromChild); ; {
			m, err := dec.Decode()
			if err != nil {
				close(p.says)
				return
			}
			p.says <- m
		}
	}()
	p.app = Start(Options{In: in, Out: out, App: a, Window: p.win, Native: p.desk, Stage: p.desk, Exit: func(code int) {
		select {
		case p.exit <- code:
		default:
		}
		out.Close()
	}})
	t.Cleanup(func() { toChild.Close() })
	p.want(card.Message{Kind: card.Hello, Version: card.Protocol})
	p.want(card.Message{Kind: card.Ready})
	return p
}

func (p *parent) say(m card.Message) {
	p.t.Helper()
	if err := p.enc.Encode(m); err != nil {
		p.t.Fatal(err)
	}
}

func (p *parent) want(want card.Message) {
	p.t.Helper()
	select {
	case got := <-p.says:
		if got != want {
			p.t.Fatalf("it says %+v, want %+v", got, want)
		}
	case <-time.After(30 * time.Second):
		p.t.Fatalf("it never says %+v", want)
	}
}

func (p *parent) wantExit(code int) {
	p.t.Helper()
	select {
	case got := <-p.exit:
		if got != code {
			p.t.Errorf("exit code %d, want %d", got, code)
		}
	case <-time.After(30 * time.Second):
		p.t.Fatal("it does not end")
	}
}

func (p *parent) hello() *parent {
	p.t.Helper()
	p.say(card.Message{Kind: card.Hello, Version: card.Protocol})
	return p
}

func nudge(id card.ID) *card.Card {
	return &card.Card{ID: id, Tool: "ChatGPT", Domain: "chatgpt.com", Class: detect.ClassCard, Count: 1, Instead: "Copilot", Because: "It is kept there."}
}

func TestShowAnswerWithdraw(t *testing.T) {
	p := start(t).hello()
	p.say(card.Message{Kind: card.Show, Card: nudge(1)})
	p.want(card.Message{Kind: card.Shown, ID: 1, Hotkey: "Ctrl+Alt+H"})
	size := p.app.popup.MinSize()
	if want := image.Pt(1000-16-int(size.Width), 700-16-int(size.Height)); p.desk.at.Sub(want).X > 1 || want.Sub(p.desk.at).Y > 1 {
		t.Errorf("the window is at %v, want %v", p.desk.at, want)
	}
	p.app.Pressed(7)
	p.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	p.want(card.Message{Kind: card.Answered, ID: 1, Answer: card.OpenApproved})

	p.say(card.Message{Kind: card.Show, Card: nudge(2)})
	p.want(card.Message{Kind: card.Shown, ID: 2, Hotkey: "Ctrl+Alt+H"})
	p.say(card.Message{Kind: card.Withdraw, ID: 1}) // late: it is gone
	p.say(card.Message{Kind: card.Show, Card: nudge(3)})
	p.want(card.Message{Kind: card.Closed, ID: 2})
	p.want(card.Message{Kind: card.Shown, ID: 3, Hotkey: "Ctrl+Alt+H"})
	p.say(card.Message{Kind: card.Withdraw, ID: 3})
	p.want(card.Message{Kind: card.Closed, ID: 3})
	p.say(card.Message{Kind: card.Quit})
	p.wantExit(ExitOK)

	p.desk.mu.Lock()
	defer p.desk.mu.Unlock()
	want := []string{"own", "enter", "keyboard", "leave", "enter", "leave", "enter", "leave"}
	if len(p.desk.did) != len(want) {
		t.Fatalf("it did %v, want %v", p.desk.did, want)
	}
	for i := range want {
		if p.desk.did[i] != want[i] {
			t.Fatalf("it did %v, want %v", p.desk.did, want)
		}
	}
}

// The panel is a window of its own, and nudges come and go beside it.
func TestPanel(t *testing.T) {
	p := start(t).hello()
	what := func(tab card.Tab) card.Message {
		return card.Message{Kind: card.ShowPanel, Panel: &card.Panel{Tab: tab, Version: "1.2.3"}}
	}
	nudged := func(id card.ID) {
		t.Helper()
		p.say(card.Message{Kind: card.Show, Card: nudge(id)})
		p.want(card.Message{Kind: card.Shown, ID: id, Hotkey: "Ctrl+Alt+H"})
		p.say(card.Message{Kind: card.Withdraw, ID: id})
		p.want(card.Message{Kind: card.Closed, ID: id})
	}
	p.say(what(0)) // late: it opens nothing
	nudged(1)
	if p.app.panel.window != nil {
		t.Fatal("news opened a panel")
	}
	for id := card.ID(2); id < 6; id += 2 { // and once more after it was closed
		p.say(what(card.TabLedger))
		nudged(id) // only then the panel has been opened, too
		w := p.app.panel.window
		if w == p.win || w.Title() != "Handrail" || !p.app.panel.open.Load() {
			t.Fatalf("the panel is %q, open: %v", w.Title(), p.app.panel.open.Load())
		}
		p.say(what(0))
		nudged(id + 1) // only then that has been drawn; the driver of tests does both at once
		fyne.DoAndWait(func() { w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
		p.want(card.Message{Kind: card.PanelShut})
	}
	p.say(what(card.TabCoverage))
	nudged(6)
	fyne.DoAndWait(p.app.shutPanel) // what the window's close button does
	p.want(card.Message{Kind: card.PanelShut})
	p.say(card.Message{Kind: card.Quit})
	p.wantExit(ExitOK)

	p.desk.mu.Lock()
	defer p.desk.mu.Unlock()
	for _, d := range p.desk.did {
		if d == "keyboard" {
			t.Error("the nudge took the keyboard")
		}
	}
}

// What is done in the panel goes to the parent.
func TestPanelControls(t *testing.T) {
	p := start(t).hello()
	p.say(card.Message{Kind: card.ShowPanel, Panel: &card.Panel{Tab: card.TabKept, Values: 2}})
	p.say(card.Message{Kind: card.Show, Card: nudge(1)})
	p.want(card.Message{Kind: card.Shown, ID: 1, Hotkey: "Ctrl+Alt+H"}) // only then the panel has been opened, too
	c := p.app.panel.window.Canvas()
	fyne.DoAndWait(func() {
		c.FocusPrevious() // the last of all
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	})
	p.want(card.Message{Kind: card.Acted, Action: card.ForgetValues})
	p.say(card.Message{Kind: card.Quit})
	p.wantExit(ExitOK)
}

// The hotkey of a nudge that has just gone moves nothing.
func TestHotkeyTooLate(t *testing.T) {
	p := start(t).hello()
	p.app.Pressed(7)
	p.say(card.Message{Kind: card.Show, Card: nudge(1)})
	p.want(card.Message{Kind: card.Shown, ID: 1, Hotkey: "Ctrl+Alt+H"})
	p.desk.mu.Lock()
	defer p.desk.mu.Unlock()
	for _, d := range p.desk.did {
		if d == "keyboard" {
			t.Error("the keyboard was taken")
		}
	}
}

func TestAWindowThatMayNotBeShown(t *testing.T) {
	p := start(t).hello()
	p.desk.broken = errors.New("it is the window manager's")
	p.say(card.Message{Kind: card.Show, Card: nudge(1)})
	p.want(card.Message{Kind: card.Failed, ID: 1, Reason: card.ReasonWindow})
}

func TestParentsThatAreNone(t *testing.T) {
	t.Run("gone", func(t *testing.T) {
		p := start(t)
		p.in.Close()
		p.wantExit(ExitOK)
	})
	t.Run("garbage", func(t *testing.T) {
		p := start(t)
		_, _ = io.WriteString(p.in, "garbage\n")
		p.wantExit(ExitGarbage)
	})
	t.Run("its own words", func(t *testing.T) {
		p := start(t).hello()
		p.say(card.Message{Kind: card.Ready})
		p.wantExit(ExitGarbage)
	})
	t.Run("newer", func(t *testing.T) {
		p := start(t)
		p.say(card.Message{Kind: card.Hello, Version: card.Protocol + 1})
		p.wantExit(ExitVersion)
	})
}
