package main

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"handrail/agent/desktoptest"
)

// sighting is a nudge that appeared on the screen, or went away.
type sighting struct {
	at    time.Time
	shown bool
	x, y  int
	w, h  int

	window xproto.Window
}

// watchNudges tells of each nudge that comes on the screen and goes, as the X
// server reports it: what a person sees, whatever our own programs say.
func watchNudges(t desktoptest.TB, display string) <-chan sighting {
	t.Helper()
	conn, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatalf("connecting to %s: %v", display, err)
	}
	t.Cleanup(conn.Close)
	screen := xproto.Setup(conn).DefaultScreen(conn)
	err = xproto.ChangeWindowAttributesChecked(conn, screen.Root, xproto.CwEventMask, []uint32{xproto.EventMaskSubstructureNotify}).Check()
	if err != nil {
		t.Fatalf("watching the screen: %v", err)
	}
	seen := make(chan sighting, 64)
	go func() {
		defer close(seen)
		up := map[xproto.Window]bool{}
		for {
			ev, xerr := conn.WaitForEvent()
			if ev == nil && xerr == nil {
				return
			}
			at := time.Now()
			switch e := ev.(type) {
			case xproto.MapNotifyEvent:
				g, err := xproto.GetGeometry(conn, xproto.Drawable(e.Window)).Reply()
				// A nudge is nobody's but the X server's; the panel is an ordinary
				// window.
				if err != nil || !e.OverrideRedirect || !isNudge(conn, e.Window) {
					continue
				}
				where := image.Rect(int(g.X), int(g.Y), int(g.X)+int(g.Width), int(g.Y)+int(g.Height))
				if !where.Overlaps(image.Rect(0, 0, int(screen.WidthInPixels), int(screen.HeightInPixels))) {
					continue // a window being warmed up where nobody sees it
				}
				up[e.Window] = true
				seen <- sighting{at, true, int(g.X), int(g.Y), int(g.Width), int(g.Height), e.Window}
			case xproto.UnmapNotifyEvent:
				if up[e.Window] {
					delete(up, e.Window)
					seen <- sighting{at: at}
				}
			case xproto.DestroyNotifyEvent:
				if up[e.Window] {
					delete(up, e.Window)
					seen <- sighting{at: at}
				}
			}
		}
	}()
	return seen
}

// bigButtonColours are what popup.Light and popup.Dark paint the big button with.
var bigButtonColours = []color.Color{color.NRGBA{0x0f, 0x6b, 0x5c, 0xff}, color.NRGBA{0x45, 0xc2, 0xa8, 0xff}}

// bigButton finds the big button of a nudge as a person does, on the screen: how
// far down it is depends on the words.
func (s *story) bigButton(n sighting) (x, y int) {
	s.t.Helper()
	x = n.x + n.w/4 // beside the label
	s.wait("the nudge has a big button", func() bool {
		y = s.middleOf(image.Rect(x, n.y, x+1, n.y+n.h), bigButtonColours)
		return y > 0
	}, func() string { return "" })
	return x, y
}

// middleOf is how far down the middle of what has one of the colours is, 0 if
// nothing has.
func (s *story) middleOf(part image.Rectangle, colours []color.Color) int {
	s.t.Helper()
	img := s.picture()
	first, last := 0, 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		if !slices.Contains(colours, color.NRGBAModel.Convert(img.At(part.Min.X, y))) {
			continue
		}
		if first == 0 {
			first = y
		}
		last = y
	}
	return (first + last) / 2
}

// picture is the whole screen.
func (s *story) picture() image.Image {
	s.t.Helper()
	f, err := os.CreateTemp(s.t.TempDir(), "*.png")
	if err != nil {
		s.t.Fatalf("a file for a picture: %v", err)
	}
	defer f.Close()
	s.d.Screenshot(s.t, f.Name())
	img, err := png.Decode(f)
	if err != nil {
		s.t.Fatalf("a picture of the screen: %v", err)
	}
	return img
}

// drawn tells whether a window shows more than what was behind it before: it can
// be there a moment before anything is in it.
func (s *story) drawn(window uint32, before image.Image) bool {
	s.t.Helper()
	var x, y, w, h int
	for line := range strings.Lines(s.d.Run(s.t, "xdotool", "getwindowgeometry", "--shell", strconv.Itoa(int(window)))) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if at := map[string]*int{"X": &x, "Y": &y, "WIDTH": &w, "HEIGHT": &h}[name]; at != nil {
			*at, _ = strconv.Atoi(value) // a size of nothing is not drawn
		}
	}
	now, others := s.picture(), 0
	for i := range 100 { // along its diagonal
		if at := image.Pt(x+i*w/100, y+i*h/100); now.At(at.X, at.Y) != before.At(at.X, at.Y) {
			others++
		}
	}
	return others > 50
}

// isNudge tells whether a window is handrail-ui's.
func isNudge(conn *xgb.Conn, w xproto.Window) bool {
	p, err := xproto.GetProperty(conn, false, w, xproto.AtomWmClass, xproto.AtomString, 0, 64).Reply()
	if err != nil {
		return false
	}
	// "instance\0Class\0"; a browser's instance can name our folder.
	parts := strings.Split(string(p.Value), "\x00")
	return len(parts) > 1 && strings.HasPrefix(strings.ToLower(parts[1]), "handrail")
}
