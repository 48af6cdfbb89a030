package focus

import (
	"testing"

	"handrail/agent/process"
)

func TestPick(t *testing.T) {
	shell, claude, aider := process.Program{PID: 1, Name: "bash"}, process.Program{PID: 2, Name: "claude"}, process.Program{PID: 3, Name: "aider"}
	for _, c := range []struct {
		name  string
		all   []process.Program
		title string
		want  string
	}{
		{"one tab", []process.Program{aider}, "~", "aider"},
		{"the title names one", []process.Program{shell, claude}, "Claude: notes", "claude"},
		{"the title names none", []process.Program{shell, claude}, "~/src", ""},
		{"the title names two", []process.Program{aider, claude}, "aider and claude", ""},
		{"the title names a file", []process.Program{shell, claude}, "vim ~/claude claude.md", ""},
		{"two tabs of one tool", []process.Program{claude, {PID: 4, Name: "claude"}}, "✳ Claude", "claude"},
		{"no tab", nil, "aider", ""},
	} {
		if got := pick(c.all, c.title); got.Name != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got.Name, c.want)
		}
	}
}

func TestTabs(t *testing.T) {
	cat, aider := process.Program{PID: 1, Name: "cat"}, process.Program{PID: 2, Name: "aider"}
	got := tabs([]process.Terminal{{Programs: []process.Program{cat, aider}}, {Programs: []process.Program{cat}}, {}})
	if len(got) != 2 || got[0] != aider || got[1] != cat {
		t.Errorf("got %+v, want aider in the first tab and cat in the second", got)
	}
}
