package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"handrail/agent/doctor"
)

func doctorCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check every part and say what to do",
		Long: `Looks at every part of Handrail and says what to do about what is wrong. It
changes nothing, and what it prints holds nothing that you did: it can be shown
to anybody who helps.

Exit codes: 0 all is well, 1 something needs attention.`,
		Example: "  handrail doctor\n  handrail doctor --json",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			paths, err := pathsOf(c)
			if err != nil {
				return err
			}
			checks := doctor.Run(c.Context(), doctor.Options{
				Paths: paths, Version: version, Window: windowProgram, Env: os.Getenv, Now: time.Now(),
			})
			if asJSON {
				enc := json.NewEncoder(c.OutOrStdout())
				enc.SetIndent("", "  ")
				err = enc.Encode(checks)
			} else {
				for _, check := range checks {
					mark := "ok  "
					if !check.OK {
						mark = "BAD "
					}
					fmt.Fprintf(c.OutOrStdout(), "%s %-16s %s\n", mark, check.Name, check.Detail)
					if check.Advice != "" {
						fmt.Fprintf(c.OutOrStdout(), "     %-16s -> %s\n", "", check.Advice)
					}
				}
			}
			if err != nil {
				return fmt.Errorf("printing the checks: %w", err)
			}
			if !doctor.AllOK(checks) {
				return exitError{code: exitFailed}
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// windowProgram finds the program that draws the windows: beside this one, or
// on the PATH.
func windowProgram() (string, error) {
	const program = "handrail-ui"
	if self, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(self); err == nil {
			self = real
		}
		if path, err := exec.LookPath(filepath.Join(filepath.Dir(self), program)); err == nil {
			return path, nil
		}
	}
	path, err := exec.LookPath(program)
	if err != nil {
		return "", errors.New(program + " is neither beside handrail nor on the PATH")
	}
	return path, nil
}
