package browsertest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"handrail/agent/browsertest"
	"handrail/agent/desktoptest"
	"handrail/agent/local"
)

// TestNamesComeBack is the story of a customer list on real parts: its paste into
// an AI tool is held, Safe Paste gives the tool tokens, the tool answers with
// them, and the names are put back in what the person copies there. What the tool
// has made of a token so that it can't be told any more stays, and is pointed at.
func TestNamesComeBack(t *testing.T) {
	desktoptest.Need(t, "chromium")
	in := install(t)
	notices := in.notices(t)
	site := browsertest.Serve(t, host)
	b := browsertest.Chromium(t, in.d, site, browsertest.Options{Extension: browsertest.Extension(t, "../../ui/extension"), Host: in.relay, Machine: in.m})
	r := &rig{d: in.d, site: site, b: b, page: b.Open(t, site.URL(host, "chat"))}
	in.within(t, "a browser that asks", func(s *local.SessionStatus) bool { return s != nil && s.Watching && len(s.Browsers) == 1 })

	list := "name,email\n"
	for _, who := range []string{"Rossi", "Haddad", "Lindqvist", "Okafor", "Novak", "Brandt", "Ferri", "Kowalski", "Reyes", "Dahl", "Petrov", "Horak"} {
		list += "Ana " + who + ",ana." + strings.ToLower(who) + "@contoso.com\n"
	}
	r.over(t, list)
	r.waitHint(t)
	r.sawNothing(t)
	r.pressHint(t, 0) // Safe Paste
	r.page.Wait(t, "the redacted list", `site.text().then(t => t !== "")`)
	values := valuesIn(t, r.page.Text(t), list)

	r.d.Key(t, "Return")
	var answer string
	r.page.Eval(t, "site.answer()", &answer)
	r.d.Key(t, "ctrl+c")
	want, back := answer, 0
	for token, value := range values {
		// The third came back in small letters.
		for _, as := range []string{token, strings.ToLower(token)} {
			if strings.Contains(want, as) {
				want, back = strings.ReplaceAll(want, as, value), back+1
				break
			}
		}
	}
	const mangled = "[EMAIL_zz9zz]"
	if back != 3 || !strings.Contains(want, mangled) {
		t.Fatalf("the stand-in AI has answered %q to %q", answer, r.page.Text(t))
	}
	if n := notices.next(t); n.title != "Put 3 names back?" {
		t.Fatalf("offered %+v", n)
	}
	if got := in.clipboard(t); got != answer {
		t.Fatalf("copied %q, want %q", got, answer)
	}
	in.clickNotice(t)
	n := notices.next(t)
	if got := in.clipboard(t); got != want {
		t.Errorf("the clipboard holds %q\nwant %q", got, want)
	}
	if !strings.Contains(n.title, "3") || !strings.Contains(n.body, strings.Trim(mangled, "[]")) {
		t.Errorf("what could not be told any more is not pointed at: %+v", n)
	}

	b.Quit(t)
	in.keepsNothing(t, b, "@contoso.com")
}

// valuesIn says what each token of a table stands for, which must be the
// original but for them.
func valuesIn(t *testing.T, redacted, original string) map[string]string {
	t.Helper()
	cells := func(table string) []string {
		return strings.FieldsFunc(table, func(r rune) bool { return r == ',' || r == '\n' })
	}
	from, to := cells(original), cells(redacted)
	values, restored := map[string]string{}, redacted
	for i, cell := range to[:min(len(to), len(from))] {
		if cell != from[i] {
			values[cell] = from[i]
			restored = strings.ReplaceAll(restored, cell, from[i])
		}
	}
	if restored != original {
		t.Fatalf("Safe Paste has made %q\nof %q", redacted, original)
	}
	return values
}

// clipboard is the text on the clipboard, as any program gets it.
func (in *installation) clipboard(t *testing.T) string {
	t.Helper()
	return in.d.Run(t, "xclip", "-selection", "clipboard", "-o")
}

// notices are what the desktop's notification server is asked to show.
type notices chan *dbus.Message

type notice struct{ title, body string }

// notices starts the desktop's notification server, and listens to what it is
// told.
func (in *installation) notices(t *testing.T) notices {
	t.Helper()
	desktoptest.Need(t, "dunst")
	in.d.Start(t, "dunst", "-conf", "/dev/null")
	conn, err := dbus.Connect(in.d.Bus)
	if err != nil {
		t.Fatalf("listening to notifications: %v", err)
	}
	t.Cleanup(func() { conn.Close() })
	n := make(notices, 64)
	rules := []string{"type='method_call',interface='org.freedesktop.Notifications',member='Notify'"}
	if err := conn.BusObject().Call("org.freedesktop.DBus.Monitoring.BecomeMonitor", 0, rules, uint32(0)).Err; err != nil {
		t.Fatalf("listening to notifications: %v", err)
	}
	conn.Eavesdrop(n)
	return n
}

// next waits for the next notification.
func (n notices) next(t *testing.T) notice {
	t.Helper()
	for deadline := time.After(desktoptest.Patience); ; {
		select {
		case m := <-n:
			var name, icon string
			var replaces uint32
			var shown notice
			// A listener is also told that it has lost its name.
			if dbus.Store(m.Body[:min(5, len(m.Body))], &name, &replaces, &icon, &shown.title, &shown.body) == nil {
				return shown
			}
		case <-deadline:
			t.Fatal("there was no notification")
		}
	}
}

// clickNotice clicks on the notification, which takes what it offers first.
func (in *installation) clickNotice(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(desktoptest.Patience); time.Now().Before(deadline); {
		id, err := in.d.Command(t, "xdotool", "search", "--onlyvisible", "--class", "Dunst").Output()
		if err != nil {
			continue // none yet
		}
		const middle = "2" // dunst's button for the first action
		in.d.Run(t, "xdotool", "mousemove", "--window", strings.Fields(string(id))[0], "30", "30", "click", middle)
		return
	}
	t.Fatalf("no notification came up: %+v", in.status(t))
}
