package process

import (
	"path"
	"strings"
	"testing"
)

func TestScript(t *testing.T) {
	for _, c := range []struct{ cmdline, want string }{
		{"sh /usr/local/bin/claude", "claude"},
		{"sh -e ./aider --model x", "aider"},
		{"bash -o pipefail run-me.sh", "run-me"},
		{"bash -c aider", ""},
		{"bash", ""},
		{"-bash", ""},
		{"zsh -l", ""},
		{"dash -- aider", "aider"},
		{"dash --", ""},
		{"python3 /home/u/.local/bin/aider", "aider"},
		{"python3.11 -W ignore -u /opt/llm.py chat", "llm"},
		{"python3 -m aider --help", "aider"},
		{"python3 -m open_webui.main", "open_webui"},
		{"python3 -m", ""},
		{"python3 -c print(1) aider", ""},
		{"python3 /usr/lib/python3/site-packages/aider/__main__.py", "aider"},
		{"node /usr/bin/claude", "claude"},
		{"node --no-warnings --enable-source-maps /usr/bin/gemini", "gemini"},
		{"node -r ts-node/register app.ts", "app"},
		{"node -e 1 claude", ""},
		{"node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js", "claude-code"},
		{"node /usr/lib/node_modules/cline/dist/cli.mjs", "cline"},
		{"node /srv/thing/dist/index.js", "thing"},
		{"node index.js", "index"},
		{"node", ""},
		{"claude", "claude"}, // process.title = "claude"
		{"nodejs -", ""},
		{"deno run -A jsr:@x/y.ts", "y"},
		{"bun run aider.ts", "aider"},
		{"bun /home/u/.bun/bin/claude", "claude"},
		{"ruby -I lib bin/llm", "llm"},
		{"python3 gpt-4.5", "gpt-4.5"},
	} {
		argv := strings.Fields(c.cmdline)
		in, ok := interpreterOf(strings.TrimPrefix(path.Base(argv[0]), "-"))
		if !ok {
			in = node
		}
		if got := script(in, argv); got != c.want {
			t.Errorf("%s: got %q, want %q", c.cmdline, got, c.want)
		}
	}
	if got := script(shell, nil); got != "" {
		t.Errorf("no command line: got %q", got)
	}
}

func TestInterpreterOf(t *testing.T) {
	for name, want := range map[string]bool{
		"sh": true, "bash": true, "python3": true, "python3.12": true, "node": true, "node-22": true, "nodejs": true,
		"claude": false, "": false, "shell": false, "vim": false,
	} {
		if _, got := interpreterOf(name); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

func FuzzScript(f *testing.F) {
	f.Add("node\x00--x\x00/usr/lib/node_modules/@a/b/cli.js")
	f.Add("python3\x00-m\x00x.y")
	f.Add("node\x00node_modules/")
	f.Fuzz(func(t *testing.T, line string) {
		argv := strings.Split(line, "\x00")
		for _, in := range interpreters {
			if name := script(in, argv); strings.Contains(name, "/") && name != "/" {
				t.Errorf("%q: the name %q is a path", line, name)
			}
		}
	})
}
