package catalog

import (
	"regexp"
	"testing"
)

func TestServers(t *testing.T) {
	tools := map[ToolID]bool{}
	for _, s := range Servers() {
		tools[s.Tool] = true
		d, ok := Default().Local(s.Tool)
		if !ok || !d.Local || !d.AskOrganisation || d.Name == "" {
			t.Errorf("%s: not a destination: %+v, %v", s.Tool, d, ok)
		}
		for _, p := range s.Process {
			if !s.Runs(p+".exe", s.Folder+"-main") {
				t.Errorf("%s: %q is not recognised; is it lower case?", s.Tool, p)
			}
		}
	}
	if len(tools) < 11 {
		t.Errorf("only %d servers are known", len(tools))
	}
	if regexp.MustCompile(`\bport\w*:|:\d{2,5}\b`).Match(embeddedServers) {
		t.Error("a port is no evidence, and yet there is one")
	}
	if _, ok := Default().Local("none"); ok {
		t.Error("an unknown tool has a server")
	}
}

func TestServerRuns(t *testing.T) {
	s := Server{Process: []string{"server"}, Folder: "text-generation-webui"}
	for _, c := range []struct {
		program, folder string
		want            bool
	}{{"server", "text-generation-webui-main", true}, {"server", "work", false}, {"other", "text-generation-webui", false}, {"", "", false}} {
		if s.Runs(c.program, c.folder) != c.want {
			t.Errorf("%q in %q: got %v", c.program, c.folder, !c.want)
		}
	}
}
