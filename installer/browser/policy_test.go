package browser

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handrail/detect/catalog"
	"handrail/detect/policy"
)

var update = flag.Bool("update", false, "write the golden files")

const someID = "abcdefghijklmnopabcdefghijklmnop"

func rollout(b Browser, s System) Rollout {
	url := "https://it.example/handrail/" + UpdatesName
	if b == Firefox {
		url = "https://it.example/handrail/" + XPIName
	}
	if s == Linux {
		url = strings.Replace(url, "https://it.example/handrail", "file:///usr/share/handrail/browser", 1)
	}
	return Rollout{Browser: b, System: s, Extension: someID, UpdateURL: url, Sites: []string{"https://[*.]deepseek.com", "https://chatgpt.com"}}
}

// The files for every browser and system are as they were read last.
func TestGolden(t *testing.T) {
	for _, b := range Browsers() {
		for _, s := range Systems() {
			extension := map[System]string{Linux: ".json", Windows: ".reg", Darwin: ".mobileconfig"}[s]
			got, err := rollout(b, s).Policy()
			if err != nil {
				t.Fatal(err)
			}
			golden(t, string(b)+"_"+string(s)+extension, got)
			host, err := Host(b, someID, Relay(s))
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "host_"+string(b)+"_"+string(s)+".json", host)
		}
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	// Git may change CRLF.
	got = bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n"))
	path := filepath.Join("testdata/golden", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant (write it with -update)\n%s", name, got, want)
	}
}

// every calls f with each description there is.
func every(f func(Rollout)) {
	for _, b := range Browsers() {
		for _, s := range Systems() {
			for bits := range 16 {
				r := rollout(b, s)
				r.BlockOtherHosts, r.NoPrivate, r.FailClosed, r.Unsigned = bits&1 != 0, bits&2 != 0, bits&4 != 0, bits&8 != 0
				f(r)
			}
		}
	}
}

// On Linux and macOS it would drop every paste in silence.
func TestContentAnalysisIsNeverEnabled(t *testing.T) {
	every(func(r Rollout) {
		file, err := r.Policy()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(bytes.ToLower(file), []byte("contentanalysis")) || bytes.Contains(bytes.ToLower(file), []byte("enterpriseconnector")) {
			t.Errorf("%+v names content analysis:\n%s", r, file)
		}
	})
}

func TestFilesAreWellFormed(t *testing.T) {
	every(func(r Rollout) {
		file, err := r.Policy()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"force_installed", r.UpdateURL, r.id()} {
			if !bytes.Contains(file, []byte(want)) {
				t.Errorf("%+v: no %s in\n%s", r, want, file)
			}
		}
		if signatures := bytes.Contains(file, []byte("xpinstall.signatures")); signatures != (r.Unsigned && r.Browser == Firefox) {
			t.Errorf("%+v: unsigned add-ons %v", r, signatures)
		}
		if blocks := bytes.Contains(file, []byte("NativeMessagingBlocklist")); blocks != (r.BlockOtherHosts && r.Browser != Firefox) {
			t.Errorf("%+v: other hosts blocked %v", r, blocks)
		}
		switch r.System {
		case Linux:
			if !json.Valid(file) {
				t.Errorf("%+v: no JSON:\n%s", r, file)
			}
		case Windows:
			for line := range strings.SplitSeq(strings.TrimSuffix(string(file), "\r\n"), "\r\n") {
				if strings.Contains(line, "\n") || line != "" && !strings.HasPrefix(line, "Windows Registry Editor") &&
					!(line[0] == '[' && line[len(line)-1] == ']') && !strings.Contains(line, "=") {
					t.Errorf("%+v: the line %q", r, line)
				}
			}
		case Darwin:
			for d := xml.NewDecoder(bytes.NewReader(file)); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Errorf("%+v: %v\n%s", r, err, file)
					break
				}
			}
		}
	})
}

func TestPrivateWindows(t *testing.T) {
	for _, c := range []struct {
		b         Browser
		none      bool
		want, not string
	}{
		{Chrome, false, "MandatoryExtensionsForIncognitoNavigation", "IncognitoModeAvailability"},
		{Chrome, true, `"IncognitoModeAvailability": 1`, "Mandatory"},
		{Edge, false, "MandatoryExtensionsForInPrivateNavigation", "Incognito"},
		{Edge, true, `"InPrivateModeAvailability": 1`, "Incognito"},
		{Firefox, false, `"private_browsing": true`, "DisablePrivateBrowsing"},
		{Firefox, true, `"DisablePrivateBrowsing": true`, `"private_browsing": true`},
	} {
		r := rollout(c.b, Linux)
		r.NoPrivate = c.none
		file, err := r.Policy()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(file), c.want) || strings.Contains(string(file), c.not) {
			t.Errorf("%s, none %v: want %s and not %s in\n%s", c.b, c.none, c.want, c.not, file)
		}
	}
}

func TestBadRolloutsAreRefused(t *testing.T) {
	for _, c := range []struct {
		change func(*Rollout)
		want   string
	}{
		{func(r *Rollout) { r.Extension = "" }, "no extension id"},
		{func(r *Rollout) { r.Extension = strings.Repeat("q", 32) }, "no extension id"},
		{func(r *Rollout) { r.UpdateURL = "" }, "use an https address or a file"},
		{func(r *Rollout) { r.UpdateURL = "http://it.example/update.xml" }, "use an https address or a file"},
		{func(r *Rollout) { r.UpdateURL = "file://host/update.xml" }, "use an https address or a file"},
		{func(r *Rollout) { r.System = Windows }, "on windows browsers want an https address"},
		{func(r *Rollout) { r.UpdateURL = "https://a b/" }, "reading the update URL"},
	} {
		r := rollout(Chrome, Linux)
		c.change(&r)
		if _, err := r.Policy(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: got %v, want an error with %q", r, err, c.want)
		}
	}
	if _, err := Host(Chrome, "x", "/usr/bin/handrail-browser"); err == nil {
		t.Error("a host for a bad id was made")
	}
	if _, err := Host(Firefox, "", "handrail-browser"); err == nil {
		t.Error("a host without a full path was made")
	}
}

const someTools = `
sources: {review: r}
tools:
  - {id: asked, name: A, vendor: V, category: chat, hosts: [{host: .asked.example, role: chat, source: review}]}
  - {id: inner, name: B, vendor: V, category: chat, hosts: [{host: x.asked.example, role: chat, source: review}]}
  - {id: plain, name: C, vendor: V, category: chat, hosts: [{host: other.example, role: chat, source: review}, {host: .api.example, role: api, source: review}]}
  - {id: part, name: D, vendor: V, category: chat, hosts: [{host: .big.example/chat, role: chat, source: review}]}
`

func TestClipboardSites(t *testing.T) {
	c, err := catalog.Parse([]byte(someTools))
	if err != nil {
		t.Fatal(err)
	}
	const rules = "rules: [{id: r, do: nudge, when: {classes: [secret]}, because: No., instead: {advice: Do.}}]\n"
	for _, tt := range []struct {
		policy string
		want   []string
	}{
		{"version: 1\nserial: 1\n" + rules, []string{"https://[*.]asked.example", "https://other.example", "https://x.asked.example"}},
		{"version: 1\nserial: 1\ntools: [{id: inner, standing: approved}]\n" + rules, []string{"https://asked.example", "https://other.example"}},
		{"version: 1\nserial: 1\ntools: [{id: asked, standing: approved, receives: [contacts]}, {id: plain, standing: trial}]\n" + rules, []string{"https://x.asked.example"}},
		{"version: 1\nserial: 1\nenabled: false\n" + rules, nil},
		{"version: 1\nserial: 1\n", nil},
	} {
		p, err := policy.Parse([]byte(tt.policy))
		if err != nil {
			t.Fatal(err)
		}
		if got := ClipboardSites(p, c); !slices.Equal(got, tt.want) {
			t.Errorf("%s\ngot  %q\nwant %q", tt.policy, got, tt.want)
		}
	}
	// Of the real catalogue: never the whole of a site that is something else.
	got := ClipboardSites(policy.Default(), catalog.Default())
	if len(got) < 50 || slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "bing.com") || strings.Contains(s, "github.com") }) {
		t.Errorf("got %d sites: %q", len(got), got)
	}
}
