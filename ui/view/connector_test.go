package view

import (
	"testing"

	"handrail/ui/text"
)

func TestConnector(t *testing.T) {
	for _, c := range []struct {
		n           ConnectorNews
		title, body string
	}{
		{ConnectorNews{Tool: "Cursor", Name: "docs", Where: "mcp.example.com", Forbidden: true},
			"Cursor can use docs (mcp.example.com)", "Your organisation has not approved it."},
		{ConnectorNews{Tool: "Cursor", Name: "docs", More: 1},
			"Cursor can use docs", "Your organisation has not reviewed it yet.\nOne more is new. To see all: handrail tools"},
		{ConnectorNews{Tool: "Cursor", Name: "kestrel-mcp", Where: "kestrel-mcp", More: 3},
			"Cursor can use kestrel-mcp", "Your organisation has not reviewed it yet.\n3 more are new. To see all: handrail tools"},
		{ConnectorNews{Tool: "GitHub Copilot", Where: "vscode:github.copilot", Forbidden: true},
			"GitHub Copilot is installed as an extension", "Your organisation has not approved it."},
	} {
		if title, body := Connector(c.n, text.Printer{}); title != c.title || body != c.body {
			t.Errorf("%+v: got %q and %q", c.n, title, body)
		}
	}
}
