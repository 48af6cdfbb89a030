package policy

import (
	"strings"
	"testing"
)

const connected = `version: 1
serial: 1
tools:
  - {id: github-copilot, standing: approved}
connectors:
  - {package: "@modelcontextprotocol/server-filesystem", standing: approved}
  - {host: .kestrel.example, standing: approved}
  - {host: leak.kestrel.example, standing: unapproved}
  - {id: "vscode:rooveterinaryinc.roo-cline", standing: unapproved}
`

func TestConnectorStanding(t *testing.T) {
	p, err := Parse([]byte(connected))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		c    Connected
		want Standing
		tell bool
	}{
		{Connected{ID: "npm:x", Package: "@modelcontextprotocol/server-filesystem"}, Approved, false},
		{Connected{Package: "somebody-elses"}, Unknown, true},
		{Connected{Host: "mcp.kestrel.example"}, Approved, false},
		{Connected{Host: "kestrel.example"}, Approved, false},
		{Connected{Host: "notkestrel.example"}, Unknown, true},
		{Connected{Host: "leak.kestrel.example"}, Unapproved, true},
		{Connected{ID: "vscode:RooVeterinaryInc.roo-cline", Tool: "roo-code"}, Unapproved, true},
		{Connected{ID: "vscode:github.copilot", Tool: "github-copilot"}, Approved, false},
		{Connected{}, Unknown, true},
	} {
		if got, tell := p.ConnectorStanding(c.c), p.TellOfConnector(c.c); got != c.want || tell != c.tell {
			t.Errorf("%+v: got %v, tell %v; want %v, %v", c.c, got, tell, c.want, c.tell)
		}
	}
	// An organisation that says nothing of connectors doesn't nag about them.
	if Default().TellOfConnector(Connected{Package: "x"}) {
		t.Error("the default policy tells of every connector")
	}
}

func TestConnectorsThatAreWrong(t *testing.T) {
	for entry, want := range map[string]string{
		"{standing: approved}":                            "one of id, package and host",
		"{id: a, host: b.example, standing: approved}":    "one of id, package and host",
		"{package: a}":                                    "no standing",
		"{package: a, standing: trial}":                   "approved or unapproved",
		"{host: 'https://a.example', standing: approved}": "host's name alone",
		"{name: a, standing: approved}":                   "unknown key",
	} {
		_, err := Parse([]byte("version: 1\nserial: 1\nconnectors:\n  - " + entry + "\n"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want it to say %q", entry, err, want)
		}
	}
}
