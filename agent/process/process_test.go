package process

import "testing"

func TestScript(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"node", "/usr/lib/node_modules/@anthropic-ai/claude-code/claude.js", "--resume"}, "claude"},
		{[]string{"python3", "-u", "/home/x/.local/bin/aider"}, "aider"},
		{[]string{"python3", "-m", "aider.main"}, "aider"},
		{[]string{"bun", "run", "codex.ts"}, "codex"},
		{[]string{"bash", "-c", "echo claude"}, ""},
		{[]string{"bash"}, ""},
		{[]string{"sh", "/usr/bin/gemini"}, "gemini"},
		{nil, ""},
	} {
		if got := script(c.args); got != c.want {
			t.Errorf("script(%q) = %q, want %q", c.args, got, c.want)
		}
	}
}
