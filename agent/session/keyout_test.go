package session

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/detect"
)

const withKeys = `version: 1
serial: 8
contact: Call extension 200.
tools:
  - {id: chatgpt, standing: unapproved}
rules:
  - {id: keys, when: {classes: [secret]}, do: nudge, because: Keys open doors., instead: {advice: Replace it first.}}
`

// A key is pasted anyway: what to do now is offered, and the page knows who makes
// such keys, and nothing of the key. Nothing of it is in a file.
func TestAfterAKeyWasPasted(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.service.set(withKeys)
		synctest.Wait()
		const body = "Zk3Vb8Qw1Xy7Lm2Np9Rt4Su6Gh5Jd0Fc1Ae2"
		key := "gh" + "p_" + body[:36]
		d.copy("deploy with " + key + " please")
		d.chatgpt()
		c, up := d.windows.up()
		if !up || c.Class != detect.ClassSecret {
			t.Fatalf("no nudge about a key: %+v; log:\n%s", c, d.log)
		}
		d.windows.answer(c.ID, card.PasteAnyway)
		synctest.Wait()
		offer, up := d.windows.up()
		if !up || offer.About != card.KeyOut || offer.Tool != "ChatGPT" {
			t.Fatalf("what follows is %+v", offer)
		}
		if s := d.status(); s.Nudges != 1 {
			t.Errorf("%d nudges: the offer counts as one", s.Nudges)
		}
		d.windows.answer(offer.ID, card.WhatNow)
		synctest.Wait()
		p := d.told()
		github, _ := detect.IssuerOf("github_token")
		if p.Tab != card.TabKeys || p.Keys == nil || p.Keys.Tool != "ChatGPT" || !slices.Equal(p.Keys.Issuers, []detect.Issuer{github}) || p.Contact != "Call extension 200." {
			t.Fatalf("the page has %v, %+v, %q", p.Tab, p.Keys, p.Contact)
		}
		d.act(card.OpenIssuer, 2, "")
		d.act(card.OpenIssuer, 1, "")
		if got := d.browser.opened(); !slices.Equal(got, []string{github.Page}) {
			t.Errorf("opened %q", got)
		}
		for _, s := range []string{body[:12], "github", "GitHub"} {
			d.wantNowhere(s)
			if strings.Contains(d.log.String(), s) {
				t.Errorf("the log has %q:\n%s", s, d.log)
			}
		}
		d.act(card.ForgetKeys, 0, "")
		all := d.windows.told()
		if p := all[len(all)-1]; p.Keys != nil {
			t.Errorf("after forgetting: %+v", p.Keys)
		}
		d.act(card.OpenIssuer, 1, "")
		if n := len(d.browser.opened()); n != 1 {
			t.Errorf("opened %d pages", n)
		}
	})
}

// The same where a page holds the paste: what it found is known before the
// attempt is forgotten.
func TestAfterAHeldKeyWasPasted(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.service.set(withKeys)
		synctest.Wait()
		x := d.connect()
		x.want("welcome", "")
		x.paste(7, "chatgpt.com", "deploy with "+"gh"+"p_"+"Zk3Vb8Qw1Xy7Lm2Np9Rt4Su6Gh5Jd0Fc1Ae2"+", or mail ana.rossi@northwind-traders.co.uk")
		x.want("verdict", browser.Hold)
		x.send(map[string]any{"kind": "answer", "id": 7, "answer": card.PasteAnyway})
		x.want("finish", string(browser.InsertOriginal))
		x.send(map[string]any{"kind": "done", "id": 7, "outcome": "inserted"})
		offer, up := d.windows.up()
		if !up || offer.About != card.KeyOut {
			t.Fatalf("what follows is %+v", offer)
		}
		d.windows.answer(offer.ID, card.WhatNow)
		synctest.Wait()
		github, _ := detect.IssuerOf("github_token")
		if p := d.told(); p.Tab != card.TabKeys || p.Keys == nil || !slices.Equal(p.Keys.Issuers, []detect.Issuer{github}) {
			t.Errorf("the page has %v, %+v", p.Tab, p.Keys)
		}
	})
}
