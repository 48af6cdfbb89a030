package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"handrail/agent/desktoptest"
)

// Chromium starts Chromium with an empty profile and waits for its window.
func Chromium(t TB, d *desktoptest.Desktop, site *Site, o Options) *Browser {
	t.Helper()
	b := newBrowser(t, d, "chromium", o)
	if o.Host != "" {
		b.nativeHost(t, filepath.Join(b.Profile, "NativeMessagingHosts"), o.Host,
			"allowed_origins", "chrome-extension://"+extensionID(t, o.Extension)+"/")
	}
	args := []string{
		"--no-first-run", "--no-default-browser-check", "--disable-component-update", "--disable-sync", "--disable-quic",
		"--disable-gpu", "--password-store=basic",
		"--proxy-server=http://" + site.Proxy, "--proxy-bypass-list=<-loopback>",
		"--ignore-certificate-errors-spki-list=" + site.Pin,
		"--user-data-dir=" + b.Profile, "--window-size=1100,720", "--window-position=20,20",
		"--remote-debugging-port=0", "--remote-allow-origins=*", "--enable-logging=stderr", // consoles too
	}
	if o.Extension != "" {
		args = append(args, "--load-extension="+o.Extension)
	} else if o.Machine == nil {
		args = append(args, "--disable-background-networking") // it would keep policy from installing an extension
	}
	if os.Geteuid() == 0 || o.Machine != nil {
		args = append(args, "--no-sandbox", "--test-type") // Chromium's sandbox refuses root, which everybody is on a machine
	}
	b.start(t, "chromium", append(args, "about:blank")...)
	b.drive = &cdp{b.wire}
	b.window = d.Find(t, "Chromium")
	return b
}

// cdp drives Chromium. A page is known by the session that is attached to it.
type cdp struct{ w *wire }

func (c *cdp) open() (string, error) {
	var target struct{ TargetID string }
	if err := c.w.call("", "Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return "", err
	}
	var s struct{ SessionID string }
	err := c.w.call("", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &s)
	return s.SessionID, err
}

func (c *cdp) navigate(page, url string) error {
	var r struct{ ErrorText string }
	err := c.w.call(page, "Page.navigate", map[string]any{"url": url}, &r)
	if err == nil && r.ErrorText != "" {
		err = fmt.Errorf("opening %s: %s", url, r.ErrorText)
	}
	return err
}

func (c *cdp) eval(page, expression string) (json.RawMessage, error) {
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	err := c.w.call(page, "Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &r)
	if err == nil && r.ExceptionDetails != nil {
		err = fmt.Errorf("%s: %s", r.ExceptionDetails.Text, r.ExceptionDetails.Exception.Description)
	}
	return r.Result.Value, err
}

func (c *cdp) front(page string) error { return c.w.call(page, "Page.bringToFront", struct{}{}, nil) }

func (c *cdp) choose(page, selector string, paths []string) error {
	var r struct{ Result struct{ ObjectID string } }
	err := c.w.call(page, "Runtime.evaluate", map[string]any{"expression": fmt.Sprintf("document.querySelector(%q)", selector)}, &r)
	if err != nil {
		return err
	}
	return c.w.call(page, "DOM.setFileInputFiles", map[string]any{"files": paths, "objectId": r.Result.ObjectID}, nil)
}

func (c *cdp) shut(page string) error { return c.w.call(page, "Page.close", struct{}{}, nil) }

func (c *cdp) quit() error { return c.w.call("", "Browser.close", struct{}{}, nil) }

// SetEnabled switches an extension off or on, as the person does on
// chrome://extensions. It is for Chromium.
func (b *Browser) SetEnabled(t TB, id string, on bool) {
	t.Helper()
	page, err := b.drive.open()
	if err == nil {
		err = b.drive.navigate(page, "chrome://extensions")
	}
	if err != nil {
		t.Fatalf("opening the list of extensions: %v", err)
	}
	p := &Page{b, page}
	p.Wait(t, "the list of extensions", "!!chrome.management")
	p.Eval(t, fmt.Sprintf("chrome.management.setEnabled(%q, %v)", id, on), nil)
	p.Close(t)
}

// AllowClipboard answers Chromium's question whether the pages of a host may read
// the clipboard as a person does who says yes. It is for Chromium.
func (b *Browser) AllowClipboard(t TB, host string) {
	t.Helper()
	err := b.wire.call("", "Browser.setPermission", map[string]any{
		"permission": map[string]any{"name": "clipboard-read"}, "setting": "granted", "origin": "https://" + host,
	}, nil)
	if err != nil {
		t.Fatalf("allowing %s to read the clipboard: %v", host, err)
	}
}

// DragText lets a text, dragged from elsewhere, go over the middle of an
// element. It is for Chromium.
func (p *Page) DragText(t TB, selector, text string) {
	t.Helper()
	p.drag(t, selector, map[string]any{"items": []any{map[string]any{"mimeType": "text/plain", "data": text}}, "dragOperationsMask": 1})
}

// DragFiles lets files go over the middle of an element. It is for Chromium.
func (p *Page) DragFiles(t TB, selector string, paths ...string) {
	t.Helper()
	p.drag(t, selector, map[string]any{"items": []any{}, "files": paths, "dragOperationsMask": 1})
}

func (p *Page) drag(t TB, selector string, data map[string]any) {
	t.Helper()
	var at struct{ X, Y float64 }
	p.Eval(t, fmt.Sprintf(`(r => ({x: r.x + r.width / 2, y: r.y + r.height / 2}))(document.querySelector(%q).getBoundingClientRect())`, selector), &at)
	for _, kind := range []string{"dragEnter", "dragOver", "drop"} {
		err := p.b.wire.call(p.id, "Input.dispatchDragEvent", map[string]any{"type": kind, "x": at.X, "y": at.Y, "data": data}, nil)
		if err != nil {
			t.Fatalf("dragging: %v", err)
		}
	}
}

// domNode is a node as CDP tells it, closed shadow roots included.
type domNode struct {
	NodeID                int
	NodeName              string
	ShadowRootType        string
	Children, ShadowRoots []domNode
}

// ClosedOnScreen is where on the screen the middle of the button of that number is,
// counted from 0, in the page's closed shadow roots. It is for Chromium: elsewhere
// nobody finds it.
func (p *Page) ClosedOnScreen(t TB, button int) (x, y int) {
	t.Helper()
	inX, inY := p.closed(t, button)
	// What a window has around its page is above it, and as wide on the left as
	// on the right.
	var at struct{ X, Y float64 }
	p.Eval(t, "({x: screenX + (outerWidth - innerWidth) / 2, y: screenY + outerHeight - innerHeight})", &at)
	return int(at.X + inX), int(at.Y + inY)
}

// Closed is how many buttons there are. It is for Chromium.
func (p *Page) Closed(t TB) int {
	t.Helper()
	return len(p.closedButtons(t))
}

// closed is where in the page the middle of that button is.
func (p *Page) closed(t TB, button int) (x, y float64) {
	t.Helper()
	found := p.closedButtons(t)
	if button >= len(found) {
		t.Fatalf("the page has %d closed buttons, want number %d", len(found), button)
	}
	var box struct{ Model struct{ Content []float64 } }
	if err := p.b.wire.call(p.id, "DOM.getBoxModel", map[string]any{"nodeId": found[button]}, &box); err != nil || len(box.Model.Content) != 8 {
		t.Fatalf("finding the button: %v", err)
	}
	return (box.Model.Content[0] + box.Model.Content[4]) / 2, (box.Model.Content[1] + box.Model.Content[5]) / 2
}

// closedButtons are the buttons in the page's closed shadow roots.
func (p *Page) closedButtons(t TB) (found []int) {
	t.Helper()
	var doc struct{ Root domNode }
	if err := p.b.wire.call(p.id, "DOM.getDocument", map[string]any{"depth": -1, "pierce": true}, &doc); err != nil {
		t.Fatalf("reading the page: %v", err)
	}
	var walk func(n domNode, closed bool)
	walk = func(n domNode, closed bool) {
		closed = closed || n.ShadowRootType == "closed"
		if closed && n.NodeName == "BUTTON" {
			found = append(found, n.NodeID)
		}
		for _, c := range append(n.ShadowRoots, n.Children...) {
			walk(c, closed)
		}
	}
	walk(doc.Root, false)
	return found
}

// Opened waits until a tab shows a page of that host which no test has opened,
// and takes it. It is for Chromium.
func (b *Browser) Opened(t TB, host string) *Page {
	t.Helper()
	for deadline := time.Now().Add(desktoptest.Patience); time.Now().Before(deadline); {
		var all struct {
			TargetInfos []struct{ TargetID, Type, URL string }
		}
		if err := b.wire.call("", "Target.getTargets", struct{}{}, &all); err != nil {
			t.Fatalf("listing the tabs: %v", err)
		}
		for _, target := range all.TargetInfos {
			if target.Type != "page" || !strings.HasPrefix(target.URL, "https://"+host+"/") {
				continue
			}
			var s struct{ SessionID string }
			if err := b.wire.call("", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &s); err != nil {
				t.Fatalf("taking a tab: %v", err)
			}
			p := &Page{b, s.SessionID}
			p.waitPicture(t)
			return p
		}
	}
	t.Fatalf("no tab shows %s", host)
	return nil
}
