package clip

import (
	"strings"
	"testing"

	"handrail/agent/desktoptest"
	"handrail/detect/secret"
)

func TestOwnTextCanBePastedUntilSomethingElseIsCopied(t *testing.T) {
	d, w := desktop(t)
	desktoptest.Need(t, "xclip")
	var o Owner
	t.Cleanup(o.Close)
	for name, want := range map[string]string{
		"short": "pay with [card 1]", "umlauts": "grüße", "by INCR": strings.Repeat("0123456789abcdef", 1<<16),
	} {
		text := secret.New([]byte(want))
		b := text.Bytes()
		if err := o.Set(text); err != nil {
			t.Fatal(err)
		}
		next(t, w, Clipboard, func(c Change) bool { return c.OwnerPID != 0 })
		if got := d.Run(t, "xclip", "-o", "-selection", "clipboard"); got != want {
			t.Errorf("%s: pasted %d bytes, want %d", name, len(got), len(want))
		}
		d.Copy(t, "something else")
		o.wg.Wait() // it lets go by itself
		if strings.Trim(string(b), "\x00") != "" {
			t.Errorf("%s: the text was not wiped", name)
		}
	}
}
