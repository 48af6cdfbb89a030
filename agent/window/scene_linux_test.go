package window

import (
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"

	"handrail/agent/card"
	"handrail/agent/desktoptest"
	"handrail/agent/x11"
	"handrail/detect"
)

var built struct {
	sync.Once
	dir, path string
	err       error
}

// handrailUI builds the real program, as the Makefile does, once for all tests.
func handrailUI(t testing.TB) string {
	t.Helper()
	desktoptest.Need(t, "gcc")
	built.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "handrail-ui"); built.err != nil {
			return
		}
		afterwards = append(afterwards, func() { os.RemoveAll(built.dir) })
		built.path = filepath.Join(built.dir, "handrail-ui")
		cmd := exec.Command("go", "build", "-trimpath", "-tags", "x11,no_emoji,no_metadata", "-o", built.path, "handrail/cmd/handrail-ui")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
		cmd.Stderr = os.Stderr
		built.err = cmd.Run()
	})
	if built.err != nil {
		t.Fatalf("building handrail-ui: %v", built.err)
	}
	return built.path
}

// scene is a desktop with an editor that has the keyboard, and an eye that
// sees what is really on the screen, through a connection of its own.
type scene struct {
	*desktoptest.Desktop
	editor *desktoptest.Window
	eye    *x11.Conn
	root   xproto.Window
	mapped chan xproto.MapNotifyEvent // of unmanaged windows
}

func newScene(t *testing.T, wm string) *scene {
	t.Helper()
	d := desktoptest.Start(t, desktoptest.Options{WM: wm})
	d.Use(t)
	s := &scene{Desktop: d, mapped: make(chan xproto.MapNotifyEvent, 64)}
	var err error
	if s.eye, err = x11.Dial(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.eye.Close)
	s.root = s.eye.Root
	if _, err := s.eye.Extension("XTEST"); err != nil {
		t.Fatal(err)
	}
	s.editor = d.Window(t, desktoptest.WindowOptions{Title: "Editor"})
	s.give(t, s.editor)
	s.editor.Forget()
	err = xproto.ChangeWindowAttributesChecked(s.eye.Conn, s.root, xproto.CwEventMask, []uint32{xproto.EventMaskSubstructureNotify}).Check()
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			ev, xerr := s.eye.WaitForEvent()
			if ev == nil && xerr == nil {
				return
			}
			if e, ok := ev.(xproto.MapNotifyEvent); ok && e.OverrideRedirect {
				select {
				case s.mapped <- e:
				default: // nobody looks
				}
			}
		}
	}()
	return s
}

// give gives a new window the keyboard and waits until it has taken note.
func (s *scene) give(t *testing.T, w *desktoptest.Window) {
	t.Helper()
	s.Activate(t, w.ID)
	s.until(t, "the window has the keyboard", func() bool { return s.focused(t) == xproto.Window(w.ID) })
	w.Wait(t, "the keyboard", has(desktoptest.FocusIn))
}

// start starts the real handrail-ui.
func (s *scene) start(t *testing.T, env ...string) *Child {
	t.Helper()
	c, err := Start(t.Context(), Options{Path: handrailUI(t), Env: append(s.Env(), env...), Log: discard})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func nudge(id card.ID) card.Card {
	return card.Card{ID: id, Tool: "ChatGPT", Domain: "chatgpt.com", Class: detect.ClassContacts, Count: 14,
		Instead: "Microsoft 365 Copilot", Because: "These people have not agreed that their details go to this tool."}
}

// next waits for an event of the child; it may be preceded by EventReady.
func next(t *testing.T, c *Child, want card.EventKind) card.Event {
	t.Helper()
	deadline := time.After(desktoptest.Patience)
	for {
		select {
		case e, ok := <-c.Events():
			if ok && e.Kind == want {
				return e
			}
			if !ok || e.Kind != card.EventReady {
				t.Fatalf("event %+v (open: %v), want kind %d", e, ok, want)
			}
		case <-deadline:
			t.Fatalf("no event of kind %d came", want)
		}
	}
}

// show shows a card and returns the event.
func show(t *testing.T, c *Child, k card.Card) card.Event {
	t.Helper()
	if err := c.Show(k); err != nil {
		t.Fatal(err)
	}
	e := next(t, c, card.EventShown)
	if e.ID != k.ID {
		t.Fatalf("card %d was shown, want %d", e.ID, k.ID)
	}
	return e
}

// until asks again until ok; every question is a round trip to the X server.
func (s *scene) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(desktoptest.Patience); !ok(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// nudgeWindow returns the child's window that is on the screen, 0 if none.
func (s *scene) nudgeWindow(t *testing.T, c *Child) xproto.Window {
	t.Helper()
	tree, err := xproto.QueryTree(s.eye.Conn, s.root).Reply()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range tree.Children {
		at, err := xproto.GetWindowAttributes(s.eye.Conn, w).Reply()
		if err == nil && at.MapState == xproto.MapStateViewable && s.eye.PID(w, 0) == c.PID() {
			return w
		}
	}
	return 0
}

func (s *scene) bounds(t *testing.T, w xproto.Window) image.Rectangle {
	t.Helper()
	b, err := (&Stage{conn: s.eye}).bounds(w)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// covered says whether a window lies above another and over it.
func (s *scene) covered(t *testing.T, w xproto.Window) bool {
	t.Helper()
	tree, err := xproto.QueryTree(s.eye.Conn, s.root).Reply()
	if err != nil {
		t.Fatal(err)
	}
	b, above := s.bounds(t, w), false
	for _, x := range tree.Children {
		if x == w {
			above = true
			continue
		}
		at, err := xproto.GetWindowAttributes(s.eye.Conn, x).Reply()
		if err != nil || !above || at.MapState != xproto.MapStateViewable || at.Class != xproto.WindowClassInputOutput {
			continue
		}
		if o, err := (&Stage{conn: s.eye}).bounds(x); err == nil && o.Overlaps(b) {
			return true
		}
	}
	return false
}

// picture is what is on the screen there.
func (s *scene) picture(t *testing.T, b image.Rectangle) *image.NRGBA {
	t.Helper()
	r, err := xproto.GetImage(s.eye.Conn, xproto.ImageFormatZPixmap, xproto.Drawable(s.root),
		int16(b.Min.X), int16(b.Min.Y), uint16(b.Dx()), uint16(b.Dy()), ^uint32(0)).Reply()
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewNRGBA(b)
	for i := 0; i+3 < len(r.Data) && i+3 < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = r.Data[i+2], r.Data[i+1], r.Data[i], 0xff
	}
	return img
}

// The colours of ui/popup by which the eye knows a nudge: light and dark.
var (
	barColours     = []color.NRGBA{{0xd9, 0x8a, 0x00, 0xff}, {0xf0, 0xaa, 0x2c, 0xff}}
	primaryColours = []color.NRGBA{{0x0f, 0x6b, 0x5c, 0xff}, {0x45, 0xc2, 0xa8, 0xff}}
)

func count(img *image.NRGBA, colours []color.NRGBA) (n int, where image.Rectangle) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			for _, c := range colours {
				if img.NRGBAAt(x, y) == c {
					n++
					where = where.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
	}
	return n, where
}

// seen proves that a nudge is really to be seen: on the screen, unmanaged, in
// the lower right corner of the area, above the others, and painted. It
// returns where the big button is.
func (s *scene) seen(t *testing.T, c *Child, area image.Rectangle) (button image.Rectangle) {
	t.Helper()
	w := s.nudgeWindow(t, c)
	if w == 0 {
		t.Fatal("a card is said to be shown, and no window is on the screen")
	}
	at, err := xproto.GetWindowAttributes(s.eye.Conn, w).Reply()
	if err != nil || !at.OverrideRedirect {
		t.Fatalf("the nudge's window is managed by the window manager (%v)", err)
	}
	b := s.bounds(t, w)
	if want := area.Max.Sub(image.Pt(16, 16)); b.Max != want || !b.In(area) {
		t.Fatalf("the nudge is at %v, want its corner at %v within %v", b, want, area)
	}
	if s.covered(t, w) {
		t.Fatal("the nudge is covered by another window")
	}
	s.until(t, "the nudge is painted", func() bool {
		img := s.picture(t, b)
		bar, _ := count(img, barColours)
		big, where := count(img, primaryColours)
		button = where
		return bar > 3*b.Dy() && big > 5000
	})
	return button
}

var screen = image.Rect(0, 0, 1280, 800)

// fake presses and releases a key or button, as a keyboard or mouse would.
func (s *scene) fake(press, release byte, detail byte) {
	xtest.FakeInput(s.eye.Conn, press, detail, 0, s.root, 0, 0, 0)
	xtest.FakeInput(s.eye.Conn, release, detail, 0, s.root, 0, 0, 0)
}

func (s *scene) click(t *testing.T, at image.Point) {
	t.Helper()
	xtest.FakeInput(s.eye.Conn, xproto.MotionNotify, 0, 0, s.root, int16(at.X), int16(at.Y), 0)
	s.fake(xproto.ButtonPress, xproto.ButtonRelease, 1)
	s.eye.Sync()
}

// typist types the alphabet, over and over, until it is stopped.
type typist struct {
	stop, done chan struct{}
	typed      []byte
}

func (s *scene) typeOn(t *testing.T) *typist {
	t.Helper()
	keys := map[byte]byte{}
	st := &Stage{conn: s.eye}
	for c := byte('a'); c <= 'z'; c++ {
		codes := st.codes(xproto.Keysym(c))
		if len(codes) == 0 {
			t.Fatalf("no key types %c", c)
		}
		keys[c] = byte(codes[0])
	}
	p := &typist{stop: make(chan struct{}), done: make(chan struct{})}
	pace := time.NewTicker(4 * time.Millisecond) // a fast typist is ten times slower
	go func() {
		defer close(p.done)
		defer pace.Stop()
		for c := byte('a'); ; {
			select {
			case <-p.stop:
				return
			case <-pace.C:
			}
			s.fake(xproto.KeyPress, xproto.KeyRelease, keys[c])
			s.eye.Sync()
			p.typed = append(p.typed, c)
			if c++; c > 'z' {
				c = 'a'
			}
		}
	}()
	return p
}

// end stops typing and returns all that was typed.
func (p *typist) end() string {
	close(p.stop)
	<-p.done
	return string(p.typed)
}

func (s *scene) focused(t *testing.T) xproto.Window {
	t.Helper()
	f, err := xproto.GetInputFocus(s.eye.Conn).Reply()
	if err != nil {
		t.Fatal(err)
	}
	return f.Focus
}

func focusOuts(w *desktoptest.Window) int {
	n := 0
	for _, e := range w.Events() {
		if e.Kind == desktoptest.FocusOut {
			n++
		}
	}
	return n
}
