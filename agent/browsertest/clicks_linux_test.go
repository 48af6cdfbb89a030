package browsertest_test

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/agent/browsertest"
	"handrail/agent/config"
	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
)

// approvedHost is of the tool that the policy offers.
const approvedHost = "m365.cloud.microsoft"

// TestTheSafeWayIsTheEasyWay counts what a person has to press until a text is
// where they want it: the safe way may not take more than the other one, whatever
// the nudge. Each click and each key is the X server's, and each way ends with the
// text in a page, byte for byte. That somebody comes to the AI tool is the same on
// both ways and isn't counted.
func TestTheSafeWayIsTheEasyWay(t *testing.T) {
	desktoptest.Need(t, "chromium")
	desktoptest.Need(t, "xdg-open")
	fmt.Printf(clicksRow, "nudge", "rule", "the tool offered", "Safe Paste", "safe", "unsafe")
	for _, nudge := range []string{"window", "notification", "hint"} {
		t.Run(nudge, func(t *testing.T) {
			p := newPerson(t, nudge)
			// What is offered makes the difference; the other rules ask the same.
			for _, do := range []string{"nudge", "warn", "block"} {
				offers := []offer{{tool: true, safe: true}}
				if do == "nudge" {
					offers = append(offers, offer{tool: true}, offer{safe: true})
				}
				for _, offer := range offers {
					p.rule(t, do, offer)
					safe := p.counts(t, p.safely)
					unsafe := "none"
					n := p.counts(t, p.anyway)
					if n > 0 {
						unsafe = strconv.Itoa(n)
					}
					fmt.Printf(clicksRow, nudge, do, yes(offer.tool), yes(offer.safe), strconv.Itoa(safe), unsafe)
					if n > 0 && safe > n+excess(nudge, offer) {
						t.Errorf("%s, %s, %+v: the safe way takes %d clicks and keys, the unsafe one %d", nudge, do, offer, safe, n)
					}
					if n > 0 == (do == "block") {
						t.Errorf("%s, %s, %+v: the unsafe way takes %d", nudge, do, offer, n)
					}
				}
			}
		})
	}
}

// excess is what the safe way still takes more. A page's hint comes after the paste,
// and where all it can offer is another tool, the person has to paste once more
// there: nobody does it for them.
func excess(nudge string, o offer) int {
	if nudge == "hint" && !o.safe {
		return 1
	}
	return 0
}

const clicksRow = "%-14s %-6s %-17s %-11s %5s %7s\n"

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// offer is what a nudge offers instead of the paste.
type offer struct {
	tool bool // an approved one
	safe bool // Safe Paste
}

// person is somebody with a browser, who is shown one kind of nudge.
type person struct {
	*rig
	in     *installation
	nudge  string
	serial int // of the policy
	texts  int
	offer  offer
	block  bool

	pressed int
}

func newPerson(t *testing.T, nudge string) *person {
	t.Helper()
	in := install(t)
	switch nudge {
	case "window":
		build := exec.Command("go", "build", "-trimpath", "-tags", "x11,no_emoji,no_metadata", "-o", in.bin, "handrail/cmd/handrail-ui")
		build.Env = append(os.Environ(), "CGO_ENABLED=1")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("building: %v\n%s", err, out)
		}
	case "notification":
		in.notices(t)
	}
	service := in.m.Command(t, in.d, in.program, "service", "run")
	service.Env = append(service.Env, "HANDRAIL_HOME="+in.home)
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	site := browsertest.Serve(t, host, approvedHost)
	b := browsertest.Chromium(t, in.d, site, browsertest.Options{Extension: browsertest.Extension(t, "../../ui/extension"), Host: in.relay, Machine: in.m})
	in.opensWith(t, b)
	p := &person{in: in, nudge: nudge}
	p.rig = &rig{d: in.d, site: site, b: b, page: b.Open(t, site.URL(host, "input"))}
	return p
}

// target is a page that a nudge comes on before the paste or, for the hint, one
// that is known to be a tool by its address only.
func (p *person) target() string {
	if p.nudge == "hint" {
		return "textarea"
	}
	return "chat"
}

// opensWith makes what the desktop opens by https open in this browser.
func (in *installation) opensWith(t *testing.T, b *browsertest.Browser) {
	t.Helper()
	script := filepath.Join(in.bin, "open-page")
	for path, content := range map[string]string{
		script: "#!/bin/sh\nexec chromium --no-sandbox --test-type '--user-data-dir=" + b.Profile + "' \"$1\"\n",
		filepath.Join(in.d.Home, ".local/share/applications/browser.desktop"): "[Desktop Entry]\nType=Application\nName=Browser\nExec=" + script + " %u\nMimeType=x-scheme-handler/https;\n",
		filepath.Join(in.d.Home, ".config/mimeapps.list"):                     "[Default Applications]\nx-scheme-handler/https=browser.desktop\n",
	} {
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = os.WriteFile(path, []byte(content), 0o700)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// rule makes the policy say that, and waits until it holds.
func (p *person) rule(t *testing.T, do string, o offer) {
	t.Helper()
	p.serial++
	p.offer, p.block = o, do == "block"
	instead := "{advice: Leave the names out first.}"
	if o.tool {
		instead = "{tool: m365-copilot}"
	}
	text := fmt.Sprintf(`version: 1
serial: %d
enabled: true
tools:
  - {id: chatgpt, standing: unapproved}
  - {id: m365-copilot, standing: approved, name: Copilot, open: "https://%s/?target=ready"}
rules:
  - {id: all, when: {classes: [contacts, marking]}, do: %s, because: They have not agreed., instead: %s}
quiet: {nudges_per_day: 100, cooldown_minutes: 0}
`, p.serial, approvedHost, do, instead)
	if err := os.WriteFile(config.Under(p.in.home).Policy, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	p.in.within(t, "the policy", func(s *local.SessionStatus) bool {
		if s == nil || !s.Watching || s.Policy.Serial != p.serial || len(s.Browsers) != 1 || s.Browsers[0].Proof.IsZero() {
			return false
		}
		// A window program that has only begun shows nothing in time.
		return p.nudge != "window" || s.Coverage.Of(coverage.Nudge).State == coverage.Seen
	})
}

// counts has the person come to the AI tool with a text that is new, and counts
// what they press on a way; 0 is a way that leads nowhere.
func (p *person) counts(t *testing.T, way func(*testing.T, string) bool) int {
	t.Helper()
	p.page.Navigate(t, p.site.URL(host, "input"))
	// What is copied while the window is still called after the tool is the tool's.
	for name := ""; !strings.HasPrefix(name, "Test page"); name = p.d.Run(t, "xdotool", "getactivewindow", "getwindowname") {
	}
	p.in.status(t) // the session has heard of it
	p.texts++
	text := fmt.Sprintf("TLP:RED\nPlan for the spring, draft %d\n", p.texts)
	if p.offer.safe {
		text = "name,email\n"
		for i := range 12 {
			text += fmt.Sprintf("Ana Rossi%c,ana.%d.%d@contoso.com\n", 'a'+i, p.texts, i)
		}
	}
	p.d.Copy(t, text)
	p.d.Run(t, "xdotool", "mousemove", "2", "2") // away from what comes up
	p.page.Navigate(t, p.site.URL(host, p.target()))
	p.page.Focus(t)
	p.pressed = 0
	if !way(t, text) {
		return 0
	}
	return p.pressed
}

func (p *person) key(t *testing.T, keys ...string) {
	t.Helper()
	p.pressed += len(keys)
	p.d.Key(t, keys...)
}

func (p *person) click(t *testing.T, at image.Point, button string) {
	t.Helper()
	p.pressed++
	p.d.Run(t, "xdotool", "mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", button)
}

// safely is the best safe way: into the approved tool as it is, or into this one
// by Safe Paste.
func (p *person) safely(t *testing.T, text string) bool {
	t.Helper()
	if p.offer.tool && (p.nudge != "hint" || !p.offer.safe) {
		switch p.nudge {
		case "window":
			big, _ := p.card(t)
			p.click(t, big, "1")
		case "notification":
			p.clickNotice(t)
		default:
			p.key(t, "ctrl+v")
			p.clickHint(t, 0)
		}
		approved := p.b.Opened(t, approvedHost)
		defer approved.Close(t)
		approved.Wait(t, "the keyboard", `document.hasFocus() && document.activeElement.tagName === "TEXTAREA"`)
		p.key(t, "ctrl+v")
		approved.WaitText(t, text)
		return true
	}
	p.key(t, "ctrl+v")
	p.waitHint(t) // what was up before the paste has gone
	switch {
	case p.nudge == "window":
		big, _ := p.card(t)
		p.click(t, big, "1")
	case p.offer.tool:
		p.clickHint(t, 1)
	default:
		p.clickHint(t, 0)
	}
	p.page.Wait(t, "the text", `site.text().then(t => t !== "")`)
	valuesIn(t, p.page.Text(t), text)
	return true
}

// anyway is the shortest unsafe way, if there is one.
func (p *person) anyway(t *testing.T, text string) bool {
	t.Helper()
	switch {
	case p.block:
		p.key(t, "ctrl+v")
		p.waitHint(t)
		if p.nudge == "window" { // beside it the page has one line, which opens
			p.d.Key(t, "alt+shift+h", "Return")
		}
		for end := time.Now().Add(desktoptest.Patience); p.page.Closed(t) != p.answers(); {
			if time.Now().After(end) {
				t.Fatalf("a page that may not receive it has %d buttons, want %d", p.page.Closed(t), p.answers())
			}
		}
		p.d.Key(t, "alt+shift+h", "Escape")
		p.page.WaitText(t, "")
		return false
	case p.nudge == "window":
		_, small := p.card(t)
		p.click(t, small, "1")
		p.key(t, "ctrl+v")
	default:
		p.key(t, "ctrl+v")
		p.clickHint(t, p.answers()-2) // the last but one
	}
	p.page.WaitText(t, text)
	if p.nudge == "window" {
		p.skipWhy(t)
	}
	return true
}

// skipWhy takes the question for a reason away, which nobody has to answer, so
// that it isn't taken for the next nudge.
func (p *person) skipWhy(t *testing.T) {
	t.Helper()
	p.d.Run(t, "xdotool", "mousemove", "2", "2")
	before := p.pressed
	skip, _ := p.card(t)
	p.click(t, skip, "1")
	p.pressed = before
	p.d.Run(t, "xdotool", "mousemove", "2", "2")
	for up := true; up; _, _, up = buttons(look(t, p.d)) {
	}
}

// answers is how many buttons the page's hint has: the offers, "not sensitive",
// where it may be pasted two more, and "don't paste".
func (p *person) answers() int {
	n := 4
	if p.block {
		n = 2
	}
	for _, offered := range []bool{p.offer.tool, p.offer.safe} {
		if offered {
			n++
		}
	}
	return n
}

func (p *person) clickHint(t *testing.T, button int) {
	t.Helper()
	p.waitHint(t)
	x, y := p.page.ClosedOnScreen(t, button)
	p.click(t, image.Pt(x, y), "1")
}

func (p *person) clickNotice(t *testing.T) {
	t.Helper()
	p.pressed++
	p.in.clickNotice(t)
}

// card waits for the nudge's window and says where its big button is, and the
// small one that pastes anyway.
func (p *person) card(t *testing.T) (big, small image.Point) {
	t.Helper()
	for deadline := time.Now().Add(desktoptest.Patience); time.Now().Before(deadline); {
		if big, small, ok := buttons(look(t, p.d)); ok {
			return big, small
		}
	}
	t.Fatalf("no nudge came up: %+v", p.in.status(t))
	return
}

// looks are the colours of the big button and of the small one's words, in the
// light look and the dark one; see ui/popup.
var looks = []struct{ primary, muted color.RGBA }{
	{color.RGBA{0x0f, 0x6b, 0x5c, 0xff}, color.RGBA{0x5a, 0x64, 0x72, 0xff}},
	{color.RGBA{0x45, 0xc2, 0xa8, 0xff}, color.RGBA{0xa4, 0xae, 0xbc, 0xff}},
}

// buttons finds the two in a picture of the screen, ok if a nudge is drawn there.
// The small button is the first one at the right edge; below it a tool can be
// asked for.
func buttons(screen image.Image) (big, small image.Point, ok bool) {
	center := func(r image.Rectangle) image.Point { return r.Min.Add(r.Max).Div(2) }
	for _, in := range looks {
		at := colored(screen, in.primary)
		if at.Dx() < 100 || at.Dy() < 20 {
			continue
		}
		below := image.Rect(at.Max.X-70, at.Max.Y+1, at.Max.X, at.Max.Y+100)
		words := firstLine(part{screen, below.Intersect(screen.Bounds())}, in.muted)
		return image.Pt(at.Min.X+20, center(at).Y), center(words), true
	}
	return big, small, false
}

// look makes a picture of the screen.
func look(t *testing.T, d *desktoptest.Desktop) image.Image {
	t.Helper()
	path := filepath.Join(t.TempDir(), "screen.png")
	d.Screenshot(t, path)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	screen, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return screen
}

// part is a part of a picture.
type part struct {
	image.Image
	in image.Rectangle
}

func (p part) Bounds() image.Rectangle { return p.in }

// firstLine is where the topmost line of words of a colour is.
func firstLine(m part, c color.RGBA) image.Rectangle {
	top := colored(m, c).Min.Y
	m.in.Min.Y, m.in.Max.Y = top, top+12
	return colored(m, c)
}

// colored is the smallest rectangle that has all of a colour in it.
func colored(m image.Image, c color.RGBA) (box image.Rectangle) {
	in := m.Bounds()
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			if color.RGBAModel.Convert(m.At(x, y)) == c {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}
