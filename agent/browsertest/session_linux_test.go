package browsertest_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"handrail/agent/browsertest"
	"handrail/agent/coverage"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
)

// TestRealSession is the whole path on real parts: a page, the extension, the
// relay that the browser starts, and the session that the relay starts because
// none runs. No window can be opened, so the hint in the page is all there is.
func TestRealSession(t *testing.T) {
	for name, start := range browsers {
		t.Run(name, func(t *testing.T) {
			desktoptest.Need(t, map[string]string{"chromium": "chromium", "firefox": "firefox-esr"}[name])
			in := install(t)
			r := &rig{d: in.d, site: browsertest.Serve(t, host, unwatchedHost, otherHost)}
			r.b = start(t, in.d, r.site, browsertest.Options{Extension: browsertest.Extension(t, "../../ui/extension"), Host: in.relay, Machine: in.m})
			r.page = r.b.Open(t, r.site.URL(host, "textarea"))

			// The proof goes through the whole path.
			in.within(t, "a browser with a fresh proof", func(s *local.SessionStatus) bool {
				return s != nil && len(s.Browsers) == 1 && s.Browsers[0].Kind == name && !s.Browsers[0].Proof.IsZero()
			})
			if e := in.status(t).Coverage.Of(coverage.Browser); e.State == coverage.Blind || e.Why == coverage.NotProven || e.Why == coverage.TitlesOnly {
				t.Errorf("with a proof, AI sites in browsers are %s, %s", e.State, e.Why)
			}

			// Clean text passes, and nobody asks.
			r.over(t, "Write a poem about cargo.")
			r.page.WaitText(t, "Write a poem about cargo.")

			// A customer list is held; Safe Paste puts tokens in its place.
			var list strings.Builder
			list.WriteString("name,email\n")
			for i := range 14 {
				fmt.Fprintf(&list, "Ana Rossi%c,ana.%s%d@contoso.com\n", 'a'+i, canary, i)
			}
			r.over(t, list.String())
			r.pressHint(t, 0) // the big button, which without an approved tool is Safe Paste
			r.page.Wait(t, "the redacted list", `site.text().then(t => t.includes("[") && t.split("\n").length >= 15)`)
			if got := r.page.Text(t); strings.Contains(got, canary) || strings.Contains(got, "@contoso") || !regexp.MustCompile(`\[[A-Z_]+_[a-z0-9]+\]`).MatchString(got) {
				t.Errorf("the page has %q", got)
			}

			// Paste anyway brings the very text.
			card := "the card is 4716 2580 5997 0930, thanks"
			r.over(t, card)
			r.pressHint(t, 2)
			r.page.WaitText(t, card)

			// The session dies; a paste is not kept back, and the next relay
			// starts another one.
			in.endSession()
			r.over(t, "after the session")
			r.page.WaitText(t, "after the session")

			r.b.Quit(t)
			in.keepsNothing(t, r.b, canary)
		})
	}
}
