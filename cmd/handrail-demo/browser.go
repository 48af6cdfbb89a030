package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"handrail/agent/desktoptest"
)

// browser is a real Chromium on the story's desktop. Keys and clicks reach it
// through the X server, as from a person; the debugging port only opens pages
// and reads what they hold.
type browser struct {
	d      *desktoptest.Desktop
	root   context.Context
	window uint32
}

// openBrowser starts the stand-in pages and Chromium, which takes the story's
// hosts to be this computer and reaches nothing else, and waits for its window.
// Whatever the desktop opens by https opens in this browser too.
func openBrowser(t desktoptest.TB, d *desktoptest.Desktop) *browser {
	t.Helper()
	cert, pin, err := certificate()
	if err != nil {
		t.Fatalf("making a certificate: %v", err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listening: %v", err)
	}
	srv := servePages(ln, cert)
	t.Cleanup(func() { srv.Close() })
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	flags := chromiumFlags(filepath.Join(d.Home, "chromium"), port, pin)
	if err := opensWith(d, append([]string{"chromium"}, flags...)); err != nil {
		t.Fatalf("making Chromium the desktop's browser: %v", err)
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath("chromium"),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			cmd.Env = d.Env()
			ownGroup(cmd)
		}),
	}
	for _, f := range flags {
		name, value, _ := strings.Cut(strings.TrimPrefix(f, "--"), "=")
		if value == "" {
			options = append(options, chromedp.Flag(name, true))
		} else {
			options = append(options, chromedp.Flag(name, value))
		}
	}
	allocator, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	tab, cancelTab := chromedp.NewContext(allocator)
	t.Cleanup(cancelTab)
	b := &browser{d: d, root: tab}
	if err := chromedp.Do(b.root, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("starting chromium: %v", err)
	}
	b.window = d.Find(t, "Chromium")
	return b
}

// chromiumFlags are the flags of the story's browser. Without the first group
// it would try to reach the net at each start.
func chromiumFlags(profile, port, pin string) []string {
	var rules []string
	for _, host := range []string{crmHost, chatHost, approvedHost} {
		rules = append(rules, "MAP "+host+":443 127.0.0.1:"+port)
	}
	flags := []string{
		"--no-first-run", "--no-default-browser-check", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-quic", "--disable-gpu",
		"--password-store=basic",
		"--host-resolver-rules=" + strings.Join(append(rules, "MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1"), ", "),
		"--ignore-certificate-errors-spki-list=" + pin,
		"--user-data-dir=" + profile, "--window-size=1100,720", "--window-position=20,20",
	}
	if os.Geteuid() == 0 {
		flags = append(flags, "--no-sandbox", "--test-type") // Chromium's sandbox refuses root
	}
	return flags
}

// opensWith makes command what xdg-open starts for web pages.
func opensWith(d *desktoptest.Desktop, command []string) error {
	apps := filepath.Join(d.Home, ".local/share/applications")
	if err := os.MkdirAll(apps, 0o700); err != nil {
		return err
	}
	script := filepath.Join(d.Home, "open-page")
	quoted := make([]string, len(command))
	for i, arg := range command {
		quoted[i] = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
	}
	for path, content := range map[string]string{
		script:                               "#!/bin/sh\nexec " + strings.Join(quoted, " ") + ` "$1"` + "\n",
		filepath.Join(apps, "story.desktop"): "[Desktop Entry]\nType=Application\nName=Story\nExec=" + script + " %u\nMimeType=x-scheme-handler/https;\n",
		filepath.Join(d.Home, ".config/mimeapps.list"): "[Default Applications]\nx-scheme-handler/https=story.desktop\n",
	} {
		if err := os.WriteFile(path, []byte(content), 0o700); err != nil {
			return err
		}
	}
	return nil
}

// tab opens a page in a tab of its own and waits until it is there. Tabs are
// numbered in the order they are opened, from 2: the first is the blank one.
func (b *browser) tab(t desktoptest.TB, url, selector string) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.root, chromedp.WithNewWindow(false))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate(url), chromedp.WaitVisible(chromedp.CSS(selector))); err != nil {
		t.Fatalf("opening %s: %v", url, err)
	}
	return ctx
}

// tabTitles are a part of the title that each tab of the story has.
var tabTitles = map[int]string{crmTab: "Customers", chatTab: "DeepSeek", approvedTab: "Copilot"}

// show brings a tab to the front by the keyboard, and waits until it is there:
// what comes next must not meet the tab before. A busy Chromium can miss a key,
// and then a person presses it again.
func (b *browser) show(t desktoptest.TB, number int) {
	t.Helper()
	for range 4 {
		b.d.Activate(t, b.window)
		b.d.Key(t, fmt.Sprintf("ctrl+%d", number))
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for end := time.Now().Add(desktoptest.Patience / 2); time.Now().Before(end); <-tick.C {
			if name := b.d.Run(t, "xdotool", "getwindowname", fmt.Sprint(b.window)); strings.Contains(name, tabTitles[number]) {
				return
			}
		}
	}
	t.Fatalf("the tab %q does not come to the front", tabTitles[number])
}

// caret puts the caret into the page's text field and empties nothing.
func (b *browser) caret(t desktoptest.TB, tab context.Context) {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.Focus(chromedp.CSS("#text"))); err != nil {
		t.Fatalf("putting the caret into the page: %v", err)
	}
}

// count returns how many tabs show a host.
func (b *browser) count(t desktoptest.TB, host string) int {
	t.Helper()
	targets, err := chromedp.Targets(b.root)
	if err != nil {
		t.Fatalf("listing the tabs: %v", err)
	}
	n := 0
	for _, target := range targets {
		if _, rest, _ := strings.Cut(target.URL, "://"); target.Type == "page" && strings.HasPrefix(rest, host+"/") {
			n++
		}
	}
	return n
}

// text returns what the page's text field holds, and how many pastes the page
// has seen.
func (b *browser) text(t desktoptest.TB, tab context.Context) (text string, pastes int) {
	t.Helper()
	text, err := chromedp.Run(tab, chromedp.Evaluate[string](`document.getElementById("text").value`))
	if err == nil {
		pastes, err = chromedp.Run(tab, chromedp.Evaluate[int](`+(document.body.dataset.pastes || 0)`))
	}
	if err != nil {
		t.Fatalf("reading the page: %v", err)
	}
	return text, pastes
}
