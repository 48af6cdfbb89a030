package session

import (
	"strings"
	"testing"
	"testing/synctest"

	"handrail/agent/browser"
	"handrail/agent/card"
	"handrail/agent/report"
	"handrail/detect/catalog"
)

// tenants approves the organisation's own ChatGPT, which may receive all.
var tenants = strings.Replace(managed, "{id: chatgpt, standing: unapproved}", "{id: chatgpt, standing: approved, tenants: [Acme]}", 1)

// asked has a paste held whose page can't tell whose account it is.
func (x *extensionEnd) asked(id uint64) {
	x.d.t.Helper()
	x.send(map[string]any{"kind": "attempt", "id": id, "how": "paste", "host": "chatgpt.com", "account": "unclear", "text": "pay with " + cardNumber})
	if v := x.want("verdict", browser.Hold); !v.AskAccount {
		x.d.t.Fatalf("the account is not asked for: %+v", v)
	}
}

func TestWhoseAccountItIs(t *testing.T) {
	for account, want := range map[string]string{"work": browser.Allow, "personal": browser.Hold} {
		run(t, func(t *testing.T, d *desk) {
			d.service.set(tenants)
			synctest.Wait()
			x := d.connect()
			x.want("welcome", "")
			d.copy("pay with " + cardNumber)
			x.asked(1)
			before, _ := d.windows.up()
			x.send(map[string]any{"kind": "account", "id": 2, "account": account}) // of another attempt
			x.wantSilence()
			x.send(map[string]any{"kind": "account", "id": 1, "account": account})
			if v := x.want("verdict", want); v.ID != 1 || v.AskAccount {
				t.Errorf("%s: asked again: %+v", account, v)
			}
			c, up := d.windows.up()
			if up != (want == browser.Hold) || up && (c.ID == before.ID || !c.Held || !c.Safe) {
				t.Errorf("%s: up is %+v, %v", account, c, up)
			}
			if want == browser.Allow {
				d.wantCounted(report.UseCell("chatgpt", catalog.SurfaceBrowser)) // nobody was nudged
				if len(d.e.browsers.held) != 0 {
					t.Error("the attempt is still known")
				}
				return
			}
			x.send(map[string]any{"kind": "answer", "id": 1, "answer": card.PasteAnyway})
			x.want("finish", string(browser.InsertOriginal))
			d.wantCounted(nudged(report.SaidAnyway), report.UseCell("chatgpt", catalog.SurfaceBrowser))
			// It is the same clip still, so what was said of it holds.
			x.send(map[string]any{"kind": "attempt", "id": 3, "how": "paste", "host": "chatgpt.com", "account": "unclear", "text": "pay with " + cardNumber})
			x.want("verdict", browser.Allow)
		})
	}
}

// The window can answer before the page does: then the account is not asked.
func TestAnAccountThatComesTooLate(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.service.set(tenants)
		synctest.Wait()
		x := d.connect()
		x.want("welcome", "")
		x.asked(1)
		c, _ := d.windows.up()
		d.windows.answer(c.ID, card.Dismiss)
		x.want("finish", string(browser.DropIt))
		x.send(map[string]any{"kind": "account", "id": 1, "account": "personal"})
		x.wantSilence()
		if _, up := d.windows.up(); up {
			t.Error("a card is up")
		}
		d.wantCounted(nudged(report.Dismissed), report.UseCell("chatgpt", catalog.SurfaceBrowser))
	})
}

// The organisation's own workspace is let through, another's is not.
func TestTheTenantDecides(t *testing.T) {
	run(t, func(t *testing.T, d *desk) {
		d.service.set(tenants)
		synctest.Wait()
		x := d.connect()
		x.want("welcome", "")
		for i, c := range []struct{ tenant, want string }{{"Acme", browser.Allow}, {"Globex", browser.Hold}} {
			x.send(map[string]any{"kind": "attempt", "id": i + 1, "how": "paste", "host": "chatgpt.com", "account": "work", "tenant": c.tenant, "text": "pay with " + cardNumber})
			x.want("verdict", c.want)
		}
		synctest.Wait()
		if s := d.log.String(); strings.Contains(s, "Acme") || strings.Contains(s, "Globex") {
			t.Errorf("the log names a workspace:\n%s", s)
		}
	})
}
