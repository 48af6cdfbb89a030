package catalog

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestDefault(t *testing.T) {
	c, err := Parse(embedded)
	if err != nil {
		t.Fatal(err)
	}
	tools, hosts := len(c.tools), 0
	for _, t := range c.tools {
		hosts += len(t.Hosts)
	}
	if tools < 200 || hosts < 350 {
		t.Errorf("%d tools and %d hosts are built in, want at least 200 and 350", tools, hosts)
	}
	if all := Default().Tools(); len(all) != tools || !slices.IsSortedFunc(all, func(a, b Tool) int { return strings.Compare(string(a.ID), string(b.ID)) }) {
		t.Errorf("Tools() gives %d tools, or not by id; want %d", len(all), tools)
	}
	if got, ok := c.Tool("chatgpt"); !ok || got.Name != "ChatGPT" || got.Vendor != "OpenAI" || got.Domain() != "chatgpt.com" {
		t.Errorf(`Tool("chatgpt") = %+v, %v`, got, ok)
	}
	if _, ok := c.Tool(Other); ok {
		t.Errorf("Tool(%q) is in the catalogue", Other)
	}
}

// Every row says where it is from, every source is used, and what must be
// unique is: the data's promises to a reviewer, checked without the parser.
func TestEveryRowHasASource(t *testing.T) {
	line := regexp.MustCompile(`^      - \{(host|title|process|window|command): .*, source: ([a-z0-9-]+)\}( # .*)?$`)
	sources := regexp.MustCompile(`(?m)^  ([a-z0-9-]+): .{10,}$`)
	text := string(embedded)
	head, body, ok := strings.Cut(text, "\ntools:\n")
	if !ok {
		t.Fatal("tools.yaml has no line tools:")
	}
	_, list, _ := strings.Cut(head, "\nsources:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	used := map[string]bool{}
	for _, m := range sources.FindAllStringSubmatch(list, -1) {
		used[m[1]] = false
	}
	rows := 0
	for l := range strings.Lines(body) {
		l = strings.TrimSuffix(l, "\n")
		if !strings.HasPrefix(l, "      - ") {
			continue
		}
		rows++
		m := line.FindStringSubmatch(l)
		if m == nil {
			t.Errorf("this row has no source, or is not on one line: %s", l)
			continue
		}
		if _, ok := used[m[2]]; !ok {
			t.Errorf("unknown source in: %s", l)
		}
		used[m[2]] = true
	}
	if rows < 700 {
		t.Errorf("only %d rows were looked at: is the file's form another now?", rows)
	}
	for s, u := range used {
		if !u {
			t.Errorf("the source %q is not used: remove it", s)
		}
	}
}

// A port is every developer's, so it is no evidence, and there is none.
func TestNoPortInTheData(t *testing.T) {
	port := regexp.MustCompile(`(host|process|command|window|exe)[:=] ?"?[^ ,}"]*:\d+`)
	for l := range strings.Lines(string(embedded)) {
		if port.MatchString(l) || regexp.MustCompile(`\bports?:`).MatchString(l) {
			t.Errorf("a port in: %s", l)
		}
	}
	for _, tool := range Default().Tools() {
		for _, h := range tool.Hosts {
			if strings.Contains(h.Pattern, ":") {
				t.Errorf("%s: a port in %s", tool.ID, h.Pattern)
			}
		}
	}
}

// Services that AI sites load but that are no AI tools were in some of the
// lists that the data were made from.
func TestNoPoisonInTheData(t *testing.T) {
	c := Default()
	for _, host := range []string{
		"auth0.com", "cdn.auth0.com", "stripe.com", "sentry.io", "browser.sentry-cdn.com", "cloudflare.com", "cdnjs.cloudflare.com",
		"challenges.cloudflare.com", "google.com", "www.googleapis.com", "gstatic.com", "microsoft.com", "login.microsoftonline.com",
		"office.com", "notion.so", "github.com", "amazonaws.com", "s3.amazonaws.com", "vercel.com", "lovable.app", "repl.co",
		"marketplace.visualstudio.com", "open-vsx.org", "intercom.io", "featuregates.org", "statsigapi.net",
	} {
		if d, ok := c.Lookup(Target{Host: host}); ok {
			t.Errorf("%s is taken for %s", host, d.Tool)
		}
	}
}

// small is a catalogue of one tool; its rows are replaced by the tests.
const small = `sources: {s: here}
docs_labels: [docs]
ambiguous: [claude]
pages_about: [Wikipedia]
tools:
  - id: one
    name: One
    vendor: V
    category: chat
    hosts:
      - {host: one.test, role: chat, source: s}
`

func TestParse(t *testing.T) {
	c, err := Parse([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	if d, ok := c.Lookup(Target{Host: "one.test"}); !ok || d.Tool != "one" {
		t.Errorf("Lookup = %+v, %v", d, ok)
	}
	if d, ok := c.Lookup(Target{Host: "x.one.test"}); ok {
		t.Errorf("a host without a dot in front matched one below it: %+v", d)
	}
}

func TestParseErrors(t *testing.T) {
	second := func(id, name, rest string) string {
		return small + "  - id: " + id + "\n    name: " + name + "\n    vendor: V\n    category: chat\n" + rest
	}
	row := func(s string) string { return second("two", "Two", "    "+s) }
	host := func(s string) string {
		return row("hosts:\n      - {host: ok.test, role: chat, source: s}\n      - {" + s + "}\n")
	}
	for _, tt := range []struct{ name, data, want string }{
		{"empty", "", "the file is empty: add tools"},
		{"no tools", "sources: {s: here}\n", "there are no tools: add some"},
		{"not YAML", "tools: [", "catalogue: yaml: line 1"},
		{"unknown key", strings.Replace(small, "vendor", "vendour", 1), "line 8: field vendour not found"},
		{"two documents", small + "---\n{}\n", "more than one document"},

		{"no id", second(`""`, "Two", ""), `line 12, tool "": the id may hold`},
		{"bad id", second("Two", "Two", ""), `line 12, tool "Two": the id may hold a-z`},
		{"other", second("other", "Two", ""), "choose another"},
		{"duplicate id", second("one", "Two", ""), `line 12, tool "one": the id is used twice: merge the two`},
		{"duplicate name", second("two", "ONE", ""), `is also that of "one"`},
		{"long name", second("two", strings.Repeat("x", 41), ""), "1 to 40 printable letters"},
		{"name that is no text", second("two", `"a\nb"`, ""), "printable letters"},
		{"no vendor", strings.Replace(small, "vendor: V", "vendor:", 1), "add a vendor"},
		{"category", strings.Replace(small, "category: chat", "category: toy", 1), `unknown category "toy": use one of chat`},
		{"out of reach", row("hosts:\n      - {host: docs.test, role: docs, source: s}\n"), "nothing leads to it: add a host"},

		{"duplicate host", host("host: one.test, role: api, source: s"), `line 18, tool "two": host "one.test": the host is already there, for "one"`},
		{"duplicate host, other form", host("host: .one.test, role: api, source: s"), "already there"},
		{"duplicate path", host("host: ok.test/a, role: api, source: s}\n      - {host: ok.test/A, role: api, source: s"), `line 19, tool "two"`},
		{"no source", host("host: b.test, role: api"), "add a source"},
		{"unknown source", host("host: b.test, role: api, source: nowhere"), `unknown source "nowhere"`},
		{"unknown role", host("host: b.test, role: talk, source: s"), `unknown role "talk": use chat, api, docs or cdn`},
		{"no role", host("host: b.test, source: s"), `unknown role ""`},
		{"port", host("host: 'b.test:443', role: api, source: s"), "a port is no evidence"},
		{"URL", host("host: 'https://b.test', role: api, source: s"), "neither a port nor https"},
		{"two path parts", host("host: b.test/a/b, role: api, source: s"), "one plain part only"},
		{"empty path", host("host: b.test/, role: api, source: s"), "one plain part only"},
		{"upper case", host("host: B.test, role: api, source: s"), "write the name as browsers report it: b.test"},
		{"other script", host("host: bücher.test, role: api, source: s"), "xn--bcher-kva.test"},
		{"no dot", host("host: localhost, role: api, source: s"), "not the name of a host"},
		{"address", host("host: 10.0.0.1, role: api, source: s"), "not the name of a host"},
		{"whole domain", host("host: .test, role: api, source: s"), "not the name of a host"},
		{"double dot", host("host: a..test, role: api, source: s"), "not the name of a host"},
		{"star in front of little", host("host: '*.test', role: api, source: s"), "a * may be a whole label"},
		{"star in a word", host("host: 'a*b.x.test', role: api, source: s"), "not the name of a host"},
		{"star and dot", host("host: '.*.x.test', role: api, source: s"), "a * may be a whole label"},

		{"title", row("titles:\n      - {title: '*', source: s}\n"), `line 17, tool "two": title "*": write "Name"`},
		{"title without separator", row("titles:\n      - {title: '*Claude', source: s}\n"), `write "Name"`},
		{"title with separator inside", row("titles:\n      - {title: '* - A - B', source: s}\n"), "alone"},
		{"duplicate title", row("titles:\n      - {title: A, source: s}\n      - {title: A, source: s}\n"), "line 18"},

		{"ambiguous app", row("apps:\n      - {process: claude, source: s}\n"), "add a second fact"},
		{"ambiguous command", row("commands:\n      - {command: claude, source: s}\n"), `command "claude": other programs have this name as well`},
		{"process and window", row("apps:\n      - {process: a, window: b, source: s}\n"), "one of them"},
		{"surface", row("apps:\n      - {process: a, surface: browser, source: s}\n"), "use app or ide"},
		{"upper case name", row("commands:\n      - {command: Aa, source: s}\n"), "lower case"},
		{"name with .exe", row("apps:\n      - {process: a.exe, source: s}\n"), "without path and .exe"},
		{"name with path", row("commands:\n      - {command: /bin/a, source: s}\n"), "without path"},
		{"browser", row("apps:\n      - {process: firefox, source: s}\n"), "this is a browser"},
		{"command as app", row("commands:\n      - {process: a, source: s}\n"), "move the row to apps"},
		{"fact of no kind", row("commands:\n      - {command: a, second: [port=80], source: s}\n"), `second fact "port=80"`},
		{"fact without a slash", row("commands:\n      - {command: a, second: [exe=a], source: s}\n"), "exe=/part/of"},
		{"duplicate command", row("commands:\n      - {command: a, source: s}\n      - {command: a, source: s}\n"), "it is there twice"},
	} {
		if _, err := Parse([]byte(tt.data)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

func TestDuplicateProgramNamesTheOtherTool(t *testing.T) {
	tool := func(id string) string {
		return "  - {id: " + id + ", name: " + id + ", vendor: V, category: code, commands: [{command: run, source: s}]}\n"
	}
	_, err := Parse([]byte("sources: {s: here}\ntools:\n" + tool("a") + tool("b")))
	if err == nil || !strings.Contains(err.Error(), `line 4, tool "b": command "run": it is already there, for "a"`) {
		t.Errorf("error %v does not name both tools", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(small + "  - {id: b, name: B, vendor: V, category: code, titles: [{title: '* - B', source: s}], commands: [{command: b, second: [exe=/b/], source: s}]}\n"))
	f.Add([]byte("tools: [{id: a, hosts: [{host: '*.a.b.c/d'}]}]"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse(data)
		if (c == nil) == (err == nil) {
			t.Fatalf("Parse = %v, %v", c, err)
		}
		if c == nil {
			return
		}
		for _, tool := range c.Tools() {
			c.Lookup(Target{Process: "chromium", Title: tool.Name})
			for _, h := range tool.Hosts {
				if h.stars > 0 {
					continue
				}
				// Whatever a row says, its own address leads to a row.
				row, _, _ := c.byHost(h.name, h.path)
				if row == nil {
					t.Errorf("%s: nothing at %s", tool.ID, h.Pattern)
				}
			}
		}
	})
}
