package console

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

var shots = flag.String("shots", "", "a folder for pictures of each page in light and dark, wide and narrow")

// chromium starts a real browser with scripts switched off, in light or dark.
func chromium(t *testing.T, dark bool) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("chromium is not installed, and this test needs it: apt install chromium")
		}
		t.Skip("chromium is not installed: apt install chromium")
	}
	settings := "scriptEnabled=false,preferredColorScheme=1"
	if dark {
		settings = "scriptEnabled=false,preferredColorScheme=0"
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Flag("headless", "new"), chromedp.Flag("blink-settings", settings),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"), chromedp.Flag("user-data-dir", t.TempDir())}
	for _, f := range []string{"no-first-run", "no-default-browser-check", "disable-background-networking", "disable-component-update",
		"disable-sync", "disable-gpu", "disable-dev-shm-usage", "hide-scrollbars"} {
		options = append(options, chromedp.Flag(f, true))
	}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.Flag("no-sandbox", true)) // Chromium's sandbox refuses root
	}
	limit, cancelLimit := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(cancelLimit)
	allocator, cancel := chromedp.NewExecAllocator(limit, options...)
	t.Cleanup(cancel)
	ctx, cancelTab := chromedp.NewContext(allocator)
	t.Cleanup(cancelTab)
	return ctx
}

// measure is run in each page. It returns what is wrong with it, one a line.
const measure = `(() => {
	const drawers = document.querySelectorAll('details');
	for (const d of drawers) d.open = true;
	const wrong = [], all = [...document.querySelectorAll('body *')];
	const width = innerWidth, page = document.scrollingElement.scrollWidth;
	if (page > width) {
		wrong.push('the page is ' + page + ' pixels wide in a window of ' + width);
		for (const e of all) if (e.getBoundingClientRect().right > width + 1 && e.children.length == 0) wrong.push('  too wide: ' + e.outerHTML.slice(0, 120));
	}
	let level = 0;
	for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
		const n = +h.tagName[1];
		if (n > level + 1) wrong.push('the heading ' + h.textContent + ' skips a level');
		level = n;
	}
	if (document.querySelectorAll('h1').length != 1) wrong.push('not one first heading');
	for (const t of document.querySelectorAll('table')) {
		if (!t.caption || !t.caption.textContent.trim()) wrong.push('a table without a caption');
		if (t.querySelector('th:not([scope])')) wrong.push('a table heading without a scope');
	}
	const ids = all.map(e => e.id).filter(Boolean);
	if (new Set(ids).size != ids.length) wrong.push('an id twice');
	for (const e of document.querySelectorAll('[aria-labelledby]')) if (!document.getElementById(e.getAttribute('aria-labelledby'))) wrong.push('a label is missing');
	const number = s => s.match(/[\d.]+/g).map(Number);
	const light = ([r, g, b]) => { const f = c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
	for (const e of all) {
		if (![...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim())) continue;
		let under = e;
		while (under && (number(getComputedStyle(under).backgroundColor)[3] ?? 1) == 0) under = under.parentElement;
		const a = light(number(getComputedStyle(e).color)), b = light(number(getComputedStyle(under || document.body).backgroundColor));
		const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		if (contrast < 4.5) wrong.push('contrast ' + contrast.toFixed(1) + ' of ' + e.outerHTML.slice(0, 80));
	}
	for (const d of drawers) d.open = false;
	return wrong.join('\n');
})()`

// The pages stand in a real browser without scripts: on a phone's width
// nothing scrolls sideways, every text is readable in light and dark, and
// headings, tables and labels are in order.
func TestPagesInARealBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	for _, dark := range []bool{false, true} {
		scheme := "light"
		if dark {
			scheme = "dark"
		}
		t.Run(scheme, func(t *testing.T) {
			ctx := chromium(t, dark)
			for name, pages := range map[string][]string{"full": {"", "devices", "requests", "privacy", "nothing"}, "empty": {"", "devices", "requests"}, "small": {""}, "early": {""}} {
				s := serve(t, fleets[name])
				for _, p := range pages {
					widths := []int64{1280, 320}
					if name == "full" {
						widths = append(widths, 640)
					}
					for _, width := range widths {
						where := fmt.Sprintf("/%s of the %s fleet at %d pixels", p, name, width)
						if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(s.URL+"/"+p)); err != nil {
							t.Fatalf("%s: %v", where, err)
						}
						ground, err := chromedp.Run(ctx, chromedp.Evaluate[string](`getComputedStyle(document.body).backgroundColor`))
						if err != nil {
							t.Fatalf("%s: %v", where, err)
						}
						if isDark := strings.HasPrefix(ground, "rgb(19,"); isDark != dark {
							t.Fatalf("%s: the ground is %s in %s", where, ground, scheme)
						}
						wrong, err := chromedp.Run(ctx, chromedp.Evaluate[string](measure))
						if err != nil {
							t.Fatalf("%s: %v", where, err)
						}
						if wrong != "" {
							t.Errorf("%s: %s", where, wrong)
						}
						if *shots != "" && width != 640 {
							picture(t, ctx, fmt.Sprintf("%s-%s-%d-%s.png", name, cmp.Or(p, "overview"), width, scheme))
						}
					}
				}
			}
		})
	}
}

func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*shots, name), png, 0o644); err != nil {
		t.Fatal(err)
	}
}
