// Package process knows which AI programs run, and what runs in the foreground
// of a terminal. Which tool is there is behaviour: it goes into reports about
// nobody, never into what names a device. Command lines stay in memory.
package process

import (
	"path/filepath"
	"strings"

	"handrail/detect/catalog"
)

// Use is an AI tool that is running.
type Use struct {
	Tool    catalog.ToolID
	Surface catalog.Surface
}

// Program is one running program.
type Program struct {
	PID int
	// Name is the program's name; for a script run by an interpreter it is the
	// script's, without its ending.
	Name string
	// Exe is the path of the executable, "" if it can't be read.
	Exe string
}

// interpreters run a script named on their command line; the script is what a
// person would call the program.
var interpreters = map[string]bool{
	"node": true, "nodejs": true, "deno": true, "bun": true, "ruby": true, "perl": true,
	"sh": true, "bash": true, "dash": true, "zsh": true, "fish": true,
}

// interpreter tells whether name is one, python3.11 included.
func interpreter(name string) bool {
	return interpreters[name] || strings.HasPrefix(name, "python")
}

// script returns the name of the script that an interpreter's arguments name,
// "" if they name none.
func script(args []string) string {
	for i, arg := range args {
		switch {
		case i == 0, arg == "run" && i == 1: // bun run, deno run
			continue
		case arg == "-m" && i+1 < len(args): // python -m aider
			name, _, _ := strings.Cut(args[i+1], ".")
			return name
		case arg == "-c" || arg == "-e" || arg == "-":
			return ""
		case strings.HasPrefix(arg, "-"):
			continue
		}
		base := filepath.Base(arg)
		return strings.TrimSuffix(base, filepath.Ext(base))
	}
	return ""
}

// targets are the ways in which a running program can be an AI tool: as a
// command in a terminal where it has one, else as an application.
func (p Program) target(terminal bool) catalog.Target {
	if terminal {
		return catalog.Target{Foreground: p.Name, ForegroundExe: p.Exe}
	}
	return catalog.Target{Process: p.Name, Exe: p.Exe}
}
