package session

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"handrail/agent/probe"
	"handrail/agent/report"
	"handrail/agent/tools"
	"handrail/detect/catalog"
	"handrail/detect/policy"
)

const decides = managed + `connectors:
  - {host: mcp.kestrel.example, standing: approved}
  - {host: leak.kestrel.example, standing: unapproved}
`

type fakeConnectors struct{ changes chan tools.Change }

func (f *fakeConnectors) Changes() <-chan tools.Change { return f.changes }
func (f *fakeConnectors) Close() error                 { return nil }

// withConnectors is a desktop where AI tools are given something to work with.
func withConnectors(t *testing.T, dir, policy string) (*desk, *fakeConnectors) {
	d := newDesk(t, dir)
	d.service.policy = policy
	f := &fakeConnectors{make(chan tools.Change)}
	d.options.Connectors = func() (Connectors, error) { return f, nil }
	d.options.ConnectorWords = func(n ConnectorNews) (title, body string) {
		return n.Tool + " " + n.Name, fmt.Sprint(n.Where, " ", n.Forbidden, " ", n.More)
	}
	return d, f
}

func (f *fakeConnectors) have(list ...tools.Connector) {
	f.changes <- tools.Change{At: time.Now(), Seen: tools.Seen{Connectors: list}}
	synctest.Wait()
}

// server is one that somebody gave to Cursor.
func server(name, host string) tools.Connector {
	return tools.Connector{Kind: "mcp", Tool: "cursor", Surface: catalog.SurfaceApp, Name: name, Host: host}
}

var (
	old       = server("old-"+canary, "old."+canary+".example")
	fresh     = server("fresh-"+canary, "fresh."+canary+".example")
	approved  = server("good-"+canary, "mcp.kestrel.example")
	forbidden = server("leak-"+canary, "leak.kestrel.example")
)

// wantTold is what was told since the last time.
func (d *desk) wantTold(want ...string) {
	d.t.Helper()
	synctest.Wait()
	d.notifier.mu.Lock()
	defer d.notifier.mu.Unlock()
	if !slices.Equal(d.notifier.told, want) {
		d.t.Errorf("told %q, want %q", d.notifier.told, want)
	}
	d.notifier.told = nil
}

// wantNoTrace finds nothing of a connector in the log, in what the session says
// of itself, and in the person's files.
func (d *desk) wantNoTrace() {
	d.t.Helper()
	texts := map[string][]byte{"the log": d.log.Bytes(), "the status": fmt.Appendf(nil, "%+v", d.status())}
	files, err := filepath.Glob(filepath.Join(d.options.Paths.UserState, "*"))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, f := range files {
		if b, err := os.ReadFile(f); err == nil {
			texts[f] = b
		}
	}
	for where, b := range texts {
		if bytes.Contains(b, []byte(canary)) {
			d.t.Errorf("%s names a connector", where)
		}
	}
}

func TestANewConnectorIsToldOnce(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d, f := withConnectors(t, dir, decides)
		stop := d.start()
		f.have(old, approved)
		d.wantTold() // it was there before Handrail
		f.have(old, approved, fresh)
		d.wantTold("Cursor " + fresh.Name + ": " + fresh.Host + " false 0")
		f.have(old)
		f.have(old, approved, fresh)
		d.wantTold()
		d.wantCounted(report.UseCell(catalog.Other, catalog.SurfaceApp))
		d.wantNoTrace()
		stop()

		d, f = withConnectors(t, dir, decides)
		defer d.start()()
		f.have(old, approved, fresh)
		d.wantTold()
		f.have(old, approved, fresh, server("one", "one.example"), server("two", "two.example"))
		d.wantTold("Cursor one: one.example false 1")
		d.wantNoTrace()
	})
}

func TestWhatCameWhileNobodyWatchedIsTold(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d, f := withConnectors(t, dir, decides)
		stop := d.start()
		f.have()
		stop()
		d, f = withConnectors(t, dir, decides)
		defer d.start()()
		f.have(fresh)
		d.wantTold("Cursor " + fresh.Name + ": " + fresh.Host + " false 0")
	})
}

func TestAForbiddenConnectorIsToldOfEvenIfItWasThere(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d, f := withConnectors(t, dir, managed)
		defer d.start()()
		f.have(old, forbidden)
		d.wantTold()
		d.service.set(decides) // as after an install, when the policy comes a moment later
		d.wantTold("Cursor " + forbidden.Name + ": leak.kestrel.example true 0")
		d.service.set(decides + "# again\n")
		f.have(old, forbidden, approved)
		d.wantTold()
		d.wantNoTrace()
	})
}

func TestThePolicyThatSaysNothingNeverNags(t *testing.T) {
	for _, p := range []string{managed, "version: 1\nserial: 1\nenabled: false\n"} {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			d, f := withConnectors(t, dir, p)
			defer d.start()()
			f.have(old)
			f.have(old, fresh, forbidden, approved, tools.Connector{Kind: "vscode", Tool: "github-copilot", ID: "vscode:github.copilot"})
			d.wantTold()
		})
	}
	if policy.Default().TellOfConnector(fresh.Connected()) {
		t.Error("the built-in policy nags")
	}
}

func TestAPauseTellsOfNoConnector(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d, f := withConnectors(t, dir, decides)
		defer d.start()()
		f.have(approved)
		pause := func(on bool) {
			done := make(chan struct{})
			d.e.post(d.ctx, paused{on: on, done: done})
			<-done
		}
		pause(true)
		f.have(approved, fresh)
		d.wantTold()
		pause(false)
		d.wantTold("Cursor " + fresh.Name + ": " + fresh.Host + " false 0")
	})
}

func TestWhatCouldNotBeShownIsToldLater(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d, f := withConnectors(t, dir, decides)
		defer d.start()()
		f.have()
		d.notifier.fail(true)
		f.have(fresh)
		d.wantTold()
		d.notifier.fail(false)
		time.Sleep(usesEvery)
		d.wantTold("Cursor " + fresh.Name + ": " + fresh.Host + " false 0")
		d.wantNoTrace()
	})
}

func TestConnectorsAndServersAreCounted(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d, f := withConnectors(t, dir, managed)
		ollama, ok := d.options.Catalog.Local("ollama")
		if !ok {
			t.Fatal("the catalogue has no Ollama")
		}
		d.options.Servers = func(context.Context, *catalog.Catalog) ([]probe.Found, error) {
			return []probe.Found{{Destination: ollama}}, nil
		}
		defer d.start()()
		f.have(tools.Connector{Kind: "chrome", Tool: "chatgpt", Surface: catalog.SurfaceBrowser, ID: "chrome:x"})
		d.wantCounted(report.UseCell("chatgpt", catalog.SurfaceBrowser), report.UseCell("ollama", catalog.SurfaceApp))
	})
}

func TestADamagedListOfConnectorsBeginsAnew(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d, f := withConnectors(t, dir, decides)
		path := filepath.Join(d.options.Paths.UserState, connectorsFile)
		if err := os.WriteFile(path, []byte(`{"key":"AAAA"`), 0o600); err != nil {
			t.Fatal(err)
		}
		defer d.start()()
		f.have(old)
		d.wantTold()
		f.have(old, fresh)
		d.wantTold("Cursor " + fresh.Name + ": " + fresh.Host + " false 0")
	})
}
