package main

import (
	"bytes"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/config"
	"handrail/agent/desktoptest"
	"handrail/agent/ledger"
	"handrail/agent/session"
	"handrail/detect"
)

// handrailUI builds the real window program, as the Makefile does.
func handrailUI(t *testing.T) string {
	t.Helper()
	desktoptest.Need(t, "gcc")
	path := filepath.Join(t.TempDir(), "handrail-ui")
	cmd := exec.Command("go", "build", "-trimpath", "-tags", "x11,no_emoji,no_metadata,no_animations,accessibility", "-o", path, "handrail/cmd/handrail-ui")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building handrail-ui: %v\n%s", err, out)
	}
	return path
}

// screen is what is on the screen now.
func screen(t *testing.T, d *desktoptest.Desktop) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "screen.png")
	d.Screenshot(t, path)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// amber counts the pixels of the screen that have the colour of the bar beside a
// warning, in the light look and in the dark one.
func amber(t *testing.T, d *desktoptest.Desktop) (n int) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(screen(t, d)))
	if err != nil {
		t.Fatal(err)
	}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			switch color.NRGBAModel.Convert(img.At(x, y)) {
			case color.NRGBA{0xd9, 0x8a, 0x00, 0xff}, color.NRGBA{0xf0, 0xaa, 0x2c, 0xff}:
				n++
			}
		}
	}
	return n
}

// The real session, the real windows, and nothing but keys: what a person does in
// the panel is in their files.
func TestThePanelByKeyboardAlone(t *testing.T) {
	ui := handrailUI(t)
	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
	home := t.TempDir()
	paths, err := config.Find(home)
	if err != nil {
		t.Fatal(err)
	}
	// Two things were called not sensitive, and the end of the ledger is missing.
	if err := os.MkdirAll(paths.UserState, 0o700); err != nil {
		t.Fatal(err)
	}
	list, err := session.OpenLearned(paths.UserState)
	if err != nil {
		t.Fatal(err)
	}
	list.Add(list.Mark(detect.IBAN, []byte("x")), time.Now().AddDate(0, 0, -1))
	list.Add(list.Mark(detect.PaymentCard, []byte("y")), time.Now())
	learned := filepath.Join(paths.UserState, learnedFile)
	two, err := list.Marshal()
	if err == nil {
		err = os.WriteFile(learned, two, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(paths.UserState, ledger.Name)
	l, err := ledger.Open(path, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var first []byte
	for _, s := range []string{"first", "second"} {
		if _, err := l.Append(ledger.Behaviour, []byte(s)); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			if first, err = os.ReadFile(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(path, first, 0o600); err != nil {
		t.Fatal(err)
	}

	editor := d.Window(t, desktoptest.WindowOptions{Title: "Editor"})
	_, log := launch(t, d.Command(t, "handrail", "session", "--home", home, "--ui", ui))
	c := sessionOf(t, paths)
	defer func() {
		if t.Failed() {
			t.Logf("the session's log:\n%s", log)
		}
	}()
	until(t, "the windows are there", func() bool {
		return d.Command(t, "handrail", "panel", "--tab", "ledger", "--home", home).Run() == nil
	})
	d.WaitActive(t, d.Find(t, "Handrail"))
	pages := len(card.Tabs())
	tab := func(n int) {
		for range n {
			d.Key(t, "Tab")
		}
	}

	// press waits for the effect, and until the window shows it: only then does the
	// next key go where it should.
	press := func(what string, so func() bool, keys ...string) {
		t.Helper()
		before := screen(t, d)
		d.Key(t, keys...)
		until(t, what, so)
		until(t, what+", and the panel shows it", func() bool { return !bytes.Equal(screen(t, d), before) })
	}

	// The list is checked: the end is missing, and a warning says so.
	before := amber(t, d)
	tab(pages + 1)
	d.Key(t, "Return")
	until(t, "the warning about the ledger is on the screen", func() bool { return amber(t, d) > before+100 })

	// The switch is the next one.
	off := func() bool { return session.ReportsOff(paths.UserState) }
	tab(1)
	press("reports are off", off, "space")
	press("reports are on", func() bool { return !off() }, "space")

	// On the next page the newer entry goes, and comes back: the keyboard has
	// stayed where it was.
	const iban, number = string(detect.IBAN) + " ", string(detect.PaymentCard) + " "
	have := func(want string) func() bool {
		return func() bool {
			l, err := readLearned(paths.UserState)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, x := range l.Entries() {
				got += string(x.Detector) + " "
			}
			return got == want
		}
	}
	behind := pages - slices.Index(card.Tabs(), card.TabKept.String()) // of the page's name, to the first control
	for range 1 + behind {
		d.Key(t, "shift+Tab")
	}
	d.Key(t, "Return")
	tab(behind + 1) // past "Remove all"
	press("the entry is out of the list", have(iban), "Return")
	press("the entry is back", have(iban+number), "Return")
	press("the list is empty", have(""), "shift+Tab", "Return")
	press("all are back", have(iban+number), "Return")

	// The page about what Handrail does is not offered any more.
	d.Run(t, "handrail", "panel", "--tab", "welcome", "--home", home)
	welcome := func(gotIt bool) func() bool {
		return func() bool {
			w, err := session.ReadWelcome(paths.UserState)
			return err == nil && w.Opened && w.GotIt == gotIt
		}
	}
	until(t, "the page was opened", welcome(false))
	d.Key(t, "Escape")
	d.WaitActive(t, editor.ID)
	d.Run(t, "handrail", "panel", "--tab", "welcome", "--home", home)
	d.WaitActive(t, d.Find(t, "Handrail"))
	d.Key(t, "shift+Tab") // the last control of all
	press("Got it is noted", welcome(true), "Return")

	d.Key(t, "Escape")
	d.WaitActive(t, editor.ID)
	if n := sessionStatus(t, c).ClipReads; n != 0 {
		t.Errorf("the clipboard was read %d times", n)
	}
}
