package console

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"handrail/agent/coverage"
	"handrail/agent/report"
	"handrail/detect"
	"handrail/fleet/aggregate"
	"handrail/fleet/query"
	"handrail/fleet/store"
)

var update = flag.Bool("update", false, "write the golden pages anew")

var now = time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)

// fixed is a fleet that stands still.
type fixed struct {
	devices   []store.Device
	published []store.Published
	requests  []store.Requested
	decisions map[store.Subject]report.AnswerReply
	err       error
}

func (f fixed) Devices(context.Context) ([]store.Device, error) { return f.devices, f.err }

func (f fixed) Published(context.Context, int) ([]store.Published, error) { return f.published, f.err }

func (f fixed) Requests(context.Context) ([]store.Requested, error) { return f.requests, f.err }

func (f fixed) Decisions(context.Context) (map[store.Subject]report.AnswerReply, error) {
	return f.decisions, f.err
}

// secretCount is a number that occurs nowhere else on a page.
const secretCount = 8647

// sample is a fleet of 28 laptops, 2 of them silent, with one published batch.
func sample() fixed {
	var f fixed
	for i := range 28 {
		table := coverage.All(coverage.Seen, coverage.None)
		table.Set(coverage.Browser, coverage.Partly, coverage.TitlesOnly)
		table.Set(coverage.Clipboard, coverage.Partly, coverage.TextOnly)
		h := report.Health{Agent: "0.1.0", Platform: report.LinuxAMD64, Policy: 12, Coverage: table}
		day := "2026-11-24"
		switch {
		case i == 3 || i == 17:
			day = "2026-10-30"
		case i%9 == 4:
			h.Coverage = coverage.All(coverage.Blind, coverage.Wayland)
			h.Platform = report.LinuxARM64
		case i%9 == 5:
			h.Coverage = coverage.All(coverage.Blind, coverage.NotWatching)
			h.Errors = []report.ErrorCount{{Name: report.ErrorSession, Often: report.Few}}
			h.Policy = 11
		}
		id := report.DeviceID(fmt.Sprintf("d%032x", 0x9e3779b97f4a7c15*uint64(i+1)))
		h.Device = id
		f.devices = append(f.devices, device(id, h, day))
	}
	shown := func(kind, rule, tool, surface, answer string, n int) aggregate.Cell {
		return aggregate.Cell{Kind: kind, Rule: rule, Tool: tool, Surface: surface, Answer: answer, Count: n}
	}
	hide := func(c aggregate.Cell) aggregate.Cell { c.Count, c.Hidden = secretCount, true; return c }
	f.published = []store.Published{
		{Batch: "2026-W47", Reports: 64, Active: 26, Cells: []aggregate.Cell{
			shown("nudge", "customer_list", "deepseek", "", "", 41),
			shown("nudge", "customer_list", "deepseek", "", "switched", 26),
			shown("nudge", "customer_list", "deepseek", "", "dismissed", 14),
			hide(shown("nudge", "customer_list", "deepseek", "", "said_anyway", 0)),
			hide(shown("nudge", "customer_list", "deepseek", "", "ignored", 0)),
			shown("nudge", "secret", "chatgpt", "", "", 22),
			shown("nudge", "secret", "chatgpt", "", "switched", 11),
			hide(shown("nudge", "secret", "chatgpt", "", "dismissed", 0)),
			hide(shown("nudge", "secret", "chatgpt", "", "ignored", 0)),
			hide(shown("nudge", "gov_id", "other", "", "", 0)),
			hide(shown("nudge", "gov_id", "other", "", "switched", 0)),
			shown("use", "", "chatgpt", "", "", 38),
			shown("use", "", "deepseek", "", "", 45),
			hide(shown("use", "", "claude", "", "", 0)),
			shown("pulse", "coding", "", "", "saved", 33),
			hide(shown("pulse", "coding", "", "", "saved_nothing", 0)),
			hide(shown("pulse", "coding", "", "", "saved_up_to_hour", 0)),
			hide(shown("pulse", "coding", "", "", "saved_more", 0)),
			shown("pulse", "coding", "", "", "error", 31),
			shown("pulse", "coding", "", "", "error_none", 20),
			shown("pulse", "coding", "", "", "error_found", 11),
			hide(shown("pulse", "drafting", "", "", "checked", 0)),
			hide(shown("pulse", "drafting", "", "", "checked_not", 0)),
			shown("check", "hiring", "", "", "", 27),
			hide(shown("check", "hiring", "", "", "person_not_yet", 0)),
			hide(shown("check", "hiring", "", "", "person_has", 0)),
		}},
		{Batch: "2026-W46", Reports: 58, Active: 25},
	}
	ask := func(n int, r report.Request, day string) {
		for range n {
			f.requests = append(f.requests, store.Requested{Request: r, Asked: day})
		}
	}
	ask(14, report.Request{Tool: "claude", Task: report.Drafting, Kind: detect.ClassContacts, Lacked: []report.Lack{report.PoorResults, report.Language}}, "2026-11-23")
	ask(3, report.Request{Tool: "claude", Task: report.Coding, Kind: detect.ClassCode, Lacked: []report.Lack{report.OwnSystems}}, "2026-11-20")
	ask(1, report.Request{Host: "newtool.ai", Task: report.OtherWork, Lacked: []report.Lack{report.NoneApproved}}, "2026-11-12")
	ask(2, report.Request{Tool: "deepl", Task: report.Translating, Kind: detect.ClassContract, Lacked: []report.Lack{report.NotReceived}}, "2026-11-02")
	ask(1, report.Request{Tool: "deepseek", Task: report.Researching, Lacked: []report.Lack{report.Limits}}, "2026-11-03")
	f.decisions = map[store.Subject]report.AnswerReply{
		{Tool: "deepl"}:    {State: report.OnTrial, Reason: "Our contract covers it until June. No contracts with names in them.", Decided: "2026-11-09"},
		{Tool: "deepseek"}: {State: report.Declined, Reason: "It keeps what it gets. Microsoft 365 Copilot does the same work.", Decided: "2026-11-06"},
	}
	return f
}

func serve(t testing.TB, f fixed) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(Handler(query.New(f, query.Options{}), Options{Now: func() time.Time { return now }}))
	t.Cleanup(s.Close)
	return s
}

func get(t testing.TB, url string) string {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v: %s", url, res.Status, err, b)
	}
	return string(b)
}

var fleets = map[string]fixed{
	"full":  sample(),
	"empty": {},
	"small": {devices: sample().devices[:9]},
	"early": {devices: sample().devices},
}

func TestGoldenPages(t *testing.T) {
	for name, pages := range map[string][]string{
		"full": {"", "devices", "requests", "privacy"}, "empty": {"", "devices", "requests"}, "small": {""}, "early": {""},
	} {
		s := serve(t, fleets[name])
		for _, p := range pages {
			got := get(t, s.URL+"/"+p)
			file := filepath.Join("testdata", strings.TrimSuffix(name+"-"+p, "-")+".html")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("/%s of the %s fleet is not %s: look at the difference, then run go test -update\n%s", p, name, file, firstDifference(got, string(want)))
			}
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d: got %q, want %q", i+1, g[i], append(w, make([]string, len(g))...)[i])
		}
	}
	return "it ends early"
}

func TestHiddenCellsNeverLeak(t *testing.T) {
	f := sample()
	a := get(t, serve(t, f).URL)
	if strings.Contains(a, fmt.Sprint(secretCount)) {
		t.Error("the page holds the number of a hidden cell")
	}
	if n := strings.Count(a, `class="hidden"`); n < 10 {
		t.Errorf("only %d figures are drawn as hidden", n)
	}
	if !strings.Contains(a, "fewer than 10") {
		t.Error("the page does not say what hidden means")
	}
	// Whatever a hidden cell holds, and whether an answer is there and hidden
	// or not there at all, the page is the same to the byte.
	for i := range f.published[0].Cells {
		if c := &f.published[0].Cells[i]; c.Hidden {
			c.Count = i
		}
	}
	kept := f.published[0].Cells[:0]
	for _, c := range f.published[0].Cells {
		var answer report.Answer
		var said report.Said
		if c.Hidden && (answer.UnmarshalText([]byte(c.Answer)) == nil || said.UnmarshalText([]byte(c.Answer)) == nil) {
			continue
		}
		kept = append(kept, c)
	}
	f.published[0].Cells = kept
	if b := get(t, serve(t, f).URL); a != b {
		t.Errorf("the page tells what is hidden: %s", firstDifference(b, a))
	}
}

// A bar or a share needs two numbers that are both shown.
func TestNoShareFromAHiddenFigure(t *testing.T) {
	for _, hide := range []string{"", "switched"} {
		f := sample()
		cells := f.published[0].Cells[:2]
		for i := range cells {
			if cells[i].Answer == hide {
				cells[i].Hidden = true
			}
		}
		f.published[0].Cells = cells
		page := get(t, serve(t, f).URL)
		_, section, _ := strings.Cut(page, `<h2 id="nudges">`)
		section, _, _ = strings.Cut(section, "</section>")
		if strings.Contains(section, "<svg") || regexp.MustCompile(`\d %`).MatchString(section) {
			t.Errorf("with %q hidden there is a share or a bar all the same", hide)
		}
	}
}

// Nine devices, or any number under twenty, give no number, and the page says why.
func TestTooFewDevicesGiveNoFigures(t *testing.T) {
	page := get(t, serve(t, fleets["small"]).URL)
	if !strings.Contains(page, "only 8 of the at least 20 devices they need are active") {
		t.Error("the page does not say why there are no figures")
	}
	if strings.Contains(page, `id="uses"`) || strings.Contains(page, "Took the safe way") {
		t.Error("there are figures about what people did")
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	s := serve(t, sample())
	broken := serve(t, fixed{err: errors.New("disk on fire at /var/lib")})
	for _, c := range []struct {
		method, url, host string
		status            int
	}{
		{"GET", s.URL + "/", "", 200},
		{"HEAD", s.URL + "/", "", 200},
		{"GET", s.URL + "/devices?page=99999999999999999999", "", 200},
		{"GET", s.URL + "/devices?page=-1", "", 200},
		{"GET", s.URL + "/privacy", "localhost:1", 200},
		{"GET", s.URL + "/privacy", "[::1]:80", 200},
		{"GET", s.URL + "/style.css", "", 200},
		{"GET", s.URL + "/icon.svg", "", 200},
		{"GET", s.URL + "/nothing<script>", "", 404},
		{"POST", s.URL + "/", "", 405},
		{"OPTIONS", s.URL + "/devices", "", 405},
		{"GET", s.URL + "/", "console.example", 421},
		{"GET", s.URL + "/", "127.0.0.1.example:80", 421},
		{"GET", broken.URL + "/", "", 503},
		{"GET", broken.URL + "/devices", "", 503},
	} {
		req, err := http.NewRequest(c.method, c.url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.host != "" {
			req.Host = c.host
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != c.status {
			t.Errorf("%s %s at %q: %s, want %d", c.method, c.url, c.host, res.Status, c.status)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
			"X-Content-Type-Options":  "nosniff",
			"Referrer-Policy":         "no-referrer",
			"Cache-Control":           "no-store",
		} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s %s: %s is %q, want %q", c.method, c.url, name, got, want)
			}
		}
		if len(res.Cookies()) > 0 {
			t.Errorf("%s sets a cookie", c.url)
		}
		for _, never := range []string{"<script", "/var/lib", "style=", " onclick"} {
			if strings.Contains(string(body), never) {
				t.Errorf("%s %s: the page holds %q", c.method, c.url, never)
			}
		}
	}
}

func TestOddNamesAreOnlyText(t *testing.T) {
	const odd = `"><script>alert(1)</script><b x='`
	f := sample()
	f.devices[0].ID = odd
	f.devices[0].Version = odd
	f.published[0].Batch = odd
	f.published[0].Cells = []aggregate.Cell{
		{Kind: "nudge", Rule: odd, Class: odd, Tool: odd, Surface: odd, Count: 30},
		{Kind: "nudge", Rule: "ü", Tool: "\xff", Count: 30},
		{Kind: "use", Tool: odd, Surface: odd, Count: 30},
	}
	s := serve(t, f)
	for _, p := range []string{"/", "/devices"} {
		page := get(t, s.URL+p)
		if strings.Contains(page, "<script") || strings.Contains(page, "<b x") {
			t.Errorf("%s: an odd name became markup", p)
		}
		if !strings.Contains(page, "&lt;script&gt;") && !strings.Contains(page, "&lt;Script") {
			t.Errorf("%s does not show the odd name at all", p)
		}
	}
}

// Every field that can leave a laptop is on the page, and nothing that the
// page says is never collected is one of them.
func TestPrivacyPageHoldsTheWholeDictionary(t *testing.T) {
	page := get(t, serve(t, sample()).URL+"/privacy")
	for _, f := range report.Dictionary() {
		if !strings.Contains(page, "<code>"+f.Name+"</code>") {
			t.Errorf("the field %s is not on the privacy page", f.Name)
		}
		if f.Report == report.ToolRequest && f.Name == "host" {
			continue // whoever asks for a tool says its public name, and the page says so
		}
		for _, word := range []string{"text", "content", "match", "title", "url", "host", "user", "time", "path", "hash", "length"} {
			for part := range strings.SplitSeq(f.Name, ".") {
				if part == word {
					t.Errorf("the page says that no report holds such a thing, and %s is a field", f.Name)
				}
			}
		}
	}
	for _, limit := range []string{"by its network address", "could send more than one report", "not sealed yet"} {
		if !strings.Contains(page, limit) {
			t.Errorf("the page does not say the limit: %s", limit)
		}
	}
}

// Each value of the closed lists has words here.
func TestEverythingHasWords(t *testing.T) {
	for _, s := range coverage.Surfaces() {
		if coverageNames[s] == "" || coverageWords[s] == "" {
			t.Errorf("%s has no words", s)
		}
	}
	for w := coverage.None; w == coverage.None || w.String() != ""; w++ {
		if whyNames[w] == "" {
			t.Errorf("%s has no words", w)
		}
	}
	for _, l := range report.Lacks() {
		if lackWords[l] == "" {
			t.Errorf("%s has no words", l)
		}
	}
	for _, a := range report.Answers() {
		if answerWords[a] == "" {
			t.Errorf("%s has no words", a)
		}
	}
	for _, b := range []query.BatchState{query.Gathering, query.Closing, query.Published} {
		if stateWords[b] == "" {
			t.Errorf("batch state %d has no words", b)
		}
	}
}

func TestPeriods(t *testing.T) {
	for id, want := range map[report.BatchID]string{
		"2026-W48":      "23 to 29 November 2026",
		"2026-W49":      "30 November to 6 December 2026",
		"2026-W53":      "28 December 2026 to 3 January 2027",
		"s86400-20781":  "24 November 2026",
		"s60-29926000":  "24 November 2026, 22:40:00 to 22:41:00 UTC",
		"s90000-1":      "2 January 1970, 01:00:00 to 3 January 1970, 02:00:00 UTC",
		"s172800-10390": "23 to 24 November 2026",
		"s3600-24":      "2 January 1970, 00:00:00 to 01:00:00 UTC",
		"s86400-0":      "1 January 1970",
		"s43200-1":      "1 January 1970, 12:00:00 to 2 January 1970, 00:00:00 UTC",
		"s31536000-1":   "1 January to 31 December 1971",
		"s60-29":        "1 January 1970, 00:29:00 to 00:30:00 UTC",
	} {
		b, err := report.ParseBatch(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := period(b); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}
