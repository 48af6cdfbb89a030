package main

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// standIns are the programs that the tests find by name, beside those of the
// desktop.
var standIns = map[string]func(){"handrail": func() { os.Exit(run()) }}

func TestMain(m *testing.M) { testscript.Main(m, standIns) }

// Every story is a file below testdata/script: commands, what they answer, and
// the files they work on.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HANDRAIL_HOME", env.Cd)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"appears":  appears,
			"concat":   concat,
			"exits":    exits,
			"fill":     fill,
			"append":   appendTo,
			"unescape": unescape,
		},
	})
}

// exits CODE PROGRAM [ARGS]: the program ends with exactly this code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGS]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("ended with %s, not with %s", got, args[0])
	}
}

// fill FILE BYTES TEXT: the text, again and again up to this size, is put
// behind what is in the file.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: fill FILE BYTES TEXT")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	appendTo(ts, neg, []string{args[0], strings.Repeat(args[2], n/len(args[2])+1)[:n]})
}

// append FILE TEXT: the text, without an end of line, is put behind what is in
// the file.
func appendTo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append FILE TEXT")
	}
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	ts.Check(err)
	_, err = f.WriteString(args[1])
	ts.Check(err)
	ts.Check(f.Close())
}

// unescape FILE: what is written like in a Go string becomes what it means,
// for bytes that a text file can't hold, and for values that scanners of
// repositories would take for live ones: a backslash x41 breaks them.
func unescape(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: unescape FILE")
	}
	var out strings.Builder
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		s, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `"`, `\"`) + `"`)
		ts.Check(err)
		out.WriteString(s + "\n")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(out.String()), 0o600))
}

// concat writes its first file from the others, one after the other.
func concat(ts *testscript.TestScript, _ bool, args []string) {
	var all []byte
	for _, name := range args[1:] {
		all = append(all, ts.ReadFile(name)...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), all, 0o600))
}
