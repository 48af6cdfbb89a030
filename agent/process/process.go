// Package process says which AI tools are running as this user, and which
// program has the keyboard inside a terminal window.
//
// It reads what any program may read of the user's own processes: names, the
// paths of executables and, of interpreters such as node and python, the name
// of the script. Arguments are looked at for that name only and go nowhere.
package process

import (
	"context"

	"handrail/detect/catalog"
)

// Use is an AI tool that is running.
type Use struct {
	Tool    catalog.ToolID
	Surface catalog.Surface
}

// Program is a running program.
type Program struct {
	PID int
	// Name is what people call it: the base name of the executable or, if that
	// is an interpreter that runs a script, the script's without extension.
	Name string
	// Exe is the executable's path, which is the interpreter's for a script;
	// "" if it can't be read.
	Exe string
}

// Terminal is one pseudo-terminal: a terminal window, or a tab of one.
type Terminal struct {
	// Programs are those in the foreground, to which what is typed or pasted
	// goes: one, or several in a pipeline or behind a wrapper such as npx. The
	// first is the one that the shell started.
	Programs []Program
}

// Running returns the AI tools of the catalogue that run as this user, each
// once, sorted. Where it can't be known the error is a *coverage.Unavailable.
func Running(ctx context.Context, cat *catalog.Catalog) ([]Use, error) {
	return running(ctx, cat)
}

// Of returns the program with that process id, the zero Program if it is gone.
func Of(pid int) Program { return of(pid) }

// Terminals returns the pseudo-terminals that a program, such as a terminal
// emulator, has opened, each with what runs in its foreground; none if it has
// none, or they can't be seen.
//
// What goes on inside another terminal in the terminal (tmux, screen) or on
// another machine (ssh) can't be seen: those are the programs named then.
func Terminals(pid int) []Terminal { return terminals(pid) }
