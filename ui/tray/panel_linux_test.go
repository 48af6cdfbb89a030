package tray

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"handrail/agent/card"
	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
)

// Real panel, real pointer: the icon is seen, follows the state, and its menu
// opens and is used. With HANDRAIL_PICTURES set, pictures are left there.
func TestIconOnARealPanel(t *testing.T) {
	d := desktoptest.Start(t, desktoptest.Options{WM: "openbox", Size: "800x500"})
	s := startSession(t, d.Env())
	s.show(t, card.Tray{State: card.TrayWatching, Past: past[:4]})
	d.Tray(t)

	see := func(icon Icon) image.Point {
		t.Helper()
		return waitForPixels(t, d, "the icon "+string(icon), 40, func(_, _ int, c color.Color) bool { return near(c, drawnFill[icon]) })
	}
	at := see(Watching)
	s.show(t, card.Tray{State: card.TrayPaused, Past: past[:4]})
	see(Paused)
	picture(t, d, "tray-paused.png")
	s.show(t, card.Tray{State: card.TrayBlind, Why: coverage.SensorFailed, Past: past[:4]})
	see(Blind)
	picture(t, d, "tray-blind.png")
	s.show(t, card.Tray{State: card.TrayWatching, Past: past[:4]})
	see(Watching)

	d.Run(t, "xdotool", "mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", "1")
	// Below the panel the screen is black.
	drawn := func(x, y int, c color.Color) bool { return y > 50 && !near(c, color.NRGBA{}) }
	menu := waitForPixels(t, d, "the menu", 5000, drawn)
	picture(t, d, "tray-menu.png")
	d.Key(t, "Down", "Down", "Down", "Right")
	waitForPixels(t, d, "the recent nudges", 5000, func(x, y int, c color.Color) bool { return x > 2*menu.X+20 && drawn(x, y, c) })
	picture(t, d, "tray.png")
	d.Key(t, "Left", "Up", "Return")
	s.choice(t, card.ChooseCoverage)
	s.close(t)
}

// picture leaves a picture for people.
func picture(t *testing.T, d *desktoptest.Desktop, name string) {
	t.Helper()
	if dir := os.Getenv("HANDRAIL_PICTURES"); dir != "" {
		d.Screenshot(t, filepath.Join(dir, name))
	}
}

// waitForPixels waits until the screen has that many pixels that count, and
// says where their middle is.
func waitForPixels(t *testing.T, d *desktoptest.Desktop, what string, enough int, counts func(x, y int, c color.Color) bool) image.Point {
	t.Helper()
	path := filepath.Join(t.TempDir(), "screen.png")
	for end := time.Now().Add(patience); ; {
		d.Screenshot(t, path)
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		var sum image.Point
		n := 0
		for y := range m.Bounds().Dy() {
			for x := range m.Bounds().Dx() {
				if counts(x, y, m.At(x, y)) {
					sum, n = sum.Add(image.Pt(x, y)), n+1
				}
			}
		}
		if n >= enough {
			return sum.Div(n)
		}
		if time.Now().After(end) {
			t.Fatalf("%s can't be seen: %d pixels, want %d", what, n, enough)
		}
	}
}

func near(a color.Color, b color.NRGBA) bool {
	r, g, bl, _ := a.RGBA()
	off := func(x uint32, y uint8) bool { return max(int(x>>8), int(y))-min(int(x>>8), int(y)) > 12 }
	return !off(r, b.R) && !off(g, b.G) && !off(bl, b.B)
}
