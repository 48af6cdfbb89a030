// Package focus tells which window has the keyboard, and what is in front of
// it: the program, the title, and for a terminal the command that runs in it.
// Titles stay in the session's memory; they are never logged, stored or sent.
//
// A command line tool that starts while its terminal has the keyboard changes
// no window. So that it is noticed, a terminal in front is looked at again
// once a second, but only while somebody is at the computer: nothing wakes up
// on an idle one, until the X server says that they are back. A terminal with
// several tabs shows several programs; which of them is in front can be told by
// the title only, see pick.
//
// What can't be seen: what runs inside tmux or screen, whose panes belong to a
// server that has no window, or at the other end of ssh; what runs in the
// terminal panel of a code editor; and whether the keyboard is in an AI panel of
// one, unless the panel is an editor tab of its own, whose name is then in the
// title.
package focus

import (
	"strings"
	"time"

	"handrail/agent/process"
	"handrail/detect/catalog"
)

// Window is the window that has the keyboard; the zero Window is none.
type Window struct {
	ID         uint32
	PID        int // of its owner, 0 if unknown
	Fullscreen bool
	Target     catalog.Target
}

// Change says that the keyboard went to another window, or that the window it
// is at has changed.
type Change struct {
	At     time.Time
	Window Window
}

// Look is how often a terminal in front is looked at again, and Away how long
// nobody must have touched the computer for that to stop until the next event.
const (
	Look = time.Second
	Away = 2 * time.Minute
)

// tabs says what each of a terminal's tabs is about. Where several programs
// share its foreground, in a pipeline or behind a wrapper such as npx, that is
// the AI tool if one of them is one, and otherwise what the shell started.
func tabs(terminals []process.Terminal) []process.Program {
	var list []process.Program
	for _, t := range terminals {
		if len(t.Programs) == 0 {
			continue
		}
		tab := t.Programs[0]
		for _, p := range t.Programs {
			if _, ok := catalog.Default().Lookup(catalog.Target{Foreground: p.Name, ForegroundExe: p.Exe}); ok {
				tab = p
				break
			}
		}
		list = append(list, tab)
	}
	return list
}

// pick chooses the program that is in front of a terminal window among those
// of its tabs: the only one, or the one whose name is a word of the title.
// Where that can't be told there is none: the terminal is then not taken for an
// AI tool, and coverage of terminals is never more than partly for that reason.
func pick(programs []process.Program, title string) process.Program {
	if len(programs) == 1 {
		return programs[0]
	}
	words := map[string]bool{}
	for _, word := range strings.Fields(strings.ToLower(title)) {
		// "claude:" is one, "~/claude" and "claude.md" are not.
		words[strings.Trim(word, ":;,|()[]{}<>\"'*·•–—-")] = true
	}
	var found process.Program
	for _, p := range programs {
		if p.Name != "" && words[strings.ToLower(p.Name)] {
			if found.PID != 0 && found.Name != p.Name {
				return process.Program{}
			}
			found = p
		}
	}
	return found
}
