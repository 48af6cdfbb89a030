package tray

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "draw the icons and write the golden files anew")

const size = 64

type shape func(x, y float64) bool

func roundedBox(l, t, r, b, radius float64) shape {
	return func(x, y float64) bool {
		dx := math.Max(math.Max(l+radius-x, x-(r-radius)), 0)
		dy := math.Max(math.Max(t+radius-y, y-(b-radius)), 0)
		return math.Hypot(dx, dy) <= radius
	}
}

// stroke is a line with round ends.
func stroke(x1, y1, x2, y2, width float64) shape {
	return func(x, y float64) bool {
		dx, dy := x2-x1, y2-y1
		at := ((x-x1)*dx + (y-y1)*dy) / (dx*dx + dy*dy)
		at = math.Min(math.Max(at, 0), 1)
		return math.Hypot(x-x1-at*dx, y-y1-at*dy) <= width/2
	}
}

func circle(cx, cy, r float64) shape {
	return func(x, y float64) bool { return math.Hypot(x-cx, y-cy) <= r }
}

// triangle points up, with round corners.
func triangle(cx, top, bottom, half, radius float64) shape {
	return func(x, y float64) bool {
		// Inside the smaller triangle, or near one of its edges.
		t := (y - top) / (bottom - top)
		if t >= 0 && t <= 1 && math.Abs(x-cx) <= half*t {
			return true
		}
		for _, s := range []shape{
			stroke(cx, top, cx-half, bottom, 2*radius), stroke(cx, top, cx+half, bottom, 2*radius),
			stroke(cx-half, bottom, cx+half, bottom, 2*radius),
		} {
			if s(x, y) {
				return true
			}
		}
		return false
	}
}

func either(shapes ...shape) shape {
	return func(x, y float64) bool {
		for _, s := range shapes {
			if s(x, y) {
				return true
			}
		}
		return false
	}
}

type layer struct {
	shape shape
	color color.NRGBA
}

var white = color.NRGBA{255, 255, 255, 255}

// drawnFill is the colour that most of an icon has.
var drawnFill = map[Icon]color.NRGBA{
	Watching: {0x0b, 0x6e, 0x4f, 255},
	Badged:   {0x0b, 0x6e, 0x4f, 255},
	Paused:   {0x3f, 0x4f, 0x6b, 255},
	Blind:    {0xb4, 0x3b, 0x08, 255},
}

// drawn is each icon: a white edge, which dark panels need, a dark fill, which
// light panels need, and a white sign. States differ in outline, sign and
// colour.
func drawn() map[Icon]image.Image {
	rail := either(
		stroke(13, 25, 51, 25, 7), // the rail
		stroke(21, 26, 21, 48, 6), // two posts
		stroke(43, 26, 43, 48, 6), //
		stroke(12, 49, 52, 49, 5), // the ground
	)
	return map[Icon]image.Image{
		Watching: render(
			layer{roundedBox(1, 1, 63, 63, 15), white},
			layer{roundedBox(5, 5, 59, 59, 12), drawnFill[Watching]},
			layer{rail, white}),
		Badged: render(
			layer{roundedBox(1, 1, 63, 63, 15), white},
			layer{roundedBox(5, 5, 59, 59, 12), drawnFill[Badged]},
			layer{rail, white},
			layer{circle(49, 15, 15), white},
			layer{circle(49, 15, 11), color.NRGBA{0x8a, 0x4b, 0x00, 255}}),
		Paused: render(
			layer{circle(32, 32, 31), white},
			layer{circle(32, 32, 27), drawnFill[Paused]},
			layer{either(stroke(24, 22, 24, 42, 8), stroke(40, 22, 40, 42, 8)), white}),
		Blind: render(
			layer{triangle(32, 10, 54, 23, 8.5), white},
			layer{triangle(32, 11, 53.5, 22, 5), drawnFill[Blind]},
			layer{either(stroke(32, 24, 32, 38, 7), circle(32, 48.5, 4.2)), white}),
	}
}

func render(layers ...layer) image.Image {
	const fine = 8 // samples a pixel, each way
	m := image.NewNRGBA(image.Rect(0, 0, size, size))
	for py := range size {
		for px := range size {
			var r, g, b, a float64
			for i := range fine * fine {
				x := float64(px) + (float64(i%fine)+0.5)/fine
				y := float64(py) + (float64(i/fine)+0.5)/fine
				for k := len(layers) - 1; k >= 0; k-- {
					if layers[k].shape(x, y) {
						c := layers[k].color
						r, g, b, a = r+float64(c.R), g+float64(c.G), b+float64(c.B), a+1
						break
					}
				}
			}
			if a > 0 {
				m.SetNRGBA(px, py, color.NRGBA{uint8(r / a), uint8(g / a), uint8(b / a), uint8(255 * a / fine / fine)})
			}
		}
	}
	return m
}

// The files are what this test draws: run it with -update after a change.
func TestIconsAreWhatIsDrawn(t *testing.T) {
	for icon, want := range drawn() {
		if *update {
			var b bytes.Buffer
			if err := png.Encode(&b, want); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile("icons/"+string(icon)+".png", b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := png.Decode(bytes.NewReader(icon.PNG()))
		if err != nil {
			t.Fatalf("%s: %v", icon, err)
		}
		if got.Bounds() != want.Bounds() {
			t.Fatalf("%s is %v, want %v", icon, got.Bounds(), want.Bounds())
		}
		for y := range size {
			for x := range size {
				if got.At(x, y) != want.At(x, y) {
					t.Fatalf("%s differs from what is drawn at %d,%d: go test ./ui/tray -update", icon, x, y)
				}
			}
		}
	}
}

// On light, dark and grey panels a good part of each icon has the contrast that
// signs need.
func TestIconsAreVisibleOnEveryPanel(t *testing.T) {
	for icon, m := range drawn() {
		for name, panel := range map[string]float64{"white": 1, "black": 0, "grey": 0.2} {
			strong := 0
			for y := range size {
				for x := range size {
					r, g, b, a := m.At(x, y).RGBA() // premultiplied
					over := luminance(r, g, b) + panel*(1-float64(a)/0xffff)
					hi, lo := math.Max(over, panel), math.Min(over, panel)
					if (hi+0.05)/(lo+0.05) >= 3 { // WCAG 2.2, 1.4.11
						strong++
					}
				}
			}
			if share := float64(strong) / size / size; share < 0.1 {
				t.Errorf("on a %s panel only %.0f %% of the icon %s stands out", name, 100*share, icon)
			}
		}
	}
}

func luminance(r, g, b uint32) float64 {
	lin := func(v uint32) float64 { return math.Pow(float64(v)/0xffff, 2.2) }
	return 0.2126*lin(r) + 0.7152*lin(g) + 0.0722*lin(b)
}
