package browsertest_test

import (
	"testing"

	"handrail/agent/browsertest"
	"handrail/agent/desktoptest"
)

// The last host is the one of frames from another origin.
const host, unwatchedHost, otherHost = "chatgpt.com", "wiki.kestrel-freight.test", "chat.deepseek.com"

type starter func(browsertest.TB, *desktoptest.Desktop, *browsertest.Site, browsertest.Options) *browsertest.Browser

var browsers = map[string]starter{"chromium": browsertest.Chromium, "firefox": browsertest.Firefox}

// Without the extension a paste arrives in each target as it is: what the
// tests with the extension compare with.
func TestPasteArrivesWithoutTheExtension(t *testing.T) {
	const text = "Zoë pays 4,50 € & <b>\nline two  end \U0001F600"
	for name, start := range browsers {
		t.Run(name, func(t *testing.T) {
			desktoptest.Need(t, map[string]string{"chromium": "chromium", "firefox": "firefox-esr"}[name])
			site := browsertest.Serve(t, host, otherHost)
			d := desktoptest.Start(t, desktoptest.Options{WM: "openbox"})
			b := start(t, d, site, browsertest.Options{})
			page := b.Open(t, site.URL(host, "textarea"))
			for _, target := range browsertest.Targets {
				t.Run(target, func(t *testing.T) {
					page.Navigate(t, site.URL(host, target))
					page.Paste(t, text)
					want := text
					if target == "input" {
						want = oneLine(name, text)
					}
					page.WaitText(t, want)
				})
			}
		})
	}
}

// oneLine is what a browser makes of several lines in a field for one.
func oneLine(browser, text string) string {
	b := []byte(text)
	for i := range b {
		if b[i] == '\n' {
			b[i] = ' '
		}
	}
	return string(b)
}
