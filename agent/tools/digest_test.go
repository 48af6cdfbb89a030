package tools

import "testing"

func TestDigest(t *testing.T) {
	key := []byte("of one person")
	c := Connector{Kind: mcp, Tool: "cursor", Name: "docs", Host: "mcp.kestrel.example"}
	d := c.Digest(key)
	renamed, unnamed := c, c
	renamed.Name = "manuals"
	if renamed.Digest(key) != d {
		t.Error("another name makes it another server")
	}
	moved, other := c, c
	moved.Host, other.Tool = "mcp.example.com", "codex"
	unnamed.Host = ""
	seen := map[string]bool{d: true}
	for _, x := range []Connector{moved, other, unnamed, {Kind: mcp, Tool: "cursor", Name: "x"}} {
		if seen[x.Digest(key)] {
			t.Errorf("%+v is taken for another", x)
		}
		seen[x.Digest(key)] = true
	}
	if c.Digest([]byte("of another person")) == d {
		t.Error("the key makes no difference")
	}
}
