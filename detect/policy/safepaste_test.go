package policy

import (
	"strings"
	"testing"
	"time"
)

func TestSafePaste(t *testing.T) {
	const head = "version: 1\nserial: 1\n"
	for in, want := range map[string]time.Duration{
		head:                                 8 * time.Hour,
		head + "safe_paste: {keep_hours: 1}": time.Hour,
	} {
		if got := mustParse(t, in).SafePaste.Keep(); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
	s := compiled(t)
	for in, want := range map[string]string{
		"safe_paste: {keep_hours: 0}":  "line 3: keep_hours must be from 1 to 24",
		"safe_paste: {keep_hours: 25}": "line 3: keep_hours must be from 1 to 24",
		"safe_paste: {keep: 2}":        "unknown key",
	} {
		if _, err := Parse([]byte(head + in + "\n")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", in, err)
		}
		if refused, _ := refuses(s, []byte(head+in+"\n")); !refused {
			t.Errorf("the schema takes %q", in)
		}
	}
}
