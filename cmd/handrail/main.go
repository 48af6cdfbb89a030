// Command handrail is Handrail's command line, its background service
// (handrail service run) and its desktop session (handrail session).
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"handrail/agent/nodump"
)

// version is set by the linker in packages.
var version = "0.1.0-dev"

// Exit codes of the command line, documented in handrail --help.
const (
	exitOK      = 0
	exitFailed  = 1 // it could not be done
	exitUsage   = 2 // the command line was wrong
	exitFinding = 3 // check and scan: something sensitive was found
)

// exitError carries an exit code with a message for people; an empty message
// prints nothing.
type exitError struct {
	code int
	err  error
}

func (e exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e exitError) Unwrap() error { return e.err }

func main() { os.Exit(run()) }

func run() int {
	// What a command reads must not end up in a core file. Where the system
	// can't promise that, the command still does its work.
	_ = nodump.Seal()
	err := newRoot().Execute()
	if err == nil {
		return exitOK
	}
	code := exitFailed
	if e := (exitError{}); errors.As(err, &e) {
		code = e.code
	}
	if msg := err.Error(); msg != "" {
		fmt.Fprintln(os.Stderr, "handrail: "+msg)
	}
	return code
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "handrail",
		Short: "Makes the safe way to use AI tools the easy one",
		Long: `Handrail says so before something sensitive goes to an AI tool that your
organisation has not approved, and offers the approved one. What you copy stays
on this computer.

Exit codes: 0 done, 1 could not be done, 2 wrong command line,
3 something sensitive was found (check and scan).`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().String("home", os.Getenv("HANDRAIL_HOME"), "keep everything under this folder instead of the system's (for development and the demo)")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return exitError{exitUsage, err} })
	root.AddCommand(commands()...)
	return root
}
