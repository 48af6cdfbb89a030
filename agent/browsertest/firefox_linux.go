package browsertest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"handrail/agent/desktoptest"
)

// firefoxPrefs keep Firefox from the net and from asking things. The proxy is
// for loopback as well, so that nothing goes around it. Its clock is left exact,
// for the figures.
const firefoxPrefs = `user_pref("network.proxy.type", 1);
user_pref("network.proxy.ssl", %[1]q);
user_pref("network.proxy.ssl_port", %[2]s);
user_pref("network.proxy.http", %[1]q);
user_pref("network.proxy.http_port", %[2]s);
user_pref("network.proxy.no_proxies_on", "");
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("devtools.console.stdout.content", true);
user_pref("xpinstall.signatures.required", false);
user_pref("privacy.reduceTimerPrecision", false);
`

// Firefox starts Firefox ESR with an empty profile and waits for its window.
func Firefox(t TB, d *desktoptest.Desktop, site *Site, o Options) *Browser {
	t.Helper()
	b, err := startFirefox(t, d, site, o)
	if err != nil {
		// On a busy computer its first start hangs now and then.
		t.Logf("Firefox is started again: %v", err)
		desktoptest.End(b.cmd)
		if b, err = startFirefox(t, d, site, o); err != nil {
			t.Fatalf("opening a session with Firefox: %v", err)
		}
	}
	if o.Extension != "" {
		b.AddExtension(t, o.Extension)
	}
	b.window = d.Find(t, "firefox-esr")
	return b
}

// startFirefox starts it and opens a session with it.
func startFirefox(t TB, d *desktoptest.Desktop, site *Site, o Options) (*Browser, error) {
	t.Helper()
	b := newBrowser(t, d, "firefox", o)
	if o.Host != "" {
		b.nativeHost(t, filepath.Join(d.Home, ".mozilla/native-messaging-hosts"), o.Host, "allowed_extensions", geckoID)
	}
	host, port := splitAddr(site.Proxy)
	if err := os.WriteFile(filepath.Join(b.Profile, "user.js"), fmt.Appendf(nil, firefoxPrefs, host, port), 0o600); err != nil {
		t.Fatal(err)
	}
	b.start(t, "firefox-esr", "--no-remote", "--profile", b.Profile, "--width", "1100", "--height", "720",
		"--remote-debugging-port=0", "--remote-allow-origins=http://127.0.0.1", "about:blank")
	b.drive = &bidi{b.wire}
	err := b.wire.callWithin(startPatience, "", "session.new", map[string]any{
		"capabilities": map[string]any{"alwaysMatch": map[string]any{"acceptInsecureCerts": true}},
	}, nil)
	return b, err
}

// AddExtension installs the extension from a folder. Only a policy, or the
// person, lets it into private windows. It is for Firefox.
func (b *Browser) AddExtension(t TB, dir string) {
	t.Helper()
	var r struct{ Extension string }
	err := b.wire.call("", "webExtension.install", map[string]any{"extensionData": map[string]any{"type": "path", "path": dir}}, &r)
	if err != nil {
		t.Fatalf("installing the extension: %v", err)
	}
	b.extension = r.Extension
}

// RemoveExtension removes what AddExtension has installed. It is for Firefox.
func (b *Browser) RemoveExtension(t TB) {
	t.Helper()
	if err := b.wire.call("", "webExtension.uninstall", map[string]any{"extension": b.extension}, nil); err != nil {
		t.Fatalf("removing the extension: %v", err)
	}
}

// bidi drives Firefox. A page is known by its browsing context.
type bidi struct{ w *wire }

func (f *bidi) open() (string, error) {
	var r struct{ Context string }
	err := f.w.call("", "browsingContext.create", map[string]any{"type": "tab"}, &r)
	return r.Context, err
}

func (f *bidi) navigate(page, url string) error {
	return f.w.call("", "browsingContext.navigate", map[string]any{"context": page, "url": url, "wait": "complete"}, nil)
}

func (f *bidi) eval(page, expression string) (json.RawMessage, error) {
	var r struct {
		Result           struct{ Value string }
		ExceptionDetails struct{ Text string }
	}
	// BiDi has an encoding of its own for objects; JSON in a string has none.
	err := f.w.call("", "script.evaluate", map[string]any{
		"expression":   "Promise.resolve(" + expression + ").then(v => JSON.stringify(v === undefined ? null : v))",
		"target":       map[string]any{"context": page},
		"awaitPromise": true,
	}, &r)
	if err == nil && r.ExceptionDetails.Text != "" {
		err = fmt.Errorf("%s", r.ExceptionDetails.Text)
	}
	return json.RawMessage(r.Result.Value), err
}

func (f *bidi) front(page string) error {
	return f.w.call("", "browsingContext.activate", map[string]any{"context": page}, nil)
}

func (f *bidi) choose(page, selector string, paths []string) error {
	var r struct {
		Nodes []struct {
			SharedID string `json:"sharedId"`
		}
	}
	err := f.w.call("", "browsingContext.locateNodes", map[string]any{"context": page, "locator": map[string]any{"type": "css", "value": selector}}, &r)
	if err != nil {
		return err
	}
	if len(r.Nodes) != 1 {
		return fmt.Errorf("%d elements match %s", len(r.Nodes), selector)
	}
	return f.w.call("", "input.setFiles", map[string]any{"context": page, "element": map[string]any{"sharedId": r.Nodes[0].SharedID}, "files": paths}, nil)
}

func (f *bidi) shut(page string) error {
	return f.w.call("", "browsingContext.close", map[string]any{"context": page}, nil)
}

func (f *bidi) quit() error { return f.w.call("", "browser.close", struct{}{}, nil) }
