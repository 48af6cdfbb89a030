package tools

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handrail/detect/catalog"
	"handrail/detect/policy"
)

func files(t *testing.T, path string) catalog.ConfigFile {
	t.Helper()
	all, _ := catalog.Configs()
	for _, f := range all {
		if f.Path == path {
			return f
		}
	}
	t.Fatalf("the catalogue does not have %s", path)
	return catalog.ConfigFile{}
}

func TestParseKeepsWhatIsPublic(t *testing.T) {
	for _, c := range []struct{ name, path, text, want string }{
		{"npx", "~/.cursor/mcp.json", `{"mcpServers":{"files":{"command":"npx","args":["-y","@modelcontextprotocol/server-filesystem@1.2.3","/home/u"]}}}`, "files @modelcontextprotocol/server-filesystem  "},
		{"npx by its path", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"command":"/usr/bin/npx","args":["--package=some-server","x"]}}}`, "a some-server  "},
		{"npx on Windows", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"command":"cmd","args":["/c","npx.cmd","-y","some-server"]}}}`, "a some-server  "},
		{"an option that isn't known", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"command":"npx","args":["--token","abcdef","some-server"]}}}`, "a   command:npx"},
		{"uvx", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"command":"uvx","args":["--from","mcp-git==0.6","run"]}}}`, "a mcp-git  "},
		{"docker", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"command":"docker","args":["run","-i","--rm","-e","TOKEN=zz","ghcr.io/github/github-mcp-server:latest"]}}}`, "a ghcr.io/github/github-mcp-server  "},
		{"a module", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"command":"python3","args":["-m","mcp_server_fetch.main"]}}}`, "a mcp-server-fetch  "},
		{"a script", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"command":"node","args":["/home/u/secret-project/index.js"]}}}`, "a   command:node"},
		{"a program", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"command":"C:\\tools\\kestrel-mcp.exe"}}}`, "a   command:kestrel-mcp"},
		{"a host", "{config}/Code/User/mcp.json", "{\n// ours\n\"servers\":{\"a\":{\"type\":\"http\",\"url\":\"https://u:p@mcp.Example.com:8443/s/key?x=y\"},}}", "a  mcp.example.com "},
		{"a host that is a key", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"url":"https://a1b2c3d4e5f6a7b8c9d0.mcp.example.com/"}}}`, "a  *.mcp.example.com "},
		{"mcp-remote", "~/.cursor/mcp.json", `{"mcpServers":{"a":{"command":"npx","args":["mcp-remote","https://mcp.example.com/sse"]}}}`, "a mcp-remote mcp.example.com "},
		{"a project's", "~/.claude.json", `{"history":["x"],"projects":{"/home/u/p":{"mcpServers":{"a":{"command":"uvx","args":["mcp-git"]}}}}}`, "a mcp-git  "},
		{"toml", "~/.codex/config.toml", "[mcp_servers.docs]\ncommand = \"npx\"\nargs = [\"-y\", \"docs-mcp\"]\n[mcp_servers.docs.env]\nKEY = \"v\"\n", "docs docs-mcp  "},
		{"yaml", "~/.config/goose/config.yaml", "extensions:\n  git:\n    cmd: uvx\n    args: [mcp-git]\n", "git mcp-git  "},
		{"a list", "~/.config/opencode/opencode.json", `{"mcp":{"a":{"type":"local","command":["bun","x","some-server"]}}}`, "a some-server  "},
		{"an object", "~/.config/zed/settings.json", `{"context_servers":{"a":{"command":{"path":"npx","args":["some-server"]}}}}`, "a some-server  "},
	} {
		got, err := parse([]byte(c.text), files(t, c.path))
		if err != nil || len(got) != 1 {
			t.Errorf("%s: got %+v, %v", c.name, got, err)
			continue
		}
		if s := strings.Join([]string{got[0].Name, got[0].Package, got[0].Host, got[0].ID}, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}

// canaries are what must never come out, wherever it stood.
var canaries = []string{
	"ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8", "sk-live-5f6a7b8c9d0e1f2a3b4c5d6e", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2ln", "a1b2c3d4-e5f6-7890-abcd-ef1234567890", "/home/u/canary-folder", "CANARYpass",
}

func TestNoSecretComesOut(t *testing.T) {
	for _, canary := range canaries {
		for i, text := range []string{
			`{"mcpServers":{"a":{"command":"npx","args":["-y","pkg",%q],"env":{"K":%q},"headers":{"Authorization":%q}}}}`,
			`{"mcpServers":{"a":{"command":"npx","args":["--key",%q,"pkg"]},"b":{"command":"docker","args":["run","-e",%q,"x/y"]},"c":{"command":"env","args":[%q,"npx"]}}}`,
			`{"mcpServers":{"a":{"url":"https://mcp.example.com/%s?k=%s"},"b":{"url":"https://u:%s@mcp.example.com/"}}}`,
			`{"mcpServers":{"a":{"command":"uvx","args":["--with",%q,"--index-url",%q,"pkg","--token",%q]}}}`,
			`{"note":%q,"mcpServers":{"a":{"command":"python","args":[%q]},"b":{"command":"node","args":["-e",%q]}}}`,
			`{"mcpServers":{"a":%q, broken %q %q`,
		} {
			got, err := parse(fmt.Appendf(nil, text, canary, canary, canary), files(t, "~/.cursor/mcp.json"))
			if all := fmt.Sprintf("%+v %v", got, err); strings.Contains(all, canary) {
				t.Errorf("case %d: %q came out: %s", i, canary, all)
			}
		}
	}
	// In the place of a name, of a package or of a host only keys can be told.
	for _, key := range canaries[:4] {
		for _, text := range []string{
			`{"mcpServers":{%q:{"command":"npx","args":["pkg"]}}}`,
			`{"mcpServers":{"a":{"command":"npx","args":[%q]}}}`,
			`{"mcpServers":{"a":{"command":%q}}}`,
			`{"mcpServers":{"a":{"command":"docker","args":["run",%q]}}}`,
		} {
			got, err := parse(fmt.Appendf(nil, text, key), files(t, "~/.cursor/mcp.json"))
			if all := fmt.Sprintf("%+v %v", got, err); err != nil || strings.Contains(all, key) {
				t.Errorf("%s: %s", text, all)
			}
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	// As editors do: beside it first, then over it.
	if err := os.WriteFile(name+"~", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name+"~", name); err != nil {
		t.Fatal(err)
	}
}

func under(dir string) Folders {
	return Folders{Home: dir, Config: filepath.Join(dir, "config"), Data: filepath.Join(dir, "data")}
}

func TestScan(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, ".cursor/mcp.json"), `{"mcpServers":{"b":{"command":"npx","args":["some-server"]},"a":{"url":"https://api.openai.com/mcp"}}}`)
	write(t, filepath.Join(dir, ".codex/config.toml"), "this is not TOML")
	write(t, filepath.Join(dir, ".gemini/settings.json"), `{"mcpServers":{"x":"`+strings.Repeat("y", maxFile)+`"}}`)
	for _, d := range []string{".vscode/extensions/github.copilot-1.300.0", ".vscode/extensions/github.copilot-1.301.0-linux-x64", ".vscode/extensions/somebody.private-thing-1.0.0",
		"config/chromium/Profile 1/Extensions/kbfnbcaeplbcioakkpcpgfkobkghlhen", "data/JetBrains/GoLand2026.2/github-copilot-intellij"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	got := Scan(under(dir))
	var ids []string
	for _, c := range got.Connectors {
		ids = append(ids, c.Kind+" "+string(c.Tool)+" "+c.Name)
	}
	want := []string{"chrome grammarly kbfnbcaeplbcioakkpcpgfkobkghlhen", "jetbrains github-copilot github-copilot-intellij", "mcp cursor a", "mcp cursor b", "vscode github-copilot github.copilot"}
	if !slices.Equal(ids, want) {
		t.Errorf("got %q, want %q", ids, want)
	}
	if !slices.Equal(got.Unread, []catalog.ToolID{"codex-cli", "gemini-cli"}) {
		t.Errorf("unread are %v", got.Unread)
	}
	cat := catalog.Default()
	if u := got.Connectors[2].Use(cat); u.Tool != "openai-api" || u.Surface != catalog.SurfaceIDE {
		t.Errorf("a server of a known host counts as %+v", u)
	}
	if u := got.Connectors[3].Use(cat); u.Tool != catalog.Other {
		t.Errorf("another server counts as %+v", u)
	}
	if c := got.Connectors[4].Connected(); c != (policy.Connected{ID: "vscode:github.copilot", Tool: "github-copilot"}) {
		t.Errorf("to the policy an extension is %+v", c)
	}
}

func FuzzPublic(f *testing.F) {
	f.Add("npx\n-y\n@a/b@1", "x")
	f.Add("docker\nrun\n-e\nK=v\nghcr.io/a/b:1", "https://u:p@h.example/x?y")
	f.Fuzz(func(t *testing.T, argv, u string) {
		program, pack, _ := public(strings.Split(argv, "\n"))
		for _, s := range []string{program, pack, hostOf(u)} {
			if random(s) || strings.ContainsAny(s, "=?\\\n") || len(s) > 320 {
				t.Errorf("%q, %q: %q came out", argv, u, s)
			}
		}
	})
}
