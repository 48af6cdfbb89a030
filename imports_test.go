package handrail_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// permitted says which of our packages may import which: in "a, b < c" package
// c may import a and b, and whatever those may import. A package that is not
// named here may import none of ours, and nobody may import it. It is a
// statement of policy, in the manner of Go's go/build/deps_test.go: change it
// only with the design.
const permitted = `
	# detect decides, and touches nothing.
	detect < detect/allow
	detect < detect/own
	detect, detect/secret < detect/redact
	detect/secret < detect/document
	detect, detect/catalog, detect/own < detect/policy
	detect/redact, detect/allow, detect/policy < detect/paste
	detect/policy < detect/corpus
	detect/policy < detect/ask

	# What windows show, what reports hold, what is seen: pure.
	detect/ask, agent/coverage < agent/card
	detect/policy, agent/coverage < agent/report
	agent/card, agent/report, detect/paste < agent/nudge

	# One outside thing each.
	agent/coverage < agent/x11
	agent/coverage, detect/catalog < agent/process
	agent/process, detect/policy < agent/tools
	agent/process < agent/probe
	agent/x11, agent/process < agent/focus
	agent/x11, detect, detect/secret < agent/clip
	agent/x11 < agent/presence
	agent/x11, agent/card < agent/window
	agent/report, agent/durable < agent/ledger, agent/tally, agent/pulse, agent/receipts
	agent/report, agent/hostname, agent/durable < agent/asked
	detect/policy < agent/config
	agent/report < agent/local
	agent/card, detect/secret < agent/browser

	# The session watches and acts, as the employee. The service holds the
	# device's side. Neither imports the other.
	detect/document, agent/browser, agent/nudge, agent/clip, agent/focus, agent/presence, agent/process,
		agent/ledger, agent/tally, agent/pulse, agent/receipts, agent/asked, agent/config, agent/local, agent/nodump, agent/probe, agent/tools < agent/session
	agent/report, agent/coverage, agent/ledger, agent/config, agent/local < agent/enroll < agent/telemetry < agent/service
	agent/ledger, agent/config, agent/local, agent/nodump, installer/linux < agent/service
	agent/config, agent/local, agent/ledger < agent/doctor

	# The fleet: devices on one side, reports about nobody on the other. It
	# knows what laptops send, and nothing else of theirs.
	agent/hostname < fleet/intake
	agent/report < fleet/aggregate < fleet/store < fleet/query < fleet/intake, fleet/console

	# installer ships.
	detect/policy < installer/browser < installer/build

	# ui shows.
	agent/card, agent/report, agent/pulse, agent/coverage, agent/local, detect/ask < ui/text < ui/view
	ui/view < ui/popup, ui/notify, ui/tray, ui/panel
	ui/popup < ui/panel
	ui/popup, ui/panel < ui
`

// deps is what go list says of one package.
type deps struct {
	ImportPath   string
	Imports      []string
	Deps         []string
	TestImports  []string
	XTestImports []string
	GoFiles      []string
}

const module = "handrail"

func list(t *testing.T) []deps {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Deps,TestImports,XTestImports,GoFiles", "./...").Output()
	if err != nil {
		if x := new(exec.ExitError); errors.As(err, &x) {
			t.Fatalf("go list: %s", x.Stderr)
		}
		t.Fatal(err)
	}
	var all []deps
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var d deps
		if err := dec.Decode(&d); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
}

// ours returns the path below the module, and whether it is ours at all.
func ours(path string) (string, bool) {
	if path == module {
		return ".", true
	}
	return strings.CutPrefix(path, module+"/")
}

// parse turns the text above into: package -> what it may import, transitively.
func parse(t *testing.T, text string) map[string]map[string]bool {
	t.Helper()
	var flat strings.Builder
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		flat.WriteString(line)
		if !strings.HasSuffix(line, ",") {
			flat.WriteByte('\n')
		}
	}
	direct := map[string][]string{}
	for line := range strings.Lines(flat.String()) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		var before []string
		for part := range strings.SplitSeq(line, "<") {
			var names []string
			for name := range strings.SplitSeq(part, ",") {
				name = strings.TrimSpace(name)
				if name == "" || strings.ContainsAny(name, " \t") {
					t.Fatalf("bad name %q in %q", name, line)
				}
				names = append(names, name)
				direct[name] = append(direct[name], before...)
			}
			before = names
		}
	}
	may := map[string]map[string]bool{}
	var close func(name string, path []string) map[string]bool
	close = func(name string, path []string) map[string]bool {
		if slices.Contains(path, name) {
			t.Fatalf("the permitted imports have a circle: %v", append(path, name))
		}
		if may[name] != nil {
			return may[name]
		}
		set := map[string]bool{}
		for _, d := range direct[name] {
			set[d] = true
			for x := range close(d, append(path, name)) {
				set[x] = true
			}
		}
		may[name] = set
		return set
	}
	for name := range direct {
		close(name, nil)
	}
	return may
}

func TestImportsArePermitted(t *testing.T) {
	may := parse(t, permitted)
	for _, p := range list(t) {
		name, _ := ours(p.ImportPath)
		if strings.HasPrefix(name, "cmd/") || isTestHarness(name) {
			continue // cmd wires everything; a harness serves tests only
		}
		for _, imp := range p.Imports {
			dep, mine := ours(imp)
			if mine && !may[name][dep] {
				t.Errorf("%s imports %s, which the permitted imports do not allow", name, dep)
			}
		}
	}
}

func TestHarnessesServeTestsOnly(t *testing.T) {
	for _, p := range list(t) {
		name, _ := ours(p.ImportPath)
		for _, imp := range p.Imports {
			if dep, mine := ours(imp); mine && isTestHarness(dep) && !isTestHarness(name) {
				t.Errorf("%s imports the test harness %s outside of a test", name, dep)
			}
		}
	}
}

// isTestHarness tells packages that exist for tests, such as
// agent/desktoptest, and the demo, which is a test that a person watches, from
// the product's.
func isTestHarness(name string) bool {
	return strings.HasSuffix(name, "test") || name == "cmd/handrail-demo"
}

// reach says which of the forbidden packages p reaches, transitively.
func reach(p deps, forbidden ...string) []string {
	var found []string
	for _, d := range p.Deps {
		name := d
		if mine, ok := ours(d); ok {
			name = mine
		}
		if slices.Contains(forbidden, name) {
			found = append(found, name)
		}
	}
	return found
}

func under(name string, roots ...string) bool {
	return slices.ContainsFunc(roots, func(r string) bool { return name == r || strings.HasPrefix(name, r+"/") })
}

// Content is met by detect, agent/nudge, agent/clip and the session; whatever
// talks to the network, or shows windows, must not be able to reach it.
func TestContentNeverMeetsNetwork(t *testing.T) {
	seen := 0
	for _, p := range list(t) {
		name, _ := ours(p.ImportPath)
		if isTestHarness(name) {
			continue
		}
		switch {
		case under(name, "detect", "agent/nudge"):
			seen++
			for _, f := range reach(p, "net", "net/http", "os/exec", "log", "log/slog") {
				t.Errorf("%s reaches %s", name, f)
			}
			if slices.Contains(p.Imports, "os") {
				t.Errorf("%s imports os", name)
			}
		case under(name, "agent/service", "agent/telemetry", "agent/ledger", "fleet"):
			seen++
			for _, f := range reach(p, "agent/clip", "agent/session", "agent/tally", "detect/secret", "detect/redact", "detect/paste") {
				t.Errorf("%s reaches %s", name, f)
			}
		case under(name, "ui"):
			seen++
			for _, f := range reach(p, "agent/clip", "detect/secret", "detect/redact") {
				t.Errorf("%s reaches %s", name, f)
			}
		}
	}
	if seen < 5 {
		t.Fatalf("only %d packages were looked at: does go list still work?", seen)
	}
}

// Only one program needs cgo and a screen, so that every other test runs
// without either, and the session never holds a graphics driver.
func TestOnlyTheWindowsNeedAScreen(t *testing.T) {
	const fyne = "fyne.io/fyne/v2"
	for _, p := range list(t) {
		name, _ := ours(p.ImportPath)
		for _, imp := range p.Imports {
			screen := imp == fyne+"/app" || strings.HasPrefix(imp, "github.com/go-gl/")
			if screen && name != "cmd/handrail-ui" {
				t.Errorf("%s imports %s: only cmd/handrail-ui may need a screen", name, imp)
			}
			if (imp == fyne || strings.HasPrefix(imp, fyne+"/")) && !under(name, "ui/popup", "ui/panel", "cmd/handrail-ui") && name != "ui" {
				t.Errorf("%s imports %s: Fyne stays in ui, ui/popup, ui/panel and cmd/handrail-ui", name, imp)
			}
		}
	}
}

// The laptop's code works without a server, and the agent without a face.
func TestLaptopDoesNotKnowTheServer(t *testing.T) {
	for _, p := range list(t) {
		name, _ := ours(p.ImportPath)
		for _, d := range p.Deps {
			dep, mine := ours(d)
			switch {
			case !mine:
			case under(name, "agent", "ui") && under(dep, "fleet"):
				t.Errorf("%s reaches %s", name, dep)
			case under(name, "agent") && !isTestHarness(name) && under(dep, "ui"):
				t.Errorf("%s reaches %s", name, dep)
			}
		}
	}
}
