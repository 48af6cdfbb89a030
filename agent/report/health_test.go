package report

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"handrail/agent/coverage"
)

func healthy() Health {
	t := coverage.All(coverage.Seen, coverage.None)
	t.Set(coverage.Browser, coverage.Partly, coverage.TitlesOnly)
	return Health{Device: "d_7f3a", Agent: "1.4.2", Platform: LinuxAMD64, Policy: 41, Coverage: t,
		Errors: []ErrorCount{{ErrorWindow, Once}, {ErrorPolicy, Few}}}
}

func TestHealthOnTheWire(t *testing.T) {
	b, err := EncodeHealth(healthy())
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"v":1,"device":"d_7f3a","agent":"1.4.2","platform":"linux_amd64","policy":41,"coverage":[` +
		`{"surface":"clipboard","state":"seen"},{"surface":"windows","state":"seen"},` +
		`{"surface":"browser","state":"partly","why":"titles_only"},{"surface":"terminal","state":"seen"},` +
		`{"surface":"apps","state":"seen"},{"surface":"nudge","state":"seen"}],` +
		`"errors":[{"name":"policy","often":"2-4"},{"name":"window","often":"1"}]}`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
	h, err := DecodeHealth(b)
	if err != nil {
		t.Fatal(err)
	}
	if h.Coverage.Of(coverage.Browser).Why != coverage.TitlesOnly || h.Errors[0].Name != ErrorPolicy || h.Device != "d_7f3a" {
		t.Errorf("read back: %+v", h)
	}
	// A surface that nobody spoke of is blind, not missing.
	few, err := EncodeHealth(Health{Device: "d", Agent: "0.1.0-dev", Platform: PlatformOf("plan9", "mips")})
	if err != nil || strings.Count(string(few), "not_watching") != len(coverage.Surfaces()) || !strings.Contains(string(few), `"platform":"other"`) {
		t.Errorf("with no coverage: %s, %v", few, err)
	}
}

func TestDecodeHealthRefuses(t *testing.T) {
	b, err := EncodeHealth(healthy())
	if err != nil {
		t.Fatal(err)
	}
	const canary = "alice@example.com"
	for _, c := range []struct{ name, old, new string }{
		{"another version", `"v":1`, `"v":0`},
		{"a tool", `"policy":41`, `"policy":41,"tools":["` + canary + `"]`},
		{"an hour", `"policy":41`, `"policy":41,"hour":"2026-11-24T09Z"`},
		{"a host name", `"d_7f3a"`, `"` + canary + `"`},
		{"a free platform", `"linux_amd64"`, `"` + canary + `"`},
		{"a free version", `"1.4.2"`, `"` + canary + `"`},
		{"a version with words", `"1.4.2"`, `"1.4.2-Alice"`},
		{"a free reason", `"titles_only"`, `"` + canary + `"`},
		{"a free error", `"name":"policy"`, `"name":"` + canary + `"`},
		{"a number of times", `"2-4"`, `"3"`},
		{"a missing surface", `{"surface":"windows","state":"seen"},`, ``},
		{"a surface twice", `"surface":"windows"`, `"surface":"clipboard"`},
		{"an error twice", `"name":"window"`, `"name":"policy"`},
		{"something behind", `"1"}]}`, `"1"}]}{}`},
		{"spaces", `{"v"`, `{ "v"`},
		{"too long", `"v":1`, strings.Repeat(" ", MaxHealth) + `"v":1`},
	} {
		bad := bytes.Replace(b, []byte(c.old), []byte(c.new), 1)
		if bytes.Equal(bad, b) {
			t.Fatalf("%s: %s is not in the report", c.name, c.old)
		}
		_, err := DecodeHealth(bad)
		if !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got %v, want ErrMalformed", c.name, err)
		} else if strings.Contains(err.Error(), canary) {
			t.Errorf("%s: the error repeats what was in the report: %v", c.name, err)
		}
	}
}

func FuzzDecodeHealth(f *testing.F) {
	b, err := EncodeHealth(healthy())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(`{"v":1}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := DecodeHealth(b)
		if err != nil {
			return
		}
		if again, err := EncodeHealth(h); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("read and written again differs (%v):\n%s\n%s", err, b, again)
		}
	})
}
